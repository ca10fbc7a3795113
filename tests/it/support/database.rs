//! Databases for tests: a `SQLite` file, and a database on a `PostgreSQL` server that lives as long as the test process.
//!
//! The server is started through a shell that waits for its standard input to close, which the system does for us however
//! the test process ends; then the shell stops the server and clears up.

use std::{
    env, fs,
    os::unix::{fs::chown, net::UnixStream, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use roster::store::Store;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, SqliteConnection};

/// Starts the server, waits until told to stop it, and removes its files. `INT` is `PostgreSQL`'s fast shutdown.
const KEEPER: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
    -c max_connections=300 -c shared_buffers=16MB >"$2/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$2"
"#;

/// An empty database with Roster's tables, and how to reach it from outside.
pub struct Database {
    pub store: Store,
    pub url: String,
    _directory: Option<tempfile::TempDir>,
}

/// Runs a test on `SQLite` and, where `PostgreSQL` is installed, on `PostgreSQL`.
pub async fn each_database<F: AsyncFn(Database)>(body: F) {
    eprintln!("on SQLite");
    body(Database::sqlite().await).await;
    if let Some(database) = Database::postgres().await {
        eprintln!("on PostgreSQL");
        body(database).await;
        super::ran("store::on_postgres");
    }
}

impl Database {
    pub async fn sqlite() -> Self {
        let directory = quick_directory();
        let url = format!("sqlite://{}/roster.db", directory.path().display());
        Self { store: Store::open(&url).await.unwrap(), url, _directory: Some(directory) }
    }

    /// Makes a database on the server; `None` where `PostgreSQL` is not installed and need not be.
    pub async fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let server = SERVER.get_or_init(Server::start).as_ref()?;
        let name = format!("roster_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut connection = server.connect().await;
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE template0"))).await.unwrap();
        connection.close().await.unwrap();
        let url = server.url(&name);
        Some(Self { store: Store::open(&url).await.unwrap(), url, _directory: None })
    }

    /// Runs statements from outside, as somebody with access to the database would.
    pub async fn tamper(&self, statements: &'static str) -> Result<(), sqlx::Error> {
        if self.is_sqlite() {
            let mut connection: SqliteConnection = SqliteConnection::connect(&self.url).await?;
            connection.execute(sqlx::raw_sql(statements)).await?;
            return connection.close().await;
        }
        let mut connection = PgConnection::connect(&self.url).await?;
        connection.execute(sqlx::raw_sql(statements)).await?;
        connection.close().await
    }

    /// Reads one text from outside.
    pub async fn text(&self, query: &'static str) -> String {
        if self.is_sqlite() {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            return sqlx::query_scalar(query).fetch_one(&mut connection).await.unwrap();
        }
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        sqlx::query_scalar(query).fetch_one(&mut connection).await.unwrap()
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}

/// Makes a directory in memory where the system offers one: hundreds of databases that each wait for the disk at every
/// commit, as they do, would be most of what the tests wait for.
fn quick_directory() -> tempfile::TempDir {
    let in_memory = tempfile::Builder::new().prefix("roster-").tempdir_in("/dev/shm");
    in_memory.or_else(|_| tempfile::tempdir()).unwrap()
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

struct Server {
    directory: PathBuf,
    _keeper: Child,
}

impl Server {
    fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            let needed = env::var("CI").is_ok_and(|ci| ci == "true") || env::var("ROSTER_REQUIRE_POSTGRES").is_ok();
            assert!(!needed, "PostgreSQL is needed here and is not on PATH");
            super::left_out("PostgreSQL is not on PATH; tests for both databases run on SQLite alone");
            return None;
        };
        // A socket's path holds about a hundred bytes, so the directory is right under /tmp.
        let directory = tempfile::Builder::new().prefix("roster-pg-").tempdir_in("/tmp").unwrap().keep();
        let user = server_user();
        if let Some((uid, gid)) = user {
            chown(&directory, Some(uid), Some(gid)).unwrap();
        }
        let initdb = as_user(Command::new(programs.join("initdb")), user)
            .args(["--locale=C", "--encoding=UTF8", "--auth=trust", "--username=roster", "--no-sync", "-D"])
            .arg(directory.join("data"))
            .current_dir(&directory)
            .output()
            .unwrap();
        assert!(initdb.status.success(), "initdb: {}", String::from_utf8_lossy(&initdb.stderr));
        let keeper = as_user(Command::new("sh"), user)
            .args(["-c", KEEPER, "keeper"])
            .arg(&programs)
            .arg(&directory)
            .current_dir("/tmp")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        let server = Self { directory, _keeper: keeper };
        server.wait();
        Some(server)
    }

    fn wait(&self) {
        for _ in 0..200 {
            if UnixStream::connect(self.directory.join(".s.PGSQL.5432")).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("PostgreSQL did not start: {}", fs::read_to_string(self.directory.join("log")).unwrap_or_default());
    }

    /// Connects, with patience while the server is still starting up.
    async fn connect(&self) -> PgConnection {
        let options: sqlx::postgres::PgConnectOptions = self.url("postgres").parse().unwrap();
        for _ in 0..100 {
            if let Ok(connection) = options.connect().await {
                return connection;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        options.connect().await.unwrap()
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://roster@localhost/{database}?host={}&sslmode=disable", self.directory.display())
    }
}

/// Finds the folder with the server's programs.
fn programs() -> Option<PathBuf> {
    let on_path = env::split_paths(&env::var_os("PATH")?).collect::<Vec<_>>();
    let mut installed: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    installed.sort();
    let has_server = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("postgres").exists();
    on_path.into_iter().chain(installed.into_iter().rev()).find(has_server)
}

/// `PostgreSQL` refuses to run as root; then it runs as the user its package made.
fn server_user() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    if fs::metadata("/proc/self").ok()?.uid() != 0 {
        return None;
    }
    let accounts = fs::read_to_string(Path::new("/etc/passwd")).ok()?;
    let account = accounts.lines().find(|line| line.starts_with("postgres:"))?;
    let mut fields = account.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn as_user(mut command: Command, user: Option<(u32, u32)>) -> Command {
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}
