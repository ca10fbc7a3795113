//! The recycle bin: deleted groups stay in it for 30 days, whole, and can be restored.

use uuid::Uuid;

use crate::clock::instant;
use crate::company::Group;
use crate::directory::Directory;

/// How long a deleted group can be restored: 30 days.
const KEPT_MILLIS: i64 = 30 * 24 * 3600 * 1000;

impl Directory {
    /// Puts a group into the recycle bin; returns whether there was one.
    pub(crate) fn bin_group(&mut self, id: Uuid) -> bool {
        let at = self.stamp.at;
        let Some(mut group) = self.remove_group(id, false) else {
            return false;
        };
        group.deleted = Some(instant(at));
        self.tenant.bin.insert(id, (at, group));
        true
    }

    /// Takes a group out of the recycle bin and puts it back, without those who left the directory meanwhile; returns
    /// whether there was one.
    pub(crate) fn restore_group(&mut self, id: Uuid) -> bool {
        let Some((_, mut group)) = self.tenant.bin.remove(&id) else {
            return false;
        };
        group.deleted = None;
        group.owners.retain(|owner| self.kind(*owner).is_some());
        group.members.retain(|member| self.kind(*member).is_some());
        self.insert_group(group);
        true
    }

    /// Returns a group in the recycle bin.
    pub(crate) fn binned(&self, id: Uuid) -> Option<&Group> {
        self.tenant.bin.get(&id).map(|(_, group)| group)
    }

    /// Takes a group out of the recycle bin for good.
    pub(crate) fn purge_from_bin(&mut self, id: Uuid) {
        if self.tenant.bin.remove(&id).is_some() {
            self.purge_group(id);
        }
    }

    /// Takes groups out of the recycle bin whose time is over.
    pub(crate) fn sweep_bin(&mut self) {
        let horizon = self.stamp.at - KEPT_MILLIS;
        let over: Vec<Uuid> = self.tenant.bin.iter().filter(|(_, (at, _))| *at <= horizon).map(|(id, _)| *id).collect();
        for id in over {
            self.purge_from_bin(id);
        }
    }
}
