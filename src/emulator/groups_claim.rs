//! The `groups` claim: the security groups a person is in, or where to ask when there are too many.

use serde_json::{Value, json};

use crate::company::Person;
use crate::world::World;

/// A token holds at most this many groups (access-token-claims-reference).
const MOST: usize = 200;

/// Adds the claim to the claims of an identity token.
pub(crate) fn add(world: &World, person: &Person, claims: &mut Value) {
    if !world.behaviour().groups_claim {
        return;
    }
    let directory = world.directory();
    let mut groups = directory.all_groups_of(person.id);
    groups.retain(|id| directory.group(*id).is_some_and(|group| group.security_enabled));
    if groups.len() <= MOST {
        claims["groups"] = json!(groups);
        return;
    }
    // Entra still names the Graph of Azure AD, which no longer answers: clients ask getMemberObjects instead.
    let (tenant, oid) = (world.options.tenant_id, person.id);
    let endpoint = format!("https://graph.windows.net/{tenant}/users/{oid}/getMemberObjects");
    claims["_claim_names"] = json!({ "groups": "src1" });
    claims["_claim_sources"] = json!({ "src1": { "endpoint": endpoint } });
}
