//! Tables as files for spreadsheets: UTF-8 with a byte order mark, so that Excel reads it as such, every cell in quotes,
//! and no cell a formula.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil::Date};

use super::{trouble::Trouble, words::Phrase};

const BYTE_ORDER_MARK: &str = "\u{feff}";
/// What a spreadsheet takes for the beginning of a formula or of a command (OWASP, "CSV Injection"), the wide forms of the
/// same signs included, since some take those for theirs.
const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A table that is being written.
#[derive(Debug)]
pub struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// Begins a table with the heads of its columns.
    ///
    /// # Errors
    /// [`Trouble::Fault`]; writing to memory does not fail.
    pub fn new(heads: &[Phrase]) -> Result<Self, Trouble> {
        let writer = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::Always)
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
        let mut sheet = Self(writer);
        sheet.row(heads.iter().map(plain))?;
        Ok(sheet)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Trouble> {
        let cells = cells.into_iter().map(|cell| harmless(&cell));
        self.0.write_record(cells).map_err(|error| Trouble::fault("a row could not be written", &error))
    }

    /// Returns the table.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn bytes(self) -> Result<Vec<u8>, Trouble> {
        self.0.into_inner().map_err(|error| Trouble::fault("a table could not be written", &error))
    }

    /// Returns the table as an answer that browsers save under a name.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn answer(self, name: &str) -> Result<Response, Trouble> {
        let bytes = self.bytes()?;
        let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""))
            .map_err(|error| Trouble::fault("the name of a file is none", &error))?;
        let kind = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
        Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
    }
}

/// Returns what a phrase says, without the marks that isolate names in running text.
#[must_use]
pub fn plain(phrase: &Phrase) -> String {
    phrase.text().replace(['\u{2068}', '\u{2069}'], "")
}

/// Returns an instant as spreadsheets read it, in UTC.
#[must_use]
pub fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Returns the name of a file about a group: small letters, digits and hyphens of its name alone, which no system takes for
/// anything else.
#[must_use]
pub fn file_name(what: &str, group: &str, day: Date) -> String {
    let mut safe = String::new();
    for c in group.chars().map(|c| c.to_ascii_lowercase()) {
        match c {
            'a'..='z' | '0'..='9' => safe.push(c),
            _ if !safe.is_empty() && !safe.ends_with('-') => safe.push('-'),
            _ => {}
        }
        if safe.len() >= 60 {
            break;
        }
    }
    let safe = safe.trim_end_matches('-');
    let group = if safe.is_empty() { "group" } else { safe };
    format!("{what}-{group}-{day}.csv")
}

/// Puts an apostrophe before what a spreadsheet would run. What cannot be seen before it does not help it.
fn harmless(cell: &str) -> String {
    let is_unseen = |c: char| {
        c == ' '
            || c == '\u{feff}'
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
    };
    let starts = cell.starts_with(STARTS) || cell.trim_start_matches(is_unseen).starts_with(STARTS);
    if starts { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_be_a_formula_is_none() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "＝1", "  =1", "\u{200b}=1", "\u{202e}@x"] {
            assert_eq!(harmless(bad), format!("'{bad}"));
        }
        for good in ["", "Ada Lovelace", "ada@contoso.example", "1 = 1", "'=1"] {
            assert_eq!(harmless(good), good);
        }
    }

    #[test]
    fn the_name_of_a_file_is_harmless_whatever_the_group_is_called() {
        let day = "2026-11-26".parse().unwrap();
        let name = |group: &str| file_name("members", group, day);

        assert_eq!(name("Compiler Team"), "members-compiler-team-2026-11-26.csv");
        assert_eq!(name("../../etc\"; x=\r\n"), "members-etc-x-2026-11-26.csv");
        assert_eq!(name("مكتبة القرويين"), "members-group-2026-11-26.csv");
        assert!(name(&"x".repeat(500)).len() < 90);
    }

    #[test]
    fn a_quote_or_a_line_in_a_cell_opens_no_other() {
        let mut sheet = Sheet(csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new()));
        sheet.row(["a\",=1\n=2".to_owned(), "b".to_owned()]).unwrap();

        assert_eq!(sheet.0.into_inner().unwrap(), b"\"a\"\",=1\n=2\",\"b\"\n");
    }
}
