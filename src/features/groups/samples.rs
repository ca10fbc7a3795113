//! Samples of browsing groups and of one group's page.

use std::collections::HashSet;

use jiff::SignedDuration;

use crate::{
    domain::{
        audience::Audience, designation::SuspendReason, directory::Kind, ids::GroupId, joining::Membership,
        refusal::Refusal, request::JoinRequest, samples,
    },
    store::catalogue::{Entry, Joining, Place, Snapshot},
    web::{
        frame::Frame,
        samples::{Sample, administrator, employee, guest, owned_by, owner, right_to_left, signed, taking_part},
        trouble_samples,
    },
};

use super::{
    browse::{Browse, PAGE},
    filter::Filter,
    show::Show,
};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = browsing();
    all.extend(narrowed());
    all.extend(askable());
    all.extend(not_askable());
    all.extend(with_requests());
    all
}

fn browsing() -> Vec<Sample> {
    let few = Snapshot::new(samples::GROUPS.iter().map(|(name, _)| taking_part(name)).collect(), 1);
    let many = Snapshot::new((1..=10_000).map(numbered).collect(), 1);
    let long = [samples::long_name(), samples::long_arabic_name()];
    let long = Snapshot::new(long.iter().map(|name| taking_part(name)).collect(), 1);
    let states = Snapshot::new(in_every_state(), 1);
    let one = Snapshot::new(vec![taking_part("Compiler Team")], 1);
    let none = Snapshot::default();
    let alike =
        ["Teams Telephony", "Teams Rooms", "Team of Teams", "Terms Glossary", "Beams and Girders", "Tea Society"];
    let similar = Snapshot::new(alike.iter().map(|name| taking_part(name)).collect(), 1);
    let page = |name: &str, groups: &Snapshot, words: &str, number: usize| {
        Sample::of(format!("groups/browse-{name}"), &browse(employee(), groups, words, number))
    };
    vec![
        page("empty", &none, "", 1),
        page("one", &one, "", 1),
        page("one-found", &one, "comp", 1),
        page("few", &few, "", 1),
        page("similar", &few, "Netwrok", 1),
        page("found-and-similar", &similar, "teams", 1),
        page("no-match", &few, "quantum <basket> & weaving", 1),
        page("no-match-long-words", &few, &samples::long_name(), 1),
        page("no-match-right-to-left", &few, "جبر", 1),
        page("many-first-page", &many, "", 1),
        page("many-middle-page", &many, "team", 37),
        page("many-last-page", &many, "", 500),
        page("long-names", &long, "", 1),
        page("long-words-found", &long, &samples::long_arabic_name(), 1),
        page("every-state", &states, "", 1),
        Sample::of("groups/browse-right-to-left", &browse(right_to_left(), &few, "", 1)),
        Sample::of("groups/browse-guest", &browse(guest(), &few, "", 1)),
        Sample::of("groups/browse-administrator", &browse(administrator(), &few, "", 1)),
    ]
}

/// The list, narrowed down by each filter, by several, and to nothing.
fn narrowed() -> Vec<Sample> {
    let states = Snapshot::new(in_every_state(), 1);
    let page = |name: &str, filter: Filter| {
        Sample::of(format!("groups/browse-only-{name}"), &list(employee(), &states, filter, 1))
    };
    let joining = |joining| Filter { joining: Some(joining), ..Filter::default() };
    let kind = |kind| Filter { kind: Some(kind), ..Filter::default() };
    let mine = Filter { only_mine: true, ..Filter::default() };
    vec![
        page("mine", mine.clone()),
        page("security", kind(Kind::Security)),
        page("microsoft365", kind(Kind::Microsoft365)),
        page("open", joining(Joining::Open)),
        page("without-reason", joining(Joining::WithoutReason)),
        page("open-to-guests", joining(Joining::Guests)),
        page("two", Filter { words: "research".to_owned(), joining: Some(Joining::Open), ..kind(Kind::Security) }),
        page("nothing", Filter { kind: Some(Kind::Microsoft365), ..mine.clone() }),
        page("nothing-found", Filter { words: "research".to_owned(), ..mine }),
    ]
}

/// Returns what draws the first page of some groups, with everything gathered; for the benchmarks.
pub fn drawing(groups: &Snapshot) -> impl Fn() -> Sample + use<> {
    let page = browse(employee(), groups, "", 1);
    move || Sample::of("groups/browse", &page)
}

fn browse(frame: Frame, groups: &Snapshot, words: &str, number: usize) -> Browse {
    list(frame, groups, Filter { words: words.to_owned(), ..Filter::default() }, number)
}

/// Draws a page by its number, leafing there as a person would.
fn list(frame: Frame, groups: &Snapshot, filter: Filter, number: usize) -> Browse {
    let member_of: HashSet<GroupId> = [samples::group("Compiler Team").id].into();
    let before = groups.search(&filter.search(&member_of), &Place::Start, (number - 1) * PAGE);
    let place = before.next.filter(|_| number > 1).unwrap_or_default();
    let found = groups.search(&filter.search(&member_of), &place, PAGE);
    Browse { creates: true, ..Browse::new(frame, groups, filter, &found, &member_of) }
}

fn numbered(number: u32) -> Entry {
    let mut entry = taking_part(&format!("Team {number:05}"));
    "One of very many teams.".clone_into(&mut entry.group.description);
    Entry::new(entry.group, entry.owners, entry.designation, false)
}

fn in_every_state() -> Vec<Entry> {
    let mut microsoft365 = taking_part("Language Design");
    microsoft365.group.facts = samples::microsoft365();
    let mut open_to_all = taking_part("Chess Club");
    if let Some(designation) = &mut open_to_all.designation {
        designation.terms.reason_required = false;
        designation.terms.guests_may_ask = true;
    }
    vec![
        taking_part("Compiler Team"),
        suspended("Data Platform", SuspendReason::Administrator),
        owned_by("Flight Dynamics", &[]),
        owned_by("Cryptography Research", &["Joan Clarke"]),
        owned_by("Reading Circle", &samples::PEOPLE[1..8]),
        microsoft365,
        open_to_all,
        owned_by("Network Operations", &["Annie Easley"]),
    ]
}

fn suspended(name: &str, reason: SuspendReason) -> Entry {
    let mut entry = taking_part(name);
    if let Some(designation) = &mut entry.designation {
        designation.suspended = Some((samples::hours_ago(5), reason));
    }
    entry
}

fn page(
    name: &str,
    frame: Frame,
    entry: &Entry,
    membership: Membership,
    request: Option<JoinRequest>,
    may_ask: &Result<(), Refusal>,
) -> Sample {
    let signed = signed(&frame);
    let audience = match may_ask {
        Err(Refusal::OutsideAudience { group }) => group.clone(),
        _ => entry.designation.as_ref().and_then(|known| known.terms.members_of.clone()).map(|known| known.name),
    };
    let show = Show::new(frame, entry, &signed, membership, request, may_ask, audience.as_deref());
    Sample::of(format!("groups/show-{name}"), &show.expect("the group takes part"))
}

/// A group that only members of another group ask to join.
fn limited(to: &str, guests_may_ask: bool) -> Entry {
    let mut entry = taking_part("Compiler Team");
    if let Some(designation) = &mut entry.designation {
        designation.terms.guests_may_ask = guests_may_ask;
        designation.terms.members_of = Some(Audience { group: samples::group(to).id, name: to.to_owned() });
    }
    entry
}

fn askable() -> Vec<Sample> {
    let team = taking_part("Compiler Team");
    let mut open_to_all = taking_part("Reading Circle");
    if let Some(designation) = &mut open_to_all.designation {
        designation.terms.reason_required = false;
        designation.terms.guests_may_ask = true;
        designation.terms.gives = String::new();
        designation.terms.open_days = 1;
    }
    let mut long = taking_part(&samples::long_name());
    long.group.description = samples::long_name().repeat(4);
    long.owners = samples::people(&[&samples::long_name(), &samples::long_arabic_name()]);
    let library = owned_by("مكتبة القرويين", &["فاطمة الفهري"]);
    let one_owner = owned_by("Compiler Team", &["Grace Hopper"]);
    let many_owners = owned_by("Compiler Team", &samples::PEOPLE);
    let mut asking = [team.clone(), team.clone()];
    for (entry, questions) in asking.iter_mut().zip([samples::questions().split_off(1), samples::questions()]) {
        entry.designation.as_mut().expect("it takes part").terms.questions = questions;
    }
    let ask = |name, frame, entry: &Entry| page(name, frame, entry, Membership::None, None, &Ok(()));
    vec![
        ask("can-ask", employee(), &team),
        ask("can-ask-one-question", employee(), &asking[0]),
        ask("can-ask-questions", employee(), &asking[1]),
        ask("can-ask-member-of", employee(), &limited("Everybody in Research", false)),
        ask("can-ask-member-of-long", employee(), &limited(&samples::long_arabic_name(), true)),
        ask("can-ask-guest", guest(), &open_to_all),
        ask("can-ask-owner", owner(), &team),
        ask("one-owner", employee(), &one_owner),
        ask("many-owners", employee(), &many_owners),
        ask("long-names", employee(), &long),
        ask("right-to-left", right_to_left(), &library),
        page("nested", employee(), &team, Membership::Nested, None, &Ok(())),
        page("directory-away", employee(), &team, Membership::Unknown, None, &Ok(())),
    ]
}

fn not_askable() -> Vec<Sample> {
    let team = taking_part("Compiler Team");
    let no = |refusal| Err(refusal);
    let until = samples::now() + SignedDuration::from_hours(24 * 5);
    let cannot =
        |name: &str, entry: &Entry, refusal| page(name, employee(), entry, Membership::None, None, &no(refusal));
    let mut all = vec![
        page("guest-cannot-ask", guest(), &team, Membership::None, None, &no(Refusal::GuestsMayNotAsk)),
        page("member", employee(), &team, Membership::Direct, None, &no(Refusal::AlreadyMember)),
        page("member-and-owner", owner(), &team, Membership::Direct, None, &no(Refusal::AlreadyMember)),
        cannot("cooling-down", &team, Refusal::CoolingDown { until }),
        cannot(
            "outside-audience",
            &limited("Research", false),
            Refusal::OutsideAudience { group: Some("Research".into()) },
        ),
        cannot("outside-an-audience", &limited("Research", true), Refusal::OutsideAudience { group: None }),
        cannot("outside-an-audience-no-guests", &limited("Research", false), Refusal::OutsideAudience { group: None }),
        cannot("audience-unknown", &limited("Research", false), Refusal::AudienceUnknown),
        cannot("too-many-open", &team, Refusal::TooManyOpen { limit: 20 }),
        cannot("no-owners", &owned_by("Compiler Team", &[]), Refusal::NoOwner),
        cannot("owners-cannot-answer", &team, Refusal::NoOwner),
    ];
    all.extend(trouble_samples::suspensions().into_iter().map(|(name, reason)| {
        cannot(&format!("paused-{name}"), &suspended("Compiler Team", reason), Refusal::Suspended)
    }));
    all
}

/// Requests that hold the person's place: open, or approved and not carried out yet.
fn with_requests() -> Vec<Sample> {
    let team = taking_part("Compiler Team");
    let standings = samples::every_standing().into_iter().take(6);
    standings
        .map(|(name, request)| {
            let no = Err(Refusal::AlreadyAsked(request.id));
            page(&format!("request-{name}"), employee(), &team, Membership::None, Some(request), &no)
        })
        .collect()
}
