//! Authorization codes: given out by the authorize page, redeemed once at the token endpoint.

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use crate::claims::Claims;
use crate::tokens::{Session, random};

/// How long a code lives: about ten minutes in Entra.
const CODE_SECONDS: i64 = 600;

/// What a person agreed to when they signed in.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) client_id: Uuid,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) nonce: Option<String>,
    /// The S256 challenge, when the client sent one.
    pub(crate) challenge: Option<String>,
    /// What the application said of its tokens.
    pub(crate) claims: Claims,
    pub(crate) session: Session,
}

/// Why a code cannot be redeemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unredeemable {
    Unknown,
    Used,
    Expired,
}

/// The codes and assertions seen so far.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    codes: HashMap<String, (Grant, i64, bool)>,
    assertion_ids: HashSet<String>,
}

impl Grants {
    /// Gives out a code; `now` is in seconds since 1970.
    pub(crate) fn give(&mut self, grant: Grant, now: i64) -> String {
        let code = format!("1.AQ{}", random(40));
        self.codes.insert(code.clone(), (grant, now + CODE_SECONDS, false));
        code
    }

    /// Redeems a code, which works once.
    pub(crate) fn redeem(&mut self, code: &str, now: i64) -> Result<Grant, Unredeemable> {
        let (grant, expires, used) = self.codes.get_mut(code).ok_or(Unredeemable::Unknown)?;
        if std::mem::replace(used, true) {
            Err(Unredeemable::Used)
        } else if *expires <= now {
            Err(Unredeemable::Expired)
        } else {
            Ok(grant.clone())
        }
    }

    /// Notes an assertion's `jti`; returns whether it is new.
    pub(crate) fn first_use(&mut self, assertion_id: &str) -> bool {
        self.assertion_ids.insert(assertion_id.to_owned())
    }
}
