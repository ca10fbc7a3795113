//! Administrators say which groups take part, and on what terms.

use crate::support::{
    person::Person,
    portal::{Portal, Setup},
};

async fn ada() -> (Portal, Person) {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    (portal, ada)
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
async fn the_second_administrator_does_not_overwrite_what_the_first_changed() {
    let (portal, ada) = ada().await;
    let old = ada.visit(&admin(&portal, "Compiler Team")).await;
    ada.submit(&old, "Save terms", &[("gives", "The first version.")]).await.answers(200);

    let stale = ada.submit(&old, "Save terms", &[("gives", "The second version.")]).await;

    stale.answers(409);
    stale.shows("This changed since you opened the page.");
    stale.shows("The second version.");
    ada.visit(&portal.group("Compiler Team")).await.shows("The first version.");
}

#[tokio::test]
async fn a_slip_hides_no_change_of_another_administrator() {
    let (portal, ada) = ada().await;
    let old = ada.visit(&admin(&portal, "Compiler Team")).await;
    ada.submit(&old, "Save terms", &[("gives", "The first version.")]).await.answers(200);

    let slip = ada.submit(&old, "Save terms", &[("gives", "The second version."), ("open_days", "soon")]).await;
    let stale = ada.submit(&slip, "Save terms", &[("open_days", "20")]).await;

    slip.answers(422);
    stale.answers(409);
    stale.shows("The second version.");
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
