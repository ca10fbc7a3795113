//! What the client does when the directory is slow, throttles, answers nonsense or not at all.

use std::time::{Duration, Instant};

use roster::{
    domain::{
        directory::Person,
        ids::{GroupId, OperationId, PersonId},
        operation::Answer,
    },
    graph::{AccessToken, Error, Limits},
};
use roster_emulator::{Action, Company, Fault};

use super::{Tenant, short, token};

/// Grace Hopper, who owns the Compiler Team, and Alan Turing, who wants to join it.
struct Scene {
    tenant: Tenant,
    token: AccessToken,
    group: GroupId,
    alan: PersonId,
}

impl Scene {
    async fn with(limits: Limits) -> Self {
        let tenant = Tenant::with(Company::contoso(), limits).await;
        let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));
        Self { token, group, alan: tenant.person("Alan Turing"), tenant }
    }

    async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    /// Makes calls go wrong whose path contains the text.
    fn fault(&self, method: &str, path: &str, times: usize, action: Action) {
        self.tenant.emulator.fault(Fault::on(method, path).times(times).answer(action));
    }

    async fn me(&self) -> Result<Person, Error> {
        self.tenant.graph.person(&self.token).me().await
    }

    async fn add(&self) -> Result<(), Error> {
        self.tenant.graph.person(&self.token).add_member(self.group, self.alan, OperationId::new()).await
    }

    async fn remove(&self) -> Result<(), Error> {
        self.tenant.graph.person(&self.token).remove_member(self.group, self.alan, OperationId::new()).await
    }

    fn has_alan(&self) -> bool {
        self.tenant.has_member(self.group, self.alan)
    }

    fn calls(&self) -> usize {
        self.tenant.emulator.calls().len()
    }
}

#[tokio::test]
async fn a_throttled_call_waits_as_asked_and_succeeds() {
    let scene = Scene::start().await;
    scene.fault("GET", "/me", 1, Action::Status(429, Some("0.528")));
    let started = Instant::now();

    let me = scene.me().await;

    assert!(me.is_ok(), "{me:?}");
    assert!(started.elapsed() >= Duration::from_millis(528));
    assert_eq!(scene.calls(), 2);
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let scene = Scene::start().await;
    scene.fault("POST", "$ref", 1, Action::Status(429, Some("3600")));
    let started = Instant::now();

    let error = scene.add().await.unwrap_err();

    assert!(started.elapsed() < Duration::from_secs(2));
    assert_eq!(error, Error::Throttled { retry_after: Some(Duration::from_hours(1)) });
    assert_eq!((scene.calls(), error.answer_to_add()), (1, Answer::Unclear));
}

#[tokio::test]
async fn what_passes_by_itself_is_tried_again_under_the_same_id() {
    for status in [500, 502, 503, 504] {
        let scene = Scene::start().await;
        scene.fault("POST", "$ref", 2, Action::Status(status, None));

        scene.add().await.unwrap();

        let ids: Vec<_> = scene.tenant.emulator.calls().into_iter().map(|call| call.client_request_id).collect();
        assert!(scene.has_alan());
        assert_eq!(ids.len(), 3, "{status}");
        assert!(ids.iter().all(|id| id.is_some() && *id == ids[0]), "{status}");
    }
}

#[tokio::test]
async fn three_tries_are_enough() {
    let scene = Scene::start().await;
    scene.fault("GET", "/me", 9, Action::Status(503, None));

    assert_eq!(scene.me().await, Err(Error::Unavailable));
    assert_eq!(scene.calls(), 3);
}

#[tokio::test]
async fn an_add_whose_answer_was_lost_ends_as_done() {
    for action in [Action::StatusAfterApplying(504), Action::DropAfterApplying] {
        let scene = Scene::start().await;
        scene.fault("POST", "$ref", 1, action.clone());

        let error = scene.add().await.unwrap_err();

        assert!(scene.has_alan(), "{action:?}");
        assert_eq!((error.clone(), error.answer_to_add()), (Error::AlreadyThere, Answer::Done), "{action:?}");
    }
}

#[tokio::test]
async fn a_connection_that_drops_is_tried_again() {
    let scene = Scene::start().await;
    scene.fault("POST", "$ref", 1, Action::DropBefore);

    scene.add().await.unwrap();

    assert!(scene.has_alan());
}

#[tokio::test]
async fn a_stall_ends_at_the_deadline() {
    let scene = Scene::with(short()).await;
    scene.fault("GET", "/me", 9, Action::Stall(Duration::from_secs(5)));
    let started = Instant::now();

    let me = scene.me().await;

    assert_eq!(me, Err(Error::Unavailable));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_stalled_try_gives_way_to_the_next() {
    let scene = Scene::with(Limits { call: Duration::from_secs(4), ..short() }).await;
    scene.fault("POST", "$ref", 1, Action::StallAfterApplying(Duration::from_secs(5)));

    let error = scene.add().await.unwrap_err();

    assert_eq!(error, Error::AlreadyThere);
}

#[tokio::test]
async fn half_an_answer_and_a_web_page_are_garbled() {
    for action in [Action::TruncatedJson, Action::HtmlPage] {
        let scene = Scene::start().await;
        scene.fault("GET", "/me", 1, action.clone());

        assert_eq!(scene.me().await, Err(Error::Garbled), "{action:?}");
        assert_eq!(scene.calls(), 1, "{action:?}");
    }
}

#[tokio::test]
async fn a_web_page_does_not_confirm_a_write() {
    let scene = Scene::start().await;
    scene.fault("*", "$ref", 2, Action::HtmlPage);

    let (add, remove) = (scene.add().await.unwrap_err(), scene.remove().await.unwrap_err());

    assert_eq!((&add, &remove), (&Error::Garbled, &Error::Garbled));
    assert_eq!((add.answer_to_add(), remove.answer_to_remove()), (Answer::Unclear, Answer::Unclear));
    assert!(!scene.has_alan());
}

#[tokio::test]
async fn a_token_that_ended_asks_for_a_new_sign_in() {
    let scene = Scene::start().await;
    scene.fault("GET", "/me", 1, Action::ExpiredToken);
    let forged = token("no such token");
    let unprintable = token("line\nbreak");

    for error in [
        scene.me().await.unwrap_err(),
        scene.tenant.graph.person(&forged).me().await.unwrap_err(),
        scene.tenant.graph.person(&unprintable).me().await.unwrap_err(),
    ] {
        assert_eq!(error, Error::SignInAgain { claims: None });
    }
    assert_eq!(scene.calls(), 2);
}

#[tokio::test]
async fn a_challenge_brings_the_claims_to_sign_in_with() {
    let scene = Scene::start().await;
    scene.fault("POST", "$ref", 1, Action::ClaimsChallenge);

    let error = scene.add().await.unwrap_err();

    let Error::SignInAgain { claims: Some(claims) } = &error else { panic!("{error:?}") };
    let json: serde_json::Value = serde_json::from_str(claims).unwrap();
    assert!(json.get("access_token").is_some(), "{claims}");
    assert_eq!((scene.calls(), error.answer_to_add()), (1, Answer::Unclear));
}

#[tokio::test]
async fn a_permission_that_is_not_granted_is_not_allowed() {
    let scene = Scene::start().await;
    scene.fault("POST", "$ref", 1, Action::ConsentMissing);
    let narrow = token(&scene.tenant.emulator.token_with_scopes(
        scene.tenant.emulator.person_named("Grace Hopper"),
        &["User.Read", "User.ReadBasic.All", "GroupMember.Read.All"],
    ));

    let withdrawn = scene.add().await;
    let never_granted =
        scene.tenant.graph.person(&narrow).add_member(scene.group, scene.alan, OperationId::new()).await;

    assert_eq!((withdrawn, never_granted), (Err(Error::NotAllowed), Err(Error::NotAllowed)));
}

#[tokio::test]
async fn a_directory_that_is_away_is_unavailable() {
    let scene = Scene::start().await;
    scene.tenant.emulator.set_down(true);
    let dropped = scene.me().await;
    scene.tenant.emulator.set_down(false);
    let back = scene.me().await;
    scene.tenant.emulator.stop().await;
    let refused = scene.me().await;

    assert_eq!((dropped, refused), (Err(Error::Unavailable), Err(Error::Unavailable)));
    assert!(back.is_ok());
}

#[tokio::test]
async fn the_reads_before_a_decision_do_without_the_index() {
    let scene = Scene::start().await;
    scene.fault("GET", "$filter", 9, Action::Status(503, None));

    let live = scene.tenant.graph.person(&scene.token).live(scene.group, scene.alan).await.unwrap();

    assert!(live.group.is_some());
    assert_eq!(live.is_member, None);
}

#[tokio::test]
async fn the_cost_of_calls_is_counted() {
    let scene = Scene::start().await;

    scene.me().await.unwrap();
    scene.add().await.unwrap();

    let told: u32 = scene.tenant.emulator.calls().iter().map(|call| call.resource_units).sum();
    assert!(told > 0);
    assert_eq!(scene.tenant.graph.resource_units(), u64::from(told));
}

#[tokio::test]
async fn a_refusal_after_a_lost_try_settles_nothing() {
    let scene = Scene::start().await;
    scene.fault("POST", "/members/$ref", 1, Action::DropAfterApplying);
    scene.fault("POST", "/members/$ref", 1, Action::ConsentMissing);

    let refused = scene.add().await.unwrap_err();

    assert_eq!(refused.answer_to_add(), Answer::Unclear, "the first try has landed: {refused:?}");
    assert!(scene.tenant.emulator.is_member(scene.group.0, scene.alan.0));
}

#[tokio::test]
async fn a_refusal_after_a_try_that_certainly_did_nothing_is_definite() {
    let scene = Scene::start().await;
    scene.fault("POST", "/members/$ref", 1, Action::Status(429, Some("0.01")));
    scene.fault("POST", "/members/$ref", 1, Action::ConsentMissing);

    assert_eq!(scene.add().await, Err(Error::NotAllowed));
}
