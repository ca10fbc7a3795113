//! One request and one reply, as the rest of the emulator sees them.

use axum::http::HeaderMap;
use serde_json::Value;

/// A request, taken apart.
#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) method: String,
    /// The path with its query, as it was sent.
    pub(crate) target: String,
    /// The decoded path segments.
    pub(crate) segments: Vec<String>,
    /// The decoded query, in order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// For a call of a batch: the `client-request-id` of the batch, which may be empty.
    pub(crate) part_of: Option<String>,
}

impl Ask {
    /// Takes a request apart; `target` is the path with its query as it was sent.
    pub(crate) fn new(method: &str, target: &str, headers: HeaderMap, body: Vec<u8>) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_ascii_uppercase(),
            target: target.to_owned(),
            segments: path.split('/').filter(|part| !part.is_empty()).map(percent_decode).collect(),
            query: pairs(query.as_bytes()),
            headers,
            body,
            part_of: None,
        }
    }

    /// Returns a header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the first value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// Returns the decoded path with its query, below the given number of segments.
    pub(crate) fn shown(&self, skip: usize) -> String {
        let mut shown = String::new();
        for segment in self.segments.iter().skip(skip) {
            shown.push('/');
            shown.push_str(segment);
        }
        for (index, (name, value)) in self.query.iter().enumerate() {
            shown.push(if index == 0 { '?' } else { '&' });
            shown.push_str(name);
            shown.push('=');
            shown.push_str(value);
        }
        shown
    }

    /// Returns the body of a form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }

    /// Returns the values of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all("cookie")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    }
}

/// Returns the first value of a name.
pub(crate) fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(bytes).into_owned().collect()
}

/// Decodes `%41` and leaves everything else, `+` included, as it is.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let hex = bytes
            .get(index + 1..index + 3)
            .filter(|_| bytes[index] == b'%')
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        decoded.push(hex.unwrap_or(bytes[index]));
        index += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// What is in a reply.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Empty,
    Json(Value),
    /// Text sent as JSON although it is not.
    BrokenJson(String),
    Text(String),
    Html(String),
    /// A file, with its type.
    Bytes(&'static str, Vec<u8>),
}

/// A reply before it becomes HTTP.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) content: Content,
}

impl Reply {
    pub(crate) fn new(status: u16, content: Content) -> Self {
        Self { status, headers: Vec::new(), content }
    }

    pub(crate) fn json(value: Value) -> Self {
        Self::new(200, Content::Json(value))
    }

    pub(crate) fn no_content() -> Self {
        Self::new(204, Content::Empty)
    }

    pub(crate) fn redirect(target: String) -> Self {
        Self::new(302, Content::Empty).with("location", target)
    }

    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// The connection is closed without an answer.
#[derive(Debug)]
pub(crate) struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was dropped on purpose")
    }
}

impl std::error::Error for Dropped {}
