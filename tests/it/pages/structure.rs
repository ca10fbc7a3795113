//! How a page is built: its frame, headings, messages, tables and links.

use scraper::Html;

use super::{Break, select, text_of};

pub const FRAME_BREAKS: &[Break] = &[
    ("home/employee-one", "<html lang=\"en\">", "<html>"),
    ("home/employee-one", "<title>Home – Contoso Groups</title>", "<title></title>"),
    ("home/employee-one", " id=\"main\"", ""),
    ("home/employee-one", "<main ", "<main></main><main "),
    ("home/employee-one", "name=\"viewport\"", "name=\"view\""),
    ("home/employee-one", "<a class=\"skip\"", "<a"),
];

/// A page says its language and its name, has one main part, and a way to skip to it.
pub fn frame(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    if select(page, "html[lang=en]").is_empty() {
        complaints.push("the language is not said".to_owned());
    }
    if select(page, "title").first().is_none_or(|title| text_of(*title).is_empty()) {
        complaints.push("the title is empty".to_owned());
    }
    if select(page, "meta[name=viewport]").is_empty() {
        complaints.push("the page does not fit small screens".to_owned());
    }
    if select(page, "main").len() != 1 {
        complaints.push("there is not exactly one main part".to_owned());
    }
    if !select(page, "nav").is_empty() && select(page, "body > a.skip[href='#main']:first-child").is_empty() {
        complaints.push("nothing skips the navigation".to_owned());
    }
    if select(page, "main#main").is_empty() {
        complaints.push("the skip link leads nowhere".to_owned());
    }
    if !select(page, "img").is_empty() {
        complaints.push("there is an image".to_owned());
    }
    complaints
}

pub const HEADING_BREAKS: &[Break] = &[
    ("home/employee-one", "<h1>", "<h1>Two</h1><h1>"),
    ("home/employee-one", "<h2 id=\"open\">", "<h4 id=\"open\">"),
    ("home/employee-one", "<h2 id=\"open\">Your open requests", "<h2 id=\"open\"> "),
];

/// There is one h1, no level is skipped, and no heading is empty.
pub fn headings(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    let count = select(page, "h1").len();
    if count != 1 {
        complaints.push(format!("there are {count} headings of the first level"));
    }
    let mut before = 0;
    let mut seen_first = false;
    for heading in select(page, "h1, h2, h3, h4, h5, h6") {
        let level = heading.value().name()[1..].parse::<u8>().unwrap_or(0);
        // The summary of what is wrong with a form stands before the h1, as the first thing to read.
        let is_summary = heading
            .ancestors()
            .filter_map(scraper::ElementRef::wrap)
            .any(|one| one.value().classes().any(|class| class == "message"));
        if level > before + 1 && (seen_first || !is_summary) {
            complaints.push(format!("the heading {:?} skips a level", text_of(heading)));
        }
        if text_of(heading).is_empty() {
            complaints.push("a heading is empty".to_owned());
        }
        seen_first |= level == 1;
        before = if is_summary { before } else { level };
    }
    complaints
}

pub const MESSAGE_BREAKS: &[Break] = &[
    ("requests/ask-slip-missing", "<title>Error: ", "<title>"),
    ("requests/ask-slip-missing", "<h1>", "<div class=\"message success\" role=\"alert\" data-focus></div><h1>"),
    ("requests/ask-slip-missing", "href=\"#reason\"", "href=\"#other\""),
    ("requests/ask-slip-missing", " autofocus", ""),
    ("requests/show-just-sent", " tabindex=\"-1\" autofocus", ""),
];

/// What a page has to say at once comes once, takes the focus, and an error is named in the title.
pub fn messages(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    let takes_focus = select(page, "main [data-focus]");
    if takes_focus.len() > 1 {
        complaints.push("two messages want to be read first".to_owned());
    }
    for message in &takes_focus {
        if message.attr("autofocus").is_none() || message.attr("tabindex") != Some("-1") {
            complaints.push("a message does not take the focus".to_owned());
        }
    }
    let slips = select(page, "main > .message.danger [role=alert] a");
    let title = select(page, "title").first().map(|title| text_of(*title)).unwrap_or_default();
    if slips.is_empty() == title.starts_with("Error: ") {
        complaints.push(format!("the title {title:?} does not go with the form"));
    }
    for link in slips {
        let field = link.attr("href").unwrap_or_default().trim_start_matches('#');
        let message = select(page, &format!("[id='{field}'][aria-invalid=true]"));
        let error = select(page, &format!("[id='{field}-error']"));
        let same = error.first().is_some_and(|error| text_of(*error) == text_of(link));
        if message.is_empty() || !same {
            complaints.push(format!("what is wrong with {field:?} is not said at the field in the same words"));
        }
    }
    complaints
}

pub const TABLE_BREAKS: &[Break] = &[
    ("designations/list-one", "<caption ", "<div "),
    ("designations/list-one", "<th scope=\"row\"", "<th"),
    ("designations/list-one", "role=\"region\"", ""),
];

/// Tables say what they hold and which cells are heads, and scroll in a region that keys can reach.
pub fn tables(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    for table in select(page, "table") {
        let parts =
            |selector: &str| table.select(&scraper::Selector::parse(selector).expect("the selector is right")).count();
        if parts("caption") != 1 {
            complaints.push("a table has no caption".to_owned());
        }
        if parts("th:not([scope])") > 0 || parts("th[scope=col]") == 0 {
            complaints.push("a head of a table does not say what it heads".to_owned());
        }
    }
    let regions = select(page, "[role=region][tabindex='0'][aria-labelledby] > table").len();
    if regions != select(page, "table").len() {
        complaints.push("a table cannot be scrolled with keys".to_owned());
    }
    complaints
}

pub const LINK_BREAKS: &[Break] = &[
    ("home/employee-one", "href=\"/memberships\"", "href=\"https://fabrikam.example/\""),
    ("home/employee-one", "href=\"/memberships\"", "href=\"/member\""),
    ("home/employee-one", "href=\"/requests\">All your requests", "href=\"/requests\">"),
    ("home/employee-one", " Sign out</button>", "</button>"),
    ("home/employee-one", "datetime=\"2026", "datetime=\"soon"),
    ("home/employee-one", "aria-hidden=\"true\"><use", "><use"),
];

/// The first parts of our own addresses.
const KNOWN: [&str; 12] = [
    "",
    "admin",
    "approvals",
    "groups",
    "help",
    "memberships",
    "owned",
    "requests",
    "sign-in",
    "sign-out",
    "theme",
    "static",
];

/// Links and buttons have names, and lead to pages of ours; times say the instant; icons are hidden from readers.
pub fn links(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    for element in select(page, "a, button, summary") {
        if text_of(element).is_empty() && element.attr("aria-label").is_none_or(str::is_empty) {
            complaints.push(format!("{} has no name", element.html()));
        }
    }
    // What an administrator wrote may lead anywhere.
    let addresses =
        select(page, "a[href]:not(.prose a), form[action], button[formaction]").into_iter().filter_map(|element| {
            ["href", "action", "formaction"].into_iter().find_map(|name| element.attr(name)).map(str::to_owned)
        });
    for address in addresses {
        let first = address.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
        let is_ours = address.starts_with('#') || (address.starts_with('/') && KNOWN.contains(&first));
        if !is_ours {
            complaints.push(format!("{address:?} is no address of ours"));
        }
    }
    for time in select(page, "time") {
        if time.attr("datetime").and_then(|at| at.parse::<jiff::Timestamp>().ok()).is_none() {
            complaints.push(format!("{:?} does not say the instant", text_of(time)));
        }
    }
    if !select(page, "svg:not([aria-hidden=true])").is_empty() {
        complaints.push("an icon is not hidden from readers".to_owned());
    }
    complaints
}
