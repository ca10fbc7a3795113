//! Send one chunk of a list to the directory, and settle what became of each of its rows.

use std::collections::HashMap;

use serde_json::json;
use uuid::Uuid;

use crate::{
    domain::{
        event::Event,
        ids::PersonId,
        import_job::{Halt, Outcome},
        operation::{Answer, Kind, Operation, SETTLE, Step},
        own_writes::{self, LATE_READS},
    },
    graph::{Added, AsPerson, Error},
    store::{self, Settled},
    web::carrying_out::event_kind,
};

use super::run::{Run, Stop};

/// What the directory said of one row.
#[derive(Clone)]
struct Said {
    answer: Answer,
    /// It was so before.
    before: bool,
    /// Why nothing is known.
    error: Option<Error>,
}

impl Said {
    fn is(answer: Answer) -> Self {
        Self { answer, before: false, error: None }
    }

    fn lost(error: Error) -> Self {
        Self { answer: Answer::Unclear, before: false, error: Some(error) }
    }
}

/// Sends a chunk and settles it. Rows whose answers were lost before are read back first.
///
/// # Errors
/// When the store fails: the chunk is read back later. The inner result says whether the list can go on.
pub(super) async fn carry(run: &Run, held: Vec<Operation>, again: bool) -> Result<Result<(), Stop>, store::Error> {
    let graph = run.app.graph.person(&run.signed.token).unhurried();
    let mut said: HashMap<PersonId, Said> = HashMap::new();
    if again {
        match read_back(run, graph, &held).await? {
            Ok(in_place) => said.extend(in_place.into_iter().map(|person| (person, Said::is(Answer::Done)))),
            Err(error) => said.extend(held.iter().map(|write| (write.person.id, Said::lost(error.clone())))),
        }
    }
    let open: Vec<&Operation> = held.iter().filter(|write| !said.contains_key(&write.person.id)).collect();
    let call = Uuid::now_v7();
    said.extend(if run.job.kind.gives() {
        add(run, graph, &open, call, again).await
    } else {
        remove(run, graph, &open).await?
    });

    let refused = said.values().filter(|said| matches!(said.answer, Answer::No(_))).count();
    let halt = if refused > 0 && refused == said.len() { everybody_refused(run, refused, &said).await } else { None };
    let error = said.values().find_map(|said| said.error.clone());
    let settled: Vec<Settled> = held.into_iter().map(|write| settle(run, write, &said, call, halt.is_some())).collect();
    run.app.store.imports().settle(run.job.id, &settled, run.app.clock.now()).await?;
    let is_clear = settled.iter().all(|one| one.step != Step::LoseTrack);
    Ok(match (halt, error) {
        (Some(halt), _) => Err(Stop::Halt(halt)),
        (None, Some(Error::SignInAgain { .. })) => Err(Stop::Halt(Halt::SignIn)),
        (None, None) if is_clear => Ok(()),
        (None, _) => Err(Stop::Away),
    })
}

/// Adds people with one call, or with a few more when one of them is refused.
async fn add(run: &Run, graph: AsPerson<'_>, open: &[&Operation], call: Uuid, again: bool) -> Vec<(PersonId, Said)> {
    let people: Vec<PersonId> = open.iter().map(|write| write.person.id).collect();
    let added = graph.add_members(run.job.group, &people, call).await;
    let said = added.into_iter().map(|(person, added)| {
        let said = match added {
            Added::Now => Said::is(Answer::Done),
            // After a lost answer it was most likely our own.
            Added::Before => Said { before: !again, ..Said::is(Answer::Done) },
            Added::Refused(refusal) => Said::is(Answer::No(refusal)),
            Added::Unknown(error) => Said::lost(error),
        };
        (person, said)
    });
    said.collect()
}

/// Removes people one by one; Graph has no call for several. The budget of the client sets the pace.
async fn remove(run: &Run, graph: AsPerson<'_>, open: &[&Operation]) -> Result<Vec<(PersonId, Said)>, store::Error> {
    let mut all = Vec::with_capacity(open.len());
    let mut stopped: Option<Error> = None;
    for write in open {
        let person = write.person.id;
        if let Some(error) = &stopped {
            all.push((person, Said::lost(error.clone())));
            continue;
        }
        let said = match graph.remove_member(run.job.group, person, write.id).await {
            Ok(()) => Said::is(Answer::Done),
            // The group is there, or the check before each chunk would have said so; then they are no member of it.
            Err(error @ (Error::Gone | Error::NotThere)) if is_late(run, person, false).await? => Said::lost(error),
            Err(Error::Gone | Error::NotThere) => Said { before: true, ..Said::is(Answer::Done) },
            Err(error) => match error.answer_to_remove() {
                Answer::Unclear => {
                    stopped = Some(error.clone()).filter(|error| !matches!(error, Error::Refused { .. }));
                    Said::lost(error)
                }
                answer => Said::is(answer),
            },
        };
        all.push((person, said));
    }
    Ok(all)
}

/// Returns for whom the wished state is in place already, in one call.
async fn read_back(
    run: &Run,
    graph: AsPerson<'_>,
    held: &[Operation],
) -> Result<Result<Vec<PersonId>, Error>, store::Error> {
    let people: Vec<PersonId> = held.iter().map(|write| write.person.id).collect();
    let members = match graph.members_among(run.job.group, &people).await {
        Ok(members) => members,
        Err(error) => return Ok(Err(error)),
    };
    let mut in_place = Vec::new();
    for person in people {
        let is_member = members.contains(&person);
        if is_member == (run.job.kind == Kind::Add) && !is_late(run, person, is_member).await? {
            in_place.push(person);
        }
    }
    Ok(Ok(in_place))
}

/// Returns whether a read may show what was before an earlier write of ours.
async fn is_late(run: &Run, person: PersonId, is_member: bool) -> Result<bool, store::Error> {
    let now = run.app.clock.now();
    let writes = run.app.store.operations().own_writes(run.job.group, person, now - LATE_READS).await?;
    Ok(own_writes::may_be_late(is_member, own_writes::latest(&writes, run.job.group), now))
}

/// Returns why the list stops when every row of a chunk was refused: then it is rather about who carries it out, or about
/// the group. One row alone is taken for what it is when this owner still may.
async fn everybody_refused(run: &Run, refused: usize, said: &HashMap<PersonId, Said>) -> Option<Halt> {
    if let Err(Stop::Halt(halt)) = run.check().await {
        return Some(halt);
    }
    let errors = said.values().filter_map(|said| match said.answer {
        Answer::No(refusal) => Some(Outcome::from(refusal)),
        _ => None,
    });
    let all: Vec<Outcome> = errors.collect();
    match all.first() {
        Some(Outcome::NotChangeable) => Some(Halt::GroupUnfit),
        Some(Outcome::NotAllowed) if refused > 1 && all.iter().all(|one| *one == Outcome::NotAllowed) => {
            Some(Halt::NotAllowed)
        }
        _ => None,
    }
}

fn settle(run: &Run, held: Operation, said: &HashMap<PersonId, Said>, call: Uuid, anew: bool) -> Settled {
    let now = run.app.clock.now();
    let said = said.get(&held.person.id).cloned().unwrap_or(Said::is(Answer::Unclear));
    // A membership that was there before keeps the end that it has, or has none.
    let held = Operation { until: held.until.filter(|_| !said.before), ..held };
    // A try before this one may still land.
    let may_land = held.attempt > 1 && now.duration_since(held.created_at) < SETTLE;
    let (step, refusal, outcome) = match said.answer {
        Answer::Done if said.before => (Step::Apply, None, Some(Outcome::Already)),
        Answer::Done => (Step::Apply, None, Some(Outcome::Done)),
        Answer::No(refusal) if may_land => (Step::LoseTrack, Some(refusal), None),
        Answer::No(refusal) if anew => (Step::Refuse, Some(refusal), None),
        Answer::No(refusal) => (Step::Refuse, Some(refusal), Some(refusal.into())),
        Answer::Unclear => (Step::LoseTrack, None, None),
    };
    let event = Event::new(event_kind(held.kind, step), Some(run.signed.person()), now)
        .group(held.group)
        .person(held.person.id)
        .detail(json!({
            "operation": held.id, "attempt": held.attempt, "answer": format!("{:?}", said.answer),
            "import": run.job.id, "call": if held.kind == Kind::Add { call } else { held.id.0 }, "until": held.until,
        }));
    Settled { held, step, refusal, outcome, anew: anew && step == Step::Refuse, event }
}
