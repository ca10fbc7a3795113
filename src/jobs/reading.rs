//! Reading the directory: with the portal's own identity where there is one, else as the person who wishes it.

use crate::{
    domain::{directory::PersonRef, directory_copy::Wanted},
    features::mirror::{self, Source},
    graph::{AccessToken, AsService},
    sign_in::{OwnToken, SignInError},
    web::{app::App, trouble::Trouble},
};

use super::{JobContext, worker::note};

/// What reads the directory.
#[derive(Debug)]
pub(super) struct Reading {
    own: Option<OwnToken>,
    context: JobContext,
}

impl Reading {
    /// Makes it from the settings.
    pub(super) fn new(app: &App, context: JobContext) -> Self {
        let own = app.settings.service.clone();
        Self { own: own.map(|identity| OwnToken::new(identity, &app.settings.graph_url)), context }
    }

    /// Reads because somebody wishes it. Their token is used when the portal has none of its own, or none that is taken.
    pub(super) async fn for_somebody(&self, app: &App, by: &PersonRef, token: &AccessToken, wanted: Wanted) {
        if self.own.is_some() && self.by_itself(app, wanted, Some(by)).await {
            return;
        }
        let outcome = mirror::refresh(app, token, by, wanted).await;
        note("the directory copy was not refreshed", outcome.map_err(|trouble| format!("{trouble:?}")));
    }

    /// Returns Graph as the portal's own identity sees it, when it has one and gets a token.
    pub(super) async fn as_service<'a>(&self, app: &'a App) -> Option<AsService<'a>> {
        let token = self.own.as_ref()?.get(&app.provider).await.ok()?;
        Some(AsService::new(&self.context, &app.graph, token))
    }

    /// Forgets the token at hand.
    pub(super) async fn forget_token(&self) {
        if let Some(own) = &self.own {
            own.forget().await;
        }
    }

    /// Reads with the portal's own identity, and returns whether it was of use.
    pub(super) async fn by_itself(&self, app: &App, wanted: Wanted, by: Option<&PersonRef>) -> bool {
        let Some(own) = &self.own else { return false };
        match app.store.directory().standing().await {
            // Most rounds end here, without a token.
            Ok(standing) if !standing.may_begin(wanted, app.clock.now()) => return true,
            Ok(_) => {}
            Err(error) => {
                note::<(), _>("how the directory copy stands was not read", Err(error));
                return false;
            }
        }
        let token = match own.get(&app.provider).await {
            Ok(token) => token,
            Err(error) => {
                tracing::warn!(%error, "the portal's own identity got no token");
                if matches!(error, SignInError::ProviderUnavailable(_)) {
                    return false;
                }
                note("what became of the reading was not noted", mirror::note_not_accepted(app, wanted).await);
                return false;
            }
        };
        let service = AsService::new(&self.context, &app.graph, token);
        let outcome = mirror::refresh_from(app, &Source::service(&service, by), wanted).await;
        if matches!(outcome, Err(Trouble::SignInAgain { .. })) {
            own.forget().await;
        }
        let is_done = outcome.is_ok();
        note("the directory copy was not refreshed", outcome.map_err(|trouble| format!("{trouble:?}")));
        is_done
    }
}
