//! The query options of a call, checked as strictly as Graph documents them.

use super::errors::GraphError;
use super::filter::Filter;
use super::search::Search;
use crate::exchange::Ask;

/// The page size when a call does not say one, and the largest it may say.
const PAGE: usize = 100;
const LARGEST_PAGE: usize = 999;

/// What a call asks for besides its path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pub(crate) select: Option<Vec<String>>,
    pub(crate) filter: Option<Filter>,
    pub(crate) search: Option<Search>,
    /// The property to sort by, and whether the order is reversed.
    pub(crate) order_by: Option<(String, bool)>,
    pub(crate) expand: Option<Expand>,
    pub(crate) top: Option<usize>,
    pub(crate) skip_token: Option<String>,
    /// `ConsistencyLevel: eventual`.
    pub(crate) eventual: bool,
    /// `$count=true`.
    pub(crate) count: bool,
}

/// `$expand=owners($select=…)`, or the same of members or of a person's manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expand {
    pub(crate) property: &'static str,
    pub(crate) select: Option<Vec<String>>,
}

impl Query {
    /// Reads the options of a call.
    ///
    /// # Errors
    /// Returns Graph's 400 for an unknown option, a value it does not take, or a combination that needs
    /// `ConsistencyLevel: eventual` and does not have it.
    pub(crate) fn read(ask: &Ask) -> Result<Self, GraphError> {
        let mut query = Self {
            eventual: ask.header("consistencylevel").is_some_and(|level| level.eq_ignore_ascii_case("eventual")),
            ..Self::default()
        };
        // A delta query reads its tokens itself.
        let is_delta = ask.segments.last().is_some_and(|last| last == "delta" || last == "delta()");
        let known = |name: &str| name.starts_with('$') && !(is_delta && name == "$deltatoken");
        for (name, value) in ask.query.iter().filter(|(name, _)| known(name)) {
            query.take(name, value)?;
        }
        // The rules of advanced queries are those of directory objects; the audit log is not one.
        if ask.segments.get(1).is_none_or(|name| name != "auditLogs") {
            query.check()?;
        }
        Ok(query)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), GraphError> {
        match name {
            "$select" => self.select = Some(names(value)),
            "$filter" => self.filter = Some(Filter::parse(value)?),
            "$search" => self.search = Some(Search::parse(value)?),
            "$orderby" => self.order_by = Some(order(value)?),
            "$expand" => self.expand = Some(expand(value)?),
            "$top" => self.top = Some(page_size(value)?),
            "$skiptoken" => self.skip_token = Some(value.to_owned()),
            "$count" => self.count = value == "true",
            "$format" => {}
            "$skip" => return Err(GraphError::bad("'$skip' is not supported by the service.")),
            other => {
                let message = format!("The query parameter '{other}' is not supported.");
                return Err(GraphError::new(400, "BadRequest", message));
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), GraphError> {
        if self.search.is_some() && !self.eventual {
            return Err(GraphError::unsupported(
                "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
            ));
        }
        let advanced_filter = self.filter.as_ref().is_some_and(Filter::is_advanced);
        let sorted_filter = self.filter.is_some() && self.order_by.is_some();
        if (advanced_filter || sorted_filter) && !self.is_advanced() {
            return Err(GraphError::needs_advanced());
        }
        let needs_index = self.search.is_some() || advanced_filter || sorted_filter;
        if self.expand.is_some() && (needs_index || self.is_advanced()) {
            return Err(GraphError::unsupported("$expand is not supported with advanced queries."));
        }
        Ok(())
    }

    /// Returns whether the call says both `ConsistencyLevel: eventual` and `$count=true`.
    pub(crate) fn is_advanced(&self) -> bool {
        self.eventual && self.count
    }

    /// Returns how many objects a page has.
    pub(crate) fn page(&self) -> usize {
        self.top.unwrap_or(PAGE)
    }

    /// Refuses what only advanced queries may ask.
    pub(crate) fn demand_advanced(&self) -> Result<(), GraphError> {
        if self.is_advanced() { Ok(()) } else { Err(GraphError::needs_advanced()) }
    }

    /// Refuses a `/$count` without `ConsistencyLevel: eventual`.
    pub(crate) fn demand_eventual_count(&self) -> Result<(), GraphError> {
        if self.eventual { Ok(()) } else { Err(GraphError::bad("$count is not currently supported.")) }
    }
}

fn names(value: &str) -> Vec<String> {
    value.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn order(value: &str) -> Result<(String, bool), GraphError> {
    let mut words = value.split_whitespace();
    let unsupported = || GraphError::unsupported("Sorting by more than one property is not supported.");
    let name = words.next().filter(|name| !name.contains(',')).ok_or_else(unsupported)?;
    match (words.next(), words.next()) {
        (None | Some("asc"), None) => Ok((name.to_owned(), false)),
        (Some("desc"), None) => Ok((name.to_owned(), true)),
        _ => Err(unsupported()),
    }
}

fn page_size(value: &str) -> Result<usize, GraphError> {
    let size = value.parse::<usize>().ok().filter(|size| (1..=LARGEST_PAGE).contains(size));
    size.ok_or_else(|| {
        GraphError::bad(format!("Invalid page size specified: '{value}'. Must be between 1 and 999 inclusive."))
    })
}

fn expand(value: &str) -> Result<Expand, GraphError> {
    let (name, options) = value.split_once('(').unwrap_or((value, ")"));
    let property = match name.trim() {
        "owners" => "owners",
        "members" => "members",
        "manager" => "manager",
        other => {
            let message = format!("Parsing OData Select and Expand failed: Could not find a property named '{other}'.");
            return Err(GraphError::new(400, "BadRequest", message));
        }
    };
    let malformed = || GraphError::new(400, "BadRequest", "Parsing OData Select and Expand failed: Syntax error.");
    let options = options.strip_suffix(')').ok_or_else(malformed)?;
    let select = match options.strip_prefix("$select=") {
        Some(list) => Some(names(list)),
        None if options.is_empty() => None,
        None => return Err(malformed()),
    };
    Ok(Expand { property, select })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;

    fn read(query: &str, eventual: bool) -> Result<Query, GraphError> {
        let mut headers = HeaderMap::new();
        if eventual {
            headers.insert("consistencylevel", "eventual".parse().expect("a header value"));
        }
        Query::read(&Ask::new("GET", &format!("/v1.0/groups?{query}"), headers, Vec::new()))
    }

    #[test]
    fn search_needs_the_header_but_not_the_count() {
        let search = "$search=%22displayName:fin%22";

        assert_eq!(read(search, false).map(|_| ()).map_err(|e| e.code), Err("Request_UnsupportedQuery"));
        assert!(read(search, true).is_ok());
    }

    #[test]
    fn a_negation_needs_both_header_and_count() {
        let filter = "$filter=NOT%20groupTypes/any(c:c%20eq%20'DynamicMembership')";

        assert!(read(filter, false).is_err());
        assert!(read(filter, true).is_err());
        assert!(read(&format!("{filter}&$count=true"), true).is_ok());
    }

    #[test]
    fn options_that_graph_does_not_take_are_refused() {
        assert!(read("$skip=10", false).is_err());
        assert!(read("$top=1000", false).is_err());
        assert!(read("$apply=x", false).is_err());
        assert!(read("$expand=owners($select=id)&$count=true", true).is_err());
        assert!(read("$top=999&$expand=owners($select=id,displayName)", false).is_ok());
    }
}
