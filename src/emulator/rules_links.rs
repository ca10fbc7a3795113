//! Who can become a member or an owner of a group, and who can stop being one: kinds of objects, quotas, duplicates.

use uuid::Uuid;

use crate::company::Group;
use crate::directory::{Directory, Kind, Link};
use crate::graph::errors::GraphError;

/// Entra keeps at most this many owners of a group.
const MOST_OWNERS: usize = 100;

/// Checks that objects can be linked to a group, all of them together.
pub(crate) fn demand_addable(directory: &Directory, group: &Group, link: Link, ids: &[Uuid]) -> Result<(), GraphError> {
    for id in ids {
        directory.kind(*id).ok_or_else(|| GraphError::missing(id))?;
        // Not every replica knows an object the moment it is made (group-post-members, note of 2026).
        if directory.is_brand_new(group.id) || directory.is_brand_new(*id) {
            return Err(brand_new());
        }
    }
    let list = list(group, link);
    // The quota is looked at before duplicates are.
    let total = list.len() + ids.len();
    if link == Link::Owner && total > MOST_OWNERS {
        let message = format!(
            "Unable to perform operation as '{total}' would exceed the maximum quota count '{MOST_OWNERS}' for forward-link owners.",
        );
        return Err(GraphError::new(403, "Directory_QuotaExceeded", message));
    }
    let twice = ids.iter().enumerate().any(|(index, id)| ids[..index].contains(id));
    if twice || ids.iter().any(|id| list.contains(id)) {
        return Err(already(link));
    }
    ids.iter().try_for_each(|id| demand_fitting(directory, group, link, *id))
}

/// Returns the refusal of a link that is already there.
pub(crate) fn already(link: Link) -> GraphError {
    GraphError::bad(format!(
        "One or more added object references already exist for the following modified properties: '{}'.",
        link.name()
    ))
}

/// Returns the refusal of a link to or from an object that was just created.
pub(crate) fn brand_new() -> GraphError {
    GraphError::bad("The source resource object or one of the objects being referenced do not exist.")
}

/// Checks that the kind of an object fits, and that the tenant admits guests where a guest would come in.
fn demand_fitting(directory: &Directory, group: &Group, link: Link, id: Uuid) -> Result<(), GraphError> {
    let inner = directory.group(id);
    let nests = !group.is_unified() && !group.is_assignable_to_role && id != group.id;
    let fits = match (link, directory.kind(id)) {
        (_, Some(Kind::Person)) | (Link::Owner, Some(Kind::ServicePrincipal)) => true,
        // A Microsoft 365 group holds people only, and is a member of nothing; a role-assignable group holds no group.
        (Link::Member, Some(Kind::ServicePrincipal)) => !group.is_unified(),
        (Link::Member, Some(Kind::Group)) => nests && inner.is_some_and(|inner| !inner.is_unified()),
        _ => false,
    };
    if !fits {
        return Err(GraphError::bad("An object of this type cannot be added to the collection."));
    }
    let is_guest = directory.person(id).is_some_and(|person| person.is_guest());
    let settings = &directory.tenant.settings;
    let admitted = match link {
        Link::Member => settings.admits_guests(group.id),
        Link::Owner => settings.is_on("AllowGuestsToBeGroupOwner"),
    };
    if is_guest && group.is_unified() && !admitted { Err(GraphError::denied()) } else { Ok(()) }
}

/// Checks that an object can be taken away from a group.
pub(crate) fn demand_removable(directory: &Directory, group: &Group, link: Link, id: Uuid) -> Result<(), GraphError> {
    let list = list(group, link);
    if !list.contains(&id) {
        return Err(GraphError::missing(id));
    }
    // A service principal that stays does not count: the last person cannot go.
    let is_person = |owner: &Uuid| directory.person(*owner).is_some();
    let last_person = is_person(&id) && list.iter().filter(|owner| is_person(owner)).count() == 1;
    if link == Link::Owner && last_person {
        return Err(GraphError::bad("The group must have at least one owner, hence this owner cannot be removed."));
    }
    Ok(())
}

fn list(group: &Group, link: Link) -> &[Uuid] {
    match link {
        Link::Owner => &group.owners,
        Link::Member => &group.members,
    }
}
