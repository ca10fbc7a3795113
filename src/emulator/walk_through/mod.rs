//! Walks through the emulator over HTTP, as a client would.

use reqwest::{Client, Response, redirect::Policy};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;
use uuid::Uuid;

use crate::keys::{decode, sha256};
use crate::{Company, Emulator, Options};

mod ask;
mod audits;
mod batch;
mod challenges;
mod changing;
mod consent;
mod creating;
mod delta;
mod faults;
mod graph;
mod identity;
mod lag;
mod lists;
mod reading;
mod record;
mod sign_in;
mod sign_ins;
mod strict;
mod tenant;
mod throttling;
mod token_errors;

const BACK: &str = "http://localhost:8080/sign-in/return";
const CLIENT: Uuid = Uuid::from_u128(0xc11e_4700_0000_4000_8000_0000_0000_0001);

pub(crate) struct Walk {
    pub(crate) emulator: Emulator,
    pub(crate) http: Client,
}

impl Walk {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    async fn start_with(change: impl FnOnce(&mut Options)) -> Self {
        Self::start_at(Company::contoso(), change).await
    }

    async fn start_in(company: Company) -> Self {
        Self::start_at(company, |_| {}).await
    }

    async fn start_at(company: Company, change: impl FnOnce(&mut Options)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let mut options = Options::new(CLIENT, "a secret", &[BACK]);
        options.client.app_permissions = vec!["GroupMember.Read.All".to_owned()];
        change(&mut options);
        let emulator = Emulator::start(listener, company, options).await.expect("it starts");
        let http = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { emulator, http }
    }

    fn token_endpoint(&self) -> String {
        let tenant = Options::new(CLIENT, "", &[]).tenant_id;
        format!("{}/{tenant}/oauth2/v2.0/token", self.emulator.url())
    }

    fn authorize(&self, more: &str) -> String {
        let tenant = Options::new(CLIENT, "", &[]).tenant_id;
        let challenge = sha256("a verifier of enough characters to be believed");
        format!(
            "{}/{tenant}/oauth2/v2.0/authorize?client_id={CLIENT}&redirect_uri={BACK}&response_type=code&state=s1&nonce=n1\
             &scope=openid%20profile%20User.Read%20GroupMember.ReadWrite.All&code_challenge={challenge}&code_challenge_method=S256{more}",
            self.emulator.url()
        )
    }

    async fn sign_in(&self, name: &str) -> (Url, String) {
        self.sign_in_with(name, "").await
    }

    /// Signs somebody in with more parameters at the authorize page.
    async fn sign_in_with(&self, name: &str, more: &str) -> (Url, String) {
        let person = self.emulator.person_named(name).to_string();
        let request = self.http.post(self.authorize(more)).form(&[("person", person)]);
        let reply = request.send().await.expect("an answer");
        let cookie = header(&reply, "set-cookie").split(';').next().unwrap_or_default().to_owned();
        (Url::parse(&header(&reply, "location")).expect("an address"), cookie)
    }

    async fn redeem(&self, code: &str) -> (u16, Value) {
        self.redeem_with(code, &[]).await
    }

    /// Redeems a code with more fields in the form.
    async fn redeem_with(&self, code: &str, more: &[(&str, &str)]) -> (u16, Value) {
        let endpoint = self.token_endpoint();
        let client = CLIENT.to_string();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("client_id", client.as_str()),
            ("client_secret", "a secret"),
            ("code_verifier", "a verifier of enough characters to be believed"),
        ];
        let form: Vec<_> = form.iter().chain(more).collect();
        read(self.http.post(endpoint).form(&form).send().await.expect("an answer")).await
    }

    pub(crate) async fn get(&self, person: &str, path: &str) -> (u16, Value) {
        let token = self.emulator.token(self.emulator.person_named(person));
        let address = format!("{}{path}", self.emulator.graph_url());
        let mut request = self.http.get(address).bearer_auth(token);
        if path.contains("$count") || path.contains("$search") {
            request = request.header("ConsistencyLevel", "eventual");
        }
        read(request.send().await.expect("an answer")).await
    }

    async fn add(&self, actor: &str, group: &str, member: Uuid) -> Result<(u16, Value), reqwest::Error> {
        let token = self.emulator.token(self.emulator.person_named(actor));
        let graph = self.emulator.graph_url();
        let address = format!("{graph}/groups/{}/members/$ref", self.emulator.group_named(group));
        let body = json!({ "@odata.id": format!("{graph}/directoryObjects/{member}") });
        let request = self.http.post(address).bearer_auth(token).json(&body);
        Ok(read(request.send().await?).await)
    }
}

fn header(reply: &Response, name: &str) -> String {
    let value = reply.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

async fn read(reply: Response) -> (u16, Value) {
    let status = reply.status().as_u16();
    let text = reply.text().await.unwrap_or_default();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn field(address: &Url, name: &str) -> String {
    let mut pairs = address.query_pairs();
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn claims(token: &str) -> Value {
    let middle = token.split('.').nth(1).and_then(decode).unwrap_or_default();
    serde_json::from_slice(&middle).unwrap_or_default()
}
