//! Where to go after sign-in: a path of our own origin, and nothing else.

use url::Url;

/// The longest address that is kept, in bytes.
const LIMIT: usize = 2048;

/// A path of our own origin, with its query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTo(String);

impl ReturnTo {
    /// Accepts a path of our own origin; everything else becomes the home page. Addresses that a browser could read as
    /// another host (`//host`, backslashes, control characters) are refused, and so are the pages of the sign-in itself,
    /// which would go round in circles.
    #[must_use]
    pub fn new(target: &str) -> Self {
        let is_plain = target.starts_with('/')
            && !target.starts_with("//")
            && target.len() <= LIMIT
            && !target.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\');
        let stays = Url::parse("https://own.invalid")
            .and_then(|own| own.join(target))
            .is_ok_and(|url| url.host_str() == Some("own.invalid") && !url.path().starts_with("//"));
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let circles = ["/sign-in", "/sign-in/callback", "/sign-out", "/signed-out"].contains(&path);
        if is_plain && stays && !circles { Self(target.to_owned()) } else { Self("/".to_owned()) }
    }

    /// Accepts a full address of our own origin, such as the browser's `Referer`.
    #[must_use]
    pub fn from_own_address(address: &str, base: &Url) -> Self {
        match Url::parse(address) {
            Ok(url) if url.origin() == base.origin() => {
                let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
                Self::new(&format!("{}{query}", url.path()))
            }
            _ => Self::new("/"),
        }
    }

    /// Returns the path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_our_own_is_kept_with_its_query() {
        for target in ["/", "/groups?q=data%20platform", "/groups/1/ask#reason", "/requests/sign-in"] {
            assert_eq!(ReturnTo::new(target).as_str(), target);
        }
    }

    #[test]
    fn what_could_lead_elsewhere_becomes_the_home_page() {
        let hostile = [
            "",
            "groups",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "javascript:alert(1)",
            "/..//evil.example",
            "/.//evil.example",
            "/a/..//evil.example",
            "http:evil.example",
            "///evil.example",
            "/ /evil.example",
            "/sign-in",
            "/sign-in?return_to=/",
            "/sign-out",
            "/\u{85}/x",
            "/\u{2028}x",
            "\u{feff}//evil.example",
            "@evil.example",
            ":80/",
            "/\0",
        ];

        for target in hostile {
            assert_eq!(ReturnTo::new(target).as_str(), "/", "{target:?}");
        }
        assert_eq!(ReturnTo::new(&format!("/{}", "a".repeat(3000))).as_str(), "/");
    }

    #[test]
    fn a_referer_of_another_origin_becomes_the_home_page() {
        let base = Url::parse("http://127.0.0.1:8080").unwrap();

        assert_eq!(ReturnTo::from_own_address("http://127.0.0.1:8080/groups?q=a", &base).as_str(), "/groups?q=a");
        assert_eq!(ReturnTo::from_own_address("http://127.0.0.1:8081/groups", &base).as_str(), "/");
        assert_eq!(ReturnTo::from_own_address("", &base).as_str(), "/");
    }
}
