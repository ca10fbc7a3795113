//! Turns an answer that is no success into an [`Error`], the one place where Graph's statuses, codes and texts are read.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap, RETRY_AFTER},
};
use serde_json::Value;

use super::{
    challenge,
    error::Error,
    objection::Objection,
    retry::{self, Failure},
};

/// Says what an answer means and whether the same call may be tried again.
pub(super) fn failure(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Failure {
    let asked = wait_asked(headers);
    match status.as_u16() {
        401 => Failure::last(Error::SignInAgain { claims: challenge::claims(headers) }),
        // The older form of a claims challenge, for applications that have not opted in (Graph, "Error responses").
        403 if challenge::is_made(headers) || says_insufficient_claims(body) => {
            Failure::last(Error::SignInAgain { claims: challenge::claims(headers) })
        }
        429 => Failure { untouched: true, ..Failure::again(Error::Throttled { retry_after: asked }, asked) },
        // Graph asks for a new connection after 503 (Graph, "Throttling").
        503 => Failure { fresh: true, ..Failure::again(Error::Unavailable, asked) },
        // What Graph does not offer, it will not offer a moment later either.
        410 => Failure::last(Error::StartOver),
        400..=407 | 409..=499 | 501 => Failure::last(refusal(status, body)),
        408 | 500..=599 => Failure::again(Error::Unavailable, asked),

        // We follow no redirect and ask for no other success: somebody else answered.
        _ => Failure::last(Error::Garbled),
    }
}

/// A page from a proxy in between can carry any status, so only an answer in Graph's own shape is taken as a refusal.
fn refusal(status: StatusCode, body: &[u8]) -> Error {
    let Some(said) = Said::read(body) else { return Error::Garbled };
    match status.as_u16() {
        // A link of delta that is too old: 400 or another status of that family (Graph, "Use delta query").
        _ if said.has_code("syncStateNotFound") || said.has_code("resyncRequired") => Error::StartOver,
        400 => said.bad_request(status),
        403 if said.has_code("Directory_QuotaExceeded") => Error::NotChangeable,
        403 => Error::NotAllowed,
        404 => Error::Gone,
        422 => Error::NotThisName(said.objection().unwrap_or(Objection::UNKNOWN)),
        _ => said.refused(status),
    }
}

fn says_insufficient_claims(body: &[u8]) -> bool {
    Said::read(body).is_some_and(|said| said.has_code("insufficient_claims"))
}

/// Reads how long Graph asks to wait.
pub(super) fn wait_asked(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    // A date is read against the sender's own clock, so that ours need not agree.
    let sent = headers.get(DATE).and_then(|value| value.to_str().ok()).and_then(retry::http_date);
    retry::retry_after(text, sent.unwrap_or_else(Timestamp::now))
}

/// What an error body says: the outer code, and every code and message at any depth.
struct Said {
    code: String,
    codes: Vec<String>,
    /// Code and target of each detail.
    details: Vec<(String, String)>,
    text: String,
}

impl Said {
    fn read(body: &[u8]) -> Option<Self> {
        let whole: Value = serde_json::from_slice(body).ok()?;
        let error = whole.get("error").filter(|error| error.is_object())?;
        let code = error.get("code")?.as_str()?.to_owned();
        let mut said = Self { code, codes: Vec::new(), details: Vec::new(), text: String::new() };
        said.collect(error);
        Some(said)
    }

    /// Walks `details` and the inner error, which is spelt `innerError` here and `innererror` there.
    fn collect(&mut self, error: &Value) {
        if let Some(code) = error.get("code").and_then(Value::as_str) {
            self.codes.push(code.to_owned());
        }
        if let Some(message) = error.get("message").and_then(Value::as_str) {
            self.text.push_str(&message.to_lowercase());
            self.text.push('\n');
        }
        for inner in ["innerError", "innererror"].iter().filter_map(|name| error.get(name)) {
            self.collect(inner);
        }
        for detail in error.get("details").and_then(Value::as_array).into_iter().flatten() {
            let word = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            self.details.push((word("code"), word("target")));
            self.collect(detail);
        }
    }

    fn has_code(&self, code: &str) -> bool {
        self.codes.iter().any(|said| said.eq_ignore_ascii_case(code))
    }

    /// Tells the meanings of 400 apart. One code stands for all of them, so the texts have to be matched, loosely; they
    /// are reported by clients that run against the live service. What is not known stays [`Error::Refused`].
    fn bad_request(&self, status: StatusCode) -> Error {
        let says = |part: &str| self.text.contains(part);
        if says("reference") && says("already exist") {
            Error::AlreadyThere
        } else if says("removed object reference") && says("not exist") {
            Error::NotThere
        } else if self.has_code("Directory_ExpiredPageToken") {
            // A list that was read too slowly; begun anew it can be read.
            Error::Unavailable
        } else if says("source resource object") {
            Error::NotYet
        } else if says("on-premises mastered") || says("mail-enabled security") || says("distribution list") {
            Error::NotChangeable
        } else if says("at least one owner") {
            Error::LastOwner
        } else {
            self.objection().map_or_else(|| self.refused(status), Error::NotThisName)
        }
    }

    /// Returns which check of a name failed, when one did. Graph names the first alone (Graph, "Validate properties").
    fn objection(&self) -> Option<Objection> {
        let taken = || Objection::taken_by(&self.text);
        self.details.iter().find_map(|(code, target)| Objection::read(code, target)).or_else(taken)
    }

    /// The code goes into logs, so it is kept short.
    fn refused(&self, status: StatusCode) -> Error {
        Error::Refused { status: status.as_u16(), code: self.code.chars().take(80).collect() }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;
    use crate::graph::objection::{Flaw, NamePart};

    fn said(status: u16, code: &str, message: &str) -> Error {
        let body = serde_json::json!({ "error": { "code": code, "message": message, "innererror": {} } }).to_string();
        failure(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes()).error
    }

    #[test]
    fn one_code_of_graph_has_many_meanings() {
        let bad = |message: &str| said(400, "Request_BadRequest", message);

        assert_eq!(
            bad("One or more added object references already exist for the following modified properties: 'members'."),
            Error::AlreadyThere
        );
        assert_eq!(
            bad("One or more removed object references do not exist for the following modified properties: 'members'."),
            Error::NotThere
        );
        assert_eq!(
            bad("The source resource object or one of the objects being referenced do not exist."),
            Error::NotYet
        );
        for text in [
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects \
             currently undergoing migration.",
            "Cannot Update a mail-enabled security groups and or distribution list.",
        ] {
            assert_eq!(bad(text), Error::NotChangeable);
        }
        let last = "The group must have at least one owner, hence this owner cannot be removed.";
        assert_eq!(bad(last), Error::LastOwner);
        assert_eq!(bad("Something else."), Error::Refused { status: 400, code: "Request_BadRequest".into() });
    }

    #[test]
    fn a_name_that_is_not_taken_comes_with_the_check_that_failed() {
        let with = |status: u16, code: &str, details: Value| {
            let error = serde_json::json!({ "code": code, "message": "See details.", "details": details });
            let body = serde_json::json!({ "error": error }).to_string();
            failure(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes()).error
        };
        let named =
            |code: &str| serde_json::json!([{ "target": "displayName", "code": code, "message": "It is not." }]);
        let objection = |part, flaw| Error::NotThisName(Objection { part, flaw });

        let unprocessable = |code: &str| with(422, "Request_UnprocessableEntity", named(code));
        assert_eq!(unprocessable("ContainsBlockedWord"), objection(NamePart::Name, Flaw::BlockedWord));
        assert_eq!(unprocessable("MissingPrefixSuffix"), objection(NamePart::Name, Flaw::MissingPrefixOrSuffix));
        assert_eq!(unprocessable("SomethingNew"), objection(NamePart::Unknown, Flaw::Unknown));
        let conflict = serde_json::json!([{ "code": "ObjectConflict", "target": "mailNickname" }]);
        assert_eq!(with(400, "Request_BadRequest", conflict), objection(NamePart::Nickname, Flaw::Taken));
        let taken = "Another object with the same value for property mailNickname already exists.";
        assert_eq!(said(400, "Request_BadRequest", taken), objection(NamePart::Nickname, Flaw::Taken));
    }

    #[test]
    fn a_link_of_delta_that_is_not_known_any_more_is_told_whatever_the_status() {
        for status in [400, 404, 409] {
            assert_eq!(said(status, "syncStateNotFound", "Resync."), Error::StartOver, "{status}");
        }
        assert_eq!(said(410, "resyncRequired", "Resync."), Error::StartOver);
        assert_eq!(failure(StatusCode::GONE, &HeaderMap::new(), b"").error, Error::StartOver);
    }

    #[test]
    fn a_quota_is_not_a_missing_right() {
        assert_eq!(said(403, "Authorization_RequestDenied", "Insufficient privileges."), Error::NotAllowed);
        assert_eq!(said(403, "Directory_QuotaExceeded", "Too many."), Error::NotChangeable);
        assert_eq!(said(404, "Request_ResourceNotFound", "Not there."), Error::Gone);
    }

    #[test]
    fn the_older_challenge_asks_for_a_new_sign_in_and_is_no_refusal() {
        assert_eq!(said(403, "insufficient_claims", "Claims."), Error::SignInAgain { claims: None });

        let mut headers = HeaderMap::new();
        let value = r#"Bearer error="insufficient_claims", claims="eyJhIjp7fX0=""#;
        headers.insert(reqwest::header::WWW_AUTHENTICATE, HeaderValue::from_static(value));
        let error = failure(StatusCode::FORBIDDEN, &headers, b"").error;
        assert_eq!(error, Error::SignInAgain { claims: Some(r#"{"a":{}}"#.to_owned()) });
        let value = r#"Bearer error="insufficient_claims", claims="%%%""#;
        headers.insert(reqwest::header::WWW_AUTHENTICATE, HeaderValue::from_static(value));
        let error = failure(StatusCode::FORBIDDEN, &headers, b"<html>").error;
        assert_eq!(error, Error::SignInAgain { claims: None });
    }

    #[test]
    fn a_list_that_was_read_too_slowly_can_be_read_anew() {
        assert_eq!(said(400, "Directory_ExpiredPageToken", "The page token has expired."), Error::Unavailable);
    }

    #[test]
    fn the_inner_error_is_read_in_both_spellings() {
        for inner in ["innerError", "innererror"] {
            let body = serde_json::json!({ "error": { "code": "Outer", "message": "",
                inner: { "code": "x", inner: { "code": "Directory_QuotaExceeded" } } } });

            let error = failure(StatusCode::FORBIDDEN, &HeaderMap::new(), body.to_string().as_bytes()).error;

            assert_eq!(error, Error::NotChangeable, "{inner}");
        }
    }

    #[test]
    fn a_page_from_a_proxy_is_no_refusal() {
        for body in ["<html>Forbidden</html>", "", "null", r#"{"error":"denied"}"#, r#"{"error":{"code":7}}"#] {
            for status in [StatusCode::BAD_REQUEST, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::FOUND] {
                let failure = failure(status, &HeaderMap::new(), body.as_bytes());

                assert_eq!((failure.error, failure.again), (Error::Garbled, false), "{status} {body}");
            }
        }
    }

    #[test]
    fn what_passes_by_itself_may_be_tried_again() {
        for status in [408, 429, 500, 502, 503, 504, 509] {
            let failure = failure(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), b"");

            assert!(failure.again, "{status}");
            assert_eq!(failure.fresh, status == 503, "{status}");
        }
    }

    #[test]
    fn the_wait_is_read_against_the_senders_clock() {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, HeaderValue::from_static("Wed, 21 Oct 2015 07:28:00 GMT"));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("Wed, 21 Oct 2015 07:28:05 GMT"));

        let failure = failure(StatusCode::TOO_MANY_REQUESTS, &headers, b"");

        assert_eq!(failure.error, Error::Throttled { retry_after: Some(Duration::from_secs(5)) });
        assert_eq!(failure.asked, Some(Duration::from_secs(5)));
    }
}
