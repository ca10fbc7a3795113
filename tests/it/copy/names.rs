//! Names that somebody chose to disturb.

use roster::domain::ids::GroupId;

use crate::support::{database::each_database, portal::Setup};

#[tokio::test]
async fn a_name_with_marks_that_cannot_be_seen_is_read_without_them() {
    each_database(async |database| {
        let portal = Setup { database: Some(database), ..Setup::default() }.start().await;
        let group = portal.emulator.group_named("Type Foundry");
        portal.emulator.change_group(group, |group| {
            group.display_name = "Type\0 \u{202e}Foundry".to_owned();
            group.description = Some("\u{2066}Typefaces\u{7}\0".to_owned());
        });
        let owner = portal.emulator.person_named("Grace Hopper");
        portal.emulator.change_person(owner, |person| person.display_name = "Grace\0 \u{202e}Hopper".to_owned());

        portal.refresh().await;

        let directory = portal.app.store.directory();
        let copied = directory.group(GroupId(group)).await.unwrap().unwrap().group;
        assert_eq!((copied.name.as_str(), copied.description.as_str()), ("Type Foundry", "Typefaces"));
        let team = portal.emulator.group_named("Compiler Team");
        let owners = directory.group(GroupId(team)).await.unwrap().unwrap().owners;
        assert!(owners.iter().any(|owner| owner.name == "Grace Hopper"), "{owners:?}");
    })
    .await;
}
