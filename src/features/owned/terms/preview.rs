//! What a change of the terms means, and for whom, before it is saved.

use askama::Template;
use jiff::SignedDuration;

use crate::{
    domain::{
        request::JoinRequest,
        terms::{Term, Terms},
    },
    store,
    web::{app::App, filters, frame::Frame, terms_form::Typed, terms_words, words::Phrase},
};

use super::{super::workspace::Workspace, OwnTerms};

/// How many open requests are looked through.
const LOOKED_THROUGH: usize = 10_000;
/// How many people are named.
const NAMED: usize = 20;

/// A change of one term, and what follows for some people.
#[derive(Debug, Clone)]
pub(in super::super) struct Follows {
    /// The term before and after.
    pub change: Phrase,
    /// What follows, and for how many.
    pub what: Phrase,
    /// Some of them by name.
    pub names: Vec<String>,
    /// How many are not named.
    pub more: usize,
}

#[derive(Template)]
#[template(path = "owned/terms_preview.html")]
pub(in super::super) struct Preview {
    pub frame: Frame,
    pub it: Workspace,
    pub version: i64,
    /// What stands in the form, to be sent again.
    pub typed: Typed,
    pub follows: Vec<Follows>,
}

/// What has to be known to say what follows.
#[derive(Debug, Default)]
pub(in super::super) struct Affected {
    /// The requests that wait for an answer.
    pub open: Vec<JoinRequest>,
    /// How many people were denied lately enough for the pause after a denial.
    pub denied: usize,
}

impl Preview {
    /// Reads who is affected.
    pub(super) async fn read(app: &App, page: OwnTerms, before: &Terms, after: &Terms) -> Result<Self, store::Error> {
        let (id, now) = (page.it.id, app.clock.now());
        let mut open = app.store.requests().open_for_groups(&[id], LOOKED_THROUGH).await?;
        open.retain(|request| !request.has_lapsed(now));
        let mut denied = 0;
        if before.differs(after, Term::CoolDown) {
            let days = i64::from(before.cool_down_days.max(after.cool_down_days));
            denied = app.store.workspaces().denied_since(id, now - SignedDuration::from_hours(24 * days)).await?;
        }
        Ok(Self::new(page, before, after, &Affected { open, denied }))
    }

    pub(in super::super) fn new(page: OwnTerms, before: &Terms, after: &Terms, affected: &Affected) -> Self {
        let differing = Term::ALL.into_iter().filter(|term| before.differs(after, *term));
        Self {
            follows: differing.filter_map(|term| follows(term, before, after, affected)).collect(),
            version: page.version,
            typed: page.typed,
            frame: page.frame,
            it: page.it,
        }
    }
}

fn follows(term: Term, before: &Terms, after: &Terms, affected: &Affected) -> Option<Follows> {
    let open = affected.open.len();
    let (what, people) = match term {
        Term::Gives => ("terms-follows-gives".into(), Vec::new()),
        Term::Who => who(before, after, affected),
        Term::Reason => (Phrase::new("terms-follows-reason").count("n", open), Vec::new()),
        Term::Questions => (Phrase::new("terms-follows-questions").count("n", open), Vec::new()),
        Term::OpenDays => (Phrase::new("terms-follows-open-days").count("n", open), Vec::new()),
        Term::CoolDown => (Phrase::new("terms-follows-cool-down").count("n", affected.denied), Vec::new()),
        Term::Approvals => (Phrase::new("terms-follows-approvals").count("n", open), Vec::new()),
        Term::Review => (review(after), Vec::new()),
        Term::Lasting => ("terms-follows-lasting".into(), Vec::new()),
        Term::Owners | Term::Details | Term::Delete => return None,
    };
    Some(Follows {
        change: terms_words::change(before, after, term),
        what,
        names: people.iter().take(NAMED).map(|request| request.requester.name.clone()).collect(),
        more: people.len().saturating_sub(NAMED),
    })
}

fn review(after: &Terms) -> Phrase {
    if after.review_days.is_some() { "terms-follows-review" } else { "terms-follows-no-review" }.into()
}

/// Those who wait and could not ask any more stay in the queue: their request is denied by a person who says why, or waits
/// until the terms let them in again.
fn who<'a>(before: &Terms, after: &Terms, affected: &'a Affected) -> (Phrase, Vec<&'a JoinRequest>) {
    if before.members_of != after.members_of {
        let n = affected.open.len();
        let what = match &after.members_of {
            Some(audience) => Phrase::new("terms-follows-audience").name("group", &audience.name).count("n", n),
            None => "terms-follows-no-audience".into(),
        };
        return (what, Vec::new());
    }
    if after.guests_may_ask {
        return ("terms-follows-guests-in".into(), Vec::new());
    }
    let guests: Vec<&JoinRequest> = affected.open.iter().filter(|request| request.asker.guest).collect();
    (Phrase::new("terms-follows-guests-out").count("n", guests.len()), guests)
}
