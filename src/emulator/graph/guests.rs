//! What guests and, when the tenant says so, employees may not look at (users-default-permissions.md).

use uuid::Uuid;

use super::errors::GraphError;
use super::scene::Scene;
use crate::company::Group;
use crate::policies::AuthorizationPolicy;

impl Scene<'_> {
    /// Refuses a guest: guests may read one object by its id and list nothing, unless they may what employees may.
    pub(crate) fn demand_no_guest(&self) -> Result<(), GraphError> {
        let as_members = self.directory.tenant.policy.guest_user_role_id == AuthorizationPolicy::GUESTS_AS_MEMBERS;
        if self.is_guest() && !as_members { Err(GraphError::denied()) } else { Ok(()) }
    }

    /// Refuses to show somebody else to a restricted guest, and to everybody without a role when employees may not read
    /// about others.
    pub(crate) fn demand_sees_person(&self, person: Uuid) -> Result<(), GraphError> {
        if self.caller.person == Some(person) { Ok(()) } else { self.demand_sees_others() }
    }

    /// Refuses who may not read about other people at all.
    pub(crate) fn demand_sees_others(&self) -> Result<(), GraphError> {
        let policy = &self.directory.tenant.policy;
        let me = self.caller.person.and_then(|id| self.directory.person(id));
        let without_role = me.is_some_and(|me| me.directory_roles.is_empty());
        let kept_apart = self.is_restricted() || (without_role && !policy.allowed_to_read_other_users);
        if kept_apart { Err(GraphError::denied()) } else { Ok(()) }
    }

    /// Refuses to show a group's people to a restricted guest who is not in it.
    pub(crate) fn demand_sees_people_of(&self, group: &Group) -> Result<(), GraphError> {
        let is_inside = self.caller.person.is_some_and(|me| group.members.contains(&me) || group.owners.contains(&me));
        if self.is_restricted() && !is_inside { Err(GraphError::denied()) } else { Ok(()) }
    }

    fn is_restricted(&self) -> bool {
        self.is_guest() && self.directory.tenant.policy.guest_user_role_id == AuthorizationPolicy::GUESTS_RESTRICTED
    }

    fn is_guest(&self) -> bool {
        let person = self.caller.person.and_then(|id| self.directory.person(id));
        person.is_some_and(|person| person.is_guest())
    }
}
