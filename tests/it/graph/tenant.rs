//! What the tenant lets everybody do.

use roster::{
    domain::ids::GroupId,
    graph::{Error, ExpirationPolicy, Expiring, GuestRights, Rights},
};
use roster_emulator::{AuthorizationPolicy, LifecyclePolicy};

use super::{NOBODY, Tenant};

#[tokio::test]
async fn what_people_may_do_without_a_role_can_be_read() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Ada Lovelace", &["Policy.Read.All"]);
    let ada = tenant.graph.person(&token);

    let at_first = ada.rights().await.unwrap();
    tenant.emulator.change_authorization_policy(|policy| {
        policy.allowed_to_create_security_groups = false;
        policy.guest_user_role_id = AuthorizationPolicy::GUESTS_RESTRICTED;
    });
    let later = ada.rights().await.unwrap();
    tenant.emulator.change_authorization_policy(|policy| policy.guest_user_role_id = NOBODY);

    let rights = |create, guests| Rights { create_security_groups: Some(create), read_others: Some(true), guests };
    assert_eq!(at_first, rights(true, GuestRights::Limited));
    assert_eq!(later, rights(false, GuestRights::Restricted));
    assert_eq!(ada.rights().await.unwrap().guests, GuestRights::Unknown);
}

#[tokio::test]
async fn settings_are_those_of_the_template_until_the_tenant_has_its_own() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Ada Lovelace", &["GroupSettings.Read.All"]);
    let ada = tenant.graph.person(&token);

    let at_first = ada.group_settings().await.unwrap();
    for (name, value) in [
        ("EnableGroupCreation", "False"),
        ("GroupCreationAllowedGroupId", "0000dead-0000-0000-0000-000000000000"),
        ("CustomBlockedWordsList", "ceo,payroll"),
    ] {
        tenant.emulator.set_group_setting(name, value);
    }
    let later = ada.group_settings().await.unwrap();

    assert!(at_first.everybody_creates && at_first.guests_join && at_first.blocked_words.is_empty());
    assert!(!later.everybody_creates && later.guests_join);
    assert_eq!(later.blocked_words, ["ceo", "payroll"]);
    assert_eq!(later.creators, "0000dead-0000-0000-0000-000000000000".parse::<GroupId>().ok());
}

#[tokio::test]
async fn groups_expire_under_a_policy_only() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Ada Lovelace", &["Directory.Read.All"]);
    let ada = tenant.graph.person(&token);

    tenant.emulator.set_lifecycle_policy(None);
    let without = ada.expiration_policy().await;
    tenant.emulator.set_lifecycle_policy(Some(LifecyclePolicy::for_all(180)));
    let with = ada.expiration_policy().await;

    assert_eq!(without, Ok(None));
    assert_eq!(with, Ok(Some(ExpirationPolicy { days: Some(180), groups: Expiring::All })));
}

#[tokio::test]
async fn without_the_scope_the_tenant_says_nothing() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Ada Lovelace", &[]);
    let ada = tenant.graph.person(&token);
    // Settings and templates are asked for at once; the templates are refused alone here.
    let settings = tenant.scoped("Ada Lovelace", &["GroupSettings.Read.All"]);

    assert_eq!(ada.rights().await, Err(Error::NotAllowed));
    assert_eq!(ada.expiration_policy().await, Err(Error::NotAllowed));
    for list in ["/groupSettings", "/groupSettingTemplates"] {
        tenant.refuse(list);
        assert_eq!(tenant.graph.person(&settings).group_settings().await, Err(Error::NotAllowed), "{list}");
    }
}
