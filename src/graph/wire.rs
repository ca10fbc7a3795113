//! What Graph sends, and how it becomes what the rules know. Everything that may be null is optional: what a token may not
//! read comes as null.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::{
    directory::{Group, GroupFacts, Person, PersonRef},
    ids::{GroupId, PersonId},
    text,
};

/// The properties read of a person.
pub(super) const PERSON: &str = "id,displayName,mail,userPrincipalName,jobTitle,department,userType,accountEnabled";
/// The properties read of a group; several of them come only when selected.
pub(super) const GROUP: &str = "id,displayName,description,groupTypes,mailEnabled,securityEnabled,visibility,\
                                onPremisesSyncEnabled,isAssignableToRole,isManagementRestricted,deletedDateTime,\
                                expirationDateTime";

/// Returns words from the directory as they may be kept and shown: whoever may rename a group or themselves is nobody to
/// trust, and `PostgreSQL` takes no NUL in JSON (postgresql.org/docs/current/datatype-json.html).
pub(super) fn words(raw: Option<String>) -> String {
    raw.map(|raw| text::clean(&raw)).unwrap_or_default()
}

/// A page of a list.
#[derive(Debug, Deserialize)]
pub(super) struct Page<T> {
    pub value: Vec<T>,
    #[serde(rename = "@odata.nextLink")]
    pub next_link: Option<String>,
    /// How long the whole list is; on its first page, when that was asked for.
    #[serde(rename = "@odata.count")]
    pub count: Option<u64>,
    #[serde(rename = "@odata.deltaLink")]
    pub delta_link: Option<String>,
}

/// An object of a list that can hold several kinds.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireObject {
    pub id: Uuid,
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    display_name: Option<String>,
}

impl WireObject {
    /// Returns whether the object is of a kind, such as `group`. One that does not say its kind is of the kind the list was
    /// asked for.
    pub fn is_a(&self, kind: &str) -> bool {
        self.kind.as_deref().is_none_or(|said| said.rsplit('.').next() == Some(kind))
    }

    /// Returns the people of a list; owners can be service principals too.
    pub fn people(list: Vec<Self>) -> Vec<PersonRef> {
        let people = list.into_iter().filter(|object| object.is_a("user"));
        people.map(|object| PersonRef { id: PersonId(object.id), name: words(object.display_name) }).collect()
    }
}

/// A person.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WirePerson {
    id: PersonId,
    display_name: Option<String>,
    user_principal_name: Option<String>,
    mail: Option<String>,
    job_title: Option<String>,
    department: Option<String>,
    user_type: Option<String>,
    account_enabled: Option<bool>,
}

impl From<WirePerson> for Person {
    fn from(wire: WirePerson) -> Self {
        Self {
            id: wire.id,
            name: words(wire.display_name),
            username: words(wire.user_principal_name),
            mail: words(wire.mail),
            job_title: words(wire.job_title),
            department: words(wire.department),
            guest: wire.user_type.map(|kind| kind.eq_ignore_ascii_case("Guest")),
            enabled: wire.account_enabled,
        }
    }
}

/// A manager, who may also be a contact of the organisation.
#[derive(Debug, Deserialize)]
pub(super) struct WireManager {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    #[serde(flatten)]
    person: WirePerson,
}

impl WireManager {
    /// Returns the manager when it is a person of the directory.
    pub fn person(self) -> Option<Person> {
        let is_person = self.kind.as_deref().is_none_or(|said| said.rsplit('.').next() == Some("user"));
        is_person.then(|| self.person.into())
    }
}

/// A group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireGroup {
    id: GroupId,
    display_name: Option<String>,
    description: Option<String>,
    group_types: Option<Vec<String>>,
    mail_enabled: Option<bool>,
    security_enabled: Option<bool>,
    visibility: Option<String>,
    on_premises_sync_enabled: Option<bool>,
    is_assignable_to_role: Option<bool>,
    is_management_restricted: Option<bool>,
    deleted_date_time: Option<String>,
    expiration_date_time: Option<String>,
}

impl WireGroup {
    /// Returns when the group was put into the recycle bin.
    pub fn deleted_at(&self) -> Option<Timestamp> {
        self.deleted_date_time.as_deref()?.parse().ok()
    }

    /// Returns whether it says anything that decides its kind; a change of links alone does not.
    pub fn tells_its_kind(&self) -> bool {
        self.group_types.is_some() || self.mail_enabled.is_some() || self.security_enabled.is_some()
    }
}

impl From<WireGroup> for Group {
    /// Keeps a group whose kind could not be read from taking part: without its kind it has none.
    fn from(wire: WireGroup) -> Self {
        let (group_types, mail_enabled, security_enabled) =
            match (wire.group_types, wire.mail_enabled, wire.security_enabled) {
                (Some(types), Some(mail), Some(security)) => (types, mail, security),
                _ => (Vec::new(), false, false),
            };
        let facts = GroupFacts {
            group_types,
            mail_enabled,
            security_enabled,
            on_premises_sync: wire.on_premises_sync_enabled,
            assignable_to_role: wire.is_assignable_to_role,
            management_restricted: wire.is_management_restricted,
            visibility: wire.visibility,
            deleted: wire.deleted_date_time.is_some(),
            expires_at: wire.expiration_date_time.and_then(|text| text.parse().ok()),
        };
        Self { id: wire.id, name: words(wire.display_name), description: words(wire.description), facts }
    }
}

/// A group with its owners beside it, as `$expand` sends them.
#[derive(Debug, Deserialize)]
pub(super) struct WireListed {
    #[serde(flatten)]
    pub group: WireGroup,
    #[serde(default)]
    pub owners: Vec<WireObject>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::directory::Unfit;

    #[test]
    fn a_group_whose_kind_cannot_be_read_does_not_take_part() {
        let json = r#"{"id":"00000000-0000-0000-0000-000000000001","securityEnabled":true,"groupTypes":null}"#;

        let group: Group = serde_json::from_str::<WireGroup>(json).unwrap().into();

        assert_eq!(group.facts.eligibility(), Err(Unfit::Unsupported));
    }

    #[test]
    fn an_application_that_owns_a_group_is_no_person() {
        let list: Vec<WireObject> = serde_json::from_str(
            r##"[{"id":"00000000-0000-0000-0000-000000000001","@odata.type":"#microsoft.graph.servicePrincipal"},
                {"id":"00000000-0000-0000-0000-000000000002","@odata.type":"#microsoft.graph.user","displayName":null}]"##,
        )
        .unwrap();

        let people = WireObject::people(list);

        assert_eq!(people, [PersonRef { id: PersonId(Uuid::from_u128(2)), name: String::new() }]);
    }

    #[test]
    fn what_people_write_about_themselves_is_cleaned() {
        let json = r#"{"id":"00000000-0000-0000-0000-000000000001","displayName":"Alan\u0000 \u202eTuring",
            "userPrincipalName":"alan\u0000@contoso.example","mail":"alan\u202e@contoso.example",
            "jobTitle":"\u2066Reader","department":"Codes\u0007"}"#;

        let person: Person = serde_json::from_str::<WirePerson>(json).unwrap().into();

        let said = [&person.name, &person.username, &person.mail, &person.job_title, &person.department];
        assert_eq!(said, ["Alan Turing", "alan@contoso.example", "alan@contoso.example", "Reader", "Codes"]);
    }
}
