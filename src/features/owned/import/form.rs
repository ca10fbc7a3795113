//! Take a list: pasted into a field, or as a file.

use std::time::Duration;

use askama::Template;
use axum::{
    extract::{
        Multipart, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

use crate::{
    domain::{
        ids::{GroupId, ImportId, PersonId},
        import_job::{Job, KeptRow, LEASE, State as Stage},
        importing::{Key, MOST_ROWS, Row, Verdict},
        managing::REASON_LIMIT,
        operation::Kind,
        powers::Power,
        refusal::Refusal,
        text,
    },
    sign_in::Signed,
    store::catalogue::Snapshot,
    web::{
        app::App,
        filters,
        form::{Fields, Id, Slips, text_slip},
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    super::workspace::Workspace,
    address, look_up, power,
    sheet::{self, Unfit},
    tell::{self, Told},
};

/// How long the answer waits for the directory before the page tells that it is still being asked.
const WAITS: Duration = Duration::from_secs(4);
/// How many earlier lists are shown.
const EARLIER: usize = 10;

#[derive(Template)]
#[template(path = "owned/import_form.html")]
pub(in super::super) struct ImportForm {
    pub frame: Frame,
    pub it: Workspace,
    pub slips: Slips,
    /// Whether people are to be removed.
    pub removes: bool,
    pub typed: String,
    pub reason: String,
    pub can_add: bool,
    pub earlier: Vec<Told>,
}

/// What a form says.
#[derive(Default)]
struct Typed {
    removes: bool,
    reason: String,
    people: String,
    file: Option<Vec<u8>>,
    mark: String,
}

/// Shows the forms, and the earlier lists of the group.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::RemoveMember).await?;
    let page = ImportForm::new(&app, &signed, frame, it, &Typed::default()).await?;
    Ok(page::ok(page).into_response())
}

/// Takes a pasted list.
///
/// # Errors
/// As [`form`]; a trouble when the store cannot be asked. Nothing is kept then.
pub async fn paste(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let typed = Typed {
        removes: fields.get("kind") == "remove",
        reason: fields.get("reason").to_owned(),
        people: fields.get("people").to_owned(),
        ..Typed::default()
    };
    take(&app, &signed, &groups, frame, id, typed).await
}

/// Takes a list as a file.
///
/// # Errors
/// As [`form`]; [`Trouble::TooLarge`] for a body beyond all bounds. Nothing is kept then.
pub async fn file(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Trouble> {
    // Who may not know of the group is told so whatever they send.
    Workspace::open(&app, &signed, &groups, &frame, id, Power::RemoveMember).await?;
    let parts = parts.map_err(|_| Trouble::BadRequest)?;
    let typed = read(parts).await.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge,
        _ => Trouble::BadRequest,
    })?;
    // The guard of all pages looks for the mark in plain forms only.
    if !typed.mark.is_empty() && app.keys.marked_person(&typed.mark) != Some(signed.viewer.id) {
        return Err(Trouble::refused(Refusal::Stale).about_owned(id));
    }
    take(&app, &signed, &groups, frame, id, typed).await
}

async fn read(mut parts: Multipart) -> Result<Typed, MultipartError> {
    let mut typed = Typed::default();
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "kind" => typed.removes = *bytes == *b"remove",
            "reason" => typed.reason = text(),
            "for" => typed.mark = text(),
            "file" => typed.file = Some(bytes.to_vec()),
            _ => {}
        }
    }
    Ok(typed)
}

/// Reads a list, keeps it and has it looked up; or shows the form again with what is wrong.
async fn take(
    app: &App,
    signed: &Signed,
    groups: &Snapshot,
    frame: Frame,
    id: GroupId,
    typed: Typed,
) -> Result<Response, Trouble> {
    let kind = if typed.removes { Kind::Remove } else { Kind::Add };
    let it = Workspace::open(app, signed, groups, &frame, id, power(kind)).await?;
    let mut slips = Slips::default();
    let reason = text::optional(&typed.reason, REASON_LIMIT).unwrap_or_else(|problem| {
        slips.note(if typed.file.is_some() { "file_reason" } else { "reason" }, text_slip(problem, "ask-needs-reason"));
        String::new()
    });
    let rows = match &typed.file {
        Some(bytes) => sheet::read_file(bytes).map_err(|unfit| ("file", unfit)),
        None => sheet::read_paste(&typed.people).map_err(|unfit| ("people", unfit)),
    };
    let rows = rows.unwrap_or_else(|(field, unfit)| {
        slips.note(field, objection(field, unfit));
        Vec::new()
    });
    if !slips.is_empty() {
        let mut page = ImportForm::new(app, signed, frame, it, &typed).await?;
        page.slips = slips;
        return Ok(page::slip(page).into_response());
    }
    Ok(Redirect::to(&keep(app, signed, kind, &it, reason, &rows).await?).into_response())
}

/// Keeps a list, has it looked up, and returns where it is shown.
async fn keep(
    app: &App,
    signed: &Signed,
    kind: Kind,
    it: &Workspace,
    reason: String,
    rows: &[Row],
) -> Result<String, Trouble> {
    let job = job(app, signed, kind, (it.id, &it.name), reason);
    let holder = Uuid::new_v4().to_string();
    app.store.imports().keep(&job, &holder, &kept(rows)).await?;
    let looking = look_up::begin(app, signed, &job, holder);
    // Most lists are looked up at once; the page of a longer one tells how it goes.
    let _ = tokio::time::timeout(WAITS, looking).await;
    Ok(address(&job))
}

/// Makes a list of people to be removed, as if somebody had pasted their ids, and returns where it is shown.
pub(in super::super) async fn of_removals(
    app: &App,
    signed: &Signed,
    it: &Workspace,
    people: &[PersonId],
    reason: String,
) -> Result<String, Trouble> {
    let row = |(at, id): (usize, &PersonId)| Row { line: at + 1, typed: id.to_string(), key: Ok(Key::Id(*id)) };
    let rows: Vec<Row> = people.iter().take(MOST_ROWS).enumerate().map(row).collect();
    keep(app, signed, Kind::Remove, it, reason, &rows).await
}

fn job(app: &App, signed: &Signed, kind: Kind, group: (GroupId, &str), reason: String) -> Job {
    let (by, now) = (signed.person(), app.clock.now());
    Job {
        id: ImportId::new(),
        kind,
        group: group.0,
        group_name: group.1.to_owned(),
        reason,
        state: Stage::Reading,
        halt: None,
        version: 1,
        made_by: by.clone(),
        made_at: now,
        held_by: by,
        lease_until: now + LEASE,
        cancel_wished: false,
        started_at: None,
        ended_at: None,
    }
}

fn kept(rows: &[Row]) -> Vec<KeptRow> {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let kept = rows.iter().enumerate().map(|(at, row)| KeptRow {
        place: number(at + 1),
        line: number(row.line),
        typed: row.typed.clone(),
        key: match &row.key {
            Ok(Key::Address(address)) => Some(address.clone()),
            Ok(Key::Id(id)) => Some(id.to_string()),
            Err(_) => None,
        },
        person: None,
        verdict: row.key.as_ref().err().map(|flaw| Verdict::Unreadable(*flaw)),
        operation: None,
        outcome: None,
        write: None,
    });
    kept.collect()
}

/// Returns why a list cannot be taken.
fn objection(field: &str, unfit: Unfit) -> Phrase {
    match unfit {
        Unfit::TooLarge => "import-file-too-large".into(),
        Unfit::NotText => "import-file-no-text".into(),
        Unfit::Unclosed(line) => Phrase::new("import-unclosed").count("line", line),
        Unfit::TooMany(n) => Phrase::new("import-too-many").count("n", n).count("limit", MOST_ROWS),
        Unfit::Nobody if field == "file" => "import-file-empty".into(),
        Unfit::Nobody => "import-paste-empty".into(),
    }
}

impl ImportForm {
    async fn new(app: &App, signed: &Signed, frame: Frame, it: Workspace, typed: &Typed) -> Result<Self, Trouble> {
        let earlier = app.store.imports().of_group(it.id, &signed.person(), EARLIER).await?;
        let earlier = earlier.iter().map(|job| tell::list(job, &frame)).collect();
        let mut page = Self::empty(frame, it, signed);
        page.removes = typed.removes || !page.can_add;
        page.typed.clone_from(&typed.people);
        page.reason.clone_from(&typed.reason);
        page.earlier = earlier;
        Ok(page)
    }

    pub(in super::super) fn empty(frame: Frame, it: Workspace, signed: &Signed) -> Self {
        let can_add = it.may(Power::AddMember, signed).is_ok();
        Self {
            frame: frame.at(Here::Owned),
            it,
            slips: Slips::default(),
            removes: !can_add,
            typed: String::new(),
            reason: String::new(),
            can_add,
            earlier: Vec::new(),
        }
    }
}
