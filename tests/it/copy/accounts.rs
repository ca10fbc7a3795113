//! Groups whose owners cannot sign in: administrators see them before somebody waits in vain, and nobody is told who it is
//! but them.

use std::time::Duration;

use jiff::SignedDuration;
use roster::domain::{
    directory_copy::{Outcome, Standing},
    ids::{GroupId, PersonId},
};
use roster_emulator::{Action, Fault};

use crate::{
    owned::import::pastes,
    support::{
        database::{Database, each_database},
        page::Page,
        portal::{Portal, SERVICE_PERMISSIONS_AND_ACCOUNTS, SERVICE_SECRET, Setup},
    },
};

const TEAM: &str = "Compiler Team";
const OWNERS: [&str; 3] = ["Grace Hopper", "Mary Jackson", "Annie Easley"];
const SOON: Option<Duration> = Some(Duration::from_millis(50));
const NONE: &str = "None of the 3 owners can sign in";

fn setup(database: Database) -> Setup {
    Setup {
        database: Some(database),
        service: Some(SERVICE_SECRET),
        service_permissions: SERVICE_PERMISSIONS_AND_ACCOUNTS,
        look_every: SOON,
        ..Setup::default()
    }
}

async fn portal() -> Portal {
    setup(Database::sqlite().await).start().await
}

fn asked(standing: &Standing) -> Option<Outcome> {
    standing.accounts.map(|asked| asked.outcome)
}

impl Portal {
    /// Waits until the portal's own identity has read once more.
    async fn read_again(&self) -> Standing {
        self.advance(SignedDuration::from_mins(4));
        let now = self.clock.now();
        self.wait_for(|standing| standing.accounts.is_some_and(|asked| asked.at >= now)).await
    }

    fn enable(&self, people: &[&str], enabled: bool) {
        for name in people {
            self.emulator.set_enabled(self.emulator.person_named(name), enabled);
        }
    }

    async fn unable(&self, group: &str) -> Option<Vec<PersonId>> {
        let group = GroupId(self.emulator.group_named(group));
        self.app.store.directory().group(group).await.unwrap().unwrap().unable
    }

    /// Returns what Ada, an administrator, sees of the groups and of the team.
    async fn seen_by_ada(&self) -> [Page; 2] {
        let (ada, list) = self.sign_in_at("/admin/groups", "Ada Lovelace").await;
        let page = ada.visit(&format!("/admin{}", self.group(TEAM))).await;
        [list, page]
    }

    /// Waits until what the portal does when it starts is done.
    async fn rests(&self) {
        loop {
            let before = self.app.store.statements();
            tokio::time::sleep(Duration::from_millis(250)).await;
            if self.app.store.statements() == before {
                return;
            }
        }
    }

    /// Makes sure that Ada sees nothing about owners who cannot sign in.
    async fn nothing_is_claimed(&self) {
        for page in self.seen_by_ada().await {
            page.hides("sign in");
        }
    }
}

#[tokio::test]
async fn a_group_whose_owners_are_all_disabled_is_seen_and_takes_no_requests_until_one_is_enabled() {
    each_database(async |database| {
        let portal = setup(database).start().await;
        portal.read_again().await;
        let alan = portal.sign_in("Alan Turing").await;
        let team = portal.group(TEAM);
        portal.nothing_is_claimed().await;

        portal.enable(&OWNERS[..1], false);
        portal.read_again().await;
        let one = portal.seen_by_ada().await;
        assert!(alan.visit(&team).await.link("Ask to join").is_some());

        portal.enable(&OWNERS, false);
        portal.read_again().await;
        let none = portal.seen_by_ada().await;
        let page = alan.visit(&team).await;
        let form = alan.visit(&format!("{team}/ask")).await;

        portal.enable(&OWNERS[1..], true);
        portal.enable(&OWNERS[..1], true);
        portal.read_again().await;

        for page in one {
            page.shows("1 of 3 owners cannot sign in");
        }
        for page in none {
            page.shows(NONE);
        }
        page.shows("the group has no other owner who can");
        assert!(page.link("Ask to join").is_none());
        form.answers(409);
        for page in [page, form] {
            page.hides("sign in");
            page.hides("disabled");
        }
        portal.nothing_is_claimed().await;
        assert!(alan.visit(&team).await.link("Ask to join").is_some());
    })
    .await;
}

#[tokio::test]
async fn an_owner_who_was_deleted_is_none_any_more_and_one_who_comes_back_counts() {
    let portal = portal().await;
    portal.read_again().await;
    let radia = portal.emulator.person("Radia Perlman").unwrap();
    let group = portal.emulator.group_named("Network Operations");
    portal.emulator.delete_person(radia.id);

    portal.read_again().await;
    let deleted = portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM directory_account WHERE why = 'deleted'").await;
    let gone = portal.unable("Network Operations").await;
    portal.emulator.add_person(radia.clone());
    portal.emulator.add_owner(group, radia.id);
    portal.read_again().await;

    assert_eq!((deleted, gone), (1, Some(vec![])));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM directory_account WHERE why = 'deleted'").await, 0);
    assert_eq!(portal.unable("Network Operations").await, Some(vec![]));
}

#[tokio::test]
async fn without_the_permission_groups_are_read_and_nothing_is_claimed() {
    let setup = setup(Database::sqlite().await);
    let portal = Setup { service_permissions: &["GroupMember.Read.All", "User.ReadBasic.All"], ..setup }.start().await;
    portal.enable(&OWNERS, false);

    let standing = portal.read_again().await;

    assert_eq!(asked(&standing), Some(Outcome::NotPermitted));
    assert_eq!(standing.last.map(|last| last.outcome), Some(Outcome::Done));
    assert_eq!(portal.unable(TEAM).await, None);
    portal.nothing_is_claimed().await;
    let page = portal.sign_in_at("/admin/directory", "Ada Lovelace").await.1;
    page.shows("Not known");
    page.shows("it lacked the application permission User.Read.All");
}

#[tokio::test]
async fn a_permission_that_is_taken_away_takes_the_claim_along_and_a_failure_does_not() {
    let portal = portal().await;
    portal.enable(&OWNERS, false);
    portal.read_again().await;
    let known = portal.unable(TEAM).await.map(|unable| unable.len());
    let changed = |action| Fault::on("GET", "/users/delta").times(99).answer(action);

    portal.emulator.fault(changed(Action::Status(501, None)));
    let failed = portal.read_again().await;
    let meanwhile = portal.unable(TEAM).await.map(|unable| unable.len());
    let page = portal.sign_in_at("/admin/directory", "Ada Lovelace").await.1;
    portal.emulator.clear_faults();
    portal.emulator.fault(changed(Action::ConsentMissing));
    let refused = portal.read_again().await;

    assert_eq!((asked(&failed), asked(&refused)), (Some(Outcome::Failed), Some(Outcome::NotPermitted)));
    assert!([failed, refused].iter().all(|standing| standing.last.map(|last| last.outcome) == Some(Outcome::Done)));
    assert_eq!((known, meanwhile), (Some(3), Some(3)));
    page.shows("What was known is believed for a day.");
    assert_eq!(portal.unable(TEAM).await, None);
}

#[tokio::test]
async fn what_was_read_is_believed_for_a_day_and_not_at_all_without_an_identity_that_reads_it() {
    let mut portal = portal().await;
    portal.enable(&OWNERS, false);
    portal.read_again().await;
    portal.emulator.fault(Fault::on("GET", "/users/delta").times(999).answer(Action::Status(501, None)));

    portal.advance(SignedDuration::from_hours(23));
    portal.read_again().await;
    let in_time = portal.unable(TEAM).await.map(|unable| unable.len());
    portal.advance(SignedDuration::from_hours(1));
    portal.read_again().await;
    let late = portal.unable(TEAM).await;

    portal.emulator.clear_faults();
    portal.read_again().await;
    let again = portal.unable(TEAM).await.map(|unable| unable.len());
    portal.restart_without_service().await;
    portal.follow().await;

    assert_eq!((in_time, late, again), (Some(3), None, Some(3)));
    assert_eq!(portal.unable(TEAM).await, None);
}

#[tokio::test]
async fn a_quiet_round_costs_one_call_and_one_that_starts_over_reads_what_is_disabled() {
    let portal = portal().await;
    portal.read_again().await;
    let about_accounts = |portal: &Portal| {
        let calls = portal.emulator.calls();
        let paths =
            calls.iter().filter(|call| call.app && call.path.starts_with("/users")).map(|call| call.path.clone());
        paths.map(|path| path.split('=').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    portal.emulator.forget_calls();
    portal.read_again().await;
    let quiet = about_accounts(&portal);
    portal.enable(&OWNERS, false);
    portal.emulator.reset_delta();
    portal.emulator.forget_calls();

    portal.read_again().await;

    assert_eq!(quiet, ["/users/delta?$deltatoken"]);
    assert_eq!(about_accounts(&portal), ["/users/delta?$deltatoken", "/users/delta?$select", "/users?$filter"]);
    assert_eq!(portal.unable(TEAM).await.map(|unable| unable.len()), Some(3));
}

#[tokio::test]
async fn pages_cost_the_same_whether_owners_can_sign_in_or_not() {
    let mut portal = portal().await;
    portal.read_again().await;
    let (ada, _) = portal.sign_in_at("/admin/groups", "Ada Lovelace").await;
    let team = portal.group(TEAM);
    let pages = ["/admin/groups".to_owned(), format!("/admin{team}"), "/groups".to_owned(), team];
    let cost = async |portal: &Portal| {
        portal.rests().await;
        let mut costs = Vec::new();
        for path in &pages {
            let mut least = u64::MAX;
            for _ in 0..4 {
                let before = portal.app.store.statements();
                ada.visit(path).await.answers(200);
                least = least.min(portal.app.store.statements() - before);
            }
            costs.push(least);
        }
        costs
    };

    portal.restart_looking(None).await;
    let before = cost(&portal).await;
    portal.restart_looking(SOON).await;
    portal.enable(&OWNERS, false);
    portal.read_again().await;
    portal.restart_looking(None).await;
    let after = cost(&portal).await;

    assert_eq!(after, before);
    ada.visit("/admin/groups").await.shows(NONE);
}

#[tokio::test]
async fn whoever_is_known_to_be_disabled_is_not_added_from_a_list() {
    let portal = portal().await;
    portal.enable(&["Ken Thompson"], false);
    portal.read_again().await;
    let grace = portal.sign_in("Grace Hopper").await;

    let people = "ken.thompson@contoso.example\nsophie.wilson@contoso.example";
    let preview = pastes(&portal, &grace, TEAM, "add", people).await;

    preview.shows("Account cannot sign in");
    assert!(preview.has_button("Add one person"));
}
