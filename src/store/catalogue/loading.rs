//! Keeping the groups in memory as new as the store.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::{sync::Mutex, task};

use super::{Entry, Snapshot};
use crate::store::{CopiedGroup, Error, Store};

/// The current snapshot of this process. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    current: Arc<RwLock<Arc<Snapshot>>>,
    loading: Arc<Mutex<()>>,
}

impl Catalogue {
    /// Returns a snapshot in which every change up to `change` is applied, loading what is missing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn at(&self, store: &Store, change: i64) -> Result<Arc<Snapshot>, Error> {
        let known = self.snapshot();
        if known.change >= change {
            return Ok(known);
        }
        let _one_loads = self.loading.lock().await;
        let known = self.snapshot();
        if known.change >= change {
            return Ok(known);
        }
        let fresh = load(store, known, change).await?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
        Ok(fresh)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Applies what changed since the known snapshot. Groups are read before designations: both are then complete up to the
/// number of the groups, whatever was changed in between, and a designation that is newer is only applied twice.
async fn load(store: &Store, known: Arc<Snapshot>, change: i64) -> Result<Arc<Snapshot>, Error> {
    let groups = store.directory().groups_changed_since(known.change).await?;
    let designations = store.designations().changed_since(known.change).await?;
    let newest = groups.iter().map(|copied| copied.change).max().unwrap_or(0).max(change);
    // A first load or a large refresh takes a while; nobody else's page waits for it.
    let apply = move || {
        let entry = |copied: CopiedGroup| Entry {
            unable: copied.unable,
            ..Entry::new(copied.group, copied.owners, None, copied.gone)
        };
        let entries = groups.into_iter().map(entry);
        Arc::new(known.with(entries.collect(), designations, newest))
    };
    match task::spawn_blocking(apply).await {
        Ok(fresh) => Ok(fresh),
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
