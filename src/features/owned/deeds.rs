//! Carrying out what an owner decided for a whole group: recorded before it is sent, and settled by the answer or, when that
//! was lost, by a later look at the directory.

use jiff::Timestamp;
use serde_json::{Value, json};
use tracing::Instrument as _;

use crate::{
    config::OwnersChange,
    domain::{
        designation::SuspendReason,
        directory::Group,
        event::{Event, EventKind},
        group_life::{Course, Deed, Found, GroupWrite},
        ids::{EventId, GroupId},
        operation::Answer,
        outside::LAG,
        refusal::Refusal,
    },
    graph::{AccessToken, Error},
    sign_in::{self, Signed, Why},
    store,
    web::{app::App, form::Fields, trouble::Trouble},
};

/// What became of a deed, as far as the page can say at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The directory has done it.
    Done,
    /// The directory refused for good.
    Refused,
    /// The directory did not accept the token; with what it wants proved.
    NotAccepted(Option<String>),
    /// The answer was lost.
    Unclear,
}

impl Outcome {
    /// Returns where to go next: to a page, by way of the sign-in when the directory did not accept the token; but only once.
    pub fn way_to(&self, page: &str, signed: &Signed, now: Timestamp) -> String {
        match self {
            Self::NotAccepted(claims) if !signed.is_refused_again(now) => {
                sign_in::address(page, Why::Refused(claims.as_deref()))
            }
            _ => page.to_owned(),
        }
    }
}

/// Returns whether owners change groups here at all, and not only their members.
pub(super) fn are_offered(app: &App) -> bool {
    app.settings.owners_change == OwnersChange::Groups
}

/// Returns what a form is to be recorded as: its page has named it, so that sent twice it counts once.
pub(super) fn named_by(fields: &Fields) -> EventId {
    fields.get("operation").parse().unwrap_or_else(|_| EventId::new())
}

/// Returns what the same person has sent this form for before: a double click, or the browser's back button.
///
/// # Errors
/// When the store cannot be asked.
pub(super) async fn sent_before(
    app: &App,
    signed: &Signed,
    group: GroupId,
    write: EventId,
) -> Result<Option<GroupWrite>, Trouble> {
    let known = app.store.group_writes().find(write).await?;
    Ok(known.filter(|known| known.by.id == signed.viewer.id && known.group == group))
}

/// Returns what an owner decides for a group, and what it is recorded as.
pub(super) fn decided(app: &App, signed: &Signed, deed: Deed, group: &Group, id: EventId) -> GroupWrite {
    GroupWrite {
        id,
        deed,
        group: group.id,
        group_name: group.name.clone(),
        by: signed.person(),
        at: app.clock.now(),
        course: Course::Sent,
    }
}

/// Records what was decided, sends it with the owner's own token and records what became of it; goes on when the browser
/// goes away. `None` when the same form came first.
///
/// # Errors
/// A trouble when the decision could not be recorded.
pub(super) async fn carry_out(
    app: &App,
    signed: &Signed,
    write: GroupWrite,
    group: Group,
    evidence: Value,
) -> Result<Option<Outcome>, Trouble> {
    let (tasks, app, token) = (app.tasks.clone(), app.clone(), signed.token.clone());
    let work = async move {
        let detail = json!({ "deed": write.deed, "name": write.group_name, "evidence": evidence });
        let decided = Event { id: write.id, ..event(&write, decision(write.deed), write.at, detail) };
        if !app.store.group_writes().begin(&write, &decided).await?.is_yes() {
            return Ok(None);
        }
        Ok::<_, store::Error>(Some(send_and_settle(&app, &token, &write, &group).await))
    };
    match tasks.spawn(work.in_current_span()).await {
        Ok(outcome) => Ok(outcome?),
        Err(error) => Err(Trouble::fault("carrying out a decision about a group broke off", &error)),
    }
}

/// Returns what is recorded when something was decided.
fn decision(deed: Deed) -> EventKind {
    match deed {
        Deed::Delete => EventKind::DeletionDecided,
        Deed::Restore => EventKind::RestoreDecided,
        Deed::Renew => EventKind::RenewalDecided,
    }
}

async fn send_and_settle(app: &App, token: &AccessToken, write: &GroupWrite, group: &Group) -> Outcome {
    let sent = send(app, token, write).await;
    let answer = match (&sent, write.deed) {
        (Ok(()), _) => Answer::Done,
        (Err(error), Deed::Delete) => error.answer_to_delete(),
        (Err(error), Deed::Restore) => error.answer_to_restore(),
        (Err(error), Deed::Renew) => error.answer_to_renewal(),
    };
    let mut group = group.clone();
    if write.deed == Deed::Renew && answer == Answer::Done {
        // Not read is not known; the copy learns of it later.
        group.facts.expires_at =
            app.graph.person(token).expiry(write.group).await.ok().flatten().and_then(|it| it.expires_at);
    }
    let outcome = match (answer, sent) {
        (_, Err(Error::SignInAgain { claims })) => Outcome::NotAccepted(claims),
        (Answer::Done, _) => Outcome::Done,
        (Answer::No(_), _) => Outcome::Refused,
        (Answer::Unclear, _) => Outcome::Unclear,
    };
    tracing::info!(group.id = %write.group, write.id = %write.id, deed = ?write.deed, ?answer, "carried out");
    let detail = json!({ "deed": write.deed, "write": write.id, "answer": format!("{answer:?}") });
    match settle(app, write, &group, &outcome, detail).await {
        Ok(()) => outcome,
        // The decision stands, and a look at the directory settles it.
        Err(error) => {
            tracing::error!(write.id = %write.id, %error, "the outcome could not be recorded");
            Outcome::Unclear
        }
    }
}

async fn send(app: &App, token: &AccessToken, write: &GroupWrite) -> Result<(), Error> {
    let graph = app.graph.person(token);
    match write.deed {
        Deed::Delete => graph.delete_group(write.group, write.id.0).await,
        Deed::Restore => graph.restore_group(write.group, write.id.0).await,
        Deed::Renew => graph.renew_group(write.group, write.id.0).await,
    }
}

async fn settle(
    app: &App,
    write: &GroupWrite,
    group: &Group,
    outcome: &Outcome,
    detail: Value,
) -> Result<(), store::Error> {
    let (writes, now) = (app.store.group_writes(), app.clock.now());
    let event = |kind| event(write, kind, now, detail);
    let moved = match outcome {
        Outcome::Done => match write.deed {
            Deed::Delete => writes.settle_deleted(write, now, &event(EventKind::GroupDeletedHere)).await?,
            Deed::Restore => writes.settle_restored(write, group, now, &event(EventKind::GroupRestoredHere)).await?,
            Deed::Renew => {
                let until = group.facts.expires_at;
                writes.settle_renewed(write, until, now, &event(EventKind::GroupRenewed)).await?
            }
        },
        Outcome::Refused => writes.settle(write, Course::Refused, now, &event(EventKind::GroupWriteRefused)).await?,
        Outcome::NotAccepted(_) | Outcome::Unclear => {
            writes.settle(write, Course::Unclear, now, &event(EventKind::GroupWriteUnclear)).await?
        }
    };
    // Somebody's look may have settled it meanwhile.
    let _ = moved;
    Ok(())
}

/// Settles what an earlier answer left open, by what a live read has just shown. `group` is what is known of it.
///
/// # Errors
/// When the store cannot be asked.
pub(super) async fn look(app: &App, write: &GroupWrite, group: &Group, is_there: bool) -> Result<Found, store::Error> {
    settle_seen(app, write, group, is_there, app.clock.now()).await
}

/// Settles deletions and restorations whose answers were lost by what the copy shows: what was there when its reading began,
/// for a group may have been read then and be deleted before the reading came to its end.
///
/// # Errors
/// When the store cannot be asked.
pub async fn settle_shown(app: &App) -> Result<(), store::Error> {
    let directory = app.store.directory();
    let read_at = directory.standing().await?.begun_at.unwrap_or(Timestamp::UNIX_EPOCH);
    for write in app.store.group_writes().settleable(read_at - LAG).await? {
        let Some(copied) = directory.group(write.group).await? else { continue };
        settle_seen(app, &write, &copied.group, !copied.gone, read_at).await?;
        app.forget(write.by.id).await;
    }
    Ok(())
}

async fn settle_seen(
    app: &App,
    write: &GroupWrite,
    group: &Group,
    is_there: bool,
    seen_at: Timestamp,
) -> Result<Found, store::Error> {
    let found = write.found(is_there, seen_at);
    let outcome = match found {
        Found::Done => Outcome::Done,
        Found::NotDone => Outcome::Refused,
        Found::Open => return Ok(found),
    };
    let detail = json!({ "deed": write.deed, "write": write.id, "seen": true, "is_there": is_there });
    settle(app, write, group, &outcome, detail).await?;
    Ok(found)
}

/// Records that a live read found a group gone: nobody asks for it any more, and its requests end. Returns what to answer.
///
/// # Errors
/// When the store cannot be asked.
pub(super) async fn is_gone(app: &App, signed: &Signed, group: GroupId) -> Result<Trouble, Trouble> {
    let now = app.clock.now();
    app.store.directory().record_gone(group, now).await?;
    app.store.designations().suspend_and_end(group, SuspendReason::Gone, now, Some(&signed.person())).await?;
    Ok(Trouble::refused(Refusal::GroupGone))
}

fn event(write: &GroupWrite, kind: EventKind, now: Timestamp, detail: Value) -> Event {
    Event::new(kind, Some(write.by.clone()), now).group(write.group).detail(detail)
}
