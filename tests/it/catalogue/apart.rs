//! What does not take part shows in nothing that an employee can see: not in results, counts or order, and not in the work
//! that is done.

use roster::store::catalogue::{Entry, Found, Place, Search, Snapshot};

use super::outside;
use crate::support::many::Company;

fn told(found: &Found) -> impl PartialEq + std::fmt::Debug + use<> {
    let ids: Vec<_> = found.entries.iter().map(|entry| entry.group.id).collect();
    let places = (found.previous.clone(), found.next.clone(), found.before);
    (ids, places, found.total, found.similar, found.visited)
}

#[test]
fn a_search_does_the_same_work_whatever_does_not_take_part() {
    let mut company = Company::new(3);
    let designated = company.groups(100);
    let hidden: Vec<Entry> =
        company.groups(200).into_iter().map(|entry| Entry { designation: None, ..entry }).collect();
    let alone = Snapshot::new(designated.clone(), 1);
    let both = Snapshot::new(designated.iter().chain(&hidden).cloned().collect(), 1);
    // One that took part never is as one that came later: the index is changed, not built.
    let later = alone.with(vec![outside("Secret Mergers"), hidden[0].clone()], vec![], 2);

    for entry in hidden.iter().chain(&designated) {
        let name = &entry.group.name;
        for words in [name.as_str(), &name[..name.ceil_char_boundary(3)], &name[name.ceil_char_boundary(1)..], ""] {
            let search = Search { words, ..Search::default() };
            let expected = told(&alone.search(&search, &Place::Start, 20));

            assert_eq!(told(&both.search(&search, &Place::Start, 20)), expected, "{words}");
            assert_eq!(told(&later.search(&search, &Place::Start, 20)), expected, "{words}");
        }
    }
    assert_eq!(alone.search(&Search { words: "secret", ..Search::default() }, &Place::Start, 20).total, 0);
    assert_eq!(later.search_all(&Search { words: "secret", ..Search::default() }, &Place::Start, 20).total, 1);
}
