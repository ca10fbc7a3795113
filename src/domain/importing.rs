//! Many people at once: what a list names, and what would become of each row of it.
//!
//! A list is read row by row into keys, the directory says who they are, and [`judge`] says of each row what carrying the
//! list out would do. What is judged ready is what is carried out, and nothing else.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{
    directory::{Person, PersonRef},
    ids::PersonId,
    operation::Kind,
    text,
};

/// The most rows of a list.
pub const MOST_ROWS: usize = 10_000;
/// The most bytes of a file.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The most characters of an address (RFC 5321, 4.5.3.1, less the angle brackets).
const MOST_IN_ADDRESS: usize = 254;
/// How much of a row that cannot be read is kept, in characters.
const MOST_KEPT: usize = 200;

/// What a row names somebody by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// A mail address or user name, in small letters.
    Address(String),
    /// An object id.
    Id(PersonId),
}

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// The column of the key is empty.
    Empty,
    /// It is neither an address nor an object id.
    NoKey,
    /// It is longer than any address.
    TooLong,
    /// It has characters that cannot be seen.
    Unseen,
}

/// A row of a list as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: usize,
    /// What it says, cleaned and cut.
    pub typed: String,
    /// Whom it names, or why nobody can say.
    pub key: Result<Key, Flaw>,
}

/// What carrying a row out would do, or why it does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The person will be added, or removed.
    Ready,
    /// They are a member already.
    Member,
    /// They are no member.
    NotMember,
    /// The directory knows nobody by this.
    Unknown,
    /// Several people go by it.
    Ambiguous,
    /// They are a guest, and the terms let none in.
    Guest,
    /// Their account cannot sign in.
    Disabled,
    /// An earlier row names the same person.
    Duplicate,
    /// Their own request waits for an answer.
    HasAsked,
    /// They are being added.
    BeingAdded,
    /// They are being removed.
    BeingRemoved,
    /// They are who carries it out; leaving is a thing of its own.
    Themself,
    /// The row cannot be read.
    Unreadable(Flaw),
}

impl Verdict {
    /// Every verdict, in the order in which a preview counts them.
    pub const ALL: [Self; 16] = [
        Self::Ready,
        Self::Member,
        Self::NotMember,
        Self::Duplicate,
        Self::HasAsked,
        Self::BeingAdded,
        Self::BeingRemoved,
        Self::Guest,
        Self::Disabled,
        Self::Themself,
        Self::Ambiguous,
        Self::Unknown,
        Self::Unreadable(Flaw::Empty),
        Self::Unreadable(Flaw::NoKey),
        Self::Unreadable(Flaw::TooLong),
        Self::Unreadable(Flaw::Unseen),
    ];

    /// Returns the name it is stored under.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Member => "member",
            Self::NotMember => "not_member",
            Self::Unknown => "unknown",
            Self::Ambiguous => "ambiguous",
            Self::Guest => "guest",
            Self::Disabled => "disabled",
            Self::Duplicate => "duplicate",
            Self::HasAsked => "has_asked",
            Self::BeingAdded => "being_added",
            Self::BeingRemoved => "being_removed",
            Self::Themself => "themself",
            Self::Unreadable(Flaw::Empty) => "row_empty",
            Self::Unreadable(Flaw::NoKey) => "row_no_key",
            Self::Unreadable(Flaw::TooLong) => "row_too_long",
            Self::Unreadable(Flaw::Unseen) => "row_unseen",
        }
    }

    /// Reads the name it is stored under.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// Returns whether the wish of the row is already so: nothing is to be done, and nothing is wrong.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::Ready | Self::Member | Self::NotMember | Self::Duplicate)
    }
}

/// What is known when a list is judged.
#[derive(Debug)]
pub struct Known<'a> {
    /// Whether people are to be added or removed.
    pub kind: Kind,
    /// Who would carry it out.
    pub viewer: PersonId,
    /// Whether the terms let guests in.
    pub guests: bool,
    /// Whom the directory found for the keys of the list.
    pub people: &'a [Person],
    /// Whose accounts cannot sign in, as far as the directory copy knows: what the directory shows of an account depends on
    /// what this owner may read.
    pub unable: &'a HashSet<PersonId>,
    /// Who belongs to the group, our own late writes laid over.
    pub members: &'a HashSet<PersonId>,
    /// Whose request waits for an answer.
    pub asked: &'a HashSet<PersonId>,
    /// What is owed to the directory for whom.
    pub owed: &'a HashMap<PersonId, Kind>,
}

/// Says of each row what carrying the list out would do, in the order of the rows.
#[must_use]
pub fn judge(rows: &[Row], known: &Known<'_>) -> Vec<(Option<PersonRef>, Verdict)> {
    let book = Book::new(known.people);
    let mut seen = HashSet::new();
    let judged = rows.iter().map(|row| {
        let key = match &row.key {
            Ok(key) => key,
            Err(flaw) => return (None, Verdict::Unreadable(*flaw)),
        };
        match book.find(key) {
            [] => (None, Verdict::Unknown),
            [person] => {
                let verdict = if seen.insert(person.id) { known.verdict(person) } else { Verdict::Duplicate };
                (Some(PersonRef { id: person.id, name: person.name.clone() }), verdict)
            }
            _ => (None, Verdict::Ambiguous),
        }
    });
    judged.collect()
}

impl Known<'_> {
    fn verdict(&self, person: &Person) -> Verdict {
        let is_member = self.members.contains(&person.id);
        if let Some(owed) = self.owed.get(&person.id) {
            return if owed.gives() { Verdict::BeingAdded } else { Verdict::BeingRemoved };
        }
        match (self.kind.gives(), is_member) {
            (true, true) => return Verdict::Member,
            (true, false) => {}
            (false, false) => return Verdict::NotMember,
            (false, true) if person.id == self.viewer => return Verdict::Themself,
            (false, true) => return Verdict::Ready,
        }
        if person.enabled == Some(false) || self.unable.contains(&person.id) {
            return Verdict::Disabled;
        }
        if person.is_guest() && !self.guests {
            return Verdict::Guest;
        }
        if self.asked.contains(&person.id) { Verdict::HasAsked } else { Verdict::Ready }
    }
}

/// People by what they can be named by.
struct Book<'a> {
    by_address: HashMap<String, Vec<&'a Person>>,
    by_id: HashMap<PersonId, Vec<&'a Person>>,
}

impl<'a> Book<'a> {
    fn new(people: &'a [Person]) -> Self {
        let mut book = Self { by_address: HashMap::new(), by_id: HashMap::new() };
        let mut seen = HashSet::new();
        for person in people.iter().filter(|person| seen.insert(person.id)) {
            book.by_id.entry(person.id).or_default().push(person);
            let (name, mail) = (person.username.to_lowercase(), person.mail.to_lowercase());
            if mail != name {
                book.by_address.entry(mail).or_default().push(person);
            }
            book.by_address.entry(name).or_default().push(person);
        }
        book
    }

    fn find(&self, key: &Key) -> &[&'a Person] {
        let found = match key {
            Key::Address(address) => self.by_address.get(address),
            Key::Id(id) => self.by_id.get(id),
        };
        found.map_or(&[], Vec::as_slice)
    }
}

impl Row {
    /// Reads the cell of a row that names somebody.
    #[must_use]
    pub fn read(line: usize, cell: &str) -> Self {
        let typed: String = text::clean(cell).chars().take(MOST_KEPT).collect();
        Self { line, typed, key: read_key(cell) }
    }
}

/// Reads whom a cell names: an object id, an address, or an address in the form `Ada Lovelace <ada@contoso.example>`.
fn read_key(cell: &str) -> Result<Key, Flaw> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Err(Flaw::Empty);
    }
    if cell.chars().any(|c| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    }) {
        return Err(Flaw::Unseen);
    }
    let bare = match (cell.find('<'), cell.strip_suffix('>')) {
        (Some(from), Some(before)) => before[from + 1..].trim(),
        _ => cell,
    };
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    if let Ok(id) = bare.parse() {
        return Ok(Key::Id(id));
    }
    if bare.chars().count() > MOST_IN_ADDRESS {
        return Err(Flaw::TooLong);
    }
    if is_address(bare) { Ok(Key::Address(bare.to_lowercase())) } else { Err(Flaw::NoKey) }
}

/// Returns whether a text can be the address or user name of somebody in a directory. Stricter than mail itself: what a
/// spreadsheet would take for a formula, and what no directory takes, is none.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let odd =
        |c: char| c.is_whitespace() || matches!(c, '"' | '(' | ')' | ',' | ';' | ':' | '<' | '>' | '@' | '\\' | '/');
    let starts_well = local.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '\''));
    starts_well
        && !local.contains(odd)
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests;
