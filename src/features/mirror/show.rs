//! How the directory copy stands, for administrators and auditors: how fresh it is, with which token it is read, what is
//! in it, and what is the matter.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        directory_copy::{Outcome, Reading, Standing, Way},
        outside::asking::{self, Asked},
    },
    sign_in::Signed,
    store::Sizes,
    web::{
        app::App,
        filters,
        frame::{Frame, Here},
        page,
        time_words::When,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::show_accounts::Accounts;

/// What the store and the settings say of the copy.
pub(super) struct Facts {
    pub standing: Standing,
    /// What became of asking the directory's own record of changes.
    pub record: Option<Asked>,
    pub sizes: Sizes,
    /// Groups whose members are watched.
    pub watched: usize,
    /// Since when changes are followed; everything was read then.
    pub followed_since: Option<jiff::Timestamp>,
    /// When it was last read which accounts cannot sign in; `None` when that is not known.
    pub accounts_read_at: Option<jiff::Timestamp>,
    /// Whether the portal has an identity of its own.
    pub has_service: bool,
    /// After how many days without a sign-in members are marked, where they are, and what became of asking last.
    pub sign_ins: Option<(u16, Option<Asked>)>,
}

/// The page.
#[derive(Template)]
#[template(path = "mirror/show.html")]
pub(super) struct Show {
    frame: Frame,
    age: Phrase,
    /// What is the matter: how it looks, a bold sentence and one after it.
    news: Option<(&'static str, Phrase, Phrase)>,
    is_old: bool,
    /// Whether the last reading waits for an administrator to look.
    is_braked: bool,
    way: Option<Phrase>,
    changed: Option<When>,
    followed_since: Option<When>,
    sizes: Sizes,
    accounts: Accounts,
    watched: usize,
    has_service: bool,
    /// Whether Roster can tell who made changes outside of it.
    authors: Phrase,
    /// Whether Roster can tell who has not signed in for long, where it is to.
    sign_ins: Option<Phrase>,
    can_read_again: bool,
}

/// Shows how the copy stands.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors.
pub async fn show(State(app): State<App>, signed: Signed, frame: Frame) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    let directory = app.store.directory();
    let (stands, sizes, links) =
        tokio::try_join!(directory.standing_with_record(), directory.sizes(), directory.links())?;
    let facts = Facts {
        standing: stands.0,
        record: stands.1,
        sizes,
        watched: links.members.iter().map(|kept| kept.watch.covers.len()).sum(),
        followed_since: links.groups.map(|kept| kept.watch.linked.begun_at),
        accounts_read_at: links.accounts.map(|kept| kept.read_at),
        has_service: app.settings.service.is_some(),
        sign_ins: match app.settings.inactive_after {
            Some(days) => Some((days, app.store.inactive_accounts().standing().await?.last)),
            None => None,
        },
    };
    Ok(page::ok(Show::new(frame, &facts)).into_response())
}

impl Show {
    pub(super) fn new(frame: Frame, facts: &Facts) -> Self {
        let standing = &facts.standing;
        let last = standing.last.filter(|_| !standing.is_being_read(frame.now));
        let can_read_again = frame.viewer.as_ref().is_some_and(|viewer| viewer.is_administrator() && !viewer.guest);
        Self {
            age: match &standing.copied_at {
                Some(at) => Phrase::new("copy-age").word("when", frame.when(at).words()),
                None => "copy-never".into(),
            },
            news: match last {
                None if standing.is_being_read(frame.now) => {
                    Some(("info", "copy-being-read".into(), "copy-being-read-text".into()))
                }
                last => last.and_then(|last| matter(&frame, last)),
            },
            is_old: standing.is_old(frame.now),
            is_braked: last.is_some_and(|last| matches!(last.outcome, Outcome::Braked(_))),
            way: standing.last.map(|last| way(last.way)),
            changed: standing.changed_at.map(|at| frame.when(&at).alone()),
            followed_since: facts.followed_since.map(|at| frame.when(&at).alone()),
            sizes: facts.sizes,
            accounts: Accounts::new(&frame, facts),
            watched: facts.watched,
            has_service: facts.has_service,
            authors: authors(&frame, facts.record),
            sign_ins: facts.sign_ins.map(|(days, asked)| sign_ins(&frame, days, asked)),
            can_read_again,
            frame: frame.at(Here::Admin),
        }
    }
}

/// Says what was the matter with a reading.
fn matter(frame: &Frame, last: Reading) -> Option<(&'static str, Phrase, Phrase)> {
    let when = frame.when(&last.at);
    let said = |key: &'static str| Phrase::new(key).word("when", when.words());
    match (last.outcome, last.way) {
        (Outcome::Done, _) => None,
        (Outcome::Braked(loss), _) => {
            let lacked = said("copy-braked").count("lost", loss.lost).count("known", loss.known);
            Some(("warning", lacked, "copy-braked-text".into()))
        }
        (Outcome::Failed, _) => Some(("warning", said("copy-failed"), "copy-failed-text".into())),
        (Outcome::NotPermitted, Way::Service) => {
            Some(("warning", said("copy-not-permitted"), "copy-not-permitted-service".into()))
        }
        (Outcome::NotPermitted, Way::Person) => {
            Some(("warning", said("copy-not-permitted"), "copy-not-permitted-person".into()))
        }
        (Outcome::NotAccepted, _) => Some(("warning", said("copy-not-accepted"), "copy-not-accepted-text".into())),
    }
}

/// Says whether changes outside Roster come with the name of who made them, and if not, what is missing.
fn authors(frame: &Frame, record: Option<Asked>) -> Phrase {
    let Some(asked) = record else { return "copy-authors-not-asked".into() };
    let when = frame.when(&asked.at);
    match asked.outcome {
        asking::Outcome::Read => "copy-authors-named".into(),
        asking::Outcome::NotPermitted => Phrase::new("copy-authors-not-permitted").word("when", when.words()),
        asking::Outcome::Failed => Phrase::new("copy-authors-failed").word("when", when.words()),
    }
}

/// Says whether owners see who has not signed in for long, and if not, what is missing.
fn sign_ins(frame: &Frame, days: u16, asked: Option<Asked>) -> Phrase {
    let said = |key, asked: Asked| Phrase::new(key).count("days", days).word("when", frame.when(&asked.at).words());
    match asked {
        None => Phrase::new("copy-sign-ins-not-asked").count("days", days),
        Some(asked) => match asked.outcome {
            asking::Outcome::Read => said("copy-sign-ins-read", asked),
            asking::Outcome::NotPermitted => said("copy-sign-ins-not-permitted", asked),
            asking::Outcome::Failed => said("copy-sign-ins-failed", asked),
        },
    }
}

fn way(way: Way) -> Phrase {
    match way {
        Way::Service => "copy-way-service".into(),
        Way::Person => "copy-way-person".into(),
    }
}
