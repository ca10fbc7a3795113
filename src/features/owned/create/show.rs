//! What became of a group that somebody created.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;

use crate::{
    domain::{
        commission,
        creating::{Creation, Problem},
        group_life::Course,
        ids::EventId,
        powers::GROUP_SCOPE,
        refusal::Refusal,
    },
    graph::Nickname,
    sign_in::Signed,
    store,
    web::{
        app::App,
        filters,
        form::{Fields, Id},
        frame::{Frame, Here},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{super::deeds, made};

/// How long a creation is taken for under way; then whoever sent it is lost.
const UNDER_WAY: SignedDuration = SignedDuration::from_secs(30);

#[derive(Template)]
#[template(path = "owned/new_show.html")]
pub(in crate::features::owned) struct Show {
    pub frame: Frame,
    pub it: Creation,
    pub is_under_way: bool,
    /// What the group is by now, once it is there.
    pub became: Became,
    /// Whether it is reported to who commissioned it.
    pub is_reported: bool,
}

/// What became of a created group in self-service.
#[derive(Debug, Clone, Default)]
pub(in crate::features::owned) enum Became {
    TakesPart,
    #[default]
    Candidate,
    /// It cannot take part; with the reason.
    Unfit(Phrase),
}

impl Became {
    /// Reads it: at most two statements.
    async fn read(app: &App, it: &Creation) -> Result<Self, store::Error> {
        let Some(group) = it.group else { return Ok(Self::Candidate) };
        if app.store.designations().find(group).await?.is_some() {
            return Ok(Self::TakesPart);
        }
        let copied = app.store.directory().group(group).await?;
        let unfit = copied.and_then(|copied| copied.group.facts.eligibility().err());
        Ok(unfit.map_or(Self::Candidate, |unfit| Self::Unfit(refusals::unfit_reason(unfit))))
    }
}

/// Shows what became of it. Looks for the group when the answer was lost.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but who created it; a trouble when the store cannot be asked, or the directory wants
/// a new sign-in.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<EventId>,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, id).await?;
    let page = Show::new(frame, it);
    if !page.it.is_open() || page.is_under_way {
        return Ok(page::ok(page.whole(&app).await?).into_response());
    }
    let Some(nickname) = Nickname::read(&page.it.nickname) else { return Ok(page::ok(page).into_response()) };
    match app.graph.person(&signed.token).group_with_nickname(&nickname).await {
        Ok(Some(group)) => {
            made::created(&app, &signed.token, &page.it, &group).await?;
            app.forget(signed.viewer.id).await;
            let it = open(&app, &signed, id).await?;
            Ok(page::ok(Show { it, ..page }.whole(&app).await?).into_response())
        }
        Err(error @ crate::graph::Error::SignInAgain { .. }) => Err(error.into()),
        // Not seen is not known.
        Ok(None) | Err(_) => Ok(page::ok(page).into_response()),
    }
}

/// Tries again what was lost. The nickname is the same, so that one group comes of it however often it is tried.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but who created it; a trouble when the store cannot be asked.
pub async fn again(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<EventId>,
    frame: Frame,
    _: Fields,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, id).await?;
    let page = Show::new(frame, it);
    if page.it.is_open() && !page.is_under_way {
        if !signed.token.allows(GROUP_SCOPE) {
            return Err(Trouble::refused(Refusal::MissingScope(GROUP_SCOPE)));
        }
        if is_withdrawn(&app, &page.it).await? {
            return Err(Trouble::refused(Refusal::Stale));
        }
        made::again(&app, &signed, page.it).await?;
    }
    Ok(Redirect::to(&made::page_of(id)).into_response())
}

/// Returns whether an administrator took the commission back that the group was created for.
async fn is_withdrawn(app: &App, it: &Creation) -> Result<bool, Trouble> {
    let Some(commission) = it.commission else { return Ok(false) };
    let found = app.store.commissions().find(commission).await?;
    Ok(found.is_none_or(|found| found.state == commission::State::Withdrawn))
}

async fn open(app: &App, signed: &Signed, id: EventId) -> Result<Creation, Trouble> {
    if !deeds::are_offered(app) {
        return Err(Trouble::NotFound);
    }
    made::own(app, signed, id).await?.ok_or(Trouble::NotFound)
}

impl Show {
    pub(super) fn new(frame: Frame, it: Creation) -> Self {
        let is_new = frame.now.duration_since(it.at) < UNDER_WAY;
        let is_under_way = it.course == Course::Sent && is_new;
        let is_reported = it.commission.is_some();
        Self { frame: frame.at(Here::Owned), it, is_under_way, became: Became::default(), is_reported }
    }

    /// Adds what became of it since.
    async fn whole(self, app: &App) -> Result<Self, Trouble> {
        let became = Became::read(app, &self.it).await?;
        let is_reported = self.is_reported && !is_withdrawn(app, &self.it).await?;
        Ok(Self { became, is_reported, ..self })
    }

    fn title(&self) -> Phrase {
        let key = match self.it.course {
            Course::Done => "made-title",
            Course::Refused => "made-refused-title",
            Course::Sent | Course::Unclear if self.is_under_way => "made-under-way-title",
            Course::Sent | Course::Unclear => "made-unclear-title",
        };
        Phrase::new(key).name("group", &self.it.name)
    }

    fn became(&self) -> &'static str {
        match self.became {
            Became::TakesPart => "made-takes-part",
            Became::Candidate => "made-candidate",
            Became::Unfit(_) => "made-unfit",
        }
    }

    fn problem(&self) -> &'static str {
        match self.it.problem {
            Some(Problem::NotThisName) => "made-not-this-name",
            Some(Problem::NotAllowed) => "made-not-allowed",
            Some(Problem::Quota) => "made-quota",
            Some(Problem::Refused) | None => "made-refused",
        }
    }
}
