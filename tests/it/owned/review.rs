//! Owners confirm who still belongs: partial saves, two at once, the report, and the removals.

use roster_emulator::{Company, Person as Somebody};
use uuid::Uuid;

use crate::{
    owned::{grace, owned},
    support::{
        page::Page,
        person::Person,
        portal::{Portal, Setup},
    },
};

const TEAM: &str = "Compiler Team";

fn path(portal: &Portal, rest: &str) -> String {
    owned(portal, TEAM, &format!("/review{rest}"))
}

/// Answers on a page where nobody has answered yet, as a browser does: what is not chosen is not sent.
pub(super) async fn answers(owner: &Person, page: &Page, typed: &[(&str, &str)]) -> Page {
    let mut form = page.form("Save answers");
    form.fields.retain(|(name, _)| !name.starts_with("answer"));
    for (name, value) in typed {
        form.fill(page, name, value);
    }
    owner.send_form(page, form).await
}

#[tokio::test]
async fn an_owner_reviews_the_members_and_nobody_goes_for_want_of_an_answer() {
    let (portal, grace) = grace().await;
    let begin = grace.visit(&path(&portal, "")).await;
    let page = grace.submit(&begin, "Begin review", &[]).await;
    let members = page.all("main legend");
    assert!(members.len() >= 3, "{members:?}");

    let saved = answers(&grace, &page, &[("answer0", "keep"), ("answer1", "remove"), ("reason1", "Moved on.")]).await;
    let report = grace.submit(&saved, "End review", &[]).await;
    let list = grace.submit(&report, "Go on to remove one person", &[]).await;

    assert_eq!(saved.flash(), "Your answers are saved.");
    report.shows("One to be removed");
    report.shows("Moved on.");
    list.shows(&members[1]);
    assert!(portal.is_member(TEAM, &members[1]), "the list is shown before anything is written");
    let done = grace.submit(&list, "Remove one person", &[]).await;
    done.answers(200);
    portal.due_work().await;
    for _ in 0..200 {
        if !portal.is_member(TEAM, &members[1]) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(!portal.is_member(TEAM, &members[1]));
    for person in members.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, person)| person) {
        assert!(portal.is_member(TEAM, person), "{person} stays");
    }
    grace.visit(&owned(&portal, TEAM, "/history")).await.shows("Grace Hopper ended the review of the members");
    let file = grace.visit(&format!("{}/report.csv", report.url.path())).await;
    assert!(file.body.contains("Moved on.") && file.body.contains("No answer"), "{}", file.body);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn removing_takes_a_reason_and_what_was_right_is_kept() {
    let (portal, grace) = grace().await;
    let page = grace.submit(&grace.visit(&path(&portal, "")).await, "Begin review", &[]).await;

    let slip = answers(&grace, &page, &[("answer0", "keep"), ("answer1", "remove")]).await;
    let again = grace.visit(&path(&portal, "")).await;

    slip.answers(422);
    assert_eq!(slip.errors(), ["Enter why this person is to be removed"]);
    slip.shows("One stays");
    again.shows("One stays");
    again.shows("answered by Grace Hopper");
    again.hides("One to be removed");
}

#[tokio::test]
async fn two_owners_answer_at_once_and_an_old_page_undoes_nothing() {
    let (portal, grace) = grace().await;
    let mary = portal.sign_in("Mary Jackson").await;
    let hers = grace.submit(&grace.visit(&path(&portal, "")).await, "Begin review", &[]).await;
    let old = mary.visit(&path(&portal, "")).await;

    answers(&grace, &hers, &[("answer0", "keep")]).await.answers(200);
    let both = answers(&mary, &old, &[("answer1", "keep")]).await;
    let begun_twice = mary.visit(&path(&portal, "")).await;

    both.answers(200);
    both.shows("2 stay");
    begun_twice.shows("answered by Grace Hopper");
    begun_twice.shows("answered by Mary Jackson");
    let begun = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'review.started'";
    assert_eq!(portal.count(begun).await, 1);
}

#[tokio::test]
async fn a_review_that_is_over_takes_no_answers_and_ends_once() {
    let (portal, grace) = grace().await;
    let start = grace.visit(&path(&portal, "")).await;
    let page = grace.submit(&start, "Begin review", &[]).await;
    grace.submit(&start, "Begin review", &[]).await.answers(200);

    grace.submit(&page, "End review", &[]).await.answers(200);
    let twice = grace.submit(&page, "End review", &[]).await;
    let late = answers(&grace, &page, &[("answer0", "remove"), ("reason0", "Too late.")]).await;

    twice.shows("Report");
    late.answers(409);
    late.shows("Too late.");
    for kind in [
        "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'review.started'",
        "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'review.ended'",
    ] {
        assert_eq!(portal.count(kind).await, 1);
    }
}

#[tokio::test]
async fn nobody_else_learns_of_a_review() {
    let (portal, grace) = grace().await;
    let page = grace.submit(&grace.visit(&path(&portal, "")).await, "Begin review", &[]).await;
    let forms = page.unmarked();
    let report = grace.submit(&page, "End review", &[]).await.url.path().to_owned();
    let other = owned(&portal, "Data Platform", &format!("/review/{}", report.rsplit('/').next().unwrap()));

    for name in ["Alan Turing", "Joan Clarke", "Ada Lovelace"] {
        let person = portal.sign_in(name).await;
        for path in [path(&portal, ""), report.clone(), format!("{report}/report.csv")] {
            person.visit(&path).await.answers(404);
        }
        person.submit(&forms, "End review", &[]).await.answers(404);
    }
    grace.visit(&other).await.answers(404);
}

#[tokio::test]
async fn a_group_of_many_thousands_is_reviewed_page_by_page() {
    let mut company = Company::contoso();
    let people = (0..20_500_u32).map(|n| {
        let id = Uuid::from_u128(0x1_1a46_0000 + u128::from(n));
        Somebody::new(id, &format!("Employee {n:05}"), &format!("employee{n}@contoso.example"))
    });
    let people: Vec<_> = people.collect();
    let team = company.groups.iter_mut().find(|group| group.display_name == TEAM).unwrap();
    team.members.extend(people.iter().map(|person| person.id));
    company.people.extend(people);
    let portal = Setup { company, ..Setup::default() }.start().await;
    let grace = portal.sign_in("Grace Hopper").await;

    let begun = grace.submit(&grace.visit(&path(&portal, "")).await, "Begin review", &[]).await;

    begun.answers(200);
    assert_eq!(begun.all("main legend").len(), 20);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM review_row").await, 20_503);
}
