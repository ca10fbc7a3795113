//! The groups of the large company: who owns them and who is in them.

use std::collections::HashSet;

use fastrand::Rng;
use uuid::Uuid;

use super::group_kinds::Shape;
use super::people::Staff;
use super::{Taken, group_names, id};
use crate::company::{Company, Group};
use crate::contoso::PROVISIONING;

/// The largest group has so many times the members of an average one.
const LARGEST: usize = 40;

/// Fills the company up to so many groups with `average` members each.
pub(super) fn found(dice: &mut Rng, company: &mut Company, staff: &Staff, groups: usize, average: usize) {
    let mut names = Taken::default();
    let mut nicknames = Taken::default();
    for group in &company.groups {
        names.0.insert(group.display_name.to_lowercase());
        nicknames.0.insert(group.mail_nickname.clone());
    }
    let mut nestable: Vec<Uuid> = Vec::new();
    for _ in company.groups.len()..groups {
        let (id, shape, mut label) = (id(dice), Shape::draw(dice), group_names::draw(dice));
        label.name = names.new_name(&label.name, |number| format!("{} {number}", label.name));
        let plain = nickname(id, &label.name);
        let nickname = nicknames.new_name(&plain, |number| format!("{plain}{number}"));
        let mut group = shape.group(dice, id, &label, nickname);
        group.created = created(dice);
        if shape.has_owners() {
            group.owners = owners(dice, staff, label.department);
        }
        group.members = members(dice, staff, label.department, average, &group);
        if shape.nests() && dice.u8(..25) == 0 && !nestable.is_empty() {
            // Only groups that are older can be inside, so no group is inside itself.
            group.members.push(nestable[dice.usize(..nestable.len())]);
        }
        if shape == Shape::Security {
            nestable.push(id);
        }
        company.groups.push(group);
    }
}

/// Draws owners: nobody, one person, a few, or an application alone.
fn owners(dice: &mut Rng, staff: &Staff, department: usize) -> Vec<Uuid> {
    let count = match dice.u8(..100) {
        0..8 => 0,
        8..10 => return vec![PROVISIONING],
        10..40 => 1,
        40..85 => 2,
        _ => dice.usize(3..6),
    };
    distinct(count, || staff.somebody(dice, department))
}

/// Draws members: most groups are smaller than the average, a few are much larger.
fn members(dice: &mut Rng, staff: &Staff, department: usize, average: usize, group: &Group) -> Vec<Uuid> {
    let luck = 1.0 - dice.f64();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a size")]
    let count = (-luck.ln() * average as f64).round() as usize;
    let count = count.min(average.saturating_mul(LARGEST));
    let mut members = distinct(count, || staff.somebody(dice, department));
    // Whoever owns a group is often in it, and guests are where people meet.
    if dice.bool() {
        members.extend(group.owners.first().filter(|owner| **owner != PROVISIONING && !members.contains(owner)));
    }
    if group.is_unified() && dice.u8(..4) == 0 && !staff.guests.is_empty() {
        members.push(staff.guests[dice.usize(..staff.guests.len())]);
    }
    members
}

/// Draws so many different ones; fewer when there are not enough.
fn distinct(count: usize, mut draw: impl FnMut() -> Option<Uuid>) -> Vec<Uuid> {
    let mut seen = HashSet::with_capacity(count);
    let mut drawn = Vec::with_capacity(count);
    for _ in 0..count.saturating_mul(2) {
        if drawn.len() == count {
            break;
        }
        drawn.extend(draw().filter(|id| seen.insert(*id)));
    }
    drawn
}

/// Draws when a group was made, between 2014 and 2026.
fn created(dice: &mut Rng) -> String {
    let (year, month, day) = (dice.u16(2014..2026), dice.u8(1..13), dice.u8(1..29));
    format!("{year}-{month:02}-{day:02}T{:02}:{:02}:00Z", dice.u8(6..19), dice.u8(..60))
}

fn nickname(id: Uuid, name: &str) -> String {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).take(56).collect();
    if plain.len() < 3 { format!("g{}", &id.simple().to_string()[20..]) } else { plain.to_lowercase() }
}
