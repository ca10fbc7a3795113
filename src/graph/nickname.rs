//! The nickname of a group, which is the part before the `@` of its address and the one name that no two groups share.

use std::fmt;

use uuid::Uuid;

/// The most characters of a nickname (Graph, "Create group").
const LONGEST: usize = 64;
/// How many characters of the group's name a made-up nickname begins with at most.
const LONGEST_BEGINNING: usize = 40;

/// A nickname that Graph takes: 1 to 64 visible ASCII characters, none of `@()\[]";:.<>,` (Graph, "Create group").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nickname(String);

impl Nickname {
    /// Checks a nickname.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let fits = (1..=LONGEST).contains(&text.len())
            && text.chars().all(|c| c.is_ascii_graphic() && !r#"@()\[]";:.<>,"#.contains(c));
        fits.then(|| Self(text.to_owned()))
    }

    /// Makes a nickname from a group's name and from something that only this wish to create it has, so that a group with
    /// it can be no other. Keep both with the wish: the nickname is what finds the group after a lost answer.
    #[must_use]
    pub fn made_from(name: &str, wish: Uuid) -> Self {
        let mut beginning = String::new();
        for character in name.chars() {
            match character {
                c if c.is_ascii_alphanumeric() => beginning.push(c.to_ascii_lowercase()),
                _ if beginning.is_empty() || beginning.ends_with('-') => {}
                _ => beginning.push('-'),
            }
        }
        beginning.truncate(LONGEST_BEGINNING);
        let beginning = Some(beginning.trim_end_matches('-')).filter(|text| !text.is_empty()).unwrap_or("group");
        // Ids that sort by time begin alike; the second half is random in every kind of them.
        let (_, random) = wish.as_u64_pair();
        Self(format!("{beginning}-{random:016x}"))
    }

    /// Returns the nickname as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nickname {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_graph_does_not_take_is_no_nickname() {
        for odd in ["", "a b", "a.b", "a@b", "ä", "a\u{0}", "a\"", r"a\b", "a,b", &"a".repeat(65)] {
            assert_eq!(Nickname::read(odd), None, "{odd}");
        }
        assert!(Nickname::read("compiler-team_2'").is_some());
    }

    #[test]
    fn a_made_up_nickname_is_readable_and_nobody_elses() {
        let wish = Uuid::now_v7();

        for name in ["Compiler Team", "  --  ", "数学", &"Long & longer ".repeat(30), "a.b@c"] {
            let nickname = Nickname::made_from(name, wish);

            assert_eq!(Nickname::read(nickname.as_str()), Some(nickname.clone()), "{nickname}");
            assert_ne!(nickname, Nickname::made_from(name, Uuid::now_v7()));
            assert_eq!(nickname, Nickname::made_from(name, wish));
        }
        assert!(Nickname::made_from("Compiler Team", wish).as_str().starts_with("compiler-team-"));
    }
}
