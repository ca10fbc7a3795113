//! The large company is believable, and the same for the same seed.

use std::collections::{BTreeSet, HashMap};

use super::*;
use crate::company::Group;

fn company() -> Company {
    Company::generated(7, 2_000, 1_000, 12)
}

fn share<T>(list: &[T], fits: impl Fn(&T) -> bool) -> f64 {
    let fitting = u32::try_from(list.iter().filter(|one| fits(one)).count()).unwrap_or_default();
    f64::from(fitting) / f64::from(u32::try_from(list.len()).unwrap_or(1))
}

#[test]
fn the_same_seed_gives_the_same_company() {
    let (one, same, other) = (company(), company(), Company::generated(8, 2_000, 1_000, 12));

    assert_eq!(one.people, same.people);
    assert_eq!(one.groups, same.groups);
    assert_ne!(one.people[1_000].id, other.people[1_000].id);
    assert_eq!((one.people.len(), one.groups.len()), (2_000, 1_000));
}

#[test]
fn the_sample_company_stays_in_it() {
    let (large, sample) = (company(), Company::contoso());

    assert_eq!(large.people_to_try, sample.people_to_try);
    for person in &sample.people {
        assert!(large.people.contains(person), "{}", person.display_name);
    }
    for group in sample.groups.iter().filter(|group| group.display_name != "All Employees") {
        assert!(large.groups.contains(group), "{}", group.display_name);
    }
}

#[test]
fn ids_addresses_and_names_of_groups_are_one_of_a_kind() {
    let company = company();
    let ids: BTreeSet<Uuid> =
        company.people.iter().map(|one| one.id).chain(company.groups.iter().map(|one| one.id)).collect();
    let users: BTreeSet<&str> = company.people.iter().map(|one| one.user_principal_name.as_str()).collect();
    let nicknames: BTreeSet<&str> = company.groups.iter().map(|one| one.mail_nickname.as_str()).collect();
    let names: BTreeSet<String> = company.groups.iter().map(|one| one.display_name.to_lowercase()).collect();

    assert_eq!(ids.len(), 3_000);
    assert_eq!((users.len(), nicknames.len(), names.len()), (2_000, 1_000, 1_000));
    assert!(company.groups.iter().all(|group| group.display_name.chars().count() <= 256));
    assert!(company.groups.iter().all(|group| group.mail_nickname.len() <= 64));
}

#[test]
fn people_and_groups_come_in_believable_shares() {
    let company = company();
    let guests = share(&company.people, |person| person.is_guest());
    let disabled = share(&company.people, |person| !person.account_enabled);
    let kind = |fits: fn(&Group) -> bool| share(&company.groups, fits);
    let average = company.groups[21..].iter().map(|group| group.members.len()).sum::<usize>() / 979;

    assert!((0.02..0.045).contains(&guests), "{guests}");
    assert!((0.02..0.06).contains(&disabled), "{disabled}");
    assert!((10..=14).contains(&average), "{average}");
    assert!((0.25..0.40).contains(&kind(Group::is_unified)));
    assert!((0.04..0.10).contains(&kind(Group::is_dynamic)));
    assert!((0.05..0.12).contains(&kind(|group| group.on_premises_sync_enabled == Some(true))));
    assert!(kind(|group| group.mail_enabled && !group.is_unified()) > 0.05);
    for rare in [
        kind(Group::hides_members),
        kind(|group| group.is_assignable_to_role),
        kind(|group| group.is_management_restricted),
        kind(|group| group.on_premises_sync_enabled == Some(false)),
        kind(|group| group.display_name.chars().count() > 120),
        kind(|group| group.display_name.chars().any(|letter| ('ء'..='ي').contains(&letter))),
        kind(|group| group.owners.is_empty() && !group.mail_enabled),
        kind(|group| group.owners.len() == 1),
    ] {
        assert!(rare > 0.0);
    }
}

#[test]
fn members_are_people_or_older_groups_and_nobody_twice() {
    let company = company();
    let known: HashMap<Uuid, usize> =
        company.groups.iter().enumerate().map(|(index, group)| (group.id, index)).collect();

    for (index, group) in company.groups.iter().enumerate() {
        let different: BTreeSet<&Uuid> = group.members.iter().collect();
        assert_eq!(different.len(), group.members.len(), "{}", group.display_name);
        let inner = group.members.iter().filter_map(|id| known.get(id));
        assert!(inner.clone().all(|inner| *inner < index), "{}", group.display_name);
        assert!(!group.is_unified() || inner.count() == 0, "{}", group.display_name);
    }
}

#[test]
fn everybody_but_guests_has_a_manager_and_nobody_leads_more_than_a_few() {
    let company = company();
    let mut led: HashMap<Uuid, usize> = HashMap::new();

    for person in company.people.iter().skip(24) {
        assert_eq!(person.manager.is_none(), person.is_guest(), "{}", person.display_name);
        if let Some(manager) = person.manager {
            *led.entry(manager).or_default() += 1;
        }
    }

    let margaret = crate::contoso_people::MARGARET;
    assert!(led.iter().all(|(manager, led)| *led <= 9 || *manager == margaret), "{led:?}");
    assert_eq!(led[&margaret], 16);
}

#[test]
fn a_small_wish_leaves_the_sample_company_alone() {
    let company = Company::generated(1, 0, 0, 25);

    assert_eq!((company.people.len(), company.groups.len()), (24, 21));
}
