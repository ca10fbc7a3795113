//! What the portal's own identity does when a membership has come to its end, and how much of it.

use std::time::Duration;

use roster::domain::{
    directory::PersonRef,
    event::{Event, EventKind},
    ids::{GroupId, PersonId},
    lasting::Lasting,
    operation::{Kind, Operation, Step},
};
use roster_emulator::Company;

use super::{ENDED, ENDS, TEAM, days, lasts};
use crate::{
    owned::owned,
    support::portal::{Portal, SERVICE_PERMISSIONS, SERVICE_SECRET, Setup},
};

/// What lets the portal's own identity remove members.
const MAY_REMOVE: &[&str] =
    &["GroupMember.Read.All", "User.ReadBasic.All", "AuditLog.Read.All", "GroupMember.ReadWrite.All"];

/// A portal with an identity of its own, where some people were given the Compiler Team for a day, which is over.
async fn over(permissions: &'static [&'static str], people: usize) -> (Portal, Vec<PersonRef>) {
    let mut company = Company::contoso();
    let known: Vec<_> = company.people.iter().map(|person| person.id).collect();
    let mut more = Company::generated(7, people + known.len(), 1, 1).people;
    more.retain(|person| !known.contains(&person.id));
    more.truncate(people);
    let given: Vec<PersonRef> =
        more.iter().map(|one| PersonRef { id: PersonId(one.id), name: one.display_name.clone() }).collect();
    let team = company.groups.iter_mut().find(|group| group.display_name == TEAM).unwrap();
    team.members.extend(more.iter().map(|person| person.id));
    company.people.extend(more);
    let look_every = Some(Duration::from_millis(50));
    let setup = Setup {
        company,
        service: Some(SERVICE_SECRET),
        service_permissions: permissions,
        look_every,
        ..Setup::default()
    };
    let portal = setup.start().await;
    portal.emulator.set_throttling(None);
    lasts(&portal, Lasting::Days { usual: 1, most: 9 }).await;
    for person in &given {
        give(&portal, person).await;
    }
    portal.advance(days(1));
    portal.due_work().await;
    (portal, given)
}

/// Records that somebody was given the Compiler Team for a day, as an owner's add does.
async fn give(portal: &Portal, person: &PersonRef) {
    let (store, now) = (&portal.app.store, portal.clock.now());
    let by = PersonRef { id: PersonId(portal.emulator.person_named("Grace Hopper")), name: "Grace Hopper".into() };
    let group = GroupId(portal.emulator.group_named(TEAM));
    let add = Operation { until: Some(now + days(1)), ..Operation::owed(Kind::Add, (group, TEAM), person, &by, now) };
    let event = |kind| Event::new(kind, Some(by.clone()), now).group(group).person(person.id);
    let terms = store.designations().find(group).await.unwrap().unwrap().version;
    assert!(store.operations().owe_add(&add, terms, &event(EventKind::AddDecided)).await.unwrap());
    let added = event(EventKind::MembershipAdded);
    assert!(store.operations().settle(&add, Step::Apply, None, None, now, &added).await.unwrap().is_yes());
}

/// Waits until so many memberships with an end are left, and then whether that stays so.
async fn settles(portal: &Portal, left: i64) {
    for _ in 0..400 {
        if portal.count(ENDS).await <= left {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(portal.count(ENDS).await, left);
}

fn removed(portal: &Portal) -> usize {
    let calls = portal.emulator.calls();
    calls.iter().filter(|call| call.method == "DELETE" && call.app && call.path.contains("/members/")).count()
}

#[tokio::test]
async fn who_has_come_to_the_end_is_removed_without_an_owner() {
    let (portal, given) = over(MAY_REMOVE, 1).await;

    settles(&portal, 0).await;

    assert!(!portal.is_member(TEAM, &given[0].name));
    assert!(portal.is_member(TEAM, "Frances Allen"), "who came before Roster stays");
    assert_eq!((removed(&portal), portal.count(ENDED).await), (1, 1));
    let grace = portal.sign_in("Grace Hopper").await;
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;
    history.shows("came to its end");
    history.shows("Carried out by Roster");
    let writes: Vec<_> = portal.emulator.calls().into_iter().filter(|call| call.app && call.method != "GET").collect();
    assert!(writes.iter().all(|call| call.method == "DELETE" || call.path == "/$batch"), "{writes:?}");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn without_the_permission_an_owner_removes_them() {
    let (portal, given) = over(SERVICE_PERMISSIONS, 1).await;
    for _ in 0..200 {
        if portal.count("SELECT CAST(MAX(attempt) AS TEXT) FROM operation WHERE kind = 'remove'").await > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    portal.advance(jiff::SignedDuration::from_mins(2));

    let grace = portal.sign_in("Grace Hopper").await;
    let inbox = grace.visit("/approvals").await;
    let owed = grace.follow(&inbox, &format!("The membership of {} in Compiler Team has ended", given[0].name)).await;
    let done = grace.submit(&owed, "Remove from group", &[]).await;

    assert_eq!(done.flash(), format!("{} is no longer a member of Compiler Team.", given[0].name));
    assert!(!portal.is_member(TEAM, &given[0].name));
}

#[tokio::test]
async fn more_than_ten_of_a_group_in_a_day_need_a_persons_yes() {
    let (portal, given) = over(MAY_REMOVE, 14).await;

    settles(&portal, 4).await;

    assert_eq!(removed(&portal), 10);
    let left = given.iter().filter(|person| portal.is_member(TEAM, &person.name)).count();
    assert_eq!(left, 4);
    let grace = portal.sign_in("Grace Hopper").await;
    let inbox = grace.visit("/approvals").await;
    assert_eq!(inbox.text().matches("in Compiler Team has ended").count(), 4, "{}", inbox.text());
    portal.advance(days(2));
    settles(&portal, 0).await;
}
