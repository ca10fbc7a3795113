//! What the emulator is told when it starts, and the switches for what the documentation leaves open.

use std::path::PathBuf;

use uuid::Uuid;

/// Says which tenant to emulate and which applications are registered in it.
#[derive(Clone, Debug)]
pub struct Options {
    /// The tenant's id.
    pub tenant_id: Uuid,
    /// The web application that signs people in.
    pub client: ClientRegistration,
    /// An application that acts without a person, if there is one.
    pub service: Option<ClientRegistration>,
    /// The address under which others reach the emulator; its listener's address when `None`. No slash at the end.
    pub external_url: Option<String>,
    /// A file to which every exchange with Graph and with the sign-in side is added, one JSON line each, without secrets.
    pub exchanges: Option<PathBuf>,
}

impl Options {
    /// Returns options for one web application with a secret, in a tenant with a fixed made-up id.
    pub fn new(client_id: Uuid, secret: &str, redirect_uris: &[&str]) -> Self {
        Self {
            tenant_id: Uuid::from_u128(0xc047_0500_0000_4000_8000_0000_0000_0001),
            client: ClientRegistration::new(client_id, secret, redirect_uris),
            service: None,
            external_url: None,
            exchanges: None,
        }
    }
}

/// An application registered in the tenant.
#[derive(Clone, Debug)]
pub struct ClientRegistration {
    /// The application's client id.
    pub client_id: Uuid,
    /// Its secret.
    pub secret: String,
    /// Addresses a sign-in or a sign-out may return to; compared exactly.
    pub redirect_uris: Vec<String>,
    /// The certificate it may authenticate with instead of the secret.
    pub certificate: Option<Certificate>,
    /// Application permissions granted to it, for `client_credentials`; for example `GroupMember.Read.All`.
    pub app_permissions: Vec<String>,
}

impl ClientRegistration {
    /// Returns a registration with a secret, no certificate and no application permission.
    pub fn new(client_id: Uuid, secret: &str, redirect_uris: &[&str]) -> Self {
        Self {
            client_id,
            secret: secret.to_owned(),
            redirect_uris: redirect_uris.iter().map(|&uri| uri.to_owned()).collect(),
            certificate: None,
            app_permissions: Vec::new(),
        }
    }

    /// Adds a certificate for `private_key_jwt`.
    pub fn with_certificate(mut self, certificate: Certificate) -> Self {
        self.certificate = Some(certificate);
        self
    }

    /// Grants application permissions.
    pub fn with_app_permissions(mut self, permissions: &[&str]) -> Self {
        self.app_permissions = permissions.iter().map(|&name| name.to_owned()).collect();
        self
    }
}

/// The public half of a client certificate, as registered.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The public key: `SubjectPublicKeyInfo` as DER, or as PEM text.
    pub public_key: Vec<u8>,
    /// The SHA-256 thumbprint of the certificate, base64url without padding (`x5t#S256`).
    pub thumbprint: String,
}

/// Switches for what Microsoft's documentation leaves open, and for how awkwardly the emulator answers within it.
#[derive(Clone, Debug, Default)]
pub struct Behaviour {
    /// Hidden members are refused with 403; otherwise an outsider sees an empty list.
    pub hidden_members_forbidden: bool,
    /// `$filter=accountEnabled …` is accepted with `User.ReadBasic.All` alone.
    pub basic_profile_may_filter_enabled: bool,
    /// How many seconds tokens of clients that handle challenges live, 20 to 28 hours in Entra; as others when `None`.
    pub challenged_token_seconds: Option<u64>,
    /// The sign-in asks for permissions that nobody agreed to; otherwise tokens come without them.
    pub asks_for_consent: bool,
    /// Identity tokens tell the security groups a person is in, or where to ask when there are more than 200.
    pub groups_claim: bool,
    /// How many objects a page of a delta query holds; 200 when `None`.
    pub delta_page: Option<usize>,
    /// How many members and owners of a group a page of a delta query holds; 1000 when `None`.
    pub delta_slice: Option<usize>,
    /// Each round of a delta query starts with a page that is empty.
    pub delta_starts_empty: bool,
    /// Each page of a delta query starts with the last object of the page before.
    pub delta_repeats: bool,
    /// Removing a member who is not there is answered with 400, as by a replica that has just heard of another removal;
    /// otherwise with 404.
    pub absent_members_are_bad_requests: bool,
    /// How long a group that was created through Graph refuses members, in milliseconds.
    pub new_group_refuses_members_millis: u64,
    /// How late an entry of the audit log comes after the change, in milliseconds.
    pub audit_lag_millis: u64,
    /// The tenant has no licence that lets sign-ins be read.
    pub has_no_premium_licence: bool,
}
