//! Somebody with a browser: cookies, links, forms and redirects over real HTTP, with the headers that browsers send.

use reqwest::{
    Client, Method,
    header::{COOKIE, HeaderMap, HeaderName, HeaderValue, LOCATION},
};
use url::Url;

use super::{
    jar::Jar,
    page::{Form, Page},
};

/// A visitor of a portal.
#[derive(Debug)]
pub struct Person {
    pub jar: Jar,
    base: Url,
    client: Client,
}

/// A request on its way, before redirects.
struct Going<'a> {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<String>,
    from: Option<&'a Url>,
}

impl Person {
    pub fn new(base: &str, client: Client) -> Self {
        Self { jar: Jar::default(), base: Url::parse(base).unwrap(), client }
    }

    /// Types an address, of the portal or a whole one.
    pub async fn visit(&self, path: &str) -> Page {
        let url = self.base.join(path).unwrap();
        self.go(Going { method: Method::GET, url, headers: HeaderMap::new(), body: None, from: None }).await
    }

    /// Opens an address, of the portal or a whole one, and stays where the answer is, even if it leads elsewhere.
    pub async fn look(&self, path: &str) -> Page {
        let url = self.base.join(path).unwrap();
        self.send(&Going { method: Method::GET, url, headers: HeaderMap::new(), body: None, from: None }, "none").await
    }

    /// Follows the link that begins with this text.
    #[track_caller]
    pub fn follow<'a>(&'a self, page: &'a Page, text: &str) -> impl Future<Output = Page> + 'a {
        let Some(href) = page.link(text) else { panic!("there is no link {text:?} on {}:\n{}", page.url, page.text()) };
        let url = page.url.join(&href).unwrap();
        self.go(Going { method: Method::GET, url, headers: HeaderMap::new(), body: None, from: Some(&page.url) })
    }

    /// Fills fields and presses a button of a page, which may have been drawn long ago.
    #[track_caller]
    pub fn submit<'a>(
        &'a self,
        page: &'a Page,
        label: &str,
        typed: &[(&str, &str)],
    ) -> impl Future<Output = Page> + 'a {
        let mut form = page.form(label);
        for (name, value) in typed {
            form.fill(page, name, value);
        }
        self.send_form(page, form)
    }

    /// Sends a form from a page.
    pub async fn send_form(&self, page: &Page, form: Form) -> Page {
        let from = Some(&page.url);
        if form.method == "get" {
            let mut url = form.action.clone();
            url.set_query(Some(&form.body()));
            return self.go(Going { method: Method::GET, url, headers: HeaderMap::new(), body: None, from }).await;
        }
        let mut headers = HeaderMap::new();
        let origin = page.url.origin().ascii_serialization();
        headers.insert("origin", HeaderValue::try_from(origin).unwrap());
        headers.insert("referer", HeaderValue::try_from(page.url.as_str()).unwrap());
        headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
        self.go(Going { method: Method::POST, url: form.action.clone(), headers, body: Some(form.body()), from }).await
    }

    /// Presses a button and stays where the answer is, even if it leads elsewhere.
    pub async fn press(&self, page: &Page, label: &str) -> Page {
        let form = page.form(label);
        let mut headers = HeaderMap::new();
        headers.insert("origin", HeaderValue::try_from(page.url.origin().ascii_serialization()).unwrap());
        headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
        let (body, from) = (Some(form.body()), Some(&page.url));
        self.send(&Going { method: Method::POST, url: form.action, headers, body, from }, "same-origin").await
    }

    /// Posts with exactly these headers and this body, beside the cookies, and follows nothing.
    pub async fn post_raw(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        self.raw(Method::POST, path, headers, Some(body)).await
    }

    /// Sends any request with exactly these headers, beside the cookies, and follows nothing.
    pub async fn raw(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Page {
        // The address is put together by hand: a path such as `/a/../b` has to arrive as it is written.
        let url = self.base.join("/").unwrap();
        let mut request = self.client.request(method, format!("{}{}", url.as_str().trim_end_matches('/'), path));
        request = request.header(COOKIE, self.jar.header());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body.to_owned());
        }
        read(request.send().await.unwrap()).await
    }

    /// Chooses who they are on the provider's page and comes back.
    pub async fn choose(&self, page: &Page, name: &str) -> Page {
        assert_eq!(page.heading(), "Who are you?", "{}: {}", page.url, page.text());
        self.submit(page, name, &[]).await
    }

    /// Follows redirects as a browser does, and says at every step what the step before was to this one.
    async fn go(&self, mut going: Going<'_>) -> Page {
        let mut sites = Vec::new();
        for _ in 0..20 {
            sites.push(site(going.from, &going.url));
            let page = self.send(&going, worst(&sites)).await;
            let Some(location) = page.headers.get(LOCATION).filter(|_| page.status.is_redirection()) else {
                return page;
            };
            let url = page.url.join(location.to_str().unwrap()).unwrap();
            going = Going { method: Method::GET, url, headers: HeaderMap::new(), body: None, from: going.from };
        }
        panic!("redirects without end, last at {}", going.url)
    }

    async fn send(&self, going: &Going<'_>, site: &'static str) -> Page {
        let mut headers = going.headers.clone();
        let mut set = |name: &'static str, value: &str| {
            headers.insert(HeaderName::from_static(name), HeaderValue::try_from(value).unwrap());
        };
        set("sec-fetch-site", site);
        set("sec-fetch-mode", "navigate");
        set("sec-fetch-dest", "document");
        set("accept", "text/html,application/xhtml+xml");
        if !self.jar.header().is_empty() {
            set("cookie", &self.jar.header());
        }
        let mut request = self.client.request(going.method.clone(), going.url.clone()).headers(headers);
        if let Some(body) = &going.body {
            request = request.body(body.clone());
        }
        let page = read(request.send().await.unwrap()).await;
        self.jar.keep(&page.headers);
        page
    }
}

async fn read(response: reqwest::Response) -> Page {
    let (url, status, headers) = (response.url().clone(), response.status(), response.headers().clone());
    let body = response.bytes().await.unwrap();
    Page { url, status, headers, length: body.len(), body: String::from_utf8_lossy(&body).into_owned() }
}

/// Returns what one address is to another, as browsers say it; ports do not make another site.
fn site(from: Option<&Url>, to: &Url) -> &'static str {
    match from {
        None => "none",
        Some(from) if from.origin() == to.origin() => "same-origin",
        Some(from) if from.host_str() == to.host_str() => "same-site",
        Some(_) => "cross-site",
    }
}

/// A chain of redirects is as foreign as its most foreign step.
fn worst(sites: &[&'static str]) -> &'static str {
    ["cross-site", "same-site", "same-origin"].into_iter().find(|site| sites.contains(site)).unwrap_or("none")
}
