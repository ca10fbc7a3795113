//! How many objects a person may create.

use uuid::Uuid;

use crate::directory::Directory;
use crate::graph::errors::GraphError;

/// What a person without a directory role may create, in quarters of an object: 250 (entra-service-limits).
const MOST_QUARTERS: usize = 250 * 4;

/// Checks that a person may create one more object. Objects that can be restored count like those that are there; of
/// those that are gone for good, four count as one (entra-service-limits).
pub(crate) fn demand_room(directory: &Directory, person: Uuid) -> Result<(), GraphError> {
    let is_administrator = directory.person(person).is_some_and(|person| !person.directory_roles.is_empty());
    if is_administrator {
        return Ok(());
    }
    let before = directory.tenant.created_before.get(&person).copied().unwrap_or_default() * 4;
    let own = directory.tenant.creations.iter().filter(|creation| creation.by == Some(person));
    let weight = |id: Uuid| if directory.group(id).is_some() || directory.binned(id).is_some() { 4 } else { 1 };
    let used: usize = before + own.map(|creation| weight(creation.group)).sum::<usize>();
    if used + 4 <= MOST_QUARTERS {
        return Ok(());
    }
    Err(GraphError::new(
        403,
        "Directory_QuotaExceeded",
        "The directory object quota limit for the Principal has been exceeded. Please ask your administrator to \
         increase the quota limit or delete objects to reduce the used quota.",
    ))
}
