//! Samples of the page about the directory copy: fresh, old, being read, and after each way a reading can end.

use crate::{
    domain::{
        directory_copy::{LEASE, Loss, Outcome, Reading, Standing, Way},
        outside::asking::{self, Asked},
        samples,
    },
    store::Sizes,
    web::{
        flash::{Flash, Mood},
        frame::Frame,
        samples::{Sample, administrator, auditor},
    },
};

use super::show::{Facts, Show};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let by_itself = |frame, name: &str, outcome| page(name, frame, &facts(ended(outcome, Way::Service)));
    let by_visit = |frame, name: &str, outcome| page(name, frame, &without(ended(outcome, Way::Person)));
    let braked = Outcome::Braked(Loss { known: 12_345, lost: 2_600 });
    let mut all = vec![
        page("fresh", administrator(), &facts(fresh(Way::Service))),
        page("fresh-without-own-identity", administrator(), &without(fresh(Way::Person))),
        page("auditor", auditor(), &facts(fresh(Way::Service))),
        page("never-read", administrator(), &empty()),
        page("being-read", administrator(), &facts(reading())),
        by_itself(administrator(), "braked", braked),
        by_itself(auditor(), "braked-auditor", braked),
        by_itself(administrator(), "not-accepted", Outcome::NotAccepted),
        by_itself(administrator(), "not-permitted", Outcome::NotPermitted),
        by_visit(administrator(), "not-permitted-person", Outcome::NotPermitted),
        by_visit(administrator(), "not-read", Outcome::Failed),
    ];
    for (name, outcome) in [
        ("not-permitted", Some(asking::Outcome::NotPermitted)),
        ("failed", Some(asking::Outcome::Failed)),
        ("not-asked", None),
    ] {
        let record = outcome.map(|outcome| Asked { at: samples::hours_ago(1), outcome });
        let facts = Facts { record, ..facts(fresh(Way::Service)) };
        all.push(page(&format!("audit-log-{name}"), administrator(), &facts));
    }
    for (name, outcome) in [
        ("read", Some(asking::Outcome::Read)),
        ("not-permitted", Some(asking::Outcome::NotPermitted)),
        ("failed", Some(asking::Outcome::Failed)),
        ("not-asked", None),
    ] {
        let asked = outcome.map(|outcome| Asked { at: samples::hours_ago(1), outcome });
        let facts = Facts { sign_ins: Some((90, asked)), ..facts(fresh(Way::Service)) };
        all.push(page(&format!("sign-ins-{name}"), administrator(), &facts));
    }
    all.extend(accounts());
    for (name, mood, title, text) in [
        ("button", Mood::Info, "copy-being-read", "copy-being-read-text"),
        ("button-of-guest", Mood::Warning, "copy-not-by-guests", "copy-not-by-guests-text"),
    ] {
        let frame = administrator().saying(Flash::new(mood, title, text));
        all.push(page(&format!("after-{name}"), frame, &facts(reading())));
    }
    all
}

/// Ways in which asking for the accounts that cannot sign in can end, with and without something known before.
fn accounts() -> Vec<Sample> {
    let asked = |name: &str, outcome, read_at: Option<jiff::Timestamp>| {
        let accounts = Some(Reading { at: samples::now(), outcome, way: Way::Service });
        let standing = Standing { accounts, ..fresh(Way::Service) };
        let known = facts(standing);
        let sizes = Sizes { accounts: if read_at.is_none() { 0 } else { known.sizes.accounts }, ..known.sizes };
        page(name, administrator(), &Facts { accounts_read_at: read_at, sizes, ..known })
    };
    vec![
        asked("accounts-not-permitted", Outcome::NotPermitted, None),
        asked("accounts-not-read", Outcome::Failed, None),
        asked("accounts-not-read-again", Outcome::Failed, Some(samples::hours_ago(5))),
    ]
}

fn page(name: &str, frame: Frame, facts: &Facts) -> Sample {
    Sample::of(format!("mirror/{name}"), &Show::new(frame, facts))
}

fn facts(standing: Standing) -> Facts {
    Facts {
        standing,
        record: Some(Asked { at: samples::hours_ago(1), outcome: asking::Outcome::Read }),
        sizes: Sizes { groups: 12_345, owners: 20_117, members: 4_812, accounts: 318 },
        watched: 214,
        followed_since: Some(samples::hours_ago(50)),
        accounts_read_at: Some(samples::now()),
        has_service: true,
        sign_ins: None,
    }
}

fn without(standing: Standing) -> Facts {
    let sizes = Sizes { accounts: 0, ..facts(standing).sizes };
    Facts { has_service: false, accounts_read_at: None, sizes, ..facts(standing) }
}

fn empty() -> Facts {
    Facts {
        standing: Standing::default(),
        record: None,
        sizes: Sizes::default(),
        watched: 0,
        followed_since: None,
        accounts_read_at: None,
        has_service: false,
        sign_ins: None,
    }
}

fn fresh(way: Way) -> Standing {
    let last = Reading { at: samples::now(), outcome: Outcome::Done, way };
    let changed_at = Some(samples::hours_ago(1));
    Standing { copied_at: Some(last.at), last: Some(last), changed_at, ..Standing::default() }
}

fn old() -> Standing {
    Standing { copied_at: Some(samples::hours_ago(50)), ..Standing::default() }
}

fn reading() -> Standing {
    Standing { held_until: Some(samples::now() + LEASE), ..old() }
}

fn ended(outcome: Outcome, way: Way) -> Standing {
    Standing { last: Some(Reading { at: samples::hours_ago(1), outcome, way }), ..old() }
}
