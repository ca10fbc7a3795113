//! Samples of the first page and of help.

use crate::{
    domain::{
        operation::{DirectoryRefusal, Kind, State},
        request::JoinRequest,
        samples,
    },
    web::{
        frame::{Frame, Here},
        inbox::Inbox,
        samples::{Sample, administrator, auditor, employee, guest, idle_owner, long_named, owner, right_to_left},
    },
};

use super::{help::Help, show::Home};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let long = samples::request(&samples::long_name(), &samples::long_arabic_name(), &samples::long_name());
    let arabic = samples::request("فاطمة الفهري", "مكتبة القرويين", "أعمل على أرشيف المخطوطات.");
    vec![
        Sample::of("home/employee-empty", &home(employee(), vec![])),
        Sample::of("home/employee-one", &home(employee(), vec![samples::open()])),
        Sample::of("home/employee-many", &home(employee(), on_their_way())),
        Sample::of("home/owner-one", &Home { inbox: asked(samples::open()), ..home(owner(), vec![]) }),
        Sample::of("home/owner-many", &owner_with_everything()),
        Sample::of("home/owner-empty", &home(idle_owner(), vec![])),
        Sample::of("home/administrator", &home(administrator(), vec![])),
        Sample::of("home/auditor", &home(auditor(), vec![])),
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
        frame: frame.at(Here::Home),
    }
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
            unfinished: vec![samples::approved(unfinished, State::Unknown, None)],
            owed: vec![samples::write(Kind::Remove, "Mary Jackson", "Compiler Team")],
        },
        ..home(owner(), vec![samples::request("Grace Hopper", "Flight Dynamics", "For the landing software.")])
    }
}

/// An inbox with one request to answer.
fn asked(request: JoinRequest) -> Inbox {
    Inbox { open: vec![request], ..Inbox::default() }
}
