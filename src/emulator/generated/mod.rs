//! A large company, made up from a seed: the same seed gives the same people, groups and ids.
//!
//! The sample company stays in it with everybody and every group, so what is said of Ada and Grace holds there as well.

mod group_kinds;
mod group_names;
mod groups;
mod names;
mod people;
mod places;

use std::collections::HashSet;

use fastrand::Rng;
use uuid::{Builder, Uuid};

use crate::company::Company;

impl Company {
    /// Returns a company of so many people and groups, the sample company's among them; groups have `members` direct members
    /// on average.
    pub fn generated(seed: u64, people: usize, groups: usize, members: usize) -> Self {
        let mut company = Self::contoso();
        let mut dice = Rng::with_seed(seed);
        let staff = people::hire(&mut dice, &mut company, people);
        groups::found(&mut dice, &mut company, &staff, groups, members);
        let everybody = company.people.iter().filter(|person| person.account_enabled && !person.is_guest());
        let everybody: Vec<Uuid> = everybody.map(|person| person.id).collect();
        // The rule of this group takes every employee in.
        if let Some(group) = company.groups.iter_mut().find(|group| group.display_name == "All Employees") {
            group.members = everybody;
        }
        company
    }
}

/// Draws an object id.
fn id(dice: &mut Rng) -> Uuid {
    let mut bytes = [0; 16];
    dice.fill(&mut bytes);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// Draws one of a list.
fn one<'a, T: ?Sized>(dice: &mut Rng, list: &[&'a T]) -> &'a T {
    list[dice.usize(..list.len())]
}

/// Draws by weight: returns the index of the weight that was met.
fn weighted(dice: &mut Rng, weights: impl IntoIterator<Item = u32> + Clone) -> usize {
    let total: u32 = weights.clone().into_iter().sum();
    let mut point = dice.u32(..total);
    for (index, weight) in weights.into_iter().enumerate() {
        if point < weight {
            return index;
        }
        point -= weight;
    }
    0
}

/// Names that are taken. A name that comes again gets a number.
#[derive(Debug, Default)]
struct Taken(HashSet<String>);

impl Taken {
    /// Returns the name, or the name with the first number that makes it new.
    fn new_name(&mut self, name: &str, numbered: impl Fn(usize) -> String) -> String {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while !self.0.insert(candidate.to_lowercase()) {
            candidate = numbered(number);
            number += 1;
        }
        candidate
    }
}

#[cfg(test)]
mod tests;
