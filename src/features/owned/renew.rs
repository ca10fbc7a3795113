//! Renewing a group that would expire, and saying when it does.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        group_life::{self, Deed},
        ids::{EventId, GroupId},
        powers::{GROUP_SCOPE, Power},
        refusal::Refusal,
    },
    sign_in::Signed,
    store::catalogue::Entry,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Frame, Groups, Jar},
        refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    deeds::{self, Outcome},
    gather::Facts,
    workspace::Workspace,
};

/// When a group expires, and what this person can do about it.
#[derive(Debug, Clone)]
pub(super) struct Expiring {
    /// When.
    pub said: Phrase,
    /// They can renew it.
    pub can_renew: bool,
    /// Why an owner cannot; not said to those who only look.
    pub why_not: Option<Phrase>,
    /// What the form will be recorded as, so that sent twice it counts once.
    pub operation: EventId,
}

impl Expiring {
    /// Says when a group expires, as the copy has it; nothing when it does not.
    pub fn of(it: &Workspace, signed: &Signed, frame: &Frame, is_offered: bool) -> Option<Self> {
        let said = said(&it.entry, frame)?;
        let may = it.may(Power::Renew, signed).and_then(|()| {
            if signed.token.allows(GROUP_SCOPE) { Ok(()) } else { Err(Refusal::MissingScope(GROUP_SCOPE)) }
        });
        Some(Self {
            said,
            can_renew: is_offered && may.is_ok(),
            why_not: match may {
                _ if !it.is_owner || it.state.is_some() => None,
                _ if !is_offered => Some("renew-not-here".into()),
                may => may.err().map(|refusal| refusals::sentence(&refusal, frame)),
            },
            operation: EventId::new(),
        })
    }
}

fn said(entry: &Entry, frame: &Frame) -> Option<Phrase> {
    let at = entry.group.facts.expires_at.filter(|_| !entry.gone)?;
    let key = if at <= frame.now { "renew-expired" } else { "renew-expires" };
    Some(Phrase::new(key).word("day", frame.day(&at).words()))
}

/// Returns the warning about a group that expires soon.
pub(super) fn warning(entry: &Entry, frame: &Frame) -> Option<Phrase> {
    let at = entry.group.facts.expires_at?;
    said(entry, frame).filter(|_| group_life::ends_soon(at, frame.now))
}

/// Renews the group with the owner's own token.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory or the store
/// cannot be asked. Nothing is recorded then.
pub async fn renew(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    if !deeds::are_offered(&app) {
        return Err(Trouble::NotFound);
    }
    let there = format!("/owned/{id}");
    let operation = deeds::named_by(&fields);
    if deeds::sent_before(&app, &signed, id, operation).await?.is_some() {
        return Ok(Redirect::to(&there).into_response());
    }
    Workspace::open(&app, &signed, &groups, &frame, id, Power::Renew).await?;
    let facts = Facts::read(&app, &signed, &groups, id, signed.viewer.id).await?;
    let Some(live) = facts.live.group.clone() else { return Err(deeds::is_gone(&app, &signed, id).await?) };
    let may = facts.may_change_group(&signed, Power::Renew);
    may.map_err(|refusal| Trouble::refused(refusal).about_owned(id))?;
    if live.facts.expires_at.is_none() {
        return Err(Trouble::refused(Refusal::NeverExpires).about_owned(id));
    }
    let write = deeds::decided(&app, &signed, Deed::Renew, &live, operation);
    let evidence = serde_json::json!({ "owners": facts.owner_ids(), "group": live.facts });
    let Some(outcome) = deeds::carry_out(&app, &signed, write, live.clone(), evidence).await? else {
        return Ok(Redirect::to(&there).into_response());
    };
    flash(&outcome).name("group", &live.name).leave(&app, &cookies);
    Ok(Redirect::to(&outcome.way_to(&there, &signed, app.clock.now())).into_response())
}

/// Returns what the next page says about an outcome.
pub(super) fn flash(outcome: &Outcome) -> Flash {
    match outcome {
        Outcome::Done => Flash::new(Mood::Success, "renew-done", ""),
        Outcome::Refused => Flash::new(Mood::Warning, "renew-refused", "renew-refused-text"),
        Outcome::Unclear | Outcome::NotAccepted(_) => Flash::new(Mood::Warning, "renew-unclear", "renew-unclear-text"),
    }
}
