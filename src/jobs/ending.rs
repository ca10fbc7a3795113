//! Removing those whose membership has come to its end: with the portal's own identity, where it may. What it cannot do waits
//! for an owner, as it does without such an identity.

use serde_json::json;

use crate::{
    domain::{
        event::{Event, EventKind},
        operation::{self, Answer, Operation, Step},
        own_writes::{self, LATE_READS},
    },
    graph::{AsService, Error},
    store,
    web::{app::App, carrying_out},
};

use super::{reading::Reading, worker::note};

/// How many are removed in one round.
const MOST: usize = 50;

/// Does what is due; most rounds end without a token. What others do at this moment, or what is too much to be done without a
/// person's yes, is left out by the store.
pub(super) async fn memberships(app: &App, reading: &Reading) {
    let due = match app.store.membership_ends().for_service(app.clock.now(), MOST).await {
        Ok(due) if due.is_empty() => return,
        Ok(due) => due,
        Err(error) => return note::<(), _>("who is to be removed was not read", Err(error)),
    };
    // An identity that is not accepted is told by the reading of the directory.
    let Some(service) = reading.as_service(app).await else { return };
    match remove(app, &service, due).await {
        Ok(true) => {}
        Ok(false) => reading.forget_token().await,
        Err(error) => note::<(), _>("what became of a removal was not recorded", Err(error)),
    }
}

/// Carries out removals that nobody holds, one after the other. Returns whether the directory accepted the identity.
///
/// # Errors
/// When the store fails; what was begun is finished later.
async fn remove(app: &App, service: &AsService<'_>, due: Vec<Operation>) -> Result<bool, store::Error> {
    for removal in due {
        if app.stopping.is_cancelled() {
            break;
        }
        let now = app.clock.now();
        let event = event(EventKind::OperationBegun, &removal, now).detail(json!({ "operation": removal.id }));
        // Somebody was first, or the end is another by now.
        let Some(held) = app.store.membership_ends().begin(&removal, now, &event).await? else { continue };
        if let Err(Error::SignInAgain { .. }) = carry_out(app, service, &held).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Removes somebody and records what became of it. Only what an owner is refused is refused for good: this identity may lack
/// a permission that owners have.
async fn carry_out(app: &App, service: &AsService<'_>, held: &Operation) -> Result<Result<(), Error>, store::Error> {
    let written = service.remove_member(held.group, held.person.id, held.id).await;
    let answer = written.as_ref().map_or_else(Error::answer_to_remove, |()| Answer::Done);
    let in_place = if matches!(answer, Answer::No(_)) { is_gone(app, service, held).await? } else { None };
    let now = app.clock.now();
    let step = match operation::settle(held, answer, in_place, now) {
        Step::Apply => Step::Apply,
        _ => Step::LoseTrack,
    };
    let event = event(carrying_out::event_kind(held.kind, step), held, now).detail(json!({
        "operation": held.id, "attempt": held.attempt, "result": format!("{answer:?}"), "in_place": in_place,
        "by_itself": true,
    }));
    let moved = app.store.operations().settle(held, step, None, None, now, &event).await?;
    if step == Step::Apply {
        app.forget(held.person.id).await;
    }
    tracing::info!(operation.id = %held.id, group.id = %held.group, ?answer, ?step, ?moved, "removed at the end");
    Ok(written)
}

/// Reads whether somebody is a member no more, past the lagging index; nothing is known from a read that may be late.
async fn is_gone(app: &App, service: &AsService<'_>, held: &Operation) -> Result<Option<bool>, store::Error> {
    let is_member = match service.reader().is_member_settled(held.group, held.person.id).await {
        Ok(is_member) => is_member,
        // A group that is gone has nobody.
        Err(Error::Gone) => Some(false),
        Err(_) => None,
    };
    let Some(is_member) = is_member else { return Ok(None) };
    let now = app.clock.now();
    let writes = app.store.operations().own_writes(held.group, held.person.id, now - LATE_READS).await?;
    let is_late = own_writes::may_be_late(is_member, own_writes::latest(&writes, held.group), now);
    Ok((!is_late).then_some(!is_member))
}

fn event(kind: EventKind, removal: &Operation, now: jiff::Timestamp) -> Event {
    Event::new(kind, None, now).group(removal.group).person(removal.person.id)
}
