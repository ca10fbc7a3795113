//! Reads which accounts cannot sign in: those that are disabled once, then what changed. Only the portal's own identity
//! asks. What goes wrong here keeps nobody from reading the groups.

use crate::{
    domain::{
        accounts::{self, Round},
        directory_copy::{Extent, Linked, Outcome, Way, extent},
    },
    graph::{self, AccountPages},
    store::{AccountNews, FoundAccounts, KeptLink},
};

use super::refresh::{Broken, Task};

/// How many accounts are read one by one in a reading, of which the changes say two things.
const MOST_ASKED: usize = 50;

/// Reads the accounts. Where the directory does not let them be read, nothing is claimed any more; where it does not
/// answer, what was read before is believed for a while.
pub(super) async fn read(task: &Task<'_>, kept: Option<KeptLink>) -> Result<FoundAccounts, Broken> {
    let now = task.app.clock.now();
    let has_service = task.app.settings.service.is_some();
    let is_believed = kept.as_ref().is_some_and(|kept| has_service && accounts::is_believed(kept.read_at, now));
    let as_it_was = if is_believed || kept.is_none() { AccountNews::Same } else { AccountNews::Nothing };
    if task.source.way == Way::Person {
        return Ok(FoundAccounts { news: as_it_was, outcome: None });
    }
    let nothing = if kept.is_some() { AccountNews::Nothing } else { AccountNews::Same };
    let (news, outcome) = match news(task, kept).await {
        Ok(news) => (news, Outcome::Done),
        Err(Broken::Graph(graph::Error::NotAllowed)) => (nothing, Outcome::NotPermitted),
        Err(Broken::Graph(error)) => {
            tracing::warn!(%error, "which accounts cannot sign in was not read");
            (as_it_was, Outcome::Failed)
        }
        Err(broken) => return Err(broken),
    };
    Ok(FoundAccounts { news, outcome: Some(outcome) })
}

async fn news(task: &Task<'_>, kept: Option<KeptLink>) -> Result<AccountNews, Broken> {
    let linked = kept.as_ref().map(|kept| kept.watch.linked);
    match (extent(linked, task.wanted, task.source.way, task.app.clock.now()), kept) {
        (Extent::Changes, Some(kept)) => match changes(task, &kept).await {
            Err(Broken::Graph(graph::Error::StartOver)) => {
                tracing::info!("the directory no longer knows which accounts changed; reading all that are disabled");
                whole(task).await
            }
            news => news,
        },
        _ => whole(task).await,
    }
}

/// Reads all accounts that are disabled. The link comes first, so that what changes meanwhile is told afterwards.
async fn whole(task: &Task<'_>) -> Result<AccountNews, Broken> {
    let linked = Linked { begun_at: task.app.clock.now(), way: task.source.way };
    let link = task.source.reader.accounts_from_now().await?;
    let round = gather(task, &mut task.source.reader.disabled_accounts()).await?;
    Ok(AccountNews::Whole(round.0.into_keys().collect(), (link, linked)))
}

async fn changes(task: &Task<'_>, kept: &KeptLink) -> Result<AccountNews, Broken> {
    let mut pages = task.source.reader.accounts_changed_since(&kept.link)?;
    let round = gather(task, &mut pages).await?;
    let (mut told, mut asked) = (std::collections::BTreeMap::new(), 0);
    for (person, account) in round.0 {
        let account = match account {
            Some(account) => account,
            None if asked == MOST_ASKED => return Err(graph::Error::StartOver.into()),
            None => {
                asked += 1;
                task.keep().await?;
                task.source.reader.account(person).await?
            }
        };
        told.insert(person, account);
    }
    Ok(AccountNews::Changed(told, (pages.link()?, kept.watch.linked)))
}

async fn gather(task: &Task<'_>, pages: &mut AccountPages<'_>) -> Result<Round, Broken> {
    let mut round = Round::default();
    while let Some(page) = pages.next_page().await? {
        round.take(page);
        task.keep().await?;
    }
    Ok(round)
}
