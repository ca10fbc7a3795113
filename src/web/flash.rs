//! What the page after a POST says: carried in a cookie of its own, sealed by a server key, shown once.
//!
//! A cookie rather than the session record, so that two pages that load at once cannot lose each other's changes. It opens
//! only together with the session cookie it was left beside: nobody who signs in afterwards reads it.

use serde::{Deserialize, Serialize};
use tower_cookies::Cookies;

use super::{app::App, cookies::Purpose, words::Phrase};

/// How a flash looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// It is done.
    Success,
    /// It is on its way.
    Info,
    /// It did not work out, and nothing is lost.
    Warning,
}

/// Something to say on the next page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How it looks.
    pub mood: Mood,
    /// The key of the bold sentence.
    title: String,
    /// The key of the sentence after it; empty for none.
    text: String,
    /// Names in both, by place.
    names: Vec<(String, String)>,
}

/// The places a flash may fill.
const PLACES: [&str; 4] = ["person", "group", "owner", "what"];

impl Flash {
    /// Makes a flash from two keys of the words; the second may be empty.
    #[must_use]
    pub fn new(mood: Mood, title: &'static str, text: &'static str) -> Self {
        Self { mood, title: title.into(), text: text.into(), names: Vec::new() }
    }

    /// Puts a name in a place of the sentences: `person`, `group`, `owner` or `what`.
    #[must_use]
    pub fn name(mut self, place: &'static str, name: &str) -> Self {
        self.names.push((place.into(), name.into()));
        self
    }

    /// Returns the class that draws it.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.mood {
            Mood::Success => "success",
            Mood::Info => "info",
            Mood::Warning => "warning",
        }
    }

    /// Returns the name of its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self.mood {
            Mood::Success => "check",
            Mood::Info => "info",
            Mood::Warning => "warning",
        }
    }

    /// Returns the bold sentence.
    #[must_use]
    pub fn title(&self) -> Phrase {
        self.phrase(&self.title)
    }

    /// Returns the sentence after it.
    #[must_use]
    pub fn text(&self) -> Option<Phrase> {
        (!self.text.is_empty()).then(|| self.phrase(&self.text))
    }

    fn phrase(&self, key: &str) -> Phrase {
        let places = PLACES.into_iter().filter_map(|place| {
            self.names.iter().find(|(known, _)| known == place).map(|(_, name)| (place, name.clone()))
        });
        places.fold(Phrase::new(key.to_owned()), |phrase, (place, name)| phrase.name(place, name))
    }

    /// Leaves the flash for the next page.
    pub fn leave(&self, app: &App, cookies: &Cookies) {
        let https = app.settings.is_https();
        if let Ok(json) = serde_json::to_vec(self)
            && let Ok(sealed) = app.keys.seal(SEAL_PURPOSE, &session(app, cookies), "flash", &json)
        {
            cookies.add(Purpose::Flash.cookie(sealed, https));
        }
    }

    /// Takes the flash that an earlier page left.
    #[must_use]
    pub fn take(app: &App, cookies: &Cookies) -> Option<Self> {
        let https = app.settings.is_https();
        let cookie = cookies.get(&Purpose::Flash.name(https))?;
        cookies.add(Purpose::Flash.removal(https));
        let json = app.keys.open(SEAL_PURPOSE, &session(app, cookies), "flash", cookie.value())?;
        serde_json::from_slice(&json).ok()
    }
}

const SEAL_PURPOSE: &str = "flash";

/// Returns the value of the session cookie; nothing when there is none.
fn session(app: &App, cookies: &Cookies) -> String {
    let cookie = cookies.get(&Purpose::Session.name(app.settings.is_https()));
    cookie.map_or_else(String::new, |cookie| cookie.value().to_owned())
}
