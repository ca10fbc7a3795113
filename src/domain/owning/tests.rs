//! Who becomes and ceases to be an owner.

use super::*;
use crate::domain::{
    directory::{Person, PersonRef},
    operation::State,
    samples,
};

struct World {
    viewer: Viewer,
    designation: Option<Designation>,
    live: Live,
    unfinished: Vec<Operation>,
    unable: Option<Vec<PersonId>>,
}

fn somebody(name: &str) -> Person {
    let PersonRef { id, name } = samples::person(name);
    let (username, mail, job_title, department) =
        ("somebody@contoso.example".to_owned(), String::new(), String::new(), String::new());
    Person { id, name, username, mail, job_title, department, guest: Some(false), enabled: Some(true) }
}

fn world(owners: &[&str], person: &str) -> World {
    let group = samples::group("Compiler Team");
    World {
        viewer: samples::viewer("Grace Hopper", &[]),
        designation: Some(samples::designation(&group)),
        live: Live {
            group: Some(group),
            owners: samples::people(owners),
            requester: Some(somebody(person)),
            is_member: None,
        },
        unfinished: Vec::new(),
        unable: None,
    }
}

impl World {
    fn owning(&self) -> Owning<'_> {
        Owning {
            viewer: &self.viewer,
            designation: self.designation.as_ref(),
            live: &self.live,
            unfinished: &self.unfinished,
            unable: self.unable.as_deref(),
        }
    }

    fn adds(&self) -> Result<(), Refusal> {
        may_add(&self.owning(), true)
    }

    fn removes(&self, name: &str) -> Result<(), Refusal> {
        may_remove(&self.owning(), samples::person(name).id, true)
    }
}

fn no(hindrance: Hindrance) -> Result<(), Refusal> {
    Err(Refusal::Hindered(hindrance))
}

#[test]
fn an_owner_makes_a_colleague_an_owner() {
    assert_eq!(world(&["Grace Hopper"], "Alan Turing").adds(), Ok(()));
    assert_eq!(world(&["Grace Hopper", "Alan Turing"], "Alan Turing").adds(), no(Hindrance::Owner));
    assert_eq!(world(&["Mary Jackson"], "Alan Turing").adds(), Err(Refusal::NotOwner));
}

#[test]
fn guests_and_whoever_cannot_sign_in_become_no_owners() {
    let (mut guest, mut disabled, mut gone) =
        (world(&["Grace Hopper"], "Tim Berners"), world(&["Grace Hopper"], "A"), world(&["Grace Hopper"], "A"));
    guest.live.requester.as_mut().unwrap().guest = Some(true);
    guest.designation.as_mut().unwrap().terms.guests_may_ask = true;
    disabled.live.requester.as_mut().unwrap().enabled = Some(false);
    gone.live.requester = None;

    assert_eq!(guest.adds(), no(Hindrance::GuestOwner));
    assert_eq!(disabled.adds(), no(Hindrance::Disabled));
    assert_eq!(gone.adds(), no(Hindrance::Gone));
}

#[test]
fn a_group_has_a_hundred_owners_at_most() {
    let names: Vec<String> = (0..99).map(|number| format!("Owner {number}")).collect();
    let mut owners: Vec<&str> = names.iter().map(String::as_str).collect();
    owners.push("Grace Hopper");
    let full = world(&owners, "Alan Turing");

    assert_eq!(full.adds(), Err(Refusal::TooManyOwners { limit: 100 }));
    assert_eq!(full.removes("Owner 7"), Ok(()));
}

#[test]
fn somebody_who_can_sign_in_stays() {
    let mut two = world(&["Grace Hopper", "Mary Jackson"], "Mary Jackson");

    assert_eq!(world(&["Grace Hopper"], "Grace Hopper").removes("Grace Hopper"), Err(Refusal::LastOwner));
    assert_eq!((two.removes("Mary Jackson"), two.removes("Grace Hopper")), (Ok(()), Ok(())));
    two.unable = Some(vec![samples::person("Mary Jackson").id]);
    assert_eq!(two.removes("Grace Hopper"), Err(Refusal::LastOwner));
    assert_eq!(two.removes("Mary Jackson"), Ok(()));
    assert_eq!(two.removes("Alan Turing"), no(Hindrance::NotOwner));
}

#[test]
fn a_change_of_ours_that_is_not_over_stands_in_the_way() {
    let owed = |kind| Operation { state: State::Unknown, ..samples::write(kind, "Alan Turing", "Compiler Team") };
    let mut coming = world(&["Grace Hopper"], "Alan Turing");
    let mut going = world(&["Grace Hopper", "Alan Turing"], "Alan Turing");
    coming.unfinished.push(owed(Kind::AddOwner));
    going.unfinished.push(owed(Kind::RemoveOwner));

    assert_eq!(coming.adds(), no(Hindrance::BeingAdded));
    assert_eq!(going.removes("Alan Turing"), no(Hindrance::BeingRemoved));
    going.live.owners = samples::people(&["Grace Hopper"]);
    assert_eq!(going.adds(), no(Hindrance::BeingRemoved));
}

#[test]
fn without_the_scope_nothing_is_tried() {
    let missing = Err(Refusal::MissingScope("Group.ReadWrite.All"));
    let two = world(&["Grace Hopper", "Mary Jackson"], "Alan Turing");

    assert_eq!(may_add(&two.owning(), false), missing);
    assert_eq!(may_remove(&two.owning(), samples::person("Mary Jackson").id, false), missing);
}
