//! People: one of them, or a list.

use uuid::Uuid;

use super::errors::GraphError;
use super::list::Of;
use super::permissions::PEOPLE;
use super::scene::{READS_PEOPLE, Scene};
use crate::directory::Kind;
use crate::exchange::Reply;

/// Answers `GET /users`.
pub(crate) fn list(scene: &Scene<'_>) -> Result<Reply, GraphError> {
    scene.allow(&PEOPLE)?;
    scene.demand_no_guest()?;
    scene.demand_sees_others()?;
    scene.list(scene.directory.people_ids().to_vec(), Of::People)
}

/// Answers `GET /users/$count`.
pub(crate) fn count(scene: &Scene<'_>) -> Result<Reply, GraphError> {
    scene.allow(&PEOPLE)?;
    scene.demand_no_guest()?;
    scene.demand_sees_others()?;
    scene.check_sign_ins()?;
    scene.count(scene.directory.people_ids().to_vec(), Of::People)
}

/// Answers `GET /me` and `GET /users/{id}`.
pub(crate) fn show(scene: &Scene<'_>, id: Uuid) -> Result<Reply, GraphError> {
    if scene.caller.person == Some(id) {
        let own = ["User.Read", "User.ReadBasic.All", "User.ReadWrite"];
        scene.demand(&[own.as_slice(), READS_PEOPLE.as_slice()].concat())?;
    } else {
        scene.allow(&PEOPLE)?;
        scene.demand_sees_others()?;
    }
    scene.check_expand(Of::People)?;
    scene.check_sign_ins()?;
    scene.check_select(&[Kind::Person], scene.query.select.as_deref())?;
    let mut shown = scene.row(id, false)?;
    shown["@odata.context"] = format!("{}/$metadata#users/$entity", scene.world.graph_url()).into();
    Ok(Reply::json(shown))
}
