//! Asking Graph anything, in one line of a test.

use reqwest::Method;
use serde_json::Value;

use super::{Walk, read};

impl Walk {
    /// Sends a call with the token of a person with these scopes; `""` for everything that is granted.
    pub(crate) async fn send(&self, method: &str, person: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let token = self.emulator.token(self.emulator.person_named(person));
        self.send_with(method, &token, path, body).await
    }

    /// Sends a call with a token, as an advanced query where the path needs one.
    pub(crate) async fn send_with(&self, method: &str, token: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let method: Method = method.parse().expect("a method");
        let address = format!("{}{path}", self.emulator.graph_url());
        let mut request = self.http.request(method, address).bearer_auth(token);
        if path.contains("$count") || path.contains("$search") {
            request = request.header("ConsistencyLevel", "eventual");
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        read(request.send().await.expect("an answer")).await
    }

    /// Returns the address of an object, for a reference.
    pub(super) fn object(&self, name: &str) -> String {
        format!("{}/directoryObjects/{}", self.emulator.graph_url(), self.emulator.person_named(name))
    }
}

/// Returns the code of an error.
pub(super) fn code(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or_default()
}

/// Returns the message of an error.
pub(super) fn message(answer: &Value) -> &str {
    answer["error"]["message"].as_str().unwrap_or_default()
}

/// Returns one property of every object in a list.
pub(super) fn column(answer: &Value, name: &str) -> Vec<String> {
    let list = answer["value"].as_array().cloned().unwrap_or_default();
    list.iter().map(|one| one[name].as_str().unwrap_or_default().to_owned()).collect()
}
