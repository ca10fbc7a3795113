//! The token endpoint and discovery beside what was recorded of Entra: keys, statuses, errors and numbers.
//!
//! The recordings are no part of this project; `ROSTER_FACTS` names the folder that holds `samples/`. Without it these
//! tests say that they are left out.

use std::collections::BTreeSet;
use std::io::Write as _;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{CLIENT, Walk, read};

/// Reads a recording, if there are any.
fn recorded(name: &str) -> Option<Value> {
    let Ok(folder) = std::env::var("ROSTER_FACTS") else {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("a test");
        // Past the capture that hides what passing tests print.
        let _ = writeln!(std::io::stderr(), "left out: {test}: ROSTER_FACTS names no recordings");
        return None;
    };
    let path = std::path::Path::new(&folder).join("samples").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&text).expect("a recording is JSON"))
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

/// Returns a description without what differs from call to call.
fn plain(description: &Value, known: &[&str]) -> String {
    let text = description.as_str().unwrap_or_default();
    let text = text.split(" Trace ID:").next().unwrap_or_default().to_owned();
    known.iter().fold(text, |text, known| text.replace(known, "…"))
}

async fn ask(walk: &Walk, form: &[(&str, &str)]) -> (u16, Value) {
    read(walk.http.post(walk.token_endpoint()).form(form).send().await.expect("an answer")).await
}

/// Compares an answer with a recording: status, keys, error, numbers and the sentence.
fn compare(recording: &Value, (status, body): &(u16, Value), named: &str) {
    let expected = &recording["response"];
    assert_eq!(json!(status), expected["status"]);
    assert_eq!(keys(body), keys(&expected["body"]));
    for key in ["error", "error_codes"] {
        assert_eq!(body[key], expected["body"][key], "{key}");
    }
    let theirs = plain(&expected["body"]["error_description"], &["{daemon-app-id}", "{tenant-id}", "{guid}"]);
    let tenant = crate::Options::new(CLIENT, "", &[]).tenant_id.to_string();
    assert_eq!(plain(&body["error_description"], &[named, &tenant]), theirs);
}

const GRAPH: (&str, &str) = ("scope", "https://graph.microsoft.com/.default");

#[tokio::test]
async fn refusals_are_those_that_were_recorded() {
    let walk = Walk::start().await;
    let (client, stranger) = (CLIENT.to_string(), Uuid::from_u128(77).to_string());
    let grant = ("grant_type", "client_credentials");
    let secret = ("client_secret", "a secret");
    let cases = [
        ("invalid-client", vec![grant, GRAPH, ("client_id", &client), ("client_secret", "wrong")], client.as_str()),
        ("unknown-client", vec![grant, GRAPH, ("client_id", &stranger), secret], stranger.as_str()),
        (
            "invalid-scope",
            vec![grant, ("scope", "api://not-a-registered-resource/.default"), ("client_id", &client), secret],
            client.as_str(),
        ),
        ("unsupported-grant-type", vec![("grant_type", "no_such_grant"), ("client_id", &client), secret], &client),
    ];

    for (name, form, named) in cases {
        let Some(recording) = recorded(&format!("token-endpoint/token-error-{name}.json")) else {
            return;
        };
        compare(&recording, &ask(&walk, &form).await, named);
    }
}

#[tokio::test]
async fn an_applications_token_comes_as_recorded() {
    let walk = Walk::start().await;
    let client = CLIENT.to_string();
    let Some(recording) = recorded("token-endpoint/token-client-credentials.json") else {
        return;
    };

    let form = [("grant_type", "client_credentials"), GRAPH, ("client_id", &client), ("client_secret", "a secret")];
    let (status, body) = ask(&walk, &form).await;

    assert_eq!(json!(status), recording["response"]["status"]);
    assert_eq!(keys(&body), keys(&recording["response"]["body"]));
}

#[tokio::test]
async fn discovery_says_what_was_recorded() {
    let walk = Walk::start().await;
    let address = format!("{}/.well-known/openid-configuration", walk.emulator.authority());
    let (_, document) = read(walk.http.get(address).send().await.expect("an answer")).await;
    let Some(golden) = recorded("oidc-discovery.golden.json") else {
        return;
    };

    let texts = |value: &Value| -> BTreeSet<String> {
        value.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    };
    let required = texts(&golden["required_fields"]);
    let missing_here = texts(&golden["entra_only_fields_out_of_scope"]);
    let ours: BTreeSet<String> = keys(&document).into_iter().map(str::to_owned).collect();
    assert_eq!(ours, &required - &missing_here);
    for (rule, values) in golden["protocol_values"].as_object().into_iter().flatten() {
        let must = [("_equals", true, true), ("_must_include", false, true), ("_subset_of", true, false)];
        let (ending, within, covers) = *must.iter().find(|(ending, ..)| rule.ends_with(ending)).expect("a known rule");
        let field = rule.trim_end_matches(ending);
        let field = if document.get(field).is_some() { field.to_owned() } else { format!("{field}_supported") };
        let (ours, theirs) = (texts(&document[&field]), texts(values));
        assert!(!within || ours.is_subset(&theirs), "{rule}: {ours:?}");
        assert!(!covers || theirs.is_subset(&ours), "{rule}: {ours:?}");
    }
    for (flag, value) in golden["entra_boolean_values"].as_object().into_iter().flatten() {
        assert!(document.get(flag).is_none_or(|ours| ours == value || flag.starts_with('_')), "{flag}");
    }
}
