//! A portal whose hidden facts can be chosen.

use std::time::Duration;

use jiff::SignedDuration;
use roster::domain::{
    audience::Audience,
    designation::SuspendReason,
    directory::PersonRef,
    event::{Event, EventKind},
    ids::{GroupId, PersonId},
    terms::Terms,
};
use roster_emulator::{Company, Group};
use uuid::Uuid;

use crate::{
    authority::matters::{Matter, Matters},
    support::portal::{Portal, SERVICE_PERMISSIONS_AND_ACCOUNTS, SERVICE_SECRET, Setup},
};

/// A group that takes part and hides its members.
pub const WHISPER: Uuid = Uuid::from_u128(0x6409_0700_0000_4000_8000_0000_0000_0100);
/// A group that takes no part, with another name and other people in each world. Its members may ask for the other.
pub const SECRET: Uuid = Uuid::from_u128(0x6409_0700_0000_4000_8000_0000_0000_0101);
/// A group that is in one world only, and takes no part there.
pub const EXTRA: Uuid = Uuid::from_u128(0x6409_0700_0000_4000_8000_0000_0000_0102);

const TEAM: &str = "Compiler Team";

/// What is different in the two worlds.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// The name, description, owners and members of a group that takes no part.
    pub secret: (&'static str, &'static str, &'static [&'static str], &'static [&'static str]),
    /// Whether there is another such group.
    pub extra: bool,
    /// Who belongs to the group that hides its members.
    pub members: &'static [&'static str],
    /// Accounts that cannot sign in: an owner among others, and members.
    pub disabled: &'static [&'static str],
    /// Who has asked to join, been approved and been let in by an owner, and why.
    pub asked: &'static [(&'static str, Matter, &'static str)],
    /// Whether the team was paused once, and takes requests again.
    pub was_paused: bool,
    /// What the group that hides its members gives: everybody may see it.
    pub gives: &'static str,
}

pub const HIDDEN_ONE: Facts = Facts {
    secret: ("Project Nightingale", "The acquisition.", &["Barbara Liskov"], &["Ken Thompson", "Linus Pauling"]),
    extra: true,
    members: &["Margaret Hamilton", "Ken Thompson"],
    disabled: &["Donald Knuth", "Mary Jackson", "Sophie Wilson"],
    asked: &[
        ("Ken Thompson", Matter::Open, "For the acquisition."),
        ("Linus Pauling", Matter::Approved, "For the acquisition."),
        ("Jean Bartik", Matter::Owed, ""),
    ],
    was_paused: true,
    gives: "A place to speak quietly.",
};

pub const HIDDEN_OTHER: Facts = Facts {
    secret: ("Zebra Harvest", "Nothing much.", &["Sophie Wilson", "Mary Jackson"], &[]),
    extra: false,
    members: &["Margaret Hamilton", "Jean Bartik", "Sophie Wilson"],
    disabled: &[],
    asked: &[("Sophie Wilson", Matter::Open, "I like the team.")],
    was_paused: false,
    gives: HIDDEN_ONE.gives,
};

/// A portal, and what is called what in it.
pub struct World {
    pub portal: Portal,
    /// Requests of those who look.
    pub own: Vec<Uuid>,
    /// Requests of others.
    pub requests: Vec<Uuid>,
    /// What is owed without a request.
    pub owed: Vec<Uuid>,
}

impl World {
    pub async fn start(facts: Facts) -> Self {
        let portal = Setup {
            company: company(&facts),
            service: Some(SERVICE_SECRET),
            service_permissions: SERVICE_PERMISSIONS_AND_ACCOUNTS,
            look_every: Some(Duration::from_millis(50)),
            ..Setup::default()
        };
        let portal = portal.start().await;
        portal.emulator.set_throttling(None);
        portal.emulator.set_read_lag(Duration::ZERO);
        let secret = Audience { group: GroupId(SECRET), name: facts.secret.0.to_owned() };
        let whisper = Terms { gives: facts.gives.to_owned(), members_of: Some(secret), ..Terms::default() };
        portal.designate("Whisper Circle", &whisper).await;
        let mut world = Self { portal, own: Vec::new(), requests: Vec::new(), owed: Vec::new() };
        world.live_through(&facts).await;
        world
    }

    /// Has people ask and owners answer, and the directory read again with which accounts cannot sign in.
    async fn live_through(&mut self, facts: &Facts) {
        let portal = &self.portal;
        let team = GroupId(portal.emulator.group_named(TEAM));
        let made = Matters { portal, at: portal.clock.now() - SignedDuration::from_hours(1) };
        let grace = person(portal, "Grace Hopper");
        for (name, group) in [("Alan Turing", "Network Operations"), ("Hedy Lamarr", TEAM), ("Radia Perlman", TEAM)] {
            let group = GroupId(portal.emulator.group_named(group));
            self.own.push(made.make(Matter::Open, group, &person(portal, name), "I work on it.", &grace).await);
        }
        for (name, matter, why) in facts.asked {
            let id = made.make(*matter, team, &person(portal, name), why, &grace).await;
            if *matter == Matter::Owed { self.owed.push(id) } else { self.requests.push(id) }
        }
        if facts.was_paused {
            let (by, now, designations) = (portal.admin(), portal.clock.now(), portal.app.store.designations());
            let event = |kind| Event::new(kind, Some(by.clone()), now).group(team);
            let paused = event(EventKind::DesignationSuspended);
            let paused = designations.suspend(team, SuspendReason::Administrator, now, &paused).await;
            assert!(paused.unwrap().is_yes());
            let version = designations.find(team).await.unwrap().unwrap().version;
            let resumed = designations.resume(team, version, now, &event(EventKind::DesignationResumed)).await;
            assert!(resumed.unwrap().is_yes());
        }
        portal.advance(SignedDuration::from_mins(4));
        let now = portal.clock.now();
        portal.wait_for(|copy| copy.accounts.is_some_and(|asked| asked.at >= now)).await;
        let unable = portal.app.store.directory().group(team).await.unwrap().unwrap().unable.unwrap();
        assert_eq!(unable.is_empty(), facts.disabled.is_empty(), "what the portal knows of accounts");
    }
}

fn person(portal: &Portal, name: &str) -> PersonRef {
    PersonRef { id: PersonId(portal.emulator.person_named(name)), name: name.to_owned() }
}

fn company(facts: &Facts) -> Company {
    let mut company = Company::contoso();
    for person in &mut company.people {
        person.account_enabled = !facts.disabled.contains(&person.display_name.as_str());
    }
    let ids = |names: &[&str]| -> Vec<Uuid> {
        let known = |name: &&str| company.people.iter().find(|person| person.display_name == *name).unwrap().id;
        names.iter().map(known).collect()
    };
    let (name, description, owners, members) = facts.secret;
    let whisper = Group::microsoft365(WHISPER, "Whisper Circle").visible("HiddenMembership");
    let mut more = vec![
        whisper.owned_by(&ids(&["Margaret Hamilton"])).with_members(&ids(facts.members)),
        Group::security(SECRET, name).described(description).owned_by(&ids(owners)).with_members(&ids(members)),
    ];
    if facts.extra {
        more.push(Group::security(EXTRA, "Nightingale Counsel").owned_by(&ids(&["Barbara Liskov"])));
    }
    company.groups.extend(more);
    company
}
