//! The mark that every form of ours carries: whom the form was drawn for, and nobody else may send it.

use jiff::SignedDuration;

use crate::support::{page::Form, person::Person, portal::Portal};

const KEPT: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM held_form";

/// Returns the form in which Alan asks to join, with his reason.
async fn filled_in(portal: &Portal, alan: &Person) -> Form {
    let page = alan.visit(&format!("{}/ask", portal.group("Compiler Team"))).await;
    let mut form = page.form("Send request");
    form.fill(&page, "reason", "Typed with care.");
    form
}

/// Sends a form as a page of ours would, and follows nothing.
async fn send(portal: &Portal, person: &Person, form: &Form) -> crate::support::page::Page {
    let headers = [("origin", portal.address.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    person.post_raw(form.action.path(), &headers, &form.body()).await
}

#[tokio::test]
async fn a_form_whose_mark_we_did_not_make_is_not_kept() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let real = filled_in(&portal, &alan).await;
    let mark = |value: &str| {
        let fields = real.fields.iter().map(|(name, old)| {
            let value = if name == "for" { value } else { old.as_str() };
            (name.clone(), value.to_owned())
        });
        Form { fields: fields.collect(), ..real.clone() }
    };
    let oid = portal.emulator.person_named("Alan Turing");

    for forged in ["anything".to_owned(), oid.to_string(), format!("{oid}.{}", "0".repeat(64))] {
        let page = send(&portal, &portal.visitor(), &mark(&forged)).await;

        assert_eq!(page.location(), "/sign-in?return_to=%2F", "{forged}");
    }
    assert_eq!(portal.count(KEPT).await, 0);
    assert!(
        send(&portal, &portal.visitor(), &real).await.location().starts_with("/sign-in?return_to=%2Fsign-in%2Fkept")
    );
    assert_eq!(portal.count(KEPT).await, 1);
}

#[tokio::test]
async fn a_form_that_no_page_of_ours_could_send_is_not_kept() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let real = filled_in(&portal, &alan).await;
    let (mut long, mut wide) = (real.clone(), real.clone());
    long.fields.push(("reason".to_owned(), "a".repeat(64 * 1024)));
    wide.fields.extend((0..100).map(|at| (format!("field{at}"), String::new())));

    for form in [&long, &wide] {
        send(&portal, &portal.visitor(), form).await;
    }

    assert_eq!(portal.count(KEPT).await, 0);
}

#[tokio::test]
async fn one_person_s_forms_do_not_fill_the_database() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let form = filled_in(&portal, &alan).await;

    for _ in 0..25 {
        send(&portal, &portal.visitor(), &form).await;
    }

    assert_eq!(portal.count(KEPT).await, 20);
}

#[tokio::test]
async fn a_form_drawn_for_somebody_else_is_refused_and_shows_what_was_typed() {
    let portal = Portal::start().await;
    let person = portal.sign_in("Alan Turing").await;
    let form = filled_in(&portal, &person).await;
    let choose = person.visit("/sign-in?how=choose").await;
    person.choose(&choose, "Annie Easley").await.answers(200);

    let page = send(&portal, &person, &form).await;

    page.answers(409);
    page.shows("Typed with care.");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM request").await, 0);
}

#[tokio::test]
async fn a_sign_in_of_over_seventy_minutes_changes_nothing_before_it_is_renewed() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(5400);
    let alan = portal.sign_in("Alan Turing").await;
    let form = filled_in(&portal, &alan).await;
    portal.advance(SignedDuration::from_mins(55));
    alan.look("/groups").await.answers(200);
    portal.advance(SignedDuration::from_mins(16));

    let kept = send(&portal, &alan, &form).await.location();
    let page = alan.visit(&kept).await;

    assert!(kept.starts_with("/sign-in?return_to=%2Fsign-in%2Fkept%2F") && kept.ends_with("&how=renew"), "{kept}");
    page.shows("Typed with care.");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM request").await, 0);
}
