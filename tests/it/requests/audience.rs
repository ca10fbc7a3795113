//! Groups that only the members of another group ask to join.

use jiff::SignedDuration;
use roster::{
    domain::{audience::Audience, ids::GroupId, terms::Terms},
    features::designations::designate,
};
use roster_emulator::{Action, Fault, Group};
use uuid::Uuid;

use crate::support::{emulator, page::Page, person::Person, portal::Portal};

const TEAM: &str = "Compiler Team";
const OTHER: &str = "Data Platform";
const SEND: &str = "Send request";
const REQUESTS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM request";

/// Lets changes made by hand be seen, and what was asked so far be forgotten by a directory that throttles.
fn catch_up(portal: &Portal) {
    emulator::rest(&portal.emulator);
    portal.advance(SignedDuration::try_from(emulator::read_lag()).unwrap());
}

/// Lets only members of another group ask to join the Compiler Team.
pub(crate) async fn limit(portal: &Portal, other: &str) {
    let (store, id) = (&portal.app.store, GroupId(portal.emulator.group_named(TEAM)));
    let group = store.directory().group(id).await.unwrap().unwrap().group;
    let now = store.designations().find(id).await.unwrap().unwrap();
    let audience = Audience { group: GroupId(portal.emulator.group_named(other)), name: other.to_owned() };
    let (admin, terms) = (portal.admin(), Terms { members_of: Some(audience), ..now.terms });
    assert!(designate::record(store, &group, &terms, &admin, Some(now.version), portal.clock.now()).await.unwrap());
}

fn belongs(portal: &Portal, name: &str, group: &str) {
    portal.emulator.add_member(portal.emulator.group_named(group), portal.emulator.person_named(name));
    catch_up(portal);
}

fn leaves(portal: &Portal, name: &str, group: &str) {
    portal.emulator.remove_member(portal.emulator.group_named(group), portal.emulator.person_named(name));
    catch_up(portal);
}

/// Alan belongs to the other group and has asked; Grace is at the request.
async fn asked() -> (Portal, Person, Page) {
    let portal = Portal::start().await;
    limit(&portal, OTHER).await;
    belongs(&portal, "Alan Turing", OTHER);
    let alan = portal.sign_in("Alan Turing").await;
    let request = alan.asks(&portal, TEAM, "I fix the linker.").await;
    request.answers(200);
    let grace = portal.sign_in("Grace Hopper").await;
    let page = grace.opens(&request.id()).await;
    emulator::rest(&portal.emulator);
    (portal, grace, page)
}

#[tokio::test]
async fn only_members_of_the_other_group_ask_and_those_of_a_group_inside_it() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let form = alan.visit(&format!("{}/ask", portal.group(TEAM))).await;
    limit(&portal, OTHER).await;

    let page = alan.visit(&portal.group(TEAM)).await;
    emulator::rest(&portal.emulator);
    let typed = alan.submit(&form, SEND, &[("reason", "I fix the linker.")]).await;
    let none = portal.count(REQUESTS).await;

    page.shows("can ask, but no guests");
    page.shows("Data Platform");
    page.shows("the directory does not name you among them");
    assert!(page.link("Ask to join").is_none());
    typed.answers(409);
    typed.shows("I fix the linker.");
    assert_eq!(none, 0);

    let inner = Uuid::from_u128(0xa0d1);
    let person = portal.emulator.person_named("Alan Turing");
    portal.emulator.add_group(Group::security(inner, "Warehouse").with_members(&[person]));
    portal.emulator.add_member(portal.emulator.group_named(OTHER), inner);
    catch_up(&portal);
    alan.submit(&form, SEND, &[("reason", "I fix the linker.")]).await.answers(200);
    assert_eq!(portal.count(REQUESTS).await, 1);
}

#[tokio::test]
async fn whoever_left_the_other_group_is_not_let_in_and_can_be_denied() {
    let (portal, grace, page) = asked().await;
    leaves(&portal, "Alan Turing", OTHER);

    let refused = grace.submit(&page, "Approve", &[]).await;
    emulator::rest(&portal.emulator);
    let look = grace.visit(page.path()).await;
    emulator::rest(&portal.emulator);

    refused.answers(409);
    refused.shows("the directory does not name this person among them");
    assert!(!portal.is_member(TEAM, "Alan Turing"));
    look.shows("the directory does not name this person among them");
    grace.denies(&page.id(), "Ask again from the platform team.").await.answers(200);
}

#[tokio::test]
async fn whoever_still_belongs_is_let_in_and_the_record_says_by_what() {
    let (portal, grace, page) = asked().await;

    let approved = grace.submit(&page, "Approve", &[]).await;

    approved.answers(200);
    assert!(portal.is_member(TEAM, "Alan Turing"));
    let evidence = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE body LIKE '%\"was_in\":true%'";
    assert_eq!(portal.count(evidence).await, 1);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn nobody_asks_or_is_let_in_by_a_guess() {
    let (portal, grace, page) = asked().await;
    let path = portal.group(TEAM);
    belongs(&portal, "Margaret Hamilton", OTHER);
    let margaret = portal.sign_in("Margaret Hamilton").await;
    let form = margaret.visit(&format!("{path}/ask")).await;
    portal.emulator.fault(Fault::on("POST", "checkMemberGroups").times(40).answer(Action::Status(403, None)));

    let asked = margaret.submit(&form, SEND, &[("reason", "Flight software.")]).await;
    emulator::rest(&portal.emulator);
    let looked = margaret.visit(&path).await;
    emulator::rest(&portal.emulator);
    let decided = grace.submit(&page, "Approve", &[]).await;
    let requests = portal.count(REQUESTS).await;
    portal.emulator.clear_faults();
    emulator::rest(&portal.emulator);

    asked.answers(409);
    asked.shows("the directory did not say whether you belong to it");
    asked.shows("Flight software.");
    looked.answers(200);
    decided.answers(409);
    decided.shows("the directory did not say whether this person belongs to it");
    assert!(!portal.is_member(TEAM, "Alan Turing"));
    assert_eq!(requests, 1);
    margaret.submit(&form, SEND, &[("reason", "Flight software.")]).await.answers(200);
    emulator::rest(&portal.emulator);
    grace.submit(&page, "Approve", &[]).await.answers(200);
    assert!(portal.is_member(TEAM, "Alan Turing"));
}

#[tokio::test]
async fn where_the_other_group_hides_its_members_by_now_no_owner_is_told_that_somebody_left_it() {
    let (portal, grace, page) = asked().await;
    let other = portal.emulator.group_named(OTHER);
    portal.emulator.change_group(other, |group| group.visibility = Some("HiddenMembership".to_owned()));
    catch_up(&portal);
    portal.refresh().await;

    let decided = grace.submit(&page, "Approve", &[]).await;

    decided.answers(409);
    decided.shows("the directory did not say whether this person belongs to it");
    assert!(!portal.is_member(TEAM, "Alan Turing"));
}

#[tokio::test]
async fn where_the_other_group_is_gone_nobody_asks_and_the_page_says_why() {
    let portal = Portal::start().await;
    limit(&portal, OTHER).await;
    portal.emulator.delete_group(portal.emulator.group_named(OTHER));
    catch_up(&portal);
    portal.refresh().await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.visit(&portal.group(TEAM)).await;

    page.shows("Only members of a group that was deleted can ask");
    assert!(page.link("Ask to join").is_none());
}

#[tokio::test]
async fn a_group_that_takes_no_part_is_not_named_to_those_who_do_not_see_it() {
    let portal = Portal::start().await;
    limit(&portal, "Orphaned Projects").await;
    let alan = portal.sign_in("Alan Turing").await;
    let grace = portal.sign_in("Grace Hopper").await;

    let page = alan.visit(&portal.group(TEAM)).await;
    let ask = alan.visit(&format!("{}/ask", portal.group(TEAM))).await;

    page.shows("Members of one other group can ask");
    page.shows("you do not belong to it");
    for seen in [&page, &ask] {
        seen.hides("Orphaned Projects");
    }
    grace.visit(&portal.group(TEAM).replace("/groups", "/owned")).await.answers(200);
}

#[tokio::test]
async fn administrators_choose_the_group_by_its_name_and_what_is_wrong_is_said() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let admin = format!("/admin{}", portal.group(TEAM));
    let form = ada.visit(&admin).await;

    let nearly = ada.submit(&form, "Save terms", &[("audience", "Data")]).await;
    let itself = ada.submit(&form, "Save terms", &[("audience", TEAM)]).await;
    emulator::rest(&portal.emulator);
    let hidden = ada.submit(&form, "Save terms", &[("audience", "Data Stewards")]).await;
    let saved = ada.submit(&nearly, "Save terms", &[("audience", "data platform"), ("owners_change_who", "yes")]).await;

    for (page, slip) in [(&nearly, "Some are called nearly so"), (&itself, "belong to it already")] {
        page.answers(422);
        assert!(page.errors()[0].contains(slip), "{:?}", page.errors());
    }
    assert_eq!(nearly.field("audience").as_deref(), Some("Data"));
    hidden.answers(422);
    assert!(hidden.errors()[0].contains("hides its members"), "{:?}", hidden.errors());
    saved.answers(200);
    assert_eq!(saved.field("audience").as_deref(), Some(OTHER));

    emulator::rest(&portal.emulator);
    let grace = portal.sign_in("Grace Hopper").await;
    let owned = portal.group(TEAM).replace("/groups", "/owned");
    let history = grace.visit(&format!("{owned}/history")).await;
    let terms = grace.visit(&format!("{owned}/terms")).await;
    let look = grace.submit(&terms, "See what changes", &[("audience", "Cryptography Research")]).await;
    emulator::rest(&portal.emulator);
    let own = grace.submit(&look, "Save terms", &[]).await;
    let now = "Members of \u{2068}Data Platform\u{2069} can ask, but no guests";
    history.shows(&format!("Who may ask. Before: Everyone but guests can ask. Now: {now}"));
    look.shows("Nobody waits for an answer.");
    own.answers(200);
    assert_eq!(own.field("audience").as_deref(), Some("Cryptography Research"));
}
