//! Whether a person may ask to join a group: the facts gathered, the rule asked, for the page and the form alike.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    domain::{
        audience::{self, Belonging},
        ids::{GroupId, RequestId},
        joining::{self, Asking, Membership},
        own_writes::OwnWrite,
        refusal::Refusal,
    },
    graph,
    sign_in::Signed,
    store::{
        AskingFacts,
        catalogue::{Entry, Snapshot},
    },
};

use super::{app::App, trouble::Trouble};

/// What a person is to a group, and whether they may ask.
#[derive(Debug)]
pub struct MayAsk {
    /// What they are to it, as far as the directory told.
    pub membership: Membership,
    /// The request that holds their place: open, or approved and being carried out.
    pub open_request: Option<RequestId>,
    /// What the group is called whose members may ask, where the terms name one that the person sees.
    pub audience: Option<String>,
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
    groups: &Snapshot,
    writes: &[OwnWrite],
    entry: &Entry,
    now: Timestamp,
) -> Result<Result<Timestamp, Refusal>, Trouble> {
    let (group, person) = (entry.group.id, signed.viewer.id);
    let facts = Facts::gather(app, signed, writes, entry).await?;
    let facts = facts.with_audience(app, signed, groups, entry, true).await?;
    let end = app.store.membership_ends().find(group, person).await?.and_then(|end| end.at);
    let unfinished = app.store.operations().unfinished_for(group, person).await?;
    Ok(joining::may_extend(&facts.asking(signed, entry), end, &unfinished, now))
}

/// Gathers the facts and asks the rule.
///
/// # Errors
/// A trouble when the store cannot be asked, or the directory wants a new sign-in.
pub async fn may_ask(
    app: &App,
    signed: &Signed,
    groups: &Snapshot,
    writes: &[OwnWrite],
    entry: &Entry,
    now: Timestamp,
) -> Result<MayAsk, Trouble> {
    let facts = Facts::gather(app, signed, writes, entry).await?;
    // Whoever belongs, or has asked, does not ask.
    let asks = facts.membership != Membership::Direct && facts.known.open_request.is_none();
    let facts = facts.with_audience(app, signed, groups, entry, asks).await?;
    let answer = joining::may_ask(&facts.asking(signed, entry), now);
    Ok(MayAsk {
        membership: facts.membership,
        open_request: facts.known.open_request,
        audience: facts.audience,
        answer,
    })
}

struct Facts {
    membership: Membership,
    known: AskingFacts,
    belonging: Belonging,
    audience: Option<String>,
}

impl Facts {
    async fn gather(app: &App, signed: &Signed, writes: &[OwnWrite], entry: &Entry) -> Result<Self, Trouble> {
        let membership = app.membership_of(signed, writes, entry.group.id).await?;
        let known = app.store.requests().asking_facts(entry.group.id, signed.viewer.id).await?;
        Ok(Self { membership, known, belonging: Belonging::Unknown, audience: None })
    }

    /// Adds what the person is to the group whose members may ask, read live where the answer hangs on it.
    async fn with_audience(
        mut self,
        app: &App,
        signed: &Signed,
        groups: &Snapshot,
        entry: &Entry,
        hangs_on_it: bool,
    ) -> Result<Self, Trouble> {
        let audience = entry.designation.as_ref().and_then(|designation| designation.terms.members_of.as_ref());
        let Some(group) = audience.map(|audience| audience.group) else { return Ok(self) };
        let other = groups.any(group);
        let sees = |other: &&Arc<Entry>| audience::may_name(&signed.viewer, other.designation.is_some(), &other.owners);
        self.audience = other.as_ref().filter(sees).map(|other| other.group.name.clone());
        if hangs_on_it {
            let is_gone = other.is_some_and(|other| other.gone);
            let read = app.graph.person(&signed.token).which_i_am_in(&[group]).await;
            self.belonging = belonging(read, group, is_gone)?;
        }
        Ok(self)
    }

    fn asking<'a>(&'a self, signed: &'a Signed, entry: &'a Entry) -> Asking<'a> {
        Asking {
            viewer: &signed.viewer,
            designation: entry.designation.as_ref(),
            membership: self.membership,
            open_request: self.known.open_request,
            denied_at: self.known.denied_at,
            owners: &entry.owners,
            unable: entry.unable.as_deref(),
            open_in_all: self.known.open_in_all,
            belonging: self.belonging,
            audience: self.audience.as_deref(),
        }
    }
}

/// Returns what somebody is to a group, given whether they are among its members, as the directory answered. `is_gone` says
/// whether the copy knows it as deleted.
///
/// # Errors
/// When the directory wants a new sign-in.
pub fn belonging(
    read: Result<Vec<GroupId>, graph::Error>,
    group: GroupId,
    is_gone: bool,
) -> Result<Belonging, Trouble> {
    match read {
        Ok(theirs) if theirs.contains(&group) => Ok(Belonging::In),
        Ok(_) if is_gone => Ok(Belonging::Gone),
        Ok(_) => Ok(Belonging::Out),
        Err(error @ graph::Error::SignInAgain { .. }) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, group.id = %group, "who may ask could not be checked");
            Ok(Belonging::Unknown)
        }
    }
}
