//! The whole product on one machine: the made-up company's directory and sign-in, the portal, and groups that take part.
//!
//! It listens on loopback only and refuses to start beside settings of a real tenant, so that nobody mistakes one for the
//! other. The company's groups are designated through the same function as an administrator's form.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use aws_lc_rs::rand;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use roster_emulator::{Company, Emulator, Options};
use tokio::net::TcpListener;

use crate::{
    config::Settings,
    portal::{self, Portal, Tuning},
};

mod sample;

/// Settings that name a real tenant; the demo does not start beside them.
const REAL: [&str; 5] =
    ["ROSTER_TENANT_ID", "ROSTER_CLIENT_ID", "ROSTER_CLIENT_SECRET", "ROSTER_CLIENT_CERTIFICATE", "ROSTER_AUTHORITY"];

/// What the demo can be told.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Where the portal listens; loopback only.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the made-up directory listens; loopback only.
    #[arg(long, default_value = "127.0.0.1:0")]
    pub directory_listen: SocketAddr,
    /// Keep the data in this folder instead of a temporary one.
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// How many people work at the company; makes it a large one.
    #[arg(long)]
    pub people: Option<usize>,
    /// How many groups it has; makes it a large one.
    #[arg(long)]
    pub groups: Option<usize>,
    /// How many direct members a group of the large company has on average.
    #[arg(long, default_value_t = 25)]
    pub members: usize,
    /// Makes another large company; the same number makes the same one.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

impl DemoArgs {
    fn is_large(&self) -> bool {
        self.people.is_some() || self.groups.is_some()
    }

    /// Makes the company: the sample, or a large one around it.
    fn company(&self) -> Company {
        if !self.is_large() {
            return Company::contoso();
        }
        let (people, groups) = (self.people.unwrap_or_default(), self.groups.unwrap_or_default());
        Company::generated(self.seed, people, groups, self.members)
    }
}

/// Runs the demo until Ctrl-C.
pub async fn run(args: DemoArgs) -> ExitCode {
    match start(&args).await {
        Ok(demo) => {
            demo.introduce();
            portal::wait_for_stop().await;
            demo.stop().await;
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

/// A demo that runs.
struct Demo {
    portal: Portal,
    directory: Emulator,
    people: Vec<(String, &'static str)>,
    temporary: Option<PathBuf>,
}

async fn start(args: &DemoArgs) -> Result<Demo, String> {
    refuse_what_is_real(args, |name| std::env::var(name).ok())?;
    let (folder, temporary) = folder(args.data.as_deref())?;
    let listener = bind(args.listen).await?;
    let listens = listener.local_addr().map_err(|error| error.to_string())?;
    let base_url = format!("http://{listens}");

    let client_id = uuid::Uuid::from_u128(0x0d3e_0000_0000_4000_8000_0000_0000_0001);
    let secret = random_secret();
    let addresses = [format!("{base_url}/sign-in/callback"), format!("{base_url}/signed-out")];
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let options = Options::new(client_id, &secret, &addresses);
    let tenant = options.tenant_id;
    let directory = Emulator::start(bind(args.directory_listen).await?, args.company(), options)
        .await
        .map_err(|error| format!("The made-up directory cannot start: {error}."))?;

    let settings = settings(&base_url, listens, &directory, tenant, client_id, &secret, &folder)?;
    let portal = Portal::start(settings, listener, Tuning::default()).await;
    let portal = portal.map_err(|error| format!("Roster cannot start: {error}."))?;
    if sample::designate(&portal, &directory, args.is_large()).await? {
        sample::ask(&portal, &directory).await?;
    }
    until_people_can_sign_in(&portal).await?;
    let people = people(&directory);
    Ok(Demo { portal, directory, people, temporary })
}

/// Refuses addresses that other machines could reach, and settings of a real tenant.
fn refuse_what_is_real(args: &DemoArgs, get: impl Fn(&str) -> Option<String>) -> Result<(), String> {
    for address in [args.listen, args.directory_listen] {
        if !address.ip().is_loopback() {
            return Err(format!(
                "The demo listens on this machine only, and {address} can be reached from others. Use 127.0.0.1."
            ));
        }
    }
    match REAL.iter().find(|name| get(name).is_some_and(|value| !value.is_empty())) {
        Some(name) => {
            Err(format!("{name} is set, so this machine is set up for a real tenant. Unset it to run the demo."))
        }
        None => Ok(()),
    }
}

/// Returns the folder of the data, and whether it is to be removed at the end.
fn folder(wanted: Option<&Path>) -> Result<(PathBuf, Option<PathBuf>), String> {
    let folder = wanted.map_or_else(
        || std::env::temp_dir().join(format!("roster-demo-{}", uuid::Uuid::new_v4().simple())),
        Path::to_path_buf,
    );
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("The folder {} cannot be made: {error}.", folder.display()))?;
    let temporary = wanted.is_none().then(|| folder.clone());
    Ok((folder, temporary))
}

async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| format!("The demo cannot listen on {address}: {error}."))
}

/// Makes the settings of the portal through the same reader as `serve`.
fn settings(
    base_url: &str,
    listens: SocketAddr,
    directory: &Emulator,
    tenant: uuid::Uuid,
    client_id: uuid::Uuid,
    secret: &str,
    folder: &Path,
) -> Result<Settings, String> {
    let keys = session_key(folder)?;
    Settings::read(|name| {
        Some(match name {
            "ROSTER_BASE_URL" => base_url.to_owned(),
            "ROSTER_LISTEN" => listens.to_string(),
            "ROSTER_DATABASE_URL" => format!("sqlite://{}", folder.join("roster.db").display()),
            "ROSTER_TENANT_ID" => tenant.to_string(),
            "ROSTER_CLIENT_ID" => client_id.to_string(),
            "ROSTER_CLIENT_SECRET" => secret.to_owned(),
            "ROSTER_AUTHORITY" => directory.authority(),
            "ROSTER_GRAPH_URL" => directory.graph_url(),
            "ROSTER_OWNERS_CHANGE" => "groups".to_owned(),
            "ROSTER_SESSION_KEYS" => keys.clone(),
            "ROSTER_NAME" => "Contoso Groups".to_owned(),
            _ => return None,
        })
    })
    .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// Returns the key of sessions, kept beside the data so that sign-ins outlive a restart.
fn session_key(folder: &Path) -> Result<String, String> {
    let path = folder.join("session.key");
    if let Ok(key) = std::fs::read_to_string(&path) {
        return Ok(key);
    }
    let key = random_secret();
    std::fs::write(&path, &key).map_err(|error| format!("{} cannot be written: {error}.", path.display()))?;
    Ok(key)
}

fn random_secret() -> String {
    let mut bytes = [0_u8; 32];
    // The system's generator does not fail once the process has started.
    rand::fill(&mut bytes).expect("the system gives random bytes");
    STANDARD.encode(bytes)
}

/// Waits until the portal has found the made-up sign-in: who reads the line that it is ready can open it at once.
async fn until_people_can_sign_in(portal: &Portal) -> Result<(), String> {
    for _ in 0..500 {
        if portal.app.provider.is_known() {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    Err("The portal did not find the made-up sign-in.".to_owned())
}

/// The people to try, with what each is there for.
fn people(directory: &Emulator) -> Vec<(String, &'static str)> {
    let all = [
        ("Alan Turing", "an employee: find a group and ask to join"),
        ("Grace Hopper", "an owner: answer what Alan asks"),
        ("Ada Lovelace", "an administrator: say which groups take part"),
        ("Tim Berners", "a guest: sees what guests may ask for"),
    ];
    all.into_iter()
        .filter(|(name, _)| directory.person(name).is_some())
        .map(|(name, what)| (name.to_owned(), what))
        .collect()
}

impl Demo {
    fn introduce(&self) {
        println!("Roster is ready at {}", self.portal.app.settings.base_url);
        println!("The made-up directory is at {}", self.directory.url());
        println!("\nSign in as one of these people; there are no passwords:\n");
        for (name, what) in &self.people {
            println!("  {name:<14} {what}");
        }
        println!("\nPress Ctrl-C to end it.");
    }

    async fn stop(self) {
        self.portal.stop().await;
        self.directory.stop().await;
        if let Some(folder) = self.temporary {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
