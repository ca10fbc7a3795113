//! One portal with a company made for the table: groups that stand in every way, and somebody for every column.

use std::{collections::HashMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use roster::domain::{
    designation::SuspendReason,
    directory::PersonRef,
    event::{Event, EventKind},
    ids::{GroupId, PersonId},
    terms::{Term, Terms},
};
use roster_emulator::{Company, Group, Person as Account};
use uuid::Uuid;

use super::{
    matters::{Matter, Matters},
    table::{NOBODY, STATES, WHO},
};
use crate::support::{
    person::Person,
    portal::{Portal, Setup},
};

/// Who stands for a column. Those who are not in the sample company are added to it.
const CAST: [(&str, &str); 12] = [
    ("employee", "Alan Turing"),
    ("owner", "Grace Hopper"),
    ("other", "Radia Perlman"),
    ("former", "Barbara Liskov"),
    ("co-own", "Mary Jackson"),
    ("deputy", "Annie Easley"),
    ("fallback", "Margaret Hamilton"),
    ("admin", "Ada Lovelace"),
    ("auditor", "Joan Clarke"),
    ("guest", "Tim Berners"),
    ("guest-o", "Ida Rhodes"),
    ("dir-admin", "Hedy Lamarr"),
];

/// An owner of every group, whom another owner could remove.
pub const DEPUTY: &str = "Annie Easley";
/// A member of every group, whom an owner could remove.
pub const MEMBER: &str = "Frances Allen";
/// The group of the owner of another group.
const OTHER: &str = "Network Operations";

/// What a group is for in the table: each matter has groups of its own, so that no cell stands in the way of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// Nobody who asks has anything to do with it, beside owning it.
    Plain,
    /// Everybody who asks is a member.
    Joined,
    /// Requests that wait for an answer, by strangers.
    Asked,
    /// Requests that wait for an answer, by those who ask.
    AskedThemself,
    /// Approved requests that the directory still owes, of strangers.
    Approved,
    /// The same, of those who ask.
    ApprovedThemself,
    /// What an owner decided directly and the directory still owes, for strangers.
    Owed,
    /// The same, for those who ask.
    OwedThemself,
}

impl Use {
    const ALL: [Self; 8] = [
        Self::Plain,
        Self::Joined,
        Self::Asked,
        Self::AskedThemself,
        Self::Approved,
        Self::ApprovedThemself,
        Self::Owed,
        Self::OwedThemself,
    ];

    /// Returns what waits in the group for each who asks.
    fn matter(self) -> Option<Matter> {
        match self {
            Self::Plain | Self::Joined => None,
            Self::Asked | Self::AskedThemself => Some(Matter::Open),
            Self::Approved | Self::ApprovedThemself => Some(Matter::Approved),
            Self::Owed | Self::OwedThemself => Some(Matter::Owed),
        }
    }

    fn is_their_own(self) -> bool {
        matches!(self, Self::AskedThemself | Self::ApprovedThemself | Self::OwedThemself)
    }
}

/// The portal, and where everything in it is.
pub struct World {
    pub portal: Portal,
    people: HashMap<&'static str, Person>,
    groups: HashMap<(&'static str, Use), Uuid>,
    matters: HashMap<(&'static str, Use, &'static str), Uuid>,
    lists: HashMap<&'static str, Uuid>,
}

/// Returns the terms of a group in a state.
fn terms(state: &str) -> Terms {
    let mut terms = Terms::default();
    for term in Term::ALL {
        terms.set_open(term, state != "locked");
    }
    terms
}

impl World {
    /// Starts the portal and brings about every state.
    pub async fn start() -> Arc<Self> {
        let portal = Setup { company: company(), designated: false, ..Setup::default() }.start().await;
        // What the table asks in a minute, a company asks in a week.
        portal.emulator.set_throttling(None);
        portal.emulator.set_read_lag(std::time::Duration::ZERO);
        portal.refresh().await;
        portal.designate(OTHER, &Terms::default()).await;
        let groups = groups(&portal);
        for (state, of) in groups.keys().filter(|(state, _)| *state != "aside") {
            portal.designate(&name(state, *of), &terms(state)).await;
        }
        let matters = matters(&portal, &groups).await;
        let lists = lists(&portal, &groups).await;
        for state in STATES {
            bring_about(&portal, &groups, state).await;
        }
        portal.refresh().await;
        let mut people = HashMap::from([(NOBODY, portal.visitor())]);
        for (who, name) in CAST {
            people.insert(who, portal.sign_in(name).await);
        }
        Arc::new(Self { portal, people, groups, matters, lists })
    }

    /// Returns the browser of somebody.
    pub fn person(&self, who: &str) -> &Person {
        &self.people[who]
    }

    /// Returns the id of a group; one that is nowhere has an id that nothing has.
    pub fn group(&self, state: &'static str, of: Use) -> Uuid {
        self.groups.get(&(state, of)).copied().unwrap_or_else(Uuid::now_v7)
    }

    /// Returns the id of a list of people in the plain group of a state.
    pub fn list(&self, state: &'static str) -> Uuid {
        self.lists.get(state).copied().unwrap_or_else(Uuid::now_v7)
    }

    /// Returns the id of what waits for somebody in a group: a request, or a write that is owed.
    pub fn matter(&self, state: &'static str, of: Use, who: &'static str) -> Uuid {
        self.matters.get(&(state, of, who)).copied().unwrap_or_else(Uuid::now_v7)
    }
}

/// Has an owner make a list of people in every group that is for nothing else.
async fn lists(portal: &Portal, groups: &HashMap<(&'static str, Use), Uuid>) -> HashMap<&'static str, Uuid> {
    let made = Matters { portal, at: portal.clock.now() };
    let (by, whom) = (person(portal, "Grace Hopper"), person(portal, &stranger("owner")));
    let mut lists = HashMap::new();
    for ((state, _), group) in groups.iter().filter(|((_, of), _)| *of == Use::Plain) {
        lists.insert(*state, made.list(GroupId(*group), &whom, &by).await);
    }
    lists
}

/// Returns the object id of who stands for a column.
pub fn id_of(portal: &Portal, who: &str) -> Option<Uuid> {
    CAST.iter().find(|(column, _)| *column == who).map(|(_, name)| portal.emulator.person_named(name))
}

fn name(state: &str, of: Use) -> String {
    format!("{state} {of:?}")
}

/// The sample company's people with groups of their own.
fn company() -> Company {
    let mut company = Company { groups: Vec::new(), app_role_assignments: Vec::new(), ..Company::contoso() };
    let guest = Account::new(Uuid::from_u128(0x1da), "Ida Rhodes", "ida.rhodes_fabrikam.example#EXT#@contoso.example");
    company.people.push(guest.as_guest("ida.rhodes@fabrikam.example"));
    for (n, who) in WHO.iter().enumerate() {
        let id = Uuid::from_u128(0x0057_a6e4 + n as u128);
        company.people.push(Account::new(id, &stranger(who), &format!("stranger.{n}@contoso.example")));
    }
    let id = |named: &str| company.people.iter().find(|person| person.display_name == named).unwrap().id;
    let cast = |who: &str| id(CAST.iter().find(|(column, _)| *column == who).unwrap().1);
    let owners = ["owner", "former", "co-own", "guest-o"].map(cast);
    let everybody = CAST.map(|(_, name)| id(name));
    let states = STATES.iter().filter(|state| **state != "nowhere");
    for (n, (state, of)) in states.flat_map(|state| Use::ALL.map(|of| (*state, of))).enumerate() {
        let group = Uuid::from_u128(0x6409_0700 + n as u128);
        let group = match state {
            "hidden" => Group::microsoft365(group, &name(state, of)).visible("HiddenMembership"),
            _ => Group::security(group, &name(state, of)),
        };
        let group = group.owned_by(&owners).with_members(&[id(MEMBER)]);
        let group = if of == Use::Joined { group.with_members(&everybody) } else { group };
        company.groups.push(group);
    }
    company.groups.push(Group::security(Uuid::from_u128(0x6409_0699), OTHER).owned_by(&[cast("other")]));
    company
}

fn groups(portal: &Portal) -> HashMap<(&'static str, Use), Uuid> {
    let states = STATES.into_iter().filter(|state| *state != "nowhere");
    let all = states.flat_map(|state| Use::ALL.map(|of| (state, of)));
    all.map(|(state, of)| ((state, of), portal.emulator.group_named(&name(state, of)))).collect()
}

/// Somebody who has nothing to do with anything, one for each column.
fn stranger(who: &str) -> String {
    format!("Stranger of {who}")
}

/// Has everybody, or a stranger for each of them, ask for the groups that are for it.
async fn matters(
    portal: &Portal,
    groups: &HashMap<(&'static str, Use), Uuid>,
) -> HashMap<(&'static str, Use, &'static str), Uuid> {
    let mut found = HashMap::new();
    let by = person(portal, "Grace Hopper");
    let co_owner = person(portal, "Mary Jackson");
    let made = Matters { portal, at: portal.clock.now() - SignedDuration::from_hours(1) };
    for ((state, of), group) in groups.iter().filter(|((state, _), _)| *state != "aside") {
        let Some(matter) = of.matter() else { continue };
        for who in WHO {
            let name = match (CAST.iter().find(|(column, _)| *column == who), of.is_their_own()) {
                (Some((_, name)), true) => (*name).to_owned(),
                (None, true) => continue,
                (_, false) => stranger(who),
            };
            let for_whom = person(portal, &name);
            let by = if for_whom == by { &co_owner } else { &by };
            let id = made.make(matter, GroupId(*group), &for_whom, "I work on it.", by).await;
            found.insert((*state, *of, who), id);
        }
    }
    found
}

fn person(portal: &Portal, name: &str) -> PersonRef {
    PersonRef { id: PersonId(portal.emulator.person_named(name)), name: name.to_owned() }
}

/// Brings groups into a state, and gives them the owners they have by now.
async fn bring_about(portal: &Portal, groups: &HashMap<(&'static str, Use), Uuid>, state: &str) {
    let (admin, now) = (portal.admin(), portal.clock.now());
    let of_state = || groups.iter().filter(|((of, _), _)| *of == state).map(|(_, group)| group);
    for group in of_state() {
        // An owner who no longer is one, and one who is for a while.
        portal.emulator.remove_owner(*group, person(portal, "Barbara Liskov").id.0);
        portal.emulator.add_owner(*group, person(portal, "Annie Easley").id.0);
    }
    if state == "deleted" {
        // Who owned a group until it was deleted is what the copy knew then.
        portal.refresh().await;
    }
    for group in of_state() {
        match state {
            "paused" => pause(portal, GroupId(*group), &admin, now).await,
            "unfit" => {
                let rule = "DynamicMembership".to_owned();
                portal.emulator.change_group(*group, |group| group.group_types.push(rule));
            }
            "synced" => portal.emulator.change_group(*group, |group| group.on_premises_sync_enabled = Some(true)),
            "deleted" => portal.emulator.delete_group(*group),
            _ => {}
        }
    }
}

async fn pause(portal: &Portal, group: GroupId, by: &PersonRef, now: Timestamp) {
    let event = Event::new(EventKind::DesignationSuspended, Some(by.clone()), now).group(group);
    let paused = portal.app.store.designations().suspend(group, SuspendReason::Administrator, now, &event).await;
    assert!(paused.unwrap().is_yes());
}
