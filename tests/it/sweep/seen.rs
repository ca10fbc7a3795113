//! What people saw, and how long they waited for it.

use std::time::{Duration, Instant};

use crate::support::{page::Page, person::Person};

/// The longest a page of the sweep may take: three calls of the directory one after the other, to their deadline, and what
/// a busy machine adds.
const LONGEST: Duration = Duration::from_millis(3 * 700 + 3000);

/// The browser of a case.
#[derive(Debug)]
pub(super) struct Seen;

impl Seen {
    /// Opens a page.
    pub async fn visit(&self, person: &Person, path: &str) -> Page {
        let started = Instant::now();
        let page = person.visit(path).await;
        is_no_fault(&page, started);
        page
    }

    /// Fills a form and sends it; once more when it was kept because a new sign-in was needed.
    pub async fn submit(&self, person: &Person, page: &Page, button: &str, typed: &[(&str, &str)]) -> Page {
        let started = Instant::now();
        let mut after = person.submit(page, button, typed).await;
        is_no_fault(&after, started);
        if after.has_button("Send it now") {
            let started = Instant::now();
            after = person.submit(&after, "Send it now", &[]).await;
            is_no_fault(&after, started);
        }
        after
    }
}

fn is_no_fault(page: &Page, started: Instant) {
    let (status, waited) = (page.status.as_u16(), started.elapsed());
    assert!([200, 403, 409, 410, 503].contains(&status), "{status} {}: {}", page.url, page.text());
    assert!(waited < LONGEST, "{} took {waited:?}", page.url);
}
