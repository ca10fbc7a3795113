//! The directory's own record of what was done to a group (Graph, "List directoryAudits"). Reading it takes the
//! application permission `AuditLog.Read.All`; a person would need a directory role besides, so only a job reads it.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{
    AsService, Error,
    call::{Call, Piece::Word, literal},
    pages::Pages,
    wire::words,
};
use crate::domain::{
    ids::{GroupId, PersonId},
    outside::author::{Author, Deed, Entry, Property},
};

/// How many entries a page has.
const PAGE: u16 = 200;
/// How many pages of a group are read: with more, too much was done to it to say who did what.
const MOST_PAGES: usize = 5;
/// The properties read of an entry.
const ENTRY: &str = "id,activityDateTime,activityDisplayName,correlationId,initiatedBy,result,targetResources";

impl AsService<'_> {
    /// Reads what the record tells of a group since a time; `None` when that is more than can be looked through. Entries
    /// come late, by minutes to hours, so what is not there may still come.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] when the identity may not read the record; [`Error`] when the directory does not answer.
    pub async fn record_of(&self, group: GroupId, since: Timestamp) -> Result<Option<Vec<Entry>>, Error> {
        let about = format!("targetResources/any(t:t/id eq {})", literal(&group.to_string()));
        let call = record(since, Some(&about)).top(PAGE);
        let sender = self.reader().0;
        let mut pages = Pages::new(sender.graph, call);
        let mut all = Vec::new();
        while let Some(page) = pages.next::<WireEntry>(sender, sender.graph.listing_deadline()).await? {
            if pages.read() > MOST_PAGES {
                return Ok(None);
            }
            all.extend(page.into_iter().filter_map(|entry| entry.about(group)));
        }
        Ok(Some(all))
    }

    /// Finds out whether the record may be read.
    ///
    /// # Errors
    /// As [`AsService::record_of`].
    pub async fn may_read_record(&self, now: Timestamp) -> Result<(), Error> {
        let sender = self.reader().0;
        let mut pages = Pages::new(sender.graph, record(now, None).top(1));
        pages.next::<serde::de::IgnoredAny>(sender, sender.graph.listing_deadline()).await.map(|_| ())
    }
}

fn record(since: Timestamp, about: Option<&str>) -> Call {
    let since = since.strftime("%Y-%m-%dT%H:%M:%SZ");
    let mut filter = format!("category eq 'GroupManagement' and activityDateTime ge {since}");
    if let Some(about) = about {
        filter = format!("{filter} and {about}");
    }
    Call::read(&[Word("auditLogs"), Word("directoryAudits")]).select(ENTRY).option("$filter", &filter)
}

/// An entry (Graph, "directoryAudit resource type").
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireEntry {
    id: String,
    activity_date_time: String,
    activity_display_name: String,
    correlation_id: Option<String>,
    initiated_by: Option<WireInitiator>,
    result: Option<String>,
    #[serde(default)]
    target_resources: Vec<WireTarget>,
}

#[derive(Debug, Deserialize)]
struct WireInitiator {
    user: Option<WireUser>,
    app: Option<WireApp>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireUser {
    id: Option<String>,
    display_name: Option<String>,
    user_principal_name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireApp {
    app_id: Option<String>,
    display_name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireTarget {
    id: Option<String>,
    #[serde(default)]
    modified_properties: Vec<WireModified>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireModified {
    display_name: Option<String>,
    new_value: Option<String>,
}

impl WireEntry {
    /// Returns the entry as it is about a group; `None` for what failed, what is of no kind that is looked for, and what
    /// is about another object that only names the group, as when it was added to another one.
    fn about(self, group: GroupId) -> Option<Entry> {
        if self.result.as_deref() != Some("success") {
            return None;
        }
        let deed = deed(&self.activity_display_name)?;
        let ids: Vec<Option<Uuid>> = self.target_resources.iter().map(|target| parsed(target.id.as_ref())).collect();
        let (first, others) = ids.split_first()?;
        let is_about_a_link =
            matches!(deed, Deed::MemberAdded | Deed::MemberRemoved | Deed::OwnerAdded | Deed::OwnerRemoved);
        let target = match (is_about_a_link, first) {
            (true, Some(target)) if others.contains(&Some(group.0)) => Some(*target),
            (false, Some(target)) if *target == group.0 => None,
            _ => return None,
        };
        let changed = self.target_resources.iter().flat_map(|target| &target.modified_properties);
        Some(Entry {
            at: self.activity_date_time.parse().ok()?,
            changed: changed.filter_map(WireModified::read).collect(),
            by: self.initiated_by.and_then(WireInitiator::author),
            correlation: parsed(self.correlation_id.as_ref()),
            id: self.id,
            deed,
            target,
        })
    }
}

/// Reads the name of an activity (Entra, "Audit log activity reference"). Their letter
/// case is not the same everywhere.
fn deed(activity: &str) -> Option<Deed> {
    Some(match activity.to_lowercase().as_str() {
        "add member to group" => Deed::MemberAdded,
        "remove member from group" => Deed::MemberRemoved,
        "add owner to group" => Deed::OwnerAdded,
        "remove owner from group" => Deed::OwnerRemoved,
        "update group" => Deed::Updated,
        "delete group" => Deed::Deleted,
        "restore group" => Deed::Restored,
        _ => return None,
    })
}

fn parsed(id: Option<&String>) -> Option<Uuid> {
    id.and_then(|id| id.parse().ok())
}

impl WireInitiator {
    /// Returns who it was. The record leaves the display name of people out at times; their sign-in name is there then.
    fn author(self) -> Option<Author> {
        if let Some(user) = self.user {
            let id = PersonId(parsed(user.id.as_ref())?);
            let name = words(user.display_name.filter(|name| !name.is_empty()).or(user.user_principal_name));
            return Some(Author::Person { id, name });
        }
        let app = self.app?;
        let (id, name) = (parsed(app.app_id.as_ref()), words(app.display_name));
        (id.is_some() || !name.is_empty()).then_some(Author::Application { id, name })
    }
}

impl WireModified {
    /// Returns what a property became: JSON within text, at times a list of one.
    fn read(&self) -> Option<(Property, String)> {
        let property = match self.display_name.as_deref()?.to_lowercase().as_str() {
            "displayname" => Property::Name,
            "description" => Property::Description,
            _ => return None,
        };
        let new = self.new_value.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let new = match new {
            Some(Value::Array(mut list)) => list.pop(),
            other => other,
        };
        Some((property, words(new.as_ref().and_then(Value::as_str).map(str::to_owned))))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEAM: Uuid = Uuid::from_u128(100);
    const OTHER: Uuid = Uuid::from_u128(200);
    const ALAN: Uuid = Uuid::from_u128(1);

    fn entry(activity: &str, targets: &[Uuid], change: impl FnOnce(&mut Value)) -> Option<Entry> {
        let mut wire = json!({
            "id": "Directory_1", "activityDateTime": "2026-11-26T21:00:00.1234567Z", "activityDisplayName": activity,
            "correlationId": Uuid::from_u128(7), "result": "success",
            "initiatedBy": { "app": null, "user": { "id": Uuid::from_u128(2), "displayName": null,
                                                    "userPrincipalName": "grace@contoso.example" } },
            "targetResources": targets.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
        });
        change(&mut wire);
        serde_json::from_value::<WireEntry>(wire).unwrap().about(GroupId(TEAM))
    }

    #[test]
    fn a_member_is_the_first_target_and_the_group_another() {
        let added = entry("Add member to group", &[ALAN, TEAM], |_| {}).unwrap();

        assert_eq!(
            (added.deed, added.target, added.correlation),
            (Deed::MemberAdded, Some(ALAN), Some(Uuid::from_u128(7)))
        );
        let grace = Author::Person { id: PersonId(Uuid::from_u128(2)), name: "grace@contoso.example".into() };
        assert_eq!(added.by, Some(grace));
        assert_eq!(entry("Add member to group", &[TEAM, OTHER], |_| {}), None, "it was itself added to another");
        assert_eq!(entry("Add member to group", &[], |_| {}), None);
        assert_eq!(entry("Delete group", &[TEAM], |_| {}).map(|entry| entry.target), Some(None));
        assert_eq!(entry("Delete group", &[OTHER, TEAM], |_| {}), None);
    }

    #[test]
    fn what_failed_or_is_of_another_kind_is_left_out() {
        assert_eq!(entry("Add member to group", &[ALAN, TEAM], |wire| wire["result"] = json!("failure")), None);
        assert_eq!(entry("Renew group", &[TEAM], |_| {}), None);
        assert_eq!(entry("Restore Group", &[TEAM], |_| {}).map(|entry| entry.deed), Some(Deed::Restored));
    }

    #[test]
    fn an_application_is_named_as_one_and_nobody_as_nobody() {
        let by = |initiator: Value| {
            entry("Delete group", &[TEAM], |wire| wire["initiatedBy"] = initiator).and_then(|entry| entry.by)
        };

        let sync = json!({ "user": null, "app": { "appId": null, "displayName": "Sync" } });
        assert_eq!(by(sync), Some(Author::Application { id: None, name: "Sync".into() }));
        assert_eq!(by(json!({ "user": null, "app": { "appId": null, "displayName": null } })), None);
        assert_eq!(by(json!({ "user": null, "app": null })), None);
        assert_eq!(by(Value::Null), None);
    }

    #[test]
    fn a_new_name_is_read_however_it_is_written() {
        for (name, value) in [("displayName", r#""Compilers""#), ("DisplayName", r#"["Compilers"]"#)] {
            let changed = entry("Update group", &[TEAM], |wire| {
                wire["targetResources"][0]["modifiedProperties"] = json!([
                    { "displayName": name, "oldValue": "[]", "newValue": value },
                    { "displayName": "Included Updated Properties", "oldValue": null, "newValue": "\"DisplayName\"" },
                ]);
            });
            assert_eq!(changed.unwrap().changed, [(Property::Name, "Compilers".to_owned())], "{name}");
        }
    }
}
