//! What ties the parts of a page together: labels, ids, and the marks that every form carries.

use std::collections::HashSet;

use scraper::Html;

use super::{Break, select};

pub const LABEL_BREAKS: &[Break] = &[
    ("requests/ask", "<label for=\"reason\">", "<label>"),
    ("requests/ask", "aria-label=\"Search groups\"", ""),
    ("designations/show-taking-part", "<label for=\"guests_may_ask\">", "<label for=\"other\">"),
    ("designations/show-taking-part", "<legend>", "<p>"),
];

/// Every control has a label, every set of choices a legend.
pub fn labels(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    for control in select(page, "input:not([type=hidden]), textarea, select") {
        let id = control.attr("id").unwrap_or_default();
        let labelled = control.attr("aria-label").is_some_and(|label| !label.is_empty())
            || (!id.is_empty() && !select(page, &format!("label[for='{id}']")).is_empty());
        if !labelled {
            complaints.push(format!("{} has no label", control.html()));
        }
    }
    if select(page, "fieldset").len() != select(page, "fieldset > legend:first-child").len() {
        complaints.push("a set of choices has no legend".to_owned());
    }
    complaints
}

pub const ID_BREAKS: &[Break] = &[
    ("requests/ask", "id=\"reason-hint\"", "id=\"reason\""),
    ("requests/ask", "id=\"reason-hint\"", ""),
    ("requests/show-waiting", "aria-labelledby=\"far\"", "aria-labelledby=\"near\""),
];

/// An id is there once, and whatever is pointed at is there.
pub fn ids(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut known = HashSet::new();
    for element in select(page, "[id]") {
        let id = element.attr("id").unwrap_or_default();
        if !known.insert(id.to_owned()) {
            complaints.push(format!("the id {id:?} is there twice"));
        }
    }
    for name in ["aria-describedby", "aria-labelledby", "for"] {
        for element in select(page, &format!("[{name}]")) {
            for id in element.attr(name).unwrap_or_default().split_whitespace() {
                if !known.contains(id) {
                    complaints.push(format!("{name} points at {id:?}, which is not there"));
                }
            }
        }
    }
    for link in select(page, "a[href^='#']") {
        let id = link.attr("href").unwrap_or_default().trim_start_matches('#');
        if !known.contains(id) {
            complaints.push(format!("a link leads to {id:?}, which is not there"));
        }
    }
    complaints
}

pub const FORM_BREAKS: &[Break] = &[
    ("requests/ask", "<input type=\"hidden\" name=\"for\"", "<input type=\"hidden\" name=\"from\""),
    ("requests/show-waiting", "<input type=\"hidden\" name=\"version\" value=\"1\"", "<input type=\"hidden\""),
    ("requests/show-waiting", "<button class=\"button\">Withdraw request</button>", ""),
    ("requests/ask", "method=\"post\"", "method=\"dialog\""),
    ("groups/browse-few", "<search ", "<div "),
];

/// A form that changes something is posted, says for whom and from what it was drawn; all others are searches.
pub fn forms(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    for form in select(page, "form") {
        let action = form.attr("action").unwrap_or_default();
        let has = |selector: &str| {
            form.select(&scraper::Selector::parse(selector).expect("the selector is right")).next().is_some()
        };
        let is_search =
            form.ancestors().filter_map(scraper::ElementRef::wrap).any(|one| one.value().name() == "search");
        match form.attr("method") {
            Some("post") => {
                if !has("input[type=hidden][name=for]:not([value=''])") || !has("input[type=hidden][name=version]") {
                    complaints.push(format!("the form to {action:?} does not carry its marks"));
                }
            }
            None | Some("get") if is_search && has("input[type=search][name=q], input[type=date]") => {}
            _ => complaints.push(format!("the form to {action:?} is neither posted nor a search")),
        }
        let is_in_bar = form.value().classes().any(|class| class == "bar-search");
        if !is_in_bar && !has("button:not([type=button])") {
            complaints.push(format!("the form to {action:?} has no button"));
        }
    }
    complaints
}

pub const INLINE_BREAKS: &[Break] = &[
    ("requests/ask", "<h1>", "<h1 style=\"color: red\">"),
    ("requests/ask", "<h1>", "<h1 onclick=\"go()\">"),
    ("requests/ask", "</main>", "<script>go()</script></main>"),
    ("requests/ask", "</main>", "<style>h1 { color: red }</style></main>"),
    ("requests/ask", "../assets/app.js", "https://fabrikam.example/app.js"),
];

/// Nothing is styled or scripted in the page itself, for the content security policy would not let it.
pub fn inline(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    for element in select(page, "*") {
        for (name, value) in element.value().attrs() {
            if name == "style" || name.starts_with("on") || value.trim_start().starts_with("javascript:") {
                complaints.push(format!("{name}={value:?} is in the page"));
            }
        }
    }
    if !select(page, "style").is_empty() || !select(page, "script:not([src])").is_empty() {
        complaints.push("a style sheet or a script is in the page".to_owned());
    }
    for element in select(page, "script[src], link[href], use[href]") {
        let address = element.attr("src").or(element.attr("href")).unwrap_or_default();
        if !address.starts_with("../assets/") {
            complaints.push(format!("{address:?} is not from here"));
        }
    }
    complaints
}
