//! Names are isolated, so that none of them disturbs the sentence it is in; and nothing raw is left in the text.

use std::{collections::HashSet, sync::LazyLock};

use roster::{domain::samples, web::words};
use scraper::{ElementRef, Html};

use super::{Break, select};

/// The sentences of other people's making that the samples hold.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let descriptions = samples::GROUPS.into_iter().map(|(_, description)| description.to_owned());
    samples::names().into_iter().chain(descriptions).collect()
});

/// The keys of all words.
static KEYS: LazyLock<HashSet<String>> =
    LazyLock::new(|| super::words::messages().into_iter().map(|message| message.key).collect());

pub const ISOLATED_BREAKS: &[Break] = &[
    ("approvals/show-waiting", "<h1><bdi>Alan Turing</bdi>", "<h1>Alan Turing"),
    ("groups/show-can-ask", "<li><bdi>Grace Hopper</bdi></li>", "<li>Grace Hopper</li>"),
];

/// Every name in the text of a page stands in a `bdi`, or in prose that an administrator wrote, which has its own direction.
pub fn isolated(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    for text in texts(page) {
        if text.is_in_bdi {
            continue;
        }
        if let Some(name) = NAMES.iter().find(|name| text.words.contains(name.as_str())) {
            complaints.push(format!("{name:?} is not isolated in {:?}", text.words));
        }
    }
    complaints
}

pub const LEFTOVER_BREAKS: &[Break] = &[
    ("home/employee-one", "Your open requests", "home-open"),
    ("home/employee-one", "Your open requests", "Your { $n } open requests"),
    ("home/employee-one", "Your open requests", "Your &amp;#60;open&amp;#62; requests"),
    ("home/employee-one", "aria-label=\"Main\"", "aria-label=\"nav-main\""),
];

/// No key stands where its words should, no place is left open, and nothing is escaped twice.
pub fn leftovers(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    let attributes = select(page, "[aria-label], [placeholder]").into_iter().flat_map(|element| {
        ["aria-label", "placeholder"].into_iter().filter_map(move |name| element.attr(name)).map(str::to_owned)
    });
    let title = select(page, "title").into_iter().map(super::text_of);
    let all = texts(page).into_iter().map(|text| text.words).chain(attributes).chain(title);
    for words in all {
        let words = words.trim();
        if KEYS.contains(words) && words.contains('-') {
            complaints.push(format!("the key {words:?} stands for its words"));
        }
        if words.contains("{$") || words.contains("{ $") || words.contains("{{") {
            complaints.push(format!("a place is open in {words:?}"));
        }
        if words.contains("&#") || words.contains("&amp;") && !words.contains("<b>") {
            complaints.push(format!("{words:?} is escaped twice"));
        }
    }
    complaints
}

struct Text {
    words: String,
    is_in_bdi: bool,
}

/// Returns the texts of a page that people see, fields left out: their values are the person's own.
fn texts(page: &Html) -> Vec<Text> {
    let mut texts = Vec::new();
    for body in select(page, "body") {
        for node in body.descendants() {
            let Some(text) = node.value().as_text() else { continue };
            let elements: Vec<_> = node.ancestors().filter_map(ElementRef::wrap).collect();
            let around: Vec<&str> = elements.iter().map(|element| element.value().name()).collect();
            let is_prose = elements.iter().any(|element| element.attr("class") == Some("prose"));
            let has_direction = elements.iter().any(|element| element.attr("dir") == Some("auto"));
            if around.iter().any(|name| ["textarea", "script"].contains(name)) {
                continue;
            }
            texts.push(Text {
                words: text.to_string(),
                is_in_bdi: around.contains(&"bdi") || is_prose && has_direction,
            });
        }
    }
    texts
}

#[test]
fn a_name_that_looks_like_markup_stays_a_name() {
    let phrase = words::Phrase::new("request-title").name("person", "<b>Ada</b> & co").name("group", "\"Team\"");

    let page = Html::parse_fragment(&phrase.html());

    let names: Vec<String> = select(&page, "bdi").into_iter().map(super::text_of).collect();
    assert_eq!(names, ["<b>Ada</b> & co", "\"Team\""]);
}
