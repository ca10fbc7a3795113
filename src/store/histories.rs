//! The history of a group, page by page, with what else has to be known to say it in words.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json as value};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Error,
    codec::{code, id, id_list, json, limit, ms, read_id, read_json},
    db::{Db, from_items, listed, read},
};
use crate::domain::{
    event::{Event, EventKind},
    ids::{EventId, GroupId, PersonId},
    outside::{asking::KEPT, author::Learnt},
    terms::Terms,
};

/// Reads histories.
#[derive(Debug, Clone, Copy)]
pub struct Histories<'a> {
    pub(super) db: &'a Db,
}

/// What is looked for in a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The kinds of event.
    pub kinds: Vec<EventKind>,
    /// Those who did it or to whom it happened; `None` for everybody.
    pub people: Option<Vec<PersonId>>,
    /// From when on.
    pub from: Timestamp,
    /// Before when.
    pub until: Timestamp,
}

/// Which side of an event, by its number in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The latest before it; before [`i64::MAX`], the latest of all.
    Before(i64),
    /// The first after it.
    After(i64),
}

/// An event with its number, and the terms that held before it changed them.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its number in the record.
    pub seq: i64,
    /// What happened.
    pub event: Event,
    /// The terms before, for a change of them.
    pub terms_before: Option<Terms>,
}

/// What people are called and what they wrote, for a page of events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Names of people.
    pub names: HashMap<PersonId, String>,
    /// What was written for a request or a direct change, by its id.
    pub reasons: HashMap<Uuid, String>,
    /// What was written with the answer to a request, by the request's id.
    pub messages: HashMap<Uuid, String>,
}

#[derive(FromRow)]
struct Row {
    seq: i64,
    body: String,
    before_body: Option<String>,
}

#[derive(FromRow)]
struct ToldRow {
    id: String,
    person_id: String,
    name: String,
    reason: String,
    message: String,
}

/// Selects events with the terms before them. `$1` is the list of kinds.
macro_rules! page_of {
    ($on:expr, $order:literal) => {
        listed!(
            $on,
            ["SELECT e.seq, e.body,
                     CASE WHEN e.kind = 'designation.changed' THEN
                         (SELECT t.body FROM event t
                          WHERE t.group_id = e.group_id AND t.kind IN ('designation.created', 'designation.changed')
                            AND t.seq < e.seq ORDER BY t.seq DESC LIMIT 1)
                     END AS before_body
              FROM event e
              WHERE e.group_id = $2 AND e.seq > $3 AND e.seq < $4 AND e.at >= $5 AND e.at < $6
                AND ($7 = '' OR $7 LIKE '%' || COALESCE(e.person_id, 'none') || '%'
                             OR $7 LIKE '%' || COALESCE(e.actor_id, 'none') || '%')
                AND e.kind "],
            [$order, " LIMIT $8"]
        )
    };
}

impl Histories<'_> {
    /// Returns events of a group, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(&self, group: GroupId, sought: &Sought, side: Side, most: usize) -> Result<Vec<Recorded>, Error> {
        let (text, after, before) = match side {
            Side::Before(seq) => (page_of!(self.db, "ORDER BY e.seq DESC"), 0, seq),
            Side::After(seq) => (page_of!(self.db, "ORDER BY e.seq"), seq, i64::MAX),
        };
        let kinds = sought.kinds.iter().map(|kind| code(*kind)).collect::<Result<Vec<_>, _>>()?;
        let people = sought.people.as_ref().map(|people| id_list(people)).unwrap_or_default();
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, Row>(text)
                .bind(json(&kinds)?)
                .bind(id(group))
                .bind(after)
                .bind(before)
                .bind(ms(sought.from))
                .bind(ms(sought.until))
                .bind(&people)
                .bind(limit(most))
        )?;
        let mut all = rows.into_iter().map(Row::recorded).collect::<Result<Vec<_>, _>>()?;
        if matches!(side, Side::After(_)) {
            all.reverse();
        }
        Ok(all)
    }

    /// Returns what people are called and what they wrote, for events of a group: one statement whatever their number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn told(&self, events: &[Recorded]) -> Result<Told, Error> {
        let mut asked: Vec<Value> = Vec::new();
        for Recorded { event, .. } in events {
            let operation = event.detail.get("operation").and_then(Value::as_str).map(str::to_owned);
            let change = (event.kind == EventKind::EndChanged).then(|| id(event.id));
            let ids = [event.person.map(id), event.request.map(id), operation, change];
            asked.extend(ids.into_iter().flatten().map(|id| value!({ "id": id })));
        }
        let text = from_items!(
            self.db,
            ["WITH asked AS (SELECT DISTINCT item.value ->> 'id' AS id "],
            [")
              SELECT r.id, r.requester_id AS person_id, r.requester_name AS name, r.reason,
                     COALESCE(d.message, '') AS message
              FROM request r LEFT JOIN decision d ON d.request_id = r.id WHERE r.id IN (SELECT id FROM asked)
              UNION ALL
              SELECT o.id, o.person_id, o.person_name, o.reason, '' FROM operation o
              WHERE o.id IN (SELECT id FROM asked)
              UNION ALL
              SELECT c.id, '', '', c.why, '' FROM membership_end_change c
              WHERE c.id IN (SELECT id FROM asked)
              UNION ALL
              SELECT '', o.person_id, MAX(o.person_name), '', '' FROM operation o
              WHERE o.person_id IN (SELECT id FROM asked) GROUP BY o.person_id
              UNION ALL
              SELECT '', r.requester_id, MAX(r.requester_name), '', '' FROM request r
              WHERE r.requester_id IN (SELECT id FROM asked) GROUP BY r.requester_id
              UNION ALL
              SELECT '', w.person_id, MAX(w.name), '', '' FROM directory_owner w
              WHERE w.person_id IN (SELECT id FROM asked) GROUP BY w.person_id"]
        );
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, ToldRow>(text).bind(json(&asked)?))?;
        let mut told = Told::default();
        for row in rows {
            told.add(row)?;
        }
        Ok(told)
    }

    /// Returns what was learnt of who made these changes outside Roster, by the change.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn authors(&self, group: GroupId, changes: &[Event]) -> Result<HashMap<EventId, Learnt>, Error> {
        let (Some(first), Some(last)) =
            (changes.iter().map(|event| event.at).min(), changes.iter().map(|event| event.at).max())
        else {
            return Ok(HashMap::new());
        };
        let people: Vec<PersonId> = changes.iter().filter_map(|event| event.person).collect();
        // After that, nobody asks any more.
        let until = last + KEPT + SignedDuration::from_hours(24);
        let text = listed!(
            self.db,
            ["SELECT e.body FROM event e
              WHERE e.group_id = $2 AND e.kind = 'outside.author_known' AND e.person_id IS NULL
                AND e.at >= $3 AND e.at <= $4
              UNION ALL
              SELECT e.body FROM event e
              WHERE e.group_id = $2 AND e.kind = 'outside.author_known' AND e.at >= $3 AND e.at <= $4
                AND e.person_id "],
            [""]
        );
        let bodies = read!(
            self.db,
            fetch_all,
            sqlx::query_scalar::<_, String>(text)
                .bind(id_list(&people))
                .bind(id(group))
                .bind(ms(first))
                .bind(ms(until))
        )?;
        let mut all = HashMap::new();
        for body in bodies {
            if let Some(learnt) = Learnt::read(&read_json(&body)?) {
                all.insert(learnt.explains, learnt);
            }
        }
        Ok(all)
    }

    /// Returns everybody who did something in a group or to whom something happened, by the name they had last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people(&self, group: GroupId) -> Result<HashMap<PersonId, String>, Error> {
        let text = "SELECT body FROM event WHERE seq IN (
                        SELECT MAX(seq) FROM event WHERE group_id = $1 AND actor_id IS NOT NULL GROUP BY actor_id
                        UNION ALL
                        SELECT MAX(seq) FROM event
                        WHERE group_id = $1 AND person_id IS NOT NULL AND actor_id IS NULL
                          AND kind NOT IN ('outside.author_known', 'request.lapsed', 'request.closed')
                        GROUP BY person_id)
                    ORDER BY seq";
        let mut all = HashMap::new();
        for body in read!(self.db, fetch_all, sqlx::query_scalar::<_, String>(text).bind(id(group)))? {
            let event: Event = read_json(&body)?;
            let named = event.detail.get("name").and_then(Value::as_str);
            if let (Some(person), Some(name)) = (event.person, named) {
                all.insert(person, name.to_owned());
            }
            if let Some(actor) = event.actor {
                all.insert(actor.id, actor.name);
            }
        }
        let text = "SELECT person_id, MAX(person_name) FROM operation WHERE group_id = $1 GROUP BY person_id";
        let owed = read!(self.db, fetch_all, sqlx::query_as::<_, (String, String)>(text).bind(id(group)))?;
        for (person, name) in owed {
            all.entry(read_id(&person)?).or_insert(name);
        }
        Ok(all)
    }
}

impl Row {
    fn recorded(self) -> Result<Recorded, Error> {
        let before = self.before_body.map(|body| read_json::<Event>(&body)).transpose()?;
        let terms_before = before.and_then(|event| serde_json::from_value(event.detail.get("terms")?.clone()).ok());
        Ok(Recorded { seq: self.seq, event: read_json(&self.body)?, terms_before })
    }
}

impl Told {
    fn add(&mut self, row: ToldRow) -> Result<(), Error> {
        if !row.person_id.is_empty() {
            self.names.entry(read_id(&row.person_id)?).or_insert(row.name);
        }
        let Ok(about) = row.id.parse::<Uuid>() else { return Ok(()) };
        for (kept, text) in [(&mut self.reasons, row.reason), (&mut self.messages, row.message)] {
            if !text.is_empty() {
                kept.insert(about, text);
            }
        }
        Ok(())
    }
}
