//! The audit log: one entry for every change, in the shape of `directoryAudit`.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::instant;
use crate::company::Group;

/// Who made a change, as the log names them.
#[derive(Clone, Debug)]
pub(crate) enum Initiator {
    Person { id: Uuid, name: String, user_principal_name: String },
    Application { id: Uuid, name: String },
}

/// What was changed: the first target is what the activity is about.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) id: Uuid,
    pub(crate) kind: &'static str,
    pub(crate) name: Option<String>,
    pub(crate) user_principal_name: Option<String>,
    pub(crate) group_type: Option<&'static str>,
    /// Name, value before and value after; values are JSON within text.
    pub(crate) modified: Vec<(String, Value, Value)>,
}

impl Target {
    /// Returns a group as a target.
    pub(crate) fn group(group: &Group) -> Self {
        Self {
            id: group.id,
            kind: "Group",
            name: Some(group.display_name.clone()),
            user_principal_name: None,
            group_type: Some(if group.is_unified() { "unifiedGroups" } else { "azureAD" }),
            modified: Vec::new(),
        }
    }

    /// Returns something else as a target.
    pub(crate) fn named(id: Uuid, kind: &'static str, name: &str) -> Self {
        let name = Some(name.to_owned());
        Self { id, kind, name, user_principal_name: None, group_type: None, modified: Vec::new() }
    }

    /// Adds a property that changed.
    pub(crate) fn modified(mut self, name: &str, before: Value, after: Value) -> Self {
        self.modified.push((name.to_owned(), before, after));
        self
    }

    fn shown(&self) -> Value {
        let text = |value: &Value| if value.is_null() { Value::Null } else { json!(value.to_string()) };
        let modified = self.modified.iter().map(
            |(name, before, after)| json!({ "displayName": name, "oldValue": text(before), "newValue": text(after) }),
        );
        json!({
            "id": self.id,
            "displayName": self.name,
            "type": self.kind,
            "userPrincipalName": self.user_principal_name,
            "groupType": self.group_type,
            "modifiedProperties": modified.collect::<Vec<_>>(),
        })
    }
}

/// An activity: its name, its category and its kind of operation, as the log of Entra words them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Activity(pub(crate) &'static str, pub(crate) &'static str, pub(crate) &'static str);

/// The activities that the emulator writes down.
impl Activity {
    pub(crate) const ADD_GROUP: Self = Self("Add group", "GroupManagement", "Add");
    pub(crate) const UPDATE_GROUP: Self = Self("Update group", "GroupManagement", "Update");
    pub(crate) const DELETE_GROUP: Self = Self("Delete group", "GroupManagement", "Delete");
    pub(crate) const PURGE_GROUP: Self = Self("Hard Delete group", "GroupManagement", "Delete");
    pub(crate) const RESTORE_GROUP: Self = Self("Restore Group", "GroupManagement", "Update");
    pub(crate) const RENEW_GROUP: Self = Self("Renew group", "GroupManagement", "Update");
    pub(crate) const ADD_MEMBER: Self = Self("Add member to group", "GroupManagement", "Assign");
    pub(crate) const REMOVE_MEMBER: Self = Self("Remove member from group", "GroupManagement", "Unassign");
    pub(crate) const ADD_OWNER: Self = Self("Add owner to group", "GroupManagement", "Assign");
    pub(crate) const REMOVE_OWNER: Self = Self("Remove owner from group", "GroupManagement", "Unassign");
    pub(crate) const SETTINGS: Self = Self("Update group settings", "GroupManagement", "Update");
    pub(crate) const LIFECYCLE: Self = Self("Set group lifecycle policy", "GroupManagement", "Update");
    pub(crate) const POLICY: Self = Self("Update authorization policy", "AuthorizationPolicy", "Update");
}

/// One entry.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: String,
    /// In milliseconds since 1970.
    pub(crate) at: i64,
    pub(crate) activity: Activity,
    pub(crate) by: Initiator,
    pub(crate) targets: Vec<Target>,
    /// The `client-request-id` of the call.
    pub(crate) correlation_id: String,
}

impl Entry {
    /// Returns the entry as Graph shows it.
    pub(crate) fn shown(&self) -> Value {
        let by = match &self.by {
            Initiator::Person { id, name, user_principal_name } => json!({
                "app": null,
                "user": { "id": id, "displayName": name, "userPrincipalName": user_principal_name, "ipAddress": null },
            }),
            Initiator::Application { id, name } => json!({
                "user": null,
                "app": {
                    "appId": id, "displayName": name, "servicePrincipalId": null, "servicePrincipalName": null,
                },
            }),
        };
        let Activity(name, category, operation) = self.activity;
        json!({
            "id": self.id,
            "category": category,
            "correlationId": self.correlation_id,
            "result": "success",
            "resultReason": "",
            "activityDisplayName": name,
            "activityDateTime": instant(self.at),
            "loggedByService": "Core Directory",
            "operationType": operation,
            "initiatedBy": by,
            "targetResources": self.targets.iter().map(Target::shown).collect::<Vec<_>>(),
            "additionalDetails": [],
        })
    }
}

/// The log, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Audit {
    pub(crate) entries: Vec<Entry>,
    /// Who makes changes by hand; an application of the directory itself when `None`.
    pub(crate) hand: Option<Uuid>,
}

impl Audit {
    /// Writes an entry down.
    pub(crate) fn record(
        &mut self,
        at: i64,
        activity: Activity,
        by: Initiator,
        targets: Vec<Target>,
        correlation_id: &str,
    ) {
        let correlation_id = correlation_id.to_owned();
        let id = format!("Directory_{correlation_id}_{:08}", self.entries.len());
        self.entries.push(Entry { id, at, activity, by, targets, correlation_id });
    }
}
