//! The command line: serve · demo · check · pages · audit verify.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use secrecy::ExposeSecret as _;
use tokio::net::TcpListener;

use crate::{
    config::{LogFormat, Problem, SETTINGS, Settings},
    portal::{self, Portal, Tuning},
    store::Store,
};

/// Self-service group management for Microsoft Entra ID.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the portal with settings from the environment.
    Serve,
    /// Run everything with a made-up company, on this machine only.
    #[cfg(feature = "demo")]
    Demo(crate::demo::DemoArgs),
    /// Check the settings, and report every problem with its fix.
    Check,
    /// Write one HTML file for each sample of each page.
    #[cfg(feature = "demo")]
    Pages {
        /// Where to write them.
        directory: std::path::PathBuf,
    },
    /// Look after the record of events.
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Check that no event was changed, removed or put in.
    Verify,
}

/// Runs what the command line asks for.
pub async fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Serve => serve().await,
        #[cfg(feature = "demo")]
        Command::Demo(args) => {
            start_log(LogFormat::Text, "warn");
            crate::demo::run(args).await
        }
        Command::Check => check().await,
        #[cfg(feature = "demo")]
        Command::Pages { directory } => pages(&directory),
        Command::Audit(Audit::Verify) => verify().await,
    }
}

#[cfg(feature = "demo")]
fn pages(folder: &std::path::Path) -> ExitCode {
    match crate::gallery::write(folder) {
        Ok(count) => {
            println!("Wrote {count} pages. To look at them with their icons:\n");
            println!("  python3 -m http.server --bind 127.0.0.1 --directory {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("The pages cannot be written to {}: {error}.", folder.display())),
    }
}

fn settings() -> Result<Settings, ExitCode> {
    Settings::read(|name| std::env::var(name).ok()).map_err(|problems| report(&problems))
}

/// Reports every problem at once, each with its fix.
fn report(problems: &[Problem]) -> ExitCode {
    eprintln!("Roster cannot start with these settings:\n");
    for problem in problems {
        eprintln!("  {problem}\n");
    }
    eprintln!("{} of {} settings need attention.", problems.len(), SETTINGS.len());
    ExitCode::FAILURE
}

async fn serve() -> ExitCode {
    let settings = match settings() {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    start_log(settings.log, "info");
    let listener = match TcpListener::bind(settings.listen).await {
        Ok(listener) => listener,
        Err(error) => return fail(&format!("Roster cannot listen on {}: {error}.", settings.listen)),
    };
    let base_url = settings.base_url.clone();
    let portal = match Portal::start(settings, listener, Tuning::default()).await {
        Ok(portal) => portal,
        Err(error) => return fail(&format!("Roster cannot start: {error}.")),
    };
    tracing::info!(address = %base_url, listens = %portal.listens, "Roster is ready");
    portal::wait_for_stop().await;
    tracing::info!("stopping; requests under way end first");
    portal.stop().await;
    ExitCode::SUCCESS
}

/// Checks the settings, then what they point at.
async fn check() -> ExitCode {
    let settings = match settings() {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    println!("The settings are complete.");
    match Store::open(settings.database_url.expose_secret()).await {
        Ok(store) => {
            store.close().await;
            println!("The database can be used.");
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!(
            "ROSTER_DATABASE_URL cannot be used: {error}.\n    Check the address, the password and who may write there."
        )),
    }
}

async fn verify() -> ExitCode {
    let settings = match settings() {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let store = match Store::open(settings.database_url.expose_secret()).await {
        Ok(store) => store,
        Err(error) => return fail(&format!("The database cannot be used: {error}.")),
    };
    let verified = store.events().verify().await;
    store.close().await;
    match verified {
        Ok(Ok(verified)) => {
            println!("{} events, and none was changed, removed or put in.\nHead: {}", verified.count, verified.head);
            ExitCode::SUCCESS
        }
        Ok(Err(broken)) => fail(&format!("The record is broken at event {}: {}", broken.seq, broken.why)),
        Err(error) => fail(&format!("The record cannot be read: {error}.")),
    }
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::FAILURE
}

fn start_log(format: LogFormat, default: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ROSTER_LOG_FILTER")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(default));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    if started.is_err() {
        eprintln!("The log was started before.");
    }
}
