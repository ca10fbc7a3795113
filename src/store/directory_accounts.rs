//! Accounts that cannot sign in. A group whose owners are concerned gets the change number of the exchange, so that it is
//! loaded like any other that changed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;
use serde_json::json as value;

use super::{
    Error,
    codec::{code, id_list, json, ms, read_code, read_id},
    db::{Tx, execute, fetch, from_items, listed},
    directory::Directory,
    directory_links,
};
use crate::domain::{
    accounts::{Account, Unable},
    directory_copy::{Linked, Outcome},
    ids::PersonId,
};

/// How many accounts go into one statement.
const CHUNK: usize = 2000;

/// What a reading found of the accounts, and what became of asking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundAccounts {
    /// What is to be known from now on.
    pub news: AccountNews,
    /// What became of asking, if it was asked.
    pub outcome: Option<Outcome>,
}

/// What is to be known of the accounts from now on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AccountNews {
    /// What is known already.
    #[default]
    Same,
    /// Nothing.
    Nothing,
    /// That these are disabled, and no others.
    Whole(Vec<PersonId>, (String, Linked)),
    /// That these changed.
    Changed(BTreeMap<PersonId, Account>, (String, Linked)),
}

impl Directory<'_> {
    /// Returns which of these people cannot sign in, as far as is known: nobody, where accounts are not followed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unable_among(self, people: BTreeSet<PersonId>) -> Result<HashSet<PersonId>, Error> {
        let mut tx = self.db.begin().await?;
        Ok(held(&mut tx, people).await?.into_keys().collect())
    }
}

/// Makes what was found known.
pub(super) async fn apply(tx: &mut Tx, news: &AccountNews, change: i64, now: Timestamp) -> Result<(), Error> {
    match news {
        AccountNews::Same => Ok(()),
        AccountNews::Nothing => {
            execute!(&mut *tx, sqlx::query("DELETE FROM directory_account"))?;
            directory_links::forget_accounts(tx).await?;
            touch_all(tx, change).await
        }
        AccountNews::Whole(disabled, (link, linked)) => {
            let text = "SELECT id, why FROM directory_account";
            let held = read(fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, (String, String)>(text))?)?;
            let unable = disabled.iter().map(|person| (*person, Unable::Disabled)).collect();
            exchange(tx, &held, &unable, (change, now)).await?;
            keep(tx, link, *linked, (change, now)).await
        }
        AccountNews::Changed(told, (link, linked)) => {
            let held = held(tx, told.keys().copied().collect()).await?;
            let mut unable = held.clone();
            for (person, account) in told {
                match account {
                    Account::Cannot(why) => {
                        unable.insert(*person, *why);
                    }
                    // Whoever was disabled may be so still.
                    Account::There if held.get(person) == Some(&Unable::Disabled) => {}
                    Account::There | Account::Can => {
                        unable.remove(person);
                    }
                }
            }
            exchange(tx, &held, &unable, (change, now)).await?;
            keep(tx, link, *linked, (change, now)).await
        }
    }
}

async fn keep(tx: &mut Tx, link: &str, linked: Linked, (change, now): (i64, Timestamp)) -> Result<(), Error> {
    // With the first link, what is known of every group changes: from nothing to who can answer.
    if directory_links::keep_accounts(tx, link, linked, now).await? { touch_all(tx, change).await } else { Ok(()) }
}

/// Writes what differs, and leaves the change number on the groups that are concerned.
async fn exchange(
    tx: &mut Tx,
    held: &BTreeMap<PersonId, Unable>,
    unable: &BTreeMap<PersonId, Unable>,
    (change, now): (i64, Timestamp),
) -> Result<(), Error> {
    let able: Vec<PersonId> = held.keys().filter(|person| !unable.contains_key(person)).copied().collect();
    let differ: Vec<_> = unable.iter().filter(|(person, why)| held.get(person) != Some(why)).collect();
    for chunk in able.chunks(CHUNK) {
        let text = listed!(tx, ["DELETE FROM directory_account WHERE id "], [""]);
        execute!(&mut *tx, sqlx::query(text).bind(id_list(chunk)))?;
    }
    for chunk in differ.chunks(CHUNK) {
        put(tx, chunk, now).await?;
    }
    let new = unable.keys().filter(|person| !held.contains_key(person)).copied();
    touch(tx, &able.into_iter().chain(new).collect::<Vec<_>>(), change).await
}

async fn put(tx: &mut Tx, accounts: &[(&PersonId, &Unable)], now: Timestamp) -> Result<(), Error> {
    let mut items = Vec::with_capacity(accounts.len());
    for (person, why) in accounts {
        items.push(value!({ "id": person, "why": code(*why)? }));
    }
    let text = from_items!(
        tx,
        ["INSERT INTO directory_account (id, why, since) SELECT item.value ->> 'id', item.value ->> 'why', $2 "],
        ["WHERE TRUE ON CONFLICT (id) DO UPDATE SET why = excluded.why"]
    );
    execute!(&mut *tx, sqlx::query(text).bind(json(&items)?).bind(ms(now)))?;
    Ok(())
}

/// Returns which of these accounts cannot sign in, as far as is known.
async fn held(tx: &mut Tx, people: BTreeSet<PersonId>) -> Result<BTreeMap<PersonId, Unable>, Error> {
    let mut held = BTreeMap::new();
    for chunk in people.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        let text = listed!(tx, ["SELECT id, why FROM directory_account WHERE id "], [""]);
        let rows = fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, (String, String)>(text).bind(id_list(chunk)))?;
        held.extend(read(rows)?);
    }
    Ok(held)
}

fn read(rows: Vec<(String, String)>) -> Result<BTreeMap<PersonId, Unable>, Error> {
    rows.into_iter().map(|(id, why)| Ok((read_id(&id)?, read_code(&why)?))).collect()
}

/// Leaves the change number on the groups that these people own.
async fn touch(tx: &mut Tx, people: &[PersonId], change: i64) -> Result<(), Error> {
    for chunk in people.chunks(CHUNK) {
        let text = listed!(
            tx,
            ["UPDATE directory_group SET change = $2 \
              WHERE id IN (SELECT group_id FROM directory_owner WHERE person_id "],
            [")"]
        );
        execute!(&mut *tx, sqlx::query(text).bind(id_list(chunk)).bind(change))?;
    }
    Ok(())
}

async fn touch_all(tx: &mut Tx, change: i64) -> Result<(), Error> {
    execute!(&mut *tx, sqlx::query("UPDATE directory_group SET change = $1 WHERE NOT gone").bind(change))?;
    Ok(())
}
