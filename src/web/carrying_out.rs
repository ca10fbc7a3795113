//! Carrying out what was decided: the directory write, what its answer means, and the record of it.
//!
//! The caller holds the operation's lease, which was taken in the same transaction as the decision. From here on the
//! decision cannot be lost: whatever happens to this process or to the answer, the operation can be finished.

use jiff::Timestamp;
use serde_json::json;
use tracing::Instrument as _;

use crate::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        operation::{self, Answer, DirectoryRefusal, Kind, Operation, Step},
        own_writes::{self, LATE_READS},
    },
    graph::{AccessToken, Error},
    sign_in::{self, Signed, Why},
    store::{self, Moved},
};

use super::{app::App, trouble::Trouble};

/// What became of an operation, as far as the page can say at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The directory has it.
    Done,
    /// The directory has not confirmed it yet.
    Underway,
    /// The directory did not accept the token of the person, so nothing was done; with what it wants proved. Once they
    /// have signed in again they can finish it, and others can at once.
    NotAccepted(Option<String>),
    /// The directory refused so far; somebody else may succeed.
    Delayed(DirectoryRefusal),
    /// The directory refused for good.
    Refused(DirectoryRefusal),
}

impl Outcome {
    /// Returns where to go next: to a page, by way of the sign-in when the directory did not accept the token. Once only:
    /// when it refuses a token that has just been renewed because of that, the page says how things stand.
    #[must_use]
    pub fn way_to(&self, page: &str, signed: &Signed, now: Timestamp) -> String {
        match self {
            Self::NotAccepted(claims) if !signed.is_refused_again(now) => {
                sign_in::address(page, Why::Refused(claims.as_deref()))
            }
            _ => page.to_owned(),
        }
    }
}

/// Records a decision that owes a write to the directory, and carries it out with the token of the person who decided.
/// `record` is the transaction; it returns the operation as held, or `None` when somebody was first.
///
/// Both run on when the browser goes away meanwhile, and the process waits for them before it stops.
///
/// # Errors
/// A trouble when the decision could not be recorded.
pub async fn record_and_carry_out(
    app: &App,
    token: &AccessToken,
    by: PersonRef,
    record: impl Future<Output = Result<Option<Operation>, store::Error>> + Send + 'static,
) -> Result<Option<Outcome>, Trouble> {
    let (tasks, app, token) = (app.tasks.clone(), app.clone(), token.clone());
    let work = async move {
        match record.await? {
            Some(held) => Ok(Some(run(&app, &token, &held, by).await)),
            None => Ok::<_, store::Error>(None),
        }
    };
    match tasks.spawn(work.in_current_span()).await {
        Ok(outcome) => Ok(outcome?),
        Err(error) => Err(Trouble::fault("carrying out a decision broke off", &error)),
    }
}

async fn run(app: &App, token: &AccessToken, held: &Operation, by: PersonRef) -> Outcome {
    let written = write(app, token, held).await;
    let answer = match &written {
        Ok(()) => Answer::Done,
        Err(error) if held.kind.gives() => error.answer_to_add(),
        Err(error) => error.answer_to_remove(),
    };
    let in_place = read_back(app, token, held, answer, written.as_ref().err()).await;
    let now = app.clock.now();
    let in_place = believed(app, held, in_place, now).await;
    // After a lost answer it was most likely our own.
    let was_there = held.kind == Kind::Add && held.attempt == 1 && matches!(written, Err(Error::AlreadyThere));

    let step = operation::settle(held, answer, in_place, now);
    let refusal = if let Answer::No(refusal) = answer { Some(refusal) } else { None };
    let negative_at = refusal.filter(|_| in_place == Some(false)).map(|_| now);

    let event =
        Event::new(event_kind(held.kind, step), Some(by), now).group(held.group).person(held.person.id).detail(json!({
            "operation": held.id, "attempt": held.attempt, "answer": format!("{answer:?}"), "in_place": in_place,
            "until": held.until.filter(|_| !was_there),
        }));
    let event = match held.request {
        Some(request) => event.request(request),
        None => event,
    };
    let operations = app.store.operations();
    let settled = if was_there {
        operations.settle_already(held, now, &event).await
    } else {
        operations.settle(held, step, refusal, negative_at, now, &event).await
    };
    // The decision stands and can be finished; only its outcome is not recorded yet.
    let moved = settled.unwrap_or_else(|error| {
        tracing::error!(operation.id = %held.id, ?step, %error, "the outcome could not be recorded");
        Moved::No
    });
    tracing::info!(operation.id = %held.id, group.id = %held.group, ?answer, ?in_place, ?step, "carried out");

    match (step, refusal) {
        _ if let Err(Error::SignInAgain { claims }) = written => Outcome::NotAccepted(claims),
        // Somebody else has settled it meanwhile; the page shows what they recorded.
        _ if !moved.is_yes() => Outcome::Underway,
        (Step::Apply, _) => Outcome::Done,
        (Step::Refuse, Some(refusal)) => Outcome::Refused(refusal),
        (_, Some(refusal)) => Outcome::Delayed(refusal),
        _ => Outcome::Underway,
    }
}

async fn write(app: &App, token: &AccessToken, held: &Operation) -> Result<(), Error> {
    let graph = app.graph.person(token);
    match held.kind {
        Kind::Add => graph.add_member(held.group, held.person.id, held.id).await,
        Kind::Remove => graph.remove_member(held.group, held.person.id, held.id).await,
        Kind::AddOwner => graph.add_owner(held.group, held.person.id, held.id).await,
        Kind::RemoveOwner => graph.remove_owner(held.group, held.person.id, held.id).await,
    }
}

/// Reads, on the path that does not use the lagging index, whether the wished state is in place. Only after an answer that
/// such a read can settle: a directory that is away would not answer it either.
async fn read_back(
    app: &App,
    token: &AccessToken,
    held: &Operation,
    answer: Answer,
    error: Option<&Error>,
) -> Option<bool> {
    let can_settle = matches!(answer, Answer::No(_)) || matches!(error, Some(Error::Refused { .. } | Error::NotYet));
    if !can_settle {
        return None;
    }
    let graph = app.graph.person(token);
    let has = if held.kind.is_of_members() {
        graph.is_member_settled(held.group, held.person.id).await
    } else {
        let is_owner = |owners: Vec<PersonRef>| Some(owners.iter().any(|owner| owner.id == held.person.id));
        graph.owners(held.group).await.map(is_owner)
    };
    match has {
        Ok(has) => has.map(|has| has == held.kind.gives()),
        // A group that is gone has nobody.
        Err(Error::Gone) => Some(!held.kind.gives()),
        Err(_) => None,
    }
}

/// Leaves out a read that may show what was before an earlier write of ours: somebody who was just added and wishes to leave
/// would be taken for gone.
async fn believed(app: &App, held: &Operation, in_place: Option<bool>, now: Timestamp) -> Option<bool> {
    // What makes owners is read from the group itself and settled by two reads; members come from an index that is late.
    if !held.kind.is_of_members() {
        return in_place;
    }
    let is_member = in_place? == (held.kind == Kind::Add);
    match app.store.operations().own_writes(held.group, held.person.id, now - LATE_READS).await {
        Ok(writes) => {
            in_place.filter(|_| !own_writes::may_be_late(is_member, own_writes::latest(&writes, held.group), now))
        }
        // Nothing is settled without knowing.
        Err(error) => {
            tracing::warn!(%error, operation.id = %held.id, "a read is not believed, for nothing is known of earlier writes");
            None
        }
    }
}

/// Returns what is recorded when a write has taken a step.
#[must_use]
pub fn event_kind(kind: Kind, step: Step) -> EventKind {
    match (step, kind) {
        (Step::Apply, Kind::Add) => EventKind::MembershipAdded,
        (Step::Apply, Kind::Remove) => EventKind::MembershipRemoved,
        (Step::Apply, Kind::AddOwner) => EventKind::OwnerAdded,
        (Step::Apply, Kind::RemoveOwner) => EventKind::OwnerRemoved,
        (Step::Refuse, _) => EventKind::OperationRefused,
        _ => EventKind::OperationUnknown,
    }
}
