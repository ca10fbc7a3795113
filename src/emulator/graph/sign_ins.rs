//! Who may ask when people signed in last, and how (Graph, "List users"): another permission besides, a paid licence, no other
//! condition, and small pages.

use super::audits::READERS;
use super::errors::GraphError;
use super::scene::Scene;

/// The property.
pub(crate) const ACTIVITY: &str = "signInActivity";
/// The most people on a page that tells it, or that it was asked for.
pub(crate) const LARGEST_PAGE: usize = 120;

impl Scene<'_> {
    /// Returns whether the call is about sign-ins.
    pub(crate) fn is_about_sign_ins(&self) -> bool {
        let selected = self.query.select.iter().flatten().any(|name| name == ACTIVITY);
        selected || self.query.filter.iter().flat_map(|filter| filter.properties()).any(is_of_activity)
    }

    /// Refuses a call about sign-ins of who may not ask, or that asks for something else besides.
    pub(crate) fn check_sign_ins(&self) -> Result<(), GraphError> {
        if !self.is_about_sign_ins() {
            return Ok(());
        }
        self.demand(&["AuditLog.Read.All"])?;
        self.demand_role(&READERS)?;
        if self.behaviour.has_no_premium_licence {
            let message = "Neither tenant is B2C or tenant doesn't have premium license";
            return Err(GraphError::new(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", message));
        }
        let asked = self.query.filter.as_ref().map(|filter| filter.properties()).unwrap_or_default();
        if asked.iter().any(|name| is_of_activity(name)) && !asked.iter().all(|name| is_of_activity(name)) {
            return Err(GraphError::unsupported("Filter not supported."));
        }
        Ok(())
    }
}

fn is_of_activity(name: &str) -> bool {
    name.strip_prefix(ACTIVITY).is_some_and(|rest| rest.starts_with('/'))
}
