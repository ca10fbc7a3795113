//! Changing who is in a group and who owns it.

use url::Url;
use uuid::Uuid;

use super::errors::GraphError;
use super::scene::{Scene, object_id};
use crate::directory::Link;
use crate::exchange::Reply;
use crate::rules;

/// Answers `POST /groups/{id}/members/$ref` and the same of owners.
pub(crate) fn add(scene: &mut Scene<'_>, group: &str, link: Link) -> Result<Reply, GraphError> {
    rules::demand_scope(scene.caller, link)?;
    let body = scene.body()?;
    let id = referenced(&scene.world.graph_url(), body["@odata.id"].as_str().unwrap_or_default())?;
    let found = scene.group(group)?;
    rules::demand_change(&scene.directory, scene.caller, found, link)?;
    rules::demand_addable(&scene.directory, found, link, id)?;
    let group = found.id;
    scene.directory.link(link, group, id);
    Ok(Reply::no_content())
}

/// Answers `DELETE /groups/{id}/members/{oid}/$ref` and the same of owners.
pub(crate) fn remove(scene: &mut Scene<'_>, group: &str, link: Link, id: &str) -> Result<Reply, GraphError> {
    rules::demand_scope(scene.caller, link)?;
    let id = object_id(id)?;
    let found = scene.group(group)?;
    rules::demand_change(&scene.directory, scene.caller, found, link)?;
    rules::demand_removable(&scene.directory, found, link, id)?;
    let group = found.id;
    scene.directory.unlink(link, group, id);
    Ok(Reply::no_content())
}

/// Answers a DELETE without `/$ref`: with enough permission it would delete the person from the directory.
pub(crate) fn delete_without_ref(scene: &Scene<'_>) -> GraphError {
    let path = scene.ask.shown(1);
    scene.world.calls.violation(format!("DELETE {path} lacks /$ref and would delete the object itself"));
    GraphError::denied()
}

/// Reads the address of an object; it must be an address of this Graph.
fn referenced(graph_url: &str, address: &str) -> Result<Uuid, GraphError> {
    let wrong = || GraphError::bad("The value of '@odata.id' is not the address of an object in this directory.");
    let (ours, theirs) = (Url::parse(graph_url).map_err(|_| wrong())?, Url::parse(address).map_err(|_| wrong())?);
    let path =
        theirs.path().strip_prefix(ours.path()).filter(|_| ours.origin() == theirs.origin()).ok_or_else(wrong)?;
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["directoryObjects" | "users", id] => object_id(id),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_must_be_of_this_graph() {
        let graph = "http://127.0.0.1:4000/v1.0";
        let id = Uuid::from_u128(7);

        assert_eq!(referenced(graph, &format!("{graph}/directoryObjects/{id}")), Ok(id));
        assert_eq!(referenced(graph, &format!("{graph}/users/{id}")), Ok(id));
        for wrong in [
            format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}"),
            format!("http://127.0.0.1:4000/beta/directoryObjects/{id}"),
            format!("{graph}/directoryObjects/{id}/more"),
            format!("{graph}/groups/{id}"),
            String::new(),
        ] {
            assert!(referenced(graph, &wrong).is_err(), "{wrong}");
        }
    }
}
