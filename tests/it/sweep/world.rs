//! A portal for many cases, each at a group of its own.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use roster::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        ids::{GroupId, PersonId, RequestId},
        operation::{Kind, Operation},
        request::{Asker, EndReason, JoinRequest},
        terms::Terms,
    },
    features::requests::ask::{self, Wish},
    graph::Limits,
};
use roster_emulator::{Company, Group};
use uuid::Uuid;

use crate::support::{
    emulator,
    person::Person,
    portal::{Portal, Setup},
};

/// The most cases on one portal.
const SPOTS: u128 = 130;

/// A portal with patience for tests, where Alan asks and Grace owns.
pub(super) struct World {
    pub portal: Portal,
    alan: RefCell<Rc<Person>>,
    grace: RefCell<Rc<Person>>,
    used: Cell<u128>,
}

/// The group of a case, which takes part and which Grace and Mary own.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub id: Uuid,
    pub name: String,
}

fn spot(n: u128) -> Spot {
    Spot { id: Uuid::from_u128(0x5e3e_0000_0000_4000_8000_0000_0000_0000 + n), name: format!("Spot {n:03}") }
}

impl World {
    pub async fn start() -> Self {
        let mut company = Company::contoso();
        let id_of = |name: &str| company.people.iter().find(|person| person.display_name == name).unwrap().id;
        let owners = [id_of("Grace Hopper"), id_of("Mary Jackson")];
        let groups = (0..SPOTS).map(|n| Group::security(spot(n).id, &spot(n).name).owned_by(&owners));
        company.groups.extend(groups.collect::<Vec<_>>());
        let graph = Limits {
            connect: Duration::from_millis(500),
            call: Duration::from_millis(700),
            attempt: Duration::from_millis(350),
            listing: Duration::from_millis(2500),
            tries: 2,
            rest: Duration::from_millis(200),
            ..Limits::default()
        };
        let portal = Setup { company, graph, ..Setup::default() }.start().await;
        // The sweep throttles call by call itself; a limit on all of them would only outlast its short patience.
        portal.emulator.set_throttling(None);
        let alan = RefCell::new(Rc::new(portal.sign_in("Alan Turing").await));
        let grace = RefCell::new(Rc::new(portal.sign_in("Grace Hopper").await));
        Self { portal, alan, grace, used: Cell::new(0) }
    }

    /// Returns a group that no case has used.
    pub async fn spot(&self) -> Spot {
        let spot = spot(self.used.replace(self.used.get() + 1));
        self.portal.designate(&spot.name, &Terms::default()).await;
        spot
    }

    pub fn alan(&self) -> Rc<Person> {
        self.alan.borrow().clone()
    }

    pub fn grace(&self) -> Rc<Person> {
        self.grace.borrow().clone()
    }

    /// Signs both in afresh.
    pub async fn sign_in_again(&self) {
        self.alan.replace(Rc::new(self.portal.sign_in("Alan Turing").await));
        self.grace.replace(Rc::new(self.portal.sign_in("Grace Hopper").await));
    }

    pub fn named(&self, name: &str) -> PersonRef {
        PersonRef { id: PersonId(self.portal.emulator.person_named(name)), name: name.to_owned() }
    }

    /// Lets time pass until everybody is shown what anybody has done, in a run in which reads are behind.
    pub fn let_reads_catch_up(&self) {
        self.portal.advance(jiff::SignedDuration::try_from(emulator::read_lag()).unwrap());
    }

    /// Lets the next page of somebody ask the directory.
    pub async fn forget(&self, name: &str) {
        self.portal.app.forget(self.named(name).id).await;
    }

    pub fn is_member(&self, spot: &Spot, name: &str) -> bool {
        self.portal.emulator.is_member(spot.id, self.portal.emulator.person_named(name))
    }

    /// Keeps a request of Alan's.
    pub async fn asked(&self, spot: &Spot) -> RequestId {
        let wish = Wish {
            group_name: &spot.name,
            requester: self.named("Alan Turing"),
            asker: Asker::default(),
            said: ask::Said { reason: "I am swept.".to_owned(), ..ask::Said::default() },
        };
        let (store, now) = (&self.portal.app.store, self.portal.clock.now());
        let designation = store.designations().find(GroupId(spot.id)).await.unwrap().unwrap();
        ask::record(store, wish, &designation, now).await.unwrap().unwrap()
    }

    /// Returns how many requests of Alan's there are at a group.
    pub async fn requests_at(&self, spot: &Spot) -> usize {
        self.all_at(spot).await.len()
    }

    /// Takes back what Alan asked at a group, so that he can ask at others.
    pub async fn withdraw(&self, spot: &Spot) {
        let (store, now) = (&self.portal.app.store, self.portal.clock.now());
        for request in self.all_at(spot).await {
            let event =
                Event::new(EventKind::RequestWithdrawn, Some(request.requester.clone()), now).request(request.id);
            let reason = EndReason::Withdrawn;
            let _ = store.requests().end(request.id, request.version, reason, now, &event).await.unwrap();
        }
    }

    async fn all_at(&self, spot: &Spot) -> Vec<JoinRequest> {
        let alan = self.named("Alan Turing").id;
        let mut all = self.portal.app.store.requests().of_person(alan, 1000).await.unwrap();
        all.retain(|request| request.group.0 == spot.id);
        all
    }

    /// Returns somebody's wish to leave a group that is not over.
    pub async fn wish(&self, spot: &Spot, name: &str) -> Option<Operation> {
        let person = self.named(name).id;
        let owed = self.portal.app.store.operations().unfinished_for(GroupId(spot.id), person).await.unwrap();
        owed.into_iter().find(|operation| operation.kind == Kind::Remove)
    }

    /// Returns how often a request was decided, by the record of events.
    pub async fn decisions(&self, id: RequestId) -> usize {
        let events = self.portal.app.store.events().of_request(id).await.unwrap();
        events.iter().filter(|event| event.kind == EventKind::DecisionApproved).count()
    }

    pub async fn request(&self, id: RequestId) -> JoinRequest {
        self.portal.app.store.requests().find(id).await.unwrap().unwrap()
    }
}
