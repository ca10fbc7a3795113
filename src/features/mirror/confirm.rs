//! Asks the directory once more, group by group, before a group that takes part counts as gone or unfit: a listing may be
//! incomplete, and what ends with a group does not come back.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{
        designation::{self, SuspendReason},
        directory::Group,
        ids::GroupId,
    },
    graph::{self, AccessToken},
    store::Lease,
    web::{app::App, trouble::Trouble},
};

use super::refresh::Listing;

/// How many open requests are looked through for groups that are suspended already.
const OPEN: usize = 10_000;

/// A group that takes part and cannot be managed here any more, as a read of it alone has shown.
pub(super) struct Unmanageable {
    pub group: GroupId,
    pub reason: SuspendReason,
}

/// Reads each doubtful group live. What the reads say goes into the listing, so that the copy is right about them; one
/// that may not be read stays in the copy as it was.
///
/// # Errors
/// A trouble when the directory is away, for then nothing is known; the copy stays as it was.
pub(super) async fn confirm(
    app: &App,
    token: &AccessToken,
    lease: &Lease,
    groups: &mut Listing,
) -> Result<Vec<Unmanageable>, Trouble> {
    let mut unmanageable = Vec::new();
    for group in doubtful(app, groups).await? {
        app.store.directory().keep_refresh(lease, app.clock.now()).await?;
        let person = app.graph.person(token);
        let live = match person.group(group).await {
            Ok(live) => live,
            Err(error @ (graph::Error::NotAllowed | graph::Error::Refused { .. })) => {
                tracing::warn!(%error, group.id = %group, "a group that takes part cannot be read; it stays as it was");
                keep(app, group, groups).await?;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(reason) = designation::must_suspend(live.as_ref()) {
            unmanageable.push(Unmanageable { group, reason });
        }
        groups.retain(|(listed, _)| listed.id != group);
        if let Some(live) = live {
            let owners = match person.owners(group).await {
                Err(graph::Error::Gone) => Vec::new(),
                owners => owners?,
            };
            groups.push((live, owners));
        }
    }
    Ok(unmanageable)
}

/// Returns the groups that take part and that the listing says are missing or unfit. One that is suspended already counts
/// while requests of it are open.
async fn doubtful(app: &App, groups: &Listing) -> Result<Vec<GroupId>, Trouble> {
    let listed: HashMap<GroupId, &Group> = groups.iter().map(|(group, _)| (group.id, group)).collect();
    let designations = app.store.designations().all().await?;
    let (suspended, doubtful): (Vec<_>, Vec<_>) = designations
        .into_iter()
        .filter(|known| designation::must_suspend(listed.get(&known.group).copied()).is_some())
        .partition(|known| known.suspended.is_some());
    let suspended: Vec<GroupId> = suspended.iter().map(|known| known.group).collect();
    let open = app.store.requests().open_for_groups(&suspended, OPEN).await?;
    let left: HashSet<GroupId> = open.iter().map(|request| request.group).collect();
    Ok(doubtful.iter().map(|known| known.group).chain(left).collect())
}

/// Puts what the copy says of a group in the place of what the listing says.
async fn keep(app: &App, group: GroupId, groups: &mut Listing) -> Result<(), Trouble> {
    if let Some(copied) = app.store.directory().group(group).await?.filter(|copied| !copied.gone) {
        groups.retain(|(listed, _)| listed.id != group);
        groups.push((copied.group, copied.owners));
    }
    Ok(())
}
