//! Whose new groups take part as soon as they are created in Roster, and on what terms.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    directory::{Group, Person, PersonRef, Unfit},
    ids::PersonId,
    refusal::{Hindrance, Refusal},
    terms::Terms,
    viewer::Viewer,
};

/// The most people who are named.
pub const MOST_NAMED: usize = 50;

/// Whose new groups take part at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Nobody's: an administrator looks at each.
    #[default]
    Nobody,
    /// Those of everybody who creates one in Roster.
    Everybody,
    /// Those of people who are named.
    Named,
}

impl Whose {
    /// Every answer, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Nobody, Self::Everybody, Self::Named];

    /// Returns it as forms name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Everybody => "everybody",
            Self::Named => "named",
        }
    }

    /// Reads it from a form.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whose| whose.code() == code)
    }
}

/// One version of the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// 1 for the first.
    pub version: i64,
    /// Whose new groups take part at once.
    pub whose: Whose,
    /// Who is named. They are kept while they do not count.
    pub named: Vec<PersonRef>,
    /// On what terms.
    pub terms: Terms,
    /// The administrator who set it.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
}

impl Rule {
    /// Returns whether it is about the new groups of a person.
    #[must_use]
    pub fn covers(&self, creator: PersonId) -> bool {
        match self.whose {
            Whose::Nobody => false,
            Whose::Everybody => true,
            Whose::Named => self.named.iter().any(|person| person.id == creator),
        }
    }

    /// Returns whether another version says the same.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let ids = |rule: &Self| {
            let mut ids: Vec<PersonId> = rule.named.iter().map(|person| person.id).collect();
            ids.sort_unstable();
            ids
        };
        self.whose == other.whose && self.terms == other.terms && ids(self) == ids(other)
    }
}

/// Returns the rule by which a new group takes part at once, or nothing when it becomes a candidate.
///
/// # Errors
/// What keeps the group from taking part, as for a group that an administrator designates, though the rule would have it.
pub fn by_which<'a>(rule: Option<&'a Rule>, creator: PersonId, group: &Group) -> Result<Option<&'a Rule>, Unfit> {
    match rule.filter(|rule| rule.covers(creator)) {
        Some(rule) => group.facts.eligibility().map(|_| Some(rule)),
        None => Ok(None),
    }
}

/// Says whether a person may set the rule.
///
/// # Errors
/// [`Refusal::NotAdministrator`].
pub fn may_set(viewer: &Viewer) -> Result<(), Refusal> {
    if viewer.is_administrator() { Ok(()) } else { Err(Refusal::NotAdministrator) }
}

/// Says why somebody cannot be named: they could create no group.
#[must_use]
pub fn hindrance(person: &Person) -> Option<Hindrance> {
    match person {
        _ if person.enabled == Some(false) => Some(Hindrance::Disabled),
        _ if person.is_guest() => Some(Hindrance::GuestOwner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{directory::GroupFacts, samples, viewer::Role};

    fn rule(whose: Whose) -> Rule {
        Rule {
            version: 1,
            whose,
            named: samples::people(&["Grace Hopper"]),
            terms: Terms::default(),
            by: samples::person("Ada Lovelace"),
            at: samples::now(),
        }
    }

    #[test]
    fn a_group_takes_part_at_once_where_the_rule_covers_who_created_it() {
        let group = samples::group("Compiler Team");
        let (grace, alan) = (samples::person("Grace Hopper").id, samples::person("Alan Turing").id);
        for (whose, of_grace, of_alan) in
            [(Whose::Nobody, false, false), (Whose::Everybody, true, true), (Whose::Named, true, false)]
        {
            let rule = rule(whose);
            let takes_part = |creator| by_which(Some(&rule), creator, &group).unwrap().is_some();

            assert_eq!((takes_part(grace), takes_part(alan)), (of_grace, of_alan), "{whose:?}");
        }
        assert_eq!(by_which(None, grace, &group), Ok(None), "nobody has set anything");
    }

    #[test]
    fn what_cannot_take_part_does_not_take_part_at_once_either() {
        let grace = samples::person("Grace Hopper").id;
        let group = samples::group("Compiler Team");
        let dynamic = GroupFacts { group_types: vec!["DynamicMembership".to_owned()], ..group.facts.clone() };
        let role = GroupFacts { assignable_to_role: Some(true), ..group.facts.clone() };

        for (facts, unfit) in [(dynamic, Unfit::Dynamic), (role, Unfit::RoleAssignable)] {
            let group = Group { facts, ..group.clone() };

            assert_eq!(by_which(Some(&rule(Whose::Everybody)), grace, &group), Err(unfit));
            assert_eq!(by_which(Some(&rule(Whose::Nobody)), grace, &group), Ok(None));
        }
    }

    #[test]
    fn administrators_set_it_and_nobody_else() {
        assert_eq!(may_set(&samples::viewer("Ada Lovelace", &[Role::Administrator])), Ok(()));
        for roles in [&[][..], &[Role::Auditor]] {
            assert_eq!(may_set(&samples::viewer("Joan Clarke", roles)), Err(Refusal::NotAdministrator));
        }
    }

    #[test]
    fn the_order_of_names_says_nothing() {
        let one = Rule { named: samples::people(&["Grace Hopper", "Alan Turing"]), ..rule(Whose::Named) };
        let other = Rule { named: samples::people(&["Alan Turing", "Grace Hopper"]), version: 2, ..one.clone() };

        assert!(one.says_the_same(&other));
        assert!(!one.says_the_same(&rule(Whose::Named)));
    }
}
