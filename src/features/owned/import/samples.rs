//! Samples of lists: taking one, and one at every stage.

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    domain::{
        ids::{GroupId, ImportId, OperationId},
        import_job::{Halt, Job, KeptRow, LEASE, Outcome, State as Stage, Tally},
        importing::{MOST_ROWS, Verdict},
        operation::{self, Kind},
        samples,
    },
    web::{
        flash::{Flash, Mood},
        frame::Frame,
        samples::{Sample, owned_by, owner, right_to_left, signed},
        words::Phrase,
    },
};

use super::{
    super::{
        members::{Listing, Members},
        workspace::Workspace,
    },
    form::ImportForm,
    show::ShowImport,
    tell,
};
use crate::graph::Reach;

const TEAM: &str = "Compiler Team";
const HALTS: [Halt; 10] = [
    Halt::SignIn,
    Halt::Interrupted,
    Halt::DirectoryAway,
    Halt::NotOwner,
    Halt::NotDesignated,
    Halt::Suspended,
    Halt::TermsChanged,
    Halt::GroupGone,
    Halt::GroupUnfit,
    Halt::NotAllowed,
];
const OUTCOMES: [Outcome; 8] = [
    Outcome::Done,
    Outcome::Already,
    Outcome::Gone,
    Outcome::NotAllowed,
    Outcome::NotChangeable,
    Outcome::BeingChanged,
    Outcome::HasAsked,
    Outcome::GivenUp,
];

/// Draws the samples.
pub(in super::super) fn samples() -> Vec<Sample> {
    let mut all = forms();
    all.extend(stages());
    all.extend(HALTS.map(|halt| {
        let job = Job { halt: Some(halt), ..job(Kind::Add, Stage::Paused) };
        sample(&format!("stopped-{}", tell::halt(halt).0.trim_start_matches("import-halt-")), owner(), job, &results())
    }));
    all
}

fn workspace(name: &str) -> Workspace {
    Workspace::new(Arc::new(owned_by(name, &["Grace Hopper", "Barbara Liskov"])), true)
}

fn job(kind: Kind, state: Stage) -> Job {
    let started = !matches!(state, Stage::Reading | Stage::Preview);
    let now = samples::hours_ago(0);
    Job {
        id: ImportId(Uuid::from_u128(0x1157)),
        kind,
        group: GroupId(samples::group(TEAM).id.0),
        group_name: TEAM.to_owned(),
        reason: "They join the new back end.".to_owned(),
        state,
        halt: None,
        version: 2,
        made_by: samples::person("Grace Hopper"),
        made_at: now,
        held_by: samples::person("Grace Hopper"),
        lease_until: now + LEASE,
        cancel_wished: state == Stage::Cancelled,
        started_at: started.then_some(now),
        ended_at: None,
    }
}

fn row(place: i64, name: &str, verdict: Verdict) -> KeptRow {
    let is_found = !matches!(verdict, Verdict::Unknown | Verdict::Ambiguous | Verdict::Unreadable(_));
    let person = samples::person(name);
    KeptRow {
        place,
        line: place + 1,
        typed: format!("{}@contoso.example", name.replace(' ', ".").to_lowercase()),
        key: None,
        person: is_found.then_some((person.id, person.name)),
        verdict: Some(verdict),
        operation: None,
        outcome: None,
        write: None,
    }
}

/// Returns a row of each verdict, two of which are ready.
fn verdicts() -> Vec<KeptRow> {
    let names = ["Alan Turing", "Mary Jackson", "Radia Perlman", "فاطمة الفهري", "Ken Thompson", "Jean Bartik"];
    let verdicts = [Verdict::Ready].into_iter().chain(Verdict::ALL);
    verdicts.zip(1..).zip(names.into_iter().cycle()).map(|((verdict, place), name)| row(place, name, verdict)).collect()
}

/// Returns a row of each outcome, and one that is not confirmed, and one that waits.
fn results() -> Vec<KeptRow> {
    let mut rows: Vec<KeptRow> = OUTCOMES
        .into_iter()
        .zip(1..)
        .map(|(outcome, place)| KeptRow { outcome: Some(outcome), ..row(place, "Alan Turing", Verdict::Ready) })
        .collect();
    let write = Some((operation::State::Unknown, None));
    rows.push(KeptRow { operation: Some(OperationId(Uuid::nil())), write, ..row(9, "Mary Jackson", Verdict::Ready) });
    rows.push(row(10, "Radia Perlman", Verdict::Ready));
    rows.push(row(11, &samples::long_name(), Verdict::Unknown));
    rows
}

fn tally(rows: &[KeptRow]) -> Tally {
    let n = |verdict| rows.iter().filter(|row| row.verdict == Some(verdict)).count();
    let over = |outcome| rows.iter().filter(|row| row.outcome == Some(outcome)).count();
    Tally {
        verdicts: Verdict::ALL.into_iter().map(|one| (one, n(one))).filter(|(_, n)| *n > 0).collect(),
        outcomes: OUTCOMES.into_iter().map(|one| (one, over(one))).filter(|(_, n)| *n > 0).collect(),
        unconfirmed: rows.iter().filter(|row| row.write.is_some()).count(),
        rows: rows.len(),
    }
}

fn page(frame: Frame, job: Job, rows: &[KeptRow]) -> ShowImport {
    let signed = signed(&frame);
    ShowImport::new(frame, workspace(TEAM), &signed, job, tally(rows), rows, None)
}

fn sample(name: &str, frame: Frame, job: Job, rows: &[KeptRow]) -> Sample {
    Sample::of(format!("owned/import-{name}"), &page(frame, job, rows))
}

fn stages() -> Vec<Sample> {
    let (add, remove) = (Kind::Add, Kind::Remove);
    let mut many = page(owner(), job(add, Stage::Preview), &verdicts());
    many.next = Some(many.address(Some(Verdict::Ready), 100));
    many.is_first = false;
    let old = Job { made_at: samples::hours_ago(3), ..job(add, Stage::Preview) };
    let lost = Job { lease_until: samples::hours_ago(1), ..job(add, Stage::Reading) };
    let ending = Job { cancel_wished: true, ..job(add, Stage::Running) };
    let discarded = Job { started_at: None, ..job(add, Stage::Cancelled) };
    let nothing = vec![row(1, "Alan Turing", Verdict::Member)];
    let one = vec![row(1, "Alan Turing", Verdict::Ready)];
    let unstarted = owner().saying(Flash::new(Mood::Warning, "import-not-started", "import-not-started-text"));
    let rtl = ShowImport::new(
        right_to_left(),
        workspace(&samples::long_arabic_name()),
        &signed(&right_to_left()),
        job(add, Stage::Preview),
        tally(&verdicts()),
        &verdicts(),
        None,
    );
    let mut team = owned_by(TEAM, &["Grace Hopper", "Barbara Liskov"]);
    team.designation = Some(samples::designation_with_ends(&team.group));
    let lasting =
        ShowImport { it: Workspace::new(Arc::new(team), true), ..page(owner(), job(add, Stage::Preview), &verdicts()) };
    vec![
        Sample::of("owned/import-preview-with-an-end".to_owned(), &lasting),
        sample("reading", owner(), job(add, Stage::Reading), &one),
        sample("reading-lost", owner(), lost, &results()),
        sample("preview", owner(), job(add, Stage::Preview), &verdicts()),
        sample("preview-one", owner(), job(add, Stage::Preview), &one),
        sample("preview-nothing", owner(), job(add, Stage::Preview), &nothing),
        sample("preview-old", owner(), old, &verdicts()),
        sample("preview-other-under-way", unstarted, job(add, Stage::Preview), &verdicts()),
        sample("preview-remove", owner(), job(remove, Stage::Preview), &verdicts()),
        sample("preview-remove-one", owner(), job(remove, Stage::Preview), &one),
        Sample::of("owned/import-preview-many".to_owned(), &many),
        Sample::of("owned/import-right-to-left".to_owned(), &rtl),
        sample("running", owner(), job(add, Stage::Running), &results()),
        sample("running-remove", owner(), job(remove, Stage::Running), &results()),
        sample("ending", owner(), ending, &results()),
        sample("ended", owner(), job(add, Stage::Ended), &results()),
        sample("ended-remove", owner(), job(remove, Stage::Ended), &results()),
        sample("cancelled", owner(), job(add, Stage::Cancelled), &results()),
        sample("discarded", owner(), discarded, &verdicts()),
    ]
}

fn forms() -> Vec<Sample> {
    let form = |frame: Frame, name: &str| {
        let signed = signed(&frame);
        ImportForm::empty(frame, workspace(name), &signed)
    };
    let stages =
        [Stage::Reading, Stage::Preview, Stage::Running, Stage::Paused, Stage::Ended, Stage::Cancelled].map(|stage| {
            let kind = if stage == Stage::Ended { Kind::Remove } else { Kind::Add };
            job(kind, stage)
        });
    let mut earlier = form(owner(), TEAM);
    let ending = Job { cancel_wished: true, ..job(Kind::Remove, Stage::Running) };
    earlier.earlier = stages.iter().chain([&ending]).map(|job| tell::list(job, &earlier.frame)).collect();
    let refused = |name: &str, slips: Vec<(&'static str, Phrase)>| {
        let mut page = form(owner(), TEAM);
        "ada.lovelace@contoso.example\nAlan Turing".clone_into(&mut page.typed);
        for (field, phrase) in slips {
            page.slips.note(field, phrase);
        }
        Sample::of(format!("owned/import-form-{name}"), &page)
    };
    let too_many = Phrase::new("import-too-many").count("n", MOST_ROWS + 1).count("limit", MOST_ROWS);
    let mut removes_only = form(owner(), TEAM);
    (removes_only.can_add, removes_only.removes) = (false, true);
    let signed = signed(&owner());
    let mut members = Members::empty(owner(), workspace(TEAM), &signed, String::new(), Reach::Direct, true);
    members.listing = Listing::People(Vec::new());
    members.lists.clone_from(&earlier.earlier);
    vec![
        Sample::of("owned/import-form".to_owned(), &form(owner(), TEAM)),
        Sample::of("owned/import-form-earlier".to_owned(), &earlier),
        Sample::of("owned/import-form-paused-group".to_owned(), &removes_only),
        Sample::of("owned/import-form-right-to-left".to_owned(), &form(right_to_left(), &samples::long_arabic_name())),
        Sample::of("owned/members-lists".to_owned(), &members),
        refused("empty", vec![("people", "import-paste-empty".into())]),
        refused("no-file", vec![("file", "import-file-empty".into())]),
        refused("large", vec![("file", "import-file-too-large".into())]),
        refused("binary", vec![("file", "import-file-no-text".into())]),
        refused("many", vec![("file", too_many)]),
        refused("open", vec![("people", Phrase::new("import-unclosed").count("line", 3_usize))]),
    ]
}
