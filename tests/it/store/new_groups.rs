//! Whose new groups take part at once: versions of the rule, and what it does when a group is there.

use roster::{
    domain::{
        creating::Creation,
        directory::{GroupFacts, Kind},
        event::EventKind,
        group_life::Course,
        ids::{EventId, GroupId},
        new_groups::{Rule, Whose},
        terms::Terms,
    },
    store::{Moved, Store},
};
use uuid::Uuid;

use super::{ada, alan, each_database, event, event_count, grace, group, noon};

fn rule(version: i64, whose: Whose) -> Rule {
    let terms = Terms { open_days: 30, ..Terms::default() };
    Rule { version, whose, named: vec![grace()], terms, by: ada(), at: noon() }
}

fn engines() -> GroupId {
    GroupId(Uuid::from_u128(700))
}

async fn decided(store: &Store) -> Creation {
    let id = EventId::new();
    let creation = Creation {
        id,
        kind: Kind::Security,
        name: "Engines".to_owned(),
        purpose: "Engines.".to_owned(),
        nickname: format!("engines-{id}"),
        owners: Vec::new(),
        members: Vec::new(),
        by: grace(),
        at: noon(),
        course: Course::Sent,
        group: None,
        problem: None,
        commission: None,
    };
    assert!(store.creations().begin(&creation, &event(EventKind::CreationDecided)).await.unwrap().is_yes());
    creation
}

#[tokio::test]
async fn of_two_who_set_the_next_version_one_is_told() {
    each_database(async |database| {
        let (rules, told) = (database.store.new_group_rules(), event(EventKind::NewGroupsSet));
        assert_eq!(rules.latest().await.unwrap(), None);

        let first = rules.set(&rule(1, Whose::Named), &told).await.unwrap();
        let again = rules.set(&rule(1, Whose::Everybody), &told).await.unwrap();
        let ahead = rules.set(&rule(7, Whose::Everybody), &told).await.unwrap();
        let next = rules.set(&rule(2, Whose::Nobody), &told).await.unwrap();

        assert_eq!((first, again, ahead, next), (Moved::Yes, Moved::No, Moved::No, Moved::Yes));
        assert_eq!(rules.latest().await.unwrap(), Some(rule(2, Whose::Nobody)));
        assert_eq!(rules.versions(9).await.unwrap(), [rule(2, Whose::Nobody), rule(1, Whose::Named)]);
        assert_eq!(rules.versions(1).await.unwrap().len(), 1);
        assert_eq!(event_count(&database.store).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_created_group_takes_part_by_the_rule_that_holds_and_once() {
    each_database(async |database| {
        let store = &database.store;
        assert!(
            store
                .new_group_rules()
                .set(&rule(1, Whose::Named), &event(EventKind::NewGroupsSet))
                .await
                .unwrap()
                .is_yes()
        );
        let creation = decided(store).await;
        let (made, told) = (group(engines(), "Engines"), event(EventKind::GroupCreated).group(engines()));
        let before = event_count(store).await;

        let first = store.creations().settle_created(&creation, &made, &[grace()], noon(), &told).await.unwrap();
        let again = store.creations().settle_created(&creation, &made, &[grace()], noon(), &told).await.unwrap();

        assert_eq!((first, again), (Moved::Yes, Moved::No));
        let designation = store.designations().find(engines()).await.unwrap().unwrap();
        assert_eq!((designation.terms.open_days, designation.version), (30, 1));
        assert_eq!((&designation.terms_by, designation.designated_at), (&ada(), noon()));
        let events = store.events().latest(2).await.unwrap();
        assert_eq!(event_count(store).await, before + 2);
        let kinds: Vec<_> = events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [EventKind::DesignationCreated, EventKind::GroupCreated]);
        assert_eq!((events[0].actor.as_ref(), events[0].detail["rule"].as_i64()), (None, Some(1)));
        let changed = store.designations().changed_since(0).await.unwrap();
        assert!(changed.iter().any(|one| one.group == engines()), "the catalogue learns of it");
    })
    .await;
}

#[tokio::test]
async fn who_is_not_covered_and_what_is_not_fit_become_candidates() {
    each_database(async |database| {
        let store = &database.store;
        let told = event(EventKind::NewGroupsSet);
        let others = Rule { named: vec![alan()], ..rule(1, Whose::Named) };
        let unfit = GroupFacts { assignable_to_role: Some(true), security_enabled: true, ..GroupFacts::default() };
        let fit = group(engines(), "Engines");
        let unfit = roster::domain::directory::Group { facts: unfit, id: GroupId(Uuid::from_u128(701)), ..fit.clone() };
        for (rule, made) in [(others, fit), (rule(2, Whose::Everybody), unfit)] {
            assert!(store.new_group_rules().set(&rule, &told).await.unwrap().is_yes());
            let creation = decided(store).await;

            let created = event(EventKind::GroupCreated).group(made.id);
            let moved = store.creations().settle_created(&creation, &made, &[grace()], noon(), &created).await.unwrap();

            assert!(moved.is_yes());
            assert_eq!(store.designations().find(made.id).await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test]
async fn what_an_administrator_let_in_meanwhile_keeps_their_terms() {
    each_database(async |database| {
        let store = &database.store;
        let told = event(EventKind::NewGroupsSet);
        assert!(store.new_group_rules().set(&rule(1, Whose::Everybody), &told).await.unwrap().is_yes());
        let creation = decided(store).await;
        let terms = Terms { open_days: 3, ..Terms::default() };
        let let_in = event(EventKind::DesignationCreated);
        assert!(
            store.designations().designate(engines(), &terms, &alan(), None, noon(), &let_in).await.unwrap().is_yes()
        );
        let created = event(EventKind::GroupCreated).group(engines());

        let made = group(engines(), "Engines");
        let moved = store.creations().settle_created(&creation, &made, &[grace()], noon(), &created).await.unwrap();

        assert!(moved.is_yes());
        let kept = store.designations().find(engines()).await.unwrap().unwrap();
        assert_eq!((kept.terms.open_days, kept.terms_by, kept.version), (3, alan(), 1));
    })
    .await;
}
