//! Accounts that cannot sign in: which groups they concern, and what a round of changes makes of them.

use std::collections::BTreeMap;

use roster::{
    domain::{
        accounts::{Account, Unable},
        directory_copy::{Linked, Outcome, Reading, Wanted, Way},
        ids::{GroupId, PersonId},
    },
    store::{AccountNews, Found, FoundAccounts, FoundGroups, FoundMembers, Store},
};
use uuid::Uuid;

use super::{DAY, ada, compilers, each_database, gardeners, grace, group, noon};

const DISABLED: Account = Account::Cannot(Unable::Disabled);
const DELETED: Account = Account::Cannot(Unable::Deleted);

/// What is told, and which of the owners cannot sign in after it; nothing changes without.
type Step<'a> = (&'a [(PersonId, Account)], Option<&'a [PersonId]>);

fn link() -> (String, Linked) {
    ("/v1.0/users/delta?$deltatoken=a".to_owned(), Linked { begun_at: noon(), way: Way::Service })
}

fn whole(people: &[PersonId]) -> AccountNews {
    AccountNews::Whole(people.to_vec(), link())
}

fn changed(told: &[(PersonId, Account)]) -> AccountNews {
    AccountNews::Changed(told.iter().copied().collect::<BTreeMap<_, _>>(), link())
}

async fn exchange(store: &Store, groups: FoundGroups, news: AccountNews) {
    let wanted = Wanted::ByAnAdministrator { at: noon() + DAY, even_if_it_loses: false };
    let lease = store.directory().begin_refresh(wanted, noon()).await.unwrap().unwrap();
    let accounts = FoundAccounts { news, outcome: Some(Outcome::Done) };
    let found = Found { groups, link: None, members: FoundMembers::default(), accounts };
    let reading = Reading { at: noon(), outcome: Outcome::Done, way: Way::Service };
    store.directory().exchange(&lease, &found, reading, |_| None).await.unwrap().unwrap();
}

/// Fills the copy: Grace and Ada own the compilers, Ada alone the garden.
async fn filled(store: &Store, news: AccountNews) {
    let groups = vec![
        (group(compilers(), "Compiler Team"), vec![grace(), ada()]),
        (group(gardeners(), "Garden Team"), vec![ada()]),
    ];
    exchange(store, FoundGroups::Whole(groups), news).await;
}

async fn learns(store: &Store, news: AccountNews) {
    exchange(store, FoundGroups::Changed(Vec::new()), news).await;
}

async fn unable(store: &Store, group: GroupId) -> Option<Vec<PersonId>> {
    store.directory().group(group).await.unwrap().unwrap().unable
}

/// Returns the groups that have the newest change number, which the given one is not.
async fn touched(store: &Store, before: i64) -> Vec<GroupId> {
    store.directory().groups_changed_since(before).await.unwrap().into_iter().map(|copied| copied.group.id).collect()
}

async fn number(store: &Store) -> i64 {
    store.directory().groups_changed_since(0).await.unwrap().iter().map(|copied| copied.change).max().unwrap()
}

#[tokio::test]
async fn nothing_is_known_of_owners_before_the_accounts_are_read_and_when_they_may_not_be_any_more() {
    each_database(async |database| {
        let store = &database.store;
        filled(store, AccountNews::Same).await;
        let never = unable(store, compilers()).await;
        let first = number(store).await;

        learns(store, whole(&[grace().id])).await;
        let (known, of_others) = (unable(store, compilers()).await, unable(store, gardeners()).await);
        let by_first = touched(store, first).await;
        let second = number(store).await;
        learns(store, AccountNews::Nothing).await;

        assert_eq!(never, None);
        assert_eq!((known, of_others), (Some(vec![grace().id]), Some(vec![])));
        assert_eq!(by_first, [compilers(), gardeners()], "of each it is known now who can answer");
        assert_eq!(unable(store, compilers()).await, None);
        assert_eq!(touched(store, second).await, [compilers(), gardeners()]);
        assert_eq!(store.directory().sizes().await.unwrap().accounts, 0);
        assert_eq!(store.directory().links().await.unwrap().accounts, None);
    })
    .await;
}

#[tokio::test]
async fn accounts_are_disabled_enabled_deleted_and_restored_and_only_their_groups_change() {
    each_database(async |database| {
        let store = &database.store;
        let (grace, ada) = (grace().id, ada().id);
        filled(store, whole(&[])).await;
        let steps: [Step<'_>; 8] = [
            (&[(grace, DISABLED)], Some(&[grace])),
            (&[(grace, DISABLED)], None),
            (&[(grace, DELETED), (PersonId(Uuid::from_u128(77)), DISABLED)], None),
            (&[(grace, Account::There)], Some(&[])),
            (&[(grace, DISABLED)], Some(&[grace])),
            (&[(grace, Account::There)], None),
            (&[(grace, Account::Can)], Some(&[])),
            (&[(grace, Account::Can), (ada, Account::There)], None),
        ];

        for (at, (told, after)) in steps.into_iter().enumerate() {
            let (before, number) = (unable(store, compilers()).await, number(store).await);
            learns(store, changed(told)).await;

            let (expected, groups) = match after {
                Some(after) => (Some(after.to_vec()), vec![compilers()]),
                None => (before, vec![]),
            };
            assert_eq!(unable(store, compilers()).await, expected, "step {at}");
            assert_eq!(touched(store, number).await, groups, "step {at}");
        }
        assert_eq!(database.text("SELECT why FROM directory_account").await, "disabled");
    })
    .await;
}

#[tokio::test]
async fn a_new_whole_reading_takes_the_place_of_the_old() {
    each_database(async |database| {
        let store = &database.store;
        let (grace, ada) = (grace().id, ada().id);
        filled(store, whole(&[grace])).await;
        learns(store, changed(&[(PersonId(Uuid::from_u128(77)), DELETED)])).await;
        let before = number(store).await;

        learns(store, whole(&[ada])).await;

        assert_eq!(unable(store, compilers()).await, Some(vec![ada]));
        assert_eq!(unable(store, gardeners()).await, Some(vec![ada]));
        assert_eq!(touched(store, before).await, [compilers(), gardeners()]);
        assert_eq!(store.directory().sizes().await.unwrap().accounts, 1);
        assert_eq!(store.directory().standing().await.unwrap().accounts.map(|last| last.outcome), Some(Outcome::Done));
    })
    .await;
}

#[tokio::test]
async fn many_accounts_cost_few_statements() {
    each_database(async |database| {
        let store = &database.store;
        filled(store, whole(&[])).await;
        let many: Vec<PersonId> = (0..5000_u128).map(|n| PersonId(Uuid::from_u128(0xacc0_0000 + n))).collect();
        let cost = async |news| {
            let before = store.statements();
            learns(store, news).await;
            store.statements() - before
        };

        let nothing = cost(AccountNews::Same).await;
        let filling = cost(whole(&many)).await;
        let again = cost(whole(&many)).await;
        let round = cost(changed(&[(many[0], Account::Can), (grace().id, DISABLED)])).await;
        let quiet = cost(changed(&[])).await;

        // What is held, three times 2,000 rows and the groups of those, the link there was and the one there is.
        assert_eq!(filling - nothing, 1 + 3 + 3 + 2);
        assert_eq!(again - nothing, 1 + 2);
        assert_eq!(round - nothing, 1 + 1 + 1 + 1 + 2);
        assert_eq!(quiet - nothing, 2);
    })
    .await;
}
