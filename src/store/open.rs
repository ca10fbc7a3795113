//! Opening a database: settings that keep a confirmed decision through a power cut, asserted on every connection.

use std::{str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, SqliteConnection, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    Error,
    db::{Db, Pools},
};

/// How long a caller waits for a connection, and a `SQLite` connection for a lock.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections that read from `SQLite`; the machine's cores, not the disk, are the limit.
const LITE_READERS: u32 = 4;
/// Connections to `PostgreSQL` a process holds at most.
const POSTGRES_CONNECTIONS: u32 = 10;

/// Keeps the event table append-only. A row that has to be read in two years must not be changed in one.
const LITE_GUARDS: &str = "
CREATE TRIGGER IF NOT EXISTS event_never_changes BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER IF NOT EXISTS event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
";

/// The same for `PostgreSQL`; the advisory lock lets several processes start at once.
const POSTGRES_GUARDS: &str = "
BEGIN;
SELECT pg_advisory_xact_lock(7209144911);
CREATE OR REPLACE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$;
CREATE OR REPLACE TRIGGER event_never_changes BEFORE UPDATE OR DELETE ON event
FOR EACH ROW EXECUTE FUNCTION event_stays();
CREATE OR REPLACE TRIGGER event_never_emptied BEFORE TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION event_stays();
COMMIT;
";

/// Opens the database that an address names.
pub(super) async fn open(url: &str) -> Result<Db, Error> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return open_postgres(url).await;
    }
    if url.starts_with("sqlite://") && !url.contains("memory") {
        return open_lite(url).await;
    }
    Err(Error::Unfit("its address starts with neither sqlite://, followed by a file, nor postgres://".into()))
}

async fn open_lite(url: &str) -> Result<Db, Error> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .foreign_keys(true);
    // A pool would try again until its patience ends; the first connection, made by hand, says at once what is wrong.
    let mut first = options.connect().await?;
    assert_lite(&mut first).await?;
    first.close().await?;
    let write = lite_pool(1).connect_with(options.clone()).await?;
    sqlx::migrate!("src/store/migrations").run(&write).await?;
    sqlx::raw_sql(LITE_GUARDS).execute(&write).await?;
    let read = lite_pool(LITE_READERS).connect_with(options.create_if_missing(false).read_only(true)).await?;
    Ok(Db::new(Pools::Lite { read, write }))
}

fn lite_pool(size: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(size)
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| Box::pin(async move { assert_lite(connection).await.map(|_| ()) }))
}

/// Reads the settings back, for a pragma that cannot be obeyed is ignored in silence (sqlite.org/pragma.html).
async fn assert_lite(connection: &mut SqliteConnection) -> Result<String, sqlx::Error> {
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await?;
    let foreign_keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut *connection).await?;
    let patience: i64 = sqlx::query_scalar("PRAGMA busy_timeout").fetch_one(&mut *connection).await?;
    let found =
        format!("journal_mode={journal} synchronous={synchronous} foreign_keys={foreign_keys} busy_timeout={patience}");
    if found == "journal_mode=wal synchronous=2 foreign_keys=1 busy_timeout=5000" {
        Ok(found)
    } else {
        Err(sqlx::Error::Configuration(format!("SQLite answered {found}").into()))
    }
}

async fn open_postgres(url: &str) -> Result<Db, Error> {
    let options = PgConnectOptions::from_str(url)?.application_name("roster").options([
        ("statement_timeout", "15s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ]);
    let mut first = options.connect().await?;
    assert_postgres(&mut first).await?;
    first.close().await?;
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| Box::pin(async move { assert_postgres(connection).await.map(|_| ()) }))
        .connect_with(options)
        .await?;
    sqlx::migrate!("src/store/migrations").run(&pool).await?;
    sqlx::raw_sql(POSTGRES_GUARDS).execute(&pool).await?;
    Ok(Db::new(Pools::Postgres(pool)))
}

/// With `off` a confirmed commit can be lost in a crash, with `local` on a failover (`PostgreSQL` documentation, 20.5).
async fn assert_postgres(connection: &mut PgConnection) -> Result<String, sqlx::Error> {
    let found: String =
        sqlx::query_scalar("SELECT current_setting('synchronous_commit')").fetch_one(&mut *connection).await?;
    if matches!(found.as_str(), "on" | "remote_write" | "remote_apply") {
        Ok(format!("synchronous_commit={found}"))
    } else {
        Err(sqlx::Error::Configuration(format!("PostgreSQL has synchronous_commit={found}, which has to be on").into()))
    }
}

/// Holds every connection of every pool at once and reads each one's settings.
pub(super) async fn durability(db: &Db) -> Result<Vec<String>, Error> {
    match db.pools() {
        Pools::Lite { read, write } => {
            let mut found = lite_durability(read).await?;
            found.extend(lite_durability(write).await?);
            Ok(found)
        }
        Pools::Postgres(pool) => postgres_durability(pool).await,
    }
}

async fn lite_durability(pool: &SqlitePool) -> Result<Vec<String>, Error> {
    let (mut held, mut found) = (Vec::new(), Vec::new());
    for _ in 0..pool.options().get_max_connections() {
        let mut connection = pool.acquire().await?;
        found.push(assert_lite(&mut connection).await?);
        held.push(connection);
    }
    Ok(found)
}

async fn postgres_durability(pool: &PgPool) -> Result<Vec<String>, Error> {
    let (mut held, mut found) = (Vec::new(), Vec::new());
    for _ in 0..pool.options().get_max_connections() {
        let mut connection = pool.acquire().await?;
        found.push(assert_postgres(&mut connection).await?);
        held.push(connection);
    }
    Ok(found)
}
