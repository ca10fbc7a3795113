//! Reads `WWW-Authenticate`: what a sign-in has to bring before Graph will answer again.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};

/// The longest claims we hand on, in bytes; they travel in an address.
const LONGEST: usize = 4096;

/// Returns the claims a sign-in must ask for, as JSON text. They come as base64 in a Bearer challenge whose error is
/// `insufficient_claims` (Entra, "Claims challenges"). A challenge that makes no sense counts as one without claims.
pub(super) fn claims(headers: &HeaderMap) -> Option<String> {
    made(headers).find_map(|challenge| read_claims(challenge.param("claims")?))
}

/// Returns whether an answer asks for a sign-in that proves more, with claims that can be read or without.
pub(super) fn is_made(headers: &HeaderMap) -> bool {
    made(headers).next().is_some()
}

/// Returns the claims challenges of all headers. A header that is no text is passed over: the next may be good.
fn made(headers: &HeaderMap) -> impl Iterator<Item = Challenge> {
    let values = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(challenges).filter(Challenge::is_of_claims)
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Challenge {
    scheme: String,
    params: Vec<(String, String)>,
}

impl Challenge {
    fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn is_of_claims(&self) -> bool {
        let insufficient = self.param("error").is_some_and(|error| error.eq_ignore_ascii_case("insufficient_claims"));
        self.scheme.eq_ignore_ascii_case("Bearer") && insufficient
    }
}

/// Decodes claims written in either base64 alphabet, padded or not. Returns nothing for what is no JSON object, or longer
/// than 4096 bytes.
#[must_use]
pub fn read_claims(text: &str) -> Option<String> {
    let plain = text.trim().trim_end_matches('=').replace('-', "+").replace('_', "/");
    let json = String::from_utf8(STANDARD_NO_PAD.decode(plain).ok()?).ok()?;
    let is_object = serde_json::from_str::<serde_json::Map<_, _>>(&json).is_ok();
    (json.len() <= LONGEST && is_object).then_some(json)
}

/// Splits one header value into its challenges (RFC 9110, 11.6.1): a word followed by `=` is a parameter, any other word
/// starts the next challenge.
fn challenges(value: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    let mut rest = value.trim_start_matches(is_gap);
    while !rest.is_empty() {
        let end = rest.find(|c: char| is_gap(c) || c == '=').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let after_blank = after.trim_start();
        let left = if let Some(raw) = after_blank.strip_prefix('=') {
            let (value, left) = read_value(raw.trim_start());
            if let Some(challenge) = found.last_mut() {
                challenge.params.push((word.to_owned(), value));
            }
            left
        } else {
            found.push(Challenge { scheme: word.to_owned(), params: Vec::new() });
            after
        };
        rest = left.trim_start_matches(is_gap);
    }
    found
}

fn is_gap(c: char) -> bool {
    c == ',' || c.is_whitespace()
}

/// Reads a quoted or bare value and returns what follows it. A quote that never ends takes the rest.
fn read_value(raw: &str) -> (String, &str) {
    let Some(quoted) = raw.strip_prefix('"') else {
        let end = raw.find(is_gap).unwrap_or(raw.len());
        return (raw[..end].to_owned(), &raw[end..]);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    const JSON: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}"#;
    const ENCODED: &str = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzAwMDAwMDAwIn19fQ";

    fn read(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(value).unwrap());
        }
        claims(&headers)
    }

    #[test]
    fn claims_are_found_among_several_headers_and_challenges() {
        let bearer = format!(
            r#"Bearer realm="", authorization_uri="https://login.contoso.example/a,b", error="insufficient_claims", claims="{ENCODED}==""#
        );
        let both = format!("Negotiate YII=, {bearer}");

        assert_eq!(read(&[&bearer]).as_deref(), Some(JSON));
        assert_eq!(read(&["PoP nonce=\"x\"", &bearer]).as_deref(), Some(JSON));
        assert_eq!(read(&[&both]).as_deref(), Some(JSON));
    }

    #[test]
    fn a_challenge_that_cannot_be_read_does_not_hide_the_next() {
        let good = format!(r#"Bearer error="insufficient_claims", claims="{ENCODED}""#);

        assert_eq!(read(&[r#"Bearer error="insufficient_claims", claims="%%%""#, &good]).as_deref(), Some(JSON));
        assert_eq!(read(&[r#"Bearer error="insufficient_claims""#, "Bearer", &good]).as_deref(), Some(JSON));
    }

    #[test]
    fn a_challenge_that_makes_no_sense_has_no_claims() {
        for value in [
            "",
            "Bearer",
            "=,=,\"",
            r#"Bearer error="insufficient_claims""#,
            r#"Bearer error="insufficient_claims", claims="%%%""#,
            r#"Bearer error="insufficient_claims", claims="bm90IGpzb24""#,
            r#"Bearer error="insufficient_claims", claims="never ends"#,
        ] {
            assert_eq!(read(&[value]), None, "{value}");
        }
        assert_eq!(read(&[&format!(r#"Bearer error="invalid_token", claims="{ENCODED}""#)]), None);
        assert_eq!(read(&[&format!(r#"PoP error="insufficient_claims", claims="{ENCODED}""#)]), None);
    }
}
