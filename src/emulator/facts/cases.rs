//! Everything that goes wrong in a documented way, once each.

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::walk_through::Walk;
use crate::{Action, Fault};

/// What was answered when something went wrong.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) detail: Value,
    /// The names of the headers, in small letters.
    pub(super) headers: Vec<String>,
}

/// Makes everything go wrong and returns the answers.
pub(super) async fn produced() -> Vec<Case> {
    let mut stage = Stage { walk: Walk::start().await, cases: Vec::new() };
    stage.tokens().await;
    stage.links().await;
    stage.groups().await;
    stage.queries().await;
    stage.deltas().await;
    stage.others().await;
    stage.cases
}

struct Stage {
    walk: Walk,
    cases: Vec<Case>,
}

impl Stage {
    fn ask(&self, method: &str, person: &str, path: &str) -> RequestBuilder {
        let method: Method = method.parse().expect("a method");
        let address = format!("{}{path}", self.walk.emulator.graph_url());
        let token = self.walk.emulator.token(self.walk.emulator.person_named(person));
        self.walk.http.request(method, address).bearer_auth(token)
    }

    async fn note(&mut self, name: &'static str, request: RequestBuilder) {
        let reply = request.send().await.expect("an answer");
        let status = reply.status().as_u16();
        let headers = reply.headers().keys().map(|name| name.as_str().to_lowercase()).collect();
        let answer: Value = serde_json::from_str(&reply.text().await.unwrap_or_default()).unwrap_or_default();
        let error = if answer["responses"].is_array() { part(&answer) } else { &answer["error"] };
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        let status = if answer["responses"].is_array() { 424 } else { status };
        let case = Case {
            name,
            status,
            code: text("code"),
            message: text("message"),
            detail: error["details"][0].clone(),
            headers,
        };
        self.cases.push(case);
    }

    async fn get(&mut self, name: &'static str, path: &str) {
        let request = self.ask("GET", "Alan Turing", path);
        self.note(name, request).await;
    }

    /// Adds somebody to a group, or makes them an owner.
    async fn link(&mut self, name: &'static str, person: &str, group: &str, list: &str, id: Uuid) {
        let path = format!("/groups/{}/{list}/$ref", self.walk.emulator.group_named(group));
        let object = format!("{}/directoryObjects/{id}", self.walk.emulator.graph_url());
        let request = self.ask("POST", person, &path).json(&json!({ "@odata.id": object }));
        self.note(name, request).await;
    }

    async fn tokens(&mut self) {
        let me = format!("{}/me", self.walk.emulator.graph_url());
        let bare = self.walk.http.get(me);
        self.note("no token", bare).await;
        for (name, action) in [("expired", Action::ExpiredToken), ("challenge", Action::ClaimsChallenge)] {
            self.walk.emulator.fault(Fault::on("GET", "/me").answer(action));
            self.get(name, "/me").await;
        }
        self.walk.emulator.fault(Fault::on("GET", "/me").answer(Action::Status(429, Some("2.128"))));
        self.get("throttled", "/me").await;
    }

    async fn links(&mut self) {
        let emulator = self.walk.emulator.clone();
        let (alan, grace) = (emulator.person_named("Alan Turing"), emulator.person_named("Grace Hopper"));
        let compilers = emulator.group_named("Compiler Team");
        self.link("not an owner", "Alan Turing", "Compiler Team", "members", alan).await;
        self.link("a rule decides", "Ada Lovelace", "All Employees", "members", alan).await;
        self.link("already a member", "Grace Hopper", "Compiler Team", "members", grace).await;
        self.link("already an owner", "Grace Hopper", "Compiler Team", "owners", grace).await;
        self.link("unknown object", "Grace Hopper", "Compiler Team", "members", Uuid::nil()).await;
        self.link("mastered on-premises", "Grace Hopper", "Payroll", "members", alan).await;
        self.link("kept in Exchange", "Grace Hopper", "Announcements", "members", alan).await;
        let member = format!("/groups/{compilers}/members/{alan}/$ref");
        let request = self.ask("DELETE", "Grace Hopper", &member);
        self.note("not a member", request).await;
        emulator.set_behaviour(|behaviour| behaviour.absent_members_are_bad_requests = true);
        let request = self.ask("DELETE", "Grace Hopper", &member);
        self.note("just removed elsewhere", request).await;
        let radia = emulator.person_named("Radia Perlman");
        let path = format!("/groups/{}/owners/{radia}/$ref", emulator.group_named("Network Operations"));
        let request = self.ask("DELETE", "Radia Perlman", &path);
        self.note("the last owner", request).await;
        emulator
            .change_group(compilers, |group| group.owners.extend((0..97).map(|n| Uuid::from_u128(0xbeef_0000 + n))));
        self.link("a hundred owners", "Grace Hopper", "Compiler Team", "owners", alan).await;
    }

    async fn groups(&mut self) {
        let emulator = self.walk.emulator.clone();
        let body = |nickname: &str| {
            json!({
                "displayName": "Poets", "mailNickname": nickname, "mailEnabled": false, "securityEnabled": true,
            })
        };
        let request = self.ask("POST", "Alan Turing", "/groups").json(&body("compilerteam"));
        self.note("nickname taken", request).await;
        let token = emulator.token_with_scopes(emulator.person_named("Alan Turing"), &["Group.Read.All"]);
        let address = format!("{}/directoryObjects/validateProperties", emulator.graph_url());
        let names = json!({ "entityType": "Group", "displayName": "Poets", "mailNickname": "compilerteam" });
        let request = self.walk.http.post(address).bearer_auth(token).json(&names);
        self.note("nickname not valid", request).await;
        emulator.set_behaviour(|behaviour| behaviour.new_group_refuses_members_millis = 60_000);
        self.ask("POST", "Alan Turing", "/groups").json(&body("poets")).send().await.expect("an answer");
        self.link("a new group", "Alan Turing", "Poets", "members", emulator.person_named("Ken Thompson")).await;
        emulator.set_created_objects(emulator.person_named("Alan Turing"), 250);
        let request = self.ask("POST", "Alan Turing", "/groups").json(&body("bards"));
        self.note("250 objects", request).await;
    }

    async fn queries(&mut self) {
        let group = self.walk.emulator.group_named("Compiler Team");
        self.get("a count without the level", "/groups/$count").await;
        self.get("a search without the level", "/groups?$search=\"displayName:a\"").await;
        self.get("a negation without the level", "/groups?$filter=displayName ne 'a'").await;
        self.get("not indexed", "/groups?$filter=theme eq 'a'").await;
        let cast = format!("/groups/{group}/transitiveMembers/microsoft.graph.place");
        let request =
            self.ask("GET", "Alan Turing", &format!("{cast}?$count=true")).header("ConsistencyLevel", "eventual");
        self.note("an unknown kind", request).await;
        self.get("a count left out", "/groups?$count=true&$top=1").await;
        self.get("a page too large", "/groups?$top=1000").await;
        self.get("skipping", "/groups?$skip=10").await;
        self.get("no id", "/groups/nonsense").await;
        self.get("an old page", "/groups?$skiptoken=nonsense").await;
        self.get("kept elsewhere", "/groups?$select=id,unseenCount").await;
        let request = self.ask("PUT", "Alan Turing", &format!("/groups/{group}"));
        self.note("another method", request).await;
    }

    async fn deltas(&mut self) {
        let latest = "/groups/delta?$select=displayName&$deltatoken=latest";
        for (name, days) in [("an old delta link", 8), ("a delta link no more", 0)] {
            let (_, answer) = self.walk.get("Alan Turing", latest).await;
            let link = answer["@odata.deltaLink"].as_str().unwrap_or_default().to_owned();
            let path = link.strip_prefix(&self.walk.emulator.graph_url()).unwrap_or_default().to_owned();
            self.walk.emulator.advance_clock(days * 24 * 3600);
            if days == 0 {
                self.walk.emulator.reset_delta();
            }
            self.get(name, &path).await;
        }
    }

    async fn others(&mut self) {
        let emulator = self.walk.emulator.clone();
        let joan = emulator.person_named("Joan Clarke");
        self.get("no photo", &format!("/users/{joan}/photo/$value")).await;
        let address = format!("{}/users/{}/sendMail", emulator.graph_url(), emulator.person_named("Tim Berners"));
        let token = emulator.app_token(&["Mail.Send"]);
        let to = json!([{ "emailAddress": { "address": "ada.lovelace@contoso.example" } }]);
        let request =
            self.walk.http.post(address).bearer_auth(token).json(&json!({ "message": { "toRecipients": to } }));
        self.note("no mailbox", request).await;
        let requests = json!([
            { "id": "1", "method": "GET", "url": format!("/groups/{}", Uuid::nil()) },
            { "id": "2", "method": "GET", "url": "/me", "dependsOn": ["1"] },
        ]);
        let request = self.ask("POST", "Alan Turing", "/$batch").json(&json!({ "requests": requests }));
        self.note("a dependency failed", request.timeout(Duration::from_secs(5))).await;
    }
}

/// Returns the error of the part of a batch that was not tried.
fn part(answer: &Value) -> &Value {
    let parts = answer["responses"].as_array().map(Vec::as_slice).unwrap_or_default();
    let untried = parts.iter().find(|part| part["status"] == 424).expect("a part that was not tried");
    &untried["body"]["error"]
}
