//! What is read from a form of terms, and what is wrong with it.

use super::*;
use crate::{domain::samples, store::catalogue::Snapshot};

/// Reads a form where no group can be found.
fn reads(fields: &Fields, drawn: &BTreeSet<Term>, now: &Terms) -> Result<Terms, Slips> {
    let (groups, viewer) = (Snapshot::default(), samples::viewer("Ada Lovelace", &[]));
    read(fields, drawn, now, &Choice { groups: &groups, viewer: &viewer, own: None })
}

#[test]
fn what_a_form_has_no_field_for_stays_as_it_is() {
    let now = Terms { guests_may_ask: true, gives: "The sources.".to_owned(), ..Terms::default() };

    let fields = Fields::parse(b"terms=open_days+nonsense&open_days=30&gives=Nothing&reason_required=");
    let read = reads(&fields, &marked(&fields), &now);

    assert_eq!(read.unwrap(), Terms { open_days: 30, ..now });
}

#[test]
fn memberships_last_for_ever_when_no_days_are_typed_and_the_most_is_never_less_than_usual() {
    let lasting = |body: &str| {
        let drawn = BTreeSet::from([Term::Lasting]);
        let read = reads(&Fields::parse(body.as_bytes()), &drawn, &Terms::default());
        read.map(|terms| terms.lasting).map_err(|slips| slips.all()[0].0)
    };

    assert_eq!(lasting("usual_days=&most_days=+").unwrap(), Lasting::ForEver);
    assert_eq!(lasting("usual_days=90&most_days=180").unwrap(), Lasting::Days { usual: 90, most: 180 });
    assert_eq!(lasting("usual_days=90&most_days=90").unwrap(), Lasting::Days { usual: 90, most: 90 });
    assert_eq!(lasting("usual_days=90&most_days=").err(), Some("most_days"));
    assert_eq!(lasting("usual_days=90&most_days=89").err(), Some("most_days"));
    assert_eq!(lasting("usual_days=0&most_days=89").err(), Some("usual_days"));
    assert_eq!(lasting("usual_days=&most_days=2000").err(), Some("usual_days"));
}

#[test]
fn members_are_reviewed_every_so_many_days_or_never() {
    let days = |typed: &str| {
        let drawn = BTreeSet::from([Term::Review]);
        let read = reads(&Fields::parse(format!("review_days={typed}").as_bytes()), &drawn, &Terms::default());
        read.map(|terms| terms.review_days).map_err(|slips| slips.all()[0].0)
    };

    assert_eq!((days("+").unwrap(), days("30").unwrap(), days("730").unwrap()), (None, Some(30), Some(730)));
    for typed in ["29", "731", "0", "yearly"] {
        assert_eq!(days(typed).err(), Some("review_days"), "{typed}");
    }
}

#[test]
fn an_empty_form_opens_nothing_and_a_full_one_everything() {
    let all: Vec<String> = Term::ALL.iter().map(|term| format!("owners_change_{}=yes", term.code())).collect();
    for (body, is_open) in [(String::new(), false), (all.join("&"), true)] {
        let mut terms = Terms::default();

        read_locks(&Fields::parse(body.as_bytes()), &mut terms);

        assert!(Term::ALL.into_iter().all(|term| terms.is_open(term) == is_open), "{body}");
    }
}
