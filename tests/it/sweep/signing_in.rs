//! Signing in, and what is read ahead for the pages to come.

use super::{
    Flow,
    seen::Seen,
    world::{Spot, World},
};

pub(super) struct SigningIn;

impl Flow for SigningIn {
    type Subject = Spot;

    const OF_PROVIDER: &[(&str, &str)] = &[("POST", "/oauth2/v2.0/token")];

    async fn arrange(world: &World, spot: &Spot) -> Spot {
        world.forget("Alan Turing").await;
        spot.clone()
    }

    async fn act(world: &World, spot: &Spot, seen: &Seen) {
        let alan = world.portal.visitor();
        let asked = alan.visit(&format!("/groups/{}", spot.id)).await;
        let page = seen.submit(&alan, &asked, "Alan Turing", &[]).await;

        let failed = page.heading().contains("could not be signed in") || page.status == 503;
        assert!(failed || page.path().ends_with(&spot.id.to_string()), "{} {}", page.url, page.text());
        assert!(!page.text().contains("You are a direct member"));
    }

    async fn check(world: &World, spot: &Spot, seen: &Seen) {
        let page = seen.visit(&world.alan(), &format!("/groups/{}", spot.id)).await;
        page.answers(200);
    }

    async fn heal(world: &World, spot: &Spot, _: &Seen) {
        let (_, page) = world.portal.sign_in_at(&format!("/groups/{}", spot.id), "Alan Turing").await;
        page.answers(200);
        page.shows(&spot.name);
    }
}
