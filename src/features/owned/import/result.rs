//! Give every row of a list with what became of it, as a file.

use axum::{extract::State, response::Response};

use crate::{
    domain::{
        ids::{GroupId, ImportId},
        importing::MOST_ROWS,
        powers::Power,
    },
    sign_in::Signed,
    store::Shown,
    web::{
        app::App,
        csv::{self, Sheet},
        form::Ids,
        frame::{Frame, Groups},
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{super::workspace::Workspace, find, tell};

const HEADS: [&str; 5] =
    ["import-csv-line", "import-csv-typed", "import-csv-person", "import-csv-id", "import-csv-result"];

/// Gives every row of a list as CSV.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a trouble when the store cannot be asked.
pub async fn result(
    State(app): State<App>,
    signed: Signed,
    Ids(id, job): Ids<GroupId, ImportId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let job = find(&app, id, job).await?;
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::RemoveMember).await?;
    let mut sheet = Sheet::new(&HEADS.map(Phrase::from))?;
    for row in app.store.imports().rows(job.id, Shown::All, 0, MOST_ROWS).await? {
        let result = csv::plain(&tell::fate(row.fate(&job), job.kind).0.into());
        let (id, name) = row.person.map(|(id, name)| (id.to_string(), name)).unwrap_or_default();
        sheet.row([row.line.to_string(), row.typed, name, id, result])?;
    }
    let day = job.made_at.to_zoned_datetime(frame.zone.clone()).date();
    sheet.answer(&csv::file_name("list", &it.name, day))
}
