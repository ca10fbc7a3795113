//! The keys that sign identity tokens. Making one takes a moment, so every emulator of a process shares them.

use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

static POOL: Mutex<Vec<Arc<SigningKey>>> = Mutex::new(Vec::new());

/// The number of the key that no emulator ever publishes.
const STRANGER: usize = 0;

/// An RSA key of 2048 bits with its published name.
#[derive(Debug)]
pub(crate) struct SigningKey {
    pair: RsaKeyPair,
    pub(crate) kid: String,
}

impl SigningKey {
    fn generate() -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("the operating system provides random numbers");
        let modulus = pair.public_key().modulus().big_endian_without_leading_zero().to_vec();
        let kid = encode(&digest::digest(&digest::SHA256, &modulus).as_ref()[..20]);
        Self { pair, kid }
    }

    /// Signs with RS256.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .expect("a fresh RSA key of 2048 bits signs with SHA-256");
        signature
    }

    /// Signs with HMAC and the published key as the secret, as a forger would.
    pub(crate) fn sign_with_public_half(&self, message: &[u8]) -> Vec<u8> {
        let der = self.pair.public_key().as_der().expect("a fresh RSA key has a DER form");
        let key = hmac::Key::new(hmac::HMAC_SHA256, der.as_ref());
        hmac::sign(&key, message).as_ref().to_vec()
    }

    /// Returns the key as a JWKS entry.
    pub(crate) fn published(&self, issuer: &str) -> Value {
        let public = self.pair.public_key();
        json!({
            "kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid,
            "n": encode(public.modulus().big_endian_without_leading_zero()),
            "e": encode(public.exponent().big_endian_without_leading_zero()),
            "issuer": issuer,
        })
    }
}

/// The keys one emulator publishes, the current one first.
#[derive(Debug)]
pub(crate) struct Keys {
    numbers: Mutex<Vec<usize>>,
}

impl Keys {
    pub(crate) fn new() -> Self {
        Self { numbers: Mutex::new(vec![STRANGER + 1]) }
    }

    /// Returns the key that signs.
    pub(crate) fn current(&self) -> Arc<SigningKey> {
        pooled(self.numbers()[0])
    }

    /// Returns every published key.
    pub(crate) fn published(&self) -> Vec<Arc<SigningKey>> {
        self.numbers().into_iter().map(pooled).collect()
    }

    /// Signs with a new key from now on; the old one stays published when `keep_old`.
    pub(crate) fn rotate(&self, keep_old: bool) {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let next = numbers.iter().max().copied().unwrap_or(STRANGER) + 1;
        if !keep_old {
            numbers.clear();
        }
        numbers.insert(0, next);
    }

    /// Returns a key that is never published.
    pub(crate) fn stranger() -> Arc<SigningKey> {
        pooled(STRANGER)
    }

    fn numbers(&self) -> Vec<usize> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn pooled(number: usize) -> Arc<SigningKey> {
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    while pool.len() <= number {
        pool.push(Arc::new(SigningKey::generate()));
    }
    pool[number].clone()
}

/// Encodes as base64url without padding.
pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes base64url without padding.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Returns SHA-256 as base64url.
pub(crate) fn sha256(text: &str) -> String {
    encode(digest::digest(&digest::SHA256, text.as_bytes()))
}
