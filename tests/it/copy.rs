//! The directory copy of a portal: read again in time and in full, and never the end of a request by mistake.

mod accounts;
mod authors;
mod button;
mod changes;
mod inactive;
mod listings;
mod names;
mod outside;
mod pace;
mod service;
mod visits;

use std::time::Duration;

use jiff::SignedDuration;
use roster::{
    domain::directory_copy::{Standing, Wanted},
    features::mirror::{self, Refreshing},
    web::trouble::Trouble,
};

use crate::support::portal::Portal;

/// What the directory is asked for when all groups are read.
const LISTING: &str = "/groups?";
/// What it is asked for when only the changes are read.
const CHANGES: &str = "/groups/delta?$deltatoken=";

impl Portal {
    /// Returns how often all groups were read, or were tried to be.
    fn listings(&self) -> usize {
        self.emulator
            .calls()
            .iter()
            .filter(|call| call.path.starts_with(LISTING) || call.path.starts_with(CHANGES))
            .count()
    }

    /// Lets so much time pass that a visit has the copy read again, and returns what became of that.
    async fn follow(&self) -> Refreshing {
        self.try_to_follow().await.unwrap()
    }

    async fn try_to_follow(&self) -> Result<Refreshing, Trouble> {
        self.advance(SignedDuration::from_mins(16));
        let admin = self.admin();
        mirror::refresh(&self.app, &self.token(admin.id.0), &admin, Wanted::ByAVisit).await
    }

    async fn standing(&self) -> Standing {
        self.app.store.directory().standing().await.unwrap()
    }

    /// Waits until the copy stands so.
    pub(crate) async fn wait_for(&self, is_so: impl Fn(&Standing) -> bool) -> Standing {
        for _ in 0..500 {
            let standing = self.standing().await;
            if is_so(&standing) {
                return standing;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the copy stands otherwise: {:?}", self.standing().await);
    }

    /// Waits until every wish of the pages is done.
    async fn wait_for_wishes(&self) {
        for _ in 0..500 {
            let is_reading = self.standing().await.held_until.is_some();
            if self.app.wishes.capacity() == self.app.wishes.max_capacity() && !is_reading {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the wishes are not done");
    }
}
