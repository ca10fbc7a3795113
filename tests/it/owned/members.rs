//! Members: seeing, adding and removing them.

use jiff::SignedDuration;
use reqwest::StatusCode;
use roster_emulator::{Action, Company, Fault};

use crate::{
    owned::{adds, grace, names, owned, removal, removes},
    support::{
        page::Page,
        portal::{Portal, Setup},
        steps::Asked,
    },
};

const TEAM: &str = "Compiler Team";

#[tokio::test]
async fn an_owner_sees_who_belongs_and_how_they_came() {
    let asked = Asked::start().await;
    let form = asked.grace.opens(&asked.request).await;
    asked.grace.submit(&form, "Approve request", &[]).await.answers(200);

    let page = asked.grace.visit(&owned(&asked.portal, TEAM, "/members")).await;

    assert!(names(&page).contains(&"Alan Turing".to_owned()), "{}", page.text());
    page.shows("Grace Hopper let them in");
    page.shows("Before Roster, or not seen");
}

#[tokio::test]
async fn members_are_found_by_the_beginning_of_a_name() {
    let (portal, grace) = grace().await;
    let page = grace.visit(&owned(&portal, TEAM, "/members")).await;

    let found = grace.submit(&page, "Search", &[("q", "franc")]).await;
    let nobody = grace.submit(&page, "Search", &[("q", "quantum")]).await;

    assert_eq!(names(&found), ["Frances Allen"]);
    nobody.shows("Nobody matches");
    assert!(nobody.link("See all members").is_some());
}

#[tokio::test]
async fn an_owner_adds_somebody_by_name() {
    let (portal, grace) = grace().await;

    let after = adds(&portal, &grace, TEAM, "Alan Turing", "He reviews the parser.").await;

    assert_eq!(after.flash(), "Alan Turing is now a member of Compiler Team.");
    assert!(names(&after).contains(&"Alan Turing".to_owned()), "{}", after.text());
    after.shows("He reviews the parser.");
    assert!(portal.is_member(TEAM, "Alan Turing"));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'membership.add_decided'").await, 1);
    assert!(portal.emulator.violations().is_empty());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn an_owner_removes_somebody_and_says_why() {
    let (portal, grace) = grace().await;

    let form = grace.visit(&removal(&portal, TEAM, "Frances Allen")).await;
    let after = removes(&portal, &grace, TEAM, "Frances Allen", "She moved to another team.").await;

    assert_eq!(form.heading(), "Remove Frances Allen from Compiler Team?");
    assert_eq!(after.flash(), "Frances Allen is no longer a member of Compiler Team.");
    assert!(!names(&after).contains(&"Frances Allen".to_owned()), "{}", after.text());
    assert!(!portal.is_member(TEAM, "Frances Allen"));
    assert!(portal.emulator.violations().is_empty());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn somebody_removed_can_be_added_again_and_removed_again() {
    let (portal, grace) = grace().await;

    for _ in 0..2 {
        removes(&portal, &grace, TEAM, "Frances Allen", "").await.answers(200);
        assert!(!portal.is_member(TEAM, "Frances Allen"));
        adds(&portal, &grace, TEAM, "Frances Allen", "").await.answers(200);
        assert!(portal.is_member(TEAM, "Frances Allen"));
    }
}

#[tokio::test]
async fn a_double_click_adds_and_removes_once() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/members/add?q=Alan")).await;
    let id = portal.emulator.person_named("Alan Turing").to_string();
    let remove = grace.visit(&removal(&portal, TEAM, "Frances Allen")).await;

    let typed = [("person", id.as_str())];
    let click = || grace.submit(&form, "Add to group", &typed);
    let (first, second) = tokio::join!(click(), click());
    let click = || grace.submit(&remove, "Remove from group", &[]);
    let (third, fourth) = tokio::join!(click(), click());

    assert!([first.status, second.status].iter().any(StatusCode::is_success), "{}", second.text());
    assert!([third.status, fourth.status].iter().any(StatusCode::is_success), "{}", fourth.text());
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'membership.add_decided'").await, 1);
    assert_eq!(
        portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'membership.removal_decided'").await,
        1
    );
    assert!(portal.is_member(TEAM, "Alan Turing") && !portal.is_member(TEAM, "Frances Allen"));
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_and_nothing_typed_is_lost() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);

    let nobody = grace.visit(&owned(portal, TEAM, "/members/add?q=Alan")).await;
    let nobody = grace.submit(&nobody, "Add to group", &[("reason", "He reviews the parser."), ("person", "")]).await;
    let member = adds(portal, grace, TEAM, "Frances Allen", "Twice.").await;
    let has_asked = adds(portal, grace, TEAM, "Alan Turing", "").await;
    let long = adds(portal, grace, TEAM, "Radia Perlman", &"x".repeat(501)).await;
    let not_member = grace.visit(&removal(portal, TEAM, "Radia Perlman")).await;
    let themself = grace.visit(&removal(portal, TEAM, "Grace Hopper")).await;

    nobody.answers(422);
    assert_eq!(nobody.errors(), ["Choose the person to add"]);
    assert_eq!(nobody.field("reason").as_deref(), Some("He reviews the parser."));
    assert_eq!(member.errors(), ["This person is a member already. Nothing was changed."]);
    assert_eq!(member.field("reason").as_deref(), Some("Twice."));
    has_asked.answers(409);
    has_asked.shows("This person has asked to join. Approve the request to add them.");
    assert!(has_asked.link("See the request").is_some());
    long.answers(422);
    not_member.shows("This person is not a direct member of the group.");
    assert!(!not_member.has_button("Remove from group"));
    themself.shows("To leave a group yourself, go to your memberships.");
    assert_eq!(portal.adds(), 0);
}

#[tokio::test]
async fn a_guest_is_let_in_only_where_the_terms_say_so() {
    let (portal, grace) = grace().await;
    let found = grace.visit(&owned(&portal, TEAM, "/members/add?q=Tim")).await;
    let start = grace.visit(&owned(&portal, TEAM, "/members/add?q=Alan")).await.url;
    let id = portal.emulator.person_named("Tim Berners");
    let body = format!("person={id}&q=Tim");
    let guest = grace.post_raw(start.path(), &[("content-type", "application/x-www-form-urlencoded")], &body).await;

    found.shows("Cannot be added: the terms of the group let no guests in");
    guest.answers(422);
    assert!(guest.errors()[0].starts_with("This person is a guest"), "{:?}", guest.errors());
    assert_eq!(portal.adds(), 0);
    let dorothy = portal.sign_in("Dorothy Vaughan").await;
    removes(&portal, &dorothy, "Reading Circle", "Tim Berners", "").await.answers(200);
    let done = adds(&portal, &dorothy, "Reading Circle", "Tim Berners", "").await;
    assert_eq!(done.flash(), "Tim Berners is now a member of Reading Circle.");
}

#[tokio::test]
async fn nobody_but_a_current_owner_adds_or_removes() {
    let (portal, grace) = grace().await;
    let add = grace.visit(&owned(&portal, TEAM, "/members/add?q=Alan")).await;
    let remove = grace.visit(&removal(&portal, TEAM, "Frances Allen")).await;
    let (team, hopper) = (portal.emulator.group_named(TEAM), portal.emulator.person_named("Grace Hopper"));
    let id = portal.emulator.person_named("Alan Turing").to_string();
    portal.emulator.remove_owner(team, hopper);

    let added = grace.submit(&add, "Add to group", &[("person", &id)]).await;
    let removed = grace.submit(&remove, "Remove from group", &[]).await;

    for page in [added, removed] {
        page.answers(403);
        page.shows("You are not an owner of this group at the moment");
    }
    assert!(!portal.is_member(TEAM, "Alan Turing") && portal.is_member(TEAM, "Frances Allen"));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation").await, 0);
}

#[tokio::test]
async fn a_paused_group_takes_nobody_in_and_lets_owners_remove() {
    let (portal, grace) = grace().await;
    let add = grace.visit(&owned(&portal, TEAM, "/members/add?q=Alan")).await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let terms = ada.visit(&format!("/admin/groups/{}", portal.emulator.group_named(TEAM))).await;
    ada.submit(&terms, "Pause requests", &[]).await.answers(200);
    let id = portal.emulator.person_named("Alan Turing").to_string();

    let added = grace.submit(&add, "Add to group", &[("person", &id)]).await;
    let removed = removes(&portal, &grace, TEAM, "Frances Allen", "").await;

    added.answers(409);
    added.shows("This group takes no requests at the moment.");
    assert_eq!(removed.flash(), "Frances Allen is no longer a member of Compiler Team.");
    assert!(!portal.is_member(TEAM, "Alan Turing") && !portal.is_member(TEAM, "Frances Allen"));
}

#[tokio::test]
async fn a_lost_answer_is_finished_by_another_owner() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let form = grace.visit(&owned(&portal, TEAM, "/members/add?q=Alan")).await;
    let id = portal.emulator.person_named("Alan Turing").to_string();
    portal.emulator.fault(Fault::on("POST", "/members/$ref").times(2).answer(Action::DropBefore));

    let after = grace.submit(&form, "Add to group", &[("person", &id)]).await;
    portal.advance(SignedDuration::from_mins(3));
    let mary = portal.sign_in("Mary Jackson").await;
    let inbox = mary.visit("/approvals").await;
    let owed = mary.follow(&inbox, "Alan Turing is to be added to Compiler Team").await;
    let done = mary.submit(&owed, "Add to group", &[]).await;

    assert!(after.flash().starts_with("Alan Turing is being added to Compiler Team."), "{}", after.text());
    after.shows("Alan Turing is being added");
    owed.shows("Grace Hopper decided it");
    assert_eq!(done.flash(), "Alan Turing is now a member of Compiler Team.");
    assert!(portal.is_member(TEAM, "Alan Turing"));
    portal.record_is_whole().await;
}

#[tokio::test]
async fn somebody_whom_an_owner_removes_cannot_take_that_back() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let frances = portal.sign_in("Frances Allen").await;
    let form = grace.visit(&removal(&portal, TEAM, "Frances Allen")).await;
    portal.emulator.fault(Fault::on("DELETE", "/members/").times(2).answer(Action::DropBefore));
    grace.submit(&form, "Remove from group", &[]).await.answers(200);

    let list = frances.visit("/memberships").await;

    assert!(!list.has_button("Stay after all"), "{}", list.text());
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation WHERE state = 'unknown'").await, 1);
}

#[tokio::test]
async fn a_long_list_goes_on_from_page_to_page() {
    let mut company = Company::contoso();
    let known: Vec<_> = company.people.iter().map(|person| person.id).collect();
    let mut more = Company::generated(7, 260, 1, 1).people;
    more.retain(|person| !known.contains(&person.id));
    let team = company.groups.iter_mut().find(|group| group.display_name == TEAM).unwrap();
    team.members.extend(more.iter().map(|person| person.id));
    let all = team.members.len();
    company.people.extend(more);
    let portal = Setup { company, ..Setup::default() }.start().await;
    let grace = portal.sign_in("Grace Hopper").await;

    let mut page = grace.visit(&owned(&portal, TEAM, "/members")).await;
    let rows = |page: &Page| -> Vec<String> {
        let links = page.body.split("/members/").skip(1).filter_map(|rest| rest.split_once("/remove"));
        links.map(|(person, _)| person.to_owned()).collect()
    };
    let mut seen = rows(&page);
    while page.link("Next").is_some() {
        page = grace.follow(&page, "Next").await;
        seen.extend(rows(&page));
    }
    let start = grace.follow(&page, "First page").await;

    assert_eq!(seen.len(), all - 1, "everybody but her, who leaves by another way");
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all - 1, "nobody twice");
    assert_eq!(names(&start).len(), 100);
    start.shows("direct members, by name");
}

#[tokio::test]
async fn a_made_up_place_in_the_list_leads_nowhere() {
    let (portal, grace) = grace().await;

    for after in ["aHR0cHM6Ly9ldmlsLmV4YW1wbGUv", "L3YxLjAvdXNlcnM", "x", "%00"] {
        let page = grace.visit(&owned(&portal, TEAM, &format!("/members?after={after}"))).await;
        assert!([200, 404].contains(&page.status.as_u16()), "{after}: {}", page.status);
    }
    assert!(portal.emulator.calls().iter().all(|call| !call.path.ends_with("/users")));
}
