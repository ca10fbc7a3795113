//! Asking whether a name would do.

use roster::{
    domain::ids::GroupId,
    graph::{Error, Flaw, NamePart, Nickname, Objection},
};

use super::{NOBODY, Tenant};

const SCOPES: [&str; 2] = ["Directory.Read.All", "Group.ReadWrite.All"];

fn nickname(text: &str) -> Nickname {
    Nickname::read(text).expect("this is a nickname")
}

#[tokio::test]
async fn the_check_that_a_new_name_fails_is_named() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Alan Turing", &SCOPES);
    let alan = tenant.graph.person(&token);
    let theirs = tenant.emulator.group("Compiler Team").unwrap().mail_nickname;
    let objection = |part, flaw| Ok(Some(Objection { part, flaw }));

    assert_eq!(alan.objection_to_new("Poets", &nickname("poets")).await, Ok(None));
    let used = alan.objection_to_new("Poets", &nickname(&theirs)).await;
    tenant.emulator.set_group_setting("CustomBlockedWordsList", "payroll");
    let blocked = alan.objection_to_new("Payroll poets", &nickname("poets")).await;
    tenant.emulator.set_group_setting("PrefixSuffixNamingRequirement", "GRP_[GroupName]");
    let bare = alan.objection_to_new("Poets", &nickname("GRP_poets")).await;

    assert_eq!(used, objection(NamePart::Nickname, Flaw::Taken));
    assert_eq!(blocked, objection(NamePart::Name, Flaw::BlockedWord));
    assert_eq!(bare, objection(NamePart::Name, Flaw::MissingPrefixOrSuffix));
    assert!(tenant.emulator.group("Poets").is_none());
}

#[tokio::test]
async fn the_check_that_another_name_of_a_group_fails_is_named() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.scoped("Katherine Johnson", &SCOPES), tenant.group("Flight Dynamics"));
    let katherine = tenant.graph.person(&token);

    let fine = katherine.objection_to_renaming(group, "Orbits").await;
    tenant.emulator.set_group_setting("CustomBlockedWordsList", "payroll");
    let blocked = katherine.objection_to_renaming(group, "Payroll orbits").await;

    assert_eq!(fine, Ok(None));
    assert_eq!(blocked, Ok(Some(Objection { part: NamePart::Name, flaw: Flaw::BlockedWord })));
    assert_eq!(katherine.objection_to_renaming(GroupId(NOBODY), "Orbits").await, Err(Error::Gone));
}

#[tokio::test]
async fn without_the_scope_nothing_is_said_about_names() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Alan Turing", &[]);

    let outcome = tenant.graph.person(&token).objection_to_new("Poets", &nickname("poets")).await;

    assert_eq!(outcome, Err(Error::NotAllowed));
}
