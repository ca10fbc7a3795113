//! Finding and reading people.

use std::collections::HashSet;

use roster::{
    domain::{directory::Person, ids::PersonId},
    graph::{Error, PhotoSize},
};
use roster_emulator::{Action, Company, Fault};

use super::{NOBODY, Tenant};

fn names(people: &[Person]) -> Vec<&str> {
    people.iter().map(|person| person.name.as_str()).collect()
}

#[tokio::test]
async fn people_are_found_by_any_word_of_their_name_and_by_the_beginning_of_their_address() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&token);

    for typed in ["Grace Hopper", "hop gra", "grace.h", " HOPPER "] {
        assert_eq!(names(&alan.search_people(typed).await.unwrap()), ["Grace Hopper"], "{typed}");
    }
    assert_eq!(alan.search_people("…").await, Ok(Vec::new()));
    assert_eq!(alan.search_people(r#"x" OR "displayName:Grace"#).await, Ok(Vec::new()));
}

#[tokio::test]
async fn disabled_accounts_are_left_out_when_that_may_be_asked() {
    let tenant = Tenant::start().await;
    let (basic, wide) = (tenant.scoped("Alan Turing", &[]), tenant.scoped("Alan Turing", &["User.Read.All"]));

    let by_basic = tenant.graph.person(&basic).search_people("Knuth").await.unwrap();
    let by_wide = tenant.graph.person(&wide).search_people("Knuth").await.unwrap();

    assert_eq!((names(&by_basic), names(&by_wide)), (vec!["Donald Knuth"], vec![]));
}

#[tokio::test]
async fn where_the_index_refuses_the_beginning_of_a_name_decides() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    tenant.emulator.fault(Fault::on("GET", "$search").answer(Action::Status(501, None)));

    let found = tenant.graph.person(&token).search_people("Grace").await.unwrap();

    assert_eq!((names(&found), tenant.asked("GET", "startswith")), (vec!["Grace Hopper"], 1));
}

#[tokio::test]
async fn a_beginning_needs_no_index_and_may_hold_a_quote() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let grace = tenant.person("Grace Hopper");
    tenant.emulator.change_person(grace.0, |person| person.display_name = "Grace O'Hopper".into());

    let found = tenant.graph.person(&token).people_starting_with("grace o'h").await.unwrap();

    assert_eq!(names(&found), ["Grace O'Hopper"]);
}

#[tokio::test]
async fn who_may_not_look_for_people_is_told() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&token);

    tenant.refuse("$search");
    assert_eq!(alan.search_people("Grace").await, Err(Error::NotAllowed));
    tenant.refuse("startswith");
    assert_eq!(alan.people_starting_with("Grace").await, Err(Error::NotAllowed));
}

#[tokio::test]
async fn many_people_are_read_in_one_call_and_strangers_are_left_out() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let ids: Vec<PersonId> = Company::contoso().people.iter().map(|person| PersonId(person.id)).collect();

    let all = tenant.graph.person(&token).people(&[&ids[..], &[PersonId(NOBODY)]].concat()).await.unwrap();
    let few = tenant.graph.person(&token).people(&ids[..3]).await.unwrap();
    let none = tenant.graph.person(&token).people(&[]).await.unwrap();

    assert_eq!(all.iter().map(|person| person.id).collect::<HashSet<_>>(), ids.iter().copied().collect());
    assert_eq!((few.len(), none.len()), (3, 0));
    assert_eq!((tenant.asked("POST", "/$batch"), tenant.asked("GET", "id in (")), (1, 3));
}

#[tokio::test]
async fn a_manager_is_a_person_or_nobody() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Alan Turing", &["User.Read.All"]);
    let alan = tenant.graph.person(&token);

    let mine = alan.my_manager().await.unwrap().unwrap();
    let of_grace = alan.manager(tenant.person("Grace Hopper")).await.unwrap().unwrap();

    assert_eq!((mine.name.as_str(), mine.enabled), ("Grace Hopper", Some(true)));
    assert_eq!(of_grace.name, "Margaret Hamilton");
    assert_eq!(alan.manager(tenant.person("Margaret Hamilton")).await, Ok(None));
    assert_eq!(alan.manager(PersonId(NOBODY)).await, Ok(None));
    let margaret = tenant.scoped("Margaret Hamilton", &["User.Read.All"]);
    assert_eq!(tenant.graph.person(&margaret).my_manager().await, Ok(None));
}

#[tokio::test]
async fn managers_are_not_for_everybody_to_read() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Alan Turing", &[]);
    let alan = tenant.graph.person(&token);

    assert_eq!(alan.my_manager().await, Err(Error::NotAllowed));
    assert_eq!(alan.manager(tenant.person("Grace Hopper")).await, Err(Error::NotAllowed));
}

#[tokio::test]
async fn a_picture_comes_as_it_is_and_none_is_no_fault() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&token);

    let grace = alan.photo(tenant.person("Grace Hopper"), PhotoSize::Small).await.unwrap().unwrap();
    let mine = alan.my_photo(PhotoSize::Large).await.unwrap().unwrap();

    assert_eq!((grace.content_type, &grace.bytes[1..4]), ("image/png", &b"PNG"[..]));
    assert_ne!(grace, mine);
    assert_eq!(alan.photo(tenant.person("Mary Jackson"), PhotoSize::Medium).await, Ok(None));
    let mary = tenant.token("Mary Jackson");
    assert_eq!(tenant.graph.person(&mary).my_photo(PhotoSize::Small).await, Ok(None));
}

#[tokio::test]
async fn a_page_in_place_of_a_picture_is_none() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    tenant.emulator.fault(Fault::on("GET", "/photos/").answer(Action::HtmlPage));
    tenant.refuse("/photos/");

    let page = tenant.graph.person(&token).my_photo(PhotoSize::Small).await;
    let refused = tenant.graph.person(&token).photo(tenant.person("Grace Hopper"), PhotoSize::Small).await;

    assert_eq!((page, refused), (Err(Error::Garbled), Err(Error::NotAllowed)));
}
