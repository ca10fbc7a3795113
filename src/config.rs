//! Every setting, once: its variable, default, meaning and check.
//!
//! [`Settings::read`] reports all problems together, each with its fix, so that nobody starts the program five times to
//! learn of five mistakes. Secrets are kept in types that do not print. Each secret also has a variable ending in `_FILE`
//! that names a file to read it from.

use std::{fmt, net::SocketAddr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};
use uuid::Uuid;

use crate::sign_in::{Certificate, Credential};

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
        meaning: "sqlite://FILE, or postgres://USER:PASSWORD@HOST/NAME.",
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
    /// The issuer.
    pub authority: Url,
    /// Microsoft Graph, version included.
    pub graph_url: Url,
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
            authority: reader.authority(tenant),
            graph_url: reader.web_address("ROSTER_GRAPH_URL", "https://graph.microsoft.com/v1.0"),
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

struct Reader<G> {
    get: G,
    problems: Vec<Problem>,
}

impl<G: Fn(&str) -> Option<String>> Reader<G> {
    fn problem(&mut self, setting: &'static str, what: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Problem { setting, what: what.into(), fix: fix.into() });
    }

    fn set(&self, name: &str) -> Option<String> {
        (self.get)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// Returns the value or the default of a setting.
    fn value(&self, name: &'static str) -> String {
        let default = SETTINGS.iter().find(|setting| setting.name == name).and_then(|setting| setting.default);
        self.set(name).unwrap_or_else(|| default.unwrap_or_default().to_owned())
    }

    fn needed(&mut self, name: &'static str, fix: &str) -> String {
        let value = self.value(name);
        if value.is_empty() {
            self.problem(name, "is not set.", fix);
        }
        value
    }

    /// Returns a secret given directly or in a file.
    fn secret(&mut self, name: &'static str) -> Option<SecretString> {
        let file = self.set(&format!("{name}_FILE"));
        match (self.set(name), file) {
            (Some(_), Some(_)) => {
                self.problem(name, "is set twice, directly and as a file.", format!("Unset {name} or {name}_FILE."));
                None
            }
            (Some(value), None) => Some(value.into()),
            (None, Some(path)) => match std::fs::read_to_string(&path) {
                Ok(text) => Some(text.trim().to_owned().into()),
                Err(error) => {
                    self.problem(
                        name,
                        format!("cannot be read from {path}: {error}."),
                        "Check the path and who may read it.",
                    );
                    None
                }
            },
            (None, None) => None,
        }
    }

    fn tenant(&mut self) -> Uuid {
        let fix = "Copy the directory (tenant) id from the overview page of the Entra admin center.";
        let value = self.needed("ROSTER_TENANT_ID", fix);
        if value.is_empty() {
            return Uuid::nil();
        }
        Uuid::try_parse(&value).unwrap_or_else(|_| {
            self.problem("ROSTER_TENANT_ID", "is not an id of the form 00000000-0000-0000-0000-000000000000.", fix);
            Uuid::nil()
        })
    }

    /// Returns an address that is https, or http on this machine only.
    fn web_address(&mut self, name: &'static str, example: &str) -> Url {
        let value = self.needed(name, &format!("Set it, for example {example}."));
        let fallback = || Url::parse("http://127.0.0.1").unwrap_or_else(|_| unreachable!("a constant address"));
        if value.is_empty() {
            return fallback();
        }
        match Url::parse(value.trim_end_matches('/')) {
            Ok(url) if !url.username().is_empty() || url.query().is_some() || url.fragment().is_some() => {
                self.problem(name, "has more than scheme, host, port and path.", format!("Write it like {example}."));
                url
            }
            Ok(url) if url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)) => url,
            Ok(url) => {
                self.problem(
                    name,
                    "is not https.",
                    "Use https; plain http is accepted for this machine (127.0.0.1) only.",
                );
                url
            }
            Err(error) => {
                self.problem(name, format!("is not an address: {error}."), format!("Write it like {example}."));
                fallback()
            }
        }
    }

    fn authority(&mut self, tenant: Uuid) -> Url {
        if self.set("ROSTER_AUTHORITY").is_some() {
            return self.web_address("ROSTER_AUTHORITY", "https://login.microsoftonline.com/TENANT/v2.0");
        }
        Url::parse(&format!("https://login.microsoftonline.com/{tenant}/v2.0"))
            .unwrap_or_else(|_| unreachable!("an id makes a valid address"))
    }

    fn listen(&mut self) -> SocketAddr {
        self.value("ROSTER_LISTEN").parse().unwrap_or_else(|_| {
            self.problem(
                "ROSTER_LISTEN",
                "is not an address with a port.",
                "Write it like 127.0.0.1:8080 or 0.0.0.0:8080.",
            );
            SocketAddr::from(([127, 0, 0, 1], 8080))
        })
    }

    fn database(&mut self) -> SecretString {
        let url = self.secret("ROSTER_DATABASE_URL").unwrap_or_else(|| self.value("ROSTER_DATABASE_URL").into());
        let text = url.expose_secret();
        if !["sqlite://", "postgres://", "postgresql://"].iter().any(|start| text.starts_with(start)) {
            let fix = "Write sqlite://FILE, or postgres://USER:PASSWORD@HOST/NAME.";
            self.problem("ROSTER_DATABASE_URL", "names no database that Roster knows.", fix);
        }
        url
    }

    fn credential(&mut self) -> Credential {
        let none = || Credential::Secret(String::new().into());
        let secret = self.secret("ROSTER_CLIENT_SECRET");
        match (secret, self.secret("ROSTER_CLIENT_CERTIFICATE")) {
            (Some(secret), None) => Credential::Secret(secret),
            (None, Some(pem)) => match Certificate::from_pem(&pem) {
                Ok(certificate) => Credential::Certificate(certificate),
                Err(error) => {
                    let fix = "Give one PEM text with the certificate and its PKCS #8 private key (RSA).";
                    self.problem("ROSTER_CLIENT_CERTIFICATE", format!("cannot be used: {error}."), fix);
                    none()
                }
            },
            (Some(_), Some(_)) => {
                self.problem("ROSTER_CLIENT_SECRET", "and a certificate are both set.", "Keep one of the two.");
                none()
            }
            (None, None) => {
                if !self
                    .problems
                    .iter()
                    .any(|known| known.setting.starts_with("ROSTER_CLIENT_") && known.setting != "ROSTER_CLIENT_ID")
                {
                    let fix = "Set ROSTER_CLIENT_SECRET, or ROSTER_CLIENT_CERTIFICATE (better).";
                    self.problem("ROSTER_CLIENT_SECRET", "is not set, and no certificate is either.", fix);
                }
                none()
            }
        }
    }

    fn session_keys(&mut self) -> SessionKeys {
        let fix = "Make one with: openssl rand -base64 32";
        let Some(text) = self.secret("ROSTER_SESSION_KEYS") else {
            if !self.problems.iter().any(|known| known.setting == "ROSTER_SESSION_KEYS") {
                self.problem("ROSTER_SESSION_KEYS", "is not set.", fix);
            }
            return SessionKeys(Vec::new());
        };
        let keys: Option<Vec<[u8; 32]>> =
            text.expose_secret().split(',').map(|key| STANDARD.decode(key.trim()).ok()?.try_into().ok()).collect();
        match keys {
            Some(keys) if keys.len() <= 2 => SessionKeys(keys),
            _ => {
                self.problem("ROSTER_SESSION_KEYS", "is not one or two keys of 32 bytes in base64.", fix);
                SessionKeys(Vec::new())
            }
        }
    }

    fn time_zone(&mut self) -> jiff::tz::TimeZone {
        let name = self.value("ROSTER_TIME_ZONE");
        jiff::tz::TimeZone::get(&name).unwrap_or_else(|_| {
            self.problem("ROSTER_TIME_ZONE", format!("names no time zone: {name}."), "Write it like Europe/London.");
            jiff::tz::TimeZone::UTC
        })
    }

    fn log(&mut self) -> LogFormat {
        match self.value("ROSTER_LOG").as_str() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => {
                self.problem("ROSTER_LOG", "is neither text nor json.", "Write text or json.");
                LogFormat::Text
            }
        }
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
