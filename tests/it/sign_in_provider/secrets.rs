//! What must stay secret is in no line of the log and in no value that is shown.

use std::{
    io,
    sync::{Arc, Mutex},
};

use secrecy::ExposeSecret as _;
use serde_json::json;

use super::tenant::{SECRET, Tenant};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no test panics while it writes").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn neither_the_log_nor_an_error_ever_holds_a_secret() {
    // While there is one subscriber alone, a place that logs is asked about in whatever test comes there first, which listens
    // to nothing; with two of them all are asked.
    let silent = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(io::sink);
    let _other = tracing::Dispatch::new(silent.finish());
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
    let _guard = tracing::subscriber::set_default(lines.finish());
    let tenant = Tenant::start().await;
    let (departure, code) = tenant.come_back_as("Alan Turing").await;
    let redeem = || tenant.provider.redeem(code.clone(), departure.begun.clone());

    let arrival = redeem().await.expect("an arrival");
    let used = redeem().await;
    let forged = tenant.sign_in_with_claims(|claims| claims["nonce"] = json!("canary")).await;

    let written = String::from_utf8_lossy(&log.0.lock().expect("no test panics while it writes")).into_owned();
    let shown = format!("{written} {:?} {arrival:?} {used:?} {forged:?} {departure:?}", tenant.provider);
    assert!(written.contains("the token endpoint refused"), "the log was read");
    for secret in [
        SECRET,
        "canary",
        arrival.secret.expose_secret(),
        &code,
        &departure.begun.nonce,
        &departure.begun.pkce_verifier,
    ] {
        assert!(!shown.contains(secret), "{secret} is in: {shown}");
    }
}
