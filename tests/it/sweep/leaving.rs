//! Leaving a group, and removing somebody who wishes to leave.

use roster::domain::{
    event::{Event, EventKind},
    ids::{GroupId, OperationId},
    operation::{Kind, Operation, Step},
};
use roster::store::Moved;

use super::{
    Flow,
    seen::Seen,
    world::{Spot, World},
};

/// Grace leaves a group that she owns, so that her own token is enough.
pub(super) struct Leaving;

impl Flow for Leaving {
    type Subject = Spot;

    async fn arrange(world: &World, spot: &Spot) -> Spot {
        let emulator = &world.portal.emulator;
        emulator.add_member(spot.id, emulator.person_named("Grace Hopper"));
        world.forget("Grace Hopper").await;
        spot.clone()
    }

    async fn act(world: &World, spot: &Spot, seen: &Seen) {
        let grace = world.grace();
        let form = seen.visit(&grace, &format!("/memberships/{}/leave", spot.id)).await;
        if !form.has_button("Leave group") {
            return;
        }
        let after = seen.submit(&grace, &form, "Leave group", &[]).await;
        let has_left = after.flash().starts_with("You left");
        assert!(!has_left || !world.is_member(spot, "Grace Hopper"), "{}", after.text());
        let is_kept = after.flash().contains("is kept");
        assert!(!is_kept || world.wish(spot, "Grace Hopper").await.is_some(), "a wish is lost: {}", after.text());
    }

    async fn check(world: &World, spot: &Spot, seen: &Seen) {
        says_what_is(world, spot, "Grace Hopper", seen).await;
    }

    async fn heal(world: &World, spot: &Spot, seen: &Seen) {
        // Whoever wishes to leave waits for another owner; Mary is one.
        if let Some(wish) = world.wish(spot, "Grace Hopper").await {
            // What Grace's lost try has done is shown to another owner later than to her; until then the wish waits.
            world.let_reads_catch_up();
            let mary = world.portal.sign_in("Mary Jackson").await;
            let page = seen.visit(&mary, &format!("/approvals/owed/{}", wish.id)).await;
            seen.submit(&mary, &page, "Remove from group", &[]).await;
        } else if world.is_member(spot, "Grace Hopper") {
            Self::act(world, spot, seen).await;
        }
        assert!(!world.is_member(spot, "Grace Hopper"));
        assert!(world.wish(spot, "Grace Hopper").await.is_none());
        says_what_is(world, spot, "Grace Hopper", seen).await;
    }
}

/// Grace removes Alan, who wishes to leave.
pub(super) struct Removing;

/// A wish of Alan's.
pub(super) struct Wished {
    spot: Spot,
    wish: OperationId,
}

impl Flow for Removing {
    type Subject = Wished;

    async fn arrange(world: &World, spot: &Spot) -> Wished {
        let (emulator, alan) = (&world.portal.emulator, world.named("Alan Turing"));
        emulator.add_member(spot.id, alan.id.0);
        let (operations, now) = (world.portal.app.store.operations(), world.portal.clock.now());
        let event = |kind| Event::new(kind, Some(alan.clone()), now).group(GroupId(spot.id)).person(alan.id);
        let wish = Operation::owed(Kind::Remove, (GroupId(spot.id), &spot.name), &alan, &alan, now);
        assert!(operations.owe_removal(&wish, &event(EventKind::LeaveWished)).await.unwrap());
        let lost = event(EventKind::OperationUnknown);
        let settled = operations.settle(&wish, Step::LoseTrack, None, None, now, &lost).await.unwrap();
        assert_eq!(settled, Moved::Yes);
        Wished { spot: spot.clone(), wish: wish.id }
    }

    async fn act(world: &World, subject: &Wished, seen: &Seen) {
        let grace = world.grace();
        let page = seen.visit(&grace, &format!("/approvals/owed/{}", subject.wish)).await;
        if !page.has_button("Remove from group") {
            return;
        }
        let after = seen.submit(&grace, &page, "Remove from group", &[]).await;
        let is_said_to_be_out = after.flash().contains("is no longer a member");
        assert!(!is_said_to_be_out || !world.is_member(&subject.spot, "Alan Turing"), "{}", after.text());
    }

    async fn check(world: &World, subject: &Wished, seen: &Seen) {
        world.forget("Alan Turing").await;
        says_what_is(world, &subject.spot, "Alan Turing", seen).await;
    }

    async fn heal(world: &World, subject: &Wished, seen: &Seen) {
        if world.wish(&subject.spot, "Alan Turing").await.is_some() {
            Self::act(world, subject, seen).await;
        }
        assert!(world.wish(&subject.spot, "Alan Turing").await.is_none());
        assert!(!world.is_member(&subject.spot, "Alan Turing"));
        says_what_is(world, &subject.spot, "Alan Turing", seen).await;
    }
}

/// Asserts that the list of memberships says what is; while a wish waits, the group may be said either way.
async fn says_what_is(world: &World, spot: &Spot, name: &str, seen: &Seen) {
    let person = if name == "Alan Turing" { world.alan() } else { world.grace() };
    let list = seen.visit(&person, "/memberships").await;
    let is_listed = list.text().contains(&spot.name);
    let is_open = world.wish(spot, name).await.is_some();
    assert!(is_open || is_listed == world.is_member(spot, name), "{}", list.text());
}
