//! What a page costs: calls of Graph and resource units, at the first visit of a minute and at the next; and what a
//! browser has to fetch for the first page.

use crate::support::{person::Person, portal::Portal, steps::Asked};

/// Returns how many calls a visit makes, and what they cost in resource units.
async fn cost(portal: &Portal, person: &Person, path: &str) -> (usize, u32) {
    portal.emulator.forget_calls();
    person.visit(path).await.answers(200);
    let calls = portal.emulator.calls();
    (calls.len(), calls.iter().map(|call| call.resource_units).sum())
}

/// Visits a page in a minute of its own, twice.
async fn costs(portal: &Portal, person: &Person, path: &str) -> [(usize, u32); 2] {
    let id = portal.emulator.person_named(if path.starts_with("/a") { "Grace Hopper" } else { "Alan Turing" });
    portal.app.forget(roster::domain::ids::PersonId(id)).await;
    [cost(portal, person, path).await, cost(portal, person, path).await]
}

#[tokio::test]
async fn pages_cost_what_they_may_and_nothing_when_visited_again() {
    let asked = Asked::start().await;
    let (portal, alan, grace) = (&asked.portal, &asked.alan, &asked.grace);
    let group = portal.group("Compiler Team");
    let (mine, theirs) = (format!("/requests/{}", asked.request), format!("/approvals/{}", asked.request));

    for path in ["/", "/help", "/requests", &mine] {
        assert_eq!(costs(portal, alan, path).await, [(0, 0), (0, 0)], "{path}");
    }
    // What a person belongs to, directly and through other groups: a batch and its two parts.
    for path in ["/groups", "/groups?q=comp", &group, "/memberships"] {
        assert_eq!(costs(portal, alan, path).await, [(3, 2), (0, 0)], "{path}");
    }
    // What a person owns.
    assert_eq!(costs(portal, grace, "/approvals").await, [(1, 1), (0, 0)]);
    // The group, its owners, the person, and whether they are a member: read live at each visit.
    assert_eq!(costs(portal, grace, &theirs).await, [(4, 5), (4, 5)]);
}

#[tokio::test]
async fn signing_in_asks_graph_for_nothing() {
    let portal = Portal::start().await;
    portal.emulator.forget_calls();

    portal.sign_in("Alan Turing").await;

    assert_eq!(portal.emulator.calls().len(), 0);
}

#[tokio::test]
async fn an_approval_costs_four_reads_and_one_write() {
    let asked = Asked::start().await;
    let page = asked.grace.opens(&asked.request).await;
    asked.portal.emulator.forget_calls();

    asked.grace.submit(&page, "Approve request", &[]).await.answers(200);

    let calls = asked.portal.emulator.calls();
    let writes = calls.iter().filter(|call| call.method == "POST").count();
    // The inbox that comes after it asks once what the owner owns.
    assert_eq!((calls.len(), writes), (4 + 1 + 1, 1));
}

#[tokio::test]
async fn the_first_page_is_five_small_files() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let page = alan.visit("/").await;
    let assets: Vec<String> = page
        .body
        .split(['"', '#'])
        .filter(|part| part.starts_with("/static/"))
        .map(str::to_owned)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();

    let mut sizes = Vec::new();
    for path in std::iter::once("/".to_owned()).chain(assets) {
        let answer = alan.raw(reqwest::Method::GET, &path, &[("accept-encoding", "br")], None).await;
        answer.answers(200);
        sizes.push((path, answer.length));
    }

    let total: usize = sizes.iter().map(|(_, size)| size).sum();
    eprintln!("{total} bytes: {sizes:?}");
    assert_eq!(sizes.len(), 5, "{sizes:?}");
    assert!(total < 20_000, "{total} bytes: {sizes:?}");
}
