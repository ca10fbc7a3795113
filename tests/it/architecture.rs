//! Keeps the house as its map draws it: the import order, slices that do not know each other, pure rules, a sealed
//! emulator, short files, and templates and statements that nothing typed can change.
//!
//! Each check is a function over text in a file beside this one, with tests that show it able to fail.

mod layers;
mod paths;
mod style;
mod tree;

use tree::{File, files};

const EMULATOR: &str = "src/emulator/";

/// Returns the portal's own sources.
fn sources() -> Vec<File> {
    files("src", ".rs").into_iter().filter(|file| !file.path.starts_with(EMULATOR)).collect()
}

/// Fails with everything that a check found, file by file.
fn nothing(check: impl Fn(&File) -> Vec<String>, files: &[File]) {
    let found: Vec<String> =
        files.iter().flat_map(|file| check(file).into_iter().map(|what| format!("  {}: {what}", file.path))).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn imports_point_down_and_slices_do_not_know_each_other() {
    let check = |file: &File| {
        let module = file.module();
        if module == ["lib"] {
            return Vec::new();
        }
        let mut objections: Vec<String> = paths::named_in(&module, &file.text.replace("roster::", "crate::"))
            .iter()
            .filter_map(|path| layers::objection(&module, path))
            .collect();
        objections.dedup();
        objections
    };

    nothing(check, &sources());
}

#[test]
fn no_page_reads_with_the_portals_own_identity() {
    let check = |file: &File| {
        let module = file.module();
        let named = paths::named_in(&module, &file.text);
        named.iter().filter_map(|path| layers::reads_as_service(&module, path)).collect()
    };
    let handlers = |file: &File| file.text.contains("AsService") && file.text.contains("State(app)");

    nothing(check, &sources());
    nothing(|file| tree::numbered(&file.text, |_| handlers(file)), &sources());
}

#[test]
fn the_rules_know_nothing_of_the_world_outside() {
    // Tests of the rules may use what helps to test.
    let rules: Vec<File> =
        files("src/domain", ".rs").into_iter().filter(|file| !file.path.ends_with("/tests.rs")).collect();

    nothing(|file| style::impure(&file.text), &rules);
}

#[test]
fn the_emulator_knows_nothing_of_roster() {
    let names_roster = |file: &File| {
        tree::numbered(&file.text, |line| {
            line.contains("roster::") || line.contains("use roster") || line.contains("extern crate roster")
        })
    };
    let manifest = std::fs::read_to_string(tree::root("src/emulator/Cargo.toml")).unwrap();

    nothing(names_roster, &files("src/emulator", ".rs"));
    assert!(!manifest.lines().any(|line| line.starts_with("roster ") || line.starts_with("roster=")));
}

#[test]
fn only_the_demo_and_the_gallery_know_the_emulator() {
    let may_know = |file: &File| ["demo", "gallery"].contains(&file.module()[0].as_str());
    let check = |file: &File| {
        if may_know(file) { Vec::new() } else { tree::numbered(&file.text, |line| line.contains("roster_emulator")) }
    };

    nothing(check, &sources());
}

#[test]
fn files_are_short_and_open_with_what_they_are_for() {
    nothing(|file| style::shape(&file.text), &files("src", ".rs"));
    nothing(|file| style::shape(&file.text), &files("tests", ".rs"));
}

#[test]
fn templates_need_no_forgiveness_from_the_content_policy() {
    nothing(|file| style::unsafe_in_template(&file.text), &files("templates", ".html"));
}

#[test]
fn statements_are_constants() {
    nothing(|file| style::loose_sql(&file.text), &sources());
}
