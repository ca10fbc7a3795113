//! Access tokens, refresh tokens and sign-in sessions. All of them are opaque random text.

use std::collections::{BTreeSet, HashMap};

use aws_lc_rs::rand;
use uuid::Uuid;

use crate::claims::{Challenges, Claims};
use crate::keys::encode;

/// How long a refresh token lives: 90 days, as for web applications.
const REFRESH_SECONDS: i64 = 90 * 24 * 3600;

/// Who calls, and what they may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The application the token was given to.
    pub(crate) app: Uuid,
    /// The person; `None` for an application's own token.
    pub(crate) person: Option<Uuid>,
    /// Delegated scopes, or the application permissions.
    pub(crate) scopes: BTreeSet<String>,
}

impl Caller {
    pub(crate) fn is_app(&self) -> bool {
        self.person.is_none()
    }

    /// Returns whether one of these permissions is in the token.
    pub(crate) fn holds_any(&self, permissions: &[&str]) -> bool {
        permissions.iter().any(|name| self.scopes.contains(*name))
    }
}

/// What a refresh token stands for.
#[derive(Clone, Debug)]
pub(crate) struct Refresh {
    pub(crate) client_id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) session: Session,
    expires: i64,
}

/// A person's sign-in with the tenant (single sign-on).
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) person: Uuid,
    pub(crate) auth_time: i64,
}

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unaccepted {
    Unknown,
    Expired,
    Revoked,
    /// Taken back until a sign-in proves that its tokens are not older than this, in seconds since 1970.
    Challenged(i64),
}

#[derive(Debug)]
struct Access {
    caller: Caller,
    expires: i64,
    revoked: bool,
    /// The number of the token, and whether its application handles challenges.
    number: u64,
    capable: bool,
}

/// Every token and session that was given out.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    access: HashMap<String, Access>,
    given: u64,
    challenges: Challenges,
    refresh: HashMap<String, Refresh>,
    sessions: HashMap<String, Session>,
}

impl Tokens {
    /// Gives out an access token; `expires` is in seconds since 1970.
    pub(crate) fn give_access(&mut self, caller: Caller, expires: i64, claims: Claims) -> String {
        let token = format!("EwB{}", random(48));
        let (revoked, number, capable) = (false, self.given, claims.capable);
        self.given += 1;
        if let Some(person) = caller.person {
            self.challenges.answer(person, claims, number);
        }
        self.access.insert(token.clone(), Access { caller, expires, revoked, number, capable });
        token
    }

    /// Takes back every token of a person whose application handles challenges; `now` is in seconds since 1970.
    pub(crate) fn challenge(&mut self, person: Uuid, now: i64) {
        self.challenges.open(person, now);
    }

    /// Returns whom a token speaks for.
    pub(crate) fn caller(&self, token: &str, now: i64) -> Result<Caller, Unaccepted> {
        let access = self.access.get(token).ok_or(Unaccepted::Unknown)?;
        if access.revoked {
            Err(Unaccepted::Revoked)
        } else if access.expires <= now {
            Err(Unaccepted::Expired)
        } else if let Some(not_before) = self.challenge_of(access) {
            Err(Unaccepted::Challenged(not_before))
        } else {
            Ok(access.caller.clone())
        }
    }

    fn challenge_of(&self, access: &Access) -> Option<i64> {
        let person = access.caller.person.filter(|_| access.capable)?;
        self.challenges.of(person, access.number)
    }

    /// Gives out a refresh token.
    pub(crate) fn give_refresh(
        &mut self,
        client_id: Uuid,
        scopes: BTreeSet<String>,
        session: Session,
        now: i64,
    ) -> String {
        let token = format!("1.AX{}", random(48));
        let person = session.person;
        let expires = now + REFRESH_SECONDS;
        let refresh = Refresh { client_id, person, scopes, session, expires };
        self.refresh.insert(token.clone(), refresh);
        token
    }

    /// Returns what a refresh token stands for. Using one does not revoke it, as in Entra.
    pub(crate) fn refresh(&self, token: &str, now: i64) -> Option<Refresh> {
        self.refresh.get(token).filter(|found| found.expires > now).cloned()
    }

    /// Starts a session.
    pub(crate) fn sign_in(&mut self, person: Uuid, now: i64) -> Session {
        let id = Uuid::new_v4().to_string();
        let session = Session { id: id.clone(), person, auth_time: now };
        self.sessions.insert(id, session.clone());
        session
    }

    /// Returns a session that has not ended.
    pub(crate) fn session(&self, id: &str) -> Option<Session> {
        self.sessions.get(id).cloned()
    }

    /// Ends a session.
    pub(crate) fn sign_out(&mut self, id: &str) {
        self.sessions.remove(id);
    }

    /// Ends every session of a person, and all their tokens.
    pub(crate) fn revoke(&mut self, person: Uuid) {
        for access in self.access.values_mut().filter(|access| access.caller.person == Some(person)) {
            access.revoked = true;
        }
        self.refresh.retain(|_, refresh| refresh.person != person);
        self.sessions.retain(|_, session| session.person != person);
    }
}

/// Returns this many random bytes as base64url.
pub(crate) fn random(bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    rand::fill(&mut buffer).expect("the operating system provides random numbers");
    encode(buffer)
}
