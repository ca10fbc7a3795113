//! What must never leave: the client's secret, the session key, people's tokens.

use roster::graph::AccessToken;
use tower_sessions::SessionStore as _;

use crate::support::{
    page::Page,
    person::Person,
    portal::{Portal, SECRET, SESSION_KEY},
    steps::Asked,
};

/// Returns the token in somebody's session, opened with their cookie.
async fn token_of(portal: &Portal, person: &Person) -> String {
    let cookie = person.jar.get("roster").unwrap().parse().unwrap();
    let record = portal.app.sessions().load(&cookie).await.unwrap().unwrap();
    record.data["signed"]["token"].as_str().unwrap().to_owned()
}

/// Returns what nobody may read anywhere, for a portal where Alan and Grace are signed in.
async fn canaries(asked: &Asked) -> Vec<String> {
    let tokens = [token_of(&asked.portal, &asked.alan).await, token_of(&asked.portal, &asked.grace).await];
    assert!(tokens.iter().all(|token| token.len() > 40), "{tokens:?}");
    let mut all = vec![SECRET.to_owned(), SESSION_KEY.to_owned(), "canary-of-the-session-key".to_owned()];
    all.extend(tokens);
    all
}

#[tokio::test]
async fn no_answer_holds_a_secret() {
    let asked = Asked::start().await;
    let canaries = canaries(&asked).await;
    let (group, id) = (asked.portal.group("Compiler Team"), &asked.request);
    let paths =
        ["/", "/groups", &group, "/requests", "/approvals", &format!("/approvals/{id}"), "/memberships", "/nowhere"];

    let mut pages: Vec<Page> = Vec::new();
    for path in paths {
        pages.push(asked.grace.visit(path).await);
        pages.push(asked.alan.visit(path).await);
    }
    pages.push(asked.grace.approves(id).await);
    pages.push(asked.portal.visitor().look("/sign-in").await);
    pages.push(asked.portal.visitor().visit("/sign-in/callback?code=x&state=y").await);

    for page in pages {
        let whole = format!("{:?}{}", page.headers, page.body);
        assert!(!canaries.iter().any(|canary| whole.contains(canary)), "{}", page.url);
    }
}

#[tokio::test]
async fn the_database_holds_no_secret_and_no_cookie() {
    let asked = Asked::start().await;
    let mut canaries = canaries(&asked).await;
    for person in [&asked.alan, &asked.grace] {
        canaries.push(person.jar.get("roster").unwrap());
        canaries.push(person.jar.get("roster-browser").unwrap());
    }
    asked.grace.approves(&asked.request).await.answers(200);

    let file = asked.portal.database.url.trim_start_matches("sqlite://").to_owned();
    let mut bytes = Vec::new();
    for ending in ["", "-wal"] {
        bytes.extend(std::fs::read(format!("{file}{ending}")).unwrap());
    }

    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("I fix the register allocator."), "the file was read");
    for canary in canaries {
        assert!(!text.contains(&canary), "{canary}");
    }
}

#[tokio::test]
async fn secrets_do_not_print() {
    let asked = Asked::start().await;
    let token = token_of(&asked.portal, &asked.alan).await;
    let held = AccessToken { secret: token.clone().into(), expires_at: asked.portal.clock.now(), scopes: Vec::new() };

    let printed = format!("{:?} {held:?} {:?}", asked.portal.app.settings, asked.portal.app.provider);

    assert!(!printed.contains(&token) && !printed.contains(SECRET) && !printed.contains(SESSION_KEY), "{printed}");
}

#[tokio::test]
async fn a_token_goes_to_the_directory_and_nowhere_else() {
    let asked = Asked::start().await;

    asked.grace.approves(&asked.request).await.answers(200);

    assert!(asked.portal.emulator.violations().is_empty(), "{:?}", asked.portal.emulator.violations());
    let calls = asked.portal.emulator.calls();
    assert!(calls.iter().all(|call| call.status != 401), "{calls:#?}");
    // Graph's own marks of a page or of a moment are no secrets of ours.
    let bare = |path: &str| path.replace("$deltatoken=", "").replace("$skiptoken=", "");
    assert!(calls.iter().all(|call| !bare(&call.path).contains("token") && !call.app), "{calls:#?}");
}
