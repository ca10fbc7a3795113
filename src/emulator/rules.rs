//! Which change of a group Entra accepts: kinds of groups, owners and roles, members and quotas.

use uuid::Uuid;

use crate::company::Group;
use crate::directory::{Directory, Kind, Link};
use crate::graph::errors::GraphError;
use crate::tokens::Caller;

/// Entra keeps at most this many owners of a group.
const MOST_OWNERS: usize = 100;

/// Roles that manage every group with assigned members.
const ANY_GROUP: [&str; 5] = [
    "Global Administrator",
    "Groups Administrator",
    "User Administrator",
    "Identity Governance Administrator",
    "Directory Writers",
];

/// Roles that manage Microsoft 365 groups only.
const MICROSOFT365_ONLY: [&str; 4] =
    ["Exchange Administrator", "SharePoint Administrator", "Teams Administrator", "Yammer Administrator"];

/// Returns whether a directory role lets a person manage a group.
pub(crate) fn holds_role_for(directory: &Directory, person: Uuid, group: &Group) -> bool {
    let roles = directory.person(person).map(|person| person.directory_roles.as_slice()).unwrap_or_default();
    roles.iter().any(|role| {
        let role = role.as_str();
        ANY_GROUP.contains(&role)
            || (group.is_unified() && MICROSOFT365_ONLY.contains(&role))
            || (!group.is_unified() && role == "Intune Administrator")
    })
}

/// Checks the permission in the token: members need less than owners.
pub(crate) fn demand_scope(caller: &Caller, link: Link) -> Result<(), GraphError> {
    let enough: &[&str] = match link {
        Link::Member => &["GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"],
        Link::Owner => &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
    };
    if caller.holds_any(enough) { Ok(()) } else { Err(GraphError::denied()) }
}

/// Checks that a group of this kind can be changed, and by this caller.
pub(crate) fn demand_change(
    directory: &Directory,
    caller: &Caller,
    group: &Group,
    link: Link,
) -> Result<(), GraphError> {
    if group.on_premises_sync_enabled == Some(true) {
        return Err(GraphError::bad(
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects \
             currently undergoing migration.",
        ));
    }
    if group.mail_enabled && !group.is_unified() {
        return Err(GraphError::bad("Cannot Update a mail-enabled security groups and or distribution list."));
    }
    // The rule decides who is a member; owners of a dynamic group can be changed all the same.
    if group.is_dynamic() && link == Link::Member {
        return Err(GraphError::denied());
    }
    let special = caller.holds_any(&["RoleManagement.ReadWrite.Directory"]);
    if group.is_management_restricted || (group.is_assignable_to_role && !special) {
        return Err(GraphError::denied());
    }
    let may = caller.person.is_none_or(|me| group.owners.contains(&me) || holds_role_for(directory, me, group));
    if may { Ok(()) } else { Err(GraphError::denied()) }
}

/// Checks that an object can be linked to a group.
pub(crate) fn demand_addable(directory: &Directory, group: &Group, link: Link, id: Uuid) -> Result<(), GraphError> {
    let kind = directory.kind(id).ok_or_else(|| GraphError::missing(id))?;
    // Not every replica knows a group the moment it is made (group-post-members, note of 2026).
    if directory.is_brand_new(group.id) || directory.is_brand_new(id) {
        return Err(GraphError::bad("The source resource object or one of the objects being referenced do not exist."));
    }
    let list = match link {
        Link::Owner => &group.owners,
        Link::Member => &group.members,
    };
    // The quota is looked at before duplicates are.
    if link == Link::Owner && list.len() >= MOST_OWNERS {
        let message = format!(
            "Unable to perform operation as '{}' would exceed the maximum quota count '{MOST_OWNERS}' for forward-link owners.",
            list.len() + 1
        );
        return Err(GraphError::new(403, "Directory_QuotaExceeded", message));
    }
    if list.contains(&id) {
        return Err(GraphError::bad(format!(
            "One or more added object references already exist for the following modified properties: '{}'.",
            link.name()
        )));
    }
    let inner = directory.group(id);
    let fits = match (link, kind) {
        (_, Kind::Person) => true,
        (Link::Owner, Kind::ServicePrincipal) => true,
        (Link::Owner, Kind::Group) => false,
        // A Microsoft 365 group holds people only, and is a member of nothing.
        (Link::Member, Kind::ServicePrincipal) => !group.is_unified(),
        (Link::Member, Kind::Group) => {
            !group.is_unified() && id != group.id && inner.is_some_and(|inner| !inner.is_unified())
        }
    };
    if fits { Ok(()) } else { Err(GraphError::bad("An object of this type cannot be added to the collection.")) }
}

/// Checks that an object can be taken away from a group.
pub(crate) fn demand_removable(directory: &Directory, group: &Group, link: Link, id: Uuid) -> Result<(), GraphError> {
    let list = match link {
        Link::Owner => &group.owners,
        Link::Member => &group.members,
    };
    if !list.contains(&id) {
        return Err(GraphError::missing(id));
    }
    // A service principal that stays does not count: the last person cannot go.
    let is_person = |owner: &Uuid| directory.person(*owner).is_some();
    let last_person = is_person(&id) && list.iter().filter(|owner| is_person(owner)).count() == 1;
    if link == Link::Owner && last_person {
        return Err(GraphError::bad("The group must have at least one owner, hence this owner cannot be removed."));
    }
    Ok(())
}
