//! Samples of requests in every standing.

use super::{answered, approved, ended, now, open};
use crate::domain::{
    lasting,
    operation::{DirectoryRefusal as No, State as Done},
    request::{EndReason, JoinRequest, State},
};

/// Returns Alan's request with the membership that it gave for a while.
fn added_until() -> JoinRequest {
    let mut request = approved(JoinRequest { days: Some(30), ..open() }, Done::Applied, None);
    if let Some(add) = &mut request.operation {
        add.until = Some(lasting::ends_at(30, now()));
    }
    request
}

/// Returns Alan's request in every standing it can have, each with a name for its page.
#[must_use]
pub fn every_standing() -> Vec<(&'static str, JoinRequest)> {
    let denied = "The sources are frozen until the release. Ask again in December and I will gladly let you in.";
    vec![
        ("waiting", open()),
        ("being-added", approved(open(), Done::InFlight, None)),
        ("answer-lost", approved(open(), Done::Unknown, None)),
        ("delayed-not-allowed", approved(open(), Done::Unknown, Some(No::NotAllowed))),
        ("delayed-gone", approved(open(), Done::Unknown, Some(No::Gone))),
        ("delayed-not-changeable", approved(open(), Done::InFlight, Some(No::NotChangeable))),
        ("added", approved(open(), Done::Applied, None)),
        ("added-until", added_until()),
        ("waiting-with-days", JoinRequest { days: Some(90), ..open() }),
        ("not-added-not-allowed", approved(open(), Done::Refused, Some(No::NotAllowed))),
        ("not-added-gone", approved(open(), Done::Refused, Some(No::Gone))),
        ("not-added-not-changeable", approved(open(), Done::Refused, Some(No::NotChangeable))),
        ("abandoned", approved(open(), Done::Abandoned, None)),
        ("denied", answered(open(), State::Denied, denied)),
        ("withdrawn", ended(open(), EndReason::Withdrawn)),
        ("lapsed", ended(open(), EndReason::Lapsed)),
        ("member-already", ended(open(), EndReason::AlreadyMember)),
        ("group-gone", ended(open(), EndReason::GroupGone)),
        ("group-deleted", ended(open(), EndReason::GroupDeleted)),
        ("group-unfit", ended(open(), EndReason::GroupUnfit)),
        ("not-designated", ended(open(), EndReason::NotDesignated)),
        ("requester-gone", ended(open(), EndReason::RequesterGone)),
    ]
}
