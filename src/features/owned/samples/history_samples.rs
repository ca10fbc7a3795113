//! Samples of the history of a group.

use std::sync::Arc;

use serde_json::{Value, json};

use super::hiding;
use crate::{
    domain::{
        designation::SuspendReason,
        event::{Event, EventKind},
        history::Part,
        ids::{EventId, RequestId},
        lasting::Lasting,
        operation::DirectoryRefusal,
        outside::author::{Author, Learnt},
        request::EndReason,
        samples,
        terms::{Term, Terms},
    },
    features::owned::{
        history::{
            History,
            filter::Filter,
            lines::{Known, Line},
        },
        workspace::Workspace,
    },
    store::{Recorded, Side, catalogue::Entry},
    web::{
        form::Slips,
        frame::Frame,
        samples::{Sample, auditor, idle_owner, owned_by, owner, right_to_left},
        words::Phrase,
    },
};

/// Events of a sample, each an hour older than the one before.
#[derive(Default)]
struct Made {
    all: Vec<Recorded>,
    known: Known,
}

impl Made {
    fn add(&mut self, kind: EventKind, by: &str, person: &str, detail: Value) -> &mut Event {
        let nth = i64::try_from(self.all.len()).unwrap_or_default();
        let actor = (!by.is_empty()).then(|| samples::person(by));
        let event = Event::new(kind, actor, samples::hours_ago(nth * 5 + 1));
        let event = event.group(samples::group("Compiler Team").id).detail(detail);
        self.all.push(Recorded { seq: 1000 - nth, event, terms_before: None });
        let event = &mut self.all.last_mut().expect("it was pushed just now").event;
        if !person.is_empty() {
            let person = samples::person(person);
            event.person = Some(person.id);
            self.known.told.names.insert(person.id, person.name);
        }
        event
    }

    /// Adds an event of a request, with what was written for it.
    fn request(&mut self, kind: EventKind, by: &str, person: &str, wrote: &str) {
        let request = RequestId::new();
        self.add(kind, by, person, Value::Null).request = Some(request);
        let told = &mut self.known.told;
        let kept = if kind == EventKind::RequestCreated { &mut told.reasons } else { &mut told.messages };
        kept.insert(request.0, wrote.to_owned());
    }

    fn direct(&mut self, kind: EventKind, person: &str, wrote: &str) {
        let operation = RequestId::new().0;
        self.add(kind, "Grace Hopper", person, json!({ "operation": operation }));
        self.known.told.reasons.insert(operation, wrote.to_owned());
    }

    fn outside(&mut self, kind: EventKind, person: &str, by: Option<Author>) {
        let change: EventId = self.add(kind, "", person, json!({ "name": person })).id;
        if let Some(by) = by {
            let learnt = Learnt { explains: change, at: samples::hours_ago(200), by, entry: String::new() };
            self.known.authors.insert(change, learnt);
        }
    }
}

fn requests(made: &mut Made) {
    use EventKind as Kind;
    let alan = "Alan Turing";
    made.add(Kind::MembershipAdded, "Grace Hopper", alan, Value::Null);
    made.request(Kind::ConsentGiven, "Barbara Liskov", alan, "");
    made.request(Kind::DecisionApproved, "Grace Hopper", alan, "Welcome. Barbara shows you the build.");
    made.request(Kind::RequestCreated, alan, alan, samples::REASON);
    made.add(Kind::RequestCreated, alan, alan, json!({ "kind": "extend" }));
    made.request(Kind::DecisionDenied, "Barbara Liskov", "Mary Jackson", "Ask for Flight Dynamics instead.");
    made.request(Kind::RequestWithdrawn, "Annie Easley", "Annie Easley", "");
    made.request(Kind::RequestLapsed, "", "Joan Clarke", "");
    made.add(Kind::RequestClosed, "", "Katherine Johnson", json!({ "reason": EndReason::AlreadyMember }));
}

fn members(made: &mut Made) {
    use EventKind as Kind;
    made.direct(Kind::AddDecided, "Margaret Hamilton", "She reviews the parser.");
    made.direct(Kind::RemovalDecided, "Tim Berners", "The contract ended.");
    let until_then = json!({ "until": samples::hours_ago(-24 * 90) });
    made.add(Kind::MembershipAdded, "", "Margaret Hamilton", until_then.clone());
    let change = made.add(Kind::EndChanged, "Grace Hopper", "Joan Clarke", until_then.clone()).id.0;
    made.known.told.reasons.insert(change, "The project goes on until spring.".to_owned());
    made.add(Kind::EndChanged, "Grace Hopper", "Annie Easley", json!({ "until": null }));
    made.add(Kind::MembershipEnded, "", "Joan Clarke", Value::Null);
    made.add(Kind::OperationAbandoned, "", "Joan Clarke", json!({ "goes_on": true }));
    made.add(Kind::OperationAbandoned, "", "Joan Clarke", json!({ "pointless": true }));
    made.add(Kind::MembershipRemoved, "Grace Hopper", "Tim Berners", Value::Null);
    made.add(Kind::OperationBegun, "", "Tim Berners", Value::Null);
    made.add(Kind::MembershipRemoved, "", "Tim Berners", json!({ "by_itself": true }));
    made.add(Kind::LeaveWished, "Annie Easley", "Annie Easley", Value::Null);
    made.add(Kind::OperationAbandoned, "Annie Easley", "Annie Easley", json!({ "taken_back": true }));
    made.add(Kind::OperationBegun, "Barbara Liskov", "Joan Clarke", Value::Null);
    made.add(Kind::OperationUnknown, "Barbara Liskov", "Joan Clarke", json!({ "answer": "Unclear" }));
    let answer = |refusal: DirectoryRefusal| json!({ "answer": format!("No({refusal:?})") });
    made.add(Kind::OperationUnknown, "Grace Hopper", "Joan Clarke", answer(DirectoryRefusal::NotAllowed));
    made.add(Kind::OperationRefused, "Grace Hopper", "Joan Clarke", answer(DirectoryRefusal::NotChangeable));
    made.add(Kind::OperationAbandoned, "", "Mary Jackson", Value::Null);
    made.add(Kind::OperationAbandoned, "", "", Value::Null);
}

fn owners(made: &mut Made) {
    use EventKind as Kind;
    made.direct(Kind::OwnerAddDecided, "Mary Jackson", "She takes over in spring.");
    made.direct(Kind::OwnerRemovalDecided, "Annie Easley", "");
    made.direct(Kind::OwnerRemovalDecided, "Grace Hopper", "");
    made.add(Kind::OwnerAdded, "Barbara Liskov", "Mary Jackson", Value::Null);
    made.add(Kind::OwnerRemoved, "Grace Hopper", "Annie Easley", Value::Null);
    for kind in [Kind::ReviewStarted, Kind::ReviewEnded] {
        made.add(kind, "Grace Hopper", "", Value::Null);
    }
    for kind in [Kind::ImportStarted, Kind::ImportPaused, Kind::ImportCancelled, Kind::ImportEnded] {
        made.add(kind, "Grace Hopper", "", Value::Null);
    }
    made.add(Kind::ResponsibilitiesAccepted, "Grace Hopper", "", json!({ "version": 1 }));
    let renamed = json!({ "before": { "name": "Compilers" }, "after": { "name": "Compiler Team" } });
    for kind in [Kind::DetailsDecided, Kind::DetailsChanged, Kind::DetailsUnclear] {
        made.add(kind, "Grace Hopper", "", renamed.clone());
    }
    made.add(Kind::GroupCreated, "Grace Hopper", "", Value::Null);
    for (deed, decided, done) in [
        ("delete", Kind::DeletionDecided, Kind::GroupDeletedHere),
        ("restore", Kind::RestoreDecided, Kind::GroupRestoredHere),
        ("renew", Kind::RenewalDecided, Kind::GroupRenewed),
    ] {
        for kind in [decided, done, Kind::GroupWriteRefused, Kind::GroupWriteUnclear] {
            made.add(kind, "Grace Hopper", "", json!({ "deed": deed }));
        }
    }
}

fn terms(made: &mut Made) {
    use EventKind as Kind;
    let before = Terms { gives: String::new(), ..Terms::default() };
    let after = Terms {
        guests_may_ask: true,
        reason_required: false,
        open_days: 30,
        cool_down_days: 0,
        gives: "Write access to the sources.".to_owned(),
        owners_change_owners: false,
        owners_change_details: false,
        owners_delete: false,
        approvals: 2,
        review_days: Some(90),
        owners_change_review: true,
        locked: [Term::OpenDays].into(),
        lasting: Lasting::Days { usual: 90, most: 180 },
        questions: samples::questions(),
        members_of: None,
    };
    for (from, to) in [(&before, &after), (&after, &before)] {
        made.add(Kind::DesignationChanged, "Ada Lovelace", "", json!({ "terms": to }));
        if let Some(last) = made.all.last_mut() {
            last.terms_before = Some(from.clone());
        }
    }
    made.add(Kind::DesignationResumed, "Ada Lovelace", "", Value::Null);
    made.add(Kind::DesignationSuspended, "Ada Lovelace", "", json!({ "reason": SuspendReason::Administrator }));
    made.add(Kind::DesignationSuspended, "", "", json!({ "reason": SuspendReason::Gone }));
    made.add(Kind::DesignationCreated, "Ada Lovelace", "", json!({ "terms": before }));
    let by = samples::person("Ada Lovelace");
    made.add(Kind::DesignationCreated, "", "", json!({ "terms": before, "rule": 3, "set_by": by }));
    made.add(Kind::CommissionReady, "Grace Hopper", "", json!({ "asked_by": samples::person("Ada Lovelace") }));
    made.add(Kind::CommissionClosed, "Ada Lovelace", "", Value::Null);
    made.add(Kind::ReasonsViewed, "Radia Perlman", "", Value::Null);
    made.add(Kind::MembersExported, "Grace Hopper", "", Value::Null);
    made.add(Kind::HistoryExported, "Grace Hopper", "", Value::Null);
}

fn outside(made: &mut Made) {
    use EventKind as Kind;
    let ada = samples::person("Ada Lovelace");
    let ada = Author::Person { id: ada.id, name: ada.name };
    made.outside(Kind::MembershipAddedOutside, "Annie Easley", Some(ada.clone()));
    made.outside(Kind::MembershipRemovedOutside, "Mary Jackson", None);
    made.outside(Kind::MembershipUnexpected, "", None);
    made.outside(Kind::OwnerAddedOutside, &samples::long_arabic_name(), Some(ada));
    made.outside(Kind::GroupDescribed, "", None);
    made.add(Kind::GroupRenamed, "", "", json!({ "before": "Compilers", "after": samples::long_name() }));
    made.add(Kind::GroupFit, "", "", Value::Null);
}

/// Returns a line of every kind.
pub(super) fn every_line(frame: &Frame) -> Vec<Line> {
    let mut made = Made::default();
    every(&mut made);
    made.known.lines(made.all, frame)
}

fn every(made: &mut Made) {
    requests(made);
    members(made);
    owners(made);
    terms(made);
    outside(made);
}

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let team = || owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"]);
    let page = |frame: Frame, entry: Entry, is_owner, part: Option<Part>, fill: &dyn Fn(&mut Made)| {
        let mut made = Made::default();
        fill(&mut made);
        let filter =
            Filter { part, who: String::new(), from: String::new(), to: String::new(), side: Side::Before(i64::MAX) };
        let mut page = History::empty(frame, Workspace::new(Arc::new(entry), is_owner), filter);
        made.known.hides_people = page.hides_people;
        page.lines = made.known.lines(made.all, &page.frame);
        page
    };
    let one = |made: &mut Made| made.request(EventKind::RequestCreated, "Alan Turing", "Alan Turing", samples::REASON);
    let long = |made: &mut Made| {
        let wrote = "I have to land the changes of three teams. ".repeat(23);
        made.request(EventKind::RequestCreated, &samples::long_name(), &samples::long_name(), &wrote);
        made.request(EventKind::RequestCreated, "Alan Turing", "Alan Turing", &samples::long_name().repeat(6));
        made.request(EventKind::DecisionDenied, "فاطمة الفهري", &samples::long_arabic_name(), "حفظ المخطوطات");
    };
    let mut many = page(owner(), team(), true, None, &|made| (0..3).for_each(|_| every(made)));
    many.older = Some(many.filter.address(many.it.id, "history", Side::Before(900)));
    many.newer = Some(many.filter.address(many.it.id, "history", Side::After(1000)));
    let mut none = page(owner(), team(), true, Some(Part::Terms), &|_| {});
    "quantum".clone_into(&mut none.filter.who);
    let slip = |who: &str, field, phrase: Phrase| {
        let mut page = page(owner(), team(), true, None, &|_| {});
        page.filter =
            Filter { who: who.to_owned(), from: "2026-11-26".to_owned(), to: "2026-11-20".to_owned(), ..page.filter };
        page.slips = Slips::default();
        page.slips.note(field, phrase);
        page
    };
    let sample = |name: &str, page: &History| Sample::of(format!("owned/history-{name}"), page);
    vec![
        sample("empty", &page(idle_owner(), team(), true, None, &|_| {})),
        sample("one", &page(idle_owner(), team(), true, None, &one)),
        sample("every-kind", &page(owner(), team(), true, None, &every)),
        sample("many", &many),
        sample("long", &page(owner(), team(), true, None, &long)),
        sample("filtered", &page(owner(), team(), true, Some(Part::Terms), &terms)),
        sample("no-match", &none),
        sample("slip-day", &slip("", "from", "history-day-slip".into())),
        sample("slip-days", &slip("", "to", "history-days-slip".into())),
        sample("slip-many", &slip("a", "q", Phrase::new("history-many-slip").count("n", 412_usize))),
        sample("auditor", &page(auditor(), team(), false, None, &every)),
        sample("auditor-hidden-members", &page(auditor(), hiding("Data Stewards"), false, None, &every)),
        sample(
            "right-to-left",
            &page(right_to_left(), owned_by("مكتبة القرويين", &["فاطمة الفهري"]), true, None, &long),
        ),
    ]
}
