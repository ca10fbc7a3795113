//! Whose new groups take part at once: the versions of the rule, and what it does when a group is there.

use jiff::Timestamp;
use serde_json::json;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{code, id, instant, json, limit, ms, read_code, read_id, read_json},
    db::{Db, Tx, execute, fetch, read},
    designations, events,
};
use crate::domain::{
    creating::Creation,
    directory::{Group, PersonRef},
    event::{Event, EventKind},
    new_groups::{self, Rule},
};

/// Keeps the rule.
#[derive(Debug, Clone, Copy)]
pub struct NewGroupRules<'a> {
    pub(super) db: &'a Db,
}

#[derive(FromRow)]
struct Row {
    version: i64,
    whose: String,
    named: String,
    terms: String,
    set_by: String,
    set_by_name: String,
    set_at: i64,
}

macro_rules! latest_rules {
    () => {
        "SELECT version, whose, named, terms, set_by, set_by_name, set_at FROM new_group_rule
         ORDER BY version DESC LIMIT $1"
    };
}

impl NewGroupRules<'_> {
    /// Returns the rule that holds; nothing before the first was set.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn latest(&self) -> Result<Option<Rule>, Error> {
        let text = latest_rules!();
        read!(self.db, fetch_optional, sqlx::query_as::<_, Row>(text).bind(1_i64))?.map(Row::rule).transpose()
    }

    /// Returns the latest versions of the rule, the one that holds first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn versions(&self, most: usize) -> Result<Vec<Rule>, Error> {
        let text = latest_rules!();
        read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(limit(most)))?
            .into_iter()
            .map(Row::rule)
            .collect()
    }

    /// Sets a new version, unless somebody has set that version already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set(&self, new: &Rule, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        hold(&mut tx).await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO new_group_rule (version, whose, named, terms, set_by, set_by_name, set_at)
                 SELECT $1, $2, $3, $4, $5, $6, $7
                 WHERE $1 = (SELECT COALESCE(MAX(version), 0) + 1 FROM new_group_rule)
                 ON CONFLICT (version) DO NOTHING"
            )
            .bind(new.version)
            .bind(code(new.whose)?)
            .bind(json(&new.named)?)
            .bind(json(&new.terms)?)
            .bind(id(new.by.id))
            .bind(&new.by.name)
            .bind(ms(new.at))
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }
}

/// Lets a group that has just been created take part, where the rule that holds says so. Returns what to record of it;
/// nothing when it becomes a candidate, or takes part already. As everywhere, the designation comes before the catalogue's
/// change number.
pub(super) async fn let_take_part(
    tx: &mut Tx,
    creation: &Creation,
    group: &Group,
    now: Timestamp,
) -> Result<Option<Event>, Error> {
    hold(&mut *tx).await?;
    let text = latest_rules!();
    let rule =
        fetch!(&mut *tx, fetch_optional, sqlx::query_as::<_, Row>(text).bind(1_i64))?.map(Row::rule).transpose()?;
    let Ok(Some(rule)) = new_groups::by_which(rule.as_ref(), creation.by.id, group) else { return Ok(None) };
    if designations::insert(tx, group.id, &rule.terms, &rule.by, now).await? == 0 {
        return Ok(None);
    }
    designations::has_changed(tx, group.id).await?;
    let detail = json!({ "terms": rule.terms, "from_version": null, "rule": rule.version, "set_by": rule.by });
    Ok(Some(Event::new(EventKind::DesignationCreated, None, now).group(group.id).detail(detail)))
}

/// Holds the rule until the transaction ends: a group that is being settled is let in by the rule before a change, or by the
/// one after it.
async fn hold(tx: &mut Tx) -> Result<(), Error> {
    execute!(tx, sqlx::query("UPDATE head SET number = number + 1 WHERE name = 'new_groups'"))?;
    Ok(())
}

impl Row {
    fn rule(self) -> Result<Rule, Error> {
        Ok(Rule {
            version: self.version,
            whose: read_code(&self.whose)?,
            named: read_json(&self.named)?,
            terms: read_json(&self.terms)?,
            by: PersonRef { id: read_id(&self.set_by)?, name: self.set_by_name },
            at: instant(self.set_at)?,
        })
    }
}
