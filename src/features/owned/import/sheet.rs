//! Reads a pasted or uploaded list into rows: what encoding it has, what separates its cells, and which of them name
//! somebody.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use crate::domain::importing::{Flaw, MOST_BYTES, MOST_ROWS, Row};

/// Columns that name somebody, the surest first, as letters and digits of their heading. The last of the first is that of
/// the template for changing members in Entra's own portal.
const COLUMNS: [&[&str]; 3] = [
    &["objectid", "id", "userid", "userobjectid", "memberobjectidoruserprincipalnamememberobjectidorupnrequired"],
    &["userprincipalname", "upn", "username", "memberupn"],
    &["mail", "email", "emailaddress", "mailaddress", "address", "eaddress", "smtp"],
];
/// What may separate cells.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Why a list cannot be taken at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// More bytes than [`MOST_BYTES`].
    TooLarge,
    /// Neither UTF-8 nor UTF-16 with its mark.
    NotText,
    /// A quotation mark opens on this line and is never closed.
    Unclosed(usize),
    /// More rows than [`MOST_ROWS`]: so many.
    TooMany(usize),
    /// No row.
    Nobody,
}

/// Where a list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// Every cell may name somebody.
    Paste,
    /// Each line names one person.
    File,
}

/// Reads the bytes of a file.
///
/// # Errors
/// [`Unfit`] when it is no list that can be taken.
pub fn read_file(bytes: &[u8]) -> Result<Vec<Row>, Unfit> {
    if bytes.len() > MOST_BYTES {
        return Err(Unfit::TooLarge);
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]).ok_or(Unfit::NotText)?;
    // UTF-16 without its mark is text to the letter, with a NUL beside each.
    if text.bytes().filter(|byte| *byte == 0).count() * 4 > text.len() {
        return Err(Unfit::NotText);
    }
    read(&text, From::File)
}

/// Reads pasted text: addresses in any order and number on a line, or a table with headings.
///
/// # Errors
/// [`Unfit`] when it is no list that can be taken.
pub fn read_paste(text: &str) -> Result<Vec<Row>, Unfit> {
    read(text.trim_start_matches('\u{feff}'), From::Paste)
}

fn read(text: &str, from: From) -> Result<Vec<Row>, Unfit> {
    // Old spreadsheets end lines with CR alone.
    let text = if text.contains('\n') { Cow::Borrowed(text) } else { Cow::Owned(text.replace('\r', "\n")) };
    let text: &str = &text;
    let is_open = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut lines = Lines::new(text);
    let (mut rows, mut columns, mut is_first, mut last) = (Vec::new(), None, true, 1);
    let mut cells = csv::StringRecord::new();
    // Text that is UTF-8 already, with lines of any length, cannot fail to be read.
    while reader.read_record(&mut cells).unwrap_or(false) {
        last = lines.of(cells.position().map_or(0, csv::Position::byte));
        if is_first && (is_preamble(&cells)) {
            continue;
        }
        if std::mem::take(&mut is_first) {
            columns = headings(&cells);
            if columns.is_some() {
                continue;
            }
        }
        take(&mut rows, last, &cells, columns.as_deref(), from);
    }
    match rows.len() {
        _ if is_open => Err(Unfit::Unclosed(last)),
        0 => Err(Unfit::Nobody),
        many if many > MOST_ROWS => Err(Unfit::TooMany(many)),
        _ => Ok(rows),
    }
}

/// Takes what a record names. A record of blank cells is none.
fn take(rows: &mut Vec<Row>, line: usize, cells: &csv::StringRecord, columns: Option<&[usize]>, from: From) {
    let mut filled = cells.iter().filter(|cell| !cell.trim().is_empty()).peekable();
    if filled.peek().is_none() {
        return;
    }
    if let Some(columns) = columns {
        let named = columns.iter().filter_map(|column| cells.get(*column)).find(|cell| !cell.trim().is_empty());
        rows.push(match named {
            Some(cell) => Row::read(line, cell),
            None => Row { key: Err(Flaw::Empty), ..Row::read(line, filled.next().unwrap_or_default()) },
        });
        return;
    }
    let read: Vec<Row> = filled.map(|cell| Row::read(line, cell)).collect();
    match from {
        From::Paste => rows.extend(read),
        From::File => {
            let named = read.iter().find(|row| row.key.is_ok()).or(read.first());
            rows.extend(named.cloned());
        }
    }
}

/// Returns the columns that name somebody, the surest first, when a record is a row of headings.
fn headings(cells: &csv::StringRecord) -> Option<Vec<usize>> {
    let folded: Vec<String> = cells
        .iter()
        .map(|cell| cell.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase())
        .collect();
    let columns: Vec<usize> = COLUMNS
        .iter()
        .flat_map(|names| {
            folded.iter().enumerate().filter(|(_, cell)| names.iter().any(|name| cell.eq_ignore_ascii_case(name)))
        })
        .map(|(at, _)| at)
        .collect();
    (!columns.is_empty()).then_some(columns)
}

/// Returns whether a line comes before the headings: Excel's own note of the separator, or the version of Entra's template.
fn is_preamble(cells: &csv::StringRecord) -> bool {
    let first = cells.get(0).unwrap_or_default().trim().to_ascii_lowercase();
    first.starts_with("sep=") || first.starts_with("version:")
}

/// Returns what separates cells: what is most frequent on the first line that has any, outside quotation marks.
fn separator(text: &str) -> u8 {
    let counted = |line: &str| {
        let mut is_quoted = false;
        let mut counts = [0_usize; SEPARATORS.len()];
        for byte in line.bytes() {
            is_quoted ^= byte == b'"';
            if let Some(at) = SEPARATORS.iter().position(|known| *known == byte && !is_quoted) {
                counts[at] += 1;
            }
        }
        let most = (0..counts.len()).rev().max_by_key(|at| counts[*at])?;
        (counts[most] > 0).then_some(SEPARATORS[most])
    };
    text.lines().find_map(counted).unwrap_or(SEPARATORS[0])
}

/// Tells the line of a place in a text, for places that come in order. The reader of records counts otherwise where lines
/// are blank or end in two characters.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    /// Returns the line of the first character at or after a place that ends no line.
    fn of(&mut self, byte: u64) -> usize {
        let from = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let ends = self.text[from..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let to = from + ends;
        let passed = &self.text[self.at.min(to)..to];
        self.line += passed.split(|byte| *byte == b'\n').count() - 1;
        self.at = to.max(self.at);
        self.line
    }
}

#[cfg(test)]
mod tests;
