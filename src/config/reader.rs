//! Reads each setting and checks it; a problem is noted, and reading goes on with a value that is never used.

use std::net::SocketAddr;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;
use uuid::Uuid;

use super::{INACTIVE_DAYS, LogFormat, OwnersChange, Problem, SETTINGS, SessionKeys, is_loopback, postgres};
use crate::sign_in::{Certificate, Credential, OwnIdentity};

/// Reads one variable after the other and gathers what is wrong.
pub(super) struct Reader<G> {
    pub get: G,
    pub problems: Vec<Problem>,
}

impl<G: Fn(&str) -> Option<String>> Reader<G> {
    fn problem(&mut self, setting: &'static str, what: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Problem { setting, what: what.into(), fix: fix.into() });
    }

    fn set(&self, name: &str) -> Option<String> {
        (self.get)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// Returns the value or the default of a setting.
    pub fn value(&self, name: &'static str) -> String {
        let default = SETTINGS.iter().find(|setting| setting.name == name).and_then(|setting| setting.default);
        self.set(name).unwrap_or_else(|| default.unwrap_or_default().to_owned())
    }

    pub fn needed(&mut self, name: &'static str, fix: &str) -> String {
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

    pub fn tenant(&mut self) -> Uuid {
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
    pub fn web_address(&mut self, name: &'static str, example: &str) -> Url {
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

    pub fn authority(&mut self, tenant: Uuid) -> Url {
        if self.set("ROSTER_AUTHORITY").is_some() {
            return self.web_address("ROSTER_AUTHORITY", "https://login.microsoftonline.com/TENANT/v2.0");
        }
        Url::parse(&format!("https://login.microsoftonline.com/{tenant}/v2.0"))
            .unwrap_or_else(|_| unreachable!("an id makes a valid address"))
    }

    pub fn listen(&mut self) -> SocketAddr {
        self.value("ROSTER_LISTEN").parse().unwrap_or_else(|_| {
            self.problem(
                "ROSTER_LISTEN",
                "is not an address with a port.",
                "Write it like 127.0.0.1:8080 or 0.0.0.0:8080.",
            );
            SocketAddr::from(([127, 0, 0, 1], 8080))
        })
    }

    pub fn database(&mut self) -> SecretString {
        const NAME: &str = "ROSTER_DATABASE_URL";
        let url = self.secret(NAME).unwrap_or_else(|| self.value(NAME).into());
        let text = url.expose_secret();
        if text.starts_with("sqlite://") {
            return url;
        }
        if !["postgres://", "postgresql://"].iter().any(|start| text.starts_with(start)) {
            let fix = "Write sqlite://FILE, or postgres://USER:PASSWORD@HOST/NAME?sslmode=verify-full.";
            self.problem(NAME, "names no database that Roster knows.", fix);
            return url;
        }
        let by_default = self.set("PGHOSTADDR").or_else(|| self.set("PGHOST"));
        match Url::parse(text) {
            Ok(address) if postgres::is_guarded(&address, by_default.as_deref()) => {}
            Ok(_) => {
                let fix = "Add ?sslmode=verify-full to it, and &sslrootcert=FILE when your own authority signs.";
                self.problem(NAME, "names a server on another machine that need not prove who it is.", fix);
            }
            Err(error) => {
                let fix = "Write %2F for a slash and %40 for an at sign in the name and the password.";
                self.problem(NAME, format!("is not an address: {error}."), fix);
            }
        }
        url
    }

    pub fn credential(&mut self) -> Credential {
        const SECRET: &str = "ROSTER_CLIENT_SECRET";
        const CERTIFICATE: &str = "ROSTER_CLIENT_CERTIFICATE";
        if let Some(credential) = self.either(SECRET, CERTIFICATE) {
            return credential;
        }
        if !self.problems.iter().any(|known| [SECRET, CERTIFICATE].contains(&known.setting)) {
            let fix = "Set ROSTER_CLIENT_SECRET, or ROSTER_CLIENT_CERTIFICATE (better).";
            self.problem(SECRET, "is not set, and no certificate is either.", fix);
        }
        Credential::Secret(String::new().into())
    }

    /// Returns the portal's own identity: both its id and what proves it, or neither.
    pub fn service(&mut self) -> Option<OwnIdentity> {
        const ID: &str = "ROSTER_SERVICE_CLIENT_ID";
        const SECRET: &str = "ROSTER_SERVICE_CLIENT_SECRET";
        const CERTIFICATE: &str = "ROSTER_SERVICE_CLIENT_CERTIFICATE";
        let client_id = self.value(ID);
        match (client_id.is_empty(), self.either(SECRET, CERTIFICATE)) {
            (false, Some(credential)) => Some(OwnIdentity { client_id, credential }),
            (true, Some(_)) => {
                let fix = "Copy the application (client) id of the second app registration, or unset its credential.";
                self.problem(ID, "is not set, though its credential is.", fix);
                None
            }
            (false, None) => {
                if !self.problems.iter().any(|known| [SECRET, CERTIFICATE].contains(&known.setting)) {
                    let fix =
                        "Set it, or ROSTER_SERVICE_CLIENT_CERTIFICATE (better), or unset ROSTER_SERVICE_CLIENT_ID.";
                    self.problem(SECRET, "is not set, and no certificate is either.", fix);
                }
                None
            }
            (true, None) => None,
        }
    }

    /// Returns after how many days without a sign-in somebody is marked, where that is to be shown at all.
    pub fn inactive_after(&mut self) -> Option<u16> {
        const NAME: &str = "ROSTER_INACTIVE_AFTER";
        let value = self.value(NAME);
        if value.is_empty() {
            return None;
        }
        let days = value.parse().ok().filter(|days| INACTIVE_DAYS.contains(days));
        if days.is_none() {
            let range = format!("Write a number from {} to {}.", INACTIVE_DAYS.start(), INACTIVE_DAYS.end());
            self.problem(NAME, "is not a number of days that can be.", range);
        } else if self.value("ROSTER_SERVICE_CLIENT_ID").is_empty() {
            let fix = "Set ROSTER_SERVICE_CLIENT_ID and its credential, or unset this.";
            self.problem(NAME, "is set, but only the portal's own identity can read sign-ins.", fix);
        }
        days
    }

    /// Returns what proves an identity: a secret or a certificate, not both; `None` when there is neither or a problem.
    fn either(&mut self, secret: &'static str, certificate: &'static str) -> Option<Credential> {
        match (self.secret(secret), self.secret(certificate)) {
            (Some(secret), None) => Some(Credential::Secret(secret)),
            (None, Some(pem)) => match Certificate::from_pem(&pem) {
                Ok(certificate) => Some(Credential::Certificate(certificate)),
                Err(error) => {
                    let fix = "Give one PEM text with the certificate and its PKCS #8 private key (RSA).";
                    self.problem(certificate, format!("cannot be used: {error}."), fix);
                    None
                }
            },
            (Some(_), Some(_)) => {
                self.problem(secret, "and a certificate are both set.", "Keep one of the two.");
                None
            }
            (None, None) => None,
        }
    }

    pub fn session_keys(&mut self) -> SessionKeys {
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

    pub fn graph_limit(&mut self) -> u32 {
        const NAME: &str = "ROSTER_GRAPH_LIMIT";
        let value = self.value(NAME);
        value.parse().ok().filter(|units| (100..=1_000_000).contains(units)).unwrap_or_else(|| {
            self.problem(NAME, "is not a number of resource units from 100 on.", "Write 3500, 5000 or 8000.");
            100
        })
    }

    pub fn time_zone(&mut self) -> jiff::tz::TimeZone {
        let name = self.value("ROSTER_TIME_ZONE");
        jiff::tz::TimeZone::get(&name).unwrap_or_else(|_| {
            self.problem("ROSTER_TIME_ZONE", format!("names no time zone: {name}."), "Write it like Europe/London.");
            jiff::tz::TimeZone::UTC
        })
    }

    pub fn owners_change(&mut self) -> OwnersChange {
        match self.value("ROSTER_OWNERS_CHANGE").as_str() {
            "members" => OwnersChange::Members,
            "groups" => OwnersChange::Groups,
            _ => {
                self.problem("ROSTER_OWNERS_CHANGE", "is neither members nor groups.", "Write members or groups.");
                OwnersChange::Members
            }
        }
    }

    pub fn log(&mut self) -> LogFormat {
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
