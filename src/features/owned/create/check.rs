//! What is checked before a group is created, as far as the sign-in may read it; what it may not is said as not checked.

use crate::{
    domain::{directory::Kind, ids::PersonId},
    graph::{Error, Flaw, GroupSettings, NamePart, Nickname, Objection},
    sign_in::Signed,
    store::catalogue::{Place, Search, Snapshot},
    web::{app::App, trouble::Trouble, words::Phrase},
};

use super::draft::Draft;

/// The most similar groups that are named.
const SIMILAR: usize = 3;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::features::owned) enum Verdict {
    Fine,
    /// The person may go on.
    Beware,
    /// The directory would refuse.
    Wrong,
    /// The sign-in may not read it.
    Unread,
}

/// One check.
#[derive(Debug, Clone)]
pub(in crate::features::owned) struct Finding {
    pub verdict: Verdict,
    pub said: Phrase,
}

impl Finding {
    pub(super) fn new(verdict: Verdict, said: impl Into<Phrase>) -> Self {
        Self { verdict, said: said.into() }
    }

    pub fn icon(&self) -> &'static str {
        match self.verdict {
            Verdict::Fine => "check",
            Verdict::Beware => "warning",
            Verdict::Wrong => "error",
            Verdict::Unread => "info",
        }
    }
}

/// Checks what was asked for. Nothing is changed, and nothing is certain until it is done: the directory decides.
pub(super) async fn check(
    app: &App,
    signed: &Signed,
    groups: &Snapshot,
    draft: &Draft,
    nickname: &Nickname,
) -> Result<Vec<Finding>, Trouble> {
    let kind = draft.kind.unwrap_or(Kind::Security);
    let (may, name) = tokio::join!(may_create(app, signed, kind), name(app, signed, kind, draft, nickname));
    let mut all = vec![may?, name?];
    all.push(similar(groups, &draft.name));
    all.push(owners(draft));
    all.push(Finding::new(Verdict::Unread, "new-quota-unread"));
    Ok(all)
}

async fn may_create(app: &App, signed: &Signed, kind: Kind) -> Result<Finding, Trouble> {
    let graph = app.graph.person(&signed.token);
    let allowed = match kind {
        Kind::Security => if_read(graph.rights().await)?.and_then(|rights| rights.create_security_groups),
        Kind::Microsoft365 => match if_read(graph.group_settings().await)? {
            Some(GroupSettings { everybody_creates: false, creators: Some(creators), .. }) => {
                if_read(graph.which_i_am_in(&[creators]).await)?.map(|mine| mine.contains(&creators))
            }
            Some(settings) => Some(settings.everybody_creates),
            None => None,
        },
    };
    Ok(match allowed {
        Some(true) => Finding::new(Verdict::Fine, "new-may-create"),
        Some(false) => Finding::new(Verdict::Beware, "new-may-not-create"),
        None => Finding::new(Verdict::Unread, "new-may-create-unread"),
    })
}

async fn name(app: &App, signed: &Signed, kind: Kind, draft: &Draft, nickname: &Nickname) -> Result<Finding, Trouble> {
    if kind == Kind::Security {
        return Ok(Finding::new(Verdict::Fine, "new-name-free"));
    }
    let objection = if_read(app.graph.person(&signed.token).objection_to_new(&draft.name, nickname).await)?;
    Ok(match objection {
        Some(None) => Finding::new(Verdict::Fine, "new-name-fine"),
        Some(Some(objection)) => Finding::new(Verdict::Wrong, said(objection)),
        None => Finding::new(Verdict::Unread, "new-name-unread"),
    })
}

/// Says what the directory has against a name.
pub(super) fn said(objection: Objection) -> &'static str {
    match (objection.flaw, objection.part) {
        (Flaw::MissingPrefixOrSuffix, _) => "new-name-affix",
        (Flaw::BlockedWord, _) => "new-name-blocked",
        (Flaw::Taken, NamePart::Name) => "new-name-taken",
        _ => "new-name-wrong",
    }
}

/// Looks among the groups that take part: others nobody may be told of.
fn similar(groups: &Snapshot, name: &str) -> Finding {
    let search = Search { words: name, ..Search::default() };
    let found = groups.search(&search, &Place::default(), SIMILAR);
    let names: Vec<&str> = found.entries.iter().map(|entry| entry.group.name.as_str()).collect();
    if names.is_empty() {
        return Finding::new(Verdict::Fine, "new-similar-none");
    }
    let said = Phrase::new("new-similar").count("n", names.len()).name("groups", names.join(" · "));
    Finding::new(Verdict::Beware, said)
}

fn owners(draft: &Draft) -> Finding {
    if draft.owners.is_empty() {
        Finding::new(Verdict::Beware, "new-only-owner")
    } else {
        Finding::new(Verdict::Fine, Phrase::new("new-owners").count("n", draft.owners.len() + 1))
    }
}

/// Returns what was read, or nothing where it could not be; a token that is not accepted is no such case.
fn if_read<T>(read: Result<T, Error>) -> Result<Option<T>, Trouble> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(error @ Error::SignInAgain { .. }) => Err(error.into()),
        Err(_) => Ok(None),
    }
}

/// Returns the owners that Graph is told of: who creates a group must not name themself.
pub(super) fn others(draft: &Draft, creator: PersonId) -> Vec<PersonId> {
    draft.owners.iter().map(|owner| owner.id).filter(|id| *id != creator).collect()
}
