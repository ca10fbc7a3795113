//! Samples of the members in the orders that Roster knows.

use std::sync::Arc;

use super::{
    super::members::{Listing, Members, Row},
    listed,
};
use crate::{
    domain::samples,
    features::owned::workspace::Workspace,
    graph::Reach,
    store::Given,
    web::{
        frame::Frame,
        samples::{Sample, owned_by, owner, right_to_left, signed},
    },
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let sample = |name: &str, page: &Members| Sample::of(format!("owned/members-by-{name}"), page);
    let (ends, lately) = (Given::EndsSoonest, Given::CameLately);
    let mut more = page(owner(), "Compiler Team", ends, |row| row.until.is_some());
    more.total = Some(45_678);
    more.next = Some(more.address(None));
    let mut gone = page(owner(), "Compiler Team", lately, |_| false);
    gone.next = Some(gone.address(None));
    let mut one = page(owner(), "Compiler Team", ends, |row| row.until.is_some());
    one.total = Some(1);
    vec![
        sample("end", &page(owner(), "Compiler Team", ends, |row| row.until.is_some())),
        sample("end-one", &one),
        sample("end-many", &more),
        sample("end-nobody", &page(owner(), "Compiler Team", ends, |_| false)),
        sample("coming", &page(owner(), "Compiler Team", lately, |row| row.is_given)),
        sample("coming-nobody", &page(owner(), "Compiler Team", lately, |_| false)),
        sample("coming-page-gone", &gone),
        sample("coming-long-name", &page(right_to_left(), &samples::long_arabic_name(), lately, |row| row.is_given)),
    ]
}

fn page(frame: Frame, group: &str, order: Given, shows: fn(&Row) -> bool) -> Members {
    let it = Workspace::new(Arc::new(owned_by(group, &["Grace Hopper", "Barbara Liskov"])), true);
    let signed = signed(&frame);
    let mut page = Members::empty(frame, it, &signed, String::new(), Reach::Direct, true);
    page.order = Some(order);
    if let Listing::People(mut rows) = listed(&page.frame, &page) {
        rows.retain(shows);
        page.total = (order == Given::EndsSoonest).then_some(rows.len() as u64);
        page.listing = Listing::People(rows);
    }
    page
}
