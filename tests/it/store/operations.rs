//! Carrying out: who may hold an operation, and how it is settled.

use roster::{
    domain::{
        event::EventKind,
        operation::{DirectoryRefusal, Kind, LEASE, Operation, State, Step},
        own_writes::{self, OwnWrite},
    },
    store::{Asked, Moved},
};

use super::{
    DAY, HOUR, ada, alan, approve, ask, compilers, deny, each_database, event, event_count, gardeners, grace, leave,
    noon, request,
};

#[tokio::test]
async fn what_is_applied_is_over_and_frees_the_place() {
    each_database(async |database| {
        let asked = ask(&database.store, compilers(), alan()).await;
        let held = approve(&database.store, &asked, &grace()).await;
        let added = event(EventKind::MembershipAdded);

        let applied = database.store.operations().settle(&held, Step::Apply, None, None, noon(), &added).await.unwrap();
        let again = database.store.operations().settle(&held, Step::Apply, None, None, noon(), &added).await.unwrap();

        let found = database.store.operations().find(held.id).await.unwrap().unwrap();
        assert_eq!((applied, again), (Moved::Yes, Moved::No));
        assert_eq!((found.state, found.version, found.finished_at), (State::Applied, 2, Some(noon())));
        let facts = database.store.requests().asking_facts(compilers(), alan().id).await.unwrap();
        assert_eq!(facts.open_request, None);
        assert_eq!(event_count(&database.store).await, 3);
    })
    .await;
}

#[tokio::test]
async fn an_unclear_answer_keeps_the_place_and_ends_the_row_of_refusals() {
    each_database(async |database| {
        let operations = database.store.operations();
        let asked = ask(&database.store, compilers(), alan()).await;
        let held = approve(&database.store, &asked, &grace()).await;
        let unknown = event(EventKind::OperationUnknown);
        let refusal = Some(DirectoryRefusal::NotAllowed);

        let lost = operations.settle(&held, Step::LoseTrack, refusal, Some(noon()), noon(), &unknown).await.unwrap();
        let held = operations.begin(held.id, 2, &ada(), noon() + HOUR, &unknown).await.unwrap().unwrap();
        let again = operations.settle(&held, Step::LoseTrack, None, None, noon() + HOUR, &unknown).await;

        assert_eq!((lost, again.unwrap()), (Moved::Yes, Moved::Yes));
        assert_eq!((held.refusal, held.negative_at), (refusal, Some(noon())));
        let found = operations.find(held.id).await.unwrap().unwrap();
        assert_eq!((found.state, found.refusal, found.negative_at), (State::Unknown, None, None));
        assert_eq!((found.attempt, found.finished_at, found.carried_out_by), (2, None, Some(ada())));
        let facts = database.store.requests().asking_facts(compilers(), alan().id).await.unwrap();
        assert_eq!(facts.open_request, Some(asked.id));
    })
    .await;
}

#[tokio::test]
async fn only_the_one_who_holds_it_settles_it() {
    each_database(async |database| {
        let operations = database.store.operations();
        let asked = ask(&database.store, compilers(), alan()).await;
        let first = approve(&database.store, &asked, &grace()).await;
        let after = noon() + LEASE;
        let begun = event(EventKind::OperationBegun);
        let second = operations.begin(first.id, first.version, &ada(), after, &begun).await.unwrap().unwrap();
        let refused = event(EventKind::OperationRefused);

        let late = operations.settle(&first, Step::Refuse, None, None, after, &refused).await.unwrap();
        let in_time = operations.settle(&second, Step::Refuse, None, None, after, &refused).await.unwrap();

        assert_eq!((late, in_time), (Moved::No, Moved::Yes));
        assert_eq!(second.lease_until, after + LEASE);
        assert_eq!(operations.find(first.id).await.unwrap().unwrap().state, State::Refused);
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_up_what_is_held_or_over_or_has_moved_on() {
    each_database(async |database| {
        let operations = database.store.operations();
        let asked = ask(&database.store, compilers(), alan()).await;
        let held = approve(&database.store, &asked, &grace()).await;
        let begun = event(EventKind::OperationBegun);

        let while_held = operations.begin(held.id, 1, &ada(), noon(), &begun).await.unwrap();
        let stale = operations.begin(held.id, 9, &ada(), noon() + HOUR, &begun).await.unwrap();
        let added = event(EventKind::MembershipAdded);
        assert!(operations.settle(&held, Step::Apply, None, None, noon(), &added).await.unwrap().is_yes());
        let when_over = operations.begin(held.id, 2, &ada(), noon() + HOUR, &begun).await.unwrap();

        assert_eq!((while_held, stale, when_over), (None, None, None));
        assert_eq!(event_count(&database.store).await, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_take_it_up_at_once_one_holds_it() {
    each_database(async |database| {
        let asked = ask(&database.store, compilers(), alan()).await;
        let held = approve(&database.store, &asked, &grace()).await;
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (store, id) = (database.store.clone(), held.id);
                let begun = event(EventKind::OperationBegun);
                tokio::spawn(
                    async move { store.operations().begin(id, 1, &ada(), noon() + HOUR, &begun).await.unwrap() },
                )
            })
            .collect();
        let mut holders = 0;
        for task in tasks {
            holders += usize::from(task.await.unwrap().is_some());
        }

        assert_eq!(holders, 1);
    })
    .await;
}

#[tokio::test]
async fn a_person_wishes_to_leave_once_until_it_is_over() {
    each_database(async |database| {
        let operations = database.store.operations();
        let wished = event(EventKind::LeaveWished);
        let wish = leave(compilers(), &alan());

        let first = operations.owe_removal(&wish, &wished).await.unwrap();
        let second = operations.owe_removal(&leave(compilers(), &alan()), &wished).await.unwrap();
        let elsewhere = operations.owe_removal(&leave(gardeners(), &alan()), &wished).await.unwrap();

        assert_eq!((first, second, elsewhere), (true, false, true));
        let owed = operations.unfinished_for(compilers(), alan().id).await.unwrap();
        assert_eq!(owed.as_slice(), std::slice::from_ref(&wish));
        assert_eq!(operations.unfinished_of_person(alan().id).await.unwrap().len(), 2);
        let removed = event(EventKind::MembershipRemoved);
        assert!(operations.settle(&wish, Step::Apply, None, None, noon(), &removed).await.unwrap().is_yes());
        assert!(operations.owe_removal(&leave(compilers(), &alan()), &wished).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_nobody_carried_out_in_a_week_is_given_up() {
    each_database(async |database| {
        let store = &database.store;
        let asked = ask(store, compilers(), alan()).await;
        let held = approve(store, &asked, &grace()).await;

        let early = store.operations().abandon_due(noon() + 7 * DAY - HOUR).await.unwrap();
        let due = store.operations().abandon_due(noon() + 7 * DAY).await.unwrap();
        let again = store.operations().abandon_due(noon() + 7 * DAY).await.unwrap();

        assert_eq!((early, due, again), (0, 1, 0));
        assert_eq!(store.operations().find(held.id).await.unwrap().unwrap().state, State::Abandoned);
        assert_eq!(store.requests().asking_facts(compilers(), alan().id).await.unwrap().open_request, None);
        assert_eq!(store.events().of_request(asked.id).await.unwrap()[2].kind, EventKind::OperationAbandoned);
    })
    .await;
}

#[tokio::test]
async fn a_wish_can_be_taken_back_unless_somebody_is_carrying_it_out() {
    each_database(async |database| {
        let operations = database.store.operations();
        let wish = leave(compilers(), &alan());
        assert!(operations.owe_removal(&wish, &event(EventKind::LeaveWished)).await.unwrap());
        let given_up = event(EventKind::OperationAbandoned);

        let while_held = operations.abandon(&wish, noon(), &given_up).await.unwrap();
        let later = operations.abandon(&wish, noon() + HOUR, &given_up).await.unwrap();

        assert_eq!((while_held, later), (Moved::No, Moved::Yes));
        assert_eq!(operations.unfinished_of_person(alan().id).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_lost_process_ends_the_row_of_refusals_too() {
    each_database(async |database| {
        let operations = database.store.operations();
        let asked = ask(&database.store, compilers(), alan()).await;
        let held = approve(&database.store, &asked, &grace()).await;
        let (unknown, begun) = (event(EventKind::OperationUnknown), event(EventKind::OperationBegun));
        let refusal = Some(DirectoryRefusal::NotAllowed);
        let moved = operations.settle(&held, Step::LoseTrack, refusal, Some(noon()), noon(), &unknown).await.unwrap();
        let second = operations.begin(held.id, 2, &ada(), noon() + HOUR, &begun).await.unwrap().unwrap();

        let after_the_lease = noon() + HOUR + LEASE;
        let third =
            operations.begin(held.id, second.version, &grace(), after_the_lease, &begun).await.unwrap().unwrap();

        assert_eq!(moved, Moved::Yes);
        assert_eq!((second.negative_at, third.negative_at), (Some(noon()), None));
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_is_not_brought_back_by_an_add_that_was_lost() {
    each_database(async |database| {
        let store = &database.store;
        let asked = ask(store, compilers(), alan()).await;
        let add = approve(store, &asked, &grace()).await;
        let begun = event(EventKind::OperationBegun);
        let wish = Operation { created_at: noon() + HOUR, ..leave(compilers(), &alan()) };

        let while_held = Operation { created_at: noon(), ..wish.clone() };
        let too_early = store.operations().owe_removal(&while_held, &event(EventKind::LeaveWished)).await.unwrap();
        let kept = store.operations().owe_removal(&wish, &event(EventKind::LeaveWished)).await.unwrap();
        let finished = store.operations().begin(add.id, add.version, &ada(), noon() + 2 * HOUR, &begun).await.unwrap();

        assert_eq!((too_early, kept, finished), (false, true, None));
        let found = store.operations().find(add.id).await.unwrap().unwrap();
        assert_eq!((found.state, found.finished_at), (State::Applied, Some(noon() + HOUR)));
        let facts = store.requests().asking_facts(compilers(), alan().id).await.unwrap();
        assert_eq!(facts.open_request, None);
        assert_eq!(event_count(store).await, 4);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_added_to_a_group_that_was_paused_meanwhile() {
    each_database(async |database| {
        let store = &database.store;
        let asked = ask(store, compilers(), alan()).await;
        let other = ask(store, gardeners(), alan()).await;
        let add = approve(store, &other, &grace()).await;
        database.tamper("UPDATE designation SET suspended_at = 1").await.unwrap();
        let (evidence, decided) = (super::evidence(), event(EventKind::DecisionApproved).request(asked.id));
        let deciding = roster::store::Deciding {
            request: &asked,
            by: &grace(),
            message: "",
            evidence: &evidence,
            terms: 1,
            now: noon(),
            event: &decided,
        };

        let approved = store.decisions().approve(&deciding, &super::add(&asked, &grace())).await.unwrap();
        let begun = store.operations().begin(add.id, 1, &ada(), noon() + HOUR, &decided).await.unwrap();
        let new = request(compilers(), ada());
        let asked_again = store.requests().ask(&new, 1, &event(EventKind::RequestCreated)).await.unwrap();
        let denied = deny(store, &asked, &grace()).await;

        assert_eq!((approved, begun, asked_again), (Moved::No, None, Asked::Closed));
        assert_eq!(denied, Moved::Yes);
    })
    .await;
}

#[tokio::test]
async fn what_was_done_for_a_person_of_late_is_found_with_their_counts() {
    each_database(async |database| {
        let (store, operations) = (&database.store, database.store.operations());
        for (group, at) in [(compilers(), noon()), (gardeners(), noon() - DAY)] {
            let held = approve(store, &ask(store, group, alan()).await, &grace()).await;
            let added = event(EventKind::MembershipAdded);
            assert_eq!(operations.settle(&held, Step::Apply, None, None, at, &added).await.unwrap(), Moved::Yes);
        }
        let wish = leave(compilers(), &alan());
        assert!(operations.owe_removal(&wish, &event(EventKind::LeaveWished)).await.unwrap());
        let removed = event(EventKind::MembershipRemoved);
        let at = noon() + HOUR;
        assert_eq!(operations.settle(&wish, Step::Apply, None, None, at, &removed).await.unwrap(), Moved::Yes);

        let seen = store.requests().counts(alan().id, at).await.unwrap().own_writes;
        let in_group = operations.own_writes(compilers(), alan().id, noon() - HOUR).await.unwrap();
        let of_another = store.requests().counts(grace().id, at).await.unwrap().own_writes;

        let latest = own_writes::latest(&seen, compilers()).copied();
        assert_eq!(seen.len(), 2, "{seen:?}");
        assert_eq!(latest, Some(OwnWrite { operation: wish.id, kind: Kind::Remove, group: compilers(), at }));
        assert_eq!(own_writes::latest(&in_group, compilers()).copied(), latest);
        assert_eq!(of_another, []);
    })
    .await;
}
