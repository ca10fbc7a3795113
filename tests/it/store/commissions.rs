//! Commissions: each step once, and never two that exclude each other.

use roster::{
    domain::{
        commission::{Commission, State, Wish},
        creating::{Creation, Problem},
        directory::Kind,
        event::{Event, EventKind},
        group_life::Course,
        ids::{CommissionId, EventId},
    },
    store::{Moved, Store},
};

use super::{DAY, ada, alan, compilers, each_database, event_count, grace, group, noon};

fn told(kind: EventKind) -> Event {
    Event::new(kind, Some(ada()), noon())
}

fn commission() -> Commission {
    Commission {
        id: CommissionId::new(),
        to: grace(),
        wish: Wish {
            resource: "The drawings, all of them".to_owned(),
            purpose: "Reading.".to_owned(),
            name: String::new(),
            note: "Soon,\nif you can.".to_owned(),
        },
        by: ada(),
        at: noon(),
        state: State::Open,
        creation: None,
        group: None,
        answered_at: None,
        why: String::new(),
        ended: None,
    }
}

fn creation(commission: &Commission) -> Creation {
    let id = EventId::new();
    Creation {
        id,
        kind: Kind::Security,
        name: "Engines".to_owned(),
        purpose: "Reading.".to_owned(),
        nickname: format!("engines-{id}"),
        owners: Vec::new(),
        members: Vec::new(),
        by: grace(),
        at: noon(),
        course: Course::Sent,
        group: None,
        problem: None,
        commission: Some(commission.id),
    }
}

async fn begun(store: &Store) -> Commission {
    let new = commission();
    assert!(store.commissions().begin(&new, &told(EventKind::CommissionMade)).await.unwrap().is_yes());
    new
}

async fn state(store: &Store, it: &Commission) -> State {
    store.commissions().find(it.id).await.unwrap().unwrap().state
}

async fn creates(store: &Store, creation: &Creation) -> Moved {
    store.creations().begin(creation, &told(EventKind::CreationDecided)).await.unwrap()
}

async fn withdraws(store: &Store, it: &Commission) -> Moved {
    let told = told(EventKind::CommissionWithdrawn);
    store.commissions().withdraw(it, "Not needed.", &ada(), noon(), &told).await.unwrap()
}

#[tokio::test]
async fn it_is_kept_once_and_whole_and_listed_by_how_far_it_is() {
    each_database(async |database| {
        let (store, new) = (&database.store, commission());
        let made = told(EventKind::CommissionMade);

        let first = store.commissions().begin(&new, &made).await.unwrap();
        let second = store.commissions().begin(&new, &made).await.unwrap();
        let later = begun(store).await;

        assert_eq!((first, second), (Moved::Yes, Moved::No));
        assert_eq!(store.commissions().find(new.id).await.unwrap(), Some(new.clone()));
        let page = async |states, before| store.commissions().page(states, before, 1).await.unwrap();
        assert_eq!(page([State::Open, State::Taken], Some(later.id)).await, [new]);
        assert_eq!(page([State::Open, State::Taken], None).await, [later]);
        assert_eq!(page([State::Ready, State::Declined], None).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_creation_takes_it_once_and_what_was_taken_back_creates_nothing() {
    each_database(async |database| {
        let store = &database.store;
        let (taken, withdrawn) = (begun(store).await, begun(store).await);
        assert!(withdraws(store, &withdrawn).await.is_yes());
        let before = event_count(store).await;

        let first = creates(store, &creation(&taken)).await;
        let second = creates(store, &creation(&taken)).await;
        let late = creates(store, &creation(&withdrawn)).await;
        let others = Creation { by: alan(), ..creation(&begun(store).await) };
        let stranger = creates(store, &others).await;

        assert_eq!((first, second, late, stranger), (Moved::Yes, Moved::No, Moved::No, Moved::No));
        assert_eq!(store.creations().find(others.id).await.unwrap(), None);
        assert_eq!(withdraws(store, &taken).await, Moved::No);
        let declined = told(EventKind::CommissionDeclined);
        assert_eq!(store.commissions().decline(&taken, "No.", noon(), &declined).await.unwrap(), Moved::No);
        assert_eq!((state(store, &taken).await, state(store, &withdrawn).await), (State::Taken, State::Withdrawn));
        assert_eq!(event_count(store).await, before + 2);
    })
    .await;
}

#[tokio::test]
async fn of_taking_back_and_creating_at_once_one_happens() {
    each_database(async |database| {
        let store = &database.store;
        for _ in 0..8 {
            let it = begun(store).await;
            let creation = creation(&it);

            let (created, withdrawn) = tokio::join!(creates(store, &creation), withdraws(store, &it));

            assert_ne!(created, withdrawn);
            let expected = if created.is_yes() { State::Taken } else { State::Withdrawn };
            assert_eq!(state(store, &it).await, expected);
            assert_eq!(store.creations().find(creation.id).await.unwrap().is_some(), created.is_yes());
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_while_it_was_created_reports_nothing_and_names_the_group() {
    each_database(async |database| {
        let (store, it) = (&database.store, begun(&database.store).await);
        let made = creation(&it);
        assert!(creates(store, &made).await.is_yes());
        let taken = store.commissions().find(it.id).await.unwrap().unwrap();
        assert!(withdraws(store, &taken).await.is_yes());

        let (there, created) = (group(compilers(), "Compiler Team"), told(EventKind::GroupCreated).group(compilers()));
        let settled =
            store.creations().settle_created(&made, &there, &[grace()], noon() + DAY, &created).await.unwrap();

        let known = store.commissions().find(it.id).await.unwrap().unwrap();
        assert_eq!((settled, known.state, known.answered_at), (Moved::Yes, State::Withdrawn, None));
        assert_eq!(known.group, Some((compilers(), "Compiler Team".to_owned())));
        let latest = store.events().latest(1).await.unwrap();
        assert_eq!(latest[0].kind, EventKind::GroupCreated, "nothing is reported");
    })
    .await;
}

#[tokio::test]
async fn it_reports_back_once_and_a_refused_creation_opens_it_again() {
    each_database(async |database| {
        let (store, it) = (&database.store, begun(&database.store).await);
        let refused = creation(&it);
        assert!(creates(store, &refused).await.is_yes());
        let creations = store.creations();
        let no = told(EventKind::CreationRefused);
        assert!(creations.settle(&refused, Some(Problem::Quota), noon(), &no).await.unwrap().is_yes());
        assert_eq!(state(store, &it).await, State::Open);
        let made = creation(&it);
        assert!(creates(store, &made).await.is_yes());
        let unclear = told(EventKind::CreationUnclear);
        assert!(creations.settle(&made, None, noon(), &unclear).await.unwrap().is_yes());
        assert_eq!(state(store, &it).await, State::Taken);

        let (there, created) = (group(compilers(), "Compiler Team"), told(EventKind::GroupCreated).group(compilers()));
        let first = creations.settle_created(&made, &there, &[grace()], noon() + DAY, &created).await.unwrap();
        let second = creations.settle_created(&made, &there, &[grace()], noon() + DAY, &created).await.unwrap();

        assert_eq!((first, second), (Moved::Yes, Moved::No));
        let known = store.commissions().find(it.id).await.unwrap().unwrap();
        assert_eq!((known.state, known.creation), (State::Ready, Some(made.id)));
        assert_eq!(known.group, Some((compilers(), "Compiler Team".to_owned())));
        assert_eq!(known.answered_at, Some(noon() + DAY));
        let latest = store.events().latest(1).await.unwrap();
        assert_eq!((latest[0].kind, latest[0].group), (EventKind::CommissionReady, Some(compilers())));
        let closed = told(EventKind::CommissionClosed);
        let close = async || store.commissions().close(it.id, &ada(), noon() + DAY, &closed).await.unwrap();
        assert_eq!((close().await, close().await), (Moved::Yes, Moved::No));
    })
    .await;
}

#[tokio::test]
async fn the_counts_of_a_person_say_what_was_asked_of_them_and_what_reported_back() {
    each_database(async |database| {
        let store = &database.store;
        let counts = async |person, at| store.requests().counts(person, at).await.unwrap();
        let (open, declined, withdrawn) = (begun(store).await, begun(store).await, begun(store).await);
        let no = told(EventKind::CommissionDeclined);
        assert!(store.commissions().decline(&declined, "No.", noon(), &no).await.unwrap().is_yes());
        assert!(withdraws(store, &withdrawn).await.is_yes());

        let now = counts(grace().id, noon() + DAY).await;
        let later = counts(grace().id, noon() + DAY * 15).await;
        let others = counts(alan().id, noon()).await;

        let listed: Vec<_> = now.commissions.iter().map(|news| (news.id, news.state)).collect();
        assert_eq!(listed, [(open.id, State::Open), (withdrawn.id, State::Withdrawn)], "what waits comes first");
        let first = &now.commissions[0];
        assert_eq!((first.resource.as_str(), first.by.as_str()), ("The drawings, all of them", "Ada Lovelace"));
        assert_eq!((now.commissions_ready, now.commissions_declined), (0, 1));
        assert_eq!(later.commissions.len(), 1, "what was taken back is told for a while");
        assert_eq!(others.commissions, []);
    })
    .await;
}
