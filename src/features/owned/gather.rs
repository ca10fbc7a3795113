//! What every change of a membership needs to know, read live in the request that makes it.

use crate::{
    domain::{
        approval::{Live, WRITE_SCOPE},
        changing_terms,
        designation::Designation,
        directory::PersonRef,
        ids::{GroupId, OperationId, PersonId, RequestId},
        managing::{self, Managing},
        operation::{Kind, Operation},
        own_writes::{self, LATE_READS},
        owning::{self, Owning},
        powers::{self, GROUP_SCOPE, Power, Standing},
        refusal::Refusal,
        terms::Terms,
    },
    sign_in::Signed,
    store::catalogue::Snapshot,
    web::{app::App, form::Fields, trouble::Trouble},
};

/// The facts about a group and somebody who is, or is not, in it.
pub(super) struct Facts {
    pub live: Live,
    pub designation: Option<Designation>,
    pub unfinished: Vec<Operation>,
    /// Their request that waits for an answer.
    pub asked: Option<RequestId>,
    /// The group's name, as the directory has it or the copy had it.
    pub group_name: String,
}

impl Facts {
    /// Reads everything. Who may not know of the group's pages gets the same answer as for a group that does not exist;
    /// somebody who has just ceased to own it is told so.
    ///
    /// # Errors
    /// [`Trouble::NotFound`], or a trouble when the directory or the store cannot be asked.
    pub async fn read(
        app: &App,
        signed: &Signed,
        groups: &Snapshot,
        group: GroupId,
        person: PersonId,
    ) -> Result<Self, Trouble> {
        let entry = groups.any(group).ok_or(Trouble::NotFound)?;
        let live = app.graph.person(&signed.token).live(group, person).await;
        let viewer = signed.viewer.id;
        let owns = live.as_ref().is_ok_and(|live| live.owners.iter().any(|owner| owner.id == viewer));
        let standing = Standing {
            viewer: &signed.viewer,
            is_owner: owns || entry.is_owned_by(viewer),
            group: Some(&entry.group),
            designation: entry.designation.as_ref(),
            must_accept: false,
        };
        if powers::may(Power::SeeMembers, &standing) == Err(Refusal::NotOwner) {
            return Err(Trouble::NotFound);
        }
        let mut live = live?;
        let operations = app.store.operations();
        let now = app.clock.now();
        if let Some(is_member) = live.is_member {
            let writes = operations.own_writes(group, person, now - LATE_READS).await?;
            if own_writes::may_be_late(is_member, own_writes::latest(&writes, group), now) {
                live.is_member = None;
            }
        }
        let group_name = live.group.as_ref().map_or_else(|| entry.group.name.clone(), |group| group.name.clone());
        Ok(Self {
            designation: app.store.designations().find(group).await?,
            unfinished: operations.unfinished_for(group, person).await?,
            asked: app.store.requests().asking_facts(group, person).await?.open_request,
            live,
            group_name,
        })
    }

    /// Returns the version of the designation that was read; 0 when the group takes no part.
    pub fn terms_version(&self) -> i64 {
        self.designation.as_ref().map_or(0, |designation| designation.version)
    }

    pub fn may_add(&self, signed: &Signed, must_accept: bool) -> Result<(), Refusal> {
        let facts = Managing { must_accept, ..self.managing(signed) };
        managing::may_add(&facts, self.asked, signed.token.allows(WRITE_SCOPE))
    }

    pub fn may_remove(&self, signed: &Signed, now: jiff::Timestamp) -> Result<(), Refusal> {
        managing::may_remove(&self.managing(signed), signed.token.allows(WRITE_SCOPE), now)
    }

    pub fn may_add_owner(&self, signed: &Signed, unable: Option<&[PersonId]>) -> Result<(), Refusal> {
        owning::may_add(&self.owning(signed, unable), signed.token.allows(Kind::AddOwner.scope()))
    }

    pub fn may_remove_owner(
        &self,
        signed: &Signed,
        unable: Option<&[PersonId]>,
        person: PersonId,
    ) -> Result<(), Refusal> {
        owning::may_remove(&self.owning(signed, unable), person, signed.token.allows(Kind::RemoveOwner.scope()))
    }

    /// Says whether the owner may change the group itself in a way.
    pub fn may_change_group(&self, signed: &Signed, power: Power) -> Result<(), Refusal> {
        powers::may(power, &self.standing(signed))?;
        if signed.token.allows(GROUP_SCOPE) { Ok(()) } else { Err(Refusal::MissingScope(GROUP_SCOPE)) }
    }

    pub fn may_change_terms(&self, signed: &Signed, wished: &Terms) -> Result<(), Refusal> {
        changing_terms::may_change(&self.standing(signed), wished)
    }

    /// Returns what the viewer is to the group itself, as it was read live.
    fn standing<'a>(&'a self, signed: &'a Signed) -> Standing<'a> {
        Standing {
            viewer: &signed.viewer,
            is_owner: self.live.owners.iter().any(|owner| owner.id == signed.viewer.id),
            group: self.live.group.as_ref(),
            designation: self.designation.as_ref(),
            must_accept: false,
        }
    }

    /// Returns who owns the group now.
    pub fn owner_ids(&self) -> Vec<PersonId> {
        self.live.owners.iter().map(|owner| owner.id).collect()
    }

    /// Returns an owner, or somebody who is to become one, with their name.
    pub fn owner(&self, id: PersonId) -> PersonRef {
        let owner = self.live.owners.iter().find(|owner| owner.id == id && !owner.name.is_empty());
        owner.cloned().unwrap_or_else(|| self.person(id))
    }

    /// Returns the person with the name that the directory has for them, or a stand-in for somebody it no longer knows.
    pub fn person(&self, id: PersonId) -> PersonRef {
        let name = self.live.requester.as_ref().map_or_else(|| id.to_string(), |person| person.name.clone());
        PersonRef { id, name }
    }

    fn owning<'a>(&'a self, signed: &'a Signed, unable: Option<&'a [PersonId]>) -> Owning<'a> {
        Owning {
            viewer: &signed.viewer,
            designation: self.designation.as_ref(),
            live: &self.live,
            unfinished: &self.unfinished,
            unable,
        }
    }

    pub fn managing<'a>(&'a self, signed: &'a Signed) -> Managing<'a> {
        Managing {
            viewer: &signed.viewer,
            designation: self.designation.as_ref(),
            live: &self.live,
            unfinished: &self.unfinished,
            must_accept: false,
        }
    }
}

/// Returns what a form is to be recorded as: its page has named it, so that sent twice it counts once.
pub(super) fn named_by(fields: &Fields) -> OperationId {
    fields.get("operation").parse().unwrap_or_else(|_| OperationId::new())
}

/// Returns whether the same person has sent this form before: a double click, or the browser's back button.
///
/// # Errors
/// When the store cannot be asked.
pub(super) async fn is_sent_again(app: &App, signed: &Signed, operation: OperationId) -> Result<bool, Trouble> {
    let known = app.store.operations().find(operation).await?;
    Ok(known.is_some_and(|known| known.decided_by.id == signed.viewer.id))
}
