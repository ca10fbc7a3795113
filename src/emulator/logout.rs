//! Sign-out: ends the sessions of a browser and returns to the application.

use crate::authorize::{cookie, sessions, with_fields};
use crate::exchange::{Ask, Reply, first};
use crate::pages;
use crate::world::World;

/// Answers the logout endpoint.
pub(crate) fn serve(world: &World, ask: &Ask) -> Reply {
    for session in sessions(world, ask) {
        world.tokens().sign_out(&session.id);
    }
    let mut parameters = ask.query.clone();
    if ask.method == "POST" {
        parameters.extend(ask.form());
    }
    let state = first(&parameters, "state");
    let registered = first(&parameters, "post_logout_redirect_uri").filter(|uri| is_registered(world, uri));
    let reply = match registered {
        Some(uri) => Reply::redirect(with_fields(uri, &[("state", state)])),
        None => pages::signed_out(world),
    };
    reply.with("set-cookie", format!("{}; Max-Age=0", cookie("")))
}

fn is_registered(world: &World, uri: &str) -> bool {
    let client = &world.options.client;
    client.redirect_uris.iter().any(|registered| registered == uri)
}
