//! The discovery document and the published keys.

use serde_json::{Value, json};

use crate::exchange::{Content, Reply};
use crate::world::World;

/// Answers `/.well-known/openid-configuration` with the fields and values Entra publishes.
pub(crate) fn document(world: &World) -> Reply {
    let tenant = world.options.tenant_id;
    let host = world.url.split("://").nth(1).unwrap_or_default();
    Reply::json(json!({
        "issuer": world.authority(),
        "authorization_endpoint": world.endpoint("authorize"),
        "token_endpoint": world.endpoint("token"),
        "device_authorization_endpoint": world.endpoint("devicecode"),
        "end_session_endpoint": world.endpoint("logout"),
        "jwks_uri": format!("{}/{tenant}/discovery/v2.0/keys", world.url),
        "userinfo_endpoint": format!("{}/oidc/userinfo", world.url),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "response_modes_supported": ["query"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": claims(),
        "request_uri_parameter_supported": false,
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "tenant_region_scope": "EU",
        "cloud_instance_name": host,
        "cloud_graph_host_name": host,
        "msgraph_host": host,
        "rbac_url": world.url,
    }))
}

fn claims() -> Value {
    json!([
        "sub",
        "iss",
        "cloud_instance_name",
        "cloud_instance_host_name",
        "cloud_graph_host_name",
        "msgraph_host",
        "aud",
        "exp",
        "iat",
        "auth_time",
        "acr",
        "nonce",
        "preferred_username",
        "name",
        "tid",
        "ver",
        "at_hash",
        "c_hash",
        "email"
    ])
}

/// Answers the published keys.
pub(crate) fn keys(world: &World) -> Reply {
    let issuer = world.authority();
    let keys: Vec<Value> = world.keys.published().iter().map(|key| key.published(&issuer)).collect();
    Reply::json(json!({ "keys": keys }))
}

/// Answers as a sign-in service that is down.
pub(crate) fn unavailable() -> Reply {
    let body = json!({ "error": "temporarily_unavailable", "error_description": "The service is unavailable." });
    Reply::new(503, Content::Json(body))
}
