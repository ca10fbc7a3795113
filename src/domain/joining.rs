//! Who may ask to join a group.

use jiff::{SignedDuration, Timestamp};

use super::{
    accounts::able,
    audience::Belonging,
    consent,
    designation::Designation,
    directory::PersonRef,
    ids::{PersonId, RequestId},
    operation::{Kind, Operation},
    refusal::Refusal,
    viewer::Viewer,
};

/// The most requests a person may have open at once, so that nobody floods the owners.
pub const OPEN_LIMIT: usize = 20;

/// What a person is to a group, as far as the directory told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// The directory could not be asked.
    Unknown,
    /// Not a member in any way.
    None,
    /// A direct member.
    Direct,
    /// A member through another group only.
    Nested,
}

/// What has to be known to say whether a person may ask.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Who would ask.
    pub viewer: &'a Viewer,
    /// The group's designation, when it takes part.
    pub designation: Option<&'a Designation>,
    /// What they are to the group.
    pub membership: Membership,
    /// Their open request for this group.
    pub open_request: Option<RequestId>,
    /// When their last request for this group was denied.
    pub denied_at: Option<Timestamp>,
    /// The group's owners, service principals left out.
    pub owners: &'a [PersonRef],
    /// Those of them who cannot sign in; `None` when it is not known who cannot.
    pub unable: Option<&'a [PersonId]>,
    /// How many requests they have open in all.
    pub open_in_all: usize,
    /// What they are to the group whose members may ask, where the terms name one.
    pub belonging: Belonging,
    /// What that group is called, for those who see it in Roster.
    pub audience: Option<&'a str>,
}

/// Says whether a person may ask to join. A membership that could not be read does not stand in the way: the owner's
/// answer finds out.
///
/// # Errors
/// The first rule that stands in the way, in the order in which a person would want to hear of it.
pub fn may_ask(asking: &Asking<'_>, now: Timestamp) -> Result<(), Refusal> {
    let designation = asking.designation.ok_or(Refusal::NotDesignated)?;
    if asking.membership == Membership::Direct {
        return Err(Refusal::AlreadyMember);
    }
    if let Some(request) = asking.open_request {
        return Err(Refusal::AlreadyAsked(request));
    }
    if designation.suspended.is_some() {
        return Err(Refusal::Suspended);
    }
    if asking.viewer.guest && !designation.terms.guests_may_ask {
        return Err(Refusal::GuestsMayNotAsk);
    }
    if designation.terms.members_of.is_some() {
        is_in_audience(asking)?;
    }
    if let Some(until) = cool_down_end(designation, asking.denied_at).filter(|until| now < *until) {
        return Err(Refusal::CoolingDown { until });
    }
    if !able(asking.owners, asking.unable).any(|owner| owner.id != asking.viewer.id) {
        return Err(Refusal::NoOwner);
    }
    let needed = designation.terms.approvals;
    let able = able(asking.owners, asking.unable).map(|owner| owner.id);
    if !consent::can_be_enough(able, asking.viewer.id, needed) {
        return Err(Refusal::TooFewOwners { needed });
    }
    if asking.open_in_all >= OPEN_LIMIT {
        return Err(Refusal::TooManyOpen { limit: OPEN_LIMIT });
    }
    Ok(())
}

/// Says whether a person may ask to belong for longer, given when their membership ends and what is still owed to the directory
/// for them. Returns the end. What is owed because the end has come does not stand in the way.
///
/// # Errors
/// The first rule that stands in the way, in the order in which a person would want to hear of it.
pub fn may_extend(
    asking: &Asking<'_>,
    end: Option<Timestamp>,
    unfinished: &[Operation],
    now: Timestamp,
) -> Result<Timestamp, Refusal> {
    asking.designation.ok_or(Refusal::NotDesignated)?;
    match asking.membership {
        Membership::Direct | Membership::Unknown => {}
        Membership::Nested => return Err(Refusal::NothingToExtend),
        Membership::None => return Err(Refusal::NotMember),
    }
    let end = end.ok_or(Refusal::NothingToExtend)?;
    let removal = unfinished.iter().find(|owed| owed.kind == Kind::Remove && !owed.is_at_its_end());
    if removal.is_some() {
        return Err(Refusal::AlreadyLeaving);
    }
    may_ask(&Asking { membership: Membership::None, ..*asking }, now).map(|()| end)
}

/// Nobody is let in by a guess: what could not be read is no yes.
fn is_in_audience(asking: &Asking<'_>) -> Result<(), Refusal> {
    match asking.belonging {
        Belonging::In => Ok(()),
        Belonging::Out => Err(Refusal::OutsideAudience { group: asking.audience.map(str::to_owned) }),
        Belonging::Unknown => Err(Refusal::AudienceUnknown),
        Belonging::Gone => Err(Refusal::AudienceGone),
    }
}

fn cool_down_end(designation: &Designation, denied_at: Option<Timestamp>) -> Option<Timestamp> {
    let days = i64::from(designation.terms.cool_down_days);
    denied_at.map(|at| at + SignedDuration::from_hours(24 * days))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{audience::Audience, ids::GroupId, review_due::Reviews, terms::Terms};

    fn person(n: u128, name: &str) -> PersonRef {
        PersonRef { id: PersonId(Uuid::from_u128(n)), name: name.into() }
    }

    fn alan(guest: bool) -> Viewer {
        Viewer {
            id: PersonId(Uuid::from_u128(1)),
            tenant: Uuid::nil(),
            name: "Alan Turing".into(),
            username: "alan@contoso.example".into(),
            guest,
            roles: vec![],
        }
    }

    fn compiler_team() -> Designation {
        Designation {
            group: GroupId(Uuid::from_u128(9)),
            terms: Terms::default(),
            version: 1,
            designated_by: person(5, "Ada Lovelace"),
            designated_at: Timestamp::UNIX_EPOCH,
            terms_by: person(5, "Ada Lovelace"),
            terms_at: Timestamp::UNIX_EPOCH,
            opened_by: None,
            suspended: None,
            reviews: Reviews::since(Timestamp::UNIX_EPOCH),
        }
    }

    fn asking<'a>(viewer: &'a Viewer, designation: &'a Designation, owners: &'a [PersonRef]) -> Asking<'a> {
        Asking {
            viewer,
            designation: Some(designation),
            membership: Membership::None,
            open_request: None,
            denied_at: None,
            owners,
            unable: None,
            open_in_all: 0,
            belonging: Belonging::Unknown,
            audience: None,
        }
    }

    #[test]
    fn where_the_terms_name_another_group_only_who_is_known_to_belong_to_it_asks() {
        let (viewer, mut team) = (alan(false), compiler_team());
        let owners = [person(2, "Grace Hopper")];
        let open = asking(&viewer, &team, &owners);
        assert_eq!(may_ask(&Asking { belonging: Belonging::Out, ..open }, Timestamp::UNIX_EPOCH), Ok(()));
        team.terms.members_of = Some(Audience { group: GroupId(Uuid::from_u128(9)), name: "Research".into() });
        let asked = |belonging, audience| {
            may_ask(&Asking { belonging, audience, ..asking(&viewer, &team, &owners) }, Timestamp::UNIX_EPOCH)
        };

        let outside = |group: Option<&str>| Err(Refusal::OutsideAudience { group: group.map(str::to_owned) });
        assert_eq!(asked(Belonging::In, None), Ok(()));
        assert_eq!(asked(Belonging::Out, Some("Research")), outside(Some("Research")));
        assert_eq!(asked(Belonging::Out, None), outside(None), "what they do not see is not named");
        assert_eq!(asked(Belonging::Unknown, None), Err(Refusal::AudienceUnknown));
        assert_eq!(asked(Belonging::Gone, None), Err(Refusal::AudienceGone));
    }

    #[test]
    fn an_employee_may_ask_when_somebody_else_owns_the_group() {
        let (viewer, team) = (alan(false), compiler_team());
        let others = [person(2, "Grace Hopper")];
        let only_self = [person(1, "Alan Turing")];

        assert_eq!(may_ask(&asking(&viewer, &team, &others), Timestamp::UNIX_EPOCH), Ok(()));
        assert_eq!(may_ask(&asking(&viewer, &team, &only_self), Timestamp::UNIX_EPOCH), Err(Refusal::NoOwner));
        assert_eq!(may_ask(&asking(&viewer, &team, &[]), Timestamp::UNIX_EPOCH), Err(Refusal::NoOwner));
    }

    #[test]
    fn nobody_asks_where_no_other_owner_can_sign_in() {
        let (viewer, team) = (alan(false), compiler_team());
        let owners = [person(1, "Alan Turing"), person(2, "Grace Hopper"), person(3, "Ada Lovelace")];
        let [_, grace, ada] = owners.clone().map(|owner| owner.id);
        let asked = |unable: Option<&[PersonId]>| {
            let asking = Asking { unable, ..asking(&viewer, &team, &owners) };
            may_ask(&asking, Timestamp::UNIX_EPOCH)
        };

        assert_eq!(asked(None), Ok(()));
        assert_eq!(asked(Some(&[grace])), Ok(()));
        assert_eq!(asked(Some(&[grace, ada])), Err(Refusal::NoOwner));
    }

    #[test]
    fn guests_ask_only_where_the_terms_say_so() {
        let (viewer, mut team) = (alan(true), compiler_team());
        let owners = [person(2, "Grace Hopper")];

        assert_eq!(may_ask(&asking(&viewer, &team, &owners), Timestamp::UNIX_EPOCH), Err(Refusal::GuestsMayNotAsk));
        team.terms.guests_may_ask = true;
        assert_eq!(may_ask(&asking(&viewer, &team, &owners), Timestamp::UNIX_EPOCH), Ok(()));
    }

    #[test]
    fn a_denial_cools_down_for_the_days_of_the_terms() {
        let (viewer, team) = (alan(false), compiler_team());
        let owners = [person(2, "Grace Hopper")];
        let mut facts = asking(&viewer, &team, &owners);
        facts.denied_at = Some(Timestamp::UNIX_EPOCH);
        let until = Timestamp::from_second(7 * 86_400).unwrap();

        let before = may_ask(&facts, until - SignedDuration::from_secs(1));
        let after = may_ask(&facts, until);

        assert_eq!(before, Err(Refusal::CoolingDown { until }));
        assert_eq!(after, Ok(()));
    }

    #[test]
    fn being_a_member_comes_before_every_other_reason() {
        let (viewer, mut team) = (alan(false), compiler_team());
        team.suspended = Some((Timestamp::UNIX_EPOCH, crate::domain::designation::SuspendReason::Gone));
        let mut facts = asking(&viewer, &team, &[]);
        facts.membership = Membership::Direct;

        assert_eq!(may_ask(&facts, Timestamp::UNIX_EPOCH), Err(Refusal::AlreadyMember));
    }
}
