//! What a list names is looked up and shown, and nothing is written before it is confirmed.

use std::fmt::Write as _;

use super::{pastes, rows, uploads};
use crate::{
    owned::{grace, owned},
    support::steps::Asked,
};

const TEAM: &str = "Compiler Team";
const PASTED: &str = "Mary Jackson <mary.jackson@contoso.example>; FRANCES.ALLEN@contoso.example\n\
    nobody@contoso.example\ntim.berners@fabrikam.example\n\
    alan.turing@contoso.example\nmary.jackson@contoso.example\nNot an address\n=1+1";

#[tokio::test]
async fn a_pasted_list_says_of_each_row_what_it_would_do() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    portal.emulator.forget_calls();

    let page = pastes(portal, grace, TEAM, "add", PASTED).await;

    page.answers(200);
    assert_eq!(page.heading(), "Add people to Compiler Team");
    let said: Vec<String> = rows(&page).into_iter().map(|(_, said)| said).collect();
    assert_eq!(
        said,
        [
            "New",
            "Already a member",
            "Nobody goes by this",
            "Guest: the terms let none in",
            "Has asked: answer their request",
            "Named by an earlier row",
            "Not readable: neither an address nor an object id",
            "Not readable: neither an address nor an object id",
        ]
    );
    assert!(page.has_button("Add one person"), "{}", page.text());
    let (reads, writes) = portal.calls();
    // The groups the owner owns, the list of members, and five addresses by user name and by mail.
    assert!(reads <= 6 && writes == 0, "{reads} reads, {writes} writes");
    assert!(portal.emulator.violations().is_empty());
}

#[tokio::test]
async fn several_who_go_by_one_address_are_not_guessed_between() {
    let (portal, grace) = grace().await;
    let mary = portal.emulator.person_named("Mary Jackson");
    portal.emulator.change_person(mary, |mary| mary.mail = Some("ken.thompson@contoso.example".to_owned()));

    let page = pastes(&portal, &grace, TEAM, "add", "ken.thompson@contoso.example").await;

    assert_eq!(rows(&page)[0].1, "Several people go by this");
    page.shows("Nothing is left to do");
    assert!(!page.has_button("Add"));
}

#[tokio::test]
async fn a_file_in_any_usual_shape_is_read() {
    let (portal, grace) = grace().await;
    let mary = portal.emulator.person_named("Mary Jackson");
    let table = format!("Name;Object Id;Mail\r\n\"Jackson; Mary\";{mary};\r\nKen;;ken.thompson@contoso.example\r\n");
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();

    for file in [table.as_bytes(), &utf16] {
        let page = uploads(&portal, &grace, TEAM, "add", file).await;

        let rows = rows(&page);
        assert_eq!(rows.len(), 2, "{}", page.text());
        assert!(rows[0].0.starts_with("Mary Jackson") && rows[1].0.starts_with("Ken Thompson"), "{rows:?}");
        assert!(page.has_button("Add 2 people"), "{}", page.text());
    }
}

#[tokio::test]
async fn a_list_to_remove_says_who_leaves() {
    let (portal, grace) = grace().await;

    let people = "frances.allen@contoso.example,alan.turing@contoso.example,grace.hopper@contoso.example";
    let page = pastes(&portal, &grace, TEAM, "remove", people).await;

    let said: Vec<String> = rows(&page).into_iter().map(|(_, said)| said).collect();
    assert_eq!(said[..2], ["Leaves the group", "Not a member"]);
    assert!(page.has_button("Remove one person"), "{}", page.text());
}

#[tokio::test]
async fn a_preview_is_filtered_and_leafed_through_and_found_again() {
    let (portal, grace) = grace().await;
    let mut people = String::from("mary.jackson@contoso.example\n");
    for n in 0..150 {
        writeln!(people, "nobody{n}@contoso.example").unwrap();
    }
    let page = pastes(&portal, &grace, TEAM, "add", &people).await;

    let next = grace.follow(&page, "Next").await;
    let new = grace.follow(&page, "New: 1").await;
    let members = grace.visit(&owned(&portal, TEAM, "/members")).await;
    let found = grace.follow(&members, "Grace Hopper adds people from a list").await;

    assert_eq!((rows(&page).len(), rows(&next).len(), rows(&new).len()), (100, 51, 1));
    assert_eq!(found.heading(), page.heading());
    page.shows("Nobody goes by this: 150");
}

#[tokio::test]
async fn nobody_else_knows_of_a_list() {
    let (portal, grace) = grace().await;
    let page = pastes(&portal, &grace, TEAM, "add", "mary.jackson@contoso.example").await;
    let list = page.url.path().to_owned();
    let elsewhere = owned(&portal, "Data Platform", &format!("/import/{}", list.rsplit('/').next().unwrap()));

    for name in ["Alan Turing", "Ada Lovelace", "Joan Clarke"] {
        let person = portal.sign_in(name).await;
        person.visit(&owned(&portal, TEAM, "/import")).await.answers(404);
        person.visit(&list).await.answers(404);
        person.visit(&format!("{list}/result.csv")).await.answers(404);
        person.submit(&page.unmarked(), "Add one person", &[]).await.answers(404);
        person.submit(&page.unmarked(), "Discard list", &[]).await.answers(404);
    }
    grace.visit(&elsewhere).await.answers(404);
    assert!(!portal.is_member(TEAM, "Mary Jackson"));
}
