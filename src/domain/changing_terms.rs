//! An owner changes what the terms leave open.

use super::{
    powers::{self, Power, Standing},
    refusal::Refusal,
    terms::{Term, Terms},
};

/// Says whether an owner may put other terms in the place of those that hold. Locks are an administrator's, so terms that
/// lock or open anything are refused like those that touch what is locked.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_change(standing: &Standing<'_>, wished: &Terms) -> Result<(), Refusal> {
    powers::may(Power::ChangeTerms, standing)?;
    let designation = standing.designation.ok_or(Refusal::NotDesignated)?;
    let now = &designation.terms;
    let is_kept = |term: &Term| {
        let has_same_lock = now.is_open(*term) == wished.is_open(*term);
        has_same_lock && (now.is_open(*term) || !now.differs(wished, *term))
    };
    if Term::ALL.iter().all(is_kept) { Ok(()) } else { Err(Refusal::Locked { by: designation.terms_by.clone() }) }
}

/// Returns the terms that one person wished, laid over those that hold: what they did not touch stays as others left it, and so
/// do the locks that they left alone. `drawn` are the terms that the person saw.
#[must_use]
pub fn laid_over(now: &Terms, drawn: &Terms, wished: &Terms) -> Terms {
    let mut laid = now.clone();
    for term in Term::ALL.into_iter().filter(|term| drawn.differs(wished, *term)) {
        laid.take(term, wished);
    }
    for term in Term::ALL.into_iter().filter(|term| drawn.is_open(*term) != wished.is_open(*term)) {
        laid.set_open(term, wished.is_open(term));
    }
    laid
}

/// What a form with terms comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The terms are as it wished.
    Hold,
    /// Others changed something that the person has to see first, with their own wish laid over it.
    Look(Terms),
    /// To other terms.
    Save(Terms),
}

/// Says what a form comes to, given the terms that hold, those that the person saw, and those that they typed. The same form
/// twice holds; a change by somebody else is seen before anything is saved over it, or is said to be saved.
#[must_use]
pub fn step(holds: Option<&Terms>, drawn: &Terms, typed: &Terms, others_changed: bool) -> Step {
    let Some(now) = holds else { return Step::Save(typed.clone()) };
    let wished = laid_over(now, drawn, typed);
    if typed == now {
        Step::Hold
    } else if others_changed {
        Step::Look(wished)
    } else if wished == *now {
        Step::Hold
    } else {
        Step::Save(wished)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{designation::Designation, directory::Group, other_terms, samples, viewer::Role};

    fn team() -> (Group, Designation) {
        let group = samples::group("Compiler Team");
        let designation = samples::designation(&group);
        (group, designation)
    }

    /// Other terms, which say something else of one term.
    fn other(terms: &Terms, term: Term) -> Terms {
        let other = other_terms::other_terms(terms);
        let mut wished = terms.clone();
        wished.take(term, &other);
        wished
    }

    #[test]
    fn an_owner_changes_what_is_open_and_nothing_else() {
        let viewer = samples::viewer("Grace Hopper", &[]);
        for term in Term::ALL.into_iter().filter(|term| !term.is_only_a_lock()) {
            let (group, mut designation) = team();
            let wished = other(&designation.terms, term);
            assert!(designation.terms.differs(&wished, term), "{term:?}");
            for is_open in [true, false] {
                designation.terms.set_open(term, is_open);
                let mut wished = wished.clone();
                wished.set_open(term, is_open);
                let standing = Standing {
                    viewer: &viewer,
                    is_owner: true,
                    group: Some(&group),
                    designation: Some(&designation),
                    must_accept: false,
                };

                let answer = may_change(&standing, &wished);

                let locked = Err(Refusal::Locked { by: designation.terms_by.clone() });
                assert_eq!(answer, if is_open { Ok(()) } else { locked }, "{term:?}");
            }
        }
    }

    #[test]
    fn no_owner_opens_or_locks_a_term() {
        let (group, designation) = team();
        let viewer = samples::viewer("Grace Hopper", &[]);
        let standing = Standing {
            viewer: &viewer,
            is_owner: true,
            group: Some(&group),
            designation: Some(&designation),
            must_accept: false,
        };

        for term in Term::ALL {
            let mut wished = designation.terms.clone();
            wished.set_open(term, !wished.is_open(term));

            assert!(matches!(may_change(&standing, &wished), Err(Refusal::Locked { .. })), "{term:?}");
        }
    }

    #[test]
    fn nobody_else_changes_even_what_is_open() {
        let (group, designation) = team();
        let wished = other(&designation.terms, Term::OpenDays);
        let guest = crate::domain::viewer::Viewer { guest: true, ..samples::viewer("Ida Rhodes", &[]) };
        let admin = samples::viewer("Ada Lovelace", &[Role::Administrator]);
        for (viewer, is_owner, refusal) in
            [(&admin, false, Refusal::NotOwner), (&guest, true, Refusal::GuestsNeverDecide)]
        {
            let standing =
                Standing { viewer, is_owner, group: Some(&group), designation: Some(&designation), must_accept: false };

            assert_eq!(may_change(&standing, &wished), Err(refusal));
        }
    }

    #[test]
    fn what_one_did_not_touch_stays_as_the_other_left_it() {
        let drawn = Terms::default();
        let now = Terms { open_days: 30, ..drawn.clone() };
        let wished = Terms { cool_down_days: 0, ..drawn.clone() };

        assert_eq!(laid_over(&now, &drawn, &wished), Terms { open_days: 30, cool_down_days: 0, ..drawn });
    }

    #[test]
    fn what_others_changed_is_seen_before_anything_is_said_to_be_saved() {
        let (drawn, theirs) = (Terms::default(), Terms { open_days: 3, ..Terms::default() });
        let mine = Terms { cool_down_days: 2, ..drawn.clone() };
        let both = Terms { open_days: 3, ..mine.clone() };

        assert_eq!(step(None, &drawn, &mine, false), Step::Save(mine.clone()));
        assert_eq!(step(Some(&drawn), &drawn, &drawn, false), Step::Hold, "nothing was changed");
        assert_eq!(step(Some(&mine), &drawn, &mine, true), Step::Hold, "the same form twice");
        assert_eq!(step(Some(&theirs), &drawn, &mine, true), Step::Look(both));
        assert_eq!(step(Some(&theirs), &drawn, &drawn, true), Step::Look(theirs.clone()), "they saw other terms");
        assert_eq!(step(Some(&drawn), &drawn, &mine, false), Step::Save(mine));
    }
}
