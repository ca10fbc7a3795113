//! The only way out to the sign-in provider: no redirects, small replies, nothing unencrypted beyond this machine.

use std::{error::Error, time::Duration};

use reqwest::{RequestBuilder, StatusCode, redirect::Policy};
use serde::de::DeserializeOwned;
use url::{Host, Url};

use super::error::SignInError;

/// The longest reply that is read, in bytes. Entra's key set, the longest of them, has about 20 kB.
const LONGEST_REPLY: usize = 1024 * 1024;

/// A client for the provider's endpoints.
pub(super) struct Http {
    client: reqwest::Client,
    on_this_machine: bool,
}

/// A reply, read to its end.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
}

impl Http {
    /// Builds a client; `timeout` bounds each call from connecting to the last byte.
    ///
    /// # Errors
    /// The error of preparing TLS.
    pub(super) fn new(authority: &Url, timeout: Duration) -> Result<Self, reqwest::Error> {
        let on_this_machine = authority.scheme() == "http" && is_loopback(authority);
        // A redirect could lead the token request, and the secret in it, anywhere.
        let mut builder = reqwest::Client::builder().redirect(Policy::none()).timeout(timeout);
        if on_this_machine {
            builder = builder.no_proxy();
        }
        Ok(Self { client: builder.build()?, on_this_machine })
    }

    /// Returns whether an address may be called, or a person sent there: https, or http on this machine when the
    /// authority itself is there.
    pub(super) fn allows(&self, url: &Url) -> bool {
        is_protected(url) && (url.scheme() == "https" || self.on_this_machine)
    }

    /// Fetches an address.
    ///
    /// # Errors
    /// As [`Http::read`].
    pub(super) async fn get(&self, url: &Url) -> Result<Reply, SignInError> {
        self.read(url, self.client.get(url.clone()).header("accept", "application/json")).await
    }

    /// Fetches JSON.
    ///
    /// # Errors
    /// As [`Http::read`]; [`SignInError::ProviderUnavailable`] also for another status than 200 and for what is not
    /// the JSON expected.
    pub(super) async fn get_json<T: DeserializeOwned>(&self, url: &Url) -> Result<T, SignInError> {
        let reply = self.get(url).await?;
        if reply.status != StatusCode::OK {
            return Err(SignInError::ProviderUnavailable(format!("{url} answered {}", reply.status.as_u16())));
        }
        serde_json::from_slice(&reply.body)
            .map_err(|error| SignInError::ProviderUnavailable(format!("{url} answered something else: {error}")))
    }

    /// Posts a form, with a user name and password when given.
    ///
    /// # Errors
    /// As [`Http::read`].
    pub(super) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        basic: Option<(String, String)>,
    ) -> Result<Reply, SignInError> {
        let mut request = self.client.post(url.clone()).header("accept", "application/json").form(form);
        if let Some((name, password)) = basic {
            request = request.basic_auth(name, Some(password));
        }
        self.read(url, request).await
    }

    /// Sends a request and reads its reply.
    ///
    /// # Errors
    /// [`SignInError::Misconfigured`] for an address that may not be called; [`SignInError::ProviderUnavailable`]
    /// when no reply comes in time, or one that is too long. The text never holds what was sent.
    async fn read(&self, url: &Url, request: RequestBuilder) -> Result<Reply, SignInError> {
        if !self.allows(url) {
            return Err(SignInError::Misconfigured(format!("{url} is not a protected address")));
        }
        let unavailable = |error: reqwest::Error| {
            let error = error.without_url();
            SignInError::ProviderUnavailable(format!("{url}: {}", with_sources(&error)))
        };
        let mut response = request.send().await.map_err(unavailable)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unavailable)? {
            if body.len() + chunk.len() > LONGEST_REPLY {
                return Err(SignInError::ProviderUnavailable(format!(
                    "{url} answered more than {LONGEST_REPLY} bytes"
                )));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status: response.status(), body })
    }
}

/// Returns whether what is sent to an address cannot be read on the way: https, or this machine.
pub(super) fn is_protected(url: &Url) -> bool {
    url.username().is_empty()
        && url.password().is_none()
        && (url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn with_sources(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("the test wrote an address")
    }

    fn http(authority: &str) -> Http {
        Http::new(&url(authority), Duration::from_secs(5)).expect("TLS can be prepared")
    }

    async fn answering(reply: Vec<u8>) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 2048];
                let _ = stream.read(&mut asked).await;
                let _ = stream.write_all(&reply).await;
            }
        });
        url(&format!("http://{address}/"))
    }

    #[test]
    fn plain_http_is_for_this_machine_only_and_only_when_the_authority_is_here() {
        let here = http("http://127.0.0.1:8081/v2.0");
        let there = http("https://login.contoso.example/v2.0");

        assert!(here.allows(&url("http://localhost:8081/keys")));
        assert!(!here.allows(&url("http://login.contoso.example/keys")));
        assert!(there.allows(&url("https://keys.contoso.example/")));
        assert!(!there.allows(&url("http://127.0.0.1/keys")));
        assert!(!there.allows(&url("https://name:word@login.contoso.example/")));
        assert!(!there.allows(&url("ftp://login.contoso.example/")));
    }

    #[tokio::test]
    async fn a_reply_that_does_not_end_is_not_read_to_its_end() {
        let mut reply = b"HTTP/1.1 200 OK\r\ncontent-length: 3000000\r\n\r\n".to_vec();
        reply.extend(std::iter::repeat_n(b' ', 3_000_000));
        let address = answering(reply).await;

        let outcome = http(address.as_str()).get(&address).await;

        assert!(matches!(outcome, Err(SignInError::ProviderUnavailable(text)) if text.contains("more than")));
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let reply =
            b"HTTP/1.1 307 Temporary Redirect\r\nlocation: https://fabrikam.example/\r\ncontent-length: 0\r\n\r\n";
        let address = answering(reply.to_vec()).await;

        let reply = http(address.as_str()).get(&address).await.expect("an answer");

        assert_eq!(reply.status, StatusCode::TEMPORARY_REDIRECT);
    }
}
