//! A group as its owner opens it, and what stands above each of its pages.

use std::sync::Arc;

use crate::{
    domain::{
        designation::Designation,
        ids::{GroupId, PersonId},
        powers::{self, Power, Standing},
        refusal::Refusal,
    },
    sign_in::Signed,
    store::catalogue::{Entry, Snapshot},
    web::{app::App, frame::Frame, refusals, trouble::Trouble, words::Phrase},
};

/// The page of the workspace that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Overview,
    Members,
    Owners,
    Details,
    Terms,
    Review,
    History,
}

/// A group with what the viewer is to it, for pages. Nothing is decided from it.
#[derive(Debug, Clone)]
pub(super) struct Workspace {
    pub id: GroupId,
    pub name: String,
    pub description: String,
    pub entry: Arc<Entry>,
    pub is_owner: bool,
    /// Responsibilities count that the viewer has not accepted.
    pub must_accept: bool,
    /// The group is not as it should be: a tag, and what it means.
    pub state: Option<(&'static str, Phrase, Phrase)>,
}

impl Workspace {
    /// Opens a group for somebody who may use a power on it. Which groups they own is asked of the directory once a minute;
    /// when it is away, the directory copy stands in.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] for everybody who may not know of the page; a refusal when a rule says no to an owner.
    pub async fn open(
        app: &App,
        signed: &Signed,
        groups: &Snapshot,
        frame: &Frame,
        id: GroupId,
        power: Power,
    ) -> Result<Self, Trouble> {
        let owned = match app.known(signed, &frame.counts.own_writes).await {
            Ok(known) => Some(known.owned.contains(&id)),
            Err(trouble @ Trouble::SignInAgain { .. }) => return Err(trouble),
            Err(_) => None,
        };
        let entry = groups.any(id).ok_or(Trouble::NotFound)?;
        let in_copy = entry.is_owned_by(signed.viewer.id);
        let is_owner = match owned {
            // Whom Roster has just made an owner may not find the group among theirs yet; the copy, which takes in what they
            // own as read and what Roster did, knows better.
            Some(false) if in_copy => owns_in_copy(app, id, signed.viewer.id).await?,
            Some(is_owner) => is_owner,
            None => in_copy,
        };
        let must_accept = frame.counts.responsibilities.must_accept();
        let workspace = Self { must_accept, ..Self::new(entry, is_owner) };
        powers::may(power, &workspace.standing(signed)).map_err(|refusal| match refusal {
            Refusal::NotOwner => Trouble::NotFound,
            refusal => Trouble::refused(refusal).about_owned(id),
        })?;
        Ok(workspace)
    }

    /// Makes it from what the copy has.
    pub fn new(entry: Arc<Entry>, is_owner: bool) -> Self {
        Self {
            id: entry.group.id,
            name: entry.group.name.clone(),
            description: entry.group.description.clone(),
            state: state(&entry),
            entry,
            is_owner,
            must_accept: false,
        }
    }

    /// Returns whether the viewer may use a power, for buttons; and why not.
    pub fn may(&self, power: Power, signed: &Signed) -> Result<(), Refusal> {
        powers::may(power, &self.standing(signed))
    }

    pub fn designation(&self) -> Option<&Designation> {
        self.entry.designation.as_ref()
    }

    fn standing<'a>(&'a self, signed: &'a Signed) -> Standing<'a> {
        Standing {
            viewer: &signed.viewer,
            is_owner: self.is_owner,
            group: (!self.entry.gone).then_some(&self.entry.group),
            designation: self.designation(),
            must_accept: self.must_accept,
        }
    }
}

async fn owns_in_copy(app: &App, group: GroupId, person: PersonId) -> Result<bool, Trouble> {
    let copied = app.store.directory().group(group).await?;
    Ok(copied.is_some_and(|copied| copied.owners.iter().any(|owner| owner.id == person)))
}

fn state(entry: &Entry) -> Option<(&'static str, Phrase, Phrase)> {
    let Some(designation) = &entry.designation else {
        return Some(("plain", "tag-not-taking-part".into(), "owned-not-taking-part-text".into()));
    };
    if let Some((_, reason)) = designation.suspended {
        return Some(("danger", "tag-suspended".into(), refusals::suspend_reason(reason)));
    }
    if entry.gone {
        return Some(("danger", "tag-gone".into(), "refusal-group-gone".into()));
    }
    let unfit = entry.group.facts.eligibility().err()?;
    Some(("danger", "tag-cannot-take-part".into(), refusals::unfit_reason(unfit)))
}
