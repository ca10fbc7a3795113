//! Approving a request, and finishing what an approval still owes.

use roster::domain::{
    event::{Event, EventKind},
    ids::RequestId,
    operation::{Kind, Operation, Step},
    request::{JoinRequest, State},
};
use roster::store::{Deciding, Moved};

use super::{
    Flow,
    seen::Seen,
    world::{Spot, World},
};
use crate::support::page::Page;

/// A request of Alan's that waits for Grace.
pub(super) struct Waiting {
    spot: Spot,
    request: RequestId,
}

impl Waiting {
    fn page(&self) -> String {
        format!("/approvals/{}", self.request)
    }
}

pub(super) struct Approving;

impl Flow for Approving {
    type Subject = Waiting;

    async fn arrange(world: &World, spot: &Spot) -> Waiting {
        Waiting { spot: spot.clone(), request: world.asked(spot).await }
    }

    async fn act(world: &World, subject: &Waiting, seen: &Seen) {
        answer(world, subject, seen, "Approve request").await;
    }

    async fn check(world: &World, subject: &Waiting, seen: &Seen) {
        is_true(world, subject, seen).await;
    }

    async fn heal(world: &World, subject: &Waiting, seen: &Seen) {
        ends_added(world, subject, seen).await;
    }
}

pub(super) struct Finishing;

impl Flow for Finishing {
    type Subject = Waiting;

    async fn arrange(world: &World, spot: &Spot) -> Waiting {
        let request = world.asked(spot).await;
        lose_track(world, request).await;
        Waiting { spot: spot.clone(), request }
    }

    async fn act(world: &World, subject: &Waiting, seen: &Seen) {
        answer(world, subject, seen, "Finish").await;
    }

    async fn check(world: &World, subject: &Waiting, seen: &Seen) {
        assert_eq!(world.request(subject.request).await.state, State::Approved, "the decision is lost");
        is_true(world, subject, seen).await;
    }

    async fn heal(world: &World, subject: &Waiting, seen: &Seen) {
        ends_added(world, subject, seen).await;
    }
}

/// Opens the request and presses the button, when there is one; whatever was said to be saved is.
async fn answer(world: &World, subject: &Waiting, seen: &Seen, button: &str) {
    let grace = world.grace();
    let page = seen.visit(&grace, &subject.page()).await;
    if !page.has_button(button) {
        return;
    }
    let after = seen.submit(&grace, &page, button, &[]).await;

    let request = world.request(subject.request).await;
    let says_saved = after.flash().contains("is now a member") || after.flash().contains("You approved");
    assert!(!says_saved || request.decision.is_some(), "a decision is lost: {}", after.text());
}

/// Records Grace's approval as one whose answer was lost.
async fn lose_track(world: &World, id: RequestId) {
    let (request, grace) = (world.request(id).await, world.named("Grace Hopper"));
    let (store, now) = (&world.portal.app.store, world.portal.clock.now());
    let event = |kind| Event::new(kind, Some(grace.clone()), now).group(request.group).request(id);
    let (approved, lost) = (event(EventKind::DecisionApproved), event(EventKind::OperationUnknown));
    let evidence = serde_json::json!({});
    let deciding =
        Deciding { request: &request, by: &grace, message: "", evidence: &evidence, terms: 1, now, event: &approved };
    let owed = Operation::owed(Kind::Add, (request.group, &request.group_name), &request.requester, &grace, now);
    let owed = Operation { request: Some(id), ..owed };
    assert_eq!(store.decisions().approve(&deciding, &owed).await.unwrap(), Moved::Yes);
    let settled = store.operations().settle(&owed, Step::LoseTrack, None, None, now, &lost).await.unwrap();
    assert_eq!(settled, Moved::Yes);
}

/// Asserts that what both see is what the directory and the record hold.
async fn is_true(world: &World, subject: &Waiting, seen: &Seen) {
    let mine = seen.visit(&world.alan(), &format!("/requests/{}", subject.request)).await;
    let group = seen.visit(&world.alan(), &format!("/groups/{}", subject.spot.id)).await;
    let theirs = seen.visit(&world.grace(), &subject.page()).await;
    let (request, is_member) = (world.request(subject.request).await, world.is_member(&subject.spot, "Alan Turing"));

    for page in [&mine, &theirs] {
        says_what_is(page, &request, is_member);
    }
    let is_said_to_be = group.text().contains("You are a direct member");
    assert!(!is_said_to_be || is_member, "no member, and said to be one");
    assert!(is_said_to_be || request.operation.is_none_or(|operation| operation.is_unfinished()), "{}", group.text());
}

fn says_what_is(page: &Page, request: &JoinRequest, is_member: bool) {
    let tags = page.tags();
    let tag = tags.first().map_or("", String::as_str);
    let is_waiting = request.state == State::Open;
    let is_right = match tag {
        "Waiting for an owner" | "Waiting for you" => is_waiting && !is_member,
        "Approved, being added" | "Delayed" => request.decision.is_some(),
        "Added" => is_member && request.decision.is_some(),
        _ => false,
    };
    assert!(is_right, "{tags:?} of {:?}, member: {is_member}\n{}", request.state, page.text());
}

/// Answers once more, and asserts that it ends as it should: added, decided once.
async fn ends_added(world: &World, subject: &Waiting, seen: &Seen) {
    let grace = world.grace();
    let mut page = seen.visit(&grace, &subject.page()).await;
    for button in ["Approve request", "Finish"] {
        if page.has_button(button) {
            seen.submit(&grace, &page, button, &[]).await;
            page = seen.visit(&grace, &subject.page()).await;
        }
    }

    let mine = seen.visit(&world.alan(), &format!("/requests/{}", subject.request)).await;
    assert_eq!((page.tags(), mine.tags()), (vec!["Added".to_owned()], vec!["Added".to_owned()]), "{}", page.text());
    assert!(world.is_member(&subject.spot, "Alan Turing"));
    assert_eq!(world.decisions(subject.request).await, 1);
}
