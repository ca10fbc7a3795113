//! What is not explained yet: noted with its event, asked about by one process, and recorded once.

use jiff::Timestamp;
use roster::{
    domain::{
        directory_copy::Wanted,
        event::{Event, EventKind},
        outside::{
            asking::{Asked, Outcome},
            author::{Author, Learnt},
        },
    },
    store::{Open, Store},
};

use super::{DAY, HOUR, alan, compilers, each_database, event, event_count, grace, group, noon};

const PRESSED: Wanted = Wanted::ByAnAdministrator { at: Timestamp::MAX, even_if_it_loses: false };

/// Reads a directory in which the group is called so.
async fn read(store: &Store, name: &str, now: Timestamp) {
    let lease = store.directory().begin_refresh(PRESSED, now).await.unwrap().unwrap();
    let groups = [(group(compilers(), name), vec![grace()])];
    let refreshed = event(EventKind::DirectoryCopyRefreshed);
    store.directory().replace_groups(&lease, &groups, now, &refreshed).await.unwrap().unwrap();
}

/// Returns the one change there is: the group was renamed, and described otherwise.
async fn renamed(store: &Store) -> Vec<Open> {
    read(store, "Team", noon() - HOUR).await;
    read(store, "Compiler Team", noon()).await;
    store.unexplained().of_group(compilers()).await.unwrap()
}

fn learnt(open: &Open) -> Event {
    let by = Author::Person { id: alan().id, name: alan().name };
    let learnt = Learnt { explains: open.sought.event.id, at: noon(), by, entry: "an entry".into() };
    learnt.event(&open.sought.event, noon() + HOUR)
}

#[tokio::test]
async fn a_change_is_noted_with_when_the_copy_had_been_read_before() {
    each_database(async |database| {
        let unexplained = database.store.unexplained();

        let open = renamed(&database.store).await;

        let kinds: Vec<EventKind> = open.iter().map(|open| open.sought.event.kind).collect();
        assert_eq!(kinds, [EventKind::GroupRenamed, EventKind::GroupDescribed]);
        assert!(open.iter().all(|open| open.sought.not_before == noon() - HOUR - HOUR / 4));
        assert!(open.iter().all(|open| open.ask_at == noon() + HOUR / 12));
        assert_eq!(unexplained.groups_due(noon(), 9).await.unwrap(), []);
        assert_eq!(unexplained.groups_due(noon() + HOUR / 12, 9).await.unwrap(), [compilers()]);
        assert_eq!(unexplained.standing().await.unwrap().due_at, Some(noon() + HOUR / 12));
    })
    .await;
}

#[tokio::test]
async fn who_made_a_change_is_recorded_once() {
    each_database(async |database| {
        let (store, unexplained) = (&database.store, database.store.unexplained());
        let open = renamed(store).await;
        let before = event_count(store).await;
        let event = learnt(&open[0]);

        let first = unexplained.explain(open[0].sought.event.id, &event).await.unwrap();
        let second = unexplained.explain(open[0].sought.event.id, &event).await.unwrap();

        assert!(first.is_yes() && !second.is_yes());
        assert_eq!(event_count(store).await, before + 1);
        assert_eq!(unexplained.of_group(compilers()).await.unwrap(), open[1..]);
        assert_eq!(store.events().latest(1).await.unwrap(), [event]);
        assert!(store.events().verify().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_was_asked_in_vain_is_put_off_or_given_up() {
    each_database(async |database| {
        let unexplained = database.store.unexplained();
        let open = renamed(&database.store).await;
        let [first, second] = [open[0].sought.event.id, open[1].sought.event.id];

        unexplained.put_off(&[first], Some(noon() + HOUR)).await.unwrap();
        unexplained.put_off(&[second], None).await.unwrap();

        let left = unexplained.of_group(compilers()).await.unwrap();
        assert_eq!(
            left.iter().map(|open| (open.sought.event.id, open.ask_at)).collect::<Vec<_>>(),
            [(first, noon() + HOUR)]
        );
        unexplained.sweep(noon() + HOUR + DAY * 2 - HOUR / 60).await.unwrap();
        assert_eq!(unexplained.of_group(compilers()).await.unwrap().len(), 1);
        unexplained.sweep(noon() + HOUR + DAY * 2).await.unwrap();
        assert_eq!(unexplained.of_group(compilers()).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn one_process_at_a_time_asks() {
    each_database(async |database| {
        let (store, unexplained) = (&database.store, database.store.unexplained());
        let mut begun = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let store = store.clone();
            begun.spawn(async move { store.unexplained().begin(noon()).await.unwrap() });
        }
        let mut leases: Vec<_> = begun.join_all().await.into_iter().flatten().collect();
        assert_eq!(leases.len(), 1);
        let slow = leases.remove(0);
        let meanwhile = unexplained.begin(noon() + HOUR / 10).await.unwrap();
        let after_lease = unexplained.begin(noon() + HOUR / 6).await.unwrap().unwrap();

        let late = Asked { at: noon() + HOUR / 6, outcome: Outcome::Failed };
        unexplained.end(slow, Some(late)).await.unwrap();
        let still_held = unexplained.standing().await.unwrap();
        let asked = Asked { at: noon() + HOUR / 5, outcome: Outcome::NotPermitted };
        unexplained.end(after_lease, Some(asked)).await.unwrap();

        assert!(meanwhile.is_none());
        assert_eq!((still_held.held_until, still_held.last), (Some(noon() + HOUR / 3), None));
        let standing = unexplained.standing().await.unwrap();
        assert_eq!((standing.held_until, standing.last), (None, Some(asked)));
        assert_eq!(store.directory().standing_with_record().await.unwrap().1, Some(asked));
    })
    .await;
}
