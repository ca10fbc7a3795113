//! Samples of asking to join, of my requests, and of one of them in every standing.

use crate::{
    domain::{
        directory::PersonRef,
        request::{JoinRequest, Kind, MESSAGE_LIMIT, State as RequestState, Step},
        samples,
        text::TextProblem,
    },
    web::{
        flash::{Flash, Mood},
        frame::{Frame, Here},
        lasting::{self, Days},
        samples::{Sample, employee, guest, long_named, right_to_left, signed, taking_part},
        standing,
        words::Phrase,
    },
};

use super::{
    ask::{self, Ask},
    list::List,
    show::Show,
};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = asking();
    all.extend(slips());
    all.extend(lists());
    all.extend(
        samples::every_standing()
            .into_iter()
            .map(|(name, request)| Sample::of(format!("requests/show-{name}"), &show(employee(), request))),
    );
    all.extend(details());
    all
}

fn form(frame: Frame, group: &str) -> Ask {
    let viewer = signed(&frame).viewer;
    let viewer = PersonRef { id: viewer.id, name: viewer.name };
    Ask::new(frame, &taking_part(group), &viewer).expect("the group takes part")
}

fn asking() -> Vec<Sample> {
    let long = samples::long_name();
    vec![
        Sample::of("requests/ask", &form(employee(), "Compiler Team")),
        Sample::of(
            "requests/ask-optional",
            &Ask { reason_required: false, gives: String::new(), open_days: 1, ..form(guest(), "Reading Circle") },
        ),
        Sample::of(
            "requests/ask-one-owner",
            &Ask { owners: samples::people(&["Grace Hopper"]), ..form(employee(), "Compiler Team") },
        ),
        Sample::of(
            "requests/ask-many-owners",
            &Ask { owners: samples::people(&samples::PEOPLE), ..form(employee(), "Compiler Team") },
        ),
        Sample::of(
            "requests/ask-long-names",
            &Ask { gives: long.clone(), owners: samples::people(&[&long]), ..form(long_named(), &long) },
        ),
        Sample::of("requests/ask-with-an-end", &Ask { days: Some(days("90")), ..form(employee(), "Compiler Team") }),
        Sample::of("requests/ask-right-to-left", &form(right_to_left(), "مكتبة القرويين")),
    ]
}

fn days(typed: &str) -> Days {
    Days { typed: typed.to_owned(), most: 180 }
}

fn slips() -> Vec<Sample> {
    let mut many_days = form(employee(), "Compiler Team");
    many_days.slips.note("days", Phrase::new("days-slip").count("most", 180_u64));
    many_days.days = Some(days("200"));
    let slipped = |name: &str, typed: &str, problem| {
        let mut page = form(employee(), "Compiler Team");
        page.slips.note("reason", ask::slip(problem));
        typed.clone_into(&mut page.typed);
        Sample::of(format!("requests/ask-slip-{name}"), &page)
    };
    let long = "I am moving the numeric library to the new back end. ".repeat(30);
    let length = long.chars().count();
    vec![
        Sample::of("requests/ask-slip-days", &many_days),
        slipped("missing", "", TextProblem::Missing),
        slipped("too-long", &long, TextProblem::TooLong { limit: MESSAGE_LIMIT, length }),
        slipped("markup", "</textarea><b>&amp;", TextProblem::TooLong { limit: MESSAGE_LIMIT, length: 20_000 }),
    ]
}

fn lists() -> Vec<Sample> {
    let list = |requests| List { frame: employee().at(Here::Requests), requests };
    let every = samples::every_standing().into_iter().map(|(_, request)| request).collect();
    let many = samples::GROUPS.iter().cycle().take(200);
    let many = many.map(|(group, _)| samples::request("Alan Turing", group, samples::REASON)).collect();
    let long = [samples::long_name(), samples::long_arabic_name()];
    let long = long.map(|name| samples::request("Alan Turing", &name, &name)).into();
    vec![
        Sample::of("requests/list-empty", &list(vec![])),
        Sample::of("requests/list-one", &list(vec![samples::open()])),
        Sample::of("requests/list-every-standing", &list(every)),
        Sample::of("requests/list-many", &list(many)),
        Sample::of("requests/list-long-names", &list(long)),
    ]
}

fn show(frame: Frame, request: JoinRequest) -> Show {
    Show {
        timeline: standing::timeline(&request, &[], &frame),
        lasts: lasting::asked(&request, &frame),
        owners: samples::people(&["Grace Hopper", "Barbara Liskov"]),
        group_is_listed: true,
        is_open: request.state.after(Step::End).is_some() && request.state == RequestState::Open,
        request,
        frame: frame.at(Here::Requests),
    }
}

fn extension() -> JoinRequest {
    JoinRequest { kind: Kind::Extend, days: Some(30), ..samples::open() }
}

fn details() -> Vec<Sample> {
    let flash = |title, text| employee().saying(Flash::new(Mood::Success, title, text).name("group", "Compiler Team"));
    let withdrawn = samples::ended(samples::open(), crate::domain::request::EndReason::Withdrawn);
    let long = samples::request(&samples::long_name(), &samples::long_name(), &samples::long_name().repeat(8));
    let arabic = samples::request("فاطمة الفهري", "مكتبة القرويين", "أعمل على أرشيف المخطوطات وأحتاج إلى قراءتها.");
    let no_reason = samples::request("Alan Turing", "Reading Circle", "");
    vec![
        Sample::of("requests/show-just-sent", &show(flash("ask-sent", "ask-sent-text"), samples::open())),
        Sample::of("requests/show-just-withdrawn", &show(flash("withdraw-done", "withdraw-done-text"), withdrawn)),
        Sample::of(
            "requests/show-group-not-listed",
            &Show { group_is_listed: false, owners: vec![], ..show(employee(), samples::open()) },
        ),
        Sample::of("requests/show-extension-sent", &show(flash("extend-sent", "ask-sent-text"), extension())),
        Sample::of(
            "requests/show-extension-withdrawn",
            &show(flash("withdraw-extension-done", "withdraw-done-text"), extension()),
        ),
        Sample::of(
            "requests/show-extended",
            &show(employee(), samples::answered(extension(), RequestState::Approved, "Until spring, then.")),
        ),
        Sample::of("requests/show-long-names", &show(long_named(), long)),
        Sample::of("requests/show-right-to-left", &show(right_to_left(), arabic)),
        Sample::of("requests/show-no-reason", &show(employee(), no_reason)),
    ]
}
