//! Learning who made the changes outside Roster: with the portal's own identity, and with nobody else's.

use crate::{
    domain::outside::asking::Outcome,
    features::mirror::{self, Learning},
    graph,
    web::app::App,
};

use super::{reading::Reading, worker::note};

/// Does what is due; most rounds end without a token.
pub(super) async fn authors(app: &App, reading: &Reading) {
    let standing = match app.store.unexplained().standing().await {
        Ok(standing) if !standing.may_begin(app.clock.now()) => return,
        Ok(standing) => standing,
        Err(error) => return note::<(), _>("what is unexplained was not read", Err(error)),
    };
    // What was granted since comes with a new token only.
    if standing.last.is_some_and(|last| last.outcome == Outcome::NotPermitted) {
        reading.forget_token().await;
    }
    // An identity that is not accepted is told by the reading of the directory.
    let Some(service) = reading.as_service(app).await else { return };
    match mirror::learn_authors(app, &service).await {
        Ok(Learning::Done | Learning::NotNow) => {}
        Ok(Learning::Refused(error)) => {
            tracing::info!(%error, "the directory's record of changes was not read");
            if matches!(error, graph::Error::SignInAgain { .. }) {
                reading.forget_token().await;
            }
        }
        Err(error) => note::<(), _>("who made changes outside Roster was not looked for", Err(error)),
    }
}
