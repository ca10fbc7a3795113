//! Forms that arrived when their sender's sign-in had ended: kept for the same person, shown to them to confirm.
//!
//! The form carries a mark of the person it was drawn for. It is released only to them, only in the same browser, and only
//! to a page that asks; nothing is carried out by signing in.

use askama::Template;
use axum::{
    extract::State,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use tower_cookies::Cookies;

use crate::domain::ids::PersonId;
use crate::web::{
    app::App,
    cookies::Purpose,
    filters,
    form::{Fields, Id, MARKS},
    frame::{Frame, Jar},
    page,
    trouble::Trouble,
};

use super::{Signed, start};

/// The most bytes in a form that is kept.
const LIMIT: usize = 64 * 1024;
/// The most fields in a form that is kept.
const MOST_FIELDS: usize = 100;
/// How many characters are typed again soon enough.
const SHORT: usize = 12;
/// How long it is kept.
const KEEP: SignedDuration = SignedDuration::from_mins(60);

/// A form that waits for its sender.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Held {
    /// Where it was sent.
    pub action: String,
    /// What was in it.
    pub fields: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "sign_in/held.html")]
pub(super) struct Confirm {
    pub frame: Frame,
    pub held: Held,
}

impl Held {
    /// Returns a form as it was sent by a person for whom a page of ours drew it; nothing when it carries no mark of ours, or
    /// is too large.
    fn sent(app: &App, parts: &Parts, body: &[u8], most: usize) -> Option<(PersonId, Self)> {
        let fields = if body.len() <= LIMIT { Fields::parse(body) } else { Fields::default() };
        let sender = app.keys.marked_person(fields.get("for")).filter(|_| fields.all().len() <= most)?;
        Some((sender, Self { action: parts.uri.path().to_owned(), fields: fields.all().to_vec() }))
    }

    /// Returns a form that somebody who is signed in sent just now, to be sent once more.
    #[must_use]
    pub fn to_send_again(app: &App, parts: &Parts, body: &[u8], sender: PersonId) -> Option<Self> {
        Self::sent(app, parts, body, usize::MAX).filter(|(marked, _)| *marked == sender).map(|(_, held)| held)
    }

    /// Keeps a form and returns the path of the page that asks to confirm it. A form without a mark of ours, or too large,
    /// is not kept, or strangers could fill the database: its sender comes to the home page.
    ///
    /// # Errors
    /// A trouble when the store is away.
    pub async fn keep(app: &App, parts: &Parts, body: &[u8]) -> Result<String, Trouble> {
        let (Some((sender, held)), Some(cookies)) =
            (Self::sent(app, parts, body, MOST_FIELDS), parts.extensions.get::<Cookies>())
        else {
            return Ok("/".to_owned());
        };
        let browser = start::browser_token(app, cookies);
        let key = start::random_token();
        let until = app.clock.now() + KEEP;
        app.held_forms.put(&key, &browser, sender, &held, until).await?;
        Ok(format!("/sign-in/kept/{key}"))
    }

    /// Returns what the person typed, for showing.
    #[must_use]
    pub fn typed(&self) -> Vec<&str> {
        let shown = |name: &str| !MARKS.contains(&name);
        self.fields
            .iter()
            .filter(|(name, value)| shown(name) && !value.trim().is_empty())
            .map(|(_, v)| v.as_str())
            .collect()
    }

    /// Returns the longest text that the person typed, where one is worth being copied.
    #[must_use]
    pub fn worth_copying(&self) -> &str {
        let typed = self.typed().into_iter();
        let texts = typed.filter(|typed| typed.chars().count() > SHORT && uuid::Uuid::parse_str(typed).is_err());
        texts.max_by_key(|typed| typed.len()).unwrap_or_default()
    }

    /// Returns the key of the words that name what the form does, by its address.
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self.action.rsplit('/').next().unwrap_or_default() {
            "ask" => "kept-ask",
            "withdraw" => "kept-withdraw",
            "approve" => "kept-approve",
            "deny" => "kept-deny",
            "finish" => "kept-finish",
            "leave" => "kept-leave",
            _ => "kept-other",
        }
    }
}

/// Shows a kept form to the person who sent it, with a button that sends it now.
///
/// # Errors
/// [`Trouble::NotFound`] for anybody else, in another browser, or too late.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(key): Id<String>,
    frame: Frame,
) -> Result<Response, Trouble> {
    let browser = cookies.get(&Purpose::Browser.name(app.settings.is_https())).ok_or(Trouble::NotFound)?;
    let held = app.held_forms.peek(&key, browser.value(), signed.viewer.id, app.clock.now()).await?;
    let held = held.ok_or(Trouble::NotFound)?;
    Ok(page::ok(Confirm { frame, held }).into_response())
}
