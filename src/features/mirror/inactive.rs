//! Reads with which accounts nobody has signed in for long. Only the portal's own identity asks, and only where a setting
//! says after how many days; nothing else hangs on it.

use crate::{
    domain::{
        ids::PersonId,
        inactive,
        outside::asking::{Asked, Outcome},
    },
    graph::{self, AsService},
    store::{self, SignInsLease},
    web::app::App,
};

use super::{Learning, refresh::Broken};

/// Reads them when it is time and nobody else does.
///
/// # Errors
/// When the store cannot be asked.
pub async fn read_inactive(app: &App, service: &AsService<'_>, days: u16) -> Result<Learning, store::Error> {
    let accounts = app.store.inactive_accounts();
    let Some(mut lease) = accounts.begin(days, app.clock.now()).await? else { return Ok(Learning::NotNow) };
    let read = tokio::select! {
        read = read(app, service, days, &mut lease) => read,
        () = app.stopping.cancelled() => Err(Broken::LetGo),
    };
    let (learning, outcome, found) = match read {
        Ok(found) => (Learning::Done, Some(Outcome::Read), Some(found)),
        // Nothing is claimed any more where it may not be read any more.
        Err(Broken::Graph(error @ graph::Error::NotAllowed)) => {
            (Learning::Refused(error), Some(Outcome::NotPermitted), Some(Vec::new()))
        }
        Err(Broken::Graph(error)) => (Learning::Refused(error), Some(Outcome::Failed), None),
        Err(Broken::LetGo | Broken::Braked(_)) => (Learning::NotNow, None, None),
        Err(Broken::Store(error)) => return Err(error),
    };
    let asked = outcome.map(|outcome| Asked { at: app.clock.now(), outcome });
    accounts.end(lease, asked, found.as_deref().map(|found| (found, days))).await?;
    Ok(learning)
}

async fn read(
    app: &App,
    service: &AsService<'_>,
    days: u16,
    lease: &mut SignInsLease,
) -> Result<Vec<PersonId>, Broken> {
    let limit = inactive::limit(days, app.clock.now());
    let (mut pages, mut found) = (service.reader().last_signed_in_before(limit), Vec::new());
    while let Some(page) = pages.next_page().await? {
        found.extend(page.into_iter().filter(|(_, last)| last.are_before(limit)).map(|(person, _)| person));
        if !app.store.inactive_accounts().keep(lease, app.clock.now()).await? {
            return Err(Broken::LetGo);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
