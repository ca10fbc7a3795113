//! What a call costs, in resource units of Graph's throttling (identity and access service).

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
    }
}
