//! The audit record. Each row carries the hash of the one before, so a change to any of them shows.
//!
//! The hash is SHA-256, in hexadecimal, over the previous hash followed by the row's body; the body is the event with its
//! number as JSON with sorted keys. The head of the chain is kept apart, so a cut-off end shows too.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Map, Value};
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{code, hex, id, limit, ms, read_json},
    db::{Db, Tx, execute, fetch, read},
};
use crate::domain::{
    event::Event,
    ids::{GroupId, RequestId},
};

/// How many rows [`Events::verify`] reads at a time.
const PAGE: usize = 1000;

/// Reads events.
#[derive(Debug, Clone, Copy)]
pub struct Events<'a> {
    pub(super) db: &'a Db,
}

/// A chain of events without a flaw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many events it has.
    pub count: i64,
    /// The last hash; empty when there are none.
    pub head: String,
}

/// The first flaw in the chain of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The number of the event that does not fit.
    pub seq: i64,
    /// What is wrong with it, in words for whoever looks into it.
    pub why: &'static str,
}

#[derive(FromRow)]
struct Row {
    seq: i64,
    previous: String,
    hash: String,
    id: String,
    at: i64,
    kind: String,
    actor_id: Option<String>,
    group_id: Option<String>,
    person_id: Option<String>,
    request_id: Option<String>,
    body: String,
}

macro_rules! event_columns {
    () => {
        "SELECT seq, previous, hash, id, at, kind, actor_id, group_id, person_id, request_id, body FROM event "
    };
}

/// Appends an event to the chain. It comes last in its transaction: the head's row is locked until the commit, and
/// whoever holds it must not wait for another row.
pub(super) async fn append(tx: &mut Tx, event: &Event) -> Result<(), Error> {
    let (seq, previous): (i64, String) = fetch!(
        &mut *tx,
        fetch_one,
        sqlx::query_as("UPDATE head SET number = number + 1 WHERE name = 'event' RETURNING number, text")
    )?;
    let body = body(seq, event)?;
    let hash = link(&previous, &body);
    execute!(&mut *tx, sqlx::query("UPDATE head SET text = $1 WHERE name = 'event'").bind(&hash))?;
    execute!(
        &mut *tx,
        sqlx::query(
            "INSERT INTO event (seq, previous, hash, id, at, kind, actor_id, group_id, person_id, request_id, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        )
        .bind(seq)
        .bind(&previous)
        .bind(&hash)
        .bind(id(event.id))
        .bind(ms(event.at))
        .bind(code(event.kind)?)
        .bind(event.actor.as_ref().map(|actor| id(actor.id)))
        .bind(event.group.map(id))
        .bind(event.person.map(id))
        .bind(event.request.map(id))
        .bind(&body)
    )?;
    Ok(())
}

/// Ends a conditional change: with its event when something moved, else with nothing, for somebody was first.
pub(super) async fn finish(mut tx: Tx, has_moved: bool, event: &Event) -> Result<Moved, Error> {
    if !has_moved {
        return Ok(Moved::No);
    }
    append(&mut tx, event).await?;
    tx.commit().await?;
    Ok(Moved::Yes)
}

impl Events<'_> {
    /// Records an event that goes with no change of our own tables.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record(&self, event: &Event) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        append(&mut tx, event).await?;
        tx.commit().await
    }

    /// Follows the chain from its first event to the head it had when the call began.
    ///
    /// # Errors
    /// Only when the database fails; a broken chain is the inner result.
    pub async fn verify(&self) -> Result<Result<Verified, Broken>, Error> {
        let (count, text) = read!(
            self.db,
            fetch_one,
            sqlx::query_as::<_, (i64, String)>("SELECT number, text FROM head WHERE name = 'event'")
        )?;
        let (mut seq, mut hash) = (0, String::new());
        while seq < count {
            let page = read!(
                self.db,
                fetch_all,
                sqlx::query_as::<_, Row>(concat!(
                    event_columns!(),
                    "WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3"
                ))
                .bind(seq)
                .bind(count)
                .bind(limit(PAGE))
            )?;
            if page.is_empty() {
                return Ok(Err(Broken { seq: seq + 1, why: "it is missing" }));
            }
            for row in page {
                if let Err(why) = row.check(seq, &hash) {
                    return Ok(Err(Broken { seq: seq + 1, why }));
                }
                (seq, hash) = (row.seq, row.hash);
            }
        }
        Ok(if hash == text {
            Ok(Verified { count, head: text })
        } else {
            Err(Broken { seq, why: "its hash is not the head of the chain" })
        })
    }

    /// Returns the events of a request, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_request(&self, request: RequestId) -> Result<Vec<Event>, Error> {
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, Row>(concat!(event_columns!(), "WHERE request_id = $1 ORDER BY seq")).bind(id(request))
        )?;
        rows.iter().map(Row::event).collect()
    }

    /// Returns the latest events of a group, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_group(&self, group: GroupId, most: usize) -> Result<Vec<Event>, Error> {
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, Row>(concat!(event_columns!(), "WHERE group_id = $1 ORDER BY seq DESC LIMIT $2"))
                .bind(id(group))
                .bind(limit(most))
        )?;
        rows.iter().map(Row::event).collect()
    }

    /// Returns the latest events, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn latest(&self, most: usize) -> Result<Vec<Event>, Error> {
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, Row>(concat!(event_columns!(), "ORDER BY seq DESC LIMIT $1")).bind(limit(most))
        )?;
        rows.iter().map(Row::event).collect()
    }
}

impl Row {
    fn event(&self) -> Result<Event, Error> {
        read_json(&self.body)
    }

    /// Compares a row with the one before it, its hash with its body, and its columns with its body.
    fn check(&self, before: i64, hash_before: &str) -> Result<(), &'static str> {
        if self.seq != before + 1 {
            return Err("it is missing");
        }
        if self.previous != hash_before {
            return Err("it does not name the hash of the event before it");
        }
        if self.hash != link(&self.previous, &self.body) {
            return Err("its hash is not that of its text");
        }
        let event = self.event().map_err(|_| "its text cannot be read")?;
        let same = body(self.seq, &event).is_ok_and(|text| text == self.body)
            && self.id == id(event.id)
            && self.at == ms(event.at)
            && code(event.kind).is_ok_and(|kind| kind == self.kind)
            && self.actor_id == event.actor.map(|actor| id(actor.id))
            && self.group_id == event.group.map(id)
            && self.person_id == event.person.map(id)
            && self.request_id == event.request.map(id);
        if same { Ok(()) } else { Err("its columns are not what its text says") }
    }
}

/// Returns the SHA-256 of a text in hexadecimal digits. An event carries it for what somebody wrote: the record stays free
/// of people's words, and still shows whether they were changed afterwards.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    hex(digest(&SHA256, text.as_bytes()).as_ref())
}

fn link(previous: &str, body: &str) -> String {
    fingerprint(&[previous, body].concat())
}

fn body(seq: i64, event: &Event) -> Result<String, Error> {
    let mut value = serde_json::to_value(event).map_err(Error::codec)?;
    if let Value::Object(fields) = &mut value {
        fields.insert("seq".into(), seq.into());
    }
    Ok(sorted(value).to_string())
}

/// Sorts the keys of every object, whichever map the JSON library was built with.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(fields.into_iter().map(|(key, inner)| (key, sorted(inner))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}
