//! Accounts that cannot sign in, and what changed about anybody's.

use roster::{
    domain::{
        accounts::{Account, Unable},
        ids::PersonId,
    },
    graph::{AccessToken, AccountPages, Error, Limits},
};
use roster_emulator::{Company, Person};
use uuid::Uuid;

use super::Tenant;

const DISABLED: Account = Account::Cannot(Unable::Disabled);
const DELETED: Account = Account::Cannot(Unable::Deleted);

impl Tenant {
    fn reads_people(&self) -> AccessToken {
        self.scoped("Ada Lovelace", &["User.Read.All"])
    }
}

async fn all(mut pages: AccountPages<'_>) -> Result<Vec<(PersonId, Account)>, Error> {
    let mut all = Vec::new();
    while let Some(page) = pages.next_page().await? {
        all.extend(page);
    }
    all.sort();
    Ok(all)
}

fn sorted<const N: usize>(mut told: [(PersonId, Account); N]) -> Vec<(PersonId, Account)> {
    told.sort();
    told.to_vec()
}

#[tokio::test]
async fn accounts_that_are_disabled_are_listed_and_nothing_else_of_them_is_read() {
    let tenant = Tenant::start().await;
    let token = tenant.reads_people();
    let grace = tenant.person("Grace Hopper");
    tenant.emulator.set_enabled(grace.0, false);

    let disabled = all(tenant.graph.person(&token).reader().disabled_accounts()).await.unwrap();

    assert_eq!(disabled, sorted([(grace, DISABLED), (tenant.person("Donald Knuth"), DISABLED)]));
    let calls = tenant.emulator.calls();
    assert!(calls[0].path.contains("$select=id&") && calls[0].path.contains("$top=999"), "{}", calls[0].path);
}

#[tokio::test]
async fn many_are_read_999_with_a_call() {
    let mut company = Company::contoso();
    let many = (0..2100_u128).map(|n| {
        let name = format!("person.{n}@contoso.example");
        Person::new(Uuid::from_u128(0xacc0_0000 + n), &format!("Person {n}"), &name).disabled()
    });
    company.people.extend(many);
    let tenant = Tenant::with(company, Limits::default()).await;
    let token = tenant.reads_people();

    let disabled = all(tenant.graph.person(&token).reader().disabled_accounts()).await.unwrap();

    assert_eq!((disabled.len(), tenant.emulator.calls().len()), (2101, 3));
}

#[tokio::test]
async fn changes_tell_who_was_disabled_enabled_deleted_and_restored() {
    let tenant = Tenant::start().await;
    let token = tenant.reads_people();
    let reader = tenant.graph.person(&token).reader();
    let [grace, donald, alan] = ["Grace Hopper", "Donald Knuth", "Alan Turing"].map(|name| tenant.person(name));
    let link = reader.accounts_from_now().await.unwrap();
    tenant.emulator.change_person(tenant.person("Mary Jackson").0, |mary| mary.job_title = Some("Fellow".to_owned()));
    tenant.emulator.set_enabled(grace.0, false);
    tenant.emulator.set_enabled(donald.0, true);
    let turing = tenant.emulator.person("Alan Turing").unwrap();
    tenant.emulator.delete_person(alan.0);

    let mut pages = reader.accounts_changed_since(&link).unwrap();
    let mut first = pages.next_page().await.unwrap().unwrap();
    assert_eq!(pages.next_page().await, Ok(None));
    tenant.emulator.add_person(turing);
    let then = all(reader.accounts_changed_since(&pages.link().unwrap()).unwrap()).await.unwrap();

    first.sort();
    assert_eq!(first, sorted([(grace, DISABLED), (donald, Account::Can), (alan, DELETED)]));
    assert_eq!(then, [(alan, Account::Can)]);
    assert!(link.starts_with("/v1.0/users/delta?$deltatoken="), "{link}");
}

#[tokio::test]
async fn when_the_directory_forgot_what_changed_one_starts_over() {
    for is_reset in [true, false] {
        let tenant = Tenant::start().await;
        let token = tenant.reads_people();
        let reader = tenant.graph.person(&token).reader();
        let link = reader.accounts_from_now().await.unwrap();
        if is_reset {
            tenant.emulator.reset_delta();
        } else {
            tenant.emulator.advance_clock(8 * 24 * 3600);
        }
        let token = tenant.reads_people();
        let reader = tenant.graph.person(&token).reader();

        let changes = all(reader.accounts_changed_since(&link).unwrap()).await;

        assert_eq!(changes, Err(Error::StartOver), "reset: {is_reset}");
    }
    let tenant = Tenant::start().await;
    let token = tenant.reads_people();
    let astray = tenant.graph.person(&token).reader().accounts_changed_since("https://elsewhere.example/users/delta");
    assert_eq!(astray.err(), Some(Error::StartOver));
}

#[tokio::test]
async fn without_the_permission_the_directory_says_so() {
    let tenant = Tenant::start().await;
    let token = tenant.scoped("Ada Lovelace", &[]);

    let link = tenant.graph.person(&token).reader().accounts_from_now().await;

    assert_eq!(link, Err(Error::NotAllowed));
}

#[tokio::test]
async fn one_account_is_read_by_itself() {
    let tenant = Tenant::start().await;
    let token = tenant.reads_people();
    let reader = tenant.graph.person(&token).reader();

    assert_eq!(reader.account(tenant.person("Grace Hopper")).await, Ok(Account::Can));
    assert_eq!(reader.account(tenant.person("Donald Knuth")).await, Ok(DISABLED));
    assert_eq!(reader.account(PersonId(super::NOBODY)).await, Ok(DELETED));
}
