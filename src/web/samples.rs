//! What the samples of all slices share: a drawn page, and frames of different people.

use std::sync::Arc;

use askama::Template;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use secrecy::SecretString;

use crate::{
    domain::{
        approval::WRITE_SCOPE,
        designation::Designation,
        directory::{Group, PersonRef},
        samples,
        viewer::{Role, Viewer},
    },
    graph::AccessToken,
    sign_in::Signed,
    store::{Counts, catalogue::Entry},
};

use super::{
    flash::Flash,
    frame::{Frame, Here},
    request_id::RequestId,
};

/// A page drawn from a sample.
#[derive(Debug)]
pub struct Sample {
    /// The slice and the page with its state: `approvals/show-denied`.
    pub name: String,
    /// The page; of a file that people take away, its text.
    pub html: String,
}

impl Sample {
    /// Draws a page.
    ///
    /// # Panics
    /// Never: see the reason in the text.
    #[must_use]
    pub fn of(name: impl Into<String>, page: &impl Template) -> Self {
        // Writing to a string does not fail, and neither do our filters.
        let html = page.render().expect("a page of values can be drawn");
        Self { name: name.into(), html }
    }
}

impl Frame {
    /// Makes the frame of a sample: addresses point to files beside the gallery's folders.
    #[must_use]
    pub fn sample(viewer: Option<Viewer>, now: Timestamp) -> Self {
        let beside = |name: &str| Arc::from(format!("../assets/{name}"));
        Self {
            product: Arc::from("Contoso Groups"),
            form_mark: viewer.as_ref().map(|_| "mark".to_owned()).unwrap_or_default(),
            viewer,
            counts: Counts { copied_at: Some(now), ..Counts::default() },
            here: Here::Elsewhere,
            theme: String::new(),
            flash: None,
            now,
            zone: TimeZone::UTC,
            request_id: RequestId(uuid::Uuid::from_u128(0x0193_5b2c_7d11_7c4e_9a01_6f2d_55e0_c3aa)),
            searched: String::new(),
            css: beside("app.css"),
            js: beside("app.js"),
            icons: beside("icons.svg"),
            favicon: beside("favicon.svg"),
        }
    }

    /// Puts what an earlier page left to say at the top.
    #[must_use]
    pub fn saying(mut self, flash: Flash) -> Self {
        self.flash = Some(flash);
        self
    }

    fn waiting_for(mut self, owns: i64, to_answer: i64, to_finish: i64) -> Self {
        self.counts = Counts { to_answer, to_finish, owns, ..self.counts };
        self
    }
}

fn frame(viewer: Viewer) -> Frame {
    Frame::sample(Some(viewer), samples::now())
}

/// Returns the frame of an employee, Alan Turing.
#[must_use]
pub fn employee() -> Frame {
    frame(samples::viewer("Alan Turing", &[]))
}

/// Returns the frame of an owner, Grace Hopper, for whom three things wait.
#[must_use]
pub fn owner() -> Frame {
    frame(samples::viewer("Grace Hopper", &[])).waiting_for(2, 2, 1)
}

/// Returns the frame of an owner for whom nothing waits.
#[must_use]
pub fn idle_owner() -> Frame {
    owner().waiting_for(2, 0, 0)
}

/// Returns the frame of an administrator, Ada Lovelace.
#[must_use]
pub fn administrator() -> Frame {
    frame(samples::viewer("Ada Lovelace", &[Role::Administrator]))
}

/// Returns the frame of an auditor, Radia Perlman.
#[must_use]
pub fn auditor() -> Frame {
    frame(samples::viewer("Radia Perlman", &[Role::Auditor]))
}

/// Returns the frame of a guest, Tim Berners.
#[must_use]
pub fn guest() -> Frame {
    frame(samples::guest())
}

/// Returns the frame of somebody whose name is written from right to left, فاطمة الفهري.
#[must_use]
pub fn right_to_left() -> Frame {
    frame(samples::viewer("فاطمة الفهري", &[])).waiting_for(1, 1, 0)
}

/// Returns the frame of somebody with a very long name.
#[must_use]
pub fn long_named() -> Frame {
    frame(samples::viewer(&samples::long_name(), &[Role::Administrator])).waiting_for(120, 4321, 0)
}

/// Returns the frame of a page that nobody is signed in for.
#[must_use]
pub fn nobody() -> Frame {
    Frame::sample(None, samples::now())
}

/// Returns the person of a frame as a handler gets them, with everything granted.
///
/// # Panics
/// When the frame is nobody's.
#[must_use]
pub fn signed(frame: &Frame) -> Signed {
    let viewer = frame.viewer.clone().expect("the samples of this page are somebody's");
    Signed {
        viewer,
        token: AccessToken {
            secret: SecretString::default(),
            expires_at: frame.now + SignedDuration::from_hours(1),
            scopes: vec![WRITE_SCOPE.to_owned()],
        },
        renewed_at: frame.now,
        signed_in_at: frame.now,
        refused_at: None,
        login_hint: None,
    }
}

/// Returns a group with its owners as the catalogue has it.
#[must_use]
pub fn entry(group: Group, owners: Vec<PersonRef>, designation: Option<Designation>) -> Entry {
    Entry::new(group, owners, designation, false)
}

/// Returns a group of that name that takes part, owned by Grace Hopper and Barbara Liskov.
#[must_use]
pub fn taking_part(name: &str) -> Entry {
    owned_by(name, &["Grace Hopper", "Barbara Liskov"])
}

/// Returns a group of two owners whose members are to be reviewed every 90 days, and whose last review ended so many days ago.
#[must_use]
pub fn reviewed_every_90_days(name: &str, ended: i64) -> Entry {
    let mut entry = owned_by(name, &["Grace Hopper", "Barbara Liskov"]);
    if let Some(designation) = &mut entry.designation {
        designation.terms.review_days = Some(90);
        designation.reviews.ended_at = Some(samples::hours_ago(24 * ended));
    }
    entry
}

/// Returns a group of that name that takes part, with these owners.
#[must_use]
pub fn owned_by(name: &str, owners: &[&str]) -> Entry {
    let group = samples::group(name);
    let designation = samples::designation(&group);
    entry(group, samples::people(owners), Some(designation))
}
