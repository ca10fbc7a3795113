//! Members with whose accounts nobody has signed in for long: owners see that, and never when it was.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use roster::domain::outside::asking::{Asked, Outcome};
use roster_emulator::{Action, Company, Fault, Person as Somebody, SignIns};
use uuid::Uuid;

use crate::support::{
    database::{Database, each_database},
    page::Page,
    person::Person,
    portal::{Portal, SERVICE_PERMISSIONS_AND_ACCOUNTS, SERVICE_PERMISSIONS_AND_SIGN_INS, SERVICE_SECRET, Setup},
};

const TEAM: &str = "Compiler Team";
const MARK: &str = "No sign-in for 90 days";
const SIGN_INS: &str = "signInActivity";
const KEPT: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM inactive_account";

fn setup(database: Database) -> Setup {
    Setup {
        database: Some(database),
        service: Some(SERVICE_SECRET),
        service_permissions: SERVICE_PERMISSIONS_AND_SIGN_INS,
        look_every: Some(Duration::from_millis(50)),
        inactive_after: Some(90),
        ..Setup::default()
    }
}

fn days_ago(portal: &Portal, days: i64) -> String {
    let second = (portal.clock.now() - SignedDuration::from_hours(24 * days)).as_second();
    jiff::Timestamp::from_second(second).unwrap().to_string()
}

impl Portal {
    /// Lets somebody have signed in by hand so many days ago, and an application for them.
    fn signed_in(&self, name: &str, days: i64, application: Option<i64>) {
        let sign_ins = SignIns {
            interactive: Some(days_ago(self, days)),
            non_interactive: application.map(|days| days_ago(self, days)),
            successful: None,
        };
        self.emulator.change_person(self.emulator.person_named(name), |person| person.sign_ins = sign_ins);
    }

    /// Waits until what is being read is read, lets time pass, and waits until the directory was asked once more.
    async fn ask_again(&self, time: SignedDuration) -> Asked {
        self.asked_since(Timestamp::UNIX_EPOCH).await;
        self.advance(time);
        self.asked_since(self.clock.now()).await
    }

    async fn asked_since(&self, since: Timestamp) -> Asked {
        for _ in 0..1000 {
            let standing = self.app.store.inactive_accounts().standing().await.unwrap();
            if let Some(last) = standing.last.filter(|last| last.at >= since && standing.held_until.is_none()) {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("sign-ins were not read");
    }

    async fn members(&self, owner: &Person) -> Page {
        owner.visit(&format!("{}/members", self.group(TEAM).replace("/groups", "/owned"))).await
    }

    fn asked_for_sign_ins(&self) -> usize {
        self.emulator.calls().iter().filter(|call| call.path.contains(SIGN_INS)).count()
    }
}

/// A portal whose members have signed in at different times, which were read.
async fn portal(database: Database) -> Portal {
    let portal = setup(database).start().await;
    portal.signed_in("Ken Thompson", 120, None);
    portal.signed_in("Frances Allen", 120, Some(3));
    portal.signed_in("Sophie Wilson", 10, None);
    let asked = portal.ask_again(SignedDuration::from_hours(25)).await;
    assert_eq!(asked.outcome, Outcome::Read);
    portal
}

fn marked(page: &Page) -> usize {
    page.tags().iter().filter(|tag| *tag == MARK).count()
}

#[tokio::test]
async fn owners_see_who_has_not_signed_in_for_long_and_never_when_that_was() {
    each_database(async |database| {
        let portal = portal(database).await;
        let team = portal.emulator.group_named(TEAM);
        for name in ["Ken Thompson", "Frances Allen"] {
            portal.emulator.add_member(team, portal.emulator.person_named(name));
        }
        let grace = portal.sign_in("Grace Hopper").await;

        let page = portal.members(&grace).await;
        let file = grace.visit(&format!("{}/members.csv", portal.group(TEAM).replace("/groups", "/owned"))).await;
        let review = format!("{}/review", portal.group(TEAM).replace("/groups", "/owned"));
        let begun = grace.submit(&grace.visit(&review).await, "Begin review", &[]).await;

        assert_eq!(marked(&page), 1, "{}", page.text());
        assert_eq!(page.text().matches("Ken Thompson No sign-in for 90 days").count(), 1, "{}", page.text());
        assert_eq!(file.body.lines().filter(|row| row.contains(MARK)).count(), 1, "{}", file.body);
        assert_eq!(begun.text().matches(MARK).count(), 1, "{}", begun.text());
        assert_eq!(portal.count(KEPT).await, 1);
    })
    .await;
}

#[tokio::test]
async fn it_is_asked_once_a_day_by_one_and_believed_for_three() {
    let portal = portal(Database::sqlite().await).await;
    let team = portal.emulator.group_named(TEAM);
    portal.emulator.add_member(team, portal.emulator.person_named("Ken Thompson"));
    let other = portal.replica().await;
    portal.emulator.forget_calls();
    portal.ask_again(SignedDuration::from_hours(24)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let asked = portal.asked_for_sign_ins();
    portal.emulator.fault(Fault::on("GET", SIGN_INS).times(500).answer(Action::Status(503, None)));
    let failed = portal.ask_again(SignedDuration::from_hours(71)).await;
    let grace = portal.sign_in("Grace Hopper").await;

    let believed = portal.members(&grace).await;
    portal.advance(SignedDuration::from_hours(2));
    let grace = portal.sign_in("Grace Hopper").await;
    let no_more = portal.members(&grace).await;
    other.stop().await;

    assert_eq!(asked, 1);
    assert_eq!(failed.outcome, Outcome::Failed);
    assert_eq!((marked(&believed), marked(&no_more)), (1, 0));
}

#[tokio::test]
async fn whoever_signs_in_again_is_marked_no_more_and_a_long_list_is_read_to_its_end() {
    let mut company = Company::contoso();
    let people = (0..260_u32).map(|n| {
        let id = Uuid::from_u128(0x1_ac71_0000 + u128::from(n));
        Somebody::new(id, &format!("Employee {n}"), &format!("employee{n}@contoso.example"))
    });
    company.people.extend(people);
    let portal = Setup { company, ..setup(Database::sqlite().await) }.start().await;
    for n in 0..260 {
        portal.signed_in(&format!("Employee {n}"), 400, None);
    }
    portal.asked_since(Timestamp::UNIX_EPOCH).await;
    portal.emulator.forget_calls();

    portal.ask_again(SignedDuration::from_hours(25)).await;
    let (calls, all) = (portal.asked_for_sign_ins(), portal.count(KEPT).await);
    portal.signed_in("Employee 7", 1, None);
    portal.ask_again(SignedDuration::from_hours(25)).await;

    assert_eq!((calls, all), (3, 260), "120 on a page");
    assert_eq!(portal.count(KEPT).await, 259);
}

#[tokio::test]
async fn without_the_permission_or_the_licence_nothing_is_claimed_and_administrators_read_why() {
    let lacking = Setup { service_permissions: SERVICE_PERMISSIONS_AND_ACCOUNTS, ..setup(Database::sqlite().await) };
    let lacking = lacking.start().await;
    let unlicensed = portal(Database::sqlite().await).await;
    unlicensed.emulator.set_behaviour(|behaviour| behaviour.has_no_premium_licence = true);

    let permission = lacking.ask_again(SignedDuration::from_hours(25)).await;
    let licence = unlicensed.ask_again(SignedDuration::from_hours(25)).await;

    assert_eq!((permission.outcome, licence.outcome), (Outcome::NotPermitted, Outcome::NotPermitted));
    assert_eq!(unlicensed.count(KEPT).await, 0);
    for portal in [&lacking, &unlicensed] {
        let (_, page) = portal.sign_in_at("/admin/directory", "Ada Lovelace").await;
        page.shows("Roster may not read when people signed in last");
        page.shows("a licence of Entra ID P1 or P2");
    }
}

#[tokio::test]
async fn where_it_is_switched_off_nothing_is_asked_and_what_was_known_is_forgotten() {
    let mut portal = portal(Database::sqlite().await).await;
    let kept = portal.count(KEPT).await;
    portal.settings.2 = None;
    portal.restart().await;
    portal.emulator.forget_calls();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let still = portal.count(KEPT).await;
    portal.advance(SignedDuration::from_hours(72));

    for _ in 0..500 {
        if portal.count(KEPT).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    portal.advance(SignedDuration::from_hours(25));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (_, page) = portal.sign_in_at("/admin/directory", "Ada Lovelace").await;

    assert_eq!((kept, still), (1, 1), "another process may be set to read it");
    assert_eq!((portal.count(KEPT).await, portal.asked_for_sign_ins()), (0, 0));
    page.hides("signed in last");
}
