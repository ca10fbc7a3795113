//! The handle to the sign-in provider: what is known of it, whether it answers, and where it lives.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use url::Url;

use crate::clock::Clock;

use super::{
    discovery::Known,
    error::SignInError,
    http::{Http, is_protected},
    keys::Asked,
    settings::ProviderSettings,
};

/// How long an answer to "is the provider there?" is good for.
const REACHABLE_FOR: SignedDuration = SignedDuration::from_secs(30);

/// How long to wait for the provider when only asking whether it is there.
const REACHABLE_WITHIN: Duration = Duration::from_secs(2);

/// The provider people sign in with. Cheap to clone: clones share what is known.
#[derive(Clone)]
pub struct Provider {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) settings: ProviderSettings,
    pub(super) clock: Clock,
    pub(super) http: Http,
    pub(super) known: RwLock<Option<Arc<Known>>>,
    /// When the keys were last asked for because a token named an unknown one.
    pub(super) asked: Mutex<Option<Asked>>,
    reachable: Mutex<Option<(Timestamp, bool)>>,
}

/// Says why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The address must be https, without a user name; http is for this machine only.
    #[error("{0} must start with https:// (http:// is for this machine only) and hold no user name")]
    Unprotected(&'static str),
    /// The authority ends where the path ends.
    #[error("the authority must have no query and no fragment")]
    AuthorityWithQuery,
    /// TLS cannot be prepared.
    #[error("the connection to the sign-in provider cannot be prepared")]
    Http(#[source] reqwest::Error),
}

impl Provider {
    /// Prepares the handle without using the network. [`Provider::discover_until_found`] finds the provider.
    ///
    /// # Errors
    /// [`BuildError`] says which setting cannot be used.
    pub fn new(settings: ProviderSettings, clock: Clock) -> Result<Self, BuildError> {
        let addresses = [
            ("the authority", &settings.authority),
            ("the redirect address", &settings.redirect_uri),
            ("the address after signing out", &settings.post_logout_redirect_uri),
        ];
        if let Some((name, _)) = addresses.into_iter().find(|(_, url)| !is_protected(url)) {
            return Err(BuildError::Unprotected(name));
        }
        if settings.authority.query().is_some() || settings.authority.fragment().is_some() {
            return Err(BuildError::AuthorityWithQuery);
        }
        let http = Http::new(&settings.authority, settings.timeout).map_err(BuildError::Http)?;
        let inner = Inner {
            settings,
            clock,
            http,
            known: RwLock::new(None),
            asked: Mutex::new(None),
            reachable: Mutex::new(None),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Returns whether the provider has been found since Roster started.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.known().is_ok()
    }

    /// Returns whether the provider answers now; asked at most every 30 seconds, waiting at most 2.
    pub async fn is_reachable(&self) -> bool {
        let mut reachable = self.inner.reachable.lock().await;
        let now = self.inner.clock.now();
        if let Some((at, answer)) = *reachable
            && now.duration_since(at).abs() < REACHABLE_FOR
        {
            return answer;
        }
        let address = self.discovery_address();
        let asked = tokio::time::timeout(REACHABLE_WITHIN, self.inner.http.get(&address)).await;
        let answer = matches!(asked, Ok(Ok(reply)) if reply.status.is_success());
        *reachable = Some((now, answer));
        answer
    }

    /// Returns the origins that people are sent to when they sign in or out, without repeats. A browser applies the
    /// policy for forms (`form-action`) to the redirects that follow, so it must name them.
    #[must_use]
    pub fn origins(&self) -> Vec<String> {
        let urls = match self.known() {
            Ok(known) => [Some(known.authorization.clone()), known.end_session.clone()],
            Err(_) => [Some(self.inner.settings.authority.clone()), None],
        };
        let mut origins: Vec<String> = urls.iter().flatten().map(|url| url.origin().ascii_serialization()).collect();
        origins.dedup();
        origins
    }

    /// Returns where to send a person who signs out, so that they sign out of the provider too. `None` when the
    /// provider has no such page or has not been found. The hint spares them the question which account to leave.
    #[must_use]
    pub fn sign_out_url(&self, login_hint: Option<&str>) -> Option<Url> {
        let settings = &self.inner.settings;
        let mut url = self.known().ok()?.end_session.clone()?;
        url.query_pairs_mut()
            .append_pair("client_id", &settings.client_id)
            .append_pair("post_logout_redirect_uri", settings.post_logout_redirect_uri.as_str());
        if let Some(hint) = login_hint {
            url.query_pairs_mut().append_pair("logout_hint", hint);
        }
        Some(url)
    }

    /// Returns what is known of the provider.
    pub(super) fn known(&self) -> Result<Arc<Known>, SignInError> {
        let known = self.inner.known.read().unwrap_or_else(PoisonError::into_inner);
        known.clone().ok_or_else(|| SignInError::ProviderUnavailable("it has not been found yet".to_owned()))
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let authority = self.inner.settings.authority.as_str();
        out.debug_struct("Provider").field("authority", &authority).finish_non_exhaustive()
    }
}
