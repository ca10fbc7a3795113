//! Asking, finding, counting, and ending without an answer.

use roster::{
    domain::{
        designation::SuspendReason,
        directory_copy::Wanted,
        event::EventKind,
        questions::Answer,
        request::{EndReason, State},
    },
    store::{Asked, AskingFacts, Counts, Moved},
};

use super::each_database;
use super::{DAY, HOUR, ada, alan, approve, ask, compilers, deny, event, event_count, gardeners, grace, group, leave};
use super::{noon, person, request};

#[tokio::test]
async fn what_was_asked_is_found_again_letter_for_letter() {
    each_database(async |database| {
        let name = "فاطمة الفهري 👩🏽‍🔬 ß".repeat(6).chars().take(120).collect::<String>();
        let mut asked = request(compilers(), person(7, &name));
        asked.reason = "Because 'quotes' -- and \"more\" \\ % _ \n second line".into();
        asked.asker.guest = true;
        let question = "Which 'team'? \u{202b}أيّ فريق".to_owned();
        asked.answers = vec![Answer { question, answer: "One\n\"two\"".into() }];

        let answer = database.store.requests().ask(&asked, 1, &event(EventKind::RequestCreated)).await.unwrap();

        assert_eq!(answer, Asked::Created);
        assert_eq!(database.store.requests().find(asked.id).await.unwrap(), Some(asked));
        assert_eq!(database.store.requests().find(request(compilers(), alan()).id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_person_has_one_place_in_a_queue() {
    each_database(async |database| {
        let requests = database.store.requests();
        let first = ask(&database.store, compilers(), alan()).await;

        let again = requests.ask(&request(compilers(), alan()), 1, &event(EventKind::RequestCreated)).await.unwrap();
        let elsewhere =
            requests.ask(&request(gardeners(), alan()), 1, &event(EventKind::RequestCreated)).await.unwrap();

        assert_eq!(again, Asked::Exists(first.id));
        assert_eq!(elsewhere, Asked::Created);
        assert_eq!(event_count(&database.store).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_ask_at_once_for_one_place_one_gets_it() {
    each_database(async |database| {
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let store = database.store.clone();
                tokio::spawn(async move {
                    let request = request(compilers(), alan());
                    store.requests().ask(&request, 1, &event(EventKind::RequestCreated)).await.unwrap()
                })
            })
            .collect();
        let mut created = 0;
        for task in tasks {
            created += usize::from(task.await.unwrap() == Asked::Created);
        }

        assert_eq!(created, 1);
        assert_eq!(event_count(&database.store).await, 1);
    })
    .await;
}

#[tokio::test]
async fn text_with_nul_is_kept_or_refused_and_never_half_kept() {
    each_database(async |database| {
        let mut asked = request(compilers(), alan());
        asked.reason = "a\0b".into();

        let answer = database.store.requests().ask(&asked, 1, &event(EventKind::RequestCreated)).await;

        let found = database.store.requests().find(asked.id).await.unwrap();
        match answer {
            Ok(_) => assert_eq!(found, Some(asked)),
            Err(error) => assert!(found.is_none() && matches!(error, roster::store::Error::Codec(_)), "{error:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn lists_are_sorted_and_limited() {
    each_database(async |database| {
        let requests = database.store.requests();
        let first = ask(&database.store, compilers(), alan()).await;
        let mut later = request(gardeners(), alan());
        later.asked_at = noon() + HOUR;
        requests.ask(&later, 1, &event(EventKind::RequestCreated)).await.unwrap();

        let mine = requests.of_person(alan().id, 10).await.unwrap();
        let latest = requests.of_person(alan().id, 1).await.unwrap();
        let inbox = requests.open_for_groups(&[gardeners(), compilers()], 10).await.unwrap();
        let one_group = requests.open_for_groups(&[gardeners()], 10).await.unwrap();

        assert_eq!(mine, [later.clone(), first.clone()]);
        assert_eq!(latest, [later.clone()]);
        assert_eq!(inbox, [first, later.clone()]);
        assert_eq!(one_group, [later]);
        assert_eq!(requests.open_for_groups(&[], 10).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn the_inbox_shows_what_is_approved_and_not_carried_out() {
    each_database(async |database| {
        let requests = database.store.requests();
        let asked = ask(&database.store, compilers(), alan()).await;
        let operation = approve(&database.store, &asked, &grace()).await;
        let wish = leave(compilers(), &ada());
        assert!(database.store.operations().owe_removal(&wish, &event(EventKind::LeaveWished)).await.unwrap());

        let unfinished = requests.unfinished_for_groups(&[compilers()]).await.unwrap();
        let leaves = requests.owed_directly_for_groups(&[compilers()]).await.unwrap();

        assert_eq!(unfinished.len(), 1);
        assert_eq!(unfinished[0].state, State::Approved);
        assert_eq!(unfinished[0].operation, Some(operation));
        assert_eq!(unfinished[0].decision.as_ref().unwrap().by, grace());
        assert_eq!(leaves, [wish]);
        assert_eq!(requests.open_for_groups(&[compilers()], 10).await.unwrap(), []);
        assert_eq!(requests.unfinished_for_groups(&[gardeners()]).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn counts_leave_out_the_lapsed_and_what_is_for_oneself() {
    each_database(async |database| {
        let store = &database.store;
        let owners = [(group(compilers(), "Compiler Team"), vec![grace(), ada()])];
        let refreshed = event(EventKind::DirectoryCopyRefreshed);
        let lease = store.directory().begin_refresh(Wanted::ByAVisit, noon()).await.unwrap().unwrap();
        store.directory().replace_groups(&lease, &owners, noon(), &refreshed).await.unwrap().unwrap();
        ask(store, compilers(), alan()).await;
        ask(store, compilers(), grace()).await;
        let mut short = request(compilers(), person(9, "Joan Clarke"));
        short.lapses_at = noon() + HOUR;
        store.requests().ask(&short, 1, &event(EventKind::RequestCreated)).await.unwrap();
        store.operations().owe_removal(&leave(compilers(), &ada()), &event(EventKind::LeaveWished)).await.unwrap();

        let grace_sees = store.requests().counts(grace().id, noon() + HOUR).await.unwrap();
        let ada_sees = store.requests().counts(ada().id, noon()).await.unwrap();
        let alan_sees = store.requests().counts(alan().id, noon()).await.unwrap();

        assert_eq!(
            grace_sees,
            Counts {
                to_answer: 1,
                to_finish: 1,
                my_open: 1,
                owns: 1,
                change: 1,
                copied_at: Some(noon()),
                ..Counts::default()
            }
        );
        assert_eq!(
            ada_sees,
            Counts {
                to_answer: 3,
                to_finish: 0,
                my_open: 0,
                owns: 1,
                change: 1,
                copied_at: Some(noon()),
                ..Counts::default()
            }
        );
        assert_eq!(
            alan_sees,
            Counts {
                to_answer: 0,
                to_finish: 0,
                my_open: 1,
                owns: 0,
                change: 1,
                copied_at: Some(noon()),
                ..Counts::default()
            }
        );
    })
    .await;
}

#[tokio::test]
async fn the_facts_for_asking_are_those_of_this_person_and_group() {
    each_database(async |database| {
        let requests = database.store.requests();
        let denied = ask(&database.store, compilers(), alan()).await;
        assert_eq!(deny(&database.store, &denied, &grace()).await, Moved::Yes);
        let open = ask(&database.store, gardeners(), alan()).await;

        let here = requests.asking_facts(compilers(), alan().id).await.unwrap();
        let there = requests.asking_facts(gardeners(), alan().id).await.unwrap();
        let nobody = requests.asking_facts(compilers(), ada().id).await.unwrap();

        assert_eq!(here, AskingFacts { open_request: None, denied_at: Some(noon()), open_in_all: 1 });
        assert_eq!(there, AskingFacts { open_request: Some(open.id), denied_at: None, open_in_all: 1 });
        assert_eq!(nobody, AskingFacts::default());
    })
    .await;
}

#[tokio::test]
async fn an_ended_request_frees_its_place_and_ends_once() {
    each_database(async |database| {
        let requests = database.store.requests();
        let asked = ask(&database.store, compilers(), alan()).await;
        let withdrawn = event(EventKind::RequestWithdrawn).request(asked.id);
        let reason = EndReason::Withdrawn;

        let stale = requests.end(asked.id, 7, reason, noon(), &withdrawn).await.unwrap();
        let ended = requests.end(asked.id, 1, reason, noon(), &withdrawn).await.unwrap();
        let again = requests.end(asked.id, 2, reason, noon(), &withdrawn).await.unwrap();

        assert_eq!((stale, ended, again), (Moved::No, Moved::Yes, Moved::No));
        let found = requests.find(asked.id).await.unwrap().unwrap();
        assert_eq!((found.state, found.end_reason, found.version), (State::Ended, Some(reason), 2));
        assert_eq!(found.ended_at, Some(noon()));
        assert_eq!(database.store.events().of_request(asked.id).await.unwrap().len(), 2);
        ask(&database.store, compilers(), alan()).await;
        assert_eq!(requests.open_for_groups(&[compilers()], 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_goes_ends_all_its_open_requests() {
    each_database(async |database| {
        let requests = database.store.requests();
        let first = ask(&database.store, compilers(), alan()).await;
        ask(&database.store, compilers(), ada()).await;
        let other = ask(&database.store, gardeners(), alan()).await;

        let designations = database.store.designations();
        let gone = designations.suspend_and_end(compilers(), SuspendReason::Gone, noon(), None).await.unwrap();

        assert_eq!(gone.ended, 2);
        assert_eq!(requests.find(first.id).await.unwrap().unwrap().end_reason, Some(EndReason::GroupGone));
        assert_eq!(requests.find(other.id).await.unwrap().unwrap().state, State::Open);
        let told = database.store.events().of_request(first.id).await.unwrap();
        assert_eq!(told[1].kind, EventKind::RequestClosed);
        assert_eq!(told[1].detail["reason"], "group_gone");
        // Besides the three that were asked and the two that ended, the suspension itself.
        assert_eq!(event_count(&database.store).await, 6);
    })
    .await;
}

#[tokio::test]
async fn requests_lapse_when_their_time_has_passed() {
    each_database(async |database| {
        let requests = database.store.requests();
        let asked = ask(&database.store, compilers(), alan()).await;
        ask(&database.store, compilers(), ada()).await;

        let early = requests.lapse_due(noon() + 13 * DAY, 10).await.unwrap();
        let one = requests.lapse_due(noon() + 14 * DAY, 1).await.unwrap();
        let rest = requests.lapse_due(noon() + 14 * DAY, 10).await.unwrap();

        assert_eq!((early, one, rest), (0, 1, 1));
        assert_eq!(requests.find(asked.id).await.unwrap().unwrap().end_reason, Some(EndReason::Lapsed));
        assert_eq!(database.store.events().of_request(asked.id).await.unwrap()[1].kind, EventKind::RequestLapsed);
    })
    .await;
}
