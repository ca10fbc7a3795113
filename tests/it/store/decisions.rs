//! One answer a request, whoever is in a hurry, and never by the person who asked.

use roster::{
    domain::{
        directory::PersonRef,
        event::EventKind,
        ids::PersonId,
        request::{EndReason, JoinRequest, State},
    },
    store::{Deciding, Error, Moved},
};
use uuid::Uuid;

use super::each_database;
use super::{DAY, ada, add, alan, approve, ask, compilers, deny, event, event_count, evidence, grace, noon, person};

#[tokio::test]
async fn an_approval_is_kept_with_what_it_owes_to_the_directory() {
    each_database(async |database| {
        let asked = ask(&database.store, compilers(), alan()).await;

        let operation = approve(&database.store, &asked, &grace()).await;

        let found = database.store.requests().find(asked.id).await.unwrap().unwrap();
        let decision = found.decision.unwrap();
        assert_eq!((found.state, found.version), (State::Approved, 2));
        assert_eq!((decision.by, decision.at, decision.message.as_str()), (grace(), noon(), "Welcome"));
        assert_eq!(found.operation, Some(operation));
        assert_eq!(database.text("SELECT evidence FROM decision").await, evidence().to_string());
    })
    .await;
}

#[tokio::test]
async fn an_approved_person_keeps_their_place_and_a_denied_one_does_not() {
    each_database(async |database| {
        let requests = database.store.requests();
        let approved = ask(&database.store, compilers(), alan()).await;
        let denied = ask(&database.store, compilers(), ada()).await;

        approve(&database.store, &approved, &grace()).await;
        assert_eq!(deny(&database.store, &denied, &grace()).await, Moved::Yes);

        let alan_asks = requests.asking_facts(compilers(), alan().id).await.unwrap();
        let ada_asks = requests.asking_facts(compilers(), ada().id).await.unwrap();
        assert_eq!(alan_asks.open_request, Some(approved.id));
        assert_eq!(ada_asks.open_request, None);
        assert_eq!(requests.find(denied.id).await.unwrap().unwrap().state, State::Denied);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_who_answer_at_once_one_decides() {
    each_database(async |database| {
        let asked = ask(&database.store, compilers(), alan()).await;
        let tasks: Vec<_> = (0..50)
            .map(|n| {
                let (store, asked) = (database.store.clone(), asked.clone());
                tokio::spawn(async move {
                    let by = person(1000 + n, "Barbara Liskov");
                    if n % 2 == 0 {
                        return deny(&store, &asked, &by).await;
                    }
                    let (operation, evidence, event) =
                        (add(&asked, &by), evidence(), event(EventKind::DecisionApproved));
                    let deciding = Deciding {
                        request: &asked,
                        by: &by,
                        message: "",
                        evidence: &evidence,
                        terms: 1,
                        now: noon(),
                        event: &event,
                    };
                    store.decisions().approve(&deciding, &operation).await.unwrap()
                })
            })
            .collect();
        let mut decided = 0;
        for task in tasks {
            decided += usize::from(task.await.unwrap().is_yes());
        }

        assert_eq!(decided, 1);
        assert_eq!(event_count(&database.store).await, 2);
        assert_eq!(database.text("SELECT CAST(COUNT(*) AS TEXT) FROM decision").await, "1");
    })
    .await;
}

#[tokio::test]
async fn nobody_answers_their_own_request_even_when_the_caller_says_so() {
    each_database(async |database| {
        let mut asked = ask(&database.store, compilers(), alan()).await;
        // The caller's idea of who asked is wrong; the row's is not.
        asked.requester.id = PersonId(Uuid::from_u128(77));
        let (evidence, event) = (evidence(), event(EventKind::DecisionApproved));
        let by = alan();
        let deciding = Deciding {
            request: &asked,
            by: &by,
            message: "",
            evidence: &evidence,
            terms: 1,
            now: noon(),
            event: &event,
        };

        let approved = database.store.decisions().approve(&deciding, &add(&asked, &by)).await;
        let denied = database.store.decisions().deny(&deciding).await;

        assert!(matches!(approved, Err(Error::Constraint(_))), "{approved:?}");
        assert!(matches!(denied, Err(Error::Constraint(_))), "{denied:?}");
        assert_eq!(database.store.requests().find(asked.id).await.unwrap().unwrap().state, State::Open);
        assert_eq!(event_count(&database.store).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_approval_that_is_not_enough_leaves_the_request_open_and_counts_once() {
    each_database(async |database| {
        let (store, asked) = (&database.store, ask(&database.store, compilers(), alan()).await);
        let (evidence, event) = (evidence(), event(EventKind::ConsentGiven));
        let consent = async |request: &JoinRequest, by: &PersonRef, now| {
            let deciding = Deciding { request, by, message: "Yes", evidence: &evidence, terms: 1, now, event: &event };
            store.decisions().consent(&deciding).await
        };

        let own = consent(&asked, &alan(), noon()).await;
        let first = consent(&asked, &grace(), noon()).await.unwrap();
        let stale = consent(&asked, &ada(), noon()).await.unwrap();
        let found = store.requests().find(asked.id).await.unwrap().unwrap();
        let twice = consent(&found, &grace(), noon()).await.unwrap();
        let late = consent(&found, &ada(), noon() + 14 * DAY).await.unwrap();

        assert!(matches!(own, Err(Error::Constraint(_))), "{own:?}");
        assert_eq!((first, stale, twice, late), (Moved::Yes, Moved::No, Moved::No, Moved::No));
        assert_eq!((found.state, found.version, found.consented), (State::Open, 2, vec![grace().id]));
        let kept = store.decisions().consents(asked.id).await.unwrap();
        assert_eq!((kept.len(), kept[0].by.clone(), kept[0].message.as_str()), (1, grace(), "Yes"));
        let counts = async |person: PersonId| store.requests().counts(person, noon()).await.unwrap().to_answer;
        assert_eq!((counts(grace().id).await, event_count(store).await), (0, 2));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_other_terms_made_right_is_not_taken() {
    each_database(async |database| {
        let (store, asked) = (&database.store, ask(&database.store, compilers(), alan()).await);
        let (evidence, event, by) = (evidence(), event(EventKind::DecisionApproved), grace());
        let under = |terms| Deciding {
            request: &asked,
            by: &by,
            message: "",
            evidence: &evidence,
            terms,
            now: noon(),
            event: &event,
        };
        let add = add(&asked, &by);

        let consented = store.decisions().consent(&under(2)).await.unwrap();
        let approved = store.decisions().approve(&under(2), &add).await.unwrap();
        let directly = store.operations().owe_add(&add, 2, &event).await.unwrap();

        assert_eq!((consented, approved, directly), (Moved::No, Moved::No, false));
        assert!(store.decisions().approve(&under(1), &add).await.unwrap().is_yes());
    })
    .await;
}

#[tokio::test]
async fn what_is_over_or_past_its_time_is_not_answered() {
    each_database(async |database| {
        let store = &database.store;
        let withdrawn = ask(store, compilers(), alan()).await;
        let taken_back = event(EventKind::RequestWithdrawn);
        let ended = store.requests().end(withdrawn.id, 1, EndReason::Withdrawn, noon(), &taken_back).await;
        assert!(ended.unwrap().is_yes());
        let lapsed = ask(store, compilers(), ada()).await;
        let (evidence, event, by) = (evidence(), event(EventKind::DecisionApproved), grace());
        let now = noon() + 14 * DAY;
        let late =
            Deciding { request: &lapsed, by: &by, message: "", evidence: &evidence, terms: 1, now, event: &event };

        let after_withdrawal = deny(store, &withdrawn, &grace()).await;
        let after_time = store.decisions().approve(&late, &add(&lapsed, &by)).await.unwrap();

        assert_eq!((after_withdrawal, after_time), (Moved::No, Moved::No));
    })
    .await;
}
