//! Carry a list out, twenty rows at a time, with the token of the owner who started or continued it, which stays in memory.
//!
//! Whatever ends this task, the list can go on: what it holds is in the database, and a list that shows no sign of life for a
//! minute may be taken up by any owner.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tracing::Instrument as _;

use crate::{
    domain::{
        event::{Event, EventKind},
        import_job::{Halt, Job},
        powers::{self, Standing},
        refusal::Refusal,
    },
    graph::Error,
    sign_in::Signed,
    store::{self, Taken},
    web::app::App,
};

use super::{
    chunk,
    patience::{self, MOST_UNANSWERED},
    power,
};

/// How long what was read of the group and its owners holds.
const CHECK_EVERY: SignedDuration = SignedDuration::from_secs(30);
/// A token that ends sooner than this is not used any more.
const TOKEN_LEFT: SignedDuration = SignedDuration::from_secs(30);

/// Why a list does not go on.
pub(super) enum Stop {
    /// It rests until somebody continues it.
    Halt(Halt),
    /// The directory did not answer; trying again may help.
    Away,
}

/// Where a list is after a chunk.
enum Step {
    GoOn,
    Over,
    /// Somebody else holds it.
    Lost,
}

/// Somebody who carries a list out.
pub(super) struct Run {
    pub app: App,
    pub signed: Signed,
    pub job: Job,
    /// What this process holds the list by.
    pub holder: String,
}

/// Carries a list out in a task of its own. The process waits for the chunk that is under way before it stops.
pub(super) fn begin(app: &App, signed: &Signed, job: &Job, holder: String) {
    let tasks = app.tasks.clone();
    let run = Run { app: app.clone(), signed: signed.clone(), job: job.clone(), holder };
    let work = async move {
        if let Err(error) = run.to_the_end().await {
            // It is still held and shows no more sign of life, so it can be continued in a minute.
            tracing::error!(%error, import.id = %run.job.id, "carrying out a list broke off");
        }
    };
    tasks.spawn(work.in_current_span());
}

impl Run {
    async fn to_the_end(&self) -> Result<(), store::Error> {
        let (mut checked_at, mut unanswered) = (None, 0);
        loop {
            match self.step(&mut checked_at).await? {
                Ok(Step::GoOn) => unanswered = 0,
                Ok(Step::Over) => return self.end().await,
                Ok(Step::Lost) => return Ok(()),
                Err(Stop::Halt(halt)) => return self.pause(halt).await,
                Err(Stop::Away) if unanswered >= MOST_UNANSWERED => return self.pause(Halt::DirectoryAway).await,
                Err(Stop::Away) => {
                    unanswered += 1;
                    self.alive(patience::rest(&self.app, unanswered)).await;
                }
            }
        }
    }

    /// Carries the next chunk out, when this owner still may.
    async fn step(&self, checked_at: &mut Option<Timestamp>) -> Result<Result<Step, Stop>, store::Error> {
        let now = self.app.clock.now();
        if self.app.stopping.is_cancelled() {
            return Ok(Err(Stop::Halt(Halt::Interrupted)));
        }
        if checked_at.is_none_or(|at| now.duration_since(at) >= CHECK_EVERY) {
            if let Err(stop) = self.alive(self.check()).await {
                return Ok(Err(stop));
            }
            *checked_at = Some(now);
        }
        let is_signed_in = self.app.sessions().is_signed_in(self.signed.viewer.id).await?;
        if !is_signed_in || self.signed.token.expires_at.duration_since(now) < TOKEN_LEFT {
            return Ok(Err(Stop::Halt(Halt::SignIn)));
        }
        let by = self.signed.person();
        Ok(match self.app.store.imports().take(&self.job, &self.holder, &by, now).await? {
            Taken::Rows { held, again } => {
                // A chunk and all it reads is large; it lives on the heap.
                let carried = Box::pin(chunk::carry(self, held, again));
                self.alive(carried).await?.map(|()| Step::GoOn)
            }
            Taken::Wait => Err(Stop::Away),
            Taken::Nothing | Taken::CancelWished => Ok(Step::Over),
            Taken::Lost => Ok(Step::Lost),
            Taken::Closed(halt) => Err(Stop::Halt(halt)),
        })
    }

    /// Does something that may take long, with signs of life meanwhile.
    async fn alive<T>(&self, work: impl Future<Output = T>) -> T {
        patience::alive(&self.app, self.job.id, &self.holder, work).await
    }

    /// Reads live whether this owner may still do this, and whether the group still takes it.
    pub(super) async fn check(&self) -> Result<(), Stop> {
        let graph = self.app.graph.person(&self.signed.token).unhurried();
        let (group, owners) = tokio::join!(graph.group(self.job.group), graph.owners(self.job.group));
        let group = group.map_err(|error| stop(&error))?;
        let owners = if group.is_none() { Vec::new() } else { owners.map_err(|error| stop(&error))? };
        let designation = self.app.store.designations().find(self.job.group).await.map_err(|_| Stop::Away)?;
        if group.is_none() {
            return Err(Stop::Halt(Halt::GroupGone));
        }
        let standing = Standing {
            viewer: &self.signed.viewer,
            is_owner: owners.iter().any(|owner| owner.id == self.signed.viewer.id),
            group: group.as_ref(),
            designation: designation.as_ref(),
            // Asked when the list was started; what begins to count later does not stop it half-way.
            must_accept: false,
        };
        powers::may(power(self.job.kind), &standing).map_err(|refusal| {
            Stop::Halt(match refusal {
                Refusal::NotDesignated => Halt::NotDesignated,
                Refusal::Suspended => Halt::Suspended,
                Refusal::SeveralApprove { .. } => Halt::TermsChanged,
                Refusal::GroupGone => Halt::GroupGone,
                Refusal::GroupUnfit(_) => Halt::GroupUnfit,
                _ => Halt::NotOwner,
            })
        })
    }

    async fn pause(&self, halt: Halt) -> Result<(), store::Error> {
        let detail = json!({ "import": self.job.id, "why": halt });
        let event =
            Event::new(EventKind::ImportPaused, None, self.app.clock.now()).group(self.job.group).detail(detail);
        let _ = self.app.store.imports().pause(&self.job, &self.holder, halt, &event).await?;
        tracing::info!(import.id = %self.job.id, ?halt, "a list stopped");
        Ok(())
    }

    async fn end(&self) -> Result<(), store::Error> {
        let now = self.app.clock.now();
        let event = ended(&self.app, &self.job, now).await?;
        let _ = self.app.store.imports().end(&self.job, &self.holder, now, &event).await?;
        tracing::info!(import.id = %self.job.id, "a list is over");
        Ok(())
    }
}

/// Returns the record of the end of a list, with how many of its rows ended how.
///
/// # Errors
/// When the store cannot be asked.
pub(super) async fn ended(app: &App, job: &Job, now: Timestamp) -> Result<Event, store::Error> {
    let tally = app.store.imports().tally(job.id).await?;
    let outcomes: Vec<_> = tally.outcomes.iter().map(|(outcome, n)| json!({ "outcome": outcome, "rows": n })).collect();
    Ok(Event::new(EventKind::ImportEnded, None, now).group(job.group).detail(json!({
        "import": job.id, "kind": job.kind, "rows": tally.rows, "ready": tally.ready(), "outcomes": outcomes,
        "unconfirmed": tally.unconfirmed, "not_tried": tally.waiting(),
    })))
}

/// Returns what an error of the directory means for a list.
pub(super) fn stop(error: &Error) -> Stop {
    match error {
        Error::SignInAgain { .. } => Stop::Halt(Halt::SignIn),
        Error::NotAllowed => Stop::Halt(Halt::NotAllowed),
        Error::Gone => Stop::Halt(Halt::GroupGone),
        Error::NotChangeable => Stop::Halt(Halt::GroupUnfit),
        _ => Stop::Away,
    }
}
