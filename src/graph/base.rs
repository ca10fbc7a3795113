//! The one address that gets to see a token. Every address we call is built here, from this base.

use reqwest::Url;
use url::{Host, form_urlencoded};

use super::{
    BuildError,
    call::{Call, Piece},
};
use crate::domain::ids::PersonId;

/// The base address of Graph, without a slash at its end.
#[derive(Debug, Clone)]
pub(super) struct Base(Url);

impl Base {
    /// Checks a base address: https, or http on this machine alone; host and path and nothing else.
    pub fn new(mut url: Url) -> Result<Self, BuildError> {
        let plain_but_here = url.scheme() == "http" && is_loopback(&url);
        if url.scheme() != "https" && !plain_but_here {
            return Err(BuildError::NotEncrypted);
        }
        let bare = url.username().is_empty() && url.password().is_none();
        if url.host().is_none() || !bare || url.query().is_some() || url.fragment().is_some() {
            return Err(BuildError::NotABase);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Returns whether the base is on this machine.
    pub fn is_here(&self) -> bool {
        is_loopback(&self.0)
    }

    /// Returns the address of a call.
    pub fn address(&self, call: &Call) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty();
            for piece in &call.path {
                match piece {
                    Piece::Word(word) => path.push(word),
                    Piece::Id(id) => path.push(&id.hyphenated().to_string()),
                };
            }
        }
        if !call.query.is_empty() {
            let options: Vec<_> = call.query.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
            url.set_query(Some(&options.join("&")));
        }
        url
    }

    /// Returns the address of a call below the base, as a request of a batch names it.
    pub fn below(&self, call: &Call) -> String {
        let whole = String::from(self.address(call));
        let base = self.0.as_str().trim_end_matches('/');
        whole.strip_prefix(base).unwrap_or(&whole).to_owned()
    }

    /// Returns the address of a person as an object of the directory, for the body of a write.
    pub fn object(&self, person: PersonId) -> String {
        format!("{}/directoryObjects/{person}", self.0.as_str().trim_end_matches('/'))
    }

    /// Returns the address of a person as a user, as the owners of a group are named in the body of a write.
    pub fn user(&self, person: PersonId) -> String {
        format!("{}/users/{person}", self.0.as_str().trim_end_matches('/'))
    }

    /// Returns the address of the next page. Of the link, path and query are kept and nothing else, so that a link to
    /// another host can mislead a read but never carry the token away; `None` for a link that leaves the base path.
    pub fn next(&self, link: &str) -> Option<Url> {
        let parsed = self.0.join(link).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        // The parser has resolved `..` and turned backslashes. What Graph links to needs no escapes and no empty pieces.
        let below = parsed.path().strip_prefix(self.0.path().trim_end_matches('/'))?;
        if !below.starts_with('/') || below.contains('%') || below.contains("//") {
            return None;
        }
        let mut url = self.0.clone();
        url.set_path(parsed.path());
        url.set_query(parsed.query());
        Some(url)
    }
}

/// Escapes the value of a query option, a space as `%20`: some gateways read a plus sign literally.
fn escape(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20")
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn base(text: &str) -> Result<Base, BuildError> {
        Base::new(Url::parse(text).unwrap())
    }

    #[test]
    fn a_base_is_encrypted_or_on_this_machine() {
        assert!(base("https://graph.microsoft.com/v1.0").is_ok());
        assert!(base("http://127.0.0.1:8081/v1.0").is_ok());
        assert!(base("http://[::1]:8081/v1.0").is_ok());
        assert!(matches!(base("http://graph.microsoft.com/v1.0"), Err(BuildError::NotEncrypted)));
        assert!(matches!(base("ftp://127.0.0.1/v1.0"), Err(BuildError::NotEncrypted)));
        for odd in ["https://me@contoso.example/", "https://contoso.example/?a=b", "https://contoso.example/#a"] {
            assert!(matches!(base(odd), Err(BuildError::NotABase)), "{odd}");
        }
    }

    #[test]
    fn an_address_is_built_from_pieces_and_escaped() {
        let call = Call::read(&[Piece::Word("groups"), Piece::Id(Uuid::nil())]).option("$filter", "a eq 'b&c+d'");

        let url = base("https://graph.microsoft.com/v1.0/").unwrap().address(&call);

        assert_eq!(
            url.as_str(),
            "https://graph.microsoft.com/v1.0/groups/00000000-0000-0000-0000-000000000000?$filter=a%20eq%20%27b%26c%2Bd%27"
        );
    }

    #[test]
    fn the_next_page_is_always_on_the_pinned_host() {
        let base = base("https://graph.microsoft.com/v1.0").unwrap();
        let wanted = "https://graph.microsoft.com/v1.0/groups?$skiptoken=x";

        for link in [
            wanted,
            "https://evil.example/v1.0/groups?$skiptoken=x",
            "https://graph.microsoft.com@evil.example/v1.0/groups?$skiptoken=x",
            "https://me:word@graph.microsoft.com/v1.0/groups?$skiptoken=x",
            "http://graph.microsoft.com:81/v1.0/groups?$skiptoken=x#part",
            "//evil.example/v1.0/groups?$skiptoken=x",
            r"\\evil.example\v1.0\groups?$skiptoken=x",
            "/v1.0/groups?$skiptoken=x",
        ] {
            assert_eq!(base.next(link).map(String::from).as_deref(), Some(wanted), "{link}");
        }
    }

    #[test]
    fn a_link_that_leaves_the_base_path_is_refused() {
        let base = base("https://graph.microsoft.com/v1.0").unwrap();

        for link in [
            "",
            "?$skiptoken=x",
            "https://graph.microsoft.com/v1.0",
            "https://graph.microsoft.com/v1.0evil/groups",
            "https://graph.microsoft.com/beta/groups",
            "https://graph.microsoft.com/v1.0/../beta/groups",
            "https://graph.microsoft.com/v1.0/%2e%2e/beta/groups",
            "https://graph.microsoft.com/v1.0/..%2fbeta/groups",
            r"https://graph.microsoft.com/v1.0\..\beta\groups",
            "https://graph.microsoft.com/v1.0//evil.example/groups",
            "javascript:alert(1)",
            "file:///v1.0/groups",
            "data:text/plain,/v1.0/groups",
            "https://",
        ] {
            assert_eq!(base.next(link), None, "{link}");
        }
    }
}
