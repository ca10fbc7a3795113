//! Whose new groups take part at once: set by administrators, told to who creates a group, and true once it is there.

use roster::domain::{ids::GroupId, terms::Term};
use roster_emulator::{Action, Fault};

use crate::support::{emulator, page::Page, person::Person, portal::Portal};

const PAGE: &str = "/admin/new-groups";
const NAME: &str = "Analytical Engines";
const AT_ONCE: &str = "takes part in self-service at once";
const NOT_YET: &str = "does not take part in self-service until an administrator";

/// An administrator sets the rule.
async fn sets(portal: &Portal, whose: &str, more: &[(&str, &str)]) -> Page {
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;
    ada.submit(&form, "Save", &[&[("whose", whose)], more].concat()).await
}

/// Names somebody by the search, without script.
async fn names(portal: &Portal, ada: &Person, form: &Page, person: &str) -> Page {
    let found = ada.submit(form, "Find people", &[("whose", "named"), ("q", person)]).await;
    let mut ticked = found.form("Save");
    ticked.fill(&found, "whose", "named");
    ticked.fields.push(("person".to_owned(), portal.emulator.person_named(person).to_string()));
    ada.send_form(&found, ticked).await
}

async fn checks(person: &Person) -> Page {
    let form = person.visit("/owned/new").await;
    let filled = [("kind", "security"), ("name", NAME), ("purpose", "Whoever builds the engines.")];
    person.submit(&form, "Check", &filled).await
}

async fn designation(portal: &Portal) -> Option<roster::domain::designation::Designation> {
    let id = GroupId(portal.emulator.group_named(NAME));
    portal.app.store.designations().find(id).await.unwrap()
}

#[tokio::test]
async fn a_group_of_somebody_named_takes_part_at_once_on_the_terms_that_were_set() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;
    let named = names(&portal, &ada, &form, "Alan Turing").await;
    named.shows("Alan Turing is named");
    let form = ada.visit(PAGE).await;
    let terms = [("whose", "named"), ("gives", "Engines."), ("open_days", "30"), ("owners_change_gives", "yes")];
    ada.submit(&form, "Save", &terms).await.answers(200);
    let alan = portal.sign_in("Alan Turing").await;

    let told = alan.visit("/owned/new").await;
    let check = checks(&alan).await;
    let after = alan.submit(&check, "Create group", &[]).await;

    told.shows(AT_ONCE);
    check.shows(AT_ONCE);
    after.shows("It takes part in self-service");
    let designation = designation(&portal).await.unwrap();
    assert_eq!((designation.terms.gives.as_str(), designation.terms.open_days), ("Engines.", 30));
    assert!(designation.terms.is_open(Term::Gives) && designation.suspended.is_none());
    assert_eq!(
        (designation.terms_by.name.as_str(), designation.designated_by.name.as_str()),
        ("Ada Lovelace", "Ada Lovelace")
    );
    let ken = portal.sign_in("Ken Thompson").await;
    ken.visit("/groups?q=Analytical").await.shows(NAME);
    let history = alan.visit(&format!("/owned/{}/history", portal.emulator.group_named(NAME))).await;
    history.shows("takes part in self-service from the start, as Ada Lovelace had set it for new groups");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn groups_of_others_become_candidates() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;
    names(&portal, &ada, &form, "Grace Hopper").await.answers(200);
    let alan = portal.sign_in("Alan Turing").await;

    let check = checks(&alan).await;
    let after = alan.submit(&check, "Create group", &[]).await;

    check.shows(NOT_YET);
    after.shows("It takes no part in self-service yet.");
    assert!(designation(&portal).await.is_none());
}

#[tokio::test]
async fn the_rule_that_holds_when_the_group_is_there_decides() {
    let portal = Portal::start().await;
    sets(&portal, "everybody", &[]).await.answers(200);
    let alan = portal.sign_in("Alan Turing").await;
    let check = checks(&alan).await;
    check.shows(AT_ONCE);
    sets(&portal, "nobody", &[]).await.answers(200);

    let after = alan.submit(&check, "Create group", &[]).await;

    after.shows("It takes no part in self-service yet.");
    assert!(designation(&portal).await.is_none());
}

#[tokio::test]
async fn what_is_found_after_a_lost_answer_takes_part_once() {
    let portal = Portal::impatient().await;
    sets(&portal, "everybody", &[]).await.answers(200);
    let alan = portal.sign_in("Alan Turing").await;
    let check = checks(&alan).await;
    portal.emulator.fault(Fault::on("POST", "/groups").answer(Action::DropAfterApplying));

    let after = alan.submit(&check, "Create group", &[]).await;
    let (one, two) = tokio::join!(alan.visit(after.path()), alan.visit(after.path()));

    one.shows("It takes part in self-service");
    two.shows("It takes part in self-service");
    let created = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'designation.created' AND actor_id IS NULL";
    assert_eq!(portal.count(created).await, 1);
    assert_eq!(designation(&portal).await.unwrap().version, 1);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn what_cannot_take_part_becomes_a_candidate_and_the_page_says_why() {
    let portal = Portal::impatient().await;
    sets(&portal, "everybody", &[]).await.answers(200);
    let alan = portal.sign_in("Alan Turing").await;
    let check = checks(&alan).await;
    portal.emulator.fault(Fault::on("POST", "/groups").answer(Action::DropAfterApplying));
    portal.emulator.fault(Fault::on("GET", "/groups").nth(2).times(20).answer(Action::Status(503, None)));
    let unclear = alan.submit(&check, "Create group", &[]).await;
    portal.emulator.clear_faults();
    // Somebody gives it a rule in the directory before Roster has seen it.
    let id = portal.emulator.group_named(NAME);
    portal.emulator.change_group(id, |group| group.group_types.push("DynamicMembership".to_owned()));
    portal.advance(jiff::SignedDuration::from_mins(1));

    let after = alan.visit(unclear.path()).await;

    assert_eq!(unclear.heading(), format!("Is {NAME} created?"));
    assert_eq!(after.heading(), format!("{NAME} is created"));
    after.shows("It takes no part in self-service, and cannot as it is now. A rule decides");
    assert!(designation(&portal).await.is_none());
}

#[tokio::test]
async fn of_two_administrators_the_later_sees_what_changed_and_loses_nothing_typed() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let (one, two) = (ada.visit(PAGE).await, ada.visit(PAGE).await);
    ada.submit(&one, "Save", &[("whose", "everybody"), ("open_days", "30")]).await.answers(200);

    let later = ada.submit(&two, "Save", &[("gives", "Typed with care."), ("open_days", "7")]).await;
    let saved = ada.submit(&later, "Save", &[]).await;

    later.answers(422);
    later.shows("Somebody changed this while you had the page open");
    later.shows("“Nobody’s” became “Those of everybody who creates one in Roster”");
    assert_eq!(later.field("gives").as_deref(), Some("Typed with care."));
    saved.answers(200);
    let rule = portal.app.store.new_group_rules().latest().await.unwrap().unwrap();
    assert_eq!((rule.version, rule.terms.open_days, rule.terms.gives.as_str()), (2, 7, "Typed with care."));
    let set = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'new_groups.set'";
    assert_eq!(portal.count(set).await, 2);
}

#[tokio::test]
async fn looking_for_people_hides_no_change_of_another_administrator() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let (one, two) = (ada.visit(PAGE).await, ada.visit(PAGE).await);
    ada.submit(&one, "Save", &[("whose", "everybody"), ("open_days", "30")]).await.answers(200);

    let later = names(&portal, &ada, &two, "Grace Hopper").await;

    later.answers(422);
    later.shows("Somebody changed this while you had the page open");
    let rule = portal.app.store.new_group_rules().latest().await.unwrap().unwrap();
    assert_eq!((rule.version, rule.terms.open_days), (1, 30));
}

#[tokio::test]
async fn a_double_click_sets_it_once_and_slips_keep_what_was_typed() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;
    let typed = [("whose", "everybody"), ("gives", "Typed.")];

    let slip = ada.submit(&form, "Save", &[&typed[..], &[("open_days", "soon")]].concat()).await;
    let nobody = ada.submit(&form, "Save", &[("whose", "named")]).await;
    let first = ada.submit(&form, "Save", &typed).await;
    let second = ada.submit(&form, "Save", &typed).await;

    slip.answers(422);
    assert_eq!(slip.field("gives").as_deref(), Some("Typed."));
    assert_eq!(nobody.errors(), ["Name at least one person, or choose another answer above"]);
    assert_eq!((first.flash(), second.path()), (second.flash(), PAGE));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM new_group_rule").await, 1);
}

#[tokio::test]
async fn who_could_create_nothing_is_not_named_and_auditors_only_read() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    emulator::rest(&portal.emulator);
    let form = ada.visit(PAGE).await;

    let guest = names(&portal, &ada, &form, "Tim Berners").await;
    sets(&portal, "everybody", &[]).await.answers(200);
    let joan = portal.sign_in("Joan Clarke").await;
    let read = joan.visit(PAGE).await;

    guest.answers(422);
    guest.shows("Tim Berners cannot be chosen.");
    read.shows("Those of everybody who creates one in Roster");
    assert!(!read.has_button("Save"));
    portal.sign_in("Alan Turing").await.visit(PAGE).await.answers(404);
}
