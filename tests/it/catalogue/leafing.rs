//! Leafing through a list by key.

use roster::store::catalogue::{Key, Place, Search, Snapshot};

use super::{names, of, taking_part};

fn hundred() -> Snapshot {
    Snapshot::new((0..100).map(|n| taking_part(&format!("Team {n:03}"), "")).collect(), 1)
}

/// Leafs to the end, and returns the names of all pages.
fn leaf(groups: &Snapshot, search: &Search<'_>, most: usize) -> Vec<Vec<String>> {
    let (mut pages, mut place) = (Vec::new(), Some(Place::Start));
    while let Some(at) = place {
        let found = groups.search(search, &at, most);
        pages.push(names(&found).iter().map(ToString::to_string).collect());
        place = found.next;
    }
    pages
}

#[test]
fn every_group_comes_once_with_or_without_words() {
    let groups = hundred();
    let mine = of(&["Team 099", "Team 050"]);

    for words in ["", "team", "team 05", "taem"] {
        let search = Search { words, mine: Some(&mine), ..Search::default() };
        let whole: Vec<String> =
            names(&groups.search(&search, &Place::Start, 1000)).iter().map(ToString::to_string).collect();

        assert_eq!(leaf(&groups, &search, 7).concat(), whole, "{words}");
    }
}

#[test]
fn going_back_leads_where_one_came_from() {
    let groups = hundred();
    let search = Search { words: "team", ..Search::default() };
    let first = groups.search(&search, &Place::Start, 20);
    let second = groups.search(&search, first.next.as_ref().unwrap(), 20);
    let third = groups.search(&search, second.next.as_ref().unwrap(), 20);

    let again = groups.search(&search, third.previous.as_ref().unwrap(), 20);

    assert_eq!(names(&again), names(&second));
    assert_eq!((again.before, again.total), (20, 100));
    assert_eq!(names(&groups.search(&search, again.previous.as_ref().unwrap(), 20)), names(&first));
    assert_eq!(first.previous, None);
}

#[test]
fn a_page_begins_where_it_did_when_groups_come_and_go() {
    let search = Search { words: "team", ..Search::default() };
    let before = hundred();
    let first = before.search(&search, &Place::Start, 20);
    let mut gone = taking_part("Team 019", "");
    "Elsewhere".clone_into(&mut gone.group.name);
    let gone = roster::store::catalogue::Entry::new(gone.group, gone.owners, None, false);
    let fresh = taking_part("Team 000 b", "");
    let after = before.with(vec![gone, fresh.clone()], vec![fresh.designation.unwrap()], 2);

    let second = after.search(&search, first.next.as_ref().unwrap(), 20);

    assert_eq!(names(&second)[0], "Team 020");
    assert_eq!((second.before, second.total), (20, 100));
}

#[test]
fn a_key_is_the_same_after_a_way_through_an_address() {
    let groups = Snapshot::new(vec![taking_part("مكتبة القرويين", ""), taking_part("Team", "")], 1);
    let found = groups.search(&Search::default(), &Place::Start, 1);
    let Some(Place::After(key)) = found.next else { panic!("a second page") };

    assert_eq!(key.to_string().parse::<Key>(), Ok(key.clone()));
    assert!(key.to_string().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    for nonsense in ["", "x", "%00", "____", "AAAA AAAA"] {
        assert!(nonsense.parse::<Key>().is_err(), "{nonsense}");
    }
}
