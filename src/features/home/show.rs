//! The first page: what needs this person.

use askama::Template;
use axum::{
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    domain::{
        commission::{News, State},
        directory::PersonRef,
        ids::GroupId,
        request::{JoinRequest, Standing},
        viewer::Viewer,
    },
    sign_in::Signed,
    store::{
        Ending,
        catalogue::{Entry, Snapshot},
    },
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
        inbox::Inbox,
        lasting, page, review_words,
        time_words::When,
        trouble::Trouble,
        words::Phrase,
    },
};

/// The most requests of each kind on the page.
const MOST: usize = 5;
/// How long the page tells somebody that they were made an owner.
const LATELY: SignedDuration = SignedDuration::from_hours(14 * 24);

/// A group that somebody made the person an owner of.
pub(super) struct NewOwner {
    pub group: GroupId,
    pub name: String,
    pub by: PersonRef,
}

/// A membership that ends soon.
pub(super) struct EndingSoon {
    pub group: GroupId,
    pub name: String,
    pub until: When,
    /// That it ends soon, or has ended.
    pub tag: Option<Phrase>,
}

/// A group whose members are to be reviewed.
pub(super) struct ToReview {
    pub group: GroupId,
    pub name: String,
    /// How much it presses.
    pub what: Phrase,
    pub tag: (&'static str, Phrase),
    at: Timestamp,
}

#[derive(Template)]
#[template(path = "home/home.html")]
pub(super) struct Home {
    pub frame: Frame,
    pub first_name: String,
    pub inbox: Inbox,
    pub mine: Vec<JoinRequest>,
    /// Memberships that end soon or have ended.
    pub ending: Vec<EndingSoon>,
    /// Groups they own whose members are to be reviewed, the most overdue first.
    pub reviews: Vec<ToReview>,
    /// How many there are in all.
    pub presses: usize,
    /// Groups that somebody made them an owner of lately.
    pub new_owner: Vec<NewOwner>,
    /// A group on whose page they read the responsibilities that they are asked to accept.
    pub responsibilities: Option<GroupId>,
}

/// Shows what needs this person. The directory is not asked.
///
/// # Errors
/// A trouble when the store cannot be asked.
pub async fn home(
    Shared(app): Shared<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let viewer = &signed.viewer;
    let owned: Vec<GroupId> = groups.owned_by(viewer.id);
    let inbox = Inbox::read(&app, &groups, &owned, viewer, frame.now, MOST).await?;
    let mut mine = app.store.requests().of_person(viewer.id, MOST * 4).await?;
    mine.retain(is_on_its_way);
    mine.truncate(MOST);

    let ends = app.store.membership_ends().of_person(viewer.id).await?;
    let soon = ends.into_iter().filter(|end| lasting::tag(end.at, frame.now).is_some());
    let soon = soon.filter_map(|end| EndingSoon::of(&groups, &end, &frame));
    let ending = soon.take(MOST).collect();

    let reviewed = owned.iter().filter(|_| !viewer.guest).filter_map(|group| groups.any(*group));
    let mut reviews: Vec<ToReview> = reviewed.filter_map(|entry| ToReview::of(&entry, &frame)).collect();
    let presses = reviews.len();
    reviews.sort_by_key(|review| review.at);
    reviews.truncate(MOST);

    let since = frame.now - LATELY;
    let made = if owned.is_empty() { Vec::new() } else { app.store.workspaces().made_owner(viewer.id, since).await? };
    let new_owner = made.into_iter().filter(|(group, _)| owned.contains(group)).take(MOST);
    let new_owner = new_owner.filter_map(|(group, by)| NewOwner::of(&groups, group, by)).collect();
    let fit = owned.iter().copied().filter(|group| groups.any(*group).is_some_and(|entry| entry.is_fit()));
    let responsibilities = asks_in(&frame, fit, viewer);

    let first_name = viewer.name.split_whitespace().next().unwrap_or(&viewer.name).to_owned();
    let frame = frame.at(Here::Home);
    Ok(page::ok(Home { frame, first_name, inbox, mine, ending, reviews, presses, new_owner, responsibilities })
        .into_response())
}

/// Returns the group, of those they own that can be managed, on whose page the person reads what they are asked to accept; nothing when they are not asked. Guests
/// own groups in the directory, and run none here.
pub(super) fn asks_in(frame: &Frame, mut fit: impl Iterator<Item = GroupId>, viewer: &Viewer) -> Option<GroupId> {
    let is_asked = frame.counts.responsibilities.is_asked_until().is_some();
    fit.next().filter(|_| is_asked && !viewer.guest)
}

impl Home {
    /// Returns the commissions that somebody is told of. Guests create no groups.
    fn commissions(&self) -> &[News] {
        let is_guest = self.frame.viewer.as_ref().is_none_or(|viewer| viewer.guest);
        if is_guest { &[] } else { &self.frame.counts.commissions }
    }

    /// Returns how many things wait for them.
    fn waiting(&self) -> i64 {
        let open = self.commissions().iter().filter(|news| news.state == State::Open);
        self.frame.waiting() + i64::try_from(open.count()).unwrap_or_default() + self.came_back()
    }

    fn is_idle(&self) -> bool {
        self.inbox.is_empty() && self.waiting() == self.frame.waiting()
    }

    fn asked(news: &News) -> Phrase {
        let key = match news.state {
            State::Taken => "commissions-home-taken",
            State::Withdrawn => "commissions-home-withdrawn",
            _ => "commissions-home-ask",
        };
        Phrase::new(key).name("person", &news.by)
    }

    /// Returns how many commissions reported back and wait for an administrator.
    fn came_back(&self) -> i64 {
        let is_administrator = self.frame.viewer.as_ref().is_some_and(Viewer::is_administrator);
        if is_administrator { self.frame.counts.commissions_ready + self.frame.counts.commissions_declined } else { 0 }
    }

    /// Returns what administrators are told of the commissions that reported back.
    fn back(&self) -> Vec<(Phrase, &'static str)> {
        if self.came_back() == 0 {
            return Vec::new();
        }
        let (ready, declined) = (self.frame.counts.commissions_ready, self.frame.counts.commissions_declined);
        let mut all = Vec::new();
        if ready > 0 {
            all.push((Phrase::new("commissions-home-ready").count("n", ready), "commissions-home-ready-text"));
        }
        if declined > 0 {
            all.push((Phrase::new("commissions-home-declined").count("n", declined), "commissions-home-declined-text"));
        }
        all
    }
}

impl EndingSoon {
    fn of(groups: &Snapshot, end: &Ending, frame: &Frame) -> Option<Self> {
        let name = groups.designated(end.group)?.group.name.clone();
        Some(Self { group: end.group, name, until: frame.day(&end.at), tag: lasting::tag(end.at, frame.now) })
    }
}

impl ToReview {
    pub(super) fn of(entry: &Entry, frame: &Frame) -> Option<Self> {
        let (near, what) = review_words::pressing(entry, frame)?;
        let at = entry.review_due(frame.now)?.at;
        Some(Self { group: entry.group.id, name: entry.group.name.clone(), what, tag: review_words::tag(near), at })
    }
}

impl NewOwner {
    fn of(groups: &Snapshot, group: GroupId, by: PersonRef) -> Option<Self> {
        Some(Self { group, name: groups.any(group)?.group.name.clone(), by })
    }
}

fn is_on_its_way(request: &JoinRequest) -> bool {
    matches!(request.standing(), Standing::Waiting | Standing::BeingAdded | Standing::Delayed(_))
}
