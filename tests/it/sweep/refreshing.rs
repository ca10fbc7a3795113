//! Reading the directory copy anew.

use super::{
    Flow,
    seen::Seen,
    world::{Spot, World},
};

pub(super) struct Refreshing;

impl Flow for Refreshing {
    type Subject = Spot;

    async fn arrange(_: &World, spot: &Spot) -> Spot {
        spot.clone()
    }

    async fn act(world: &World, _: &Spot, _: &Seen) {
        // What goes wrong is told to the administrator; here it only must not spoil the copy.
        let _ = world.portal.try_to_refresh().await;
    }

    async fn check(world: &World, spot: &Spot, seen: &Seen) {
        let page = seen.visit(&world.alan(), &format!("/groups/{}", spot.id)).await;
        let all = seen.visit(&world.alan(), "/groups?q=Compiler").await;

        page.answers(200);
        page.shows("Grace Hopper");
        page.hides("paused");
        all.shows("Compiler Team");
        assert_eq!(world.portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE gone").await, 0);
    }

    async fn heal(world: &World, spot: &Spot, seen: &Seen) {
        world.portal.try_to_refresh().await.unwrap();
        Self::check(world, spot, seen).await;
    }
}
