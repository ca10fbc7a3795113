//! The signed-in person in and out of the session.

use axum::http::request::Parts;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::{
    domain::{directory::PersonRef, viewer::Viewer},
    graph::AccessToken,
    web::trouble::Trouble,
};

use super::Arrival;

/// A page view renews the sign-in when less than this is left of the token, so that a form drawn now can still be sent.
const RENEW_BEFORE_END: SignedDuration = SignedDuration::from_mins(10);
/// A page view renews the sign-in after this even when the token lasts, so that roles and revocations are fresh.
const RENEW_AFTER: SignedDuration = SignedDuration::from_mins(60);

/// How long after a renewal that the directory asked for it may ask for the next one. One that refuses the new token as well
/// would refuse the next, round and round.
const REFUSED_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// Where the record keeps it. Beside it lie the few values that the store needs to find a person's sessions.
const SIGNED: &str = "signed";

/// Somebody who is signed in, and the token that acts for them.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who.
    pub viewer: Viewer,
    /// Their token.
    pub token: AccessToken,
    /// When the token was given.
    pub renewed_at: Timestamp,
    /// When they signed in; the session ends twelve hours later at the latest.
    pub signed_in_at: Timestamp,
    /// When the sign-in was last renewed because the directory did not accept the token.
    pub refused_at: Option<Timestamp>,
    /// How to greet the provider when renewing or signing out.
    pub login_hint: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    viewer: Viewer,
    token: String,
    expires_at: Timestamp,
    scopes: Vec<String>,
    renewed_at: Timestamp,
    signed_in_at: Timestamp,
    #[serde(default)]
    refused_at: Option<Timestamp>,
    login_hint: Option<String>,
}

/// How somebody comes back from the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    /// The provider did not ask them anything.
    pub silent: bool,
    /// They went because the directory did not accept the token.
    pub refused: bool,
}

impl Signed {
    /// Returns the person as events and decisions name them.
    #[must_use]
    pub fn person(&self) -> PersonRef {
        PersonRef { id: self.viewer.id, name: self.viewer.name.clone() }
    }

    /// Returns whether the next page view should renew the sign-in.
    #[must_use]
    pub fn needs_renewal(&self, now: Timestamp) -> bool {
        let lifetime = self.token.expires_at.duration_since(self.renewed_at);
        let margin = RENEW_BEFORE_END.min(lifetime / 3);
        now.duration_since(self.renewed_at) >= RENEW_AFTER || self.token.expires_at.duration_since(now) < margin
    }

    /// Returns whether the directory refuses a token that was renewed only because it had refused the one before. Going
    /// to the provider once more would lead back here.
    #[must_use]
    pub fn is_refused_again(&self, now: Timestamp) -> bool {
        self.refused_at.is_some_and(|at| now.duration_since(at) < REFUSED_AGAIN_AFTER)
    }

    /// Returns whether the token can no longer act.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.token.expires_at
    }
}

/// Reads who is signed in from the session.
///
/// # Errors
/// A trouble when the store is away: that is never taken for "nobody".
pub async fn read(session: &Session) -> Result<Option<Signed>, Trouble> {
    let record: Option<Record> = session.get(SIGNED).await.map_err(unreadable)?;
    Ok(record.map(|record| Signed {
        viewer: record.viewer,
        token: AccessToken {
            secret: SecretString::from(record.token),
            expires_at: record.expires_at,
            scopes: record.scopes,
        },
        renewed_at: record.renewed_at,
        signed_in_at: record.signed_in_at,
        refused_at: record.refused_at,
        login_hint: record.login_hint,
    }))
}

/// Returns who is signed in, for an error page; nobody when that cannot be read.
pub async fn of_parts(parts: &Parts) -> Option<Signed> {
    let session = parts.extensions.get::<Session>()?;
    read(session).await.ok().flatten()
}

/// Puts a person who arrived from the provider into the session, and returns whether they are in it. Somebody who signs in
/// gets a new session; a silent renewal keeps the one it is for. When that one has ended meanwhile, or is somebody else's,
/// the renewal opens nothing: whoever signed out would be brought back by it.
///
/// # Errors
/// A trouble when the store is away.
pub async fn arrive(session: &Session, arrival: Arrival, how: Coming, now: Timestamp) -> Result<bool, Trouble> {
    let silent = how.silent;
    let before = read(session).await?;
    let same = before.as_ref().filter(|known| silent && known.viewer.id == arrival.viewer.id);
    let signed_in_at = same.map_or(now, |known| known.signed_in_at);
    let refused_before = same.and_then(|known| known.refused_at);
    if silent && same.is_none() {
        return Ok(false);
    }
    if !silent {
        session.cycle_id().await.map_err(unreadable)?;
        session.insert("signed_in_at", now.as_millisecond()).await.map_err(unreadable)?;
    }
    session.insert("person_id", arrival.viewer.id.to_string()).await.map_err(unreadable)?;
    session.insert("sid", arrival.sid.unwrap_or_default()).await.map_err(unreadable)?;
    let record = Record {
        viewer: arrival.viewer,
        token: arrival.secret.expose_secret().to_owned(),
        expires_at: arrival.expires_at,
        scopes: arrival.scopes,
        renewed_at: now,
        signed_in_at,
        refused_at: if how.refused { Some(now) } else { refused_before },
        login_hint: arrival.login_hint,
    };
    session.insert(SIGNED, record).await.map_err(unreadable)?;
    Ok(true)
}

#[allow(clippy::needless_pass_by_value)] // it is an argument of map_err
fn unreadable(error: tower_sessions::session::Error) -> Trouble {
    tracing::error!(%error, "the session could not be read or written");
    Trouble::StoreAway
}
