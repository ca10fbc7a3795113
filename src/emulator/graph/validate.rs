//! Checking the names of a group before it is created or renamed.

use serde_json::Value;

use super::create::{conflict, is_taken};
use super::errors::{Detail, GraphError};
use super::permissions::{VALIDATE, VALIDATE_NEW};
use super::policy::object;
use super::scene::{Scene, object_id};
use crate::exchange::Reply;
use crate::naming;

/// Answers `POST /directoryObjects/validateProperties`.
pub(crate) fn new_group(scene: &Scene<'_>) -> Result<Reply, GraphError> {
    scene.allow(&VALIDATE_NEW)?;
    let body = scene.body()?;
    if body["entityType"] != "Group" {
        return Err(GraphError::bad("The value of 'entityType' must be 'Group'."));
    }
    demand_known(&body, &["entityType", "displayName", "mailNickname", "onBehalfOfUserId"])?;
    answer(scene, &body, uuid::Uuid::nil())
}

/// Answers `POST /groups/{id}/validateProperties`.
pub(crate) fn group(scene: &Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&VALIDATE)?;
    let id = scene.group(id)?.id;
    let body = scene.body()?;
    demand_known(&body, &["displayName", "mailNickname", "onBehalfOfUserId"])?;
    answer(scene, &body, id)
}

/// Refuses parameters that the action does not have.
fn demand_known(body: &Value, known: &[&str]) -> Result<(), GraphError> {
    let odd = object(body)?.keys().find(|name| !known.contains(&name.as_str()));
    odd.map_or(Ok(()), |name| {
        let message =
            format!("The parameter '{name}' in the request payload is not a valid parameter for the operation.");
        Err(GraphError::new(400, "BadRequest", message))
    })
}

/// Answers 204, or 422 with the first thing that is wrong (group-validateproperties.md).
fn answer(scene: &Scene<'_>, body: &Value, group: uuid::Uuid) -> Result<Reply, GraphError> {
    match first_objection(scene, body, group)? {
        None => Ok(Reply::no_content()),
        Some(detail) => {
            let message = "The values provided contain one or more validation errors.";
            Err(GraphError::new(422, "Request_UnprocessableEntity", message).with_detail(detail))
        }
    }
}

fn first_objection(scene: &Scene<'_>, body: &Value, group: uuid::Uuid) -> Result<Option<Detail>, GraphError> {
    let on_behalf_of = match body["onBehalfOfUserId"].as_str() {
        Some(id) => Some(object_id(id)?),
        None => scene.caller.person,
    };
    let creator = on_behalf_of.and_then(|id| scene.directory.person(id));
    let (name, nickname) = (body["displayName"].as_str(), body["mailNickname"].as_str());
    if name.is_none() && nickname.is_none() {
        return Err(GraphError::bad("A value is required for 'displayName' or 'mailNickname'."));
    }
    for (property, value) in [("displayName", name), ("mailNickname", nickname)] {
        let settings = &scene.directory.tenant.settings;
        let detail = value.and_then(|value| naming::objection(settings, creator, property, value));
        if detail.is_some() {
            return Ok(detail);
        }
    }
    Ok(nickname.filter(|nickname| is_taken(&scene.directory, nickname, group)).map(|_| conflict()))
}
