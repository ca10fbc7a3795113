//! The two databases behind one name, and the small macros that run one statement text on either.
//!
//! A statement is expanded once per database, so each is checked by the tests that run every store function on both.
//! Statements are constants; nothing a person typed ever becomes part of one. `RETURNING` appears inside a [`Tx`] only,
//! because outside of one the `SQLite` driver can lose the commit's error (sqlx issue 3430).

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use super::Error;

/// The database in use. `SQLite` has one connection that writes and several that only read.
#[derive(Debug, Clone)]
pub(super) enum Db {
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
pub(super) enum Tx {
    /// On `SQLite`.
    Lite(Transaction<'static, Sqlite>),
    /// On `PostgreSQL`.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Starts a transaction. On `SQLite` it takes the write lock at once, so it cannot fail half-way for want of it.
    pub(super) async fn begin(&self) -> Result<Tx, Error> {
        Ok(match self {
            Self::Lite { write, .. } => Tx::Lite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Closes the readers first, so that the writer, closing last, can tidy up the write-ahead log.
    pub(super) async fn close(&self) {
        match self {
            Self::Lite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// Returns whether this is `SQLite`.
    pub(super) fn is_lite(&self) -> bool {
        matches!(self, Self::Lite { .. })
    }
}

impl Tx {
    /// Makes the changes last.
    pub(super) async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Lite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Returns whether this is `SQLite`.
    pub(super) fn is_lite(&self) -> bool {
        matches!(self, Self::Lite(_))
    }
}

/// Runs a query that only reads, outside a transaction.
macro_rules! read {
    ($db:expr, $fetch:ident, $query:expr) => {
        match $db {
            $crate::store::db::Db::Lite { read, .. } => $query.$fetch(read).await,
            $crate::store::db::Db::Postgres(pool) => $query.$fetch(pool).await,
        }
        .map_err($crate::store::Error::from)
    };
}

/// Runs a query inside a transaction and returns rows.
macro_rules! fetch {
    ($tx:expr, $fetch:ident, $query:expr) => {
        match $tx {
            $crate::store::db::Tx::Lite(tx) => $query.$fetch(&mut **tx).await,
            $crate::store::db::Tx::Postgres(tx) => $query.$fetch(&mut **tx).await,
        }
        .map_err($crate::store::Error::from)
    };
}

/// Runs a statement inside a transaction and returns how many rows it touched.
macro_rules! execute {
    ($tx:expr, $query:expr) => {
        match $tx {
            $crate::store::db::Tx::Lite(tx) => $query.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::store::db::Tx::Postgres(tx) => $query.execute(&mut **tx).await.map(|done| done.rows_affected()),
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
