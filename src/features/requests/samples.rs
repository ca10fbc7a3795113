//! Samples of asking to join, of my requests, and of one of them in every standing.

use crate::{
    domain::{
        directory::PersonRef,
        questions::Question,
        request::{JoinRequest, Kind, MESSAGE_LIMIT, State as RequestState, Step},
        samples,
        terms::Terms,
        text::TextProblem,
    },
    web::{
        flash::{Flash, Mood},
        form::{Fields, Slips},
        frame::{Frame, Here},
        lasting::{self, Days},
        questions::Sheet,
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
    all.extend(answered());
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
        Sample::of("requests/ask-questions", &questions(employee(), &samples::questions())),
        Sample::of("requests/ask-many-questions", &questions(long_named(), &many_questions())),
        Sample::of("requests/ask-right-to-left", &form(right_to_left(), "مكتبة القرويين")),
    ]
}

fn questions(frame: Frame, questions: &[Question]) -> Ask {
    Ask { sheet: Sheet::blank(questions), ..form(frame, "Compiler Team") }
}

fn many_questions() -> Vec<Question> {
    let long = ["ض".repeat(180), "Which?".repeat(30), samples::long_name(), samples::long_arabic_name()];
    let long = long.map(|text| Question { text, required: true });
    [samples::questions().split_off(1), long.into()].concat()
}

/// Somebody answered one question too long and another not at all; or meanwhile other questions are asked.
fn answered() -> Vec<Sample> {
    let body = b"reason=For+the+linker.&asked_1=Which+team+do+you+work+with%3F&answer_1=&asked_2=Who+sent+you%3F&answer_2=Grace";
    let (fields, terms) = (Fields::parse(body), Terms { questions: samples::questions(), ..Terms::default() });
    let mut slips = Slips::default();
    slips.note("answer_1", Phrase::new("ask-needs-answer").name("question", &terms.questions[0].text));
    let others = form(employee(), "Compiler Team").again(&fields, &terms, Slips::default());
    let mut carried = form(employee(), "Compiler Team").again(&fields, &terms, slips.clone());
    carried.sheet.are_others = false;
    let mut slipped = form(employee(), "Compiler Team").again(&fields, &terms, slips);
    slipped.sheet = Sheet { are_others: false, dropped: vec![], ..slipped.sheet };
    vec![
        Sample::of("requests/ask-slip-answer", &slipped),
        Sample::of("requests/ask-slip-dropped", &carried),
        Sample::of("requests/ask-other-questions", &others),
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
        Sample::of(
            "requests/show-answers",
            &show(employee(), JoinRequest { answers: samples::answers(), ..samples::open() }),
        ),
        Sample::of("requests/show-no-reason", &show(employee(), no_reason)),
    ]
}
