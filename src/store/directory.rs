//! The directory copy: what Graph said of the tenant's groups and their owners, for display and search only.
//!
//! Every change takes the catalogue's next change number and leaves it on the rows it touched, so that each process can
//! load just what it has not seen. How the copy is exchanged is in [`super::directory_exchange`]; changes of groups
//! that take part are recorded wherever they are found.

use jiff::Timestamp;
use serde_json::json;
use sqlx::FromRow;

use super::{
    Error, catalogue,
    codec::{id, id_list, json, read_id, read_json},
    db::{Db, Tx, execute, fetch, from_items, listed, read},
    designations::next_change,
    outside::{self, events_of, events_of_gone, takes_part},
    past_owners,
};
use crate::domain::{
    directory::{Group, PersonRef},
    ids::{GroupId, PersonId},
};

/// Reads and refreshes the directory copy.
#[derive(Debug, Clone, Copy)]
pub struct Directory<'a> {
    pub(super) db: &'a Db,
}

/// A group as copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedGroup {
    /// The group.
    pub group: Group,
    /// Its owners, people only, sorted by id; empty when the group is gone.
    pub owners: Vec<PersonRef>,
    /// Those of them who cannot sign in; `None` when it is not known who cannot.
    pub unable: Option<Vec<PersonId>>,
    /// Whether the directory no longer knows it.
    pub gone: bool,
    /// The change number of its last change.
    pub change: i64,
}

#[derive(FromRow)]
pub(super) struct Row {
    id: String,
    name: String,
    description: String,
    facts: String,
    change: i64,
    gone: bool,
    person_id: Option<String>,
    person_name: Option<String>,
    unable_id: Option<String>,
    accounts: Option<String>,
}

/// Selects groups `g`, one row for each owner `w`, with whether their account `a` cannot sign in and whether that is known.
macro_rules! copy_select {
    () => {
        "SELECT g.id, g.name, g.description, g.facts, g.change, g.gone, w.person_id, w.name AS person_name, \
         a.id AS unable_id, k.name AS accounts \
         FROM directory_group g LEFT JOIN directory_owner w ON w.group_id = g.id \
         LEFT JOIN directory_account a ON a.id = w.person_id LEFT JOIN directory_link k ON k.name = 'accounts' "
    };
}
pub(super) use copy_select;

impl Directory<'_> {
    /// Returns a group as copied.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn group(&self, group: GroupId) -> Result<Option<CopiedGroup>, Error> {
        let text = concat!(copy_select!(), "WHERE g.id = $1 ORDER BY g.id, w.person_id");
        Ok(fold(read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(id(group)))?)?.pop())
    }

    /// Returns groups as copied, in the order of their ids.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn groups(&self, groups: &[GroupId]) -> Result<Vec<CopiedGroup>, Error> {
        let text = listed!(self.db, [copy_select!(), "WHERE g.id "], ["ORDER BY g.id, w.person_id"]);
        fold(read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(id_list(groups)))?)
    }

    /// Returns the groups that changed after a change number, in the order of their ids; all of them after 0.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn groups_changed_since(&self, change: i64) -> Result<Vec<CopiedGroup>, Error> {
        let text = concat!(copy_select!(), "WHERE g.change > $1 ORDER BY g.id, w.person_id");
        fold(read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(change))?)
    }

    /// Records one group that was read live, and returns whether that changed the copy.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_group(&self, group: &Group, owners: &[PersonRef], now: Timestamp) -> Result<bool, Error> {
        let owners = sorted(owners);
        if self.group(group.id).await?.is_some_and(|copied| copied.is(group, &owners)) {
            return Ok(false);
        }
        let mut tx = self.db.begin().await?;
        let change = next_change(&mut tx).await?;
        let before = copied(&mut tx, group.id).await?.filter(|before| !before.is(group, &owners));
        put(&mut tx, &[(group, owners.clone())], change).await?;
        if let Some(before) = before
            && takes_part(&mut tx, group.id).await?
        {
            let mut events = events_of(&before, group, &owners, now);
            outside::without_ours(&mut tx, &mut events, now).await?;
            outside::append(&mut tx, &events).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Records the name and description that Roster gave a group.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_details(&self, group: &Group) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let change = next_change(&mut tx).await?;
        if let Some(known) = copied(&mut tx, group.id).await? {
            let group = Group { name: group.name.clone(), description: group.description.clone(), ..known.group };
            put(&mut tx, &[(&group, known.owners)], change).await?;
        }
        tx.commit().await
    }

    /// Records that a live read found a group gone, and returns whether that changed the copy.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_gone(&self, group: GroupId, now: Timestamp) -> Result<bool, Error> {
        if self.group(group).await?.is_none_or(|copied| copied.gone) {
            return Ok(false);
        }
        let mut tx = self.db.begin().await?;
        let change = next_change(&mut tx).await?;
        let before = copied(&mut tx, group).await?.filter(|before| !before.gone);
        mark_gone(&mut tx, &[group], change, now).await?;
        if let Some(before) = before
            && takes_part(&mut tx, group).await?
        {
            let mut events = events_of_gone(&before, now);
            outside::without_ours(&mut tx, &mut events, now).await?;
            outside::append(&mut tx, &events).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// Returns what the copy has of a group.
pub(super) async fn copied(tx: &mut Tx, group: GroupId) -> Result<Option<CopiedGroup>, Error> {
    let text = concat!(copy_select!(), "WHERE g.id = $1 ORDER BY g.id, w.person_id");
    Ok(fold(fetch!(tx, fetch_all, sqlx::query_as::<_, Row>(text).bind(id(group)))?)?.pop())
}

/// Returns owners sorted by id, each once.
pub(super) fn sorted(owners: &[PersonRef]) -> Vec<PersonRef> {
    let mut owners = owners.to_vec();
    owners.sort_by_key(|owner| owner.id.to_string());
    owners.dedup_by_key(|owner| owner.id);
    owners
}

/// Writes groups, each once, and their owners as they are now.
pub(super) async fn put(tx: &mut Tx, groups: &[(&Group, Vec<PersonRef>)], change: i64) -> Result<(), Error> {
    put_groups(tx, groups, change).await?;
    let ids: Vec<_> = groups.iter().map(|(group, _)| group.id).collect();
    let text = listed!(tx, ["DELETE FROM directory_owner WHERE group_id "], [""]);
    execute!(&mut *tx, sqlx::query(text).bind(id_list(&ids)))?;
    let mut items = Vec::new();
    for (group, owners) in groups {
        let item = |owner: &PersonRef| json!({ "group_id": group.id, "person_id": owner.id, "name": owner.name });
        items.extend(owners.iter().map(item));
    }
    let text = from_items!(
        tx,
        ["INSERT INTO directory_owner (group_id, person_id, name)
             SELECT item.value ->> 'group_id', item.value ->> 'person_id', item.value ->> 'name' "],
        [""]
    );
    execute!(&mut *tx, sqlx::query(text).bind(json(&items)?))?;
    Ok(())
}

async fn put_groups(tx: &mut Tx, groups: &[(&Group, Vec<PersonRef>)], change: i64) -> Result<(), Error> {
    let mut items = Vec::with_capacity(groups.len());
    for (group, _) in groups {
        items.push(json!({
            "id": group.id, "name": group.name, "name_fold": catalogue::fold(&group.name),
            "description": group.description, "facts": json(&group.facts)?,
        }));
    }
    // SQLite takes "ON CONFLICT" after a bare FROM for a join condition, hence WHERE TRUE (sqlite.org/lang_upsert.html).
    let text = from_items!(
        tx,
        ["INSERT INTO directory_group (id, name, name_fold, description, facts, change, gone)
             SELECT item.value ->> 'id', item.value ->> 'name', item.value ->> 'name_fold',
                    item.value ->> 'description', item.value ->> 'facts', $2, FALSE "],
        ["WHERE TRUE ON CONFLICT (id) DO UPDATE SET
                 name = excluded.name, name_fold = excluded.name_fold, description = excluded.description,
                 facts = excluded.facts, change = excluded.change, gone = FALSE"]
    );
    execute!(&mut *tx, sqlx::query(text).bind(json(&items)?).bind(change))?;
    Ok(())
}

/// Marks groups as gone; nobody owns them any more, and who did is remembered.
pub(super) async fn mark_gone(tx: &mut Tx, groups: &[GroupId], change: i64, now: Timestamp) -> Result<(), Error> {
    let list = id_list(groups);
    past_owners::remember(tx, &list, None, now).await?;
    let text = listed!(tx, ["UPDATE directory_group SET gone = TRUE, change = $2 WHERE id "], [""]);
    execute!(&mut *tx, sqlx::query(text).bind(&list).bind(change))?;
    let text = listed!(tx, ["DELETE FROM directory_owner WHERE group_id "], [""]);
    execute!(&mut *tx, sqlx::query(text).bind(&list))?;
    Ok(())
}

/// Folds one row per owner, in the order of the groups, into one entry per group.
pub(super) fn fold(rows: Vec<Row>) -> Result<Vec<CopiedGroup>, Error> {
    let mut copied: Vec<CopiedGroup> = Vec::new();
    for row in rows {
        let group = read_id(&row.id)?;
        if copied.last().is_none_or(|last| last.group.id != group) {
            let group =
                Group { id: group, name: row.name, description: row.description, facts: read_json(&row.facts)? };
            let unable = row.accounts.map(|_| Vec::new());
            copied.push(CopiedGroup { group, owners: vec![], unable, gone: row.gone, change: row.change });
        }
        if let (Some(last), Some(person), Some(name)) = (copied.last_mut(), row.person_id, row.person_name) {
            let owner = PersonRef { id: read_id(&person)?, name };
            if let (Some(unable), Some(_)) = (&mut last.unable, row.unable_id) {
                unable.push(owner.id);
            }
            last.owners.push(owner);
        }
    }
    Ok(copied)
}
