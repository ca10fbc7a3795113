//! People: one of them, or a list.

use uuid::Uuid;

use super::errors::GraphError;
use super::list::Of;
use super::scene::{READS_PEOPLE, Scene};
use crate::directory::Kind;
use crate::exchange::Reply;

/// Answers `GET /users`.
pub(crate) fn list(scene: &Scene<'_>) -> Result<Reply, GraphError> {
    demand_others(scene)?;
    scene.demand_no_guest()?;
    scene.list(scene.directory.people_ids().to_vec(), Of::People)
}

/// Answers `GET /users/$count`.
pub(crate) fn count(scene: &Scene<'_>) -> Result<Reply, GraphError> {
    demand_others(scene)?;
    scene.demand_no_guest()?;
    scene.count(scene.directory.people_ids().to_vec(), Of::People)
}

/// Answers `GET /me` and `GET /users/{id}`.
pub(crate) fn show(scene: &Scene<'_>, id: Uuid) -> Result<Reply, GraphError> {
    if scene.caller.person == Some(id) {
        let own = ["User.Read", "User.ReadBasic.All", "User.ReadWrite"];
        scene.demand(&[own.as_slice(), READS_PEOPLE.as_slice()].concat())?;
    } else {
        demand_others(scene)?;
    }
    scene.check_select(&[Kind::Person], scene.query.select.as_deref())?;
    let mut shown = scene.shown(id, scene.query.select.as_deref(), false);
    shown["@odata.context"] = format!("{}/$metadata#users/$entity", scene.world.graph_url()).into();
    Ok(Reply::json(shown))
}

/// Answers for a picture: nobody here has one.
pub(crate) fn no_photo() -> GraphError {
    let message = "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.";
    GraphError::new(404, "ImageNotFound", message)
}

fn demand_others(scene: &Scene<'_>) -> Result<(), GraphError> {
    scene.demand(&[["User.ReadBasic.All"].as_slice(), READS_PEOPLE.as_slice()].concat())
}
