//! Members and history as files: whole or not at all, and harmless in a spreadsheet.

use roster_emulator::{Action, Company, Fault};

use crate::{
    owned::{adds, grace, names, owned},
    support::{
        emulator,
        page::Page,
        portal::{Portal, Setup},
        steps::Asked,
    },
};

const TEAM: &str = "Compiler Team";
const MEMBERS: &str = "/members.csv";
const HISTORY: &str = "/history.csv";

async fn exports(portal: &Portal) -> i64 {
    portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE '%.exported'").await
}

/// Returns the rows of a file, read as RFC 4180 has them, without the heads.
#[track_caller]
fn rows(file: &Page) -> Vec<Vec<String>> {
    file.answers(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8; header=present");
    let text = file.body.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A portal whose Compiler Team has a number of members more.
async fn crowded(more: usize) -> Portal {
    let mut company = Company::contoso();
    let known: Vec<_> = company.people.iter().map(|person| person.id).collect();
    let mut people = Company::generated(7, more + known.len(), 1, 1).people;
    people.retain(|person| !known.contains(&person.id));
    people.truncate(more);
    let team = company.groups.iter_mut().find(|group| group.display_name == TEAM).unwrap();
    team.members.extend(people.iter().map(|person| person.id));
    company.people.extend(people);
    Setup { company, ..Setup::default() }.start().await
}

#[tokio::test]
async fn an_owner_takes_the_members_away_with_how_they_came() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let form = grace.opens(&asked.request).await;
    grace.submit(&form, "Approve request", &[]).await.answers(200);
    // Until a directory that lags in this run shows him, Roster knows his name alone.
    portal.advance(jiff::SignedDuration::try_from(emulator::read_lag()).unwrap());
    let page = grace.visit(&owned(portal, TEAM, "/members")).await;

    let file = grace.follow(&page, "Save as file").await;

    let rows = rows(&file);
    let shown = names(&page);
    assert_eq!(
        rows.iter().map(|row| row[0].clone()).collect::<std::collections::BTreeSet<_>>(),
        shown.into_iter().collect()
    );
    let alan = rows.iter().find(|row| row[0] == "Alan Turing").unwrap();
    assert!(alan[1].contains('@') && alan[2].contains('@'), "{alan:?}");
    assert_eq!((alan[3].as_str(), alan[6].as_str()), ("No", "Grace Hopper"));
    assert_eq!(alan[7], "I fix the register allocator.");
    assert!(alan[5].starts_with("20"), "{alan:?}");
    let name = file.header("content-disposition");
    assert!(name.starts_with("attachment; filename=\"members-compiler-team-20") && name.ends_with(".csv\""), "{name}");
    assert_eq!(exports(portal).await, 1);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn no_cell_of_a_file_is_a_formula() {
    let (portal, grace) = grace().await;
    let alan = portal.emulator.person_named("Alan Turing");
    portal.emulator.change_person(alan, |person| person.display_name = "=HYPERLINK(\"http://x\")".to_owned());
    portal.emulator.add_member(portal.emulator.group_named(TEAM), alan);
    adds(&portal, &grace, TEAM, "Radia Perlman", "@SUM(1+1)\"\r\n=2").await.answers(200);

    let members = rows(&grace.visit(&owned(&portal, TEAM, MEMBERS)).await);
    let history = rows(&grace.visit(&owned(&portal, TEAM, HISTORY)).await);

    let cells: Vec<&String> = members.iter().chain(&history).flatten().collect();
    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])), "{cells:#?}");
    assert!(cells.iter().any(|cell| *cell == "'=HYPERLINK(\"http://x\")"), "{cells:#?}");
    assert_eq!(cells.iter().filter(|cell| cell.starts_with("'@SUM(1+1)\"")).count(), 2, "{cells:#?}");
}

#[tokio::test]
async fn a_long_list_is_whole_and_costs_a_call_for_every_999_people() {
    let portal = crowded(10_000).await;
    let grace = portal.sign_in("Grace Hopper").await;
    grace.visit(&owned(&portal, TEAM, "/members")).await.answers(200);
    portal.emulator.forget_calls();
    let begun = std::time::Instant::now();

    let people = rows(&grace.visit(&owned(&portal, TEAM, "/members.csv")).await);

    let calls = portal.emulator.calls();
    let units: u32 = calls.iter().map(|call| call.resource_units).sum();
    let elapsed = begun.elapsed();
    // Work that is due may run statements of its own meanwhile, so the cheaper of some visits counts.
    let mut statements = u64::MAX;
    for _ in 0..3 {
        emulator::rest(&portal.emulator);
        let before = portal.app.store.statements();
        grace.visit(&owned(&portal, TEAM, "/members.csv")).await.answers(200);
        statements = statements.min(portal.app.store.statements() - before);
    }
    eprintln!("{} people: {} calls, {units} units, {statements} statements, {:?}", people.len(), calls.len(), elapsed);
    assert!(people.len() > 10_000);
    let distinct: std::collections::BTreeSet<&String> = people.iter().map(|row| &row[2]).collect();
    assert_eq!(distinct.len(), people.len(), "nobody twice");
    // Two units a page, since only what is shown is selected.
    assert_eq!((calls.len(), units), (11, 22));
    // The session, the counts, what was done of late, two for every 999 people, and three for the event.
    assert!(statements <= 3 + 2 * 11 + 3, "{statements}");
}

#[tokio::test]
async fn a_list_that_breaks_off_is_an_error_and_no_file() {
    let portal = crowded(1_500).await;
    let grace = portal.sign_in("Grace Hopper").await;
    grace.visit(&owned(&portal, TEAM, "/members")).await.answers(200);
    portal.emulator.fault(Fault::on("GET", "/members/microsoft.graph.user").nth(2).times(9).answer(Action::DropBefore));

    let file = grace.visit(&owned(&portal, TEAM, MEMBERS)).await;

    assert!(file.status.is_server_error(), "{}", file.status);
    assert!(file.header("content-type").starts_with("text/html") && file.header("content-disposition").is_empty());
    assert_eq!(exports(&portal).await, 0);
}

#[tokio::test]
async fn members_of_groups_within_are_in_the_file_of_all() {
    let (portal, grace) = grace().await;

    let page = grace.visit(&owned(&portal, TEAM, "/members?view=all")).await;
    let all = rows(&grace.follow(&page, "Save as file").await);
    let direct = rows(&grace.visit(&owned(&portal, TEAM, MEMBERS)).await);

    assert_eq!(all.len(), names(&page).len());
    assert!(direct.len() <= all.len());
}

#[tokio::test]
async fn a_history_is_saved_with_the_filter_of_its_page() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let page = grace.visit(&owned(portal, TEAM, "/history?kind=requests&q=alan")).await;

    let file = rows(&grace.follow(&page, "Save as file").await);
    let all = rows(&grace.visit(&owned(portal, TEAM, HISTORY)).await);
    let nothing = rows(&grace.visit(&owned(portal, TEAM, "/history.csv?q=quantum")).await);

    assert_eq!(file.len(), 1);
    assert_eq!(
        file[0][1..5],
        ["Alan Turing asked to join", "Alan Turing", "Alan Turing", "I fix the register allocator."]
    );
    assert_eq!(all.len(), 3, "the designation, the request, and that it was saved: {all:#?}");
    assert_eq!(nothing.len(), 0);
    assert_eq!(exports(portal).await, 3);
}

#[tokio::test]
async fn a_history_of_more_than_ten_thousand_lines_says_where_it_ends() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    portal
        .database
        .tamper(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100000)
             INSERT INTO event (seq, previous, hash, id, at, kind, actor_id, group_id, person_id, request_id, body)
             SELECT 1000 + n, '', '', 'made-' || n, at + n, kind, actor_id, group_id, person_id, request_id, body
             FROM event, n WHERE kind = 'request.created'",
        )
        .await
        .unwrap();

    let begun = std::time::Instant::now();
    let file = rows(&grace.visit(&owned(portal, TEAM, HISTORY)).await);
    let took = begun.elapsed();
    for query in ["", "?kind=terms", "?q=alan", "?q=quantum", "?before=500", "?kind=group"] {
        let begun = std::time::Instant::now();
        grace.visit(&owned(portal, TEAM, &format!("/history{query}"))).await.answers(200);
        eprintln!("{query:?} of 100,000 events: {:?}", begun.elapsed());
    }

    eprintln!("10,000 lines of a file: {took:?}");
    assert_eq!(file.len(), 10_001);
    assert_eq!(file[10_000], ["The file ends here, after 10,000 lines. Choose a shorter time for the rest."]);
}

#[tokio::test]
async fn a_group_that_hides_its_members_names_nobody_to_those_outside() {
    let portal = Portal::start().await;
    let stewards = "Data Stewards";
    let terms = roster::domain::terms::Terms::default();
    portal.designate(stewards, &terms).await;
    let margaret = portal.sign_in("Margaret Hamilton").await;
    let alan = portal.sign_in("Alan Turing").await;
    let asked = alan.asks(&portal, stewards, "I answer questions.").await;
    asked.answers(200);
    let form = margaret.opens(&asked.id()).await;
    margaret.submit(&form, "Approve request", &[]).await.answers(200);
    let ada = portal.sign_in("Ada Lovelace").await;

    let page = ada.visit(&owned(&portal, stewards, "/history")).await;
    let file = ada.visit(&owned(&portal, stewards, HISTORY)).await;
    let found = ada.visit(&owned(&portal, stewards, "/history?q=alan")).await;
    let missed = ada.visit(&owned(&portal, stewards, "/history?q=quantum")).await;
    let members = ada.visit(&owned(&portal, stewards, MEMBERS)).await;
    let owners = margaret.visit(&owned(&portal, stewards, "/history")).await;

    page.shows("Somebody whom the group hides asked to join");
    page.shows("Margaret Hamilton approved the request of somebody whom the group hides");
    for (page, body) in [("page", &page.body), ("file", &file.body), ("members", &members.body)] {
        for secret in ["Turing", "I answer questions.", "Mary Jackson", "Linus"] {
            assert!(!body.contains(secret), "{page} tells {secret}");
        }
    }
    assert_eq!(found.text(), missed.text(), "a name finds the same as any other");
    assert!(!members.status.is_success(), "{}", members.status);
    owners.shows("Alan Turing asked to join");
}
