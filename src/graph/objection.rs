//! What the directory has against a name of a group.

/// Which name it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamePart {
    /// `displayName`.
    Name,
    /// `mailNickname`.
    Nickname,
    /// Graph did not say, or named something else.
    Unknown,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// Another object has it.
    Taken,
    /// The tenant's naming policy wants a beginning or an ending that is not there.
    MissingPrefixOrSuffix,
    /// The tenant's naming policy does not allow a word in it.
    BlockedWord,
    /// Something that is not documented.
    Unknown,
}

/// The first check of a name that failed; Graph names no further ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Objection {
    /// Which name it is about.
    pub part: NamePart,
    /// What is wrong with it.
    pub flaw: Flaw,
}

impl Objection {
    /// Something is wrong, and what is not known.
    pub(super) const UNKNOWN: Self = Self { part: NamePart::Unknown, flaw: Flaw::Unknown };

    /// Reads a detail of an error; `None` when it is no check of a name (Graph, "Validate properties").
    pub(super) fn read(code: &str, target: &str) -> Option<Self> {
        let flaw = match code {
            "PropertyConflict" | "ObjectConflict" => Flaw::Taken,
            "MissingPrefixSuffix" => Flaw::MissingPrefixOrSuffix,
            "ContainsBlockedWord" => Flaw::BlockedWord,
            _ => return None,
        };
        Some(Self { part: NamePart::read(target), flaw })
    }

    /// Reads the text, in small letters, of an error without details.
    pub(super) fn taken_by(text: &str) -> Option<Self> {
        let part = if text.contains("mailnickname") { NamePart::Nickname } else { NamePart::Unknown };
        text.contains("another object with the same value").then_some(Self { part, flaw: Flaw::Taken })
    }
}

impl NamePart {
    fn read(target: &str) -> Self {
        match target {
            "displayName" => Self::Name,
            "mailNickname" => Self::Nickname,
            _ => Self::Unknown,
        }
    }
}
