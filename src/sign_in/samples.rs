//! Samples of the pages around signing in: signed out, and a form that was kept meanwhile.

use crate::{
    domain::samples,
    web::samples::{Sample, employee, nobody, owner},
};

use super::{
    held::{Confirm, Held},
    sign_out::SignedOut,
};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let long = format!("{}\n{}", samples::REASON, "A sentence of some length. ".repeat(30));
    let mut all = vec![
        Sample::of("sign-in/signed-out", &SignedOut { frame: nobody() }),
        kept("ask", "reason", samples::REASON),
        kept("withdraw", "", ""),
        kept("approve", "message", ""),
        kept("deny", "message", "The sources are frozen until the release."),
        kept("finish", "", ""),
        kept("leave", "", ""),
        kept("theme", "theme", ""),
        kept("deny", "message-long", &long),
        kept("ask", "reason-right-to-left", "أعمل على أرشيف المخطوطات وأحتاج إلى قراءة الدراسات القديمة."),
    ];
    let confirm = Confirm { frame: employee(), held: form("ask", &[("reason", &samples::long_name())]) };
    all.push(Sample::of("sign-in/kept-long-name", &confirm));
    all
}

fn kept(what: &str, field: &str, words: &str) -> Sample {
    let frame = if ["approve", "deny", "finish"].contains(&what) { owner() } else { employee() };
    let fields: &[(&str, &str)] = if field.is_empty() { &[] } else { &[(field, words)] };
    let name = if field.is_empty() { format!("sign-in/kept-{what}") } else { format!("sign-in/kept-{what}-{field}") };
    Sample::of(name, &Confirm { frame, held: form(what, fields) })
}

fn form(what: &str, typed: &[(&str, &str)]) -> Held {
    let marks = [("for", "mark"), ("version", "1")];
    let fields = marks.iter().chain(typed).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Held { action: format!("/requests/{}/{what}", samples::open().id), fields: fields.collect() }
}
