//! What holds of the table whatever its rows, asserted of the file and of the answers apart.

use std::collections::HashMap;

use super::{
    TABLE,
    asking::Answer,
    table::{self, Cell, Row},
};

/// Answers that leave everything as it is, whatever was sent.
const HARMLESS: [&str; 6] = ["no", "none", "state", "gone", "sign", "away"];
/// Forms by which nobody decides about anything but their own sign-in, colours, wishes and requests, and what is new.
const OWN_MATTERS: [&str; 6] =
    ["/theme", "/sign-out", "/groups/{id}/ask", "/requests/{id}/withdraw", "/memberships/{id}/", "/owned/new"];

/// What somebody gets: the class by row and state.
type Column = HashMap<(Row, &'static str), String>;

/// Every cell with its class, from the file or from the portal.
struct Classes(Vec<(Cell, String)>);

impl Classes {
    fn column(&self, who: &str) -> Column {
        let theirs = self.0.iter().filter(|(cell, _)| cell.who == who);
        theirs.map(|(cell, class)| ((cell.row, cell.state), class.clone())).collect()
    }

    fn same(&self, one: &str, other: &str) {
        let (ones, others) = (self.column(one), self.column(other));
        let different: Vec<_> = ones.iter().filter(|(cell, class)| others[*cell] != **class).collect();
        assert!(different.is_empty(), "{one} and {other} differ: {different:?}");
    }

    /// Asserts that forms about a group or somebody else's matter are refused.
    fn never_decides(&self, who: &str) {
        for (cell, class) in &self.0 {
            let is_own = OWN_MATTERS.iter().any(|own| cell.row.route.starts_with(own));
            if cell.who == who && cell.row.method == "POST" && !is_own {
                assert!(HARMLESS.contains(&class.as_str()), "{cell}: {class}");
            }
        }
    }

    fn hold(&self) {
        // A role in the directory is none in Roster; who was an owner, and who is told when there is none, are nobody.
        for nobody in ["dir-admin", "former", "fallback"] {
            self.same("employee", nobody);
        }
        // Who owns a group with others, or for a while, owns it.
        self.same("owner", "co-own");
        self.same("owner", "deputy");
        for who in ["auditor", "guest", "guest-o", "employee", "other", "nobody"] {
            self.never_decides(who);
        }
        for (cell, class) in &self.0 {
            let is_answer = cell.row.route.starts_with("/approvals/") && cell.row.method == "POST";
            if is_answer && cell.row.about == "their own" {
                assert!(HARMLESS.contains(&class.as_str()), "{cell}: {class}, of their own request");
            }
            if cell.who == "nobody" && cell.row.method == "POST" {
                assert!(["sign", "away"].contains(&class.as_str()), "{cell}: {class}, for nobody");
            }
            if cell.state == "nowhere" && cell.row.method == "GET" && cell.who != "nobody" {
                assert_eq!(class, "none", "{cell}");
            }
        }
    }
}

#[test]
fn the_file_keeps_what_holds_of_every_table() {
    let cells = table::read(TABLE).unwrap();

    Classes(cells.into_iter().map(|cell| (cell, cell.expected.to_owned())).collect()).hold();
}

/// Asserts of the answers what holds of the file, and that a page which is not for somebody is the same page whether
/// the group is there or not.
pub fn of_answers(answers: &[Answer]) {
    Classes(answers.iter().map(|answer| (answer.cell, answer.class())).collect()).hold();
    let mut nowhere: HashMap<(Row, &str), &Answer> = HashMap::new();
    for answer in answers.iter().filter(|answer| answer.cell.state == "nowhere" && answer.class() == "none") {
        nowhere.insert((answer.cell.row, answer.cell.who), answer);
    }
    let mut compared = 0;
    for answer in answers.iter().filter(|answer| answer.class() == "none") {
        let Some(other) = nowhere.get(&(answer.cell.row, answer.cell.who)) else { continue };
        assert_eq!(said(answer), said(other), "{}", answer.cell);
        compared += 1;
    }
    assert!(compared > 1000, "{compared} pages were compared");
}

/// Returns what an answer says, head and body, without what tells any two answers apart.
fn said(answer: &Answer) -> String {
    let headers = answer.page.headers.iter().filter(|(name, _)| *name != "x-request-id" && *name != "date");
    let headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    format!("{} {}\n{}", answer.page.status, headers.join("\n"), answer.page.bytes())
}
