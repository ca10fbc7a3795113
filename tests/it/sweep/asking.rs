//! Asking to join.

use super::{
    Flow,
    seen::Seen,
    world::{Spot, World},
};
use crate::support::page::Page;

pub(super) struct Asking;

impl Flow for Asking {
    type Subject = Spot;

    async fn arrange(world: &World, spot: &Spot) -> Spot {
        world.forget("Alan Turing").await;
        spot.clone()
    }

    async fn act(world: &World, spot: &Spot, seen: &Seen) {
        let after = ask(world, spot, seen).await;

        let kept = world.requests_at(spot).await;
        assert!(!after.flash().contains("sent") || kept == 1, "a request is lost: {}", after.text());
    }

    async fn check(world: &World, spot: &Spot, seen: &Seen) {
        let group = seen.visit(&world.alan(), &format!("/groups/{}", spot.id)).await;
        let list = seen.visit(&world.alan(), "/requests").await;

        let kept = world.requests_at(spot).await;
        assert!(kept <= 1);
        assert_eq!(group.text().contains("Your request"), kept == 1, "{}", group.text());
        assert_eq!(list.text().contains(&spot.name), kept == 1);
        assert!(!group.text().contains("You are a direct member"));
    }

    async fn heal(world: &World, spot: &Spot, seen: &Seen) {
        if world.requests_at(spot).await == 0 {
            let after = ask(world, spot, seen).await;
            assert_eq!(after.tags(), ["Waiting for an owner"], "{}", after.text());
        }
        assert_eq!(world.requests_at(spot).await, 1);
        world.withdraw(spot).await;
    }
}

/// Opens the form and sends it, when it comes.
async fn ask(world: &World, spot: &Spot, seen: &Seen) -> Page {
    let alan = world.alan();
    let form = seen.visit(&alan, &format!("/groups/{}/ask", spot.id)).await;
    if !form.has_button("Send request") {
        return form;
    }
    seen.submit(&alan, &form, "Send request", &[("reason", "I am swept.")]).await
}
