//! The `claims` parameter: what an application can take (`cp1`), and what Graph wants proved before it answers again.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

/// What an application said of the tokens it asks for (claims-challenge.md).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claims {
    /// The client handles challenges, so its tokens may live long and be taken back at once.
    pub(crate) capable: bool,
    /// The challenge it answers: tokens must not be older than this, in seconds since 1970.
    pub(crate) not_before: Option<i64>,
}

impl Claims {
    /// Reads the parameter; nothing is asked when it is missing.
    ///
    /// # Errors
    /// `()` when it is not the JSON of an object.
    pub(crate) fn read(parameter: Option<&str>) -> Result<Self, ()> {
        let Some(text) = parameter.filter(|text| !text.is_empty()) else {
            return Ok(Self::default());
        };
        let claims: Value = serde_json::from_str(text).map_err(|_| ())?;
        if !claims.is_object() {
            return Err(());
        }
        let asked = &claims["access_token"];
        let abilities = asked["xms_cc"]["values"].as_array();
        let capable = abilities.is_some_and(|list| list.iter().any(|ability| ability == "cp1"));
        let not_before = asked["nbf"]["value"].as_str().and_then(|seconds| seconds.parse().ok());
        Ok(Self { capable, not_before })
    }

    /// Joins what was said at the authorize page and at the token endpoint: an ability counts when both name it.
    pub(crate) fn and(self, other: Self) -> Self {
        let not_before = self.not_before.or(other.not_before);
        Self { capable: self.capable && other.capable, not_before }
    }
}

/// The people whose tokens Graph does not take until they have signed in again.
#[derive(Debug, Default)]
pub(crate) struct Challenges {
    open: HashMap<Uuid, Challenge>,
}

#[derive(Clone, Copy, Debug)]
struct Challenge {
    not_before: i64,
    /// The number of the first token that answers it.
    answered_by: Option<u64>,
}

impl Challenges {
    /// Challenges every token a person has; `now` is in seconds since 1970.
    pub(crate) fn open(&mut self, person: Uuid, now: i64) {
        // No two challenges of a person are the same.
        let not_before = self.open.get(&person).map_or(now, |last| now.max(last.not_before + 1));
        self.open.insert(person, Challenge { not_before, answered_by: None });
    }

    /// Notes that the person's token with this number answers the challenge with these claims.
    pub(crate) fn answer(&mut self, person: Uuid, claims: Claims, token: u64) {
        if let Some(challenge) = self.open.get_mut(&person)
            && claims.not_before == Some(challenge.not_before)
        {
            challenge.answered_by.get_or_insert(token);
        }
    }

    /// Returns what a token has to prove, if it is challenged.
    pub(crate) fn of(&self, person: Uuid, token: u64) -> Option<i64> {
        let challenge = self.open.get(&person)?;
        let answers = challenge.answered_by.is_some_and(|first| token >= first);
        (!answers).then_some(challenge.not_before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameter_says_what_a_client_can_and_what_it_proves() {
        let text = r#"{"access_token":{"nbf":{"essential":true,"value":"17"},"xms_cc":{"values":["cp1"]}}}"#;

        assert_eq!(Claims::read(Some(text)), Ok(Claims { capable: true, not_before: Some(17) }));
        assert_eq!(Claims::read(None), Ok(Claims::default()));
        assert_eq!(Claims::read(Some("[]")), Err(()));
        assert_eq!(Claims::read(Some("{")), Err(()));
    }

    #[test]
    fn only_a_token_that_proves_it_ends_a_challenge() {
        let (mut challenges, person) = (Challenges::default(), Uuid::from_u128(1));
        challenges.open(person, 10);

        challenges.answer(person, Claims { capable: true, not_before: Some(9) }, 5);
        assert_eq!(challenges.of(person, 5), Some(10));
        challenges.answer(person, Claims { capable: true, not_before: Some(10) }, 6);
        assert_eq!(
            (challenges.of(person, 5), challenges.of(person, 6), challenges.of(person, 7)),
            (Some(10), None, None)
        );
        challenges.open(person, 10);
        assert_eq!(challenges.of(person, 7), Some(11));
    }
}
