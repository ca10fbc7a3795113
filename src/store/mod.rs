//! Our own tables: who takes part, who asked, what was decided, what is still owed to the directory, and the record of it.
//!
//! [`Store`] is the door. It opens `SQLite` or `PostgreSQL`, whichever the address names, and hands out one small handle per
//! noun: `store.requests().find(id)`. Every statement is one text that both databases understand ([`db`] holds the few
//! places where they differ), every change is one transaction that ends with its event, and no transaction is ever held
//! while the directory is asked. On `PostgreSQL` the rows of a change are locked before the head of the chain of events, so
//! two changes never wait for each other in a circle.

mod adding;
pub mod catalogue;
mod codec;
mod commissions;
mod consents;
mod counts;
mod creations;
mod db;
mod decisions;
mod designation_row;
mod designations;
mod directory;
mod directory_accounts;
mod directory_exchange;
mod directory_lease;
mod directory_links;
mod directory_members;
mod directory_owners;
mod end_brake;
mod end_changes;
mod endings;
mod error;
mod events;
mod given;
mod group_writes;
mod held_forms;
mod histories;
mod import_chunks;
mod import_moves;
mod import_owing;
mod import_rows;
mod imports;
mod inactive_accounts;
mod landing;
mod leaving;
mod logins;
mod looks;
mod member_rounds;
mod membership_ends;
mod new_groups;
mod open;
mod operation_endings;
mod operation_row;
mod operations;
mod outside;
mod past_owners;
mod request_row;
mod requests;
mod responsibilities;
mod restoring;
mod reviews;
mod seal;
mod sessions;
mod stale_removals;
mod suspending;
mod unexplained;
mod workspaces;

use db::{Db, read};

pub use commissions::Commissions;
pub use counts::{AskingFacts, Counts};
pub use creations::Creations;
pub use decisions::{Deciding, Decisions, Longer};
pub use designations::Designations;
pub use directory::{CopiedGroup, Directory};
pub use directory_accounts::{AccountNews, FoundAccounts};
pub use directory_exchange::{Found, FoundGroups, GroupNews, Listing, Refreshed};
pub use directory_lease::Lease;
pub use directory_links::{KeptLink, Links};
pub use directory_members::{Pair, Sizes};
pub use end_changes::{EndChange, Ending};
pub use error::Error;
pub use events::{Broken, Events, Verified, fingerprint};
pub use given::{Given, Placed};
pub use group_writes::GroupWrites;
pub use held_forms::{FORMS_OF_ONE, HeldForms};
pub use histories::{Histories, Recorded, Side, Sought, Told};
pub use import_chunks::{Settled, Taken};
pub use import_rows::Shown;
pub use imports::Imports;
pub use inactive_accounts::{InactiveAccounts, SignInsLease};
pub use logins::{Logins, SIGN_INS, SIGN_INS_OF_ONE};
pub use member_rounds::{FoundMembers, MemberRound};
pub use membership_ends::MembershipEnds;
pub use new_groups::NewGroupRules;
pub use operations::Operations;
pub use requests::{Asked, Requests};
pub use responsibilities::ResponsibilityTexts;
pub use reviews::{Answered, ReviewRows, Reviews};
pub use seal::SealKeys;
pub use sessions::{ABSOLUTE_LIMIT, Clock, IDLE_LIMIT, SessionStore, TOUCH_EVERY};
pub use suspending::Suspended;
pub use unexplained::{AskingLease, Open, Unexplained};
pub use workspaces::{Arrival, Sizes as GroupSizes, Workspaces};

/// Everything Roster keeps. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    db: Db,
}

/// Says whether a conditional change happened, or somebody was first.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// The change is recorded.
    Yes,
    /// What it started from is no longer so; nothing was changed.
    No,
}

impl Moved {
    /// Returns whether the change happened.
    #[must_use]
    pub fn is_yes(self) -> bool {
        self == Self::Yes
    }
}

impl Store {
    /// Opens the database, brings its tables up to date and sets the guards of the event table.
    ///
    /// # Errors
    /// [`Error::Unfit`] when the address is of no known kind or the database would not keep what it confirms;
    /// [`Error::Unavailable`] when it cannot be reached.
    pub async fn open(url: &str) -> Result<Self, Error> {
        Ok(Self { db: open::open(url).await? })
    }

    /// Closes all connections; what is under way ends first.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// Returns how many statements this process has run so far, for the price of a page.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.db.statements()
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when there is none.
    pub async fn ping(&self) -> Result<(), Error> {
        read!(&self.db, fetch_one, sqlx::query_scalar::<_, i64>("SELECT CAST(1 AS BIGINT)")).map(|_| ())
    }

    /// Returns what each pooled connection says about its durability, all connections being opened for it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when a connection cannot be had.
    pub async fn durability(&self) -> Result<Vec<String>, Error> {
        open::durability(&self.db).await
    }

    /// Returns the handle for requests.
    #[must_use]
    pub fn requests(&self) -> Requests<'_> {
        Requests { db: &self.db }
    }

    /// Returns the handle for decisions.
    #[must_use]
    pub fn decisions(&self) -> Decisions<'_> {
        Decisions { db: &self.db }
    }

    /// Returns the handle for what happened to groups.
    #[must_use]
    pub fn histories(&self) -> Histories<'_> {
        Histories { db: &self.db }
    }

    /// Returns the handle for what owners see of their groups.
    #[must_use]
    pub fn workspaces(&self) -> Workspaces<'_> {
        Workspaces { db: &self.db }
    }

    /// Returns the handle for lists of people who are added or removed at once.
    #[must_use]
    pub fn imports(&self) -> Imports<'_> {
        Imports { db: &self.db }
    }

    /// Returns the handle for when memberships end.
    #[must_use]
    pub fn membership_ends(&self) -> MembershipEnds<'_> {
        MembershipEnds { db: &self.db }
    }

    /// Returns the handle for groups that are being created.
    #[must_use]
    pub fn creations(&self) -> Creations<'_> {
        Creations { db: &self.db }
    }

    /// Returns the handle for whose new groups take part at once.
    #[must_use]
    pub fn new_group_rules(&self) -> NewGroupRules<'_> {
        NewGroupRules { db: &self.db }
    }

    /// Returns the handle for commissions.
    #[must_use]
    pub fn commissions(&self) -> Commissions<'_> {
        Commissions { db: &self.db }
    }

    /// Returns the handle for what owners do with whole groups.
    #[must_use]
    pub fn group_writes(&self) -> GroupWrites<'_> {
        GroupWrites { db: &self.db }
    }

    /// Returns the handle for reviews.
    #[must_use]
    pub fn reviews(&self) -> Reviews<'_> {
        Reviews { db: &self.db }
    }

    /// Returns the handle for operations.
    #[must_use]
    pub fn operations(&self) -> Operations<'_> {
        Operations { db: &self.db }
    }

    /// Returns the handle for the responsibilities of owners.
    #[must_use]
    pub fn responsibilities(&self) -> ResponsibilityTexts<'_> {
        ResponsibilityTexts { db: &self.db }
    }

    /// Returns the handle for designations.
    #[must_use]
    pub fn designations(&self) -> Designations<'_> {
        Designations { db: &self.db }
    }

    /// Returns the handle for the directory copy.
    #[must_use]
    pub fn directory(&self) -> Directory<'_> {
        Directory { db: &self.db }
    }

    /// Returns the handle for changes made outside Roster by somebody who is not known yet.
    #[must_use]
    pub fn unexplained(&self) -> Unexplained<'_> {
        Unexplained { db: &self.db }
    }

    /// Returns the handle for accounts with which nobody has signed in for long.
    #[must_use]
    pub fn inactive_accounts(&self) -> InactiveAccounts<'_> {
        InactiveAccounts { db: &self.db }
    }

    /// Returns the handle for events.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events { db: &self.db }
    }
}
