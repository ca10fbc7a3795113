//! Addresses that people may not know of answer like those that do not exist.

use crate::support::steps::Asked;

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

#[tokio::test]
async fn a_request_of_others_an_unknown_one_and_nonsense_are_the_same_page() {
    let asked = Asked::start().await;
    let katherine = asked.portal.sign_in("Katherine Johnson").await;
    let unknown = katherine.opens(NOBODY).await;

    for id in [asked.request.as_str(), "nonsense", "1", "%00", "a%2fb"] {
        let page = katherine.opens(id).await;

        page.answers(404);
        assert_eq!(page.bytes(), unknown.bytes(), "{id}");
    }
}

#[tokio::test]
async fn the_buttons_of_a_request_are_closed_in_the_same_way() {
    let asked = Asked::start().await;
    let katherine = asked.portal.sign_in("Katherine Johnson").await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let headers = [form, ("origin", asked.portal.address.as_str())];

    for verb in ["approve", "deny", "finish"] {
        let post = |id: &str| {
            let path = format!("/approvals/{id}/{verb}");
            let katherine = &katherine;
            async move { katherine.post_raw(&path, &headers, "message=x&version=1").await }
        };
        let (others, unknown, nonsense) = (post(&asked.request).await, post(NOBODY).await, post("nonsense").await);

        assert_eq!([others.status.as_u16(), unknown.status.as_u16(), nonsense.status.as_u16()], [404; 3], "{verb}");
        assert_eq!((others.bytes(), nonsense.bytes()), (unknown.bytes(), unknown.bytes()), "{verb}");
    }
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
}

#[tokio::test]
async fn the_headers_tell_no_more_than_the_page() {
    let asked = Asked::start().await;
    let katherine = asked.portal.sign_in("Katherine Johnson").await;

    let (others, unknown) = (katherine.opens(&asked.request).await, katherine.opens(NOBODY).await);

    let names = |headers: &reqwest::header::HeaderMap| {
        let mut all: Vec<String> = headers.keys().map(ToString::to_string).collect();
        all.sort();
        all
    };
    assert_eq!(names(&others.headers), names(&unknown.headers));
}

#[tokio::test]
async fn an_owner_sees_requests_of_their_own_groups_only() {
    let asked = Asked::start().await;
    let katherine = asked.portal.sign_in("Katherine Johnson").await;

    let inbox = katherine.visit("/approvals").await;

    inbox.hides("Alan Turing");
    inbox.shows("Nobody waits for your answer.");
}

#[tokio::test]
async fn somebody_who_owns_nothing_is_told_so() {
    let asked = Asked::start().await;

    let inbox = asked.alan.visit("/approvals").await;

    inbox.shows("You do not own a group that takes part in self-service.");
}
