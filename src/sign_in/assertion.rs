//! Proves to the provider that Roster is Roster, with a certificate: a signed assertion instead of a secret.
//!
//! The shape is the one of Microsoft's "Application authentication certificate credentials": PS256, the certificate's
//! SHA-256 thumbprint in the header, the token endpoint as audience, a few minutes of life.

use std::{fmt, sync::Arc};

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{KeyPair as _, RSA_PSS_SHA256, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer, pem::PemObject as _};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use url::Url;
use uuid::Uuid;

/// The `client_assertion_type` of RFC 7523 section 2.2.
pub(super) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How long an assertion is good for, in seconds. Microsoft recommends 5 to 10 minutes.
const LIFETIME_SECONDS: i64 = 300;

/// A certificate with its private key.
#[derive(Clone)]
pub struct Certificate {
    key: Arc<RsaKeyPair>,
    thumbprint: String,
}

/// Says why a certificate cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// There is no `PRIVATE KEY` section. Keys in another form can be turned into PKCS#8 with
    /// `openssl pkcs8 -topk8 -nocrypt`.
    #[error("there is no private key in PKCS#8 form (BEGIN PRIVATE KEY)")]
    NoKey,
    /// There is no `CERTIFICATE` section.
    #[error("there is no certificate (BEGIN CERTIFICATE)")]
    NoCertificate,
    /// The key cannot sign with PS256.
    #[error("the private key is not an RSA key of 2048 to 8192 bits")]
    UnsuitableKey,
    /// The key is not the one the certificate speaks of.
    #[error("the private key does not belong to the certificate")]
    KeyOfAnother,
    /// The random numbers that a signature needs are not to be had.
    #[error("the assertion could not be signed")]
    NotSigned,
}

impl Certificate {
    /// Reads PEM with a private key in PKCS#8 form and its certificate, in any order. Further certificates are ignored.
    ///
    /// # Errors
    /// What is missing or does not fit; never any of the text itself.
    pub fn from_pem(pem: &SecretString) -> Result<Self, CertificateError> {
        let pem = pem.expose_secret().as_bytes();
        let key = PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|_| CertificateError::NoKey)?;
        let certificate = CertificateDer::from_pem_slice(pem).map_err(|_| CertificateError::NoCertificate)?;
        let key = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).map_err(|_| CertificateError::UnsuitableKey)?;
        // A certificate holds its public key as it is, so looking for the modulus needs no parser for certificates.
        let modulus = key.public_key().modulus().big_endian_without_leading_zero();
        if !certificate.windows(modulus.len()).any(|part| part == modulus) {
            return Err(CertificateError::KeyOfAnother);
        }
        let thumbprint = URL_SAFE_NO_PAD.encode(digest(&SHA256, &certificate));
        Ok(Self { key: Arc::new(key), thumbprint })
    }

    /// Returns the SHA-256 thumbprint as the assertion's header carries it (`x5t#S256`: base64url without padding).
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// Signs an assertion for one call of the endpoint.
    ///
    /// # Errors
    /// [`CertificateError::NotSigned`] when the machine has no random numbers.
    pub fn assertion(&self, client_id: &str, endpoint: &Url, now: Timestamp) -> Result<SecretString, CertificateError> {
        let seconds = now.as_second();
        let header = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": self.thumbprint });
        let claims = json!({
            "aud": endpoint.as_str(),
            "iss": client_id,
            "sub": client_id,
            "jti": Uuid::new_v4(),
            "iat": seconds,
            "nbf": seconds,
            "exp": seconds + LIFETIME_SECONDS,
        });
        let encode = |part: &serde_json::Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PSS_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .map_err(|_| CertificateError::NotSigned)?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)).into())
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Certificate").field("thumbprint", &self.thumbprint).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::{
        encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der},
        rsa::KeySize,
        signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey},
    };
    use base64::engine::general_purpose::STANDARD;
    use serde_json::Value;

    use super::*;

    fn section(name: &str, der: &[u8]) -> String {
        format!("-----BEGIN {name}-----\n{}\n-----END {name}-----\n", STANDARD.encode(der))
    }

    /// Of a certificate only its bytes matter here, so its public key stands in for it.
    fn made() -> (RsaKeyPair, String, String) {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("random numbers");
        let private: Pkcs8V1Der = pair.as_der().expect("a fresh key");
        let public: PublicKeyX509Der = pair.public_key().as_der().expect("a fresh key");
        let sections = (section("PRIVATE KEY", private.as_ref()), section("CERTIFICATE", public.as_ref()));
        (pair, sections.0, sections.1)
    }

    fn read(pem: String) -> Result<Certificate, CertificateError> {
        Certificate::from_pem(&SecretString::from(pem))
    }

    #[test]
    fn an_assertion_is_signed_with_ps256_and_says_who_asks_whom() {
        let (pair, key, certificate) = made();
        let certificate = read(key + &certificate).expect("a key with its certificate");
        let endpoint = Url::parse("https://login.contoso.example/token").expect("an address");
        let now = Timestamp::from_second(1_790_000_000).expect("a time");

        let assertion = certificate.assertion("roster", &endpoint, now).expect("a signature");

        let parts: Vec<&str> = assertion.expose_secret().split('.').collect();
        let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).expect("base64url");
        let json = |part: &str| serde_json::from_slice::<Value>(&bytes(part)).expect("JSON");
        let (header, claims) = (json(parts[0]), json(parts[1]));
        let signed = format!("{}.{}", parts[0], parts[1]);
        UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, pair.public_key())
            .verify(signed.as_bytes(), &bytes(parts[2]))
            .expect("the signature fits");
        assert_eq!(
            (header["alg"].as_str(), header["x5t#S256"].as_str()),
            (Some("PS256"), Some(certificate.thumbprint()))
        );
        assert_eq!(claims["aud"], "https://login.contoso.example/token");
        assert_eq!((claims["iss"].as_str(), claims["sub"].as_str()), (Some("roster"), Some("roster")));
        assert_eq!((claims["nbf"].as_i64(), claims["exp"].as_i64()), (Some(1_790_000_000), Some(1_790_000_300)));
        assert!(claims["jti"].as_str().is_some_and(|id| Uuid::parse_str(id).is_ok()));
    }

    #[test]
    fn each_thing_that_is_missing_is_named() {
        let (_, key, certificate) = made();
        let (_, _, another) = made();
        let weak = section("PRIVATE KEY", b"not a key");

        assert_eq!(read(certificate.clone()).err(), Some(CertificateError::NoKey));
        assert_eq!(read(key.clone()).err(), Some(CertificateError::NoCertificate));
        assert_eq!(read(weak + &certificate).err(), Some(CertificateError::UnsuitableKey));
        assert_eq!(read(key + &another).err(), Some(CertificateError::KeyOfAnother));
    }

    #[test]
    fn a_certificate_shows_its_thumbprint_and_nothing_else() {
        let (_, key, certificate) = made();
        let certificate = read(key + &certificate).expect("a key with its certificate");

        let shown = format!("{certificate:?}");

        assert_eq!(shown, format!("Certificate {{ thumbprint: {:?}, .. }}", certificate.thumbprint()));
    }
}
