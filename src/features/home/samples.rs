//! Samples of the first page and of help.

use jiff::SignedDuration;

use crate::{
    domain::{
        commission::{News, State as Step},
        ids::CommissionId,
        operation::{DirectoryRefusal, Kind, State},
        request::JoinRequest,
        responsibilities::Asked,
        samples,
    },
    web::{
        frame::{Frame, Here},
        inbox::Inbox,
        lasting,
        samples::{
            Sample, administrator, auditor, employee, guest, idle_owner, long_named, owner, reviewed_every_90_days,
            right_to_left,
        },
    },
};

use super::{
    help::Help,
    show::{EndingSoon, Home, NewOwner, ToReview, asks_in},
};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let long = samples::request(&samples::long_name(), &samples::long_arabic_name(), &samples::long_name());
    let arabic = samples::request("فاطمة الفهري", "مكتبة القرويين", "أعمل على أرشيف المخطوطات.");
    vec![
        Sample::of("home/employee-empty", &home(employee(), vec![])),
        Sample::of("home/employee-one", &home(employee(), vec![samples::open()])),
        Sample::of("home/employee-many", &home(employee(), on_their_way())),
        Sample::of("home/employee-ending", &ending()),
        Sample::of("home/owner-one", &Home { inbox: asked(samples::open()), ..home(owner(), vec![]) }),
        Sample::of("home/owner-many", &owner_with_everything()),
        Sample::of("home/owner-empty", &home(idle_owner(), vec![])),
        Sample::of("home/owner-review", &to_review(&[("Compiler Team", 80)], 1)),
        Sample::of("home/owner-reviews", &to_review(&every_review(), 12)),
        Sample::of("home/owner-new", &new_owner("Compiler Team", 0)),
        Sample::of("home/owner-new-long", &new_owner(&samples::long_arabic_name(), 1)),
        Sample::of("home/administrator", &home(administrator(), vec![])),
        Sample::of("home/auditor", &home(auditor(), vec![])),
        Sample::of("home/commissioned", &commissioned(idle_owner(), "The drawings of the engine", "Ada Lovelace")),
        Sample::of(
            "home/commissioned-long",
            &commissioned(right_to_left(), &samples::long_name(), &samples::long_arabic_name()),
        ),
        Sample::of("home/administrator-told", &reported_back(1)),
        Sample::of("home/administrator-told-more", &reported_back(12)),
        Sample::of("home/guest", &home(guest(), vec![])),
        Sample::of("home/long-names", &Home { inbox: asked(long.clone()), ..home(long_named(), vec![long]) }),
        Sample::of("home/right-to-left", &Home { inbox: asked(arabic.clone()), ..home(right_to_left(), vec![arabic]) }),
        Sample::of("home/help", &Help { frame: employee().at(Here::Help) }),
        Sample::of("home/light", &Home { frame: themed("light"), ..home(employee(), vec![samples::open()]) }),
        Sample::of("home/dark", &Home { frame: themed("dark"), ..home(employee(), vec![samples::open()]) }),
    ]
}

fn themed(theme: &str) -> Frame {
    Frame { theme: theme.to_owned(), ..employee().at(Here::Home) }
}

fn home(frame: Frame, mine: Vec<JoinRequest>) -> Home {
    let name = frame.viewer.as_ref().map(|viewer| viewer.name.clone()).unwrap_or_default();
    Home {
        first_name: name.split_whitespace().next().unwrap_or_default().to_owned(),
        inbox: Inbox::default(),
        mine,
        ending: vec![],
        reviews: vec![],
        presses: 0,
        new_owner: vec![],
        responsibilities: None,
        frame: frame.at(Here::Home),
    }
}

/// Two memberships end soon, and one has ended.
fn ending() -> Home {
    let soon = |name: &str, hours: i64| EndingSoon {
        group: samples::group(name).id,
        name: name.to_owned(),
        until: employee().day(&samples::hours_ago(-hours)),
        tag: lasting::tag(samples::hours_ago(-hours), employee().now),
    };
    let ending =
        vec![soon("Data Platform", -50), soon("Compiler Team", 30), soon(&samples::long_arabic_name(), 24 * 12)];
    Home { ending, ..home(employee(), vec![]) }
}

fn on_their_way() -> Vec<JoinRequest> {
    let ask = |group| samples::request("Alan Turing", group, samples::REASON);
    vec![
        ask("Compiler Team"),
        ask("Data Platform"),
        samples::approved(ask("Flight Dynamics"), State::Unknown, None),
        samples::approved(ask("Language Design"), State::Unknown, Some(DirectoryRefusal::NotAllowed)),
        ask("مكتبة القرويين"),
    ]
}

fn owner_with_everything() -> Home {
    let unfinished = samples::request("Joan Clarke", "Cryptography Research", samples::REASON);
    Home {
        inbox: Inbox {
            open: vec![samples::open(), samples::request("Annie Easley", "Data Platform", "")],
            consented: vec![],
            unfinished: vec![samples::approved(unfinished, State::Unknown, None)],
            owed: vec![samples::write(Kind::Remove, "Mary Jackson", "Compiler Team")],
        },
        ..home(owner(), vec![samples::request("Grace Hopper", "Flight Dynamics", "For the landing software.")])
    }
}

/// Groups with how many days ago their last review ended, of a review every 90 days.
fn to_review(groups: &[(&str, i64)], presses: usize) -> Home {
    let frame = owner();
    let reviews = groups.iter().filter_map(|(name, days)| ToReview::of(&reviewed_every_90_days(name, *days), &frame));
    Home { reviews: reviews.collect(), presses, ..home(owner(), vec![]) }
}

fn every_review() -> [(&'static str, i64); 5] {
    [
        ("Data Platform", 200),
        ("Compiler Team", 91),
        ("مكتبة القرويين", 90),
        ("Flight Dynamics", 89),
        ("Language Design", 77),
    ]
}

/// Somebody was made an owner and is asked to accept the responsibilities, the version of that number counting already.
fn new_owner(group: &str, counting: i64) -> Home {
    let (group, by) = (samples::group(group), samples::person("Barbara Liskov"));
    let mut page = home(idle_owner(), vec![]);
    let from = samples::now() + SignedDuration::from_hours(24 * 9);
    page.frame.counts.responsibilities = Asked { latest: Some((1, from)), counting, accepted: 0 };
    page.responsibilities = asks_in(&page.frame, [group.id].into_iter(), &samples::viewer("Grace Hopper", &[]));
    page.new_owner = vec![NewOwner { group: group.id, name: group.name, by }];
    page
}

/// Somebody is asked to create a group, creates another, and is told that a third is not needed any more.
fn commissioned(mut frame: Frame, resource: &str, by: &str) -> Home {
    let news = |n: u128, state| News {
        id: CommissionId(uuid::Uuid::from_u128(n)),
        state,
        resource: resource.to_owned(),
        by: by.to_owned(),
    };
    frame.counts.commissions = vec![news(3, Step::Open), news(2, Step::Taken), news(1, Step::Withdrawn)];
    home(frame, vec![])
}

/// So many commissions have reported back to an administrator.
fn reported_back(n: i64) -> Home {
    let mut frame = administrator();
    (frame.counts.commissions_ready, frame.counts.commissions_declined) = (n, n);
    home(frame, vec![])
}

/// An inbox with one request to answer.
fn asked(request: JoinRequest) -> Inbox {
    Inbox { open: vec![request], ..Inbox::default() }
}
