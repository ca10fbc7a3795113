//! Names and attributes of our cookies, in one place. Behind https every name carries the `__Host-` prefix, so that a
//! sibling host can neither set nor overwrite it.

use std::borrow::Cow;

use time::Duration;
use tower_cookies::cookie::{Cookie, SameSite};

/// What a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The session.
    Session,
    /// Binds a sign-in on its way, and forms kept meanwhile, to this browser.
    Browser,
    /// What the next page says after a POST.
    Flash,
    /// Light, dark, or as the system has it.
    Theme,
}

impl Purpose {
    /// Returns the name of the cookie.
    #[must_use]
    pub fn name(self, https: bool) -> Cow<'static, str> {
        let name = match self {
            Self::Session => "roster",
            Self::Browser => "roster-browser",
            Self::Flash => "roster-flash",
            Self::Theme => "roster-theme",
        };
        if https { format!("__Host-{name}").into() } else { name.into() }
    }

    /// Makes a cookie that only the server reads. The session cookie is made by the session layer.
    #[must_use]
    pub fn cookie(self, value: String, https: bool) -> Cookie<'static> {
        let cookie = Cookie::build((self.name(https), value)).path("/").http_only(true).same_site(SameSite::Lax);
        let lasting = match self {
            Self::Theme => cookie.max_age(Duration::days(365)),
            Self::Browser => cookie.max_age(Duration::hours(1)),
            Self::Flash => cookie.max_age(Duration::minutes(5)),
            Self::Session => cookie,
        };
        lasting.secure(https).build()
    }

    /// Makes the cookie that takes this one away.
    #[must_use]
    pub fn removal(self, https: bool) -> Cookie<'static> {
        let mut cookie = self.cookie(String::new(), https);
        cookie.set_max_age(Duration::ZERO);
        cookie
    }
}
