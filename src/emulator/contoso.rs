//! The sample company, Contoso: every kind of person and group that matters, with ids that never change.

use uuid::Uuid;

use crate::company::{Company, ServicePrincipal};
use crate::{contoso_groups, contoso_people};

impl Company {
    /// Returns the sample company.
    pub fn contoso() -> Self {
        Self {
            name: "Contoso".to_owned(),
            people: contoso_people::people(),
            groups: contoso_groups::groups(),
            service_principals: vec![ServicePrincipal {
                id: PROVISIONING,
                display_name: "Contoso Provisioning".to_owned(),
                app_id: Uuid::from_u128(0xa990_0000_0000_4000_8000_0000_0000_0001),
            }],
            app_role_assignments: contoso_groups::app_role_assignments(),
            people_to_try: contoso_people::people_to_try(),
        }
    }
}

/// The service principal that owns a group on its own.
pub(crate) const PROVISIONING: Uuid = Uuid::from_u128(0x5e4d_1ce0_0000_4000_8000_0000_0000_0001);

/// Returns the id of the nth person.
pub(crate) const fn person(n: u128) -> Uuid {
    Uuid::from_u128(0x9e0b_1e00_0000_4000_8000_0000_0000_0000 + n)
}

/// Returns the id of the nth group.
pub(crate) const fn group(n: u128) -> Uuid {
    Uuid::from_u128(0x6409_0700_0000_4000_8000_0000_0000_0000 + n)
}
