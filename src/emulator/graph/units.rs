//! What a call costs, in resource units of Graph's throttling (identity and access service).

use serde_json::Value;

use crate::exchange::Ask;

/// Returns the cost of a call: a base by its path, changed by its options, at least 1. A batch costs what its parts do.
pub(crate) fn cost(ask: &Ask) -> u32 {
    let path: Vec<&str> = ask.segments.iter().skip(1).map(String::as_str).collect();
    let below_person = match path.as_slice() {
        ["me", rest @ ..] => Some(rest),
        ["users", _, rest @ ..] => Some(rest),
        _ => None,
    };
    let base: i32 = match (ask.method.as_str(), path.as_slice(), below_person) {
        (_, ["$batch"], _) => return 0,
        ("POST", _, Some(["checkMemberGroups"])) => 4,
        ("POST", ["groups" | "directoryObjects", _, "checkMemberGroups"], _) => 4,
        ("POST", ["directoryObjects", "getByIds"], _) => 3,
        ("POST", _, Some(["getMemberGroups"])) => 2,
        ("GET", ["groups", _, "members", ..], _) => 3,
        ("GET", ["groups", _, "transitiveMembers", ..], _) => 5,
        ("GET", ["users"] | ["users", "$count"], _) => 2,
        ("GET", _, Some(["memberOf" | "transitiveMemberOf" | "ownedObjects", ..])) => 2,
        _ => 1,
    };
    let small = ask.parameter("$top").and_then(|top| top.parse::<u32>().ok()).is_some_and(|top| top < 20);
    let changes = i32::from(ask.parameter("$expand").is_some())
        - i32::from(ask.parameter("$select").is_some())
        - i32::from(small);
    u32::try_from(base + changes).unwrap_or(1).max(1)
}

/// Returns how many writes a call counts as: 0 for reading, 1 for writing, and a third of the objects a PATCH binds.
pub(crate) fn writes(ask: &Ask) -> u32 {
    let last = ask.segments.last().map_or("", String::as_str);
    let only_asks = ["$batch", "checkMemberGroups", "getMemberGroups", "getByIds"];
    match ask.method.as_str() {
        "GET" => 0,
        "POST" if only_asks.contains(&last) => 0,
        "PATCH" => {
            let body: Value = serde_json::from_slice(&ask.body).unwrap_or_default();
            let bound = |list: &str| body[list].as_array().map_or(0, Vec::len);
            let bound = bound("members@odata.bind") + bound("owners@odata.bind");
            u32::try_from(bound.div_ceil(3)).unwrap_or(u32::MAX).max(1)
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;

    #[test]
    fn options_make_a_call_cheaper_or_dearer() {
        let cost = |target: &str| cost(&Ask::new("GET", target, HeaderMap::new(), Vec::new()));

        assert_eq!(cost("/v1.0/groups/x/members"), 3);
        assert_eq!(cost("/v1.0/groups/x/members?$select=id&$top=5"), 1);
        assert_eq!(cost("/v1.0/groups?$select=id&$expand=owners"), 1);
        assert_eq!(cost("/v1.0/groups?%24expand=owners"), 2);
        assert_eq!(cost("/v1.0/users/x/memberOf"), 2);
        assert_eq!(cost("/v1.0/me?$select=id"), 1);
        assert_eq!(cost("/v1.0/groups/x/members/microsoft.graph.user/$count"), 3);
        assert_eq!(cost("/v1.0/groups/x/transitiveMembers/microsoft.graph.user?$top=5"), 4);
        assert_eq!(cost("/v1.0/me/memberOf/microsoft.graph.group/$count"), 2);
        assert_eq!(cost("/v1.0/users/$count"), 2);
        assert_eq!(cost("/v1.0/users/delta?$select=id"), 1);
        assert_eq!(cost("/v1.0/groups/x/owners"), 1);
    }

    #[test]
    fn writes_are_counted_and_binds_by_the_third() {
        let writes = |method: &str, target: &str, body: &str| {
            writes(&Ask::new(method, target, HeaderMap::new(), body.as_bytes().to_vec()))
        };
        let bind = |count: usize| serde_json::json!({ "members@odata.bind": vec!["x"; count] }).to_string();

        assert_eq!(writes("GET", "/v1.0/groups", ""), 0);
        assert_eq!(writes("POST", "/v1.0/groups/x/members/$ref", "{}"), 1);
        assert_eq!(writes("POST", "/v1.0/me/checkMemberGroups", "{}"), 0);
        assert_eq!(writes("PATCH", "/v1.0/groups/x", &bind(20)), 7);
        assert_eq!(writes("PATCH", "/v1.0/groups/x", &bind(1)), 1);
        assert_eq!(writes("DELETE", "/v1.0/groups/x", ""), 1);
    }
}
