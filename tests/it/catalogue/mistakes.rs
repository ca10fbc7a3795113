//! How well one typing mistake is forgiven among thousands of believable names.

use roster::store::catalogue::{Place, Search, Snapshot};

use crate::support::many::Company;

#[test]
fn nearly_every_group_is_among_the_first_ten_after_one_mistake() {
    const TRIES: usize = 1000;
    let mut company = Company::new(7);
    let groups = company.groups(3000);
    let snapshot = Snapshot::new(groups.clone(), 1);

    let mut missed = Vec::new();
    for _ in 0..TRIES {
        let (wanted, typed) = company.mistyped(&groups);
        let found = snapshot.search(&Search { words: &typed, ..Search::default() }, &Place::Start, 10);
        if !found.entries.iter().any(|entry| entry.group.id == wanted.group.id) {
            missed.push(format!("{:?} for {:?}", typed, wanted.group.name));
        }
    }

    println!("found after one mistake: {} of {TRIES}; missed: {missed:#?}", TRIES - missed.len());
    assert!(missed.len() * 20 <= TRIES, "{} of {TRIES} missed: {missed:#?}", missed.len());
}
