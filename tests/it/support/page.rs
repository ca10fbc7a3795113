//! A page as a person sees it: read from the HTML that came, with no knowledge of how it was made.

use reqwest::{StatusCode, header::HeaderMap};
use scraper::{ElementRef, Html, Node, Selector, node::Element};
use url::Url;

/// An answer of the portal, or of the provider on the way.
#[derive(Debug, Clone)]
pub struct Page {
    pub url: Url,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// Bytes of the body as they came over the wire.
    pub length: usize,
}

/// A form as a browser would send it.
#[derive(Debug, Clone)]
pub struct Form {
    pub method: String,
    pub action: Url,
    pub fields: Vec<(String, String)>,
}

impl Page {
    /// Returns the path, without the query.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Returns the last part of the path: the id of a request or a group.
    pub fn id(&self) -> String {
        self.path().rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Returns the title.
    pub fn title(&self) -> String {
        self.first("title").unwrap_or_default()
    }

    /// Returns the main heading.
    pub fn heading(&self) -> String {
        self.first("h1").unwrap_or_default()
    }

    /// Returns the text of the page's content, on one line.
    pub fn text(&self) -> String {
        self.first("main").or_else(|| self.first("body")).unwrap_or_default()
    }

    /// Returns what the page says about the step before.
    pub fn flash(&self) -> String {
        self.first("section[role=alert]").unwrap_or_default()
    }

    /// Returns what the page finds wrong with a form.
    pub fn errors(&self) -> Vec<String> {
        self.all("div[role=alert] li")
    }

    /// Returns the tags of the page, such as how a request stands.
    pub fn tags(&self) -> Vec<String> {
        self.all("main .tag")
    }

    /// Returns the texts of everything that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let html = self.html();
        html.select(&pick(selector)).map(words).collect()
    }

    /// Returns the text of the first thing that a selector finds.
    pub fn first(&self, selector: &str) -> Option<String> {
        self.all(selector).into_iter().next()
    }

    /// Returns whether there is a button that begins with this label and can be pressed.
    pub fn has_button(&self, label: &str) -> bool {
        let html = self.html();
        button(&html, label).is_some()
    }

    /// Returns where the first link leads that begins with this text.
    pub fn link(&self, text: &str) -> Option<String> {
        let html = self.html();
        let links: Vec<ElementRef> = html.select(&pick("a[href]")).collect();
        let found = links.iter().find(|link| words(**link) == text);
        let found = found.or_else(|| links.iter().find(|link| words(**link).starts_with(text)))?;
        found.value().attr("href").map(str::to_owned)
    }

    /// Returns what stands in a field.
    pub fn field(&self, name: &str) -> Option<String> {
        let html = self.html();
        let field = html.select(&pick(&format!("main [name={name}]"))).next()?;
        Some(value_of(field))
    }

    /// Returns the form that a button sends, with everything a browser would put into it.
    #[track_caller]
    pub fn form(&self, label: &str) -> Form {
        let html = self.html();
        let Some(pressed) = button(&html, label) else {
            panic!("there is no button {label:?} on {}:\n{}", self.url, self.text())
        };
        let form = up(pressed).find(|element| element.value().name() == "form").expect("a button in a form");
        let attribute = |name: &str| pressed.value().attr(&format!("form{name}")).or_else(|| form.value().attr(name));
        let mut fields: Vec<(String, String)> = form
            .select(&pick("input[name], textarea[name]"))
            .filter(|field| is_sent(*field))
            .map(|field| (field.value().attr("name").unwrap_or_default().to_owned(), value_of(field)))
            .collect();
        if let (Some(name), Some(value)) = (pressed.value().attr("name"), pressed.value().attr("value")) {
            fields.push((name.to_owned(), value.to_owned()));
        }
        Form {
            method: attribute("method").unwrap_or("get").to_ascii_lowercase(),
            action: attribute("action").map_or_else(|| self.url.clone(), |action| self.url.join(action).unwrap()),
            fields,
        }
    }

    /// Returns the page with forms that do not say whom they were drawn for, as somebody else would write them by hand.
    pub fn unmarked(&self) -> Self {
        let html = self.html();
        let mark =
            html.select(&pick("input[name=for]")).next().map(|mark| mark.value().attr("value").unwrap_or_default());
        Self { body: self.body.replace(mark.expect("our forms carry a mark"), ""), ..self.clone() }
    }

    /// Asserts that the page says something.
    #[track_caller]
    pub fn shows(&self, said: &str) {
        assert!(self.text().contains(said), "{} {} does not say {said:?}:\n{}", self.status, self.url, self.text());
    }

    /// Asserts that the page does not say something.
    #[track_caller]
    pub fn hides(&self, said: &str) {
        assert!(!self.text().contains(said), "{} says {said:?}:\n{}", self.url, self.text());
    }

    /// Asserts the status, with the page's words when it is another.
    #[track_caller]
    pub fn answers(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{}:\n{}", self.url, self.text());
    }

    /// Returns where a redirect leads.
    #[track_caller]
    pub fn location(&self) -> String {
        assert!(self.status.is_redirection(), "{} {} leads nowhere: {}", self.status, self.url, self.text());
        self.header("location").to_owned()
    }

    /// Returns a header of the answer.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }
}

impl Form {
    /// Types into a field that the form has; a box is ticked with a value and unticked with none.
    #[track_caller]
    pub fn fill(&mut self, page: &Page, name: &str, value: &str) {
        let html = page.html();
        let control = html.select(&pick(&format!("[name={name}]"))).next();
        let Some(control) = control else { panic!("there is no field {name:?} on {}", page.url) };
        self.fields.retain(|(known, _)| known != name);
        if !(is_box(control) && value.is_empty()) {
            self.fields.push((name.to_owned(), value.replace("\r\n", "\n").replace('\n', "\r\n")));
        }
    }

    /// Returns the body of the form.
    pub fn body(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }
}

fn pick(selector: &str) -> Selector {
    Selector::parse(selector).expect("the test wrote a selector")
}

/// Returns the text of an element on one line. What stands on lines of its own is apart, what stands in a line is not.
fn words(element: ElementRef) -> String {
    let mut text = String::new();
    collect(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(element: ElementRef, text: &mut String) {
    text.push_str(gap(element.value()));
    for child in element.children() {
        match (child.value(), ElementRef::wrap(child)) {
            (Node::Text(part), _) => text.push_str(part),
            (_, Some(inner)) => collect(inner, text),
            _ => {}
        }
    }
    text.push_str(gap(element.value()));
}

fn gap(element: &Element) -> &'static str {
    let in_line = matches!(element.name(), "a" | "bdi" | "kbd" | "span" | "strong" | "svg" | "time" | "use");
    if in_line && element.attr("class") != Some("sub") { "" } else { " " }
}

fn up(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

fn button<'a>(html: &'a Html, label: &str) -> Option<ElementRef<'a>> {
    let all: Vec<ElementRef> = html.select(&pick("form button")).filter(|button| is_enabled(*button)).collect();
    let exact = all.iter().find(|button| words(**button) == label).copied();
    exact.or_else(|| all.iter().find(|button| words(**button).starts_with(label)).copied())
}

fn is_enabled(element: ElementRef) -> bool {
    element.value().attr("disabled").is_none()
        && !up(element).any(|above| above.value().name() == "fieldset" && above.value().attr("disabled").is_some())
}

fn is_box(element: ElementRef) -> bool {
    element.value().attr("type") == Some("checkbox")
}

fn is_sent(element: ElementRef) -> bool {
    is_enabled(element) && (!is_box(element) || element.value().attr("checked").is_some())
}

fn value_of(element: ElementRef) -> String {
    match element.value().name() {
        "textarea" => element.text().collect(),
        _ => element.value().attr("value").unwrap_or_default().to_owned(),
    }
}
