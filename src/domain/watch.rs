//! Which groups have their members watched, and by which links: every group that takes part and does not hide them.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    directory_copy::{Linked, Way},
    ids::GroupId,
};

/// A link to the changes of the members of some groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// What it is called here.
    pub name: String,
    /// The groups it covers.
    pub covers: Vec<GroupId>,
    /// When it was begun, and with which token.
    pub linked: Linked,
}

/// What to do about the members of the groups that take part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Links to follow.
    pub follow: Vec<String>,
    /// Groups to begin with, as many together as one link may cover.
    pub begin: Vec<Vec<GroupId>>,
    /// Links that are of no more use.
    pub forget: Vec<String>,
}

/// How many links more than needed may be there before all begin anew: a group that is designated alone gets one alone.
const SPARE: usize = 4;

/// Plans which links are followed and which groups begin. `wanted` are the groups to watch, `most` as many as a link may
/// cover.
#[must_use]
pub fn plan(wanted: &BTreeSet<GroupId>, watches: &[Watch], way: Way, most: usize, now: Timestamp) -> Plan {
    let is_of_use =
        |watch: &&Watch| watch.linked.holds(way, now) && watch.covers.iter().any(|group| wanted.contains(group));
    let (mut kept, mut forget): (Vec<&Watch>, Vec<&Watch>) = watches.iter().partition(is_of_use);
    if kept.len() > wanted.len().div_ceil(most.max(1)) + SPARE {
        forget.append(&mut kept);
    }
    let covered: BTreeSet<GroupId> = kept.iter().flat_map(|watch| watch.covers.iter().copied()).collect();
    let uncovered: Vec<GroupId> = wanted.difference(&covered).copied().collect();
    let names = |list: Vec<&Watch>| list.into_iter().map(|watch| watch.name.clone()).collect();
    Plan {
        follow: names(kept),
        begin: uncovered.chunks(most.max(1)).map(<[GroupId]>::to_vec).collect(),
        forget: names(forget),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn ids(range: std::ops::Range<u128>) -> BTreeSet<GroupId> {
        range.map(|id| GroupId(Uuid::from_u128(id))).collect()
    }

    fn watch(name: &str, range: std::ops::Range<u128>) -> Watch {
        let linked = Linked { begun_at: Timestamp::UNIX_EPOCH, way: Way::Person };
        Watch { name: name.to_owned(), covers: ids(range).into_iter().collect(), linked }
    }

    fn planned(wanted: std::ops::Range<u128>, watches: &[Watch]) -> Plan {
        plan(&ids(wanted), watches, Way::Person, 50, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn each_group_is_covered_once_and_no_link_covers_too_many() {
        let plan = planned(0..120, &[watch("a", 0..50)]);

        assert_eq!((plan.follow, plan.forget), (vec!["a".to_owned()], vec![]));
        assert_eq!(plan.begin.iter().map(Vec::len).collect::<Vec<_>>(), [50, 20]);
    }

    #[test]
    fn a_link_that_covers_nothing_wanted_or_is_a_week_old_is_forgotten() {
        let old = plan(&ids(0..9), &[watch("a", 0..9)], Way::Person, 50, Timestamp::MAX);

        assert_eq!(planned(0..9, &[watch("a", 10..20)]).forget, ["a"]);
        assert_eq!((old.forget, old.begin.len()), (vec!["a".to_owned()], 1));
    }

    #[test]
    fn many_small_links_become_one() {
        let small: Vec<Watch> = (0..6).map(|n| watch(&n.to_string(), n..n + 1)).collect();

        let plan = planned(0..6, &small);

        assert_eq!((plan.follow.len(), plan.forget.len(), plan.begin.len()), (0, 6, 1));
        assert_eq!(planned(0..5, &small[..5]).forget.len(), 0);
    }
}
