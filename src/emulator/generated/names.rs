//! Names of people from several cultures.
//!
//! `names.txt` has three lines for each: how many of a hundred employees have such names, given names, family names. What
//! is written in another script carries its Latin form first: `Latin|own`.

use fastrand::Rng;
use unicode_normalization::UnicodeNormalization as _;

use super::{one, weighted};

/// Given and family names that go together, and how many of a hundred employees have them.
struct Culture {
    share: u32,
    given: Vec<&'static str>,
    family: Vec<&'static str>,
}

/// Every name.
pub(super) struct Names(Vec<Culture>);

/// A name that was drawn.
pub(super) struct Name {
    pub(super) given: String,
    pub(super) family: String,
    /// The part of an address before the `@`.
    pub(super) user: String,
}

impl Names {
    pub(super) fn read() -> Self {
        let cultures = include_str!("names.txt").split("\n\n").filter_map(|block| {
            let mut lines = block.lines();
            let share = lines.next()?.parse().ok()?;
            let mut list = || Some(lines.next()?.split(", ").collect());
            Some(Culture { share, given: list()?, family: list()? })
        });
        Self(cultures.collect())
    }

    /// Draws a name.
    pub(super) fn draw(&self, dice: &mut Rng) -> Name {
        let culture = &self.0[weighted(dice, self.0.iter().map(|culture| culture.share))];
        let (given, family) = (one(dice, &culture.given), one(dice, &culture.family));
        // One person in eight goes by two family names.
        let second = (dice.u8(..8) == 0 && !family.contains('|')).then(|| one(dice, &culture.family));
        let in_own_script = dice.u8(..3) == 0;
        let form = |name: &str| {
            let (latin, own) = name.split_once('|').unwrap_or((name, name));
            if in_own_script { own.to_owned() } else { latin.to_owned() }
        };
        let latin = |name: &str| plain(name.split('|').next().unwrap_or(name));
        let user = format!("{}.{}", latin(given), latin(family));
        let family = match second.filter(|second| *second != family) {
            Some(second) => format!("{}-{}", form(family), form(second)),
            None => form(family),
        };
        Name { given: form(given), family, user }
    }
}

/// Returns a name in letters that every mail system takes.
fn plain(name: &str) -> String {
    let spelled: String = name.chars().flat_map(|letter| spelled(letter).chars().collect::<Vec<_>>()).collect();
    spelled.nfd().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// Spells letters that do not fall apart into a plain letter and an accent.
fn spelled(letter: char) -> String {
    match letter {
        'ł' | 'Ł' => "l".to_owned(),
        'ø' | 'Ø' => "o".to_owned(),
        'ß' => "ss".to_owned(),
        'ı' => "i".to_owned(),
        'đ' | 'Đ' => "d".to_owned(),
        'ä' => "ae".to_owned(),
        'ö' => "oe".to_owned(),
        'ü' => "ue".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain() {
        assert_eq!(plain("Łukasz"), "lukasz");
        assert_eq!(plain("Schröder"), "schroeder");
        assert_eq!(plain("Đặng"), "dang");
        assert_eq!(plain("O'Brien"), "obrien");
    }

    #[test]
    fn every_name_can_become_an_address() {
        let cultures = Names::read().0;

        assert_eq!(cultures.iter().map(|culture| culture.share).sum::<u32>(), 100);
        for name in cultures.iter().flat_map(|culture| culture.given.iter().chain(&culture.family)) {
            assert!(!plain(name.split('|').next().unwrap_or_default()).is_empty(), "{name}");
        }
    }
}
