//! The papers say what the code says: settings, scopes, moves, versions and links are compared with it.

use std::{fmt::Debug, fs, path::Path};

use roster::{
    config::{SETTINGS, Setting},
    domain::{operation, request},
    sign_in::asked_scopes,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn paper(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Returns the rows of the table below a heading, each as its cells.
fn table(paper: &str, heading: &str) -> Vec<Vec<String>> {
    let start = paper.lines().position(|line| line == heading).unwrap_or_else(|| panic!("no heading {heading}"));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    paper
        .lines()
        .skip(start)
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(cells)
        .collect()
}

/// Returns a name as people write it: `InFlight` becomes `in flight`.
fn spaced(name: impl Debug) -> String {
    let mut words = String::new();
    for c in format!("{name:?}").chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

fn as_row(setting: &Setting) -> Vec<String> {
    let default = match setting.default {
        None => "has to be set".to_owned(),
        Some("") => "none".to_owned(),
        Some(value) => format!("`{value}`"),
    };
    vec![format!("`{}`", setting.name), default, setting.meaning.to_owned()]
}

fn rows<A: Debug + Copy, B: Debug + Copy>(moves: &[(A, B, A)]) -> Vec<Vec<String>> {
    moves.iter().map(|(from, by, to)| vec![spaced(from), spaced(by), spaced(to)]).collect()
}

fn first_three(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.into_iter().map(|cells| cells.into_iter().take(3).collect()).collect()
}

#[test]
fn the_readme_lists_every_setting_as_the_program_reads_it() {
    let told = table(&paper("README.md"), "## Settings");

    let known: Vec<_> = SETTINGS.iter().map(as_row).collect();
    assert_eq!(told, known);
}

#[test]
fn the_readme_lists_every_scope_that_the_program_asks_for() {
    let told = table(&paper("README.md"), "### Scopes");

    let scopes: Vec<String> = told.iter().map(|row| row[1].clone()).collect();
    let asked: Vec<String> = asked_scopes(true).iter().map(|scope| format!("`{scope}`")).collect();
    assert_eq!(scopes, asked);
}

#[test]
fn the_page_on_decisions_lists_every_move_of_a_request() {
    let told = table(&paper("docs/decisions.md"), "### Moves of a request");

    assert_eq!(first_three(told), rows(&request::MOVES));
}

#[test]
fn the_page_on_decisions_lists_every_move_of_an_operation() {
    let told = table(&paper("docs/decisions.md"), "### Moves of an operation");

    assert_eq!(first_three(told), rows(&operation::MOVES));
}

#[test]
fn the_changelog_knows_this_version() {
    assert!(paper("CHANGELOG.md").contains(&format!("## [{}]", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn what_the_papers_link_to_is_there() {
    for name in [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "docs/decisions.md",
        "docs/operating.md",
        "docs/performance.md",
        "docs/security.md",
    ] {
        let folder = root().join(name).parent().unwrap().to_owned();

        let text = paper(name);
        let links =
            text.match_indices("](").filter_map(|(at, found)| text[at + found.len()..].split([')', '#']).next());
        let pictures = text.match_indices("=\"docs/").filter_map(|(at, _)| text[at + 2..].split('"').next());

        for link in links.chain(pictures).filter(|link| !link.is_empty() && !link.contains("://")) {
            assert!(folder.join(link).exists(), "{name} links to {link}");
        }
    }
}

#[test]
fn pictures_are_light() {
    for entry in fs::read_dir(root().join("docs/pictures")).unwrap() {
        let file = entry.unwrap();

        assert!(file.metadata().unwrap().len() < 150_000, "{}", file.path().display());
    }
}
