//! Markdown that people write, as HTML that can do no harm: headings, lists, emphasis, quotes, code and links to the web or to
//! a mailbox. HTML in it is shown as it was typed, and pictures become links.

use askama::filters::Safe;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html};

/// The level of every heading: below the page's own and its section's, and none is skipped.
const LEVEL: HeadingLevel = HeadingLevel::H3;

/// Returns the text as HTML.
#[must_use]
pub fn shown(text: &str) -> Safe<String> {
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, Parser::new(text).map(harmless));
    Safe(out)
}

fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(typed) | Event::InlineHtml(typed) => Event::Text(typed),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { .. }) => {
            Event::Start(Tag::Heading { level: LEVEL, id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(LEVEL)),
        Event::Start(Tag::Link { link_type, dest_url, title, .. }) => link(link_type, dest_url, title),
        Event::Start(Tag::Image { dest_url, title, .. }) => link(LinkType::Inline, dest_url, title),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        other => other,
    }
}

fn link<'a>(link_type: LinkType, address: CowStr<'a>, title: CowStr<'a>) -> Event<'a> {
    let is_mail = link_type == LinkType::Email;
    let is_harmless = is_mail || ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    let dest_url = if is_harmless { address } else { "#main".into() };
    Event::Start(Tag::Link { link_type, dest_url, title, id: CowStr::Borrowed("") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_formatted() {
        let html = shown("#### Owners\n\n- answer **soon**\n- see [the guide](https://example.com/a?b=1&c=2)").0;

        assert!(html.contains("<h3>Owners</h3>"), "{html}");
        assert!(html.contains("<li>answer <strong>soon</strong></li>"), "{html}");
        assert!(html.contains(r#"<a href="https://example.com/a?b=1&amp;c=2">the guide</a>"#), "{html}");
    }

    #[test]
    fn html_is_shown_and_does_nothing() {
        for typed in ["<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<!-- x -->", "<b>x</b>"] {
            let html = shown(typed).0;

            assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<!--"), "{html}");
            assert!(!html.contains("<b>") && html.contains("&lt;"), "{html}");
        }
    }

    #[test]
    fn links_lead_to_the_web_or_to_a_mailbox_only() {
        for typed in
            ["[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,x)", "[x](//evil.example)"]
        {
            assert!(shown(typed).0.contains(r##"<a href="#main">x</a>"##), "{}", shown(typed).0);
        }
        assert!(shown("<desk@contoso.example>").0.contains(r#"href="mailto:desk@contoso.example""#));
        assert!(
            shown("![plan](https://example.com/p.png)").0.contains(r#"<a href="https://example.com/p.png">plan</a>"#)
        );
    }
}
