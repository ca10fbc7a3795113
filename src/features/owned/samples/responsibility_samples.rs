//! Samples of the page on which owners accept their responsibilities.

use std::sync::Arc;

use jiff::SignedDuration;

use super::super::{responsibilities::Accepting, workspace::Workspace};
use crate::{
    domain::{
        responsibilities::{Asked, Responsibilities},
        samples,
    },
    web::{
        flash::{Flash, Mood},
        frame::Frame,
        samples::{Sample, auditor, idle_owner, owned_by, right_to_left, signed},
    },
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let until = |days: i64| samples::now() + SignedDuration::from_hours(24 * days);
    let announced = Asked { latest: Some((2, until(9))), counting: 0, accepted: 0 };
    let must = Asked { latest: Some((2, until(-1))), counting: 2, accepted: 0 };
    let has = Asked { accepted: 2, ..must };
    let long = format!("## {}\n\n{}", samples::long_arabic_name(), "- Answer soon.\n".repeat(40));
    let after =
        idle_owner().saying(Flash::new(Mood::Success, "responsibilities-accepted", "responsibilities-accepted-text"));
    vec![
        Sample::of("owned/responsibilities-empty", &page(idle_owner(), Asked::default(), None)),
        Sample::of("owned/responsibilities-announced", &page(idle_owner(), announced, Some(text(TEXT)))),
        Sample::of("owned/responsibilities-must", &page(idle_owner(), must, Some(text(TEXT)))),
        Sample::of("owned/responsibilities-accepted", &page(idle_owner(), has, Some(text(TEXT)))),
        Sample::of("owned/responsibilities-after", &page(after, has, Some(text(TEXT)))),
        Sample::of("owned/responsibilities-auditor", &page(auditor(), must, Some(text(TEXT)))),
        Sample::of("owned/responsibilities-long", &page(right_to_left(), must, Some(text(&long)))),
    ]
}

const TEXT: &str = "You decide who belongs to the group, so you give access to what it opens.\n\n\
    - Answer within **five days**.\n- Let in only whom you know to need it.\n- Look through the members twice a year.\n\n\
    Read more in [the guide for owners](https://intranet.contoso.example/owners).";

fn text(text: &str) -> Responsibilities {
    let by = samples::person("Ada Lovelace");
    Responsibilities { version: 2, text: text.to_owned(), counts_from: Some(samples::now()), by, at: samples::now() }
}

fn page(mut frame: Frame, asked: Asked, latest: Option<Responsibilities>) -> Accepting {
    frame.counts.responsibilities = asked;
    let signed = signed(&frame);
    let entry = owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"]);
    let is_owner = signed.viewer.roles.is_empty();
    let it = Workspace { must_accept: asked.must_accept(), ..Workspace::new(Arc::new(entry), is_owner) };
    Accepting::new(frame, it, &signed, latest)
}
