//! Samples of the inbox, of one request as its owner sees it, and of a wish to leave.

mod extending_samples;
mod several;

use crate::{
    domain::{
        approval::Live,
        audience::{Audience, Belonging},
        designation::SuspendReason,
        directory::{Group, Person},
        operation::{DirectoryRefusal, Kind, Operation, State},
        refusal::Refusal,
        request::{JoinRequest, MESSAGE_LIMIT},
        samples,
        text::TextProblem,
    },
    web::{
        carrying_out::Outcome,
        flash::{Flash, Mood},
        frame::{Frame, Here},
        inbox::Inbox,
        refusals,
        samples::{Sample, idle_owner, long_named, owner, right_to_left, signed},
    },
};

use super::{
    approve,
    finish_direct::{self, Owed},
    gather::Facts,
    list::List,
    show::Show,
};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = lists();
    all.extend(after_an_answer());
    all.extend(
        samples::every_standing()
            .into_iter()
            .map(|(name, request)| Sample::of(format!("approvals/show-{name}"), &show(owner(), facts(request)))),
    );
    all.extend(to_answer());
    all.extend(cannot_approve());
    all.extend(slips());
    all.extend(owed());
    all.extend(extending_samples::samples());
    all.extend(several::samples());
    all
}

fn list(frame: Frame) -> List {
    List { frame: frame.at(Here::Approvals), inbox: Inbox::default(), owns: 2 }
}

/// An inbox with nothing but requests to answer.
fn asked(open: Vec<JoinRequest>) -> Inbox {
    Inbox { open, ..Inbox::default() }
}

fn lists() -> Vec<Sample> {
    let many = samples::PEOPLE.iter().filter(|name| **name != "Grace Hopper").cycle().take(100);
    let many = many.map(|name| samples::request(name, "Compiler Team", samples::REASON)).collect();
    let long_words = "A sentence of some length. ".repeat(30);
    let long = samples::request(&samples::long_name(), &samples::long_arabic_name(), &long_words);
    let arabic = samples::request("فاطمة الفهري", "مكتبة القرويين", "أعمل على أرشيف المخطوطات.");
    let leave = |person| samples::write(Kind::Remove, person, "Data Platform");
    vec![
        Sample::of("approvals/list-empty", &list(idle_owner())),
        Sample::of("approvals/list-not-owner", &List { owns: 0, ..list(idle_owner()) }),
        Sample::of("approvals/list-one", &List { inbox: asked(vec![samples::open()]), ..list(owner()) }),
        Sample::of("approvals/list-many", &List { inbox: asked(many), ..list(owner()) }),
        Sample::of(
            "approvals/list-leaves-only",
            &List { inbox: Inbox { owed: vec![leave("Mary Jackson")], ..Inbox::default() }, ..list(owner()) },
        ),
        Sample::of(
            "approvals/list-everything",
            &List {
                inbox: Inbox {
                    open: vec![samples::open(), guest_asks(), samples::request("Annie Easley", "Data Platform", "")],
                    consented: vec![several::consented(&["Grace Hopper"]).request],
                    unfinished: unfinished(),
                    owed: vec![leave("Mary Jackson"), samples::ended_membership("Katherine Johnson", "Data Platform")],
                },
                ..list(owner())
            },
        ),
        Sample::of("approvals/list-long-names", &List { inbox: asked(vec![long.clone(), long]), ..list(long_named()) }),
        Sample::of("approvals/list-right-to-left", &List { inbox: asked(vec![arabic]), ..list(right_to_left()) }),
    ]
}

fn guest_asks() -> JoinRequest {
    let mut request = samples::request("Tim Berners", "Compiler Team", "For the joint work on the linker.");
    request.asker.guest = true;
    request.asker.job_title = String::new();
    "tim@fabrikam.example".clone_into(&mut request.asker.username);
    request
}

fn unfinished() -> Vec<JoinRequest> {
    let ask = |name| samples::request(name, "Compiler Team", samples::REASON);
    vec![
        samples::approved(ask("Joan Clarke"), State::Unknown, None),
        samples::approved(ask("Margaret Hamilton"), State::Unknown, Some(DirectoryRefusal::NotAllowed)),
    ]
}

fn after_an_answer() -> Vec<Sample> {
    let no = DirectoryRefusal::NotAllowed;
    let named = |flash: Flash| flash.name("person", "Alan Turing").name("group", "Compiler Team");
    let approved = |name: &str, outcome, state, refusal| {
        let request = samples::approved(samples::open(), state, refusal);
        let page = show(owner().saying(named(approve::flash(&outcome))), facts(request));
        Sample::of(format!("approvals/after-{name}"), &page)
    };
    let in_list = |name: &str, mood, title, text| {
        let frame = owner().saying(named(Flash::new(mood, title, text)));
        Sample::of(format!("approvals/after-{name}"), &List { inbox: asked(vec![guest_asks()]), ..list(frame) })
    };
    vec![
        in_list("approved", Mood::Success, "approved-done", ""),
        in_list("denied", Mood::Success, "denied-done", "denied-done-text"),
        in_list("leave-finished", Mood::Success, "leave-finished", ""),
        in_list("leave-not-finished", Mood::Warning, "leave-not-finished", "leave-not-finished-text"),
        approved("approved-underway", Outcome::Underway, State::Unknown, None),
        approved("approved-not-accepted", Outcome::NotAccepted(None), State::Unknown, None),
        approved("approved-delayed", Outcome::Delayed(no), State::Unknown, Some(no)),
        approved("approved-refused", Outcome::Refused(no), State::Refused, Some(no)),
    ]
}

fn facts(request: JoinRequest) -> Facts {
    let group = Group { id: request.group, ..samples::group(&request.group_name) };
    let requester = Person {
        id: request.requester.id,
        name: request.requester.name.clone(),
        username: request.asker.username.clone(),
        mail: String::new(),
        job_title: request.asker.job_title.clone(),
        department: request.asker.department.clone(),
        guest: Some(request.asker.guest),
        enabled: Some(true),
    };
    Facts {
        designation: Some(samples::designation(&group)),
        live: Live {
            owners: samples::people(&["Grace Hopper", "Barbara Liskov", "فاطمة الفهري"]),
            group: Some(group),
            requester: Some(requester),
            is_member: Some(false),
        },
        belonging: Belonging::Unknown,
        earlier: vec![],
        consents: vec![],
        end: None,
        unfinished: vec![],
        request,
    }
}

fn show(frame: Frame, facts: Facts) -> Show {
    let signed = signed(&frame);
    Show::new(frame, &signed, facts)
}

fn to_answer() -> Vec<Sample> {
    let long = samples::request(&samples::long_name(), &samples::long_name(), &samples::long_name().repeat(8));
    let mut long = facts(long);
    long.live.owners = vec![samples::person(&samples::long_name()), samples::person("Grace Hopper")];
    let arabic = samples::request("Alan Turing", "مكتبة القرويين", "أعمل على أرشيف المخطوطات وأحتاج إلى قراءتها.");
    let mut alone = facts(samples::open());
    alone.live.owners = samples::people(&["Grace Hopper"]);
    let denied = samples::answered(samples::open(), crate::domain::request::State::Denied, "Not now.");
    let standings = samples::every_standing();
    let mut before = facts(samples::open());
    before.earlier = vec![denied.clone(), standings[12].1.clone(), standings[13].1.clone()];
    let no_reason = facts(samples::request("Annie Easley", "Data Platform", ""));
    let page = |name: &str, facts| Sample::of(format!("approvals/show-{name}"), &show(owner(), facts));
    vec![
        page("guest", facts(guest_asks())),
        page("only-you", alone),
        page("asked-before", before),
        page("no-reason", no_reason),
        page("long-names", long),
        page("answers", facts(JoinRequest { answers: samples::answers(), ..samples::open() })),
        page("answers-denied", facts(JoinRequest { answers: samples::answers(), ..denied })),
        page("outside-audience", limited(Belonging::Out)),
        page("audience-unknown", limited(Belonging::Unknown)),
        page("audience-gone", limited(Belonging::Gone)),
        page("with-an-end", with_an_end(90)),
        page("with-an-end-tomorrow", with_an_end(1)),
        Sample::of("approvals/show-right-to-left", &show(right_to_left(), facts(arabic))),
    ]
}

/// Only members of another group may ask, and the person is this to it.
fn limited(belonging: Belonging) -> Facts {
    let mut facts = Facts { belonging, ..facts(samples::open()) };
    if let Some(designation) = &mut facts.designation {
        let research = samples::group("Everybody in Research");
        designation.terms.members_of = Some(Audience { group: research.id, name: research.name });
    }
    facts
}

fn with_an_end(days: u16) -> Facts {
    let mut facts = facts(JoinRequest { days: Some(days), ..samples::open() });
    facts.designation = facts.live.group.as_ref().map(samples::designation_with_ends);
    facts
}

fn cannot_approve() -> Vec<Sample> {
    let with = |change: &dyn Fn(&mut Facts)| {
        let mut facts = facts(samples::open());
        change(&mut facts);
        facts
    };
    let enabled = |enabled| {
        with(&|facts| {
            if let Some(person) = &mut facts.live.requester {
                person.enabled = enabled;
            }
        })
    };
    let paused = with(&|facts| {
        if let Some(designation) = &mut facts.designation {
            designation.suspended = Some((samples::hours_ago(5), SuspendReason::Administrator));
        }
    });
    let page = |name: &str, facts| Sample::of(format!("approvals/show-{name}"), &show(owner(), facts));
    let mut unsigned = signed(&owner());
    unsigned.token.scopes.clear();
    let missing_scope = Show::new(owner(), &unsigned, facts(samples::open()));
    vec![
        page("account-disabled", enabled(Some(false))),
        page("account-not-checked", enabled(None)),
        page("account-gone", with(&|facts| facts.live.requester = None)),
        page("is-member", with(&|facts| facts.live.is_member = Some(true))),
        page("paused", paused),
        page("not-owner-any-more", with(&|facts| facts.live.owners.clear())),
        Sample::of("approvals/show-missing-scope", &missing_scope),
        Sample::of("approvals/show-directory-away", &show(owner(), facts(samples::open())).while_away()),
    ]
}

fn slips() -> Vec<Sample> {
    let long = "The sources are frozen until the release. ".repeat(40);
    let length = long.chars().count();
    let slipped = |name: &str, typed: &str, problem| {
        let page = show(owner(), facts(samples::open())).slipped(typed, problem);
        Sample::of(format!("approvals/show-slip-{name}"), &page)
    };
    vec![
        slipped("missing", "", TextProblem::Missing),
        slipped("too-long", &long, TextProblem::TooLong { limit: MESSAGE_LIMIT, length }),
    ]
}

fn owed() -> Vec<Sample> {
    let owed = |name: &str, operation: Operation, refusal: Option<Refusal>| {
        let why_not = refusal.map(|refusal| refusals::sentence(&refusal, &owner()));
        Sample::of(format!("approvals/owed-{name}"), &Owed::new(owner(), operation, why_not))
    };
    let leave = || samples::write(Kind::Remove, "Mary Jackson", "Compiler Team");
    let by_grace = |kind, reason: &str| Operation {
        decided_by: samples::person("Grace Hopper"),
        reason: reason.to_owned(),
        ..samples::write(kind, "Mary Jackson", "Compiler Team")
    };
    let refused = Operation { refusal: Some(DirectoryRefusal::NotAllowed), ..by_grace(Kind::Add, "") };
    let long = samples::write(Kind::Remove, &samples::long_name(), &samples::long_arabic_name());
    let after = |name: &str, kind| {
        let flash = finish_direct::flash(&Outcome::Underway, kind);
        let frame = owner().saying(flash.name("person", "Mary Jackson").name("group", "Compiler Team"));
        Sample::of(format!("approvals/owed-after-{name}"), &Owed::new(frame, by_grace(kind, ""), None))
    };
    vec![
        after("add", Kind::Add),
        after("remove", Kind::Remove),
        after("add-owner", Kind::AddOwner),
        after("remove-owner", Kind::RemoveOwner),
        owed("leave", leave(), None),
        owed("being-carried-out", leave(), Some(Refusal::BeingCarriedOut)),
        owed("add", by_grace(Kind::Add, "She joins the review of the parser."), None),
        owed("add-refused", refused, None),
        owed("remove", by_grace(Kind::Remove, ""), None),
        owed("add-until", Operation { until: Some(samples::now()), ..by_grace(Kind::Add, "") }, None),
        owed("ended", samples::ended_membership("Mary Jackson", "Compiler Team"), None),
        owed("long-names", long, None),
    ]
}
