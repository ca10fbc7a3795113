//! Lists: filtered, searched, sorted, cut into pages.

use serde_json::{Value, json};
use uuid::Uuid;

use super::errors::GraphError;
use super::filter::Filter;
use super::properties::{GROUP_INDEXED, PERSON_BASIC, PERSON_INDEXED};
use super::scene::{READS_PEOPLE, Scene};
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
    /// Several kinds: each object says its type.
    Anything,
}

impl Of {
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::People => &[Kind::Person],
            Self::Groups => &[Kind::Group],
            Self::Anything => &[Kind::Person, Kind::Group, Kind::ServicePrincipal],
        }
    }

    fn context(self) -> &'static str {
        match self {
            Self::People => "users",
            Self::Groups => "groups",
            Self::Anything => "directoryObjects",
        }
    }
}

impl Scene<'_> {
    /// Answers with the page of these objects that the call asks for.
    pub(crate) fn list(&self, ids: Vec<Uuid>, of: Of) -> Result<Reply, GraphError> {
        let query = &self.query;
        self.check_select(of.kinds(), query.select.as_deref())?;
        let ids = self.fitting(ids, of)?;
        let total = ids.len();
        let start = match &query.skip_token {
            None => 0,
            Some(token) => position(token, &ids)?,
        };
        let page: Vec<Uuid> = ids.iter().skip(start).take(query.page()).copied().collect();
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
        let (Some(expand), Some(group)) = (&self.query.expand, self.directory.group(id)) else {
            return Ok(row);
        };
        self.check_select(Of::Anything.kinds(), expand.select.as_deref())?;
        let (name, ids) = if expand.owners {
            ("owners", self.readable_owners(group))
        } else {
            ("members", self.readable_members(group)?)
        };
        let shown = |id: &Uuid| self.shown(*id, expand.select.as_deref(), true);
        row[name] = ids.iter().take(EXPANDED).map(shown).collect();
        Ok(row)
    }

    fn fitting(&self, mut ids: Vec<Uuid>, of: Of) -> Result<Vec<Uuid>, GraphError> {
        if let Some(filter) = &self.query.filter {
            self.check_filter(filter, of)?;
            ids.retain(|id| filter.fits(&|name| self.raw(*id, name).unwrap_or_default()));
        }
        if let Some(search) = &self.query.search {
            let unknown = search.properties().any(|name| !indexed(of).contains(&name));
            if unknown {
                return Err(GraphError::unsupported("The request searches a property that is not indexed"));
            }
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

    /// Refuses to sort by what Graph does not sort by; the time of deletion only in advanced queries.
    fn check_order(&self, name: &str, of: Of) -> Result<(), GraphError> {
        let keys: &[&str] = match of {
            Of::People => &["displayName", "userPrincipalName"],
            Of::Groups => &["displayName", "deletedDateTime"],
            Of::Anything => &["displayName"],
        };
        if !keys.contains(&name) {
            return Err(GraphError::unsupported("Sorting not supported for current query."));
        }
        if name == "deletedDateTime" { self.query.demand_advanced() } else { Ok(()) }
    }

    fn check_filter(&self, filter: &Filter, of: Of) -> Result<(), GraphError> {
        let asked = filter.properties();
        if asked.iter().any(|name| !indexed(of).contains(name)) {
            return Err(GraphError::unsupported("The request uses a filter property that is not indexed"));
        }
        // Several beginnings are an advanced query, except for the documented search of people by prefix.
        if of != Of::People && filter.beginnings() > 1 {
            self.query.demand_advanced()?;
        }
        let only_basic = of == Of::People && !self.caller.holds_any(&READS_PEOPLE);
        let open = self.behaviour.basic_profile_may_filter_enabled;
        let shown = |name: &&str| PERSON_BASIC.contains(name) || (open && *name == "accountEnabled");
        if only_basic && !asked.iter().all(shown) { Err(GraphError::denied()) } else { Ok(()) }
    }

    /// Returns the link to the next page: every option of this call, and where to go on.
    fn next_link(&self, end: usize, last: Uuid) -> String {
        let mut link = self.world.url.clone();
        for segment in &self.ask.segments {
            link.push('/');
            link.push_str(segment);
        }
        let token = encode(format!("{end}/{last}"));
        let kept = self.ask.query.iter().filter(|(name, _)| name != "$skiptoken");
        let skip = ("$skiptoken".to_owned(), token);
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
    let expired = || {
        let message = "The specified page token value has expired and can no longer be included in your request.";
        GraphError::new(400, "Directory_ExpiredPageToken", message)
    };
    let text = decode(token).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(expired)?;
    let (end, last) = text.split_once('/').ok_or_else(expired)?;
    let end: usize = end.parse().map_err(|_| expired())?;
    let last = Uuid::parse_str(last).map_err(|_| expired())?;
    if end > 0 && ids.get(end - 1) == Some(&last) {
        return Ok(end);
    }
    Ok(ids.iter().position(|id| *id == last).map_or(end.saturating_sub(1), |index| index + 1))
}

fn indexed(of: Of) -> Vec<&'static str> {
    match of {
        Of::People => PERSON_INDEXED.to_vec(),
        Of::Groups => GROUP_INDEXED.to_vec(),
        Of::Anything => [PERSON_INDEXED.as_slice(), GROUP_INDEXED.as_slice()].concat(),
    }
}
