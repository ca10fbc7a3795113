//! Lists: filtered, searched, sorted, cut into pages.

use serde_json::{Value, json};
use uuid::Uuid;

use super::delta::KEPT_ELSEWHERE;
use super::errors::GraphError;
use super::permissions::{MANAGER, MEMBERS, OWNERS};
use super::scene::Scene;
use super::sign_ins;
use crate::directory::Kind;
use crate::exchange::{Content, Reply};
use crate::keys::{decode, encode};

/// Graph expands at most this many owners or members of each group, without a link to more.
const EXPANDED: usize = 20;

/// What kind of objects a list may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    People,
    Groups,
    Roles,
    /// Several kinds: each object says its type.
    Anything,
}

impl Of {
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::People => &[Kind::Person],
            Self::Groups => &[Kind::Group],
            Self::Roles => &[Kind::Role],
            Self::Anything => &[Kind::Person, Kind::Group, Kind::ServicePrincipal, Kind::Role],
        }
    }

    fn context(self) -> &'static str {
        match self {
            Self::People => "users",
            Self::Groups => "groups",
            Self::Roles => "directoryRoles",
            Self::Anything => "directoryObjects",
        }
    }
}

impl Scene<'_> {
    /// Answers with the page of these objects that the call asks for.
    pub(crate) fn list(&self, ids: Vec<Uuid>, of: Of) -> Result<Reply, GraphError> {
        let query = &self.query;
        self.check_select(of.kinds(), query.select.as_deref())?;
        self.check_expand(of)?;
        self.check_sign_ins()?;
        // What Exchange keeps is read group by group.
        if of == Of::Groups && query.select.iter().flatten().any(|name| KEPT_ELSEWHERE.contains(&name.as_str())) {
            return Err(GraphError::not_modelled());
        }
        let ids = self.fitting(ids, of)?;
        let total = ids.len();
        let start = match &query.skip_token {
            None => 0,
            Some(token) => position(token, &ids)?,
        };
        let most = if self.is_about_sign_ins() { sign_ins::LARGEST_PAGE } else { usize::MAX };
        let page: Vec<Uuid> = ids.iter().skip(start).take(query.page().min(most)).copied().collect();
        let context = match &query.select {
            Some(names) => format!("{}({})", of.context(), names.join(",")),
            None => of.context().to_owned(),
        };
        let mut body = json!({ "@odata.context": format!("{}/$metadata#{context}", self.world.graph_url()) });
        if query.is_advanced() && start == 0 {
            body["@odata.count"] = json!(total);
        }
        let end = start + page.len();
        if let (true, Some(last)) = (end < total, page.last()) {
            body["@odata.nextLink"] = json!(self.next_link(end, *last));
        }
        let typed = of == Of::Anything;
        let value: Result<Vec<Value>, GraphError> = page.iter().map(|id| self.row(*id, typed)).collect();
        body["value"] = json!(value?);
        Ok(Reply::json(body))
    }

    /// Answers with how many of these objects fit.
    pub(crate) fn count(&self, ids: Vec<Uuid>, of: Of) -> Result<Reply, GraphError> {
        self.query.demand_eventual_count()?;
        let total = self.fitting(ids, of)?.len();
        Ok(Reply::new(200, Content::Text(total.to_string())))
    }

    /// Returns an object with what the call expands.
    pub(crate) fn row(&self, id: Uuid, typed: bool) -> Result<Value, GraphError> {
        let mut row = self.shown(id, self.query.select.as_deref(), typed);
        let Some(expand) = &self.query.expand else {
            return Ok(row);
        };
        self.check_select(Of::Anything.kinds(), expand.select.as_deref())?;
        let shown = |id: &Uuid| self.shown(*id, expand.select.as_deref(), true);
        if expand.property == "manager" {
            row["manager"] = self.manager_of(id).as_ref().map_or(Value::Null, shown);
        } else if let Some(group) = self.directory.group(id) {
            let owners = expand.property == "owners";
            let ids = if owners { self.readable_owners(group) } else { self.readable_members(group)? };
            row[expand.property] = ids.iter().take(EXPANDED).map(shown).collect();
        }
        Ok(row)
    }

    /// Refuses to expand what objects of this kind do not have, or what the token does not show.
    pub(crate) fn check_expand(&self, of: Of) -> Result<(), GraphError> {
        let Some(expand) = &self.query.expand else {
            return Ok(());
        };
        match (of, expand.property) {
            (Of::People, "manager") => self.allow(&MANAGER),
            (Of::Groups, "owners") => self.allow(&OWNERS),
            (Of::Groups, "members") => self.allow(&MEMBERS),
            (_, name) => {
                let message =
                    format!("Parsing OData Select and Expand failed: Could not find a property named '{name}'.");
                Err(GraphError::new(400, "BadRequest", message))
            }
        }
    }

    fn fitting(&self, mut ids: Vec<Uuid>, of: Of) -> Result<Vec<Uuid>, GraphError> {
        if let Some(filter) = &self.query.filter {
            self.check_filter(filter, of)?;
            ids.retain(|id| filter.fits(&|name| self.raw(*id, name).unwrap_or_default()));
        }
        if let Some(search) = &self.query.search {
            self.check_search(search, of)?;
            let text = |id: Uuid, name: &str| {
                self.raw(id, name).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
            };
            ids.retain(|id| search.fits(&|name| text(*id, name)));
        }
        if let Some((name, descending)) = &self.query.order_by {
            self.check_order(name, of)?;
            let key = |id: &Uuid| {
                let value = self.raw(*id, name).unwrap_or_default();
                value.as_str().unwrap_or_default().to_lowercase()
            };
            ids.sort_by_cached_key(key);
            if *descending {
                ids.reverse();
            }
        }
        Ok(ids)
    }

    /// Returns the link to the next page: every option of this call, and where to go on.
    fn next_link(&self, end: usize, last: Uuid) -> String {
        self.link_with(&encode(format!("{end}/{last}")))
    }

    /// Returns the address of this call with another page token.
    pub(crate) fn link_with(&self, token: &str) -> String {
        let mut link = self.world.url.clone();
        for segment in &self.ask.segments {
            link.push('/');
            link.push_str(segment);
        }
        let kept = self.ask.query.iter().filter(|(name, _)| name != "$skiptoken");
        let skip = ("$skiptoken".to_owned(), token.to_owned());
        for (index, (name, value)) in kept.chain([&skip]).enumerate() {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            link.push(if index == 0 { '?' } else { '&' });
            link.push_str(&format!("{name}={value}"));
        }
        link
    }
}

/// Finds where a page token goes on: behind the object it ended with, or at its place if that object is gone.
fn position(token: &str, ids: &[Uuid]) -> Result<usize, GraphError> {
    let expired = GraphError::expired_page;
    let text = decode(token).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(expired)?;
    let (end, last) = text.split_once('/').ok_or_else(expired)?;
    let end: usize = end.parse().map_err(|_| expired())?;
    let last = Uuid::parse_str(last).map_err(|_| expired())?;
    if end > 0 && ids.get(end - 1) == Some(&last) {
        return Ok(end);
    }
    Ok(ids.iter().position(|id| *id == last).map_or(end.saturating_sub(1), |index| index + 1))
}
