//! Finds which modules a source file names, by reading its text: every path that begins with `crate::` or `super::`,
//! groups in braces taken apart. It reads text rather than syntax, so a path in a macro or a function counts as well.

/// Returns every path that a file names, from the root of the crate. `module` is the file's own place in it.
pub fn named_in(module: &[String], source: &str) -> Vec<Vec<String>> {
    let (outer, inner) = split_tests(source);
    let mut deeper = module.to_vec();
    deeper.push("tests".to_owned());
    let mut found = collect(module, &without_comments(outer));
    found.extend(collect(&deeper, &without_comments(inner)));
    found
}

/// Splits a file before the module of its own unit tests, where `super` means the file itself.
fn split_tests(source: &str) -> (&str, &str) {
    source.find("\nmod tests {").map_or((source, ""), |at| source.split_at(at))
}

/// Removes comments; what looks like an address keeps its slashes.
fn without_comments(source: &str) -> String {
    let code = |line: &str| match line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':')) {
        Some((at, _)) => line[..at].to_owned(),
        None => line.to_owned(),
    };
    source.lines().map(code).collect::<Vec<_>>().join("\n")
}

fn collect(module: &[String], code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        tree(&code[start + "crate::".len()..], &[], &mut found);
    }
    for (start, _) in code.match_indices("super::") {
        // The first of a chain; the others follow from it.
        if code[..start].ends_with("super::") {
            continue;
        }
        let (mut rest, mut base) = (&code[start..], module);
        while let Some(after) = rest.strip_prefix("super::") {
            (rest, base) = (after, base.split_last().map_or(base, |(_, parent)| parent));
        }
        tree(rest, base, &mut found);
    }
    found
}

/// Takes a path or a group of paths apart and returns what follows it.
fn tree<'a>(text: &'a str, base: &[String], found: &mut Vec<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start_matches([',', ' ', '\n']);
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
            let before = rest.len();
            rest = tree(rest, base, found);
            // An alias, or what is no path at all: on to the next of the group.
            rest = rest.find([',', '}']).map_or("", |at| &rest[at..]);
            if rest.is_empty() || rest.len() == before {
                return rest;
            }
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let mut path = base.to_vec();
    if name.is_empty() || name == "self" {
        found.push(path);
        return rest;
    }
    path.push(name.to_owned());
    match rest.strip_prefix("::") {
        Some(after) if after.starts_with(|c: char| c.is_alphanumeric() || "{_*".contains(c)) => {
            tree(after, &path, found)
        }
        _ => {
            found.push(path);
            rest
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(module: &str, source: &str) -> Vec<String> {
        let module: Vec<String> = module.split("::").map(str::to_owned).collect();
        named_in(&module, source).into_iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn groups_and_aliases_are_taken_apart() {
        let source =
            "use crate::{\n    domain::{ids::GroupId, terms::Terms as Conditions},\n    graph,\n    web::*,\n};";

        assert_eq!(named("jobs", source), ["domain::ids::GroupId", "domain::terms::Terms", "graph", "web"]);
    }

    #[test]
    fn super_is_followed_to_its_module() {
        assert_eq!(named("features::home::show", "use super::help;"), ["features::home::help"]);
        assert_eq!(named("features::home::show", "super::super::groups::x()"), ["features::groups::x"]);
        assert_eq!(
            named("features::home", "use super::groups::{self, show};"),
            ["features::groups", "features::groups::show"]
        );
    }

    #[test]
    fn in_the_tests_of_a_file_super_is_the_file() {
        assert_eq!(named("config", "fn f() {}\nmod tests {\n    use super::Settings;\n}"), ["config::Settings"]);
    }

    #[test]
    fn a_path_inside_a_function_counts_and_a_comment_does_not() {
        let source =
            "//! See [`crate::web`].\nfn f() { crate::store::open::<u8>(\"https://contoso.example\"); } // crate::cli";

        assert_eq!(named("graph", source), ["store::open"]);
    }
}
