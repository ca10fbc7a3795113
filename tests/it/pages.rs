//! Every page of the gallery is built as it should be, every word is there, and every colour can be read.

mod contrast;
mod marks;
mod names;
mod structure;
mod words;

use std::sync::LazyLock;

use roster::gallery::{self, Sample};
use scraper::{ElementRef, Html, Selector};

/// The samples, drawn once.
static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(gallery::samples);

/// A check: complains about a parsed page.
type Check = fn(&Html) -> Vec<String>;

/// Every check, with a way to break a page that it has to notice: a text of the sample and what replaces it.
const CHECKS: &[(&str, Check, &[Break])] = &[
    ("frame", structure::frame, structure::FRAME_BREAKS),
    ("headings", structure::headings, structure::HEADING_BREAKS),
    ("messages", structure::messages, structure::MESSAGE_BREAKS),
    ("tables", structure::tables, structure::TABLE_BREAKS),
    ("links", structure::links, structure::LINK_BREAKS),
    ("labels", marks::labels, marks::LABEL_BREAKS),
    ("ids", marks::ids, marks::ID_BREAKS),
    ("forms", marks::forms, marks::FORM_BREAKS),
    ("inline", marks::inline, marks::INLINE_BREAKS),
    ("names", names::isolated, names::ISOLATED_BREAKS),
    ("leftovers", names::leftovers, names::LEFTOVER_BREAKS),
];

/// A sample, a text in it, and what replaces it so that a check has to complain.
type Break = (&'static str, &'static str, &'static str);

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("the selector is right")).collect()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sample(name: &str) -> &'static Sample {
    SAMPLES.iter().find(|sample| sample.name == name).unwrap_or_else(|| panic!("there is no sample {name}"))
}

#[test]
fn every_page_is_built_as_it_should_be() {
    let mut complaints = Vec::new();

    for sample in SAMPLES.iter() {
        let page = Html::parse_document(&sample.html);
        for (check, run, _) in CHECKS {
            complaints
                .extend(run(&page).into_iter().map(|complaint| format!("{} ({check}): {complaint}", sample.name)));
        }
    }

    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_check_notices_what_it_is_for() {
    for (check, run, breaks) in CHECKS {
        for (name, text, replacement) in *breaks {
            let whole = &sample(name).html;
            assert!(whole.contains(text), "{name} has no {text:?} to break for the check of {check}");

            let broken = Html::parse_document(&whole.replacen(text, replacement, 1));

            assert!(!run(&broken).is_empty(), "the check of {check} does not notice {text:?} as {replacement:?}");
        }
    }
}

#[test]
fn every_sample_has_a_name_of_its_own() {
    let mut names: Vec<&str> = SAMPLES.iter().map(|sample| sample.name.as_str()).collect();
    let count = names.len();

    names.sort_unstable();
    names.dedup();

    assert_eq!(names.len(), count);
    assert!(names.iter().all(|name| name.matches('/').count() == 1), "a sample is named slice/page");
}
