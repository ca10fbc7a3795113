//! What the tenant keeps besides people and groups: policies, settings, the recycle bin, the audit log, and mail.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use crate::audit::Audit;
use crate::company::{AppRoleAssignment, Group};
use crate::mail::Mail;
use crate::policies::{AuthorizationPolicy, LifecyclePolicy};
use crate::settings::Settings;

/// The tenant's own state. It lives in the directory, under the same lock.
#[derive(Debug, Default)]
pub(crate) struct Tenant {
    pub(crate) policy: AuthorizationPolicy,
    pub(crate) lifecycle: Option<LifecyclePolicy>,
    pub(crate) settings: Settings,
    pub(crate) app_roles: Vec<AppRoleAssignment>,
    pub(crate) audit: Audit,
    pub(crate) mails: Vec<Mail>,
    /// Deleted groups that can be restored, with the time of their deletion in milliseconds since 1970.
    pub(crate) bin: BTreeMap<Uuid, (i64, Group)>,
    pub(crate) creations: Vec<Creation>,
    /// How many objects people had created before the emulator started, for tests of the quota.
    pub(crate) created_before: HashMap<Uuid, usize>,
}

/// A group that was created through Graph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Creation {
    pub(crate) group: Uuid,
    /// The person, `None` for an application.
    pub(crate) by: Option<Uuid>,
    /// In milliseconds since 1970.
    pub(crate) at: i64,
}
