//! References to objects in bodies: `@odata.id` of a link, `…@odata.bind` of several at once.

use serde_json::Value;
use url::Url;
use uuid::Uuid;

use super::errors::GraphError;
use super::scene::object_id;

/// Graph takes at most this many references in one call, owners and members together.
pub(crate) const MOST: usize = 20;

/// The owners and members that a body names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Binds {
    pub(crate) owners: Vec<Uuid>,
    pub(crate) members: Vec<Uuid>,
}

impl Binds {
    /// The name of the list of owners.
    pub(crate) const OWNERS: &str = "owners@odata.bind";
    /// The name of the list of members.
    pub(crate) const MEMBERS: &str = "members@odata.bind";

    /// Reads what a body binds.
    ///
    /// # Errors
    /// Returns Graph's 400 for an address that is not of this Graph, and for more than 20 of them.
    pub(crate) fn read(graph_url: &str, body: &Value) -> Result<Self, GraphError> {
        let list = |name: &str| -> Result<Vec<Uuid>, GraphError> {
            match &body[name] {
                Value::Null => Ok(Vec::new()),
                Value::Array(list) => {
                    list.iter().map(|one| referenced(graph_url, one.as_str().unwrap_or_default())).collect()
                }
                _ => Err(GraphError::new(400, "BadRequest", "Unable to read JSON request payload.")),
            }
        };
        let binds = Self { owners: list(Self::OWNERS)?, members: list(Self::MEMBERS)? };
        // The documentation gives the limit; how Graph words its refusal is not known.
        if binds.owners.len() + binds.members.len() > MOST {
            return Err(GraphError::bad(format!("The request has more than {MOST} references to other objects.")));
        }
        Ok(binds)
    }
}

/// Reads the address of an object; it must be an address of this Graph.
pub(crate) fn referenced(graph_url: &str, address: &str) -> Result<Uuid, GraphError> {
    let wrong = || GraphError::bad("The value of '@odata.id' is not the address of an object in this directory.");
    let (ours, theirs) = (Url::parse(graph_url).map_err(|_| wrong())?, Url::parse(address).map_err(|_| wrong())?);
    let path =
        theirs.path().strip_prefix(ours.path()).filter(|_| ours.origin() == theirs.origin()).ok_or_else(wrong)?;
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["directoryObjects" | "users" | "servicePrincipals", id] => object_id(id),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GRAPH: &str = "http://127.0.0.1:4000/v1.0";

    #[test]
    fn a_reference_must_be_of_this_graph() {
        let id = Uuid::from_u128(7);

        assert_eq!(referenced(GRAPH, &format!("{GRAPH}/directoryObjects/{id}")), Ok(id));
        assert_eq!(referenced(GRAPH, &format!("{GRAPH}/users/{id}")), Ok(id));
        for wrong in [
            format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}"),
            format!("http://127.0.0.1:4000/beta/directoryObjects/{id}"),
            format!("{GRAPH}/directoryObjects/{id}/more"),
            format!("{GRAPH}/groups/{id}"),
            String::new(),
        ] {
            assert!(referenced(GRAPH, &wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn owners_and_members_count_together() {
        let bind = |n: u128| json!(format!("{GRAPH}/users/{}", Uuid::from_u128(n)));
        let body = |members: u128| json!({ Binds::OWNERS: [bind(1)], Binds::MEMBERS: (0..members).map(bind).collect::<Vec<_>>() });

        assert_eq!(Binds::read(GRAPH, &body(19)).map(|binds| binds.members.len()), Ok(19));
        assert!(Binds::read(GRAPH, &body(20)).is_err());
        assert!(Binds::read(GRAPH, &json!({ Binds::MEMBERS: "one" })).is_err());
    }
}
