//! Sealing what must not be read by somebody who has the database: the key comes from a token that only the browser holds
//! together with a key that only the server holds.
//!
//! A stolen database, even with the server key, opens nothing; neither does a cookie without them. Server keys rotate:
//! the first one seals, all of them open.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    constant_time::verify_slices_are_equal,
    digest::{SHA256, digest},
    hkdf::{HKDF_SHA256, Salt},
    hmac,
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};

use super::{Error, codec::hex};
use crate::domain::ids::PersonId;

/// Bytes of an AES-GCM nonce, which stands before what was sealed.
const NONCE: usize = 12;

/// The server keys, current and previous. They are never shown.
#[derive(Clone)]
pub struct SealKeys {
    keys: Vec<[u8; 32]>,
}

impl SealKeys {
    /// Takes the server keys, the current one first.
    ///
    /// # Errors
    /// [`Error::Unfit`] when there is none.
    pub fn new(keys: Vec<[u8; 32]>) -> Result<Self, Error> {
        if keys.is_empty() {
            return Err(Error::Unfit("at least one session key is needed".into()));
        }
        Ok(Self { keys })
    }

    /// Seals bytes for the holder of a token; what was sealed opens only under the same purpose and row key.
    ///
    /// # Errors
    /// [`Error::Codec`] when the library refuses, which it does for no input of ours.
    pub fn seal(&self, purpose: &str, token: &str, row_key: &str, plain: &[u8]) -> Result<String, Error> {
        let key = derive(&self.keys[0], purpose, token)?;
        let mut sealed = plain.to_vec();
        let nonce = key
            .seal_in_place_append_tag(Aad::from(row_key.as_bytes()), &mut sealed)
            .map_err(|_| Error::codec("sealing failed"))?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_ref().as_slice(), &sealed].concat()))
    }

    /// Opens what was sealed; `None` when the token, the row key or all server keys are others, or a bit was changed.
    #[must_use]
    pub fn open(&self, purpose: &str, token: &str, row_key: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        self.keys.iter().find_map(|key| {
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut buffer = sealed.to_vec();
            let plain = derive(key, purpose, token).ok()?;
            let plain = plain.open_in_place(nonce, Aad::from(row_key.as_bytes()), &mut buffer).ok()?;
            Some(plain.to_vec())
        })
    }

    /// Returns the mark under which rows of a person are kept, made with the current key.
    #[must_use]
    pub fn person_hash(&self, person: PersonId) -> String {
        mark(&self.keys[0], "person", &person.to_string())
    }

    /// Returns the mark that forms drawn for a person carry: whom it names, and the proof that a server key named them.
    #[must_use]
    pub fn person_mark(&self, person: PersonId) -> String {
        format!("{person}.{}", mark(&self.keys[0], "form", &person.to_string()))
    }

    /// Returns the person for whom a form was drawn; `None` when no server key, current or previous, made the mark.
    #[must_use]
    pub fn marked_person(&self, person_mark: &str) -> Option<PersonId> {
        let (person, proof) = person_mark.split_once('.')?;
        let person: PersonId = person.parse().ok()?;
        let known = self.marks("form", &person.to_string());
        known.iter().any(|known| verify_slices_are_equal(known.as_bytes(), proof.as_bytes()).is_ok()).then_some(person)
    }

    /// Returns the marks of a person under all keys, to find rows from before a rotation.
    #[must_use]
    pub fn person_hashes(&self, person: PersonId) -> Vec<String> {
        self.marks("person", &person.to_string())
    }

    /// Returns the mark of a sign-in (`sid`), made with the current key.
    pub(super) fn sign_in_hash(&self, sid: &str) -> String {
        mark(&self.keys[0], "sign-in", sid)
    }

    /// Returns the marks of a sign-in under all keys.
    pub(super) fn sign_in_hashes(&self, sid: &str) -> Vec<String> {
        self.marks("sign-in", sid)
    }

    fn marks(&self, purpose: &str, text: &str) -> Vec<String> {
        self.keys.iter().map(|key| mark(key, purpose, text)).collect()
    }
}

/// Returns the key of a token's row: a hash, so that the row does not give the token away.
#[must_use]
pub fn row_key(purpose: &str, token: &str) -> String {
    hex(digest(&SHA256, [purpose, "\0", token].concat().as_bytes()).as_ref())
}

fn mark(key: &[u8; 32], purpose: &str, text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hex(hmac::sign(&key, [purpose, "\0", text].concat().as_bytes()).as_ref())
}

fn derive(server_key: &[u8; 32], purpose: &str, token: &str) -> Result<RandomizedNonceKey, Error> {
    let failed = |_| Error::codec("deriving a key failed");
    let secret = Salt::new(HKDF_SHA256, server_key).extract(token.as_bytes());
    let info = [purpose.as_bytes()];
    let mut key = [0; 32];
    secret.expand(&info, HKDF_SHA256).and_then(|okm| okm.fill(&mut key)).map_err(failed)?;
    RandomizedNonceKey::new(&AES_256_GCM, &key).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> SealKeys {
        SealKeys::new(bytes.iter().map(|byte| [*byte; 32]).collect()).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_the_same_token_purpose_and_row_only() {
        let keys = keys(&[1]);
        let sealed = keys.seal("session", "token", "row", b"secret").unwrap();

        assert_eq!(keys.open("session", "token", "row", &sealed).as_deref(), Some(&b"secret"[..]));
        assert_eq!(keys.open("session", "other", "row", &sealed), None);
        assert_eq!(keys.open("login", "token", "row", &sealed), None);
        assert_eq!(keys.open("session", "token", "other", &sealed), None);
        assert_eq!(keys.open("session", "token", "row", ""), None);
        assert_ne!(keys.seal("session", "token", "row", b"secret").unwrap(), sealed);
    }

    #[test]
    fn a_rotated_key_still_opens_until_it_is_dropped() {
        let sealed = keys(&[1]).seal("session", "token", "row", b"secret").unwrap();

        assert!(keys(&[2, 1]).open("session", "token", "row", &sealed).is_some());
        assert!(keys(&[2]).open("session", "token", "row", &sealed).is_none());
        assert!(SealKeys::new(vec![]).is_err());
    }

    #[test]
    fn a_mark_names_its_person_until_its_key_is_dropped_and_cannot_be_made_without_one() {
        let person = PersonId(uuid::Uuid::from_u128(7));
        let other = PersonId(uuid::Uuid::from_u128(8));
        let made = keys(&[1]).person_mark(person);
        let proof = made.split_once('.').unwrap().1;

        assert_eq!(keys(&[1]).marked_person(&made), Some(person));
        assert_eq!(keys(&[2, 1]).marked_person(&made), Some(person));
        assert_eq!(keys(&[2]).marked_person(&made), None);
        for forged in [String::new(), person.to_string(), format!("{person}."), format!("{other}.{proof}")] {
            assert_eq!(keys(&[1]).marked_person(&forged), None, "{forged}");
        }
        assert_ne!(keys(&[1]).person_hash(person), proof);
    }

    #[test]
    fn every_changed_bit_is_noticed() {
        let keys = keys(&[1]);
        let sealed = STANDARD_NO_PAD.decode(keys.seal("session", "token", "row", b"x").unwrap()).unwrap();

        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);

            assert_eq!(keys.open("session", "token", "row", &STANDARD_NO_PAD.encode(changed)), None, "bit {bit}");
        }
    }
}
