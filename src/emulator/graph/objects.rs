//! Objects of any kind, by their ids.

use serde_json::{Value, json};
use uuid::Uuid;

use super::checks;
use super::errors::GraphError;
use super::permissions::{CHECK_GROUPS, OBJECTS};
use super::scene::{Scene, object_id, type_name};
use super::validate;
use crate::exchange::Reply;

/// Graph takes this many ids in one call of `getByIds`.
const MOST: usize = 1000;

/// Answers what is below `/directoryObjects`.
pub(crate) fn route(scene: &Scene<'_>, below: &[&str]) -> Result<Reply, GraphError> {
    match (scene.ask.method.as_str(), below) {
        ("POST", ["validateProperties"]) => validate::new_group(scene),
        ("POST", ["getByIds"]) => by_ids(scene),
        (_, ["validateProperties" | "getByIds"]) => Err(GraphError::method()),
        ("GET", [id]) => show(scene, id),
        ("POST", [id, "checkMemberGroups"]) => {
            scene.allow(&CHECK_GROUPS)?;
            let id = find(scene, id)?;
            checks::some_groups(scene, id)
        }
        ("DELETE", [_]) => {
            let path = scene.ask.shown(1);
            scene.world.calls.violation(format!("DELETE {path} would delete the object itself"));
            Err(GraphError::denied())
        }
        _ => Err(GraphError::method()),
    }
}

fn find(scene: &Scene<'_>, id: &str) -> Result<Uuid, GraphError> {
    let id = object_id(id)?;
    scene.directory.kind(id).map(|_| id).ok_or_else(|| GraphError::missing(id))
}

fn show(scene: &Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&OBJECTS)?;
    let id = find(scene, id)?;
    let kinds: Vec<_> = scene.directory.kind(id).into_iter().collect();
    scene.check_select(&kinds, scene.query.select.as_deref())?;
    let mut shown = scene.shown(id, scene.query.select.as_deref(), true);
    shown["@odata.context"] = format!("{}/$metadata#directoryObjects/$entity", scene.world.graph_url()).into();
    Ok(Reply::json(shown))
}

/// Answers `POST /directoryObjects/getByIds`: what is not there or of another kind is left out.
fn by_ids(scene: &Scene<'_>) -> Result<Reply, GraphError> {
    scene.allow(&OBJECTS)?;
    let body = scene.body()?;
    let ids = body["ids"].as_array().filter(|ids| (1..=MOST).contains(&ids.len()));
    let ids = ids.ok_or_else(|| GraphError::bad(format!("The number of ids must be between 1 and {MOST}.")))?;
    let types: Option<Vec<&str>> =
        body["types"].as_array().map(|types| types.iter().filter_map(Value::as_str).collect());
    let ids: Result<Vec<Uuid>, GraphError> = ids.iter().map(|id| object_id(id.as_str().unwrap_or_default())).collect();
    let wanted = |id: &Uuid| {
        let name = scene.directory.kind(*id).map(|kind| type_name(kind).trim_start_matches("#microsoft.graph."));
        let fits = |name: &str| types.as_ref().is_none_or(|types| types.contains(&name));
        name.is_some_and(|name| fits(name) || fits("directoryObject"))
    };
    let value: Vec<Value> = ids?.into_iter().filter(wanted).map(|id| scene.shown(id, None, true)).collect();
    let context = format!("{}/$metadata#directoryObjects", scene.world.graph_url());
    Ok(Reply::json(json!({ "@odata.context": context, "value": value })))
}
