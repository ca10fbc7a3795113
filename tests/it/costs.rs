//! What a page costs: calls of Graph and resource units, at the first visit of a minute and at the next; and what a
//! browser has to fetch for the first page.

use jiff::SignedDuration;

use crate::support::{person::Person, portal::Portal, steps::Asked};

/// What a visit costs at Graph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Cost {
    /// Calls that go to Graph; a batch is one.
    calls: usize,
    /// What is asked inside of batches.
    parts: usize,
    /// Resource units, of parts too.
    units: u32,
}

const NOTHING: Cost = Cost { calls: 0, parts: 0, units: 0 };

/// What a person belongs to, directly and through other groups, and what they own.
const ONE_BATCH: Cost = Cost { calls: 1, parts: 3, units: 3 };

/// Returns what Graph was asked since the calls were forgotten.
fn asked_of_graph(portal: &Portal) -> Cost {
    let calls = portal.emulator.calls();
    let in_batches = |call: &roster_emulator::Call| {
        let body: serde_json::Value = serde_json::from_str(call.body.as_deref()?).ok()?;
        Some(body["requests"].as_array()?.len())
    };
    let parts = calls.iter().filter(|call| call.path == "/$batch").filter_map(in_batches).sum();
    Cost { calls: calls.len() - parts, parts, units: calls.iter().map(|call| call.resource_units).sum() }
}

/// Returns what a visit costs.
async fn cost(portal: &Portal, person: &Person, path: &str) -> Cost {
    portal.emulator.forget_calls();
    person.visit(path).await.answers(200);
    asked_of_graph(portal)
}

/// Visits a page in a minute of its own, twice.
async fn costs(portal: &Portal, person: &Person, path: &str) -> [Cost; 2] {
    portal.advance(SignedDuration::from_secs(61));
    [cost(portal, person, path).await, cost(portal, person, path).await]
}

#[tokio::test]
async fn pages_cost_what_they_may_and_nothing_when_visited_again() {
    let asked = Asked::start().await;
    let (portal, alan, grace) = (&asked.portal, &asked.alan, &asked.grace);
    let group = portal.group("Compiler Team");
    let (mine, theirs) = (format!("/requests/{}", asked.request), format!("/approvals/{}", asked.request));

    for path in ["/", "/help", "/groups", "/groups?q=comp", "/requests", &mine] {
        assert_eq!(costs(portal, alan, path).await, [NOTHING; 2], "{path}");
    }
    for path in ["/groups?show=mine", &group, "/memberships"] {
        assert_eq!(costs(portal, alan, path).await, [ONE_BATCH, NOTHING], "{path}");
    }
    let history = format!("/owned{}/history", group.trim_start_matches("/groups"));
    for path in ["/approvals", &history] {
        assert_eq!(costs(portal, grace, path).await, [ONE_BATCH, NOTHING], "{path}");
    }
    let terms = format!("/owned{}/terms", group.trim_start_matches("/groups"));
    assert_eq!(costs(portal, grace, &terms).await, [ONE_BATCH, NOTHING], "{terms}");
    // The group, its owners, the person, and whether they are a member: read live at each visit.
    assert_eq!(costs(portal, grace, &theirs).await, [Cost { calls: 4, parts: 0, units: 5 }; 2]);
}

#[tokio::test]
async fn signing_in_reads_what_the_pages_to_come_need() {
    let portal = Portal::start().await;
    portal.emulator.forget_calls();

    let alan = portal.sign_in("Alan Turing").await;
    let sign_in = asked_of_graph(&portal);

    assert_eq!(sign_in, ONE_BATCH);
    for path in ["/groups?show=mine", "/approvals"] {
        assert_eq!(cost(&portal, &alan, path).await, NOTHING, "{path}");
    }
}

#[tokio::test]
async fn an_approval_costs_four_reads_and_one_write() {
    let asked = Asked::start().await;
    let page = asked.grace.opens(&asked.request).await;
    asked.portal.emulator.forget_calls();

    asked.grace.submit(&page, "Approve request", &[]).await.answers(200);

    let calls = asked.portal.emulator.calls();
    let writes = calls.iter().filter(|call| call.method == "POST").count();
    assert_eq!((calls.len(), writes), (4 + 1, 1));
}

/// Returns how many statements a visit runs. Work that is due may run a few of its own meanwhile, so the cheapest of
/// several visits counts.
async fn statements(portal: &Portal, person: &Person, path: &str) -> u64 {
    let mut least = u64::MAX;
    for _ in 0..4 {
        let before = portal.app.store.statements();
        person.visit(path).await.answers(200);
        least = least.min(portal.app.store.statements() - before);
    }
    least
}

#[tokio::test]
async fn a_page_asks_the_database_for_the_session_the_counts_and_what_it_is_about() {
    let asked = Asked::start().await;
    let (portal, alan, grace) = (&asked.portal, &asked.alan, &asked.grace);
    let group = portal.group("Compiler Team");
    let other = portal.group("Data Platform");
    let (mine, theirs) = (format!("/requests/{}", asked.request), format!("/approvals/{}", asked.request));

    // The session, and one statement for everything that is counted. The session names its person in what only their
    // cookie opens, so the two cannot be one.
    for path in ["/help", "/groups", "/groups?q=comp", "/groups?show=mine"] {
        assert_eq!(statements(portal, alan, path).await, 2, "{path}");
    }
    // What the page is about: facts for asking, and the request there is; unfinished work and ends; one's own requests.
    for (path, asks) in [(other.as_str(), 3), (&group, 4), ("/memberships", 4), ("/requests", 3), (&mine, 3)] {
        assert_eq!(statements(portal, alan, path).await, asks, "{path}");
    }
    // What is open, what is unfinished and who wishes to leave, whatever the number of groups.
    assert_eq!(statements(portal, grace, "/approvals").await, 2 + 3);
    // The same, one's own requests, and who made them an owner of late.
    assert_eq!(statements(portal, grace, "/").await, 2 + 6);
    // The request, the copy's owners, the terms, and what was asked before.
    assert_eq!(statements(portal, grace, &theirs).await, 2 + 4);
    // What happened, with what people are called and what they wrote; and, for a name, everybody there is.
    let history = format!("/owned{}/history", group.trim_start_matches("/groups"));
    assert_eq!(statements(portal, grace, &history).await, 2 + 2);
    assert_eq!(statements(portal, grace, &format!("{history}?q=alan")).await, 2 + 2 + 2);
    // The terms are in the catalogue.
    let terms = format!("/owned{}/terms", group.trim_start_matches("/groups"));
    assert_eq!(statements(portal, grace, &terms).await, 2);
    // The reviews of the group.
    assert_eq!(statements(portal, grace, &terms.replace("/terms", "/review")).await, 2 + 1);
    // How the copy and the asking of the audit log stand, in one; the sizes, and the links. And what happened to a group,
    // with what was learnt of it.
    let ada = portal.sign_in("Ada Lovelace").await;
    // The commissions of one kind.
    assert_eq!(statements(portal, &ada, "/admin/commissions").await, 2 + 1);
    // The versions of the rule.
    assert_eq!(statements(portal, &ada, "/admin/new-groups").await, 2 + 1);
    // What holds for whoever creates a group.
    assert_eq!(statements(portal, grace, "/owned/new").await, 2 + 1);
    // The versions of the text, and who has accepted which.
    assert_eq!(statements(portal, &ada, "/admin/responsibilities").await, 2 + 2);
    assert_eq!(statements(portal, &ada, "/admin/directory").await, 2 + 3);
    assert_eq!(statements(portal, &ada, &format!("/admin{group}")).await, 2 + 1);
    // The same, and whether this view is noted already.
    assert_eq!(statements(portal, &ada, &history).await, 2 + 3);
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

#[tokio::test]
async fn a_workspace_costs_no_more_for_many_groups_and_members_than_for_one() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let team = |page: &str| format!("/owned/{}{page}", portal.emulator.group_named("Compiler Team"));
    let (show, members, owners, many) = (team(""), team("/members"), team("/owners"), team("/import"));
    let delete = team("/delete");

    let deleted = "/owned/deleted";
    assert_eq!(costs(portal, grace, "/owned/new").await, [NOTHING; 2]);
    assert_eq!(costs(portal, grace, deleted).await, [NOTHING; 2], "nothing of theirs is gone");
    for path in ["/owned", &show, &owners] {
        assert_eq!(costs(portal, grace, path).await, [ONE_BATCH, NOTHING], "{path}");
    }
    // A page of a hundred members, read live at each visit.
    let page = Cost { calls: 1, parts: 0, units: 2 };
    let both = Cost { calls: 2, parts: 3, units: 5 };
    assert_eq!(costs(portal, grace, &members).await, [both, page]);

    // The group with its licences, the number of members, and what they hold by it.
    let hangs = Cost { calls: 3, parts: 0, units: 5 };
    let all = Cost { calls: 4, parts: 3, units: 8 };
    assert_eq!(costs(portal, grace, &delete).await, [all, hangs]);

    // Beside the session and the counts: what waits in all groups; in this one; what is under way, how members came by
    // Roster, when they were seen otherwise, and lists of many; nothing for owners, who are in memory; earlier lists;
    // an earlier try to delete it, and what waits.
    for (path, asks) in [("/owned", 3), (show.as_str(), 3), (&members, 6), (&owners, 2), (&many, 3), (&delete, 4)] {
        assert_eq!(statements(portal, grace, path).await, asks, "{path}");
    }
    // And who has a place in an order that the directory does not have; nobody, so that it is not asked.
    let sorted = format!("{members}?sort=ends");
    assert_eq!(statements(portal, grace, &sorted).await, 7);
    assert_eq!(costs(portal, grace, &sorted).await, [ONE_BATCH, NOTHING]);
}

#[tokio::test]
async fn a_direct_change_costs_four_reads_and_one_write() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let team = portal.emulator.group_named("Compiler Team");
    let form = grace.visit(&format!("/owned/{team}/members/add?q=Alan")).await;
    let alan = portal.emulator.person_named("Alan Turing").to_string();
    portal.emulator.forget_calls();

    let location = grace.press(&form, "Add to group").await;
    let (reads, writes) = portal.calls();

    assert!(location.location().ends_with("/members"), "{alan}: {}", location.text());
    assert_eq!((reads, writes), (4, 1));
}
