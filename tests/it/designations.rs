//! Administrators say which groups take part, and on what terms.

use roster::domain::{
    ids::GroupId,
    terms::{Term, Terms},
};

use crate::support::{
    person::Person,
    portal::{Portal, Setup},
};

async fn ada() -> (Portal, Person) {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    (portal, ada)
}

impl Portal {
    /// Returns the terms that hold.
    async fn terms_of(&self, group: &str) -> Terms {
        let id = GroupId(self.emulator.group_named(group));
        self.app.store.designations().find(id).await.unwrap().unwrap().terms
    }
}

fn admin(portal: &Portal, group: &str) -> String {
    format!("/admin{}", portal.group(group))
}

#[tokio::test]
async fn an_administrator_lets_a_group_take_part_and_employees_find_it() {
    let (portal, ada) = ada().await;
    let alan = portal.sign_in("Alan Turing").await;

    let found = ada.visit("/admin/groups?q=type+foundry").await;
    let page = ada.follow(&found, "Type Foundry").await;
    let after = ada.submit(&page, "Let it take part", &[("gives", "The typefaces."), ("open_days", "30")]).await;

    assert_eq!(after.flash(), "Type Foundry takes part in self-service now.");
    assert_eq!(after.tags(), ["Takes part"]);
    let seen = alan.visit(&portal.group("Type Foundry")).await;
    seen.shows("The typefaces.");
    seen.shows("Waits 30 days for an answer, then lapses");
}

#[tokio::test]
async fn a_fresh_portal_says_how_to_begin() {
    let portal = Setup { designated: false, ..Setup::default() }.start().await;
    let ada = portal.sign_in("Ada Lovelace").await;

    let page = ada.visit("/admin/groups").await;

    page.shows("No group takes part in self-service yet.");
    let about = ada.follow(&page, "How the list of groups is kept").await;
    assert!(about.has_button("Read it again now"));
}

#[tokio::test]
async fn a_group_that_cannot_take_part_says_why() {
    let (portal, ada) = ada().await;

    for (group, why) in [
        ("Payroll", "The group is managed on-premises and only copied to the cloud."),
        ("All Employees", "A rule decides who belongs to this group."),
        ("Facilities Mail", "Mail-enabled security groups are managed in Exchange."),
        ("Announcements", "Distribution lists are managed in Exchange."),
        ("Tier Zero Admins", "The group can hold directory roles"),
        ("Vault Keepers", "The group is in a restricted administrative unit"),
    ] {
        let page = ada.visit(&admin(&portal, group)).await;

        page.shows(why);
        assert!(!page.has_button("Let it take part"), "{group}");
    }
}

#[tokio::test]
async fn a_group_that_became_unfit_since_the_page_was_drawn_is_refused() {
    let (portal, ada) = ada().await;
    let page = ada.visit(&admin(&portal, "Type Foundry")).await;
    let group = portal.emulator.group_named("Type Foundry");
    portal.emulator.change_group(group, |group| group.is_assignable_to_role = true);

    let refused = ada.submit(&page, "Let it take part", &[]).await;

    refused.answers(409);
    refused.shows("The group can hold directory roles");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM designation").await, 6);
}

#[tokio::test]
async fn terms_that_cannot_be_come_back_with_all_that_is_wrong() {
    let (portal, ada) = ada().await;
    let page = ada.visit(&admin(&portal, "Type Foundry")).await;
    let long = "g".repeat(501);
    let typed = [("gives", long.as_str()), ("open_days", "0"), ("cool_down_days", "soon"), ("reason_required", "")];

    let again = ada.submit(&page, "Let it take part", &typed).await;

    again.answers(422);
    assert_eq!(again.errors().len(), 3);
    assert_eq!(again.field("open_days").as_deref(), Some("0"));
    assert_eq!(again.field("cool_down_days").as_deref(), Some("soon"));
    assert_eq!(again.field("gives"), Some(long));
    assert!(!again.form("Let it take part").fields.iter().any(|(name, _)| name == "reason_required"));
}

#[tokio::test]
async fn the_second_administrator_sees_what_the_first_changed_and_loses_nothing_typed() {
    let (portal, ada) = ada().await;
    let old = ada.visit(&admin(&portal, "Compiler Team")).await;
    let terms = portal.terms_of("Compiler Team").await;
    let turned = |term| if terms.is_open(term) { "" } else { "yes" };
    let first = [("gives", "The first version."), ("open_days", "20"), ("owners_change_reason", turned(Term::Reason))];
    ada.submit(&old, "Save terms", &first).await.answers(200);

    let second = [
        ("gives", "The second version."),
        ("cool_down_days", "3"),
        ("owners_change_open_days", turned(Term::OpenDays)),
    ];
    let told = ada.submit(&old, "Save terms", &second).await;
    let before = portal.terms_of("Compiler Team").await;
    let saved = ada.submit(&told, "Save terms", &[]).await;
    let after = portal.terms_of("Compiler Team").await;

    told.answers(422);
    told.shows("The first version.");
    told.shows("Somebody changed the terms while you were writing");
    assert_eq!(told.field("gives").as_deref(), Some("The second version."));
    assert_eq!((told.field("open_days").as_deref(), told.field("cool_down_days").as_deref()), (Some("20"), Some("3")));
    assert_eq!(before.gives, "The first version.");
    saved.answers(200);
    assert_eq!((after.gives.as_str(), after.open_days, after.cool_down_days), ("The second version.", 20, 3));
    for term in [Term::Reason, Term::OpenDays] {
        assert_ne!(after.is_open(term), terms.is_open(term), "{term:?}");
    }
    portal.record_is_whole().await;
}

#[tokio::test]
async fn two_administrators_who_let_a_group_take_part_at_once_see_each_other() {
    let (portal, ada) = ada().await;
    let (one, two) =
        (ada.visit(&admin(&portal, "Type Foundry")).await, ada.visit(&admin(&portal, "Type Foundry")).await);
    ada.submit(&one, "Let it take part", &[("gives", "The first."), ("open_days", "20")]).await.answers(200);

    let told = ada.submit(&two, "Let it take part", &[("gives", "The second.")]).await;

    told.answers(422);
    told.shows("The first.");
    assert_eq!(told.field("gives").as_deref(), Some("The second."));
    assert_eq!(told.field("open_days").as_deref(), Some("20"));
    assert_eq!(portal.terms_of("Type Foundry").await.gives, "The first.");
}

#[tokio::test]
async fn who_typed_nothing_new_is_not_told_that_what_another_set_is_saved() {
    let (portal, ada) = ada().await;
    let (one, two) =
        (ada.visit(&admin(&portal, "Type Foundry")).await, ada.visit(&admin(&portal, "Type Foundry")).await);
    ada.submit(&one, "Let it take part", &[("guests_may_ask", "yes")]).await.answers(200);

    let told = ada.submit(&two, "Let it take part", &[]).await;

    told.answers(422);
    told.shows("Guests may ask now");
}

#[tokio::test]
async fn two_clicks_at_once_save_once_and_of_two_who_save_at_once_the_later_sees_the_first() {
    let (portal, ada) = ada().await;
    let page = ada.visit(&admin(&portal, "Compiler Team")).await;
    let (same, other) = ([("open_days", "20")], [("open_days", "21"), ("gives", "The sources.")]);

    let (one, two) = tokio::join!(ada.submit(&page, "Save terms", &same), ada.submit(&page, "Save terms", &same));
    let page = ada.visit(&admin(&portal, "Compiler Team")).await;
    let (three, four) =
        tokio::join!(ada.submit(&page, "Save terms", &[("open_days", "22")]), ada.submit(&page, "Save terms", &other));

    one.answers(200);
    two.answers(200);
    let late = if three.status.is_success() { &four } else { &three };
    assert!(three.status.is_success() != four.status.is_success());
    late.answers(422);
    late.shows("Somebody changed the terms while you were writing");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn terms_that_are_saved_without_a_change_are_none() {
    let (portal, ada) = ada().await;
    let page = ada.visit(&admin(&portal, "Compiler Team")).await;
    let count = "SELECT CAST(COUNT(*) AS TEXT) FROM event";
    let before = portal.count(count).await;

    ada.submit(&page, "Save terms", &[]).await.answers(200);

    assert_eq!(portal.count(count).await, before);
    assert_eq!(ada.visit(&admin(&portal, "Compiler Team")).await.field("version"), page.field("version"));
}

#[tokio::test]
async fn a_slip_hides_no_change_of_another_administrator() {
    let (portal, ada) = ada().await;
    let old = ada.visit(&admin(&portal, "Compiler Team")).await;
    ada.submit(&old, "Save terms", &[("gives", "The first version.")]).await.answers(200);

    let slip = ada.submit(&old, "Save terms", &[("gives", "The second version."), ("open_days", "soon")]).await;
    let stale = ada.submit(&slip, "Save terms", &[("open_days", "20")]).await;

    slip.answers(422);
    slip.shows("The first version.");
    stale.answers(422);
    stale.shows("The first version.");
    assert_eq!(stale.field("gives").as_deref(), Some("The second version."));
    ada.visit(&portal.group("Compiler Team")).await.shows("The first version.");
}

#[tokio::test]
async fn the_same_terms_twice_are_no_conflict() {
    let (portal, ada) = ada().await;
    let page = ada.visit(&admin(&portal, "Type Foundry")).await;

    ada.submit(&page, "Let it take part", &[]).await.answers(200);
    let again = ada.submit(&page, "Let it take part", &[]).await;

    again.answers(200);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM designation").await, 7);
}

#[tokio::test]
async fn a_paused_group_takes_requests_again() {
    let (portal, ada) = ada().await;
    portal.pause("Compiler Team").await;
    let page = ada.visit(&admin(&portal, "Compiler Team")).await;

    let after = ada.submit(&page, "Take requests again", &[]).await;

    assert_eq!(after.flash(), "Compiler Team takes requests again.");
    assert_eq!(after.tags(), ["Takes part"]);
}

#[tokio::test]
async fn an_unfit_group_does_not_take_requests_again() {
    let (portal, ada) = ada().await;
    portal.pause("Compiler Team").await;
    let page = ada.visit(&admin(&portal, "Compiler Team")).await;
    let group = portal.emulator.group_named("Compiler Team");
    portal.emulator.change_group(group, |group| group.group_types.push("DynamicMembership".to_owned()));

    let refused = ada.submit(&page, "Take requests again", &[]).await;

    refused.answers(409);
    refused.shows("A rule decides who belongs to this group.");
}

#[tokio::test]
async fn an_auditor_sees_everything_and_changes_nothing() {
    let (portal, ada) = ada().await;
    let form = ada.visit(&admin(&portal, "Compiler Team")).await.unmarked();
    let joan = portal.sign_in("Joan Clarke").await;

    let page = joan.visit(&admin(&portal, "Compiler Team")).await;
    let (saved, paused) =
        (joan.submit(&form, "Save terms", &[]).await, joan.submit(&form, "Pause requests", &[]).await);

    page.answers(200);
    assert!(!page.has_button("Save terms") && !page.has_button("Pause requests"));
    for refused in [saved, paused] {
        refused.answers(403);
        refused.shows("Only administrators of Roster may do this.");
    }
}

#[tokio::test]
async fn nobody_else_knows_of_these_pages() {
    let (portal, ada) = ada().await;
    let form = ada.visit(&admin(&portal, "Compiler Team")).await.unmarked();
    let grace = portal.sign_in("Grace Hopper").await;
    let unknown = grace.visit("/nowhere").await;

    for path in ["/admin/groups".to_owned(), admin(&portal, "Compiler Team"), admin(&portal, "Payroll")] {
        let page = grace.visit(&path).await;

        page.answers(404);
        assert_eq!(page.bytes(), unknown.bytes(), "{path}");
    }
    for button in ["Save terms", "Pause requests"] {
        grace.submit(&form, button, &[]).await.answers(404);
    }
    assert!(grace.visit("/").await.link("Groups that take part").is_none());
}
