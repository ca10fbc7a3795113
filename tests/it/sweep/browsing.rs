//! Looking for a group, at a group, at one's memberships and at the inbox.

use super::{
    Flow,
    seen::Seen,
    world::{Spot, World},
};
use crate::support::page::Page;

pub(super) struct Browsing;

/// Where Alan is no member in any case.
const ELSEWHERE: &str = "Data Platform";

impl Flow for Browsing {
    type Subject = Spot;

    async fn arrange(world: &World, spot: &Spot) -> Spot {
        let emulator = &world.portal.emulator;
        emulator.add_member(spot.id, emulator.person_named("Alan Turing"));
        world.forget("Alan Turing").await;
        world.forget("Grace Hopper").await;
        spot.clone()
    }

    async fn act(world: &World, inside: &Spot, seen: &Seen) {
        let alan = world.alan();
        for path in ["/groups", "/groups?show=mine", "/memberships"] {
            says_no_wrong(&seen.visit(&alan, path).await, inside);
            world.forget("Alan Turing").await;
        }
        let group = seen.visit(&alan, &format!("/groups/{}", inside.id)).await;
        seen.visit(&world.grace(), "/approvals").await;

        let may_be_unknown = group.status != 200 || group.text().contains("could not be checked");
        assert!(group.text().contains("You are a direct member") || may_be_unknown, "{}", group.text());
    }

    async fn check(world: &World, inside: &Spot, seen: &Seen) {
        let alan = world.alan();
        let group = seen.visit(&alan, &format!("/groups/{}", inside.id)).await;
        let mine = seen.visit(&alan, "/groups?show=mine").await;

        assert!(group.text().contains("You are a direct member"), "{}", group.text());
        assert!(mine.text().contains(&inside.name) && !mine.text().contains(ELSEWHERE));
    }

    async fn heal(world: &World, inside: &Spot, _: &Seen) {
        let emulator = &world.portal.emulator;
        emulator.remove_member(inside.id, emulator.person_named("Alan Turing"));
    }
}

/// A page that could not read whose groups these are must not say that there are none.
fn says_no_wrong(page: &Page, inside: &Spot) {
    let (text, path) = (page.text(), page.url.as_str());
    if page.status == 200 && !text.contains("cannot be read") && !path.ends_with("/groups") {
        assert!(text.contains(&inside.name), "{path}: {text}");
        assert!(!text.contains(ELSEWHERE), "{path}: {text}");
    }
}
