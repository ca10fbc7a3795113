//! Groups: one of them, or a list.

use uuid::Uuid;

use super::checks;
use super::errors::GraphError;
use super::list::Of;
use super::permissions::{CHECK_GROUPS, GROUPS};
use super::scene::Scene;
use crate::directory::Kind;
use crate::exchange::Reply;

/// Answers `GET /groups`.
pub(crate) fn list(scene: &Scene<'_>) -> Result<Reply, GraphError> {
    scene.list(listed(scene)?, Of::Groups)
}

/// Answers `GET /groups/$count`.
pub(crate) fn count(scene: &Scene<'_>) -> Result<Reply, GraphError> {
    scene.count(listed(scene)?, Of::Groups)
}

/// Answers `GET /groups/{id}`.
pub(crate) fn show(scene: &Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&GROUPS)?;
    let id = scene.group(id)?.id;
    scene.check_select(&[Kind::Group], scene.query.select.as_deref())?;
    scene.check_expand(Of::Groups)?;
    let mut shown = scene.row(id, false)?;
    shown["@odata.context"] = format!("{}/$metadata#groups/$entity", scene.world.graph_url()).into();
    Ok(Reply::json(shown))
}

/// Answers `POST /groups/{id}/checkMemberGroups`.
pub(crate) fn check(scene: &Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&CHECK_GROUPS)?;
    let id = scene.group(id)?.id;
    checks::some_groups(scene, id)
}

fn listed(scene: &Scene<'_>) -> Result<Vec<Uuid>, GraphError> {
    scene.allow(&GROUPS)?;
    scene.demand_no_guest()?;
    Ok(scene.directory.group_ids().to_vec())
}
