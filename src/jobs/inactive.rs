//! Reading with which accounts nobody has signed in for long: with the portal's own identity, and with nobody else's.

use crate::{
    domain::outside::asking::Outcome,
    features::mirror::{self, Learning},
    graph,
    web::app::App,
};

use super::{reading::Reading, worker::note};

/// Does what is due; most rounds end without a token. Where no setting says after how many days, what was known is forgotten.
pub(super) async fn accounts(app: &App, reading: &Reading) {
    let Some(days) = app.settings.inactive_after else {
        return note(
            "what was known of sign-ins was not forgotten",
            app.store.inactive_accounts().forget(app.clock.now()).await,
        );
    };
    let standing = match app.store.inactive_accounts().standing().await {
        Ok(standing) if !standing.may_begin(days, app.clock.now()) => return,
        Ok(standing) => standing,
        Err(error) => return note::<(), _>("how reading sign-ins stands was not read", Err(error)),
    };
    // What was granted since comes with a new token only.
    if standing.last.is_some_and(|last| last.outcome == Outcome::NotPermitted) {
        reading.forget_token().await;
    }
    // An identity that is not accepted is told by the reading of the directory.
    let Some(service) = reading.as_service(app).await else { return };
    match mirror::read_inactive(app, &service, days).await {
        Ok(Learning::Done | Learning::NotNow) => {}
        Ok(Learning::Refused(error)) => {
            tracing::info!(%error, "when people signed in last was not read");
            if matches!(error, graph::Error::SignInAgain { .. }) {
                reading.forget_token().await;
            }
        }
        Err(error) => note::<(), _>("when people signed in last was not read", Err(error)),
    }
}
