//! Which change of a group Entra accepts, and from whom: kinds of groups, owners, roles.

use uuid::Uuid;

use crate::company::Group;
use crate::directory::{Directory, Link};
use crate::graph::errors::GraphError;
use crate::tokens::Caller;

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

/// Roles that manage groups which directory roles may be given to; the others have no say over them.
const ROLE_ASSIGNABLE: [&str; 2] = ["Global Administrator", "Privileged Role Administrator"];

/// Roles that may write the rule of a dynamic group; owners may not.
const DYNAMIC: [&str; 4] =
    ["Global Administrator", "Groups Administrator", "Intune Administrator", "User Administrator"];

/// Returns whether a person holds one of these directory roles.
pub(crate) fn holds_any_role(directory: &Directory, person: Uuid, wanted: &[&str]) -> bool {
    let roles = directory.person(person).map(|person| person.directory_roles.as_slice()).unwrap_or_default();
    roles.iter().any(|role| wanted.contains(&role.as_str()))
}

/// Returns whether a directory role lets a person manage a group.
pub(crate) fn holds_role_for(directory: &Directory, person: Uuid, group: &Group) -> bool {
    let holds = |roles: &[&str]| holds_any_role(directory, person, roles);
    if group.is_assignable_to_role {
        return holds(&ROLE_ASSIGNABLE);
    }
    let of_kind = if group.is_unified() { holds(&MICROSOFT365_ONLY) } else { holds(&["Intune Administrator"]) };
    of_kind || holds(&ANY_GROUP)
}

/// Checks that a group is kept where Graph can write: not on-premises, not in Exchange.
pub(crate) fn demand_cloud(group: &Group) -> Result<(), GraphError> {
    if group.on_premises_sync_enabled == Some(true) {
        return Err(GraphError::bad(
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects \
             currently undergoing migration.",
        ));
    }
    if group.mail_enabled && !group.is_unified() {
        return Err(GraphError::bad("Cannot Update a mail-enabled security groups and or distribution list."));
    }
    Ok(())
}

/// Checks that a caller may manage a group: as an owner, by a directory role, or as an application.
pub(crate) fn demand_manager(directory: &Directory, caller: &Caller, group: &Group) -> Result<(), GraphError> {
    let special = caller.holds_any(&["RoleManagement.ReadWrite.Directory"]);
    if group.is_management_restricted || (group.is_assignable_to_role && !special) {
        return Err(GraphError::denied());
    }
    let may = caller.person.is_none_or(|me| group.owners.contains(&me) || holds_role_for(directory, me, group));
    if may { Ok(()) } else { Err(GraphError::denied()) }
}

/// Checks that the members or owners of a group can be changed, and by this caller.
pub(crate) fn demand_change(
    directory: &Directory,
    caller: &Caller,
    group: &Group,
    link: Link,
) -> Result<(), GraphError> {
    demand_cloud(group)?;
    // The rule decides who is a member; owners of a dynamic group can be changed all the same.
    if group.is_dynamic() && link == Link::Member {
        return Err(GraphError::denied());
    }
    demand_manager(directory, caller, group)
}

/// Checks that a caller may write the rule of a dynamic group.
pub(crate) fn demand_rule_writer(directory: &Directory, caller: &Caller) -> Result<(), GraphError> {
    let may = caller.person.is_none_or(|me| holds_any_role(directory, me, &DYNAMIC));
    if may { Ok(()) } else { Err(GraphError::denied()) }
}

/// Checks that a caller may create a group of this kind.
pub(crate) fn demand_creator(directory: &Directory, caller: &Caller, group: &Group) -> Result<(), GraphError> {
    if group.is_assignable_to_role && !caller.holds_any(&["RoleManagement.ReadWrite.Directory"]) {
        return Err(GraphError::denied());
    }
    if group.is_dynamic() {
        demand_rule_writer(directory, caller)?;
    }
    let may = caller.person.is_none_or(|me| {
        let is_guest = directory.person(me).is_some_and(|person| person.is_guest());
        let by_right = !group.is_assignable_to_role && !is_guest && everybody_creates(directory, me, group);
        by_right || holds_role_for(directory, me, group)
    });
    if may { Ok(()) } else { Err(GraphError::denied()) }
}

/// Returns whether an employee may create a group without a role: security groups unless the authorization policy
/// forbids it, Microsoft 365 groups unless `EnableGroupCreation` is off and they are not in the group that may.
fn everybody_creates(directory: &Directory, person: Uuid, group: &Group) -> bool {
    if !group.is_unified() {
        return directory.tenant.policy.allowed_to_create_security_groups;
    }
    let settings = &directory.tenant.settings;
    let chosen = Uuid::parse_str(settings.tenant("GroupCreationAllowedGroupId"));
    settings.is_on("EnableGroupCreation") || chosen.is_ok_and(|id| directory.all_groups_of(person).contains(&id))
}
