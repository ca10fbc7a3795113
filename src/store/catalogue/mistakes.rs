//! Words that differ from a typed one by one mistake: a letter too many, one too few, a wrong one, or two that changed
//! places, at any letter, the first included.
//!
//! The words of the index are kept in order, so all words with the same beginning stand together. The beginning of the typed
//! word is followed letter by letter; at each, the mistake is assumed there, and what would have to follow is looked up. The
//! work grows with the length of the word and the letters that occur, not with the number of words.

use std::ops::Bound;

use imbl::OrdMap;

/// The words of an index, each with the groups that have it.
pub(super) type Vocabulary<T> = OrdMap<Box<str>, T>;

/// Returns the words that begin so, in order.
pub(super) fn beginning<'a, T: Clone>(
    words: &'a Vocabulary<T>,
    start: &'a str,
) -> impl Iterator<Item = (&'a str, &'a T)> {
    let range = (Bound::Included(start), Bound::Unbounded);
    words
        .range::<_, str>(range)
        .map(|(word, groups)| (&**word, groups))
        .take_while(move |(word, _)| word.starts_with(start))
}

/// Calls `found` with every word that differs from the typed one by one mistake, and says whether it is the whole word.
/// With `unfinished`, words whose beginning differs by one mistake are found too. A word can come more than once.
pub(super) fn one_mistake<'a, T: Clone>(
    words: &'a Vocabulary<T>,
    typed: &str,
    unfinished: bool,
    mut found: impl FnMut(&'a T, bool),
) {
    let mut look_up = |start: &str| {
        let range = (Bound::Included(start), Bound::Unbounded);
        for (word, groups) in words.range::<_, str>(range) {
            if !word.starts_with(start) || (!unfinished && word.len() > start.len()) {
                return;
            }
            found(groups, word.len() == start.len());
        }
    };
    for (at, letter) in typed.char_indices() {
        let (before, after) = (&typed[..at], &typed[at + letter.len_utf8()..]);
        if beginning(words, before).next().is_none() {
            return;
        }
        if !(before.is_empty() && after.is_empty()) {
            look_up(&[before, after].concat());
        }
        if let Some(next) = after.chars().next().filter(|next| *next != letter) {
            let rest = &after[next.len_utf8()..];
            look_up(&format!("{before}{next}{letter}{rest}"));
        }
        for_each_letter_after(words, before, |other| {
            if other != letter {
                look_up(&format!("{before}{other}{after}"));
            }
            look_up(&format!("{before}{other}{letter}{after}"));
        });
    }
}

/// Calls `letter` with each letter that follows a beginning in some word, once.
fn for_each_letter_after<T: Clone>(words: &Vocabulary<T>, start: &str, mut letter: impl FnMut(char)) {
    let mut from = format!("{start}\0");
    loop {
        let range = (Bound::Included(from.as_str()), Bound::Unbounded);
        let next = words.range::<_, str>(range).next().and_then(|(word, _)| word.strip_prefix(start)?.chars().next());
        let Some(next) = next else { return };
        letter(next);
        // The letter after it; between U+D7FF and U+E000 there are none.
        let Some(after) = (next..=char::MAX).nth(1) else { return };
        from.truncate(start.len());
        from.push(after);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Returns whether two words differ by one mistake, found out the plain way.
    fn differs_by_one(one: &[char], other: &[char]) -> bool {
        let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        let (one, other) = (&one[same..], &other[same..]);
        match (one, other) {
            ([_, a @ ..], b) if a == b => true,
            (a, [_, b @ ..]) if a == b => true,
            ([_, a @ ..], [_, b @ ..]) if a == b => true,
            ([a, b, rest @ ..], [c, d, more @ ..]) => (a, b) == (d, c) && rest == more,
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn all_words_one_mistake_away_are_found_and_no_others(
            words in prop::collection::btree_set("[abé]{1,6}", 1..60),
            typed in "[abé]{1,6}",
        ) {
            let vocabulary: Vocabulary<String> = words.iter().map(|word| (Box::<str>::from(word.as_str()), word.clone())).collect();
            let letters: Vec<char> = typed.chars().collect();
            let is_one_away = |word: &&String| differs_by_one(&letters, &word.chars().collect::<Vec<_>>());
            let begins_one_away = |word: &&String| {
                let word: Vec<char> = word.chars().collect();
                (1..=word.len()).any(|end| differs_by_one(&letters, &word[..end]))
            };

            let (mut whole, mut begun) = (BTreeSet::new(), BTreeSet::new());
            one_mistake(&vocabulary, &typed, false, |word, _| { whole.insert(word.clone()); });
            one_mistake(&vocabulary, &typed, true, |word, _| { begun.insert(word.clone()); });

            // A word with a letter more at its end begins with the typed one, so it is found without a mistake.
            let is_found_anyway = |word: &String| word.starts_with(&typed);
            let expected: BTreeSet<String> = words.iter().filter(is_one_away).cloned().collect();
            prop_assert_eq!(
                whole.iter().filter(|word| !is_found_anyway(word)).collect::<Vec<_>>(),
                expected.iter().filter(|word| !is_found_anyway(word)).collect::<Vec<_>>()
            );
            let expected: BTreeSet<String> = words.iter().filter(begins_one_away).cloned().collect();
            prop_assert_eq!(
                begun.iter().filter(|word| !is_found_anyway(word)).collect::<Vec<_>>(),
                expected.iter().filter(|word| !is_found_anyway(word)).collect::<Vec<_>>()
            );
        }
    }
}
