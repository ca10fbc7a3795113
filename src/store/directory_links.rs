//! Links to the changes after a reading, kept with what they cover.

use jiff::Timestamp;
use sqlx::FromRow;

use super::{
    Error,
    codec::{code, id_list, instant, json, ms, read_code, read_json},
    db::{Tx, execute, fetch, listed, read},
    directory::Directory,
};
use crate::domain::{directory_copy::Linked, watch::Watch};

/// The name of the link to the changes of all groups and their owners.
const GROUPS: &str = "groups";
/// The name of the link to the changes of accounts. While it is there, which accounts cannot sign in is known.
const ACCOUNTS: &str = "accounts";

/// A link to the changes after a reading: path and query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLink {
    /// The link.
    pub link: String,
    /// What it covers, and since when.
    pub watch: Watch,
    /// When the reading ended that left it.
    pub read_at: Timestamp,
}

/// All links that are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// To the changes of all groups and their owners.
    pub groups: Option<KeptLink>,
    /// To the changes of accounts.
    pub accounts: Option<KeptLink>,
    /// To the changes of members.
    pub members: Vec<KeptLink>,
}

#[derive(FromRow)]
struct Row {
    name: String,
    link: String,
    covers: String,
    way: String,
    begun_at: i64,
    read_at: i64,
}

impl Directory<'_> {
    /// Returns the links to the changes after what was read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn links(&self) -> Result<Links, Error> {
        let text = "SELECT name, link, covers, way, begun_at, read_at FROM directory_link ORDER BY name";
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text))?;
        let mut links = Links::default();
        for row in rows {
            let kept = row.link()?;
            match kept.watch.name.as_str() {
                GROUPS => links.groups = Some(kept),
                ACCOUNTS => links.accounts = Some(kept),
                _ => links.members.push(kept),
            }
        }
        Ok(links)
    }
}

/// Keeps the link to the changes of all groups.
pub(super) async fn keep_groups(tx: &mut Tx, link: &str, linked: Linked, now: Timestamp) -> Result<(), Error> {
    let watch = Watch { name: GROUPS.to_owned(), covers: Vec::new(), linked };
    keep(tx, link, &watch, now).await
}

/// Keeps the link to the changes of accounts, and returns whether there was none.
pub(super) async fn keep_accounts(tx: &mut Tx, link: &str, linked: Linked, now: Timestamp) -> Result<bool, Error> {
    let is_first = !knows_accounts(tx).await?;
    let watch = Watch { name: ACCOUNTS.to_owned(), covers: Vec::new(), linked };
    keep(tx, link, &watch, now).await?;
    Ok(is_first)
}

/// Returns whether it is known which accounts cannot sign in.
async fn knows_accounts(tx: &mut Tx) -> Result<bool, Error> {
    let text = "SELECT COUNT(*) FROM directory_link WHERE name = $1";
    Ok(fetch!(tx, fetch_one, sqlx::query_scalar::<_, i64>(text).bind(ACCOUNTS))? > 0)
}

/// Forgets the link to the changes of accounts.
pub(super) async fn forget_accounts(tx: &mut Tx) -> Result<(), Error> {
    forget(tx, &[ACCOUNTS.to_owned()]).await
}

/// Keeps a link in the place of the one of the same name.
pub(super) async fn keep(tx: &mut Tx, link: &str, watch: &Watch, now: Timestamp) -> Result<(), Error> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO directory_link (name, link, covers, way, begun_at, read_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (name) DO UPDATE SET link = excluded.link, covers = excluded.covers, way = excluded.way,
                                              begun_at = excluded.begun_at, read_at = excluded.read_at"
        )
        .bind(&watch.name)
        .bind(link)
        .bind(json(&watch.covers)?)
        .bind(code(watch.linked.way)?)
        .bind(ms(watch.linked.begun_at))
        .bind(ms(now))
    )?;
    Ok(())
}

/// Forgets links by their names.
pub(super) async fn forget(tx: &mut Tx, names: &[String]) -> Result<(), Error> {
    if !names.is_empty() {
        let text = listed!(tx, ["DELETE FROM directory_link WHERE name "], [""]);
        execute!(tx, sqlx::query(text).bind(id_list(names)))?;
    }
    Ok(())
}

impl Row {
    fn link(self) -> Result<KeptLink, Error> {
        let linked = Linked { begun_at: instant(self.begun_at)?, way: read_code(&self.way)? };
        let watch = Watch { name: self.name, covers: read_json(&self.covers)?, linked };
        Ok(KeptLink { link: self.link, watch, read_at: instant(self.read_at)? })
    }
}
