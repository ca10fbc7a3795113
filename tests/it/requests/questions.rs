//! Questions that a group asks: worded among its terms, answered with the request, and read by those who answer alone.

use roster::{
    domain::{ids::GroupId, questions::Question, terms::Terms},
    features::designations::designate,
};

use crate::support::{page::Page, person::Person, portal::Portal};

const TEAM: &str = "Compiler Team";
const SEND: &str = "Send request";
const REQUESTS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM request";

fn question(text: &str, required: bool) -> Question {
    Question { text: text.to_owned(), required }
}

fn both() -> Vec<Question> {
    vec![question("Which team do you work with?", true), question("Until when?", false)]
}

/// Puts questions among the terms of the Compiler Team.
pub(crate) async fn asks(portal: &Portal, questions: Vec<Question>) {
    let (store, id) = (&portal.app.store, GroupId(portal.emulator.group_named(TEAM)));
    let group = store.directory().group(id).await.unwrap().unwrap().group;
    let now = store.designations().find(id).await.unwrap().unwrap();
    let (admin, terms) = (portal.admin(), Terms { questions, ..now.terms });
    assert!(designate::record(store, &group, &terms, &admin, Some(now.version), portal.clock.now()).await.unwrap());
}

/// A portal whose Compiler Team asks two questions, with Alan at the form.
async fn at_the_form() -> (Portal, Person, Page) {
    let portal = Portal::start().await;
    asks(&portal, both()).await;
    let alan = portal.sign_in("Alan Turing").await;
    let form = alan.visit(&format!("{}/ask", portal.group(TEAM))).await;
    (portal, alan, form)
}

const WHOLE: [(&str, &str); 3] = [("reason", "I fix the linker."), ("answer_1", "Numerics"), ("answer_2", "Spring")];

#[tokio::test]
async fn answers_are_read_by_owners_and_the_person_with_the_questions_as_they_were_asked() {
    let (portal, alan, form) = at_the_form().await;

    let mine = alan.submit(&form, SEND, &WHOLE).await;
    asks(&portal, vec![question("Who sent you?", true)]).await;
    let grace = portal.sign_in("Grace Hopper").await;
    let read = grace.opens(&mine.id()).await;

    assert!(form.text().contains("Until when? (You can leave this empty.)"), "{}", form.text());
    let again = alan.visit(&format!("/requests/{}", mine.id())).await;
    for page in [&mine, &again, &read] {
        for words in ["Which team do you work with?", "Numerics", "Until when?", "Spring"] {
            page.shows(words);
        }
        page.hides("Who sent you?");
    }
    let asked = &portal.app.store.events().of_request(mine.id().parse().unwrap()).await.unwrap()[0];
    assert!(asked.detail["answers_sha256"].is_string(), "{asked:?}");
    assert!(!asked.detail.to_string().contains("Numerics"));
    portal.record_is_whole().await;
}

#[tokio::test]
async fn nobody_else_reads_the_answers() {
    let (portal, alan, form) = at_the_form().await;
    let request = alan.submit(&form, SEND, &WHOLE).await.id();
    let grace = portal.sign_in("Grace Hopper").await;
    grace.approves(&request).await.answers(200);
    let (owned, radia) = (portal.group(TEAM).replace("/groups", "/owned"), portal.sign_in("Radia Perlman").await);

    for path in [format!("/requests/{request}"), format!("/approvals/{request}")] {
        for name in ["Mary Jackson", "Radia Perlman", "Ada Lovelace", "Tim Berners"] {
            if name == "Mary Jackson" && path.starts_with("/approvals") {
                continue;
            }
            portal.sign_in(name).await.visit(&path).await.hides("Numerics");
        }
    }
    for path in
        [owned.clone(), format!("{owned}/members"), format!("{owned}/history?reasons=shown"), portal.group(TEAM)]
    {
        radia.visit(&path).await.hides("Numerics");
    }
    grace.visit(&format!("{owned}/history")).await.hides("Numerics");
}

#[tokio::test]
async fn an_answer_that_is_missing_or_too_long_is_asked_for_again_and_the_rest_is_kept() {
    let (portal, alan, form) = at_the_form().await;
    let long = "ض".repeat(501);

    let page = alan.submit(&form, SEND, &[("reason", "Linker."), ("answer_1", " \u{200f}"), ("answer_2", &long)]).await;

    page.answers(422);
    assert_eq!(
        page.errors(),
        ["Answer the question: Which team do you work with?", "Shorten this to 500 characters. It has 501."]
    );
    assert_eq!(page.field("reason").as_deref(), Some("Linker."));
    assert_eq!(page.field("answer_2"), Some(long));
    assert_eq!(portal.count(REQUESTS).await, 0);
    alan.submit(&page, SEND, &[("answer_1", "Numerics"), ("answer_2", "")]).await.shows("No answer");
}

#[tokio::test]
async fn when_the_questions_changed_meanwhile_the_new_ones_are_shown_and_nothing_is_lost_or_kept() {
    let (portal, alan, form) = at_the_form().await;
    asks(&portal, vec![question("Who sent you?", true), question("Which team do you work with?", false)]).await;

    let told = alan.submit(&form, SEND, &WHOLE).await;
    let slipped = alan.submit(&told, SEND, &[("answer_1", "")]).await;
    let none = portal.count(REQUESTS).await;
    let sent = alan.submit(&slipped, SEND, &[("answer_1", "Grace")]).await;

    told.answers(422);
    told.shows("Nothing was sent: this group asks other questions now");
    slipped.answers(422);
    slipped.hides("asks other questions now");
    for page in [&told, &slipped] {
        page.shows("Spring");
    }
    assert_eq!(told.field("reason").as_deref(), Some("I fix the linker."));
    assert_eq!(told.field("answer_1").as_deref(), Some(""));
    assert_eq!(told.field("answer_2").as_deref(), Some("Numerics"));
    assert_eq!(none, 0);
    sent.answers(200);
    sent.shows("Grace");
    sent.hides("Spring");
}

#[tokio::test]
async fn answers_sent_twice_ask_once_and_are_shown_when_a_rule_says_no() {
    let (portal, alan, form) = at_the_form().await;
    let margaret = portal.sign_in("Margaret Hamilton").await;
    let hers = margaret.visit(&format!("{}/ask", portal.group(TEAM))).await;

    let (one, two) = tokio::join!(alan.submit(&form, SEND, &WHOLE), alan.submit(&form, SEND, &WHOLE));
    portal.pause(TEAM).await;
    let refused = margaret.submit(&hers, SEND, &[("answer_1", "Flight software")]).await;

    assert_eq!(one.path(), two.path());
    assert_eq!(portal.count(REQUESTS).await, 1);
    refused.answers(409);
    refused.shows("Flight software");
}

#[tokio::test]
async fn an_owner_words_questions_and_reads_what_is_wrong_with_them() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let path = portal.group(TEAM).replace("/groups", "/owned") + "/terms";
    let form = grace.visit(&path).await;
    let long = "a".repeat(201);

    let wrong = [("question_1", "Why?"), ("question_3", "why? "), ("question_4", long.as_str())];
    let slip = grace.submit(&form, "See what changes", &wrong).await;
    let right = [("question_3", "Until when?"), ("question_3_required", "yes"), ("question_4", "")];
    let look = grace.submit(&slip, "See what changes", &right).await;
    let saved = grace.submit(&look, "Save terms", &[]).await;

    slip.answers(422);
    assert_eq!(
        slip.errors(),
        ["Ask this only once: it is the same as question 1", "Shorten this to 200 characters. It has 201."]
    );
    assert_eq!(slip.field("question_4"), Some(long));
    look.shows("Questions to people who want to join: none before, \u{2068}Why?\u{2069} (no answer needed) · \u{2068}Until when?\u{2069} now");
    saved.answers(200);
    assert_eq!(saved.field("question_2").as_deref(), Some("Until when?"));
    let alan = portal.sign_in("Alan Turing").await;
    alan.visit(&portal.group(TEAM)).await.shows("You answer 2 questions");
}
