//! What a call is expected to cost (Graph, "Throttling", identity and access service). The answer tells what it did cost.

use reqwest::Method;
use serde_json::Value;

use super::call::{
    Call,
    Piece::{self, Id, Word},
};

/// What a call takes of the tenant's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    /// Resource units.
    pub units: u32,
    /// Writes.
    pub writes: u32,
    /// Reads of the directory's own record, which has a limit of its own.
    pub audits: u32,
}

impl Cost {
    /// Estimates what a call costs; a batch costs what its parts do.
    pub fn of(call: &Call) -> Self {
        if let Some(units) = call.units_of_parts() {
            return Self { units, writes: 0, audits: 0 };
        }
        if call.is_write() {
            return Self { units: 1, writes: writes(call.body.as_ref()), audits: 0 };
        }
        let top = call.value_of("$top").and_then(|top| top.parse::<u32>().ok());
        let dearer = u32::from(call.value_of("$expand").is_some());
        let cheaper = u32::from(call.value_of("$select").is_some()) + u32::from(top.is_some_and(|top| top < 20));
        let audits = u32::from(call.path.first() == Some(&Word("auditLogs")));
        Self { units: (base(call) + dearer).saturating_sub(cheaper).max(1), writes: 0, audits }
    }
}

fn base(call: &Call) -> u32 {
    let below_person: &[Piece] = match call.path.as_slice() {
        [Word("me"), rest @ ..] | [Word("users"), Id(_), rest @ ..] => rest,
        _ => &[],
    };
    match (&call.method, call.path.as_slice(), below_person) {
        (&Method::POST, _, [Word("checkMemberGroups")]) => 4,
        (_, [Word("groups"), Id(_), Word("members"), ..], _) => 3,
        (_, [Word("groups"), Id(_), Word("transitiveMembers"), ..], _) => 5,
        (_, [Word("users")], _) | (_, _, [Word("memberOf" | "transitiveMemberOf" | "ownedObjects"), ..]) => 2,
        _ => 1,
    }
}

/// A change that links several objects counts as a third of a write for each, as clients of the live service report.
fn writes(body: Option<&Value>) -> u32 {
    let bound = |name: &str| body.and_then(|body| body.get(name)?.as_array()).map_or(0, Vec::len);
    let links = bound("members@odata.bind") + bound("owners@odata.bind");
    u32::try_from(links.div_ceil(3)).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn units(path: &[Piece]) -> [u32; 3] {
        let call = Call::read(path);
        [call.clone(), call.clone().select("id"), call.select("id").top(5)].map(|call| Cost::of(&call).units)
    }

    #[test]
    fn a_read_costs_by_its_path_and_less_when_it_asks_for_less() {
        let id = Id(Uuid::nil());

        assert_eq!(units(&[Word("groups"), id, Word("members")]), [3, 2, 1]);
        assert_eq!(units(&[Word("groups"), id, Word("transitiveMembers"), Word("$count")]), [5, 4, 3]);
        assert_eq!(units(&[Word("users")]), [2, 1, 1]);
        assert_eq!(units(&[Word("me"), Word("memberOf")]), [2, 1, 1]);
        assert_eq!(units(&[Word("users"), id, Word("ownedObjects")]), [2, 1, 1]);
        assert_eq!(units(&[Word("groups")]), [1, 1, 1]);
        assert_eq!(Cost::of(&Call::read(&[Word("groups")]).option("$expand", "owners")).units, 2);
        let ask = Call::ask(&[Word("me"), Word("checkMemberGroups")], Value::Null);
        assert_eq!(Cost::of(&ask), Cost { units: 4, writes: 0, audits: 0 });
    }

    #[test]
    fn a_write_of_many_counts_as_several() {
        let group = [Word("groups"), Id(Uuid::nil())];
        let bind = |count: usize| serde_json::json!({ "members@odata.bind": vec!["x"; count] });

        for (count, writes) in [(1, 1), (3, 1), (4, 2), (20, 7)] {
            assert_eq!(Cost::of(&Call::patch(&group, bind(count), Uuid::nil())), Cost { units: 1, writes, audits: 0 });
        }
        assert_eq!(Cost::of(&Call::remove_ref(&group, Uuid::nil())), Cost { units: 1, writes: 1, audits: 0 });
        let record = Call::read(&[Word("auditLogs"), Word("directoryAudits")]);
        assert_eq!(Cost::of(&record), Cost { units: 1, writes: 0, audits: 1 });
    }
}
