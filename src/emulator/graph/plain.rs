//! Lists of what is not in the directory proper: settings, policies, app roles, the audit log.

use serde_json::{Map, Value, json};

use super::errors::GraphError;
use super::scene::Scene;
use crate::exchange::Reply;
use crate::keys::{decode, encode};

/// What a list offers besides its objects.
#[derive(Debug, Default)]
pub(crate) struct Plain<'a> {
    /// What comes after `$metadata#`.
    pub(crate) context: &'a str,
    /// Properties a filter may ask about; `a/b` looks inside.
    pub(crate) indexed: &'a [&'a str],
    /// Properties to sort by.
    pub(crate) sorted: &'a [&'a str],
}

impl Scene<'_> {
    /// Answers with the page of these objects that the call asks for.
    pub(crate) fn plain_list(&self, mut objects: Vec<Value>, plain: &Plain<'_>) -> Result<Reply, GraphError> {
        self.check_plain(plain)?;
        if let Some(filter) = &self.query.filter {
            objects.retain(|object| filter.fits(&|name| inside(object, name)));
        }
        if let Some((name, descending)) = &self.query.order_by {
            objects.sort_by_key(|object| inside(object, name).as_str().unwrap_or_default().to_owned());
            if *descending {
                objects.reverse();
            }
        }
        let start = self.query.skip_token.as_deref().map_or(Some(0), index).ok_or_else(GraphError::expired_page)?;
        let total = objects.len();
        let end = total.min(start.saturating_add(self.query.page()));
        let page: Result<Vec<Value>, GraphError> =
            objects.into_iter().take(end).skip(start).map(|object| self.narrowed(object)).collect();
        let context = format!("{}/$metadata#{}", self.world.graph_url(), plain.context);
        let mut body = json!({ "@odata.context": context, "value": page? });
        if self.query.is_advanced() && start == 0 {
            body["@odata.count"] = json!(total);
        }
        if end < total {
            body["@odata.nextLink"] = json!(self.link_with(&encode(end.to_string())));
        }
        Ok(Reply::json(body))
    }

    /// Answers with one object.
    pub(crate) fn plain_object(&self, object: Value, context: &str) -> Result<Reply, GraphError> {
        let mut shown = self.narrowed(object)?;
        shown["@odata.context"] = format!("{}/$metadata#{context}/$entity", self.world.graph_url()).into();
        Ok(Reply::json(shown))
    }

    fn check_plain(&self, plain: &Plain<'_>) -> Result<(), GraphError> {
        let query = &self.query;
        let asked = query.filter.as_ref().map(|filter| filter.properties()).unwrap_or_default();
        if asked.iter().any(|name| !plain.indexed.contains(name)) {
            return Err(GraphError::unsupported("The request uses a filter property that is not indexed"));
        }
        if query.order_by.as_ref().is_some_and(|(name, _)| !plain.sorted.contains(&name.as_str())) {
            return Err(GraphError::unsupported("Sorting not supported for current query."));
        }
        if query.search.is_some() || query.expand.is_some() {
            return Err(GraphError::needs_advanced());
        }
        Ok(())
    }

    /// Leaves the selected properties.
    fn narrowed(&self, object: Value) -> Result<Value, GraphError> {
        let Some(names) = &self.query.select else {
            return Ok(object);
        };
        let mut left = Map::new();
        for name in names {
            let value = object.get(name).cloned().ok_or_else(|| {
                let message =
                    format!("Parsing OData Select and Expand failed: Could not find a property named '{name}'.");
                GraphError::new(400, "BadRequest", message)
            })?;
            left.insert(name.clone(), value);
        }
        Ok(Value::Object(left))
    }
}

fn index(token: &str) -> Option<usize> {
    decode(token).and_then(|bytes| String::from_utf8(bytes).ok()).and_then(|text| text.parse().ok())
}

/// Returns the value at `a/b`; within a list, the list of them.
fn inside(object: &Value, path: &str) -> Value {
    match (path.split_once('/'), object) {
        (_, Value::Array(list)) => list.iter().map(|one| inside(one, path)).collect(),
        (Some((name, rest)), _) => inside(&object[name], rest),
        (None, _) => object[path].clone(),
    }
}
