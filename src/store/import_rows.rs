//! The rows of a list: kept as they were read, judged once, and shown with what became of them.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{count, id, json, limit, read_code, read_id, read_optional_id},
    db::{Tx, execute, from_items, read},
    imports::Imports,
};
use crate::domain::{
    directory::PersonRef,
    ids::{GroupId, ImportId, PersonId},
    import_job::{KeptRow, Tally, outcome_of},
    importing::Verdict,
    operation::Kind,
};

/// How many rows go into one statement.
const AT_ONCE: usize = 1000;

/// Forgets the rows of the lists of a group that nobody started before an instant.
pub(super) const FORGET: &str = "DELETE FROM import_row WHERE job_id IN (
    SELECT id FROM import_job WHERE group_id = $1 AND started_at IS NULL AND made_at < $2)";

/// Which rows of a list are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All of them.
    All,
    /// Those with this verdict.
    Judged(Verdict),
}

#[derive(FromRow)]
struct Row {
    place: i64,
    line: i64,
    typed: String,
    address: Option<String>,
    person_id: Option<String>,
    person_name: Option<String>,
    verdict: Option<String>,
    operation_id: Option<String>,
    outcome: Option<String>,
    o_state: Option<String>,
    o_refusal: Option<String>,
}

#[derive(FromRow)]
struct TallyRow {
    verdict: Option<String>,
    outcome: Option<String>,
    o_state: Option<String>,
    o_refusal: Option<String>,
    was_started: bool,
    n: i64,
}

impl Imports<'_> {
    /// Returns rows of a list in their order, those after a place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows(&self, job: ImportId, shown: Shown, after: i64, most: usize) -> Result<Vec<KeptRow>, Error> {
        let verdict = match shown {
            Shown::All => "",
            Shown::Judged(verdict) => verdict.code(),
        };
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, Row>(
                "SELECT r.place, r.line, r.typed, r.address, r.person_id, r.person_name, r.verdict, r.operation_id,
                        r.outcome, o.state AS o_state, o.refusal AS o_refusal
                 FROM import_row r LEFT JOIN operation o ON o.id = r.operation_id
                 WHERE r.job_id = $1 AND r.place > $2 AND ($3 = '' OR r.verdict = $3) ORDER BY r.place LIMIT $4"
            )
            .bind(id(job))
            .bind(after)
            .bind(verdict)
            .bind(limit(most))
        )?;
        rows.into_iter().map(Row::kept).collect()
    }

    /// Returns how many rows of a list there are of each kind, by one statement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tally(&self, job: ImportId) -> Result<Tally, Error> {
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, TallyRow>(
                "SELECT r.verdict, r.outcome, o.state AS o_state, o.refusal AS o_refusal,
                        (o.id IS NOT NULL) AS was_started, COUNT(*) AS n
                 FROM import_row r LEFT JOIN operation o ON o.id = r.operation_id
                 WHERE r.job_id = $1 GROUP BY r.verdict, r.outcome, o.state, o.refusal, (o.id IS NOT NULL)"
            )
            .bind(id(job))
        )?;
        let mut tally = Tally::default();
        let (mut verdicts, mut outcomes) = (HashMap::new(), HashMap::new());
        for row in rows {
            let n = count(row.n);
            tally.rows += n;
            if let Some(verdict) = row.verdict.as_deref() {
                *verdicts.entry(read_verdict(verdict)?).or_insert(0) += n;
            }
            let write = write(row.o_state.as_deref(), row.o_refusal.as_deref())?;
            let outcome = match row.outcome.as_deref() {
                Some(outcome) => Some(read_code(outcome)?),
                None => write.and_then(outcome_of),
            };
            match outcome {
                Some(outcome) => *outcomes.entry(outcome).or_insert(0) += n,
                None if row.was_started => tally.unconfirmed += n,
                None => {}
            }
        }
        let in_order = |verdict| verdicts.get(&verdict).map(|n| (verdict, *n));
        tally.verdicts = Verdict::ALL.into_iter().filter_map(in_order).collect();
        tally.outcomes = outcomes.into_iter().collect();
        tally.outcomes.sort_by_key(|(outcome, _)| *outcome as usize);
        Ok(tally)
    }

    /// Keeps what was judged of the rows of a list that is held and being looked up; it is shown from now on. `guests` says
    /// whether the terms let guests in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn judged(
        &self,
        job: ImportId,
        holder: &str,
        rows: &[(i64, Option<PersonRef>, Verdict)],
        guests: bool,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let moved = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE import_job SET state = 'preview', guests = $3, version = version + 1
                 WHERE id = $1 AND holder = $2 AND state = 'reading'"
            )
            .bind(id(job))
            .bind(holder)
            .bind(guests)
        )?;
        if moved == 0 {
            return Ok(Moved::No);
        }
        for some in rows.chunks(AT_ONCE) {
            let items: Vec<_> = some
                .iter()
                .map(|(place, person, verdict)| {
                    json!({ "place": place, "verdict": verdict.code(), "person": person.as_ref().map(|person| person.id),
                            "name": person.as_ref().map(|person| &person.name) })
                })
                .collect();
            let text = from_items!(
                tx,
                ["WITH news AS MATERIALIZED (
                    SELECT CAST(item.value ->> 'place' AS BIGINT) AS place, item.value ->> 'verdict' AS verdict,
                           item.value ->> 'person' AS person, item.value ->> 'name' AS name "],
                [") UPDATE import_row SET verdict = news.verdict, person_id = news.person, person_name = news.name
                    FROM news WHERE import_row.job_id = $2 AND import_row.place = news.place"]
            );
            execute!(&mut tx, sqlx::query(text).bind(json(&items)?).bind(id(job)))?;
        }
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Returns whose requests for a group wait for an answer, and what is owed to the directory for whom.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hindrances(&self, group: GroupId) -> Result<(HashSet<PersonId>, HashMap<PersonId, Kind>), Error> {
        let text = "SELECT requester_id FROM request WHERE group_id = $1 AND occupies";
        let asked = read!(self.db, fetch_all, sqlx::query_scalar::<_, String>(text).bind(id(group)))?;
        let text = "SELECT person_id, kind FROM operation
                    WHERE group_id = $1 AND kind IN ('add', 'remove') AND state IN ('in_flight', 'unknown')";
        let owed = read!(self.db, fetch_all, sqlx::query_as::<_, (String, String)>(text).bind(id(group)))?;
        let owed = owed.iter().map(|(person, kind)| Ok((read_id(person)?, read_code(kind)?)));
        Ok((asked.iter().map(|person| read_id(person)).collect::<Result<_, _>>()?, owed.collect::<Result<_, Error>>()?))
    }
}

/// Inserts the rows of a new list.
pub(super) async fn insert(tx: &mut Tx, job: ImportId, rows: &[KeptRow]) -> Result<(), Error> {
    for some in rows.chunks(AT_ONCE) {
        let items: Vec<_> = some
            .iter()
            .map(|row| {
                json!({ "place": row.place, "line": row.line, "typed": row.typed, "address": row.key,
                        "verdict": row.verdict.map(Verdict::code) })
            })
            .collect();
        let text = from_items!(
            tx,
            ["INSERT INTO import_row (job_id, place, line, typed, address, verdict)
              SELECT $2, CAST(item.value ->> 'place' AS BIGINT), CAST(item.value ->> 'line' AS BIGINT),
                     item.value ->> 'typed', item.value ->> 'address', item.value ->> 'verdict' "],
            [""]
        );
        execute!(&mut *tx, sqlx::query(text).bind(json(&items)?).bind(id(job)))?;
    }
    Ok(())
}

fn read_verdict(code: &str) -> Result<Verdict, Error> {
    Verdict::of_code(code).ok_or_else(|| Error::codec(format!("{code:?} is no verdict")))
}

type Write = (crate::domain::operation::State, Option<crate::domain::operation::DirectoryRefusal>);

fn write(state: Option<&str>, refusal: Option<&str>) -> Result<Option<Write>, Error> {
    let Some(state) = state else { return Ok(None) };
    Ok(Some((read_code(state)?, refusal.map(read_code).transpose()?)))
}

impl Row {
    fn kept(self) -> Result<KeptRow, Error> {
        let person = match self.person_id.as_deref() {
            Some(person) => Some((read_id(person)?, self.person_name.unwrap_or_default())),
            None => None,
        };
        Ok(KeptRow {
            place: self.place,
            line: self.line,
            typed: self.typed,
            key: self.address,
            person,
            verdict: self.verdict.as_deref().map(read_verdict).transpose()?,
            operation: read_optional_id(self.operation_id.as_deref())?,
            outcome: self.outcome.as_deref().map(read_code).transpose()?,
            write: write(self.o_state.as_deref(), self.o_refusal.as_deref())?,
        })
    }
}
