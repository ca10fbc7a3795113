//! Records the next rows of a list as owed to the directory, and leaves out those that something stands in the way of by now.

use jiff::Timestamp;
use serde_json::json;

use super::{
    Error,
    codec::{id, id_list, json, limit, read_code, read_id, read_json},
    db::{Tx, execute, fetch, from_items, listed},
    operations,
};
use crate::domain::{
    directory::PersonRef,
    ids::{GroupId, ImportId, PersonId},
    import_job::{CHUNK, Job, Outcome},
    operation::{Kind, Operation},
    terms::Terms,
};

/// Returns the next rows that nothing was done for.
pub(super) async fn waiting(tx: &mut Tx, job: ImportId) -> Result<Vec<(i64, PersonRef)>, Error> {
    let rows = fetch!(
        tx,
        fetch_all,
        sqlx::query_as::<_, (i64, String, String)>(
            "SELECT place, person_id, person_name FROM import_row
             WHERE job_id = $1 AND verdict = 'ready' AND outcome IS NULL AND operation_id IS NULL
             ORDER BY place LIMIT $2"
        )
        .bind(id(job))
        .bind(limit(CHUNK))
    )?;
    rows.into_iter().map(|(place, person, name)| Ok((place, PersonRef { id: read_id(&person)?, name }))).collect()
}

/// Records writes for rows, but for people something stands in the way of: their rows end.
pub(super) async fn owe(
    tx: &mut Tx,
    job: &Job,
    by: &PersonRef,
    now: Timestamp,
    rows: Vec<(i64, PersonRef)>,
) -> Result<Vec<Operation>, Error> {
    let people: Vec<PersonId> = rows.iter().map(|(_, person)| person.id).collect();
    let hindered = hindered(tx, job, &people).await?;
    let until = until(tx, job, now).await?;
    let (mut held, mut told) = (Vec::new(), Vec::new());
    for (place, person) in rows {
        let mut outcome = hindered.iter().find(|(known, _)| *known == person.id).map(|(_, outcome)| *outcome);
        let write = Operation {
            reason: job.reason.clone(),
            until,
            ..Operation::owed(job.kind, (job.group, &job.group_name), &person, by, now)
        };
        if outcome.is_none() && !operations::insert(tx, &write).await? {
            outcome = Some(Outcome::BeingChanged);
        }
        let operation = outcome.is_none().then_some(write.id);
        told.push(json!({ "place": place, "outcome": outcome, "operation": operation }));
        if outcome.is_none() {
            held.push(write);
        }
    }
    let text = from_items!(
        tx,
        ["WITH news AS MATERIALIZED (
            SELECT CAST(item.value ->> 'place' AS BIGINT) AS place, item.value ->> 'outcome' AS outcome,
                   item.value ->> 'operation' AS operation "],
        [") UPDATE import_row SET outcome = news.outcome, operation_id = news.operation
            FROM news WHERE import_row.job_id = $2 AND import_row.place = news.place"]
    );
    execute!(tx, sqlx::query(text).bind(json(&told)?).bind(id(job.id)))?;
    Ok(held)
}

/// Returns until when the memberships last that a list gives: the usual time.
async fn until(tx: &mut Tx, job: &Job, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    if job.kind != Kind::Add {
        return Ok(None);
    }
    Ok(terms(tx, job.group).await?.lasting.until(None, now))
}

/// Returns the terms of a group; the usual ones for a group that takes no part.
pub(super) async fn terms(tx: &mut Tx, group: GroupId) -> Result<Terms, Error> {
    let text = "SELECT terms FROM designation WHERE group_id = $1";
    let terms = fetch!(tx, fetch_optional, sqlx::query_scalar::<_, String>(text).bind(id(group)))?;
    Ok(terms.as_deref().map(read_json::<Terms>).transpose()?.unwrap_or_default())
}

/// Returns whom something stands in the way of by now: another write for them, or a request of theirs.
async fn hindered(tx: &mut Tx, job: &Job, people: &[PersonId]) -> Result<Vec<(PersonId, Outcome)>, Error> {
    let text = listed!(
        tx,
        ["SELECT person_id, 'being_changed' FROM operation
          WHERE group_id = $2 AND kind IN ('add', 'remove') AND state IN ('in_flight', 'unknown') AND person_id "],
        [""]
    );
    let mut rows = fetch!(
        &mut *tx,
        fetch_all,
        sqlx::query_as::<_, (String, String)>(text).bind(id_list(people)).bind(id(job.group))
    )?;
    if job.kind == Kind::Add {
        let text = listed!(
            tx,
            ["SELECT requester_id, 'has_asked' FROM request WHERE group_id = $2 AND occupies AND requester_id "],
            [""]
        );
        rows.extend(fetch!(
            &mut *tx,
            fetch_all,
            sqlx::query_as::<_, (String, String)>(text).bind(id_list(people)).bind(id(job.group))
        )?);
    }
    rows.iter().map(|(person, why)| Ok((read_id(person)?, read_code(why)?))).collect()
}
