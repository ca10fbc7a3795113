//! Commissions in words.

use crate::{
    domain::commission::{State, Unable},
    web::words::Phrase,
};

/// Returns the tag of a state, with its class.
pub(super) fn tag(state: State) -> (&'static str, Phrase) {
    match state {
        State::Open => ("waiting", "commission-open".into()),
        State::Taken => ("waiting", "commission-taken".into()),
        State::Ready => ("success", "commission-ready".into()),
        State::Declined => ("danger", "commission-declined".into()),
        State::Withdrawn => ("plain", "commission-withdrawn".into()),
        State::Done => ("plain", "commission-done".into()),
    }
}

/// Says why somebody cannot create the group.
pub(super) fn unable(unable: Unable) -> &'static str {
    match unable {
        Unable::Gone => "commission-unable-gone",
        Unable::Disabled => "commission-unable-disabled",
        Unable::Guest => "commission-unable-guest",
        Unable::Themself => "commission-unable-themself",
    }
}
