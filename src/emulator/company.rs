//! A company: its people, its groups and the applications that may own groups.

use std::collections::BTreeMap;

use uuid::Uuid;

/// Everybody and everything the directory starts with.
#[derive(Clone, Debug, Default)]
pub struct Company {
    /// The tenant's name.
    pub name: String,
    /// The people.
    pub people: Vec<Person>,
    /// The groups.
    pub groups: Vec<Group>,
    /// Applications that own groups or are members of some.
    pub service_principals: Vec<ServicePrincipal>,
    /// What groups open in applications.
    pub app_role_assignments: Vec<AppRoleAssignment>,
    /// People the sign-in page offers first.
    pub people_to_try: Vec<Uuid>,
}

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The object id (`oid`).
    pub id: Uuid,
    /// The name shown.
    pub display_name: String,
    /// The first name.
    pub given_name: Option<String>,
    /// The family name.
    pub surname: Option<String>,
    /// The mail address.
    pub mail: Option<String>,
    /// The name to sign in with.
    pub user_principal_name: String,
    /// The job title.
    pub job_title: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// `Member` or `Guest`.
    pub user_type: String,
    /// Whether the person can sign in.
    pub account_enabled: bool,
    /// Roles in the client application, for the `roles` claim.
    pub app_roles: Vec<String>,
    /// Directory roles by name, for example `Groups Administrator`.
    pub directory_roles: Vec<String>,
    /// Whom the person reports to.
    pub manager: Option<Uuid>,
    /// The person's picture, a PNG.
    pub photo: Option<Vec<u8>>,
    /// When they signed in last.
    pub sign_ins: crate::sign_ins::SignIns,
}

impl Person {
    /// Returns an employee with this name; the mail address is the name to sign in with.
    pub fn new(id: Uuid, display_name: &str, user_principal_name: &str) -> Self {
        let (given_name, surname) = match display_name.rsplit_once(' ') {
            Some((given, family)) => (Some(given.to_owned()), Some(family.to_owned())),
            None => (Some(display_name.to_owned()), None),
        };
        Self {
            id,
            display_name: display_name.to_owned(),
            given_name,
            surname,
            mail: Some(user_principal_name.to_owned()),
            user_principal_name: user_principal_name.to_owned(),
            job_title: None,
            department: None,
            user_type: "Member".to_owned(),
            account_enabled: true,
            app_roles: Vec::new(),
            directory_roles: Vec::new(),
            manager: None,
            photo: None,
            sign_ins: crate::sign_ins::SignIns::default(),
        }
    }

    /// Gives a job title and a department.
    pub fn working_as(mut self, job_title: &str, department: &str) -> Self {
        self.job_title = Some(job_title.to_owned());
        self.department = Some(department.to_owned());
        self
    }

    /// Gives a role in the client application.
    pub fn with_app_role(mut self, role: &str) -> Self {
        self.app_roles.push(role.to_owned());
        self
    }

    /// Gives a directory role.
    pub fn with_directory_role(mut self, role: &str) -> Self {
        self.directory_roles.push(role.to_owned());
        self
    }

    /// Says whom the person reports to.
    pub fn reporting_to(mut self, manager: Uuid) -> Self {
        self.manager = Some(manager);
        self
    }

    /// Makes the account a guest's.
    pub fn as_guest(mut self, mail: &str) -> Self {
        self.user_type = "Guest".to_owned();
        self.mail = Some(mail.to_owned());
        self
    }

    /// Disables the account.
    pub fn disabled(mut self) -> Self {
        self.account_enabled = false;
        self
    }

    /// Returns whether the account is a guest's.
    pub fn is_guest(&self) -> bool {
        self.user_type == "Guest"
    }
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The object id.
    pub id: Uuid,
    /// The name shown.
    pub display_name: String,
    /// What the group is for.
    pub description: Option<String>,
    /// The mail address.
    pub mail: Option<String>,
    /// The part of the mail address before the `@`; every group has one.
    pub mail_nickname: String,
    /// `Unified`, `DynamicMembership`, both or none.
    pub group_types: Vec<String>,
    /// Whether the group has a mailbox or is a list.
    pub mail_enabled: bool,
    /// Whether the group can protect something.
    pub security_enabled: bool,
    /// `Public`, `Private` or `HiddenMembership`.
    pub visibility: Option<String>,
    /// The rule of a dynamic group.
    pub membership_rule: Option<String>,
    /// `true` while mastered on-premises, `false` once it no longer is, `None` when it never was.
    pub on_premises_sync_enabled: Option<bool>,
    /// Whether directory roles may be given to the group.
    pub is_assignable_to_role: bool,
    /// Whether the group is in a restricted administrative unit.
    pub is_management_restricted: bool,
    /// `Team` for a group with a team.
    pub resource_provisioning_options: Vec<String>,
    /// The products that its members get a licence for.
    pub licences: Vec<Uuid>,
    /// A label of the tenant's own, such as `Confidential`.
    pub classification: Option<String>,
    /// What Exchange keeps about the group, such as `allowExternalSenders`; what is missing is false.
    pub exchange: BTreeMap<String, bool>,
    /// When it was created, RFC 3339.
    pub created: String,
    /// When it was renewed last; `None` when it never was.
    pub renewed: Option<String>,
    /// When it was put into the recycle bin.
    pub deleted: Option<String>,
    /// The group's picture, a PNG.
    pub photo: Option<Vec<u8>>,
    /// Owners: people and service principals.
    pub owners: Vec<Uuid>,
    /// Direct members: people, groups and service principals.
    pub members: Vec<Uuid>,
}

impl Group {
    /// Returns a security group with assigned members.
    pub fn security(id: Uuid, display_name: &str) -> Self {
        Self {
            id,
            display_name: display_name.to_owned(),
            description: None,
            mail: None,
            mail_nickname: nickname(id, display_name),
            group_types: Vec::new(),
            mail_enabled: false,
            security_enabled: true,
            visibility: None,
            membership_rule: None,
            on_premises_sync_enabled: None,
            is_assignable_to_role: false,
            is_management_restricted: false,
            resource_provisioning_options: Vec::new(),
            licences: Vec::new(),
            classification: None,
            exchange: BTreeMap::new(),
            created: "2025-03-03T08:30:00Z".to_owned(),
            renewed: None,
            deleted: None,
            photo: None,
            owners: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Returns a private Microsoft 365 group with assigned members.
    pub fn microsoft365(id: Uuid, display_name: &str) -> Self {
        let mut group = Self::security(id, display_name);
        group.group_types.push("Unified".to_owned());
        group.security_enabled = false;
        group.visibility = Some("Private".to_owned());
        group.with_mail()
    }

    /// Says what the group is for.
    pub fn described(mut self, description: &str) -> Self {
        self.description = Some(description.to_owned());
        self
    }

    /// Adds owners.
    pub fn owned_by(mut self, owners: &[Uuid]) -> Self {
        self.owners.extend_from_slice(owners);
        self
    }

    /// Adds direct members.
    pub fn with_members(mut self, members: &[Uuid]) -> Self {
        self.members.extend_from_slice(members);
        self
    }

    /// Sets the visibility.
    pub fn visible(mut self, visibility: &str) -> Self {
        self.visibility = Some(visibility.to_owned());
        self
    }

    /// Makes membership follow a rule.
    pub fn dynamic(mut self, rule: &str) -> Self {
        self.group_types.push("DynamicMembership".to_owned());
        self.membership_rule = Some(rule.to_owned());
        self
    }

    /// Gives the group a mail address.
    pub fn with_mail(mut self) -> Self {
        self.mail_enabled = true;
        self.mail = Some(format!("{}@contoso.example", self.mail_nickname));
        self
    }

    /// Returns whether this is a Microsoft 365 group.
    pub fn is_unified(&self) -> bool {
        self.group_types.iter().any(|kind| kind == "Unified")
    }

    /// Returns whether a rule decides who is a member.
    pub fn is_dynamic(&self) -> bool {
        self.group_types.iter().any(|kind| kind == "DynamicMembership")
    }

    /// Returns whether only members and owners may see who is a member.
    pub fn hides_members(&self) -> bool {
        self.visibility.as_deref() == Some("HiddenMembership")
    }
}

/// An application's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePrincipal {
    /// The object id.
    pub id: Uuid,
    /// The name shown.
    pub display_name: String,
    /// The application's client id.
    pub app_id: Uuid,
}

/// A role in an application that a group has, and so everybody directly in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppRoleAssignment {
    /// The group.
    pub group: Uuid,
    /// The application's account.
    pub application: Uuid,
    /// The role; all zeros for the default one.
    pub role: Uuid,
}

/// Makes a mail nickname: ASCII letters and digits of the name, else one from the id.
fn nickname(id: Uuid, display_name: &str) -> String {
    let plain: String = display_name.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    if plain.is_empty() { format!("g{}", &id.simple().to_string()[24..]) } else { plain.to_lowercase() }
}
