//! What it costs to read the groups of a very large tenant.

use roster_emulator::{Company, Group};
use uuid::Uuid;

use crate::support::portal::Setup;

const GROUPS: usize = 100_000;
/// One group in so many has more owners than a listing brings along, and is asked for by itself.
const ONE_IN: usize = 100;
/// What a full reading may cost, in resource units.
const MOST_UNITS: u32 = 5_000;

fn large() -> Company {
    let mut company = Company::contoso();
    let people: Vec<Uuid> = company.people.iter().filter(|person| !person.is_guest()).map(|person| person.id).collect();
    let team = |number: usize| {
        let owners = if number.is_multiple_of(ONE_IN) { &people[..21] } else { &people[number % 20..][..2] };
        let id = Uuid::from_u128(0x1a26_e000_0000_0000 + number as u128);
        Group::security(id, &format!("Team {number:06}")).owned_by(owners)
    };
    let known = company.groups.len();
    company.groups.extend((known..GROUPS).map(team));
    company
}

#[tokio::test]
async fn a_hundred_thousand_groups_with_their_owners_are_read_within_their_budget() {
    let portal = Setup { company: large(), designated: false, ..Setup::default() }.start().await;
    let token = portal.token(portal.admin().id.0);
    portal.emulator.forget_calls();
    let begun = std::time::Instant::now();

    let reader = portal.app.graph.person(&token).reader();
    reader.changes_from_now().await.unwrap();
    let (mut pages, mut groups, mut owners) = (reader.groups(), 0, 0);
    while let Some(page) = pages.next_page().await.unwrap() {
        groups += page.len();
        owners += page.iter().map(|(_, owners)| owners.len()).sum::<usize>();
    }

    let units: u32 = portal.emulator.calls().iter().map(|call| call.resource_units).sum();
    eprintln!("{groups} groups, {owners} owners: {units} units in {:?}", begun.elapsed());
    assert_eq!(groups, GROUPS);
    assert!(owners > 2 * GROUPS);
    assert!(units <= MOST_UNITS, "{units} units");
}
