//! Which query options an address takes. Graph ignores some of the others in silence; here they are all refused.

use super::errors::GraphError;
use crate::exchange::Ask;

const OF_ONE: &[&str] = &["$select", "$expand"];
const OF_A_COUNT: &[&str] = &["$filter", "$search"];
const OF_REFERENCES: &[&str] = &["$filter", "$search", "$orderby", "$top", "$count", "$skiptoken"];
const OF_A_LIST: &[&str] = &["$select", "$expand", "$filter", "$search", "$orderby", "$top", "$count", "$skiptoken"];

/// The last segments that name a list.
const LISTS: [&str; 16] = [
    "users",
    "groups",
    "members",
    "owners",
    "transitiveMembers",
    "memberOf",
    "transitiveMemberOf",
    "ownedObjects",
    "deletedItems",
    "appRoleAssignments",
    "settings",
    "groupSettings",
    "groupSettingTemplates",
    "groupLifecyclePolicies",
    "directoryAudits",
    "organization",
];

/// Refuses options that the address does not take, and those nobody knows.
pub(crate) fn check(ask: &Ask) -> Result<(), GraphError> {
    let last = ask.segments.last().map_or("", String::as_str);
    let is_list = LISTS.contains(&last) || last.starts_with("microsoft.graph.") || last.starts_with("graph.");
    let taken = match (ask.method.as_str(), last) {
        // A delta query reads its own options.
        (_, "delta" | "delta()") => return Ok(()),
        ("GET", "$count") => OF_A_COUNT,
        ("GET", "$ref") => OF_REFERENCES,
        ("GET", "$value") => &[],
        ("GET", _) if is_list => OF_A_LIST,
        ("GET", _) => OF_ONE,
        _ => &[],
    };
    let odd = ask.query.iter().map(|(name, _)| name.as_str()).find(|name| !taken.contains(name));
    match odd {
        None => Ok(()),
        // Directory objects page by token alone.
        Some("$skip") if taken == OF_A_LIST => Err(GraphError::bad("'$skip' is not supported by the service.")),
        Some(name) => {
            let message = format!("The query parameter '{name}' is not supported.");
            Err(GraphError::new(400, "BadRequest", message))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;

    #[test]
    fn each_address_takes_its_own_options() {
        let check = |method: &str, target: &str| check(&Ask::new(method, target, HeaderMap::new(), Vec::new())).is_ok();

        assert!(check("GET", "/v1.0/groups?$select=id&$top=5"));
        assert!(check("GET", "/v1.0/groups/x/members/microsoft.graph.user?$count=true&$orderby=displayName"));
        assert!(check("GET", "/v1.0/groups/x?$select=id&$expand=owners"));
        assert!(check("GET", "/v1.0/groups/$count?$filter=x"));
        for (method, target) in [
            ("GET", "/v1.0/groups?$skip=5"),
            ("GET", "/v1.0/groups?select=id"),
            ("GET", "/v1.0/groups?$selekt=id"),
            ("GET", "/v1.0/groups/x?$filter=y"),
            ("GET", "/v1.0/groups/$count?$top=5"),
            ("GET", "/v1.0/groups/x/members/$ref?$select=id"),
            ("GET", "/v1.0/me/photo/$value?$select=id"),
            ("POST", "/v1.0/groups?$select=id"),
            ("DELETE", "/v1.0/groups/x/members/y/$ref?$top=1"),
        ] {
            assert!(!check(method, target), "{method} {target}");
        }
    }
}
