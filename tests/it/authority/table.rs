//! The table of expectations, read from the file that people write.

use std::fmt;

/// How a group can stand, in the words of the file. A new state is a word here, a group in `world.rs`, and a line in
/// the rows.
pub const STATES: [&str; 9] =
    ["takes-part", "locked", "paused", "unfit", "synced", "deleted", "hidden", "aside", "nowhere"];

/// The state of an address that names no group.
pub const ANY: &str = "any";

/// Who asks, in the order of the columns. A new column is a word here and somebody in `world.rs`.
pub const WHO: [&str; 13] = [
    "employee",
    "owner",
    "other",
    "former",
    "co-own",
    "deputy",
    "fallback",
    "admin",
    "auditor",
    "guest",
    "guest-o",
    "dir-admin",
    NOBODY,
];

/// Somebody who is not signed in.
pub const NOBODY: &str = "nobody";

/// What a cell can say.
const CLASSES: [&str; 10] = ["page", "slip", "stale", "done", "state", "gone", "no", "none", "sign", "away"];

/// A route and a method, with what the address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row {
    pub method: &'static str,
    pub route: &'static str,
    /// What the address names, where that makes a difference.
    pub about: &'static str,
    /// Whether it changes something where it is permitted.
    pub changes: bool,
}

/// One thing to ask the portal, and what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub row: Row,
    pub state: &'static str,
    pub who: &'static str,
    pub expected: &'static str,
}

impl fmt::Display for Cell {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row { method, route, about, .. } = self.row;
        write!(out, "{method} {route} {about} [{}] as {}", self.state, self.who)
    }
}

/// Reads the file into its cells, row by row, or says what is wrong with a line.
pub fn read(text: &'static str) -> Result<Vec<Cell>, String> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut row = None;
    for (number, line) in text.lines().enumerate() {
        let wrong = |what: &str| format!("line {}: {what}: {line}", number + 1);
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            [first, ..] if first.starts_with('#') => {}
            ["who", columns @ ..] if columns == WHO => {}
            ["who", ..] => return Err(wrong("these are not the columns that are known")),
            [method @ ("GET" | "POST" | "POST*"), route, ..] => {
                let about = line.split_once(route).map_or("", |(_, rest)| rest.trim());
                row = Some(Row { method: method.trim_end_matches('*'), route, about, changes: method.ends_with('*') });
            }
            all if all.len() > WHO.len() => {
                let row = row.ok_or_else(|| wrong("there is no row above"))?;
                let (states, classes) = all.split_at(all.len() - WHO.len());
                for state in states {
                    if !STATES.contains(state) && *state != ANY {
                        return Err(wrong("there is no such state"));
                    }
                    for (who, expected) in WHO.iter().zip(classes) {
                        if !CLASSES.contains(expected) {
                            return Err(wrong("there is no such answer"));
                        }
                        cells.push(Cell { row, state, who, expected });
                    }
                }
            }
            _ => return Err(wrong("too few cells")),
        }
    }
    each_state_once(&cells)?;
    Ok(cells)
}

/// Checks that each row has every state once, or `any` once.
fn each_state_once(cells: &[Cell]) -> Result<(), String> {
    let mut rows: Vec<Row> = cells.iter().map(|cell| cell.row).collect();
    rows.sort_unstable();
    rows.dedup();
    for row in rows {
        let mut states: Vec<&str> =
            cells.iter().filter(|cell| cell.row == row && cell.who == NOBODY).map(|cell| cell.state).collect();
        let mut all = STATES.to_vec();
        states.sort_unstable();
        all.sort_unstable();
        if states != all && states != [ANY] {
            return Err(format!("{row:?} has these states: {states:?}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: &str = " page none none none none none none none none none none none sign";

    fn leak(text: String) -> &'static str {
        Box::leak(text.into_boxed_str())
    }

    #[test]
    fn a_row_is_read_with_what_its_address_names() {
        let text = leak(format!("# said\nPOST* /a/{{id}} their own\n  any {CELLS}\n"));

        let cells = read(text).unwrap();

        assert_eq!(cells.len(), WHO.len());
        let Row { method, route, about, changes } = cells[0].row;
        assert_eq!((method, route, about, changes), ("POST", "/a/{id}", "their own", true));
        assert_eq!((cells[0].who, cells[0].expected), ("employee", "page"));
        assert_eq!((cells[12].who, cells[12].expected), (NOBODY, "sign"));
    }

    #[test]
    fn a_line_that_is_not_understood_is_named() {
        for (line, what) in [
            ("  any page none", "too few cells"),
            (&format!("  sleeping {CELLS}"), "no such state"),
            (&format!("  any {}", CELLS.replace("sign", "maybe")), "no such answer"),
            ("who owner employee", "not the columns"),
            (&format!("  paused {CELLS}"), "these states"),
        ] {
            let error = read(leak(format!("GET /a\n{line}\n"))).unwrap_err();

            assert!(error.contains(what), "{error}");
        }
    }
}
