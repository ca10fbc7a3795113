//! Leave a group: a page that says what follows, and the wish itself.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::GroupId,
        joining::Membership,
        membership,
        operation::{Kind, Operation},
        refusal::Refusal,
    },
    sign_in::Signed,
    web::{
        app::App,
        carrying_out::{self, Outcome},
        filters,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Frame, Groups, Here, Jar, OwnWrites},
        page,
        trouble::Trouble,
    },
};

#[derive(Template)]
#[template(path = "memberships/leave.html")]
pub(super) struct Leave {
    pub frame: Frame,
    pub id: GroupId,
    pub name: String,
    /// The viewer owns the group: leaving as a member does not end that.
    pub is_owner: bool,
}

/// Shows what leaving means, before anything is done.
///
/// # Errors
/// [`Trouble::NotFound`] for a group that does not take part; a refusal when there is nothing to leave.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let entry = groups.designated(id).ok_or(Trouble::NotFound)?;
    let membership = app.membership_of(&signed, &frame.counts.own_writes, id).await?;
    let unfinished = app.store.operations().unfinished_for(id, signed.viewer.id).await?;
    membership::may_leave(membership, &unfinished, frame.now)
        .map_err(|refusal| Trouble::refused(refusal).about_group(id, &entry.group.name))?;
    let page = Leave {
        id,
        name: entry.group.name.clone(),
        is_owner: entry.owners.iter().any(|owner| owner.id == signed.viewer.id),
        frame: frame.at(Here::Memberships),
    };
    Ok(page::ok(page).into_response())
}

/// Keeps the wish to leave and tries it with the person's own token.
///
/// # Errors
/// [`Trouble::NotFound`] for a group that does not take part; a refusal when there is nothing to leave.
pub async fn leave(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    OwnWrites(writes): OwnWrites,
    _: Fields,
) -> Result<Response, Trouble> {
    let entry = groups.designated(id).ok_or(Trouble::NotFound)?;
    app.forget(signed.viewer.id).await;
    // Whoever was added a moment ago may leave, also when the directory's answer is late: the removal harms nobody who is
    // no member.
    let membership = app.membership_of(&signed, &writes, id).await?;
    let unfinished = app.store.operations().unfinished_for(id, signed.viewer.id).await?;
    let now = app.clock.now();

    let back = || Redirect::to("/memberships").into_response();
    match membership::may_leave(membership, &unfinished, now) {
        // A double click.
        Err(Refusal::AlreadyLeaving) => return Ok(back()),
        Err(refusal) => return Err(Trouble::refused(refusal).about_group(id, &entry.group.name)),
        Ok(()) => {}
    }
    if membership == Membership::Unknown {
        return Err(Trouble::DirectoryAway);
    }

    let me = signed.person();
    let wish = Operation::owed(Kind::Remove, (id, &entry.group.name), &me, &me, now);
    let event = Event::new(EventKind::LeaveWished, Some(me.clone()), now)
        .group(id)
        .person(me.id)
        .detail(serde_json::json!({ "operation": wish.id }));
    let store = app.store.clone();
    let record = async move { Ok(store.operations().owe_removal(&wish, &event).await?.then_some(wish)) };
    let Some(outcome) = carrying_out::record_and_carry_out(&app, &signed.token, me, record).await? else {
        return Ok(back());
    };

    let flash = match outcome {
        Outcome::Done => Flash::new(Mood::Success, "left-done", ""),
        _ => Flash::new(Mood::Info, "left-kept", "left-kept-text"),
    };
    flash.name("group", &entry.group.name).leave(&app, &cookies);
    Ok(Redirect::to(&outcome.way_to("/memberships", &signed, now)).into_response())
}
