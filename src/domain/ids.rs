//! Identifiers, each a type of its own, so that a group can never be passed where a person belongs.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Reports that a text is not an identifier in the usual hyphenated form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Accepts the hyphenated form only: one thing has one address.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if text.len() != 36 {
                    return Err(NotAnId);
                }
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

macro_rules! own_id {
    ($name:ident) => {
        impl $name {
            /// Makes a new identifier that sorts by the time it was made (UUID version 7).
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
}

id! {
    /// The object id of a person (`oid`) in the one tenant this deployment serves. The tenant is checked at sign-in.
    PersonId
}
id! {
    /// The object id of a group in the directory.
    GroupId
}
id! {
    /// A request to join a group.
    RequestId
}
id! {
    /// A write to the directory that Roster has to carry out.
    OperationId
}
id! {
    /// An audit record; also sent to Graph as `client-request-id` of the write it records.
    EventId
}
id! {
    /// A list of people whom an owner adds or removes at once.
    ImportId
}
id! {
    /// A review of the members of a group.
    ReviewId
}
id! {
    /// A commission: a group that an administrator asks somebody to create.
    CommissionId
}
own_id!(CommissionId);
own_id!(ReviewId);
own_id!(ImportId);
own_id!(RequestId);
own_id!(OperationId);
own_id!(EventId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_in_its_hyphenated_form_only() {
        let id = GroupId(Uuid::from_u128(7));

        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("00000000000000000000000000000007".parse::<GroupId>(), Err(NotAnId));
        assert_eq!("{00000000-0000-0000-0000-000000000007}".parse::<GroupId>(), Err(NotAnId));
    }
}
