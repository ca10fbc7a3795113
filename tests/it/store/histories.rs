//! The history of a group: its pages, who is in it, and what is looked up beside it.

use jiff::Timestamp;
use roster::{
    domain::{
        event::{Event, EventKind},
        history,
        outside::author::{Author, Learnt},
        terms::Terms,
    },
    store::{Recorded, Side, Sought, Store},
};
use serde_json::json;

use super::{DAY, HOUR, ada, add, alan, approve, ask, compilers, each_database, gardeners, grace, noon};

fn everything() -> Sought {
    Sought { kinds: history::shown().collect(), people: None, from: Timestamp::UNIX_EPOCH, until: Timestamp::MAX }
}

async fn note(store: &Store, event: Event) {
    store.histories().note(&event).await.unwrap();
}

async fn page(store: &Store, sought: &Sought, side: Side, most: usize) -> Vec<Recorded> {
    store.histories().page(compilers(), sought, side, most).await.unwrap()
}

fn seqs(page: &[Recorded]) -> Vec<i64> {
    page.iter().map(|recorded| recorded.seq).collect()
}

#[tokio::test]
async fn a_history_is_leafed_through_from_both_sides_without_loss() {
    each_database(async |database| {
        let store = &database.store;
        for n in 0..10 {
            let group = if n % 2 == 0 { compilers() } else { gardeners() };
            note(store, Event::new(EventKind::DesignationResumed, Some(ada()), noon() + HOUR * n).group(group)).await;
        }

        let latest = page(store, &everything(), Side::Before(i64::MAX), 2).await;
        let older = page(store, &everything(), Side::Before(latest[1].seq), 9).await;
        let newer = page(store, &everything(), Side::After(older[2].seq), 3).await;

        assert_eq!(seqs(&latest), [9, 7]);
        assert_eq!(seqs(&older), [5, 3, 1]);
        assert_eq!(seqs(&newer), [7, 5, 3], "the next ones, newest first");
    })
    .await;
}

#[tokio::test]
async fn a_history_is_narrowed_by_kind_person_and_time() {
    each_database(async |database| {
        let store = &database.store;
        ask(store, compilers(), alan()).await;
        note(store, Event::new(EventKind::DesignationResumed, Some(ada()), noon() + DAY).group(compilers())).await;
        let learnt = Event::new(EventKind::OutsideAuthorKnown, None, noon() + DAY).group(compilers());
        note(store, learnt.detail(json!({}))).await;
        let count = async |sought: Sought| page(store, &sought, Side::Before(i64::MAX), 9).await.len();

        assert_eq!(count(everything()).await, 2, "what explains another has no line");
        assert_eq!(count(Sought { kinds: vec![EventKind::RequestCreated], ..everything() }).await, 1);
        assert_eq!(count(Sought { kinds: vec![], ..everything() }).await, 0);
        for (people, found) in [(vec![alan().id], 1), (vec![ada().id], 1), (vec![alan().id, ada().id], 2), (vec![], 0)]
        {
            assert_eq!(count(Sought { people: Some(people), ..everything() }).await, found);
        }
        assert_eq!(count(Sought { from: noon() + DAY, ..everything() }).await, 1);
        assert_eq!(count(Sought { until: noon() + DAY, ..everything() }).await, 1);
        assert_eq!(count(Sought { until: noon(), ..everything() }).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_terms_comes_with_the_terms_before() {
    each_database(async |database| {
        let store = &database.store;
        let (old, new) = (Terms::default(), Terms { open_days: 30, ..Terms::default() });
        let event = |kind, terms: &Terms| {
            Event::new(kind, Some(ada()), noon()).group(compilers()).detail(json!({ "terms": terms }))
        };
        note(store, event(EventKind::DesignationCreated, &old).group(gardeners())).await;
        note(store, event(EventKind::DesignationCreated, &old)).await;
        note(store, event(EventKind::DesignationResumed, &new)).await;
        note(store, event(EventKind::DesignationChanged, &new)).await;

        let page = page(store, &everything(), Side::Before(i64::MAX), 1).await;

        assert_eq!(page[0].terms_before, Some(old));
    })
    .await;
}

#[tokio::test]
async fn names_and_reasons_come_with_a_page() {
    each_database(async |database| {
        let store = &database.store;
        let asked = ask(store, compilers(), alan()).await;
        approve(store, &asked, &grace()).await;
        let direct = add(&asked, &grace());
        let direct = roster::domain::operation::Operation {
            request: None,
            person: ada(),
            reason: "She helps.".into(),
            ..direct
        };
        let decided = Event::new(EventKind::AddDecided, Some(grace()), noon()).group(compilers()).person(ada().id);
        let decided = decided.detail(json!({ "operation": direct.id }));
        assert!(store.operations().owe_add(&direct, 1, &decided).await.unwrap());

        let events = page(store, &everything(), Side::Before(i64::MAX), 9).await;
        let told = store.histories().told(&events).await.unwrap();
        let people = store.histories().people(compilers()).await.unwrap();

        assert_eq!((told.names[&alan().id].as_str(), told.names[&ada().id].as_str()), ("Alan Turing", "Ada Lovelace"));
        assert_eq!(told.reasons[&asked.id.0], asked.reason);
        assert_eq!(told.reasons[&direct.id.0], "She helps.");
        assert_eq!(told.messages[&asked.id.0], "Welcome");
        assert_eq!(people[&grace().id], "Grace Hopper");
        assert_eq!(people[&ada().id], "Ada Lovelace", "known by the write alone");
        assert!(store.histories().told(&[]).await.unwrap().names.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_learnt_of_a_change_is_found_by_the_change() {
    each_database(async |database| {
        let store = &database.store;
        let by = Author::Person { id: ada().id, name: ada().name };
        let changes = [
            Event::new(EventKind::MembershipAddedOutside, None, noon()).group(compilers()).person(alan().id),
            Event::new(EventKind::GroupDescribed, None, noon()).group(compilers()),
            Event::new(EventKind::GroupDescribed, None, noon()).group(compilers()),
        ];
        for change in &changes {
            note(store, change.clone()).await;
        }
        for change in &changes[..2] {
            let learnt = Learnt { explains: change.id, at: noon(), by: by.clone(), entry: "x".into() };
            note(store, learnt.event(change, noon() + HOUR)).await;
        }

        let authors = store.histories().authors(compilers(), &changes).await.unwrap();

        assert_eq!(authors.len(), 2);
        assert_eq!(authors[&changes[0].id].by, by);
        assert!(!authors.contains_key(&changes[2].id));
        assert!(store.histories().authors(gardeners(), &changes).await.unwrap().is_empty());
        let people = store.histories().people(compilers()).await.unwrap();
        assert!(!people.contains_key(&alan().id), "an event without a name names nobody");
    })
    .await;
}

#[tokio::test]
async fn a_view_is_noted_once_for_a_while() {
    each_database(async |database| {
        let store = &database.store;
        let view = |by, at| Event::new(EventKind::ReasonsViewed, Some(by), at).group(compilers());
        let later = noon() + HOUR;

        for (by, at) in [(ada(), noon()), (ada(), noon()), (grace(), noon()), (ada(), later), (ada(), later)] {
            store.histories().note_view(&view(by, at), at - HOUR).await.unwrap();
        }

        assert_eq!(store.events().of_group(compilers(), 9).await.unwrap().len(), 3);
        assert!(store.events().verify().await.unwrap().is_ok());
    })
    .await;
}
