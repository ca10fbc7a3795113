//! Whether a person may ask to join a group: the facts gathered, the rule asked, for the page and the form alike.

use jiff::Timestamp;

use crate::{
    domain::{
        ids::RequestId,
        joining::{self, Asking, Membership},
        own_writes::OwnWrite,
        refusal::Refusal,
    },
    sign_in::Signed,
    store::catalogue::Entry,
};

use super::{app::App, trouble::Trouble};

/// What a person is to a group, and whether they may ask.
#[derive(Debug)]
pub struct MayAsk {
    /// What they are to it, as far as the directory told.
    pub membership: Membership,
    /// The request that holds their place: open, or approved and being carried out.
    pub open_request: Option<RequestId>,
    /// The rule's answer.
    pub answer: Result<(), Refusal>,
}

/// Gathers the facts and asks the rule.
///
/// # Errors
/// A trouble when the store cannot be asked, or the directory wants a new sign-in.
pub async fn may_ask(
    app: &App,
    signed: &Signed,
    writes: &[OwnWrite],
    entry: &Entry,
    now: Timestamp,
) -> Result<MayAsk, Trouble> {
    let membership = app.membership_of(signed, writes, entry.group.id).await?;
    let known = app.store.requests().asking_facts(entry.group.id, signed.viewer.id).await?;
    let asking = Asking {
        viewer: &signed.viewer,
        designation: entry.designation.as_ref(),
        membership,
        open_request: known.open_request,
        denied_at: known.denied_at,
        owners: &entry.owners,
        unable: entry.unable.as_deref(),
        open_in_all: known.open_in_all,
    };
    let answer = joining::may_ask(&asking, now);
    Ok(MayAsk { membership, open_request: known.open_request, answer })
}
