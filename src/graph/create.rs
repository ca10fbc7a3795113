//! Creating a group, once: what seems lost is looked for before anything is sent again.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    AsPerson, Deadline, Error,
    binds::MOST_AT_ONCE,
    call::{Call, Piece::Word, literal},
    nickname::Nickname,
    objection::{Flaw, NamePart, Objection},
    wire::{GROUP, WireGroup},
};
use crate::domain::{
    directory::{Group, Kind},
    ids::PersonId,
    text,
};

/// How long we wait before we look for a group whose creation seems lost, and before each further look.
const PAUSE: Duration = Duration::from_millis(300);

/// Who sees what is in a Microsoft 365 group. For a security group it is a label without effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everybody in the company.
    Public,
    /// Its members.
    Private,
    /// Its members, and others do not see who they are either. Set when the group is created, and for good.
    HiddenMembership,
}

impl Visibility {
    /// Returns it as Graph writes it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Private => "Private",
            Self::HiddenMembership => "HiddenMembership",
        }
    }
}

/// A group to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup {
    /// Which kind.
    pub kind: Kind,
    /// Its name, 256 characters at most.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// What no other group has: it finds the group again.
    pub nickname: Nickname,
    /// Who sees into it; without one Graph makes it private.
    pub visibility: Option<Visibility>,
    /// Its owners. Whoever has no directory role becomes an owner of what they create and must not be named here (Graph,
    /// "Create group").
    pub owners: Vec<PersonId>,
    /// Its members; owners and members are 20 at most together.
    pub members: Vec<PersonId>,
}

impl AsPerson<'_> {
    /// Creates a group and returns it. Safe to repeat with the same nickname: a group with this nickname and name is looked
    /// for before anything is sent, and again after a lost answer, and returned when it is there. What may have arrived is
    /// not sent again within one call: a replica that does not show the group yet would make two of it. The id goes along
    /// as `client-request-id`. Needs the scope `Group.ReadWrite.All`.
    ///
    /// # Errors
    /// [`Error::NotThisName`] for a name that another group has or the naming policy does not allow; [`Error::NotAllowed`]
    /// when the tenant does not let this person create such groups; [`Error::NotChangeable`] when they have created as many
    /// objects as they may; [`Error::Unavailable`] when it may have been created and is not seen yet: the same call later
    /// finds out, or creates it.
    pub async fn create_group(self, new: &NewGroup, id: Uuid) -> Result<Group, Error> {
        if new.owners.len() + new.members.len() > MOST_AT_ONCE {
            return Err(Error::Refused { status: 0, code: "more than 20 owners and members".into() });
        }
        let deadline = self.graph.deadline();
        if let Some(made) = self.made(new, deadline).await? {
            return Ok(made);
        }
        match self.send_new(new, id, deadline).await {
            Err(error) if may_be_there(&error) => {}
            outcome => return outcome,
        }
        for look in 0..self.graph.limits.tries {
            let pause = PAUSE * 2u32.saturating_pow(look);
            if deadline.left() <= pause {
                break;
            }
            tokio::time::sleep(pause).await;
            match self.made(new, deadline).await {
                Ok(None) | Err(Error::Unavailable) => {}
                Ok(Some(made)) => return Ok(made),
                Err(error) => return Err(error),
            }
        }
        Err(Error::Unavailable)
    }

    /// Looks for a group by its nickname, without the lagging index. After an answer that was lost this tells, sooner or
    /// later, whether the group was created.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn group_with_nickname(self, nickname: &Nickname) -> Result<Option<Group>, Error> {
        self.look_for(nickname, self.graph.deadline()).await
    }

    /// Returns the group when an earlier try has created it.
    async fn made(self, new: &NewGroup, deadline: Deadline) -> Result<Option<Group>, Error> {
        match self.look_for(&new.nickname, deadline).await? {
            Some(group) if group.name != text::clean(&new.name) => {
                Err(Error::NotThisName(Objection { part: NamePart::Nickname, flaw: Flaw::Taken }))
            }
            found => Ok(found),
        }
    }

    async fn look_for(self, nickname: &Nickname, deadline: Deadline) -> Result<Option<Group>, Error> {
        let filter = format!("mailNickname eq {}", literal(nickname.as_str()));
        let call = Call::read(&[Word("groups")]).option("$filter", &filter).select(GROUP);
        let found: Vec<WireGroup> = self.waits().all(call, deadline).await?;
        Ok(found.into_iter().next().map(Group::from))
    }

    async fn send_new(self, new: &NewGroup, id: Uuid, deadline: Deadline) -> Result<Group, Error> {
        let call = Call::create(&[Word("groups")], self.body(new), id);
        let reply = self.waits().reply(&call, deadline, StatusCode::CREATED).await?;
        reply.json::<WireGroup>(&call).map(Group::from)
    }

    fn body(self, new: &NewGroup) -> Value {
        let is_unified = new.kind == Kind::Microsoft365;
        let mut body = json!({
            "displayName": new.name,
            "mailNickname": new.nickname.as_str(),
            "mailEnabled": is_unified,
            "securityEnabled": !is_unified,
            "groupTypes": if is_unified { vec!["Unified"] } else { Vec::new() },
        });
        if !new.description.is_empty() {
            body["description"] = json!(new.description);
        }
        if let Some(visibility) = new.visibility {
            body["visibility"] = json!(visibility.word());
        }
        let base = &self.graph.base;
        if !new.owners.is_empty() {
            body["owners@odata.bind"] = new.owners.iter().map(|owner| base.user(*owner)).collect();
        }
        if !new.members.is_empty() {
            body["members@odata.bind"] = new.members.iter().map(|member| base.object(*member)).collect();
        }
        body
    }
}

/// Returns whether the group may exist in spite of the error: its answer was lost, or something has its nickname that was not
/// seen a moment ago.
fn may_be_there(error: &Error) -> bool {
    let is_taken = matches!(error, Error::NotThisName(Objection { flaw: Flaw::Taken, .. }));
    is_taken || matches!(error, Error::Unavailable | Error::Garbled)
}
