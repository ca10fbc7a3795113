//! Show a list at every stage: how looking it up goes, what it would do, how carrying it out goes, and what became of it.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    domain::{
        ids::{GroupId, ImportId},
        import_job::{Halt, Job, KeptRow, State as Stage, Tally},
        importing::Verdict,
        operation::Kind,
        powers::Power,
    },
    sign_in::Signed,
    store::Shown,
    web::{
        app::App,
        filters,
        form::Ids,
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{super::workspace::Workspace, find, power, tell};

/// How many rows a page has.
const PAGE: usize = 100;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    after: i64,
}

/// A row as it is shown.
#[derive(Debug)]
pub(in super::super) struct ShownRow {
    pub line: i64,
    pub typed: String,
    pub name: String,
    pub tag: (&'static str, Phrase),
}

/// A number of rows of one kind.
#[derive(Debug)]
pub(in super::super) struct Count {
    pub n: usize,
    pub what: Phrase,
    /// Where those rows alone are shown.
    pub link: String,
    pub is_current: bool,
}

#[derive(Template)]
#[template(path = "owned/import_show.html")]
pub(in super::super) struct ShowImport {
    pub frame: Frame,
    pub it: Workspace,
    pub job: Job,
    pub stage: Stage,
    pub halt: Option<Halt>,
    pub tally: Tally,
    pub counts: Vec<Count>,
    pub rows: Vec<ShownRow>,
    pub next: Option<String>,
    pub is_first: bool,
    /// Whether the viewer may carry it out.
    pub may: bool,
}

/// Shows a list of a group.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a trouble when the store cannot be asked.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Ids(id, job): Ids<GroupId, ImportId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let job = find(&app, id, job).await?;
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::RemoveMember).await?;
    let tally = app.store.imports().tally(job.id).await?;
    let only = Verdict::of_code(&asked.only);
    let shown = only.map_or(Shown::All, Shown::Judged);
    let mut rows = app.store.imports().rows(job.id, shown, asked.after.max(0), PAGE + 1).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);

    let last = rows.last().map_or(0, |row| row.place);
    let mut page = ShowImport::new(frame, it, &signed, job, tally, &rows, only);
    page.is_first = asked.after <= 0;
    page.next = has_more.then(|| page.address(only, last));
    Ok(page::ok(page).into_response())
}

impl ShowImport {
    pub(in super::super) fn new(
        frame: Frame,
        it: Workspace,
        signed: &Signed,
        job: Job,
        tally: Tally,
        rows: &[KeptRow],
        only: Option<Verdict>,
    ) -> Self {
        let (stage, halt) = job.standing(frame.now);
        let rows = rows.iter().map(|row| shown(row, &job)).collect();
        let mut page = Self {
            may: it.may(power(job.kind), signed).is_ok(),
            frame: frame.at(Here::Owned),
            it,
            stage,
            halt,
            counts: Vec::new(),
            tally,
            rows,
            next: None,
            is_first: true,
            job,
        };
        page.counts = page.counted(only);
        page
    }

    /// Returns whether the page changes by itself.
    fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Reading | Stage::Running)
    }

    /// Returns whether the list can be started now.
    fn can_start(&self) -> bool {
        self.job.can_start(self.frame.now)
    }

    fn removes(&self) -> bool {
        self.job.kind == Kind::Remove
    }

    /// Returns whether the rows can be shown: they have been looked up.
    fn is_looked_up(&self) -> bool {
        self.job.state != Stage::Reading
    }

    /// Says for how many days the memberships last that it gives.
    fn lasts(&self) -> Option<Phrase> {
        let (usual, _) = self.it.designation()?.terms.lasting.offered().filter(|_| self.job.kind == Kind::Add)?;
        Some(Phrase::new("import-lasts").count("days", usual))
    }

    fn tag(&self) -> (&'static str, Phrase) {
        tell::tag(&self.job, &self.frame)
    }

    fn why(&self) -> (&'static str, &'static str) {
        tell::halt(self.halt.unwrap_or(Halt::Interrupted))
    }

    /// Returns how many rows of each outcome there are.
    fn outcomes(&self) -> Vec<(usize, Phrase, &'static str)> {
        let outcomes = self.tally.outcomes.iter().map(|(outcome, n)| {
            let (words, class) = tell::over(*outcome, self.job.kind);
            (*n, Phrase::new(words), class)
        });
        let left = if self.job.is_over() { "import-row-not-tried" } else { "import-row-waiting" };
        let rest =
            [(self.tally.unconfirmed, "import-row-unconfirmed", "waiting"), (self.tally.waiting(), left, "plain")];
        let rest = rest.into_iter().filter(|(n, ..)| *n > 0).map(|(n, words, class)| (n, Phrase::new(words), class));
        outcomes.chain(rest).collect()
    }

    fn counted(&self, only: Option<Verdict>) -> Vec<Count> {
        let all = Count {
            n: self.tally.rows,
            what: "import-all-rows".into(),
            link: self.address(None, 0),
            is_current: only.is_none(),
        };
        let each = self.tally.verdicts.iter().map(|(verdict, n)| Count {
            n: *n,
            what: tell::judged(*verdict, self.job.kind).0.into(),
            link: self.address(Some(*verdict), 0),
            is_current: only == Some(*verdict),
        });
        std::iter::once(all).chain(each).collect()
    }

    /// Returns the address of a page of the rows.
    pub(in super::super) fn address(&self, only: Option<Verdict>, after: i64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(verdict) = only {
            query.append_pair("only", verdict.code());
        }
        if after > 0 {
            query.append_pair("after", &after.to_string());
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{query}", super::address(&self.job))
    }
}

fn shown(row: &KeptRow, job: &Job) -> ShownRow {
    let (words, class) = tell::fate(row.fate(job), job.kind);
    let name = row.person.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    ShownRow { line: row.line, typed: row.typed.clone(), name, tag: (class, words.into()) }
}
