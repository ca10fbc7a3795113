//! What every sign-in asks of the access token: that it can be taken back at once, and what Graph wants proved.
//!
//! A client that says `cp1` takes part in continuous access evaluation: its tokens live for a day and Graph refuses them, with
//! a claims challenge, as soon as the person is disabled or their sessions are revoked (Entra, "Continuous access evaluation",
//! "Claims challenges"). It has to be said at the authorize page and at the token endpoint. A provider that does not know it
//! leaves it alone (`OpenID` Connect Core, section 5.5).

use serde_json::{Map, Value, json};

/// Returns the `claims` parameter of a sign-in, with those of a challenge in it. A challenge that is no JSON object counts
/// for nothing.
pub(super) fn claims_parameter(challenge: Option<&str>) -> String {
    let asked = challenge.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
    let mut claims = Value::Object(asked.unwrap_or_default());
    merge(&mut claims, json!({ "access_token": { "xms_cc": { "values": ["cp1"] } } }));
    claims.to_string()
}

/// Puts ours into theirs: what only one has stays, lists are joined, and ours replaces what is of another kind.
fn merge(theirs: &mut Value, ours: Value) {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            for (name, value) in ours {
                match theirs.get_mut(&name) {
                    Some(known) => merge(known, value),
                    None => {
                        theirs.insert(name, value);
                    }
                }
            }
        }
        (Value::Array(theirs), Value::Array(ours)) => {
            for value in ours {
                if !theirs.contains(&value) {
                    theirs.push(value);
                }
            }
        }
        (theirs, ours) => *theirs = ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(challenge: Option<&str>) -> Value {
        serde_json::from_str(&claims_parameter(challenge)).expect("JSON")
    }

    #[test]
    fn every_sign_in_says_that_tokens_may_be_taken_back() {
        let expected = json!({ "access_token": { "xms_cc": { "values": ["cp1"] } } });

        for nothing in [None, Some(""), Some("not JSON"), Some("[]"), Some("null")] {
            assert_eq!(read(nothing), expected, "{nothing:?}");
        }
    }

    #[test]
    fn what_a_challenge_asks_for_is_asked_for_as_well() {
        let challenge = json!({
            "access_token": { "nbf": { "essential": true, "value": "1700000000" }, "xms_cc": { "values": ["cp2"] } },
            "id_token": { "acrs": { "value": "c1" } },
        });

        let asked = read(Some(&challenge.to_string()));

        assert_eq!(asked["access_token"]["nbf"], challenge["access_token"]["nbf"]);
        assert_eq!(asked["id_token"], challenge["id_token"]);
        assert_eq!(asked["access_token"]["xms_cc"]["values"], json!(["cp2", "cp1"]));
    }

    #[test]
    fn a_challenge_of_another_shape_takes_nothing_away_from_ours() {
        let asked = read(Some(r#"{"access_token":"all of it"}"#));

        assert_eq!(asked["access_token"]["xms_cc"]["values"], json!(["cp1"]));
    }
}
