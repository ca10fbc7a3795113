//! The properties of people, groups and service principals: which exist, which come unasked, and their values.

use serde_json::{Value, json};

use super::properties_written::EXCHANGE;
use crate::company::{Group, Person, ServicePrincipal};
use crate::directory_roles;

/// What Graph returns of a person without `$select`.
pub(crate) const PERSON_DEFAULT: [&str; 11] = [
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
];

/// What `User.ReadBasic.All` shows of other people.
pub(crate) const PERSON_BASIC: [&str; 6] = ["id", "displayName", "givenName", "surname", "mail", "userPrincipalName"];

/// Properties of a person that exist and are not modelled: they are null.
const PERSON_EMPTY: [&str; 28] = [
    "ageGroup",
    "assignedLicenses",
    "assignedPlans",
    "city",
    "companyName",
    "country",
    "createdDateTime",
    "creationType",
    "deletedDateTime",
    "employeeId",
    "employeeType",
    "externalUserState",
    "faxNumber",
    "identities",
    "isResourceAccount",
    "mobilePhone",
    "officeLocation",
    "onPremisesSyncEnabled",
    "otherMails",
    "postalCode",
    "preferredLanguage",
    "proxyAddresses",
    "securityIdentifier",
    "showInAddressList",
    "state",
    "streetAddress",
    "usageLocation",
    "employeeHireDate",
];

/// What Graph returns of a group without `$select`.
pub(crate) const GROUP_DEFAULT: [&str; 33] = [
    "id",
    "deletedDateTime",
    "classification",
    "createdDateTime",
    "description",
    "displayName",
    "expirationDateTime",
    "groupTypes",
    "isAssignableToRole",
    "mail",
    "mailEnabled",
    "mailNickname",
    "membershipRule",
    "membershipRuleProcessingState",
    "onPremisesDomainName",
    "onPremisesLastSyncDateTime",
    "onPremisesNetBiosName",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "onPremisesSyncEnabled",
    "preferredDataLocation",
    "preferredLanguage",
    "proxyAddresses",
    "renewedDateTime",
    "resourceBehaviorOptions",
    "resourceProvisioningOptions",
    "securityEnabled",
    "theme",
    "uniqueName",
    "visibility",
    "securityIdentifier",
    "onPremisesProvisioningErrors",
    "serviceProvisioningErrors",
];

/// Properties of a group that exist and are not modelled: they are null.
const GROUP_EMPTY: [&str; 15] = [
    "expirationDateTime",
    "hasMembersWithLicenseErrors",
    "isSubscribedByMail",
    "licenseProcessingState",
    "onPremisesDomainName",
    "onPremisesLastSyncDateTime",
    "onPremisesNetBiosName",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "preferredDataLocation",
    "preferredLanguage",
    "theme",
    "uniqueName",
    "unseenCount",
    "isArchived",
];

/// What Graph returns of a service principal without `$select`, as far as it is modelled.
pub(crate) const PRINCIPAL_DEFAULT: [&str; 5] =
    ["id", "deletedDateTime", "appId", "displayName", "servicePrincipalType"];

/// What Graph returns of a directory role without `$select`.
pub(crate) const ROLE_DEFAULT: [&str; 5] = ["id", "deletedDateTime", "description", "displayName", "roleTemplateId"];

/// Returns a property of a directory role; `None` when there is no such property.
pub(crate) fn of_role(role: &str, name: &str) -> Option<Value> {
    Some(match name {
        "id" => json!(directory_roles::object_id(role)),
        "displayName" => json!(role),
        "roleTemplateId" => json!(directory_roles::template_id(role)),
        "description" => json!(format!("Can do what a {role} does.")),
        "deletedDateTime" => Value::Null,
        _ => return None,
    })
}

/// Returns a person's property; `None` when there is no such property.
pub(crate) fn of_person(person: &Person, name: &str) -> Option<Value> {
    Some(match name {
        "id" => json!(person.id),
        "displayName" => json!(person.display_name),
        "givenName" => json!(person.given_name),
        "surname" => json!(person.surname),
        "mail" => json!(person.mail),
        "userPrincipalName" => json!(person.user_principal_name),
        "mailNickname" => json!(person.user_principal_name.split('@').next()),
        "jobTitle" => json!(person.job_title),
        "department" => json!(person.department),
        "userType" => json!(person.user_type),
        "accountEnabled" => json!(person.account_enabled),
        "businessPhones" => json!([]),
        "signInActivity" => person.sign_ins.shown(),
        "signInActivity/lastSignInDateTime" => json!(person.sign_ins.interactive),
        "signInActivity/lastNonInteractiveSignInDateTime" => json!(person.sign_ins.non_interactive),
        "signInActivity/lastSuccessfulSignInDateTime" => json!(person.sign_ins.successful),
        known if PERSON_EMPTY.contains(&known) => Value::Null,
        _ => return None,
    })
}

/// Returns a group's property; `None` when there is no such property.
pub(crate) fn of_group(group: &Group, name: &str) -> Option<Value> {
    Some(match name {
        "id" => json!(group.id),
        "displayName" => json!(group.display_name),
        "description" => json!(group.description),
        "mail" => json!(group.mail),
        "mailNickname" => json!(group.mail_nickname),
        "mailEnabled" => json!(group.mail_enabled),
        "securityEnabled" => json!(group.security_enabled),
        "groupTypes" => json!(group.group_types),
        "visibility" => json!(group.visibility),
        "membershipRule" => json!(group.membership_rule),
        "membershipRuleProcessingState" => json!(group.membership_rule.as_ref().map(|_| "On")),
        "onPremisesSyncEnabled" => json!(group.on_premises_sync_enabled),
        // Graph says null rather than false when it was never asked for.
        "isAssignableToRole" => json!(group.is_assignable_to_role.then_some(true)),
        "isManagementRestricted" => json!(group.is_management_restricted.then_some(true)),
        "resourceProvisioningOptions" => json!(group.resource_provisioning_options),
        "createdDateTime" => json!(group.created),
        "renewedDateTime" => json!(group.renewed.as_ref().unwrap_or(&group.created)),
        "deletedDateTime" => json!(group.deleted),
        "classification" => json!(group.classification),
        exchange if EXCHANGE.contains(&exchange) => json!(group.exchange.get(exchange).copied().unwrap_or_default()),
        "proxyAddresses" => json!(group.mail.iter().map(|mail| format!("SMTP:{mail}")).collect::<Vec<_>>()),
        "resourceBehaviorOptions" | "assignedLabels" => json!([]),
        "assignedLicenses" => group.licences.iter().map(|sku| json!({ "disabledPlans": [], "skuId": sku })).collect(),
        "onPremisesProvisioningErrors" | "serviceProvisioningErrors" => json!([]),
        "securityIdentifier" => json!(security_identifier(group.id)),
        known if GROUP_EMPTY.contains(&known) => Value::Null,
        _ => return None,
    })
}

/// Returns the security identifier that Entra makes of an object id: its sixteen bytes as four numbers.
fn security_identifier(id: uuid::Uuid) -> String {
    let bytes = id.to_bytes_le();
    let numbers = bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    numbers.fold("S-1-12-1".to_owned(), |text, number| format!("{text}-{number}"))
}

/// Returns a service principal's property; `None` when there is no such property.
pub(crate) fn of_principal(principal: &ServicePrincipal, name: &str) -> Option<Value> {
    Some(match name {
        "id" => json!(principal.id),
        "displayName" | "appDisplayName" => json!(principal.display_name),
        "appId" => json!(principal.app_id),
        "servicePrincipalType" => json!("Application"),
        "accountEnabled" => json!(true),
        "deletedDateTime" | "description" => Value::Null,
        _ => return None,
    })
}
