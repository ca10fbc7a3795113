//! Where the terms name the group whose members may ask.

use super::*;

#[test]
fn where_the_terms_name_another_group_only_who_is_known_to_belong_to_it_is_let_in() {
    let (viewer, request, open, live) = (grace(), request(), designation(), live());
    let mut limited = open.clone();
    limited.terms.members_of = Some(Audience { group: GroupId(Uuid::from_u128(9)), name: "Research".into() });
    let at = |team: &Designation, belonging| {
        let designation = Some(team);
        let facts =
            Answering { viewer: &viewer, request: &request, designation, live: &live, belonging, must_accept: false };
        let now = Timestamp::from_second(10).unwrap();
        (may_approve(&facts, true, now), may_deny(&facts, now))
    };

    let no = |hindrance| (Err(Refusal::Hindered(hindrance)), Ok(()));
    assert_eq!(at(&limited, Belonging::In), (Ok(()), Ok(())));
    assert_eq!(at(&limited, Belonging::Out), no(Hindrance::OutsideAudience));
    assert_eq!(at(&limited, Belonging::Unknown), no(Hindrance::AudienceUnknown), "nobody is let in by a guess");
    assert_eq!(at(&limited, Belonging::Gone), no(Hindrance::AudienceGone));
    assert_eq!(at(&open, Belonging::Out), (Ok(()), Ok(())));
}
