//! An emulated tenant, Roster's view of it, and a browser between the two.

use std::time::Duration;

use roster::{
    clock::Clock,
    sign_in::{Arrival, ClaimNames, Credential, Departure, How, Provider, ProviderSettings, SignInError},
};
use roster_emulator::{Company, Emulator, Options, Tamper};
use serde_json::Value;
use tokio::net::TcpListener;
use url::Url;
use uuid::Uuid;

use crate::support::emulator;

pub const CLIENT: Uuid = Uuid::from_u128(0xc11e);
pub const SECRET: &str = "a secret for tests: canary + 100 %";
pub const BACK: &str = "http://localhost:8080/sign-in/callback";
pub const BYE: &str = "http://localhost:8080/signed-out";

/// An emulated tenant, and Roster's view of it.
pub struct Tenant {
    pub emulator: Emulator,
    pub provider: Provider,
    pub clock: Clock,
    pub browser: reqwest::Client,
}

impl Tenant {
    pub async fn start() -> Self {
        let tenant = Self::not_found_yet(Credential::Secret(SECRET.into()), |_| {}).await;
        tenant.provider.discover().await.expect("the emulator answers");
        tenant
    }

    pub async fn not_found_yet(credential: Credential, change: impl FnOnce(&mut Options)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let own_address = format!("http://{}", listener.local_addr().expect("a bound port"));
        let mut options = Options::new(CLIENT, SECRET, &[BACK, BYE]);
        change(&mut options);
        let tenant = options.tenant_id;
        let emulator = emulator::start(listener, Company::contoso(), options).await;
        let clock = Clock::default();
        let settings = ProviderSettings {
            authority: url(&format!("{own_address}/{tenant}/v2.0")),
            tenant,
            client_id: CLIENT.to_string(),
            credential,
            redirect_uri: url(BACK),
            post_logout_redirect_uri: url(BYE),
            changes_groups: false,
            claims: ClaimNames::default(),
            timeout: Duration::from_secs(5),
        };
        let provider = Provider::new(settings, clock.clone()).expect("settings that can be used");
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        Self { emulator, provider, clock, browser: browser.build().expect("a browser") }
    }

    /// Sends somebody to the provider, lets them choose who they are, and returns with a code.
    pub async fn come_back_as(&self, person: &str) -> (Departure, String) {
        let departure = self.provider.depart(&How::default()).expect("a provider that was found");
        let form = [("person", self.emulator.person_named(person).to_string())];
        let reply = self.browser.post(departure.url.clone()).form(&form).send().await.expect("an answer");
        let back = landed(&reply);
        assert_eq!(field(&back, "state").as_deref(), Some(departure.state.as_str()));
        (departure, field(&back, "code").expect("a code"))
    }

    pub async fn sign_in(&self, person: &str) -> Result<Arrival, SignInError> {
        let (departure, code) = self.come_back_as(person).await;
        self.provider.redeem(code, departure.begun).await
    }

    pub async fn sign_in_with_claims(
        &self,
        change: impl FnOnce(&mut Value) + Send + 'static,
    ) -> Result<Arrival, SignInError> {
        self.emulator.tamper_next_id_token(Tamper::claims(change));
        self.sign_in("Alan Turing").await
    }
}

pub fn url(text: &str) -> Url {
    Url::parse(text).expect("the test wrote an address")
}

pub fn landed(reply: &reqwest::Response) -> Url {
    url(reply.headers()["location"].to_str().expect("an address"))
}

pub fn field(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub fn not_trusted<T>(outcome: &Result<T, SignInError>) -> bool {
    matches!(outcome, Err(SignInError::NotTrusted(_)))
}

pub fn unavailable<T>(outcome: &Result<T, SignInError>) -> bool {
    matches!(outcome, Err(SignInError::ProviderUnavailable(_)))
}
