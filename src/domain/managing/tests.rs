//! Whom an owner may add and remove.

use jiff::SignedDuration;

use super::*;
use crate::domain::{
    directory::{Group, Person, PersonRef},
    operation::State,
    samples,
};

struct World {
    viewer: Viewer,
    designation: Option<Designation>,
    live: Live,
    unfinished: Vec<Operation>,
}

fn alan() -> Person {
    let PersonRef { id, name } = samples::person("Alan Turing");
    let (username, mail, job_title, department) =
        ("alan.turing@contoso.example".to_owned(), String::new(), String::new(), String::new());
    Person { id, name, username, mail, job_title, department, guest: Some(false), enabled: Some(true) }
}

fn world(is_member: bool) -> World {
    let group: Group = samples::group("Compiler Team");
    World {
        viewer: samples::viewer("Grace Hopper", &[]),
        designation: Some(samples::designation(&group)),
        live: Live {
            group: Some(group),
            owners: samples::people(&["Grace Hopper"]),
            requester: Some(alan()),
            is_member: Some(is_member),
        },
        unfinished: Vec::new(),
    }
}

impl World {
    fn managing(&self) -> Managing<'_> {
        let (viewer, designation) = (&self.viewer, self.designation.as_ref());
        Managing { viewer, designation, live: &self.live, unfinished: &self.unfinished, must_accept: false }
    }

    fn adds(&self) -> Result<(), Refusal> {
        may_add(&self.managing(), None, true)
    }

    fn removes(&self) -> Result<(), Refusal> {
        may_remove(&self.managing(), true, samples::now())
    }

    fn person(&mut self) -> &mut Person {
        self.live.requester.as_mut().unwrap()
    }
}

fn no(hindrance: Hindrance) -> Result<(), Refusal> {
    Err(Refusal::Hindered(hindrance))
}

#[test]
fn an_owner_adds_whoever_is_no_member_and_removes_whoever_is() {
    assert_eq!(world(false).adds(), Ok(()));
    assert_eq!(world(true).removes(), Ok(()));
    assert_eq!(world(true).adds(), no(Hindrance::Member));
    assert_eq!(world(false).removes(), no(Hindrance::NotMember));
}

#[test]
fn a_membership_that_could_not_be_read_stands_in_no_way() {
    let mut unknown = world(false);
    unknown.live.is_member = None;

    assert_eq!((unknown.adds(), unknown.removes()), (Ok(()), Ok(())));
}

#[test]
fn whoever_cannot_sign_in_or_is_gone_is_removed_but_not_added() {
    let (mut disabled, mut gone) = (world(false), world(false));
    disabled.person().enabled = Some(false);
    gone.live.requester = None;

    assert_eq!(disabled.adds(), no(Hindrance::Disabled));
    assert_eq!(gone.adds(), no(Hindrance::Gone));
    (disabled.live.is_member, gone.live.is_member) = (Some(true), Some(true));
    assert_eq!((disabled.removes(), gone.removes()), (Ok(()), Ok(())));
}

#[test]
fn guests_are_added_only_on_terms_that_let_them_in() {
    let (mut told, mut by_name) = (world(false), world(false));
    told.person().guest = Some(true);
    by_name.person().guest = None;
    by_name.person().username = "tim.berners_fabrikam.example#EXT#@contoso.example".to_owned();

    for world in [&mut told, &mut by_name] {
        assert_eq!(world.adds(), no(Hindrance::Guest));
        world.designation.as_mut().unwrap().terms.guests_may_ask = true;
        assert_eq!(world.adds(), Ok(()));
    }
}

#[test]
fn a_write_of_ours_that_may_still_land_stands_in_the_way() {
    let owed = |kind| Operation { state: State::Unknown, ..samples::write(kind, "Alan Turing", "Compiler Team") };
    let (mut adding, mut removing) = (world(false), world(true));
    adding.unfinished.push(owed(Kind::Add));
    removing.unfinished.push(owed(Kind::Remove));

    assert_eq!(adding.adds(), no(Hindrance::BeingAdded));
    assert_eq!(removing.adds(), no(Hindrance::Member), "what is plain to see is said first");
    removing.live.is_member = Some(false);
    assert_eq!(removing.adds(), no(Hindrance::BeingRemoved));
    assert_eq!(removing.removes(), no(Hindrance::BeingRemoved));
    adding.live.is_member = Some(true);
    assert_eq!(adding.removes(), no(Hindrance::BeingAdded));
    let later = samples::now() + SignedDuration::from_mins(10);
    assert_eq!(may_remove(&adding.managing(), true, later), Ok(()), "it has landed, or never will");
}

#[test]
fn a_request_is_answered_and_not_passed_by() {
    let request = samples::open().id;

    assert_eq!(may_add(&world(false).managing(), Some(request), true), no(Hindrance::HasAsked(request)));
}

#[test]
fn owners_leave_by_the_way_of_members() {
    let mut own = world(true);
    let grace = own.viewer.id;
    own.person().id = grace;

    assert_eq!(own.removes(), no(Hindrance::Themself));
}

#[test]
fn without_the_scope_nothing_is_tried() {
    assert_eq!(may_add(&world(false).managing(), None, false), Err(Refusal::MissingScope(WRITE_SCOPE)));
    let removed = may_remove(&world(true).managing(), false, samples::now());
    assert_eq!(removed, Err(Refusal::MissingScope(WRITE_SCOPE)));
}
