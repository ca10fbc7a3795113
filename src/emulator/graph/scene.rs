//! One call at work: who calls, what is asked, and what of the directory the caller may see.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::errors::GraphError;
use super::properties::{
    GROUP_DEFAULT, PERSON_BASIC, PERSON_DEFAULT, PRINCIPAL_DEFAULT, ROLE_DEFAULT, of_group, of_person, of_principal,
    of_role,
};
use super::query::Query;
use crate::clock::instant;
use crate::company::Group;
use crate::directory::Kind;
use crate::directory_roles;
use crate::exchange::Ask;
use crate::history::Seen;
use crate::options::Behaviour;
use crate::rules;
use crate::tokens::Caller;
use crate::world::World;

/// Permissions that show the properties of every group.
pub(crate) const READS_GROUPS: [&str; 6] = [
    "Group.ReadBasic.All",
    "GroupMember.Read.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

/// Permissions that show everything about people.
pub(crate) const READS_PEOPLE: [&str; 4] =
    ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];

/// A call at work.
pub(crate) struct Scene<'a> {
    pub(crate) world: &'a World,
    pub(crate) ask: &'a Ask,
    pub(crate) caller: &'a Caller,
    pub(crate) query: Query,
    pub(crate) behaviour: Behaviour,
    /// The directory as the caller sees it; as it is when they write.
    pub(crate) directory: Seen<'a>,
}

impl Scene<'_> {
    /// Refuses a call whose token holds none of these permissions.
    pub(crate) fn demand(&self, permissions: &[&str]) -> Result<(), GraphError> {
        if self.caller.holds_any(permissions) { Ok(()) } else { Err(GraphError::denied()) }
    }

    /// Returns the group with the id in a path.
    pub(crate) fn group(&self, id: &str) -> Result<&Group, GraphError> {
        let id = object_id(id)?;
        self.directory.group(id).ok_or_else(|| GraphError::missing(id))
    }

    /// Returns the id of the person with the id or sign-in name in a path.
    pub(crate) fn person(&self, id: &str) -> Result<Uuid, GraphError> {
        let known = if id.contains('@') {
            let is_named = |person: &Uuid| {
                let found = self.directory.person(*person);
                found.is_some_and(|found| found.user_principal_name.eq_ignore_ascii_case(id))
            };
            self.directory.people_ids().iter().copied().find(is_named)
        } else {
            let id = object_id(id)?;
            self.directory.person(id).map(|person| person.id)
        };
        known.ok_or_else(|| GraphError::missing(id))
    }

    /// Returns whether the caller sees who is in a group with hidden members.
    pub(crate) fn sees_members(&self, group: &Group) -> bool {
        if !group.hides_members() {
            return true;
        }
        match self.caller.person {
            None => self.caller.holds_any(&["Member.Read.Hidden"]),
            Some(me) => {
                group.members.contains(&me)
                    || group.owners.contains(&me)
                    || rules::holds_role_for(&self.directory, me, group)
            }
        }
    }

    /// Returns a property as it is, for filters; `None` when there is no such property.
    pub(crate) fn raw(&self, id: Uuid, name: &str) -> Option<Value> {
        let directory = &self.directory;
        if let Some(person) = directory.person(id) {
            return of_person(person, name);
        }
        if let Some(group) = directory.group(id).or_else(|| directory.binned(id)) {
            return match name {
                "owners/$count" => Some(json!(group.owners.len())),
                "expirationDateTime" => Some(json!(self.expires(group))),
                _ => of_group(group, name),
            };
        }
        if let Some(role) = directory_roles::named(id) {
            return of_role(role, name);
        }
        directory.service_principal(id).and_then(|principal| of_principal(principal, name))
    }

    /// Returns an object as the caller sees it: the selected properties, or those that come unasked.
    pub(crate) fn shown(&self, id: Uuid, select: Option<&[String]>, typed: bool) -> Value {
        let binned = || self.directory.binned(id).map(|_| Kind::Group);
        let kind = self.directory.kind(id).or_else(binned);
        let mut shown = Map::new();
        if typed && let Some(kind) = kind {
            shown.insert("@odata.type".to_owned(), json!(type_name(kind)));
        }
        let unasked: &[&str] = match kind {
            Some(Kind::Person) => &PERSON_DEFAULT,
            Some(Kind::Group) => &GROUP_DEFAULT,
            Some(Kind::Role) => &ROLE_DEFAULT,
            _ => &PRINCIPAL_DEFAULT,
        };
        let mut take = |name: &str| {
            if let Some(value) = self.raw(id, name) {
                shown.insert(name.to_owned(), if self.may_see(id, kind, name) { value } else { masked(&value) });
            }
        };
        match select {
            Some(names) => names.iter().for_each(|name| take(name)),
            None => unasked.iter().for_each(|name| take(name)),
        }
        Value::Object(shown)
    }

    /// Returns every property of a group that comes unasked, whatever the token shows of others: to who made it.
    pub(crate) fn made(&self, group: Uuid) -> Value {
        let property = |name: &&str| ((*name).to_owned(), self.raw(group, name).unwrap_or_default());
        let mut shown: Map<String, Value> = GROUP_DEFAULT.iter().map(property).collect();
        let context = format!("{}/$metadata#groups/$entity", self.world.graph_url());
        shown.insert("@odata.context".to_owned(), context.into());
        Value::Object(shown)
    }

    /// Returns when a group expires: the policy's days after its creation or last renewal. Only Microsoft 365 groups do.
    fn expires(&self, group: &Group) -> Option<String> {
        let policy = self.directory.tenant.lifecycle.as_ref().filter(|policy| policy.is_about(group.id))?;
        let start: jiff::Timestamp = group.renewed.as_ref().unwrap_or(&group.created).parse().ok()?;
        let millis = start.as_millisecond() + i64::from(policy.days) * 24 * 3600 * 1000;
        group.is_unified().then(|| instant(millis))
    }

    fn may_see(&self, id: Uuid, kind: Option<Kind>, name: &str) -> bool {
        match kind {
            _ if name == "id" => true,
            Some(Kind::Person) => {
                self.caller.person == Some(id)
                    || self.caller.holds_any(&READS_PEOPLE)
                    || (PERSON_BASIC.contains(&name) && self.caller.holds_any(&["User.ReadBasic.All"]))
            }
            // With User.Read alone the groups of a person come as ids without properties.
            Some(Kind::Group) => self.caller.holds_any(&READS_GROUPS),
            _ => true,
        }
    }

    /// Refuses a `$select` of a property that none of these kinds has.
    pub(crate) fn check_select(&self, kinds: &[Kind], select: Option<&[String]>) -> Result<(), GraphError> {
        for name in select.unwrap_or_default() {
            if !kinds.iter().any(|kind| exists(*kind, name)) {
                let of = if let [kind] = kinds { &type_name(*kind)[1..] } else { "microsoft.graph.directoryObject" };
                let message = format!(
                    "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{of}'."
                );
                return Err(GraphError::new(400, "BadRequest", message));
            }
        }
        Ok(())
    }

    /// Returns the body of a call.
    ///
    /// # Errors
    /// Returns Graph's 400 when it is not JSON, or does not say that it is.
    pub(crate) fn body(&self) -> Result<Value, GraphError> {
        let says_json = self.ask.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
        if !says_json {
            let message = "Write requests (excluding DELETE) must contain the Content-Type header declaration.";
            return Err(GraphError::new(400, "BadRequest", message));
        }
        serde_json::from_slice(&self.ask.body)
            .map_err(|_| GraphError::new(400, "BadRequest", "Unable to read JSON request payload."))
    }
}

/// Returns what stands for a value that the token does not show: null, or no entries, for a list is never null.
fn masked(value: &Value) -> Value {
    if value.is_array() { json!([]) } else { Value::Null }
}

/// Reads an object id.
pub(crate) fn object_id(text: &str) -> Result<Uuid, GraphError> {
    let id = Uuid::parse_str(text).ok().filter(|_| text.len() == 36);
    id.ok_or_else(|| GraphError::bad(format!("Invalid object identifier '{text}'.")))
}

/// Returns the name of a kind in `@odata.type`.
pub(crate) fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "#microsoft.graph.user",
        Kind::Group => "#microsoft.graph.group",
        Kind::ServicePrincipal => "#microsoft.graph.servicePrincipal",
        Kind::Role => "#microsoft.graph.directoryRole",
    }
}

fn exists(kind: Kind, name: &str) -> bool {
    let nobody = Uuid::nil();
    match kind {
        Kind::Person => of_person(&crate::company::Person::new(nobody, "", ""), name).is_some(),
        Kind::Group => of_group(&Group::security(nobody, ""), name).is_some(),
        Kind::ServicePrincipal => {
            let none = crate::company::ServicePrincipal { id: nobody, display_name: String::new(), app_id: nobody };
            of_principal(&none, name).is_some()
        }
        Kind::Role => of_role("Global Administrator", name).is_some(),
    }
}
