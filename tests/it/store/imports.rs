//! Lists: one start, one at a time for a group, and nothing is lost between a chunk that was taken and its end.

use roster::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        ids::ImportId,
        import_job::{Halt, Job, KeptRow, LEASE, Outcome, State},
        importing::Verdict,
        operation::{Kind, Step},
    },
    store::{Moved, Settled, Shown, Store, Taken},
};

use super::{ada, alan, compilers, each_database, event, event_count, grace, noon};

fn job() -> Job {
    Job {
        id: ImportId::new(),
        kind: Kind::Add,
        group: compilers(),
        group_name: "Compiler Team".into(),
        reason: "They all start.".into(),
        state: State::Reading,
        halt: None,
        version: 1,
        made_by: grace(),
        made_at: noon(),
        held_by: grace(),
        lease_until: noon() + LEASE,
        cancel_wished: false,
        started_at: None,
        ended_at: None,
    }
}

fn row(place: i64) -> KeptRow {
    KeptRow {
        place,
        line: place,
        typed: format!("p{place}"),
        key: Some(format!("p{place}@contoso.example")),
        person: None,
        verdict: None,
        operation: None,
        outcome: None,
        write: None,
    }
}

/// Keeps a list of these people, looked up and ready.
async fn ready(store: &Store, people: &[PersonRef]) -> Job {
    let job = job();
    let rows: Vec<KeptRow> = (1..).take(people.len()).map(row).collect();
    store.imports().keep(&job, "one", &rows).await.unwrap();
    let judged: Vec<_> =
        people.iter().zip(1..).map(|(one, place)| (place, Some(one.clone()), Verdict::Ready)).collect();
    assert_eq!(store.imports().judged(job.id, "two", &judged, false).await.unwrap(), Moved::No);
    assert_eq!(store.imports().judged(job.id, "one", &judged, false).await.unwrap(), Moved::Yes);
    store.imports().find(job.id).await.unwrap().unwrap()
}

fn started() -> Event {
    event(EventKind::ImportStarted)
}

#[tokio::test]
async fn a_list_starts_once_and_alone() {
    each_database(async |database| {
        let imports = database.store.imports();
        let first = ready(&database.store, &[alan()]).await;
        let second = ready(&database.store, &[ada()]).await;

        let yes = imports.start(&first, &grace(), "a", noon(), &started()).await.unwrap();
        let again = imports.start(&first, &grace(), "b", noon(), &started()).await.unwrap();
        let other = imports.start(&second, &grace(), "c", noon(), &started()).await.unwrap();

        assert_eq!((yes, again, other), (Moved::Yes, Moved::No, Moved::No));
        assert_eq!(event_count(&database.store).await, 1);
        assert_eq!(imports.take(&first, "b", &grace(), noon()).await.unwrap(), Taken::Lost);
        assert!(imports.still_held(first.id, "a", noon()).await.unwrap());
        assert!(!imports.still_held(first.id, "b", noon()).await.unwrap());
        assert_eq!(imports.of_group(compilers(), &alan(), 9).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_chunk_that_was_taken_is_taken_up_by_the_next_and_settled_once() {
    each_database(async |database| {
        let imports = database.store.imports();
        let job = ready(&database.store, &[alan(), ada()]).await;
        let _ = imports.start(&job, &grace(), "a", noon(), &started()).await.unwrap();
        let Taken::Rows { held: first, again: false } = imports.take(&job, "a", &grace(), noon()).await.unwrap() else {
            panic!("nothing was taken")
        };
        let later = noon() + LEASE + LEASE;
        let lost = imports.find(job.id).await.unwrap().unwrap();
        let early = imports.take_up(&lost, &ada(), "b", noon(), &started()).await.unwrap();
        let taken_up = imports.take_up(&lost, &ada(), "b", later, &started()).await.unwrap();
        let Taken::Rows { held, again: true } = imports.take(&job, "b", &ada(), later).await.unwrap() else {
            panic!("nothing was taken up")
        };
        let settled = |held: &[roster::domain::operation::Operation]| -> Vec<Settled> {
            let one = |write: &roster::domain::operation::Operation| Settled {
                held: write.clone(),
                step: Step::Apply,
                refusal: None,
                outcome: Some(Outcome::Done),
                anew: false,
                event: event(EventKind::MembershipAdded),
            };
            held.iter().map(one).collect()
        };

        imports.settle(job.id, &settled(&first), later).await.unwrap();
        let between = imports.tally(job.id).await.unwrap();
        imports.settle(job.id, &settled(&held), later).await.unwrap();

        assert_eq!((early, taken_up, first.len(), held.len()), (Moved::No, Moved::Yes, 2, 2));
        assert_eq!((between.over(), between.unconfirmed), (0, 2));
        let tally = imports.tally(job.id).await.unwrap();
        assert_eq!((tally.ready(), tally.over(), tally.unconfirmed, tally.waiting()), (2, 2, 0, 0));
        assert_eq!(imports.take(&job, "b", &ada(), later).await.unwrap(), Taken::Nothing);
        let rows = imports.rows(job.id, Shown::Judged(Verdict::Ready), 1, 10).await.unwrap();
        assert_eq!(rows.iter().map(|row| (row.place, row.outcome)).collect::<Vec<_>>(), [(2, Some(Outcome::Done))]);
        assert_eq!(imports.end(&job, "b", later, &event(EventKind::ImportEnded)).await.unwrap(), Moved::Yes);
        assert_eq!(imports.find(job.id).await.unwrap().unwrap().state, State::Ended);
        assert!(database.store.events().verify().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_list_ends_early_after_its_chunk_or_at_once() {
    each_database(async |database| {
        let imports = database.store.imports();
        let job = ready(&database.store, &[alan()]).await;
        let _ = imports.start(&job, &grace(), "a", noon(), &started()).await.unwrap();
        let job = imports.find(job.id).await.unwrap().unwrap();
        let (cancel, end) = (event(EventKind::ImportCancelled), event(EventKind::ImportEnded));

        let wished = imports.cancel(&job, noon(), &cancel, &end).await.unwrap();
        let taken = imports.take(&job, "a", &grace(), noon()).await.unwrap();
        let running = imports.find(job.id).await.unwrap().unwrap();
        let paused = imports.pause(&job, "a", Halt::SignIn, &event(EventKind::ImportPaused)).await.unwrap();
        let again = event(EventKind::ImportCancelled);
        let ended = imports.cancel(&running, noon(), &again, &event(EventKind::ImportEnded)).await.unwrap();

        assert_eq!((wished, taken, paused, ended), (Moved::Yes, Taken::CancelWished, Moved::Yes, Moved::Yes));
        assert!(running.cancel_wished && running.state == State::Running);
        assert_eq!(imports.find(job.id).await.unwrap().unwrap().state, State::Cancelled);
    })
    .await;
}
