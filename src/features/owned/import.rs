//! Many people at once: a list is pasted or uploaded, looked up, shown, confirmed, carried out, and its result kept.
//!
//! Read in the order in which a list goes: `form` takes it and `sheet` reads it, `look_up` asks the directory who is on it,
//! `show` shows it at every stage, `start` and `cancel` move it, `run` carries it out chunk by chunk, `chunk` sends one of
//! them, `patience` bears with a directory that does not answer, and `result` gives every row with what became of it.

pub mod cancel;
mod chunk;
pub mod form;
mod look_up;
mod patience;
pub mod result;
mod run;
#[cfg(feature = "demo")]
pub(super) mod samples;
mod sheet;
pub mod show;
pub mod start;
mod tell;

pub(super) use tell::Told;

use crate::{
    domain::{
        ids::{GroupId, ImportId},
        import_job::Job,
        operation::Kind,
        powers::Power,
    },
    sign_in::Signed,
    web::{app::App, frame::Frame, trouble::Trouble},
};

use super::workspace::Workspace;

/// How many lists of a group are looked through for those that are not over.
const LISTED: usize = 20;

/// Returns the power that carrying out a list needs.
fn power(kind: Kind) -> Power {
    if kind.gives() { Power::AddMember } else { Power::RemoveMember }
}

/// Returns a list of a group.
///
/// # Errors
/// [`Trouble::NotFound`] for one of another group, or of none.
async fn find(app: &App, group: GroupId, job: ImportId) -> Result<Job, Trouble> {
    let found = app.store.imports().find(job).await?;
    found.filter(|found| found.group == group).ok_or(Trouble::NotFound)
}

/// Returns the lists of a group that are not over, for an owner.
///
/// # Errors
/// When the store cannot be asked.
pub(super) async fn open_lists(
    app: &App,
    signed: &Signed,
    frame: &Frame,
    it: &Workspace,
) -> Result<Vec<Told>, Trouble> {
    if it.may(Power::RemoveMember, signed).is_err() {
        return Ok(Vec::new());
    }
    let jobs = app.store.imports().of_group(it.id, &signed.person(), LISTED).await?;
    Ok(jobs.iter().filter(|job| !job.is_over()).map(|job| tell::list(job, frame)).collect())
}

/// Returns the address of a list's page.
fn address(job: &Job) -> String {
    format!("/owned/{}/import/{}", job.group, job.id)
}
