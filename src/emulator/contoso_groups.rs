//! The groups of the sample company: those whose owners decide, and one of every kind where they cannot.

use uuid::Uuid;

use crate::company::{AppRoleAssignment, Group};
use crate::contoso::{PROVISIONING, group};
use crate::contoso_people::{
    ADA, ALAN, ANNIE, BARBARA, DONALD, DOROTHY, EDSGER, FATIMA, FRANCES, GRACE, HEDY, JEAN, JOAN, KATHERINE, KEN,
    LINUS, LONG_NAME, MARGARET, MARY, NIKLAUS, RADIA, ROZSA, SOPHIE, TIM,
};

/// Returns every group.
pub(crate) fn groups() -> Vec<Group> {
    let mut all = security_groups();
    all.extend(microsoft365_groups());
    all.extend(unusual_groups());
    all.extend(ruled_or_synced());
    all.extend(protected_or_exchange());
    all.extend(without_a_person());
    all
}

fn security_groups() -> Vec<Group> {
    vec![
        Group::security(group(1), "Compiler Team")
            .described("People who build and release the compilers. Members can merge to the compiler repositories.")
            .owned_by(&[GRACE, MARY, ANNIE])
            .with_members(&[GRACE, FRANCES, EDSGER]),
        Group::security(group(2), "Cryptography Research")
            .described("Researchers who may read unpublished work on ciphers. Ask when you join one of the projects.")
            .owned_by(&[JOAN, GRACE])
            .with_members(&[JOAN, ROZSA]),
        Group::security(group(3), "Data Platform")
            .described("Access to the data warehouse and its dashboards. Members can read every non-personal table.")
            .owned_by(&[GRACE, MARY, ANNIE])
            .with_members(&[MARY, ANNIE, DOROTHY, KEN, JEAN]),
        Group::security(group(4), "Network Operations")
            .described("The people on call for the network. Members can change routers and switches.")
            .owned_by(&[RADIA])
            .with_members(&[RADIA, JEAN]),
    ]
}

fn microsoft365_groups() -> Vec<Group> {
    let mut flight = Group::microsoft365(group(5), "Flight Dynamics")
        .described("Plans, mail and files of the flight dynamics team.")
        .owned_by(&[KATHERINE])
        .with_members(&[KATHERINE, DOROTHY, MARGARET]);
    flight.resource_provisioning_options.push("Team".to_owned());
    flight.photo = Some(include_bytes!("pictures/flight.png").to_vec());
    vec![
        flight,
        Group::microsoft365(group(6), "Language Design")
            .described("Everybody who shapes our programming languages meets and writes here.")
            .owned_by(&[BARBARA])
            .with_members(&[BARBARA, NIKLAUS, SOPHIE]),
        Group::microsoft365(group(7), "Data Stewards")
            .described("Stewards answer questions about personal data. Only members see who they are.")
            .visible("HiddenMembership")
            .owned_by(&[MARGARET])
            .with_members(&[MARGARET, MARY, LINUS]),
        Group::microsoft365(group(8), "Reading Circle")
            .described("One book a month, and talk about it over lunch. Everybody is welcome.")
            .visible("Public")
            .owned_by(&[FRANCES, DOROTHY])
            .with_members(&[FRANCES, DOROTHY, ROZSA, TIM]),
    ]
}

fn unusual_groups() -> Vec<Group> {
    vec![
        Group::microsoft365(group(9), "مكتبة القرويين")
            .described("فريق المكتبة: الفهرسة والمخطوطات والقراءة.")
            .owned_by(&[FATIMA])
            .with_members(&[FATIMA, ROZSA]),
        Group::security(group(10), &long_name())
            .described("A group whose name shows what happens to pages when a name is as long as names get.")
            .owned_by(&[LONG_NAME])
            .with_members(&[LONG_NAME, LINUS]),
        Group::security(group(11), "Type Foundry")
            .described("Access to the licensed typefaces and the tools for setting books.")
            .owned_by(&[DONALD, SOPHIE])
            .with_members(&[SOPHIE, KEN]),
    ]
}

fn ruled_or_synced() -> Vec<Group> {
    let mut payroll = Group::security(group(12), "Payroll")
        .described("People who run the payroll. The directory in the office masters this group.")
        .with_members(&[DOROTHY, JEAN]);
    payroll.on_premises_sync_enabled = Some(true);
    let mut harbour = Group::security(group(13), "Harbour Access")
        .described("People who may enter the harbour site. It was mastered in the office until last year.")
        .owned_by(&[RADIA])
        .with_members(&[KEN]);
    harbour.on_premises_sync_enabled = Some(false);
    let employees = [
        ALAN, GRACE, ADA, JOAN, MARY, ANNIE, KATHERINE, BARBARA, MARGARET, RADIA, FATIMA, HEDY, LONG_NAME, EDSGER,
        DOROTHY, FRANCES, KEN, JEAN, LINUS, SOPHIE, NIKLAUS, ROZSA,
    ];
    vec![
        payroll,
        harbour,
        Group::security(group(14), "All Employees")
            .described("Every employee with an account. A rule decides who is in it.")
            .dynamic("user.userType -eq \"Member\" and user.accountEnabled -eq true")
            .owned_by(&[ADA])
            .with_members(&employees),
        Group::microsoft365(group(15), "Office Paris")
            .described("News of the Paris office. A rule on the office decides who is in it.")
            .dynamic("user.physicalDeliveryOfficeName -eq \"Paris\"")
            .owned_by(&[SOPHIE])
            .with_members(&[SOPHIE, LINUS]),
    ]
}

fn protected_or_exchange() -> Vec<Group> {
    let facilities = Group::security(group(16), "Facilities Mail")
        .described("Mail to the facilities desk, and the keys to its rooms.")
        .with_mail()
        .with_members(&[JEAN]);
    let mut announcements = Group::security(group(17), "Announcements")
        .described("Announcements to the whole company.")
        .with_mail()
        .with_members(&[DOROTHY, KEN]);
    announcements.security_enabled = false;
    let mut tier_zero = Group::security(group(18), "Tier Zero Admins")
        .described("Administrators of the identity systems. Directory roles hang on this group.")
        .visible("Private")
        .owned_by(&[ADA])
        .with_members(&[HEDY]);
    tier_zero.is_assignable_to_role = true;
    let mut vault = Group::security(group(19), "Vault Keepers")
        .described("People with access to the vault. Only administrators of its unit may change it.")
        .owned_by(&[RADIA])
        .with_members(&[RADIA]);
    vault.is_management_restricted = true;
    vec![facilities, announcements, tier_zero, vault]
}

fn without_a_person() -> Vec<Group> {
    vec![
        Group::security(group(20), "Orphaned Projects")
            .described("Old project folders. The last owner left the company.")
            .with_members(&[EDSGER]),
        Group::security(group(21), "Build Agents")
            .described("Accounts that build and test. An application looks after this group.")
            .owned_by(&[PROVISIONING])
            .with_members(&[PROVISIONING]),
    ]
}

/// Returns what groups open: the application that provisions lets the data people read its reports.
pub(crate) fn app_role_assignments() -> Vec<AppRoleAssignment> {
    vec![AppRoleAssignment { group: group(3), application: PROVISIONING, role: Uuid::nil() }]
}

/// Makes a name of exactly 120 characters.
fn long_name() -> String {
    let name = "Cross-departmental working group on the harmonisation of measurement units in laboratories, workshops and field stations worldwide";
    name.chars().take(120).collect()
}
