//! Writes changes into the audit log, made through Graph or by hand.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::audit::{Activity, Initiator, Target};
use crate::company::Group;
use crate::directory::{Directory, Kind, Link};

/// The application that the log names for changes by hand that nobody in particular makes.
const DIRECTORY_ITSELF: Uuid = Uuid::from_u128(0xd14e_c704_0000_4000_8000_0000_0000_0001);

impl Directory {
    /// Writes down who changed what.
    pub(crate) fn log(&mut self, activity: Activity, by: Initiator, targets: Vec<Target>, correlation_id: &str) {
        let at = self.stamp.at;
        self.tenant.audit.record(at, activity, by, targets, correlation_id);
    }

    /// Writes down a change by hand.
    pub(crate) fn log_by_hand(&mut self, activity: Activity, targets: Vec<Target>) {
        let itself = || Initiator::Application { id: DIRECTORY_ITSELF, name: "Directory service".to_owned() };
        let by = self.tenant.audit.hand.and_then(|id| self.initiator(id)).unwrap_or_else(itself);
        self.log(activity, by, targets, &Uuid::new_v4().to_string());
    }

    /// Returns a person as the one who makes a change.
    pub(crate) fn initiator(&self, id: Uuid) -> Option<Initiator> {
        self.person(id).map(|person| Initiator::Person {
            id,
            name: person.display_name.clone(),
            user_principal_name: person.user_principal_name.clone(),
        })
    }

    /// Returns the targets of a change of members or owners: the object, then the group.
    pub(crate) fn link_targets(&self, group: Uuid, id: Uuid, added: bool) -> Vec<Target> {
        let Some(group) = self.group(group) else {
            return Vec::new();
        };
        let sides = |value: Value| if added { (Value::Null, value) } else { (value, Value::Null) };
        let mut target = self.target(id);
        for (name, value) in [("Group.ObjectID", json!(group.id)), ("Group.DisplayName", json!(group.display_name))] {
            let (before, after) = sides(value);
            target = target.modified(name, before, after);
        }
        vec![target, Target::group(group)]
    }

    fn target(&self, id: Uuid) -> Target {
        match self.kind(id) {
            Some(Kind::Person) => {
                let mut target = Target::named(id, "User", "");
                // The log names people by their sign-in name and leaves the display name out.
                target.name = None;
                target.user_principal_name = self.person(id).map(|person| person.user_principal_name.clone());
                target
            }
            Some(Kind::Group) => self.group(id).map_or_else(|| Target::named(id, "Group", ""), Target::group),
            _ => {
                let name = self.service_principal(id).map(|found| found.display_name.clone()).unwrap_or_default();
                Target::named(id, "ServicePrincipal", &name)
            }
        }
    }
}

/// Returns the activity of a change of members or owners.
pub(crate) fn link_activity(link: Link, added: bool) -> Activity {
    match (link, added) {
        (Link::Member, true) => Activity::ADD_MEMBER,
        (Link::Member, false) => Activity::REMOVE_MEMBER,
        (Link::Owner, true) => Activity::ADD_OWNER,
        (Link::Owner, false) => Activity::REMOVE_OWNER,
    }
}

/// Returns the target of a change of a group: the properties that differ.
pub(crate) fn difference(before: &Group, after: &Group, shown: impl Fn(&Group, &str) -> Value) -> Target {
    const LOGGED: [&str; 8] = [
        "displayName",
        "description",
        "mailNickname",
        "visibility",
        "securityEnabled",
        "classification",
        "groupTypes",
        "membershipRule",
    ];
    let mut target = Target::group(after);
    for name in LOGGED {
        let (old, new) = (shown(before, name), shown(after, name));
        if old != new {
            target = target.modified(name, old, new);
        }
    }
    target
}
