//! What every page shows around its content: who is signed in, where they are, what waits for them.

use std::{convert::Infallible, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::{Timestamp, tz::TimeZone};
use tower_cookies::Cookies;

use crate::{
    domain::{
        directory_copy::{Standing, Wanted},
        own_writes::OwnWrite,
        request::JoinRequest,
        viewer::Viewer,
    },
    sign_in::Signed,
    store::{Counts, catalogue::Snapshot},
};

use super::{
    app::{App, Wish},
    cookies::Purpose,
    flash::Flash,
    request_id::RequestId,
    time_words::When,
    trouble::Trouble,
};

/// The place in the navigation that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // each is the page of that name
pub enum Here {
    Home,
    Groups,
    Memberships,
    Requests,
    Approvals,
    Owned,
    Admin,
    Help,
    Elsewhere,
}

/// What a page shows around its content.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The name at the top.
    pub product: Arc<str>,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// Marks forms as drawn for this person, so that one that arrives after their session ended is kept for them.
    pub form_mark: String,
    /// What waits for them.
    pub counts: Counts,
    /// Where they are.
    pub here: Here,
    /// `light`, `dark`, or nothing for the system's.
    pub theme: String,
    /// What an earlier page left to say.
    pub flash: Option<Flash>,
    /// The time.
    pub now: Timestamp,
    /// The person's time zone.
    pub zone: TimeZone,
    /// What this request is called in the log.
    pub request_id: RequestId,
    /// The words in the search box at the top.
    pub searched: String,
    /// Addresses of style sheet, script and icons.
    pub css: Arc<str>,
    /// See `css`.
    pub js: Arc<str>,
    /// See `css`.
    pub icons: Arc<str>,
    /// See `css`.
    pub favicon: Arc<str>,
}

impl Frame {
    /// Says where in the navigation the page is.
    #[must_use]
    pub fn at(mut self, here: Here) -> Self {
        self.here = here;
        self
    }

    /// Returns an instant as this person says it.
    #[must_use]
    pub fn when(&self, at: &Timestamp) -> When {
        When::instant(*at, self.now, &self.zone)
    }

    /// Returns a day as this person says it.
    #[must_use]
    pub fn day(&self, at: &Timestamp) -> When {
        When::day(*at, self.now, &self.zone)
    }

    /// Returns how many days of this person's calendar an instant is ahead.
    #[must_use]
    pub fn days_until(&self, at: &Timestamp) -> i64 {
        let day = |at: Timestamp| at.to_zoned_datetime(self.zone.clone()).date();
        day(*at).since((jiff::Unit::Day, day(self.now))).map_or(i64::MAX, |span| i64::from(span.get_days()))
    }

    /// Returns whether the page of requests for this person belongs in the navigation: they own a group, or something waits.
    #[must_use]
    pub fn answers(&self) -> bool {
        !self.is_guest() && (self.counts.owns > 0 || self.waiting() > 0)
    }

    /// Returns how many requests and wishes wait for this person.
    #[must_use]
    pub fn waiting(&self) -> i64 {
        if self.is_guest() { 0 } else { self.counts.to_answer + self.counts.to_finish }
    }

    /// Returns whether this person has approved a request that more owners have to approve.
    #[must_use]
    pub fn has_approved(&self, request: &JoinRequest) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| request.consented.contains(&viewer.id))
    }

    /// Guests own groups in the directory and run none here.
    fn is_guest(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.guest)
    }

    /// Returns the mark of the current page for a link of the navigation.
    #[must_use]
    pub fn is_at(&self, here: Here) -> bool {
        self.here == here
    }

    /// Makes a frame from the head of a request and, when somebody is signed in, what the store counts for them.
    pub(super) fn of(app: &App, parts: &Parts, signed: Option<&Signed>, counts: Counts) -> Self {
        let https = app.settings.is_https();
        let cookies = parts.extensions.get::<Cookies>();
        let cookie = |name: &str| cookies.and_then(|all| all.get(name)).map(|cookie| cookie.value().to_owned());
        let theme = cookie(&Purpose::Theme.name(https)).filter(|theme| ["light", "dark"].contains(&theme.as_str()));
        Self {
            product: Arc::from(app.settings.name.as_str()),
            viewer: signed.map(|signed| signed.viewer.clone()),
            form_mark: signed.map(|signed| app.keys.person_mark(signed.viewer.id)).unwrap_or_default(),
            counts,
            here: Here::Elsewhere,
            theme: theme.unwrap_or_default(),
            flash: cookies.and_then(|cookies| Flash::take(app, cookies)),
            now: app.clock.now(),
            zone: cookie("tz")
                .and_then(|name| TimeZone::get(&name).ok())
                .unwrap_or_else(|| app.settings.time_zone.clone()),
            request_id: parts.extensions.get::<RequestId>().copied().unwrap_or_default(),
            searched: String::new(),
            css: app.assets.css.clone(),
            js: app.assets.js.clone(),
            icons: app.assets.icons.clone(),
            favicon: app.assets.favicon.clone(),
        }
    }
}

/// Makes the frame for a page of somebody who is signed in: one statement for all counts. A visit by an administrator or
/// an owner that finds the directory copy old also has it read again, after the answer.
impl FromRequestParts<App> for Frame {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let signed = parts.extensions.get::<Signed>().cloned();
        let counts = counts_of(parts, app).await?;
        if let Some(signed) = &signed {
            wish_for_fresh_copy(app, signed, &counts);
        }
        Ok(Self::of(app, parts, signed.as_ref(), counts))
    }
}

/// Returns what waits for the person who is signed in: one statement a request, whoever asks for it.
async fn counts_of(parts: &mut Parts, app: &App) -> Result<Counts, Trouble> {
    if let Some(counts) = parts.extensions.get::<Counts>() {
        return Ok(counts.clone());
    }
    let Some(person) = parts.extensions.get::<Signed>().map(|signed| signed.viewer.id) else {
        return Ok(Counts::default());
    };
    let counts = app.store.requests().counts(person, app.clock.now()).await?;
    parts.extensions.insert(counts.clone());
    Ok(counts)
}

/// A guest is never the one to read: the directory shows guests only part of the tenant (Entra's guest access
/// restrictions), and what they do not see would count as gone.
fn wish_for_fresh_copy(app: &App, signed: &Signed, counts: &Counts) {
    let is_old = Standing { copied_at: counts.copied_at, ..Standing::default() }.is_old(app.clock.now());
    if is_old && !signed.viewer.guest && (signed.viewer.is_administrator() || counts.owns > 0) {
        let (by, wanted) = (signed.person(), Wanted::ByAVisit);
        // A full queue means that others wish for the same; the store lets one of them do it.
        let _ = app.wishes.try_send(Wish::RefreshDirectory { by, token: signed.token.clone(), wanted });
    }
}

/// The groups as they are now, with every change applied that the store knew when the page began.
pub struct Groups(pub Arc<Snapshot>);

impl FromRequestParts<App> for Groups {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        let change = counts_of(parts, app).await?.change;
        Ok(Self(app.catalogue.at(&app.store, change).await?))
    }
}

/// What Roster did in the directory of late for the person who is signed in.
pub struct OwnWrites(pub Vec<OwnWrite>);

impl FromRequestParts<App> for OwnWrites {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Trouble> {
        Ok(Self(counts_of(parts, app).await?.own_writes))
    }
}

/// Who is signed in. Handlers that take it run for nobody else; there is one value of it in a request.
impl FromRequestParts<App> for Signed {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Trouble> {
        parts.extensions.get::<Self>().cloned().ok_or(Trouble::SignInFirst)
    }
}

/// The cookies of a request, to leave a flash.
pub struct Jar(pub Cookies);

impl FromRequestParts<App> for Jar {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Cookies>().cloned().unwrap_or_default()))
    }
}
