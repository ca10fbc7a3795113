//! What a portal of the tests is set up with: a directory that knows it, and settings as the environment would hold them.

use std::sync::OnceLock;

use roster::config::Settings;
use roster_emulator::{ClientRegistration, Company, Emulator, Options};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::emulator;

/// What the provider knows of Roster; the secret is looked for where it must not be.
pub const CLIENT: Uuid = Uuid::from_u128(0xc11e);
pub const SECRET: &str = "canary-of-the-client-secret";
/// The portal's own identity, for the portals that have one.
pub const SERVICE: Uuid = Uuid::from_u128(0x05e2_f1ce);
pub const SERVICE_SECRET: &str = "canary-of-the-service-secret";
/// What it may do in a directory that was set up as the README says.
pub const SERVICE_PERMISSIONS: &[&str] = &["GroupMember.Read.All", "User.ReadBasic.All", "AuditLog.Read.All"];
/// And in one that lets it know which accounts cannot sign in.
pub const SERVICE_PERMISSIONS_AND_ACCOUNTS: &[&str] = &["GroupMember.Read.All", "User.Read.All"];
/// And in one that lets it know who has not signed in for long besides.
pub const SERVICE_PERMISSIONS_AND_SIGN_INS: &[&str] = &["GroupMember.Read.All", "User.Read.All", "AuditLog.Read.All"];
pub const SESSION_KEY: &str = "Y2FuYXJ5LW9mLXRoZS1zZXNzaW9uLWtleS0tLS0tLS0=";

/// Starts the directory for a portal at an address.
pub async fn start_emulator(company: Company, portal: &str, service_permissions: &[&str]) -> Emulator {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let secure = portal.replace("http:", "https:");
    let addresses: Vec<String> = [portal, secure.as_str()]
        .iter()
        .flat_map(|portal| ["/sign-in/callback", "/signed-out"].map(|path| format!("{portal}{path}")))
        .collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let service = ClientRegistration::new(SERVICE, SERVICE_SECRET, &[]).with_app_permissions(service_permissions);
    let options = Options { service: Some(service), ..Options::new(CLIENT, SECRET, &addresses) };
    emulator::start(listener, company, options).await
}

/// Returns the settings of a portal as the environment would hold them.
pub fn variables(portal: &str, emulator: &Emulator, database: &str) -> Vec<(&'static str, String)> {
    let tenant = Options::new(CLIENT, SECRET, &[]).tenant_id;
    vec![
        ("ROSTER_BASE_URL", portal.to_owned()),
        ("ROSTER_LISTEN", portal.trim_start_matches("http://").to_owned()),
        ("ROSTER_DATABASE_URL", database.to_owned()),
        ("ROSTER_TENANT_ID", tenant.to_string()),
        ("ROSTER_CLIENT_ID", CLIENT.to_string()),
        ("ROSTER_CLIENT_SECRET", SECRET.to_owned()),
        ("ROSTER_AUTHORITY", emulator.authority()),
        ("ROSTER_GRAPH_URL", emulator.graph_url()),
        ("ROSTER_SESSION_KEYS", SESSION_KEY.to_owned()),
        ("ROSTER_OWNERS_CHANGE", "groups".to_owned()),
    ]
}

/// Returns the settings of the portal's own identity as the environment would hold them.
pub fn service_variables(secret: &str) -> [(&'static str, String); 2] {
    [("ROSTER_SERVICE_CLIENT_ID", SERVICE.to_string()), ("ROSTER_SERVICE_CLIENT_SECRET", secret.to_owned())]
}

/// Returns the settings of a portal: whether people reach it by https, what proves its own identity, and after how many days
/// without a sign-in members are marked.
pub fn settings(
    portal: &str,
    (https, service, inactive_after): (bool, Option<&'static str>, Option<u16>),
    emulator: &Emulator,
    database: &str,
) -> Settings {
    let mut variables = variables(portal, emulator, database);
    variables.extend(service.into_iter().flat_map(service_variables));
    variables.extend(inactive_after.map(|days| ("ROSTER_INACTIVE_AFTER", days.to_string())));
    if https {
        variables[0].1 = portal.replace("http:", "https:");
    }
    Settings::read(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())).unwrap()
}

/// Returns a client that keeps no connection: each test has a runtime of its own, which ends with it.
pub fn client() -> reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    let build = || {
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        builder.pool_max_idle_per_host(0).referer(false).build().unwrap()
    };
    CLIENT.get_or_init(build).clone()
}
