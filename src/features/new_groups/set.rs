//! Set whose new groups take part at once, and on what terms.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        ids::PersonId,
        new_groups::{self, MOST_NAMED, Rule, Whose},
        terms::Terms,
    },
    sign_in::Signed,
    web::{
        app::App,
        audience::Choice,
        flash::{Flash, Mood},
        form::{Fields, Slips},
        frame::{Frame, Groups, Jar},
        page, refusals, terms_form,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::show::{Show, Typed};

/// Looks for people to name, or sets the next version of the rule.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors; a refusal for auditors; a trouble when the directory
/// or the store cannot be asked.
pub async fn set(
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
    new_groups::may_set(&signed.viewer)?;
    let now = frame.now;
    let mut page = Show::read(&app, &signed, frame).await?;
    let (typed, mut slips) = read(&app, &signed, &fields, &page).await?;
    page.typed = typed;
    if is_search(&fields, &page.typed) {
        // Who was found is no look at what others changed meanwhile: that is shown when it is saved.
        page.version = fields.version();
        return find(&app, &signed, page, slips).await;
    }

    let choice = Choice { groups: &groups, viewer: &signed.viewer, own: None };
    let terms = checked(&page, &fields, &choice, &mut slips);
    let new = Rule {
        version: fields.version() + 1,
        whose: page.typed.whose.unwrap_or_default(),
        named: page.typed.named.clone(),
        terms,
        by: signed.person(),
        at: now,
    };
    // The same form twice, or nothing was changed: what it wished holds.
    let holds = slips.is_empty() && page.all.first().is_some_and(|rule| rule.says_the_same(&new));
    if !holds {
        page.meanwhile = page.since(fields.version());
        if !slips.is_empty() || !page.meanwhile.is_empty() {
            return Ok(page::slip(Show { slips, ..page }).into_response());
        }
        if !app.store.new_group_rules().set(&new, &event(&new)).await?.is_yes() {
            let typed = page.typed;
            let page = Show::read(&app, &signed, page.frame).await?;
            let meanwhile = page.since(fields.version());
            return Ok(page::slip(Show { typed, meanwhile, ..page }).into_response());
        }
    }

    Flash::new(Mood::Success, "new-groups-saved", "new-groups-saved-text").leave(&app, &cookies);
    Ok(Redirect::to("/admin/new-groups").into_response())
}

/// Whoever presses Enter presses some button: words that were not looked for yet are looked for.
fn is_search(fields: &Fields, typed: &Typed) -> bool {
    fields.get("act") == "find" || (!typed.q.is_empty() && typed.q != typed.searched)
}

async fn find(app: &App, signed: &Signed, mut page: Show, slips: Slips) -> Result<Response, Trouble> {
    if !slips.is_empty() {
        return Ok(page::slip(Show { slips, ..page }).into_response());
    }
    if page.typed.q.is_empty() {
        page.slips.note("q", "new-groups-needs-words".into());
        return Ok(page::slip(page).into_response());
    }
    let found = app.graph.person(&signed.token).search_people(&page.typed.q).await?;
    page.typed.searched.clone_from(&page.typed.q);
    Ok(page::ok(Show { found: Some(found), ..page }).into_response())
}

/// Reads the form. Those who are named already stay so; others are named as the directory names them, and whom it does not
/// know is left out.
async fn read(app: &App, signed: &Signed, fields: &Fields, page: &Show) -> Result<(Typed, Slips), Trouble> {
    let mut ids: Vec<PersonId> = Vec::new();
    for (_, id) in fields.all().iter().filter(|(name, _)| name == "person").take(MOST_NAMED * 2) {
        ids.extend(id.parse::<PersonId>().ok().filter(|id| !ids.contains(id)));
    }
    let known = |id: &PersonId| page.all.iter().flat_map(|rule| &rule.named).find(|person| person.id == *id);
    let unknown: Vec<PersonId> = ids.iter().copied().filter(|id| known(id).is_none()).collect();
    let people = if unknown.is_empty() { Vec::new() } else { app.graph.person(&signed.token).people(&unknown).await? };
    let mut slips = Slips::default();
    let mut named: Vec<PersonRef> = ids.iter().filter_map(known).cloned().collect();
    for id in unknown {
        let Some(person) = people.iter().find(|person| person.id == id) else { continue };
        match new_groups::hindrance(person) {
            Some(hindrance) => {
                let why = refusals::hindered(hindrance).text();
                slips.note("named", Phrase::new("new-hindered").name("person", &person.name).word("why", why));
            }
            None => named.push(PersonRef { id, name: person.name.clone() }),
        }
    }
    let typed = Typed {
        whose: Whose::read(fields.get("whose")),
        named,
        q: fields.get("q").trim().chars().take(200).collect(),
        searched: fields.get("searched").to_owned(),
        terms: terms_form::Typed::again(fields, terms_form::every()),
    };
    Ok((typed, slips))
}

/// Checks what is to be saved, and returns the terms.
fn checked(page: &Show, fields: &Fields, choice: &Choice<'_>, slips: &mut Slips) -> Terms {
    match (page.typed.whose, page.typed.named.len()) {
        (None, _) => slips.note("whose", "new-groups-needs-whose".into()),
        (Some(Whose::Named), 0) => slips.note("named", "new-groups-needs-named".into()),
        (_, named) if named > MOST_NAMED => {
            slips.note("named", Phrase::new("new-groups-too-many").count("limit", MOST_NAMED));
        }
        _ => {}
    }
    let current = page.all.first().map(|rule| rule.terms.clone()).unwrap_or_default();
    match terms_form::read(fields, &terms_form::every(), &current, choice) {
        Ok(mut terms) => {
            terms_form::read_locks(fields, &mut terms);
            terms
        }
        Err(wrong) => {
            for (field, slip) in wrong.all() {
                slips.note(field, slip.clone());
            }
            current
        }
    }
}

fn event(new: &Rule) -> Event {
    let named: Vec<PersonId> = new.named.iter().map(|person| person.id).collect();
    let detail = json!({
        "version": new.version,
        "whose": new.whose,
        "named": named,
        "terms": new.terms,
    });
    Event::new(EventKind::NewGroupsSet, Some(new.by.clone()), new.at).detail(detail)
}
