//! Words and places in the address that nobody types who means well.

use roster::domain::terms::Terms;
use roster_emulator::{Company, Group};
use uuid::Uuid;

use crate::support::portal::Setup;

/// Names as long and as awkward as a directory takes them.
fn odd_names() -> [String; 5] {
    [
        "مجموعة الشبكات والبنية التحتية ".repeat(4).chars().take(120).collect(),
        "İstanbul Işık Ekibi".to_owned(),
        "Z\u{351}\u{36b}\u{343}a\u{32a}\u{32b}l\u{303}go Team".to_owned(),
        "\u{202e}maeT lanimreT\u{202c}".to_owned(),
        "a漢".repeat(100),
    ]
}

#[tokio::test]
async fn names_of_every_script_are_found_by_what_people_type() {
    let mut company = Company::contoso();
    let grace = company.people.iter().find(|person| person.display_name == "Grace Hopper").unwrap().id;
    let group = |(n, name): (usize, &String)| Group::security(Uuid::from_u128(0x0dd0 + n as u128), name);
    company.groups.extend(odd_names().iter().enumerate().map(group).map(|group| group.owned_by(&[grace])));
    let portal = Setup { company, ..Setup::default() }.start().await;
    for name in odd_names() {
        portal.designate(&name, &Terms::default()).await;
    }
    let alan = portal.sign_in("Alan Turing").await;

    for (typed, number) in [
        ("مجموعة", 0),
        ("التحتيه", 0),
        ("الشبكات والبنية", 0),
        ("istanbul", 1),
        ("ISTANBUL isik", 1),
        ("İSTANBUL IŞIK", 1),
        ("zalgo", 2),
        ("maet", 3),
        ("漢", 4),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        let found = alan.visit(&format!("/groups?q={query}")).await;

        let wanted = format!("/groups/{}", Uuid::from_u128(0x0dd0 + number));
        found.answers(200);
        assert!(found.body.contains(&wanted), "{typed}: {}", found.text());
    }
}

#[tokio::test]
async fn whatever_the_address_says_a_page_of_groups_is_answered() {
    let portal = Setup::default().start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let (first, long) = (alan.visit("/groups").await, "x".repeat(7000));
    let all = first.all("main .list .title a");

    for query in [
        "q=%00%01%1B%7F",
        "q=%E2%80%AE%E2%81%A6",
        "q=%CC%81%CC%81%CC%81",
        "q=%22%27%3C%3E%26%2A%25%5C",
        "q=a",
        "q=%F0%9F%A6%80",
        "q=%FF%FE",
        &format!("q={long}"),
        &format!("q={}", "a+".repeat(3000)),
        &format!("q={}", "%E6%BC%A2".repeat(700)),
        "after=____&before=!!",
        "after=",
        &format!("after={}", "A".repeat(4000)),
        "after=_____________________________w&q=team",
        "after=AAAAAAAAAAAAAAAAAAAAAAAA&before=AAAAAAAAAAAAAAAAAAAAAAAA",
        "before=AAAAAAAAAAAAAAAAAAAAAAAA",
        "kind=secret&join=%00&show=all",
    ] {
        let page = alan.visit(&format!("/groups?{query}")).await;

        page.answers(200);
        let listed = page.all("main .list .title a");
        assert!(listed.iter().all(|name| all.contains(name)), "{query}: {listed:?}");
    }
}
