//! Direct members of the groups that take part, and what Roster did itself and the directory has yet to show.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Error,
    codec::{code, count, id, json, limit, ms, optional_instant, read_code, read_id},
    db::{Tx, execute, fetch, from_items, read},
    directory::Directory,
    directory_owners,
};
use crate::domain::{
    delta::LinkedKind,
    ids::GroupId,
    operation::{Kind, Operation},
    outside::{Known, LAG, Ours},
};

/// How many rows go into one statement.
pub(super) const CHUNK: usize = 2000;

/// Somebody in a group.
pub type Pair = (GroupId, Uuid);

/// How much the copy has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Groups that the directory knows.
    pub groups: usize,
    /// Owners of them, each once for each group.
    pub owners: usize,
    /// Members that are watched, each once for each group.
    pub members: usize,
    /// Accounts that cannot sign in.
    pub accounts: usize,
}

#[derive(FromRow)]
struct Row {
    group_id: String,
    member_id: String,
    present: bool,
    expected_at: Option<i64>,
}

#[derive(FromRow)]
struct OursRow {
    group_id: String,
    person_id: String,
    kind: String,
    state: String,
}

impl Directory<'_> {
    /// Returns whose membership is expected since longer than the directory may lag, the longest expected first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn overdue(&self, now: Timestamp, most: usize) -> Result<Vec<Pair>, Error> {
        let text = "SELECT group_id, member_id, present, expected_at FROM directory_member
                    WHERE expected_at <= $1 ORDER BY expected_at LIMIT $2";
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(ms(now - LAG)).bind(limit(most)))?;
        rows.iter().map(Row::pair).collect()
    }

    /// Returns what the copy holds of these.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_members(&self, pairs: &[Pair]) -> Result<HashMap<Pair, Known>, Error> {
        known(&mut self.db.begin().await?, pairs).await
    }

    /// Returns how much the copy has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sizes(&self) -> Result<Sizes, Error> {
        let text = "SELECT (SELECT COUNT(*) FROM directory_group WHERE NOT gone),
                           (SELECT COUNT(*) FROM directory_owner),
                           (SELECT COUNT(*) FROM directory_member WHERE present),
                           (SELECT COUNT(*) FROM directory_account)";
        let counts = read!(self.db, fetch_one, sqlx::query_as::<_, (i64, i64, i64, i64)>(text))?;
        let (groups, owners, members, accounts) = counts;
        let [groups, owners, members, accounts] = [groups, owners, members, accounts].map(count);
        Ok(Sizes { groups, owners, members, accounts })
    }
}

/// Returns what the copy holds of these.
pub(super) async fn known(tx: &mut Tx, pairs: &[Pair]) -> Result<HashMap<Pair, Known>, Error> {
    let mut all = HashMap::new();
    for chunk in pairs.chunks(CHUNK) {
        let text = from_items!(
            tx,
            ["SELECT m.group_id, m.member_id, m.present, m.expected_at "],
            ["JOIN directory_member m ON m.group_id = item.value ->> 'group_id'
                                     AND m.member_id = item.value ->> 'member_id'"]
        );
        let rows = fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, Row>(text).bind(json(&items(chunk))?))?;
        for row in rows {
            all.insert(row.pair()?, row.known()?);
        }
    }
    Ok(all)
}

/// Returns everybody the copy holds of a group.
pub(super) async fn known_of(tx: &mut Tx, group: GroupId) -> Result<HashMap<Pair, Known>, Error> {
    let text = "SELECT group_id, member_id, present, expected_at FROM directory_member WHERE group_id = $1";
    let rows = fetch!(tx, fetch_all, sqlx::query_as::<_, Row>(text).bind(id(group)))?;
    rows.iter().map(|row| Ok((row.pair()?, row.known()?))).collect()
}

/// Returns the last thing Roster did, or is about to do, for these. What is owed and nobody has tried did nothing.
pub(super) async fn ours(tx: &mut Tx, pairs: &[Pair]) -> Result<HashMap<Pair, Ours>, Error> {
    let mut all = HashMap::new();
    for chunk in pairs.chunks(CHUNK) {
        let text = from_items!(
            tx,
            ["SELECT o.group_id, o.person_id, o.kind, o.state "],
            ["JOIN operation o ON o.group_id = item.value ->> 'group_id' AND o.person_id = item.value ->> 'member_id'
              WHERE o.kind IN ('add', 'remove') AND o.attempt > 0 ORDER BY o.created_at, o.id"]
        );
        let rows = fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, OursRow>(text).bind(json(&items(chunk))?))?;
        for row in rows {
            let pair = (read_id(&row.group_id)?, read_id(&row.person_id)?);
            all.insert(pair, Ours { kind: read_code(&row.kind)?, state: read_code(&row.state)? });
        }
    }
    Ok(all)
}

/// Writes what the copy holds from now on.
pub(super) async fn write(tx: &mut Tx, changed: &[(Pair, LinkedKind, Option<Known>)]) -> Result<(), Error> {
    for chunk in changed.chunks(CHUNK) {
        type Rows<'a> = Vec<&'a (Pair, LinkedKind, Option<Known>)>;
        let (there, over): (Rows<'_>, Rows<'_>) = chunk.iter().partition(|(.., known)| known.is_some());
        let pairs: Vec<Pair> = over.iter().map(|(pair, ..)| *pair).collect();
        let text = from_items!(
            tx,
            ["DELETE FROM directory_member WHERE (group_id, member_id) IN (
                 SELECT item.value ->> 'group_id', item.value ->> 'member_id' "],
            [")"]
        );
        execute!(&mut *tx, sqlx::query(text).bind(json(&items(&pairs))?))?;
        let mut rows = Vec::with_capacity(there.len());
        for ((group, member), kind, known) in there {
            let known = known.as_ref();
            rows.push(json!({
                "group_id": group, "member_id": member, "kind": code(*kind)?,
                "present": i64::from(known.is_some_and(|known| known.present)),
                "expected_at": known.and_then(|known| known.expected_at).map(ms),
            }));
        }
        let text = from_items!(
            tx,
            ["INSERT INTO directory_member (group_id, member_id, kind, present, expected_at)
                 SELECT item.value ->> 'group_id', item.value ->> 'member_id', item.value ->> 'kind',
                        CAST(item.value ->> 'present' AS BIGINT) = 1, CAST(item.value ->> 'expected_at' AS BIGINT) "],
            ["WHERE TRUE ON CONFLICT (group_id, member_id) DO UPDATE SET
                 kind = excluded.kind, present = excluded.present, expected_at = excluded.expected_at"]
        );
        execute!(&mut *tx, sqlx::query(text).bind(json(&rows)?))?;
    }
    Ok(())
}

/// Notes that Roster did something, in the transaction that records it: the directory will show it in time. Somebody whom
/// it shows as a member already stays so.
pub(super) async fn expect(tx: &mut Tx, done: &Operation, now: Timestamp) -> Result<(), Error> {
    let text = match done.kind {
        Kind::AddOwner | Kind::RemoveOwner => return directory_owners::note(tx, done).await,
        Kind::Add => {
            "INSERT INTO directory_member (group_id, member_id, kind, present, expected_at)
             VALUES ($1, $2, 'person', TRUE, $3)
             ON CONFLICT (group_id, member_id) DO UPDATE SET present = TRUE, expected_at = excluded.expected_at
             WHERE NOT directory_member.present"
        }
        Kind::Remove => {
            "INSERT INTO directory_member (group_id, member_id, kind, present, expected_at)
             VALUES ($1, $2, 'person', FALSE, $3)
             ON CONFLICT (group_id, member_id) DO UPDATE SET present = FALSE, expected_at = excluded.expected_at"
        }
    };
    execute!(tx, sqlx::query(text).bind(id(done.group)).bind(id(done.person.id)).bind(ms(now)))?;
    Ok(())
}

fn items(pairs: &[Pair]) -> Vec<serde_json::Value> {
    pairs.iter().map(|(group, member)| json!({ "group_id": group, "member_id": member })).collect()
}

impl Row {
    fn pair(&self) -> Result<Pair, Error> {
        Ok((read_id(&self.group_id)?, read_id(&self.member_id)?))
    }

    fn known(&self) -> Result<Known, Error> {
        Ok(Known { present: self.present, expected_at: optional_instant(self.expected_at)? })
    }
}
