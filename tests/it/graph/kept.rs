//! What is kept of people and their pictures, and for how long.

use std::time::Duration;

use roster::graph::{Error, Limits, PhotoSize};
use roster_emulator::Company;

use super::Tenant;

#[tokio::test]
async fn a_person_and_a_picture_are_read_once_for_everybody() {
    let tenant = Tenant::start().await;
    let (alan, mary) = (tenant.scoped("Alan Turing", &[]), tenant.scoped("Mary Jackson", &[]));
    let grace = tenant.person("Grace Hopper");

    for token in [&alan, &mary, &alan] {
        let reader = tenant.graph.person(token);
        assert_eq!(reader.person_as_kept(grace).await.unwrap().unwrap().name, "Grace Hopper");
        assert!(reader.photo_as_kept(grace, PhotoSize::Small).await.unwrap().is_some());
        assert_eq!(reader.photo_as_kept(tenant.person("Ken Thompson"), PhotoSize::Small).await, Ok(None));
    }

    assert_eq!((tenant.emulator.calls().len(), tenant.asked("GET", "/photos/")), (3, 2));
}

#[tokio::test]
async fn what_wider_scopes_read_is_not_shown_to_others() {
    let tenant = Tenant::start().await;
    let (wide, basic) = (tenant.scoped("Alan Turing", &["User.Read.All"]), tenant.scoped("Mary Jackson", &[]));
    let grace = tenant.person("Grace Hopper");

    let by_wide = tenant.graph.person(&wide).person_as_kept(grace).await.unwrap().unwrap();
    let by_basic = tenant.graph.person(&basic).person_as_kept(grace).await.unwrap().unwrap();

    assert_eq!((by_wide.enabled, by_basic.enabled), (Some(true), None));
    assert!(!by_wide.job_title.is_empty() && by_basic.job_title.is_empty());
}

#[tokio::test]
async fn what_was_kept_is_read_again_after_its_time() {
    let moment = Duration::from_millis(100);
    let limits = Limits { keep_people: moment, keep_photos: moment, ..Limits::default() };
    let tenant = Tenant::with(Company::contoso(), limits).await;
    let (token, grace) = (tenant.token("Alan Turing"), tenant.person("Grace Hopper"));
    let alan = tenant.graph.person(&token);

    alan.person_as_kept(grace).await.unwrap();
    assert!(alan.photo_as_kept(grace, PhotoSize::Small).await.unwrap().is_some());
    tenant.emulator.set_photo(grace.0, None);
    tokio::time::sleep(moment * 2).await;

    assert_eq!(alan.photo_as_kept(grace, PhotoSize::Small).await, Ok(None));
    alan.person_as_kept(grace).await.unwrap();
    assert_eq!(tenant.emulator.calls().len(), 4);
}

#[tokio::test]
async fn a_refusal_is_not_kept() {
    let tenant = Tenant::start().await;
    let (token, grace) = (tenant.token("Alan Turing"), tenant.person("Grace Hopper"));
    let alan = tenant.graph.person(&token);
    tenant.refuse("/photos/");

    let refused = alan.photo_as_kept(grace, PhotoSize::Small).await;
    let read = alan.photo_as_kept(grace, PhotoSize::Small).await;

    assert_eq!(refused, Err(Error::NotAllowed));
    assert!(read.unwrap().is_some());
}
