//! Who made a change outside Roster: named once the directory's own record tells, and nobody rather than the wrong one.

use std::time::Duration;

use jiff::SignedDuration;
use roster::{
    domain::{
        event::EventKind,
        ids::GroupId,
        outside::{
            asking::{Asked as Record, Outcome},
            author::{Author, Learnt},
        },
    },
    graph,
};
use uuid::Uuid;

use crate::support::{
    database::each_database,
    page::Page,
    person::Person,
    portal::{Portal, SERVICE_PERMISSIONS, SERVICE_SECRET, Setup},
    steps::Asked,
};

const TEAM: &str = "Compiler Team";
/// The path of the record.
const RECORD: &str = "/auditLogs/directoryAudits";

/// A portal with an identity of its own, which asks the record as often as time is made to pass here.
fn setup() -> Setup {
    let graph = graph::Limits { audits: 1000, ..graph::Limits::default() };
    Setup { graph, service: Some(SERVICE_SECRET), look_every: Some(Duration::from_millis(50)), ..Setup::default() }
}

impl Portal {
    fn of(&self, group: &str) -> Uuid {
        self.emulator.group_named(group)
    }

    fn somebody(&self, name: &str) -> Uuid {
        self.emulator.person_named(name)
    }

    /// Makes changes by hand as somebody.
    fn as_hand(&self, name: &str) {
        self.emulator.set_hand(Some(self.somebody(name)));
    }

    /// Lets time pass and waits until the portal's own identity has read what changed.
    async fn pass(&self, time: SignedDuration) {
        self.advance(time);
        let now = self.clock.now();
        self.wait_for(|standing| standing.copied_at.is_some_and(|at| at >= now)).await;
    }

    /// Waits until nothing is due to be asked and nobody asks, and returns what became of the last time.
    async fn wait_for_record(&self) -> Record {
        for _ in 0..500 {
            let standing = self.app.store.unexplained().standing().await.unwrap();
            let is_done = standing.held_until.is_none() && !standing.may_begin(self.clock.now());
            if let Some(last) = standing.last.filter(|_| is_done) {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the record is still asked");
    }

    /// Lets six minutes pass: what changed before is seen, and then asked about.
    async fn see_and_ask(&self) -> Record {
        self.pass(SignedDuration::from_mins(4)).await;
        self.pass(SignedDuration::from_mins(6)).await;
        self.wait_for_record().await
    }

    /// Returns what was learnt of a group, oldest first.
    async fn learnt(&self, group: &str) -> Vec<Learnt> {
        let events = self.app.store.events().of_group(GroupId(self.of(group)), 100).await.unwrap();
        events.iter().rev().filter_map(Learnt::read).collect()
    }

    async fn authors(&self, group: &str) -> Vec<String> {
        let name = |learnt: &Learnt| match &learnt.by {
            Author::Person { name, .. } => name.clone(),
            Author::Application { name, .. } => format!("application {name}"),
        };
        self.learnt(group).await.iter().map(name).collect()
    }

    fn questions(&self) -> usize {
        let about =
            |call: &&roster_emulator::Call| call.path.starts_with(RECORD) && call.path.contains("targetResources/");
        self.emulator.calls().iter().filter(about).count()
    }
}

async fn history(portal: &Portal, person: &Person) -> Page {
    history_of(portal, person, TEAM).await
}

async fn history_of(portal: &Portal, person: &Person, group: &str) -> Page {
    person.visit(&format!("/admin{}", portal.group(group))).await
}

#[tokio::test]
async fn a_change_outside_is_told_with_who_made_it() {
    each_database(async |database| {
        let portal = Setup { database: Some(database), ..setup() }.start().await;
        portal.pass(SignedDuration::from_mins(4)).await;
        let ada = portal.sign_in("Ada Lovelace").await;
        portal.as_hand("Hedy Lamarr");
        portal.emulator.add_member(portal.of(TEAM), portal.somebody("Jean Bartik"));
        portal.pass(SignedDuration::from_mins(4)).await;
        let nameless = history(&portal, &ada).await;

        portal.pass(SignedDuration::from_mins(6)).await;
        let record = portal.wait_for_record().await;

        nameless.shows("Jean Bartik was added outside Roster");
        nameless.hides("by Hedy Lamarr");
        assert_eq!(record.outcome, Outcome::Read);
        let page = history(&portal, &ada).await;
        page.shows("Jean Bartik was added outside Roster by Hedy Lamarr");
        // On which day, depends on when the test is run.
        page.shows("Made ");
        page.shows("; seen ");
        let owned = ada.visit(&format!("/owned/{}/history?kind=outside", portal.of(TEAM))).await;
        owned.shows("Jean Bartik was added outside Roster by Hedy Lamarr");
        let file = ada.visit(&format!("/owned/{}/history.csv?kind=outside&q=jean", portal.of(TEAM))).await;
        assert!(file.body.contains("\"Hedy Lamarr\",\"Jean Bartik\""), "{}", file.body);
        ada.visit("/admin/directory").await.shows("names who made a change outside Roster");
        assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM unexplained").await, 0);
        portal.record_is_whole().await;
    })
    .await;
}

#[tokio::test]
async fn each_kind_of_change_is_explained_by_one_question_for_the_group() {
    let portal = setup().start().await;
    portal.pass(SignedDuration::from_mins(4)).await;
    let (team, emulator) = (portal.of(TEAM), &portal.emulator);
    portal.as_hand("Hedy Lamarr");
    emulator.change_group(team, |group| group.display_name = "Compilers".to_owned());
    portal.as_hand("Joan Clarke");
    emulator.change_group(team, |group| group.description = Some("Something else.".to_owned()));
    emulator.add_owner(team, portal.somebody("Jean Bartik"));
    emulator.set_hand(None);
    emulator.remove_member(team, portal.somebody("Edsger Dijkstra"));
    emulator.forget_calls();

    portal.see_and_ask().await;

    let mut authors = portal.authors("Compilers").await;
    authors.sort();
    assert_eq!(authors, ["Hedy Lamarr", "Joan Clarke", "Joan Clarke", "application Directory service"]);
    assert_eq!(portal.questions(), 1);
    let page = history_of(&portal, &portal.sign_in("Ada Lovelace").await, "Compilers").await;
    page.shows("The name was changed outside Roster by Hedy Lamarr, from Compiler Team to Compilers");
    page.shows("was removed outside Roster by the application Directory service");
    page.shows("Jean Bartik was made an owner outside Roster by Joan Clarke");
}

#[tokio::test]
async fn without_the_permission_the_change_stays_nameless_and_the_page_says_what_is_missing() {
    let portal = Setup { provider: false, ..setup() }.start().await;
    portal.emulator.set_app_permissions(&["GroupMember.Read.All", "User.ReadBasic.All"]);
    // A token has the permissions of when it was given.
    portal.emulator.set_token_seconds(24 * 60 * 60);
    portal.emulator.set_sign_in_down(false);
    portal.wait_for_provider().await;
    portal.pass(SignedDuration::from_mins(4)).await;
    portal.as_hand("Hedy Lamarr");
    portal.emulator.add_member(portal.of(TEAM), portal.somebody("Jean Bartik"));

    let record = portal.see_and_ask().await;

    assert_eq!(record.outcome, Outcome::NotPermitted);
    assert_eq!(portal.authors(TEAM).await, [""; 0]);
    let ada = portal.sign_in("Ada Lovelace").await;
    history(&portal, &ada).await.hides("by Hedy Lamarr");
    let page = ada.visit("/admin/directory").await;
    page.shows("Roster may not read the tenant’s audit log");
    page.shows("the application permission AuditLog.Read.All");

    // An administrator grants it, and nothing has to be started again.
    portal.emulator.set_app_permissions(SERVICE_PERMISSIONS);
    portal.pass(SignedDuration::from_mins(61)).await;
    portal.wait_for_record().await;
    assert_eq!(portal.authors(TEAM).await, ["Hedy Lamarr"]);
}

#[tokio::test]
async fn it_is_asked_again_while_the_log_is_late_and_given_up_after_a_day() {
    let portal = setup().start().await;
    portal.pass(SignedDuration::from_mins(4)).await;
    portal.emulator.set_behaviour(|behaviour| behaviour.audit_lag_millis = 60 * 60 * 1000);
    portal.as_hand("Hedy Lamarr");
    portal.emulator.add_member(portal.of(TEAM), portal.somebody("Jean Bartik"));
    portal.emulator.forget_calls();
    portal.see_and_ask().await;
    let (early, asked) = (portal.authors(TEAM).await, portal.questions());

    portal.pass(SignedDuration::from_mins(30)).await;
    portal.wait_for_record().await;
    portal.pass(SignedDuration::from_mins(100)).await;
    portal.wait_for_record().await;

    assert_eq!((early.len(), asked), (0, 1));
    assert_eq!(portal.authors(TEAM).await, ["Hedy Lamarr"]);
    assert_eq!(portal.questions(), 3);
    portal.emulator.set_behaviour(|behaviour| behaviour.audit_lag_millis = 90 * 60 * 60 * 1000);
    portal.emulator.add_member(portal.of(TEAM), portal.somebody("Mary Jackson"));
    for minutes in [4, 6, 30, 2 * 60, 8 * 60, 24 * 60, 24 * 60] {
        portal.pass(SignedDuration::from_mins(minutes)).await;
        portal.wait_for_record().await;
    }
    assert_eq!(portal.questions(), 3 + 5);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM unexplained").await, 0);
}

#[tokio::test]
async fn what_may_have_been_one_of_two_is_told_of_neither() {
    let portal = setup().start().await;
    portal.pass(SignedDuration::from_mins(4)).await;
    let team = portal.of(TEAM);
    for (hand, description) in [("Hedy Lamarr", "One."), ("Joan Clarke", "Two.")] {
        portal.as_hand(hand);
        portal.emulator.change_group(team, |group| group.description = Some(description.to_owned()));
    }

    let record = portal.see_and_ask().await;

    assert_eq!((record.outcome, portal.authors(TEAM).await.len()), (Outcome::Read, 0));
    let page = history(&portal, &portal.sign_in("Ada Lovelace").await).await;
    page.shows("The description was changed outside Roster");
    page.hides("by Hedy Lamarr");
    page.hides("by Joan Clarke");
}

#[tokio::test]
async fn what_roster_did_never_gets_an_author_from_outside() {
    let asked = Asked::on(setup().start().await).await;
    let portal = &asked.portal;
    portal.pass(SignedDuration::from_mins(4)).await;
    asked.grace.approves(&asked.request).await.answers(200);
    portal.see_and_ask().await;
    let at_first = portal.authors(TEAM).await;
    // Removed and added again outside, and the log is late: the add by Grace, through Roster, is no candidate meanwhile.
    let (team, alan) = (portal.of(TEAM), portal.somebody("Alan Turing"));
    portal.as_hand("Hedy Lamarr");
    portal.emulator.remove_member(team, alan);
    portal.pass(SignedDuration::from_mins(4)).await;
    portal.emulator.set_behaviour(|behaviour| behaviour.audit_lag_millis = 12 * 60 * 1000);
    portal.as_hand("Joan Clarke");
    portal.emulator.add_member(team, alan);
    portal.see_and_ask().await;
    let early = portal.authors(TEAM).await;

    portal.pass(SignedDuration::from_mins(30)).await;
    portal.wait_for_record().await;

    assert!(at_first.is_empty(), "{at_first:?}");
    assert_eq!(early, ["Hedy Lamarr"]);
    assert_eq!(portal.authors(TEAM).await, ["Hedy Lamarr", "Joan Clarke"]);
    let events = portal.app.store.events().of_group(GroupId(team), 100).await.unwrap();
    let added = events.iter().find(|event| event.kind == EventKind::MembershipAdded).unwrap();
    assert!(portal.learnt(TEAM).await.iter().all(|learnt| learnt.explains != added.id));
}

#[tokio::test]
async fn of_two_replicas_one_asks() {
    each_database(async |database| {
        let portal = Setup { database: Some(database), ..setup() }.start().await;
        let other = portal.replica().await;
        portal.pass(SignedDuration::from_mins(4)).await;
        portal.as_hand("Hedy Lamarr");
        portal.emulator.add_member(portal.of(TEAM), portal.somebody("Jean Bartik"));
        portal.emulator.forget_calls();

        portal.see_and_ask().await;
        tokio::time::sleep(Duration::from_millis(200)).await;

        other.stop().await;
        assert_eq!(portal.questions(), 1);
        assert_eq!(portal.authors(TEAM).await, ["Hedy Lamarr"]);
        portal.record_is_whole().await;
    })
    .await;
}
