//! The permissions that each operation asks for are the published ones.

use std::collections::BTreeSet;

use serde_json::Value;

use super::published;
use crate::graph::permissions::{self as asked, Permissions};

/// Each list of permissions, with the operations it is for.
const LISTS: &[(&Permissions, &[&str])] = &[
    (&asked::PHOTO, &["users.photo.value"]),
    (&asked::MANAGER, &["users.manager"]),
    (&asked::MEMBER_OF, &["users.memberOf", "users.memberOf.group", "users.memberOf.group.count"]),
    (&asked::ALL_MEMBER_OF, &["users.transitiveMemberOf", "users.transitiveMemberOf.group"]),
    (&asked::OWNED, &["users.ownedObjects", "users.ownedObjects.group"]),
    (
        &asked::CHECK_GROUPS,
        &["users.checkMemberGroups", "directoryObjects.checkMemberGroups", "groups.checkMemberGroups"],
    ),
    (&asked::MEMBER_GROUPS, &["users.getMemberGroups"]),
    (&asked::SEND_MAIL, &["me.sendMail", "users.sendMail"]),
    (&asked::PEOPLE, &["users.list", "users.count"]),
    (&asked::OBJECTS, &["directoryObjects.get", "directoryObjects.getByIds"]),
    (&asked::VALIDATE_NEW, &["directoryObjects.validateProperties"]),
    (&asked::VALIDATE, &["groups.validateProperties"]),
    (&asked::GROUPS, &["groups.list", "groups.count", "groups.get"]),
    (&asked::CREATE_GROUP, &["groups.create"]),
    (&asked::CHANGE_GROUP, &["groups.update", "groups.owners.ref.add", "groups.owners.ref.remove", "groups.renew"]),
    (&asked::DELETE_GROUP, &["groups.delete"]),
    (
        &asked::MEMBERS,
        &[
            "groups.members.list",
            "groups.members.count",
            "groups.members.ref.list",
            "groups.members.user",
            "groups.members.user.count",
            "groups.members.group",
            "groups.members.servicePrincipal",
            "groups.members.device",
            "groups.transitiveMembers.list",
            "groups.transitiveMembers.count",
            "groups.transitiveMembers.user",
            "groups.transitiveMembers.user.count",
        ],
    ),
    (&asked::CHANGE_MEMBERS, &["groups.members.ref.add", "groups.members.ref.remove", "groups.members.bind.add"]),
    (
        &asked::OWNERS,
        &[
            "groups.owners.list",
            "groups.owners.count",
            "groups.owners.ref.list",
            "groups.owners.user",
            "groups.owners.servicePrincipal",
        ],
    ),
    (&asked::GROUP_MEMBER_OF, &["groups.memberOf"]),
    (&asked::ALL_GROUP_MEMBER_OF, &["groups.transitiveMemberOf"]),
    (&asked::APP_ROLES, &["groups.appRoleAssignments"]),
    (&asked::GROUP_PHOTO, &["groups.photo.value"]),
    (&asked::LIFECYCLE, &["groups.lifecyclePolicies", "lifecyclePolicies.list", "lifecyclePolicies.get"]),
    (
        &asked::CHANGE_LIFECYCLE,
        &[
            "lifecyclePolicies.create",
            "lifecyclePolicies.update",
            "lifecyclePolicies.delete",
            "lifecyclePolicies.addGroup",
            "lifecyclePolicies.removeGroup",
        ],
    ),
    (&asked::SETTINGS, &["groups.settings.list", "groups.settings.get", "groupSettings.list", "groupSettings.get"]),
    (&asked::CREATE_SETTINGS, &["groups.settings.create", "groupSettings.create"]),
    (
        &asked::CHANGE_SETTINGS,
        &["groups.settings.update", "groups.settings.delete", "groupSettings.update", "groupSettings.delete"],
    ),
    (&asked::TEMPLATES, &["groupSettingTemplates.list", "groupSettingTemplates.get"]),
    (&asked::BIN, &["deletedItems.group.list", "deletedItems.group.count", "deletedItems.get"]),
    (&asked::PURGE, &["deletedItems.purge"]),
    (&asked::POLICY, &["authorizationPolicy.get"]),
    (&asked::CHANGE_POLICY, &["authorizationPolicy.update"]),
    (&asked::AUDITS, &["directoryAudits.list", "directoryAudits.get"]),
];

/// Permissions that the emulator leaves out: of agents, of device management, between tenants, and previews.
fn is_left_out(name: &str) -> bool {
    ["Agent", "DeviceManagement", "Group-"].iter().any(|start| name.starts_with(start))
        || name.ends_with(".CrossCloud")
        || name == "Group.ManageProtection.All"
}

fn names(scheme: &Value) -> BTreeSet<&str> {
    let all = scheme["all"].as_array().into_iter().flatten().filter_map(Value::as_str);
    all.filter(|name| !is_left_out(name)).collect()
}

#[test]
fn each_operation_asks_for_the_published_permissions() {
    let Some(file) = published("permissions.json") else { return };

    for (list, operations) in LISTS {
        for operation in *operations {
            let schemes = &file["operations"][operation]["schemes"];
            assert!(schemes.is_object(), "{operation} is not published");
            let delegated: BTreeSet<&str> = list.delegated.iter().copied().collect();
            let application: BTreeSet<&str> = list.application.iter().copied().collect();
            assert_eq!(delegated, names(&schemes["DelegatedWork"]), "{operation}, for people");
            assert_eq!(application, names(&schemes["Application"]), "{operation}, for applications");
        }
    }
}
