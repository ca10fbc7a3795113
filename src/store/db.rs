//! The two databases behind one name, and the small macros that run one statement text on either.
//!
//! A statement is expanded once per database, so each is checked by the tests that run every store function on both.
//! Statements are constants; nothing a person typed ever becomes part of one. `RETURNING` appears inside a [`Tx`] only,
//! because outside of one the `SQLite` driver can lose the commit's error (sqlx issue 3430).

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use super::Error;

/// The database in use.
#[derive(Debug, Clone)]
pub(super) struct Db {
    pools: Pools,
    /// How many statements were run, beginnings and ends of transactions left out.
    statements: Arc<AtomicU64>,
}

/// Its connections. `SQLite` has one that writes and several that only read.
#[derive(Debug, Clone)]
pub(super) enum Pools {
    /// `SQLite`.
    Lite {
        /// Connections that only read.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
    },
    /// `PostgreSQL`.
    Postgres(PgPool),
}

/// A transaction that writes. Dropped without [`Tx::commit`], it changes nothing.
pub(super) struct Tx {
    open: Open,
    statements: Arc<AtomicU64>,
}

/// An open transaction.
pub(super) enum Open {
    /// On `SQLite`.
    Lite(Transaction<'static, Sqlite>),
    /// On `PostgreSQL`.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Makes the handle of open pools.
    pub(super) fn new(pools: Pools) -> Self {
        Self { pools, statements: Arc::default() }
    }

    /// Returns the pools.
    pub(super) fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Returns the pools for one statement, which is counted.
    pub(super) fn counted(&self) -> &Pools {
        self.statements.fetch_add(1, Ordering::Relaxed);
        &self.pools
    }

    /// Returns how many statements were run.
    pub(super) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Starts a transaction. On `SQLite` it takes the write lock at once, so it cannot fail half-way for want of it.
    pub(super) async fn begin(&self) -> Result<Tx, Error> {
        let open = match &self.pools {
            Pools::Lite { write, .. } => Open::Lite(write.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Open::Postgres(pool.begin().await?),
        };
        Ok(Tx { open, statements: self.statements.clone() })
    }

    /// Closes the readers first, so that the writer, closing last, can tidy up the write-ahead log.
    pub(super) async fn close(&self) {
        match &self.pools {
            Pools::Lite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Returns whether this is `SQLite`.
    pub(super) fn is_lite(&self) -> bool {
        matches!(self.pools, Pools::Lite { .. })
    }
}

impl Tx {
    /// Returns the transaction for one statement, which is counted.
    pub(super) fn counted(&mut self) -> &mut Open {
        self.statements.fetch_add(1, Ordering::Relaxed);
        &mut self.open
    }

    /// Makes the changes last.
    pub(super) async fn commit(self) -> Result<(), Error> {
        match self.open {
            Open::Lite(tx) => tx.commit().await?,
            Open::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Returns whether this is `SQLite`.
    pub(super) fn is_lite(&self) -> bool {
        matches!(self.open, Open::Lite(_))
    }
}

/// Runs a query that only reads, outside a transaction.
macro_rules! read {
    ($db:expr, $fetch:ident, $query:expr) => {
        match $db.counted() {
            $crate::store::db::Pools::Lite { read, .. } => $query.$fetch(read).await,
            $crate::store::db::Pools::Postgres(pool) => $query.$fetch(pool).await,
        }
        .map_err($crate::store::Error::from)
    };
}

/// Runs a query inside a transaction and returns rows.
macro_rules! fetch {
    ($tx:expr, $fetch:ident, $query:expr) => {
        match $crate::store::db::Tx::counted($tx) {
            $crate::store::db::Open::Lite(tx) => $query.$fetch(&mut **tx).await,
            $crate::store::db::Open::Postgres(tx) => $query.$fetch(&mut **tx).await,
        }
        .map_err($crate::store::Error::from)
    };
}

/// Runs a statement inside a transaction and returns how many rows it touched.
macro_rules! execute {
    ($tx:expr, $query:expr) => {
        match $crate::store::db::Tx::counted($tx) {
            $crate::store::db::Open::Lite(tx) => $query.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::store::db::Open::Postgres(tx) => $query.execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
        .map_err($crate::store::Error::from)
    };
}

/// Builds a statement with a list in it: `column IN`, and the list is `$1`, a JSON array of texts. One of the two spots
/// where the databases differ.
macro_rules! listed {
    ($on:expr, [$($before:tt)*], [$($after:tt)*]) => {
        if $on.is_lite() {
            concat!($($before)*, "IN (SELECT value FROM json_each($1)) ", $($after)*)
        } else {
            concat!($($before)*, "= ANY(ARRAY(SELECT jsonb_array_elements_text($1::jsonb))) ", $($after)*)
        }
    };
}

/// Builds a statement that selects from `item`, the objects of the JSON array `$1`. The other spot.
macro_rules! from_items {
    ($on:expr, [$($before:tt)*], [$($after:tt)*]) => {
        if $on.is_lite() {
            concat!($($before)*, "FROM json_each($1) AS item ", $($after)*)
        } else {
            concat!($($before)*, "FROM jsonb_array_elements($1::jsonb) AS item(value) ", $($after)*)
        }
    };
}

pub(super) use {execute, fetch, from_items, listed, read};
