//! What terms say, how old ones are read, and how two of them differ.

use super::*;

#[test]
fn terms_that_were_set_before_there_were_locks_keep_from_owners_who_is_let_in_and_little_else() {
    let old = r#"{"guests_may_ask":false,"reason_required":true,"open_days":14,"cool_down_days":7,"gives":""}"#;

    let terms: Terms = serde_json::from_str(old).unwrap();

    assert_eq!(terms, Terms::default());
    let locked: Vec<Term> = Term::ALL.into_iter().filter(|term| !terms.is_open(*term)).collect();
    assert_eq!(locked, [Term::Gives, Term::Who, Term::Lasting, Term::Approvals, Term::Review]);
}

#[test]
fn each_term_is_locked_and_opened_by_itself_and_written_down() {
    for term in Term::ALL {
        let mut terms = Terms::default();
        for is_open in [false, true] {
            let others: Vec<bool> =
                Term::ALL.into_iter().filter(|other| *other != term).map(|other| terms.is_open(other)).collect();

            terms.set_open(term, is_open);
            terms = serde_json::from_str(&serde_json::to_string(&terms).unwrap()).unwrap();

            assert_eq!(terms.is_open(term), is_open, "{term:?}");
            let kept: Vec<bool> =
                Term::ALL.into_iter().filter(|other| *other != term).map(|other| terms.is_open(other)).collect();
            assert_eq!(kept, others, "{term:?}");
        }
    }
}

#[test]
fn who_was_looked_up_is_let_in_while_one_owner_is_enough_and_guests_are_no_less_welcome() {
    let terms = |approvals, guests_may_ask| Terms { guests_may_ask, approvals, ..Terms::default() };

    assert!(terms(1, false).still_let_in(false) && terms(1, true).still_let_in(true));
    assert!(terms(1, true).still_let_in(false));
    assert!(!terms(1, false).still_let_in(true));
    assert!(!terms(2, true).still_let_in(true) && !terms(2, true).still_let_in(false));
}

#[test]
fn a_lock_is_no_part_of_what_a_term_says() {
    let mut locked = Terms::default();
    for term in Term::ALL {
        locked.set_open(term, false);
    }

    assert!(Term::ALL.into_iter().all(|term| !Terms::default().differs(&locked, term)));
}
