//! Every setting, once: its variable, default, meaning and check.
//!
//! [`Settings::read`] reports all problems together, each with its fix, so that nobody starts the program five times to
//! learn of five mistakes. Secrets are kept in types that do not print. Each secret also has a variable ending in `_FILE`
//! that names a file to read it from.

mod postgres;
mod reader;

use std::{fmt, net::SocketAddr};

use secrecy::SecretString;
use url::{Host, Url};
use uuid::Uuid;

use crate::sign_in::{Credential, OwnIdentity};
use reader::Reader;

/// A setting as the documentation lists it.
#[derive(Debug)]
pub struct Setting {
    /// The environment variable.
    pub name: &'static str,
    /// What holds when it is not set; `None` when it must be set.
    pub default: Option<&'static str>,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

/// All settings, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "ROSTER_BASE_URL",
        default: None,
        meaning: "The address people type, such as https://groups.contoso.example.",
    },
    Setting { name: "ROSTER_LISTEN", default: Some("127.0.0.1:8080"), meaning: "The address and port to listen on." },
    Setting {
        name: "ROSTER_DATABASE_URL",
        default: Some("sqlite://roster.db"),
        meaning: "sqlite://FILE, or postgres://USER:PASSWORD@HOST/NAME?sslmode=verify-full.",
    },
    Setting {
        name: "ROSTER_TENANT_ID",
        default: None,
        meaning: "The directory (tenant) id, as the Entra admin center shows it.",
    },
    Setting {
        name: "ROSTER_CLIENT_ID",
        default: None,
        meaning: "The application (client) id of the app registration.",
    },
    Setting { name: "ROSTER_CLIENT_SECRET", default: Some(""), meaning: "The client secret; or use a certificate." },
    Setting {
        name: "ROSTER_CLIENT_CERTIFICATE",
        default: Some(""),
        meaning: "A PEM text with the certificate and its PKCS #8 private key, instead of a secret.",
    },
    Setting {
        name: "ROSTER_SERVICE_CLIENT_ID",
        default: Some(""),
        meaning: "The application (client) id of the portal's own identity; leave it out to do without.",
    },
    Setting { name: "ROSTER_SERVICE_CLIENT_SECRET", default: Some(""), meaning: "The secret of that identity." },
    Setting {
        name: "ROSTER_SERVICE_CLIENT_CERTIFICATE",
        default: Some(""),
        meaning: "A PEM text as above for that identity, instead of its secret.",
    },
    Setting {
        name: "ROSTER_INACTIVE_AFTER",
        default: Some(""),
        meaning: "After how many days without a sign-in, 30 to 730, that stands beside a member; leave it out to read nothing about sign-ins.",
    },
    Setting {
        name: "ROSTER_AUTHORITY",
        default: Some("https://login.microsoftonline.com/TENANT/v2.0"),
        meaning: "The issuer that signs people in; change it for another cloud.",
    },
    Setting {
        name: "ROSTER_GRAPH_URL",
        default: Some("https://graph.microsoft.com/v1.0"),
        meaning: "Microsoft Graph; change it for another cloud.",
    },
    Setting {
        name: "ROSTER_OWNERS_CHANGE",
        default: Some("members"),
        meaning: "What owners change with Roster: members, or groups: also owners, name and description, and creating, deleting, restoring and renewing them, with one scope more.",
    },
    Setting {
        name: "ROSTER_GRAPH_LIMIT",
        default: Some("3500"),
        meaning: "The resource units Graph gives Roster in 10 seconds: 3500, from 50 people on 5000, over 500 people 8000.",
    },
    Setting {
        name: "ROSTER_SESSION_KEYS",
        default: None,
        meaning: "One or two keys of 32 random bytes in base64, current first, separated by a comma.",
    },
    Setting { name: "ROSTER_NAME", default: Some("Roster"), meaning: "The name shown at the top of every page." },
    Setting {
        name: "ROSTER_TIME_ZONE",
        default: Some("UTC"),
        meaning: "The time zone for people whose browser has not told theirs, such as Europe/London.",
    },
    Setting { name: "ROSTER_LOG", default: Some("text"), meaning: "How to log: text or json." },
];

/// After how many days without a sign-in an account may count as inactive.
const INACTIVE_DAYS: std::ops::RangeInclusive<u16> = 30..=730;

/// What owners change with Roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnersChange {
    /// Members only.
    Members,
    /// Groups themselves too.
    Groups,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people at a terminal.
    Text,
    /// One JSON object a line.
    Json,
}

/// Everything the portal needs to know to start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address people type; never ends in a slash.
    pub base_url: Url,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the store is; may hold a password, so it does not print.
    pub database_url: SecretString,
    /// The one tenant this deployment serves.
    pub tenant: Uuid,
    /// The application id.
    pub client_id: String,
    /// What proves that we are the application.
    pub credential: Credential,
    /// The portal's own identity at the provider, if it has one.
    pub service: Option<OwnIdentity>,
    /// After how many days without a sign-in owners see so beside a member; `None` to read nothing about sign-ins.
    pub inactive_after: Option<u16>,
    /// The issuer.
    pub authority: Url,
    /// Microsoft Graph, version included.
    pub graph_url: Url,
    /// What owners change with Roster.
    pub owners_change: OwnersChange,
    /// The resource units that Graph gives Roster within 10 seconds.
    pub graph_limit: u32,
    /// Keys that seal sessions, current first.
    pub session_keys: SessionKeys,
    /// Shown at the top of every page.
    pub name: String,
    /// For people whose browser has not told theirs.
    pub time_zone: jiff::tz::TimeZone,
    /// How to log.
    pub log: LogFormat,
}

impl Settings {
    /// Returns the address of a page of ours as people type it.
    ///
    /// # Errors
    /// When the base address cannot carry a path, which its check has excluded.
    pub fn address(&self, path: &str) -> Result<Url, url::ParseError> {
        Url::parse(&format!("{}{path}", self.base_url.as_str().trim_end_matches('/')))
    }

    /// Returns whether people reach the portal over https; then cookies are secure and HSTS is sent.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

/// Server keys of 32 bytes, current first; they do not print.
#[derive(Clone)]
pub struct SessionKeys(pub Vec<[u8; 32]>);

impl fmt::Debug for SessionKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SessionKeys({} kept secret)", self.0.len())
    }
}

/// A setting that is missing or wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable.
    pub setting: &'static str,
    /// What is wrong; never shows a secret.
    pub what: String,
    /// What to do.
    pub fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}\n    {}", self.setting, self.what, self.fix)
    }
}

impl Settings {
    /// Reads the settings through a look-up of variables, such as the environment.
    ///
    /// # Errors
    /// Every problem found, in the order of [`SETTINGS`].
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader { get, problems: Vec::new() };
        let tenant = reader.tenant();
        let settings = Self {
            base_url: reader.web_address("ROSTER_BASE_URL", "https://groups.contoso.example"),
            listen: reader.listen(),
            database_url: reader.database(),
            tenant,
            client_id: reader.needed("ROSTER_CLIENT_ID", "Copy the application (client) id of the app registration."),
            credential: reader.credential(),
            service: reader.service(),
            inactive_after: reader.inactive_after(),
            authority: reader.authority(tenant),
            graph_url: reader.web_address("ROSTER_GRAPH_URL", "https://graph.microsoft.com/v1.0"),
            owners_change: reader.owners_change(),
            graph_limit: reader.graph_limit(),
            session_keys: reader.session_keys(),
            name: reader.value("ROSTER_NAME"),
            time_zone: reader.time_zone(),
            log: reader.log(),
        };
        if reader.problems.is_empty() {
            return Ok(settings);
        }
        let place = |problem: &Problem| SETTINGS.iter().position(|setting| setting.name == problem.setting);
        reader.problems.sort_by_key(place);
        Err(reader.problems)
    }
}

/// Returns whether an address names this machine.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_of_graph_is_a_number_with_which_pages_can_be_drawn() {
        for (value, is_right) in [("8000", true), ("100", true), ("99", false), ("-5", false), ("3,500", false)] {
            let get = |name: &str| (name == "ROSTER_GRAPH_LIMIT").then(|| value.to_owned());

            let problems = Settings::read(get).unwrap_err();

            assert_eq!(problems.iter().all(|problem| problem.setting != "ROSTER_GRAPH_LIMIT"), is_right, "{value}");
        }
    }

    #[test]
    fn a_database_that_need_not_prove_who_it_is_is_told_with_its_fix() {
        let get = |name: &str| {
            (name == "ROSTER_DATABASE_URL").then(|| "postgres://roster:word@db.contoso.example/roster".to_owned())
        };

        let problems = Settings::read(get).unwrap_err();

        let told = problems.iter().find(|problem| problem.setting == "ROSTER_DATABASE_URL").unwrap();
        assert!(told.fix.contains("sslmode=verify-full"), "{told}");
        assert!(!told.to_string().contains("word@"), "{told}");
    }
}
