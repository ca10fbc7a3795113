//! The cookies of one browser. As in browsers, cookies of one host go to all its ports.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use reqwest::header::{HeaderMap, SET_COOKIE};

/// A jar of cookies by name.
#[derive(Debug, Default)]
pub struct Jar(Mutex<BTreeMap<String, String>>);

impl Jar {
    /// Keeps what an answer sets, and drops what it takes away.
    pub fn keep(&self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (cookie, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = cookie.split_once('=').unwrap();
            if attributes.to_ascii_lowercase().contains("max-age=0") {
                self.drop(name);
            } else {
                self.put(name, value);
            }
        }
    }

    /// Returns the value of a cookie.
    pub fn get(&self, name: &str) -> Option<String> {
        self.lock().get(name).cloned()
    }

    /// Puts a cookie in by hand.
    pub fn put(&self, name: &str, value: &str) {
        self.lock().insert(name.to_owned(), value.to_owned());
    }

    /// Takes a cookie out by hand.
    pub fn drop(&self, name: &str) {
        self.lock().remove(name);
    }

    /// Returns the `Cookie` header.
    pub fn header(&self) -> String {
        self.lock().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
