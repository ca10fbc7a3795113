//! The people of the large company: names, work, managers, guests, and accounts that are disabled.

use fastrand::Rng;
use uuid::Uuid;

use super::names::{Name, Names};
use super::places::{DEPARTMENTS, PARTNERS};
use super::{Taken, id, one, weighted};
use crate::company::{Company, Person};
use crate::contoso_people::MARGARET;

/// How many of a hundred people are guests, and how many of a hundred employees have left: their accounts are disabled.
const GUESTS: u8 = 3;
const LEFT: u8 = 4;

/// How many people one person leads.
const TEAM: usize = 9;

/// The people who were hired, by department, and the guests. The sample company keeps to its own groups.
pub(super) struct Staff {
    /// Who works in each of [`DEPARTMENTS`]; whoever leads comes first.
    pub(super) departments: Vec<Vec<Uuid>>,
    pub(super) guests: Vec<Uuid>,
}

impl Staff {
    /// Draws somebody of a department, else anybody; guests are not drawn.
    pub(super) fn somebody(&self, dice: &mut Rng, department: usize) -> Option<Uuid> {
        let filled: Vec<&Vec<Uuid>> = self.departments.iter().filter(|people| !people.is_empty()).collect();
        let stays = dice.u8(..10) < 7;
        let people = self.departments.get(department).filter(|people| stays && !people.is_empty());
        let people = people.or_else(|| (!filled.is_empty()).then(|| filled[dice.usize(..filled.len())]))?;
        Some(people[dice.usize(..people.len())])
    }
}

/// Fills the company up to so many people.
pub(super) fn hire(dice: &mut Rng, company: &mut Company, people: usize) -> Staff {
    let mut staff = Staff { departments: vec![Vec::new(); DEPARTMENTS.len()], guests: Vec::new() };
    let (names, mut taken) = (Names::read(), Taken::default());
    for person in &company.people {
        let user = person.user_principal_name.split('@').next().unwrap_or_default();
        taken.0.insert(user.to_lowercase());
    }
    for _ in company.people.len()..people {
        let (id, name) = (id(dice), names.draw(dice));
        if dice.u8(..100) < GUESTS {
            company.people.push(guest(dice, &mut taken, id, &name));
            staff.guests.push(id);
        } else {
            let department = weighted(dice, DEPARTMENTS.iter().map(|department| department.share));
            let colleagues = &mut staff.departments[department];
            let person = employee(dice, &mut taken, id, &name, department, colleagues.len());
            company.people.push(person.reporting_to(manager(colleagues)));
            colleagues.push(id);
        }
    }
    staff
}

fn named(taken: &mut Taken, id: Uuid, name: &Name, address: impl Fn(&str) -> String) -> Person {
    let user = taken.new_name(&name.user, |number| format!("{}{number}", name.user));
    let mut person = Person::new(id, &format!("{} {}", name.given, name.family), &address(&user));
    person.given_name = Some(name.given.clone());
    person.surname = Some(name.family.clone());
    person
}

fn guest(dice: &mut Rng, taken: &mut Taken, id: Uuid, name: &Name) -> Person {
    let partner = one(dice, &PARTNERS);
    let person = named(taken, id, name, |user| format!("{user}_{partner}#EXT#@contoso.example"));
    let user = person.user_principal_name.split('_').next().unwrap_or_default().to_owned();
    person.as_guest(&format!("{user}@{partner}"))
}

/// Makes the nth employee of a department. Nine report to the first, nine to each of those, and so on.
fn employee(dice: &mut Rng, taken: &mut Taken, id: Uuid, name: &Name, department: usize, nth: usize) -> Person {
    let work = &DEPARTMENTS[department];
    let title = one(dice, work.titles);
    let title = match nth {
        0 => format!("Director of {}", work.name),
        1..=TEAM => format!("Head of {}, {title}s", work.name),
        _ if dice.u8(..5) == 0 => format!("Senior {}{}", title[..1].to_lowercase(), &title[1..]),
        _ => title.to_owned(),
    };
    let person = named(taken, id, name, |user| format!("{user}@contoso.example")).working_as(&title, work.name);
    // Whoever leads a department is there.
    if nth > TEAM && dice.u8(..100) < LEFT { person.disabled() } else { person }
}

/// Returns whom the next person of a department reports to; its director reports to the director of software.
fn manager(colleagues: &[Uuid]) -> Uuid {
    colleagues.len().checked_sub(1).map_or(MARGARET, |before| colleagues[before / TEAM])
}
