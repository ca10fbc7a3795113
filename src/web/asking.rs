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
    store::{AskingFacts, catalogue::Entry},
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

/// Gathers the facts and asks whether a person may ask to belong for longer. The inner result is the end, or the refusal.
///
/// # Errors
/// As [`may_ask`].
pub async fn may_extend(
    app: &App,
    signed: &Signed,
    writes: &[OwnWrite],
    entry: &Entry,
    now: Timestamp,
) -> Result<Result<Timestamp, Refusal>, Trouble> {
    let (group, person) = (entry.group.id, signed.viewer.id);
    let membership = app.membership_of(signed, writes, group).await?;
    let known = app.store.requests().asking_facts(group, person).await?;
    let end = app.store.membership_ends().find(group, person).await?.and_then(|end| end.at);
    let unfinished = app.store.operations().unfinished_for(group, person).await?;
    let asking = asking(signed, entry, membership, &known);
    Ok(joining::may_extend(&asking, end, &unfinished, now))
}

fn asking<'a>(signed: &'a Signed, entry: &'a Entry, membership: Membership, known: &AskingFacts) -> Asking<'a> {
    Asking {
        viewer: &signed.viewer,
        designation: entry.designation.as_ref(),
        membership,
        open_request: known.open_request,
        denied_at: known.denied_at,
        owners: &entry.owners,
        unable: entry.unable.as_deref(),
        open_in_all: known.open_in_all,
    }
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
    let answer = joining::may_ask(&asking(signed, entry, membership, &known), now);
    Ok(MayAsk { membership, open_request: known.open_request, answer })
}
