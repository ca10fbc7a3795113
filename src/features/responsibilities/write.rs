//! Write the responsibilities of owners, or a new version of them.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::{
    domain::{
        event::{Event, EventKind},
        refusal::Refusal,
        responsibilities::{self, DAYS, Responsibilities, TEXT_LIMIT},
        text,
    },
    sign_in::Signed,
    store,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Slips, text_slip},
        frame::{Frame, Groups, Jar},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::show::{Show, Typed};

/// Keeps a new version of the text, or shows how it would look.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors; a refusal for auditors.
pub async fn write(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    if !signed.viewer.is_administrator() {
        return Err(Refusal::NotAdministrator.into());
    }
    let now = frame.now;
    let mut page = Show::read(&app, &signed, &groups, frame).await?;
    page.typed = Typed {
        text: fields.get("text").to_owned(),
        asks: fields.get("asks") != "no",
        days: fields.get("days").to_owned(),
    };

    let new_version = fields.version() + 1;
    let is_first = page.all.is_empty();
    let (text, days) = match checked(&page.typed, is_first) {
        Ok(checked) => checked,
        Err(slips) => {
            let changed_meanwhile = fields.version() != page.version();
            return Ok(page::slip(Show { changed_meanwhile, slips, ..page }).into_response());
        }
    };
    // Whoever looks at a preview sees what was published meanwhile before it is replaced.
    let changed_meanwhile = fields.version() != page.version();
    if fields.get("step") == "preview" && !changed_meanwhile {
        return Ok(page::ok(Show { is_preview: true, ..page }).into_response());
    }
    let new = Responsibilities {
        version: new_version,
        text,
        counts_from: days.map(|days| responsibilities::counts_from(now, days)),
        by: signed.person(),
        at: now,
    };
    let same =
        |kept: &Responsibilities| kept.text == new.text && kept.by.id == new.by.id && kept.version == new.version;
    if !page.all.first().is_some_and(same) {
        let event = event(&new);
        if changed_meanwhile || !app.store.responsibilities().write(&new, &event).await?.is_yes() {
            return Ok(page::slip(Show { changed_meanwhile: true, ..page }).into_response());
        }
    }

    Flash::new(Mood::Success, "responsibilities-saved", "responsibilities-saved-text").leave(&app, &cookies);
    Ok(Redirect::to("/admin/responsibilities").into_response())
}

fn event(new: &Responsibilities) -> Event {
    let detail = json!({
        "version": new.version,
        "text_sha256": store::fingerprint(&new.text),
        "counts_from": new.counts_from,
    });
    Event::new(EventKind::ResponsibilitiesWritten, Some(new.by.clone()), new.at).detail(detail)
}

/// Checks what was typed. The first version asks everybody; a later one need not.
fn checked(typed: &Typed, is_first: bool) -> Result<(String, Option<u16>), Slips> {
    let mut slips = Slips::default();
    let text = text::required(&typed.text, TEXT_LIMIT).unwrap_or_else(|problem| {
        slips.note("text", text_slip(problem, "responsibilities-empty-slip"));
        String::new()
    });
    let days = (typed.asks || is_first).then(|| {
        typed.days.trim().parse().ok().filter(|days| DAYS.contains(days)).unwrap_or_else(|| {
            let slip =
                Phrase::new("responsibilities-days-slip").count("least", *DAYS.start()).count("most", *DAYS.end());
            slips.note("days", slip);
            0
        })
    });
    if slips.is_empty() { Ok((text, days)) } else { Err(slips) }
}
