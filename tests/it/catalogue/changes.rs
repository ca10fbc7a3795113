//! Changing one group is the same as building everything anew.

use proptest::prelude::*;
use roster::{
    domain::ids::PersonId,
    store::catalogue::{Entry, Place, Search, Snapshot},
};
use uuid::Uuid;

use super::{names, outside, search, taking_part};
use crate::support::many::Company;

/// What a search tells, to be compared.
fn told(groups: &Snapshot, words: &str) -> Vec<(Vec<String>, usize, usize)> {
    let search = Search { words, ..Search::default() };
    let found = [groups.search(&search, &Place::Start, 30), groups.search_all(&search, &Place::Start, 30)];
    let told = |found: &roster::store::catalogue::Found| {
        (names(found).iter().map(ToString::to_string).collect(), found.total, found.similar)
    };
    found.iter().map(told).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn changes_one_by_one_come_to_the_same_as_all_at_once(
        seed in 0..1000_u64,
        steps in prop::collection::vec((0..40_usize, 0..40_usize, any::<bool>()), 1..40),
    ) {
        let mut groups = Company::new(seed).groups(40);
        let mut changed = Snapshot::new(groups.clone(), 1);
        for (number, (at, other, gone)) in steps.iter().enumerate() {
            let mut renamed = groups[*at].group.clone();
            renamed.name.clone_from(&groups[*other].group.name);
            let owners = groups[*other].owners.clone();
            groups[*at] = Entry::new(renamed, owners, groups[*at].designation.clone(), *gone);
            changed = changed.with(vec![groups[*at].clone()], vec![], 2 + i64::try_from(number).unwrap_or(0));
        }

        let built = Snapshot::new(groups.clone(), 1);

        for words in ["", "team", "project", "dat", "datq", groups[0].group.name.as_str()] {
            prop_assert_eq!(told(&changed, words), told(&built, words), "{}", words);
        }
        for person in (0..5000).map(|n| PersonId(Uuid::from_u128(n))) {
            prop_assert_eq!(changed.owned_by(person), built.owned_by(person));
        }
    }
}

#[test]
fn a_designation_waits_for_its_group_to_be_copied() {
    let group = taking_part("Compiler Team", "");
    let waiting = Snapshot::default().with(vec![], vec![group.designation.clone().unwrap()], 1);

    let copied = waiting.with(vec![outside("Compiler Team")], vec![], 2);

    assert_eq!(search(&waiting, "compiler").total, 0);
    assert_eq!(names(&search(&copied, "compiler")), ["Compiler Team"]);
}

#[test]
fn a_snapshot_that_somebody_still_reads_does_not_change() {
    let before = super::snapshot(&[("Compiler Team", ""), ("Data Platform", "")]);
    let mut renamed = taking_part("Compiler Team", "");
    "Linker Team".clone_into(&mut renamed.group.name);
    let renamed = Entry::new(renamed.group, renamed.owners, None, false);

    let after = before.with(vec![renamed], vec![], 2);

    assert_eq!(names(&search(&before, "team")), ["Compiler Team"]);
    assert_eq!(names(&search(&after, "team")), ["Linker Team"]);
}
