//! Whom somebody reports to.

use uuid::Uuid;

use super::errors::GraphError;
use super::permissions::MANAGER;
use super::scene::Scene;
use crate::directory::Kind;
use crate::exchange::Reply;

/// Answers `GET /me/manager` and `GET /users/{id}/manager`; 404 when there is none.
pub(crate) fn show(scene: &Scene<'_>, person: Uuid) -> Result<Reply, GraphError> {
    scene.allow(&MANAGER)?;
    scene.demand_sees_person(person)?;
    scene.check_select(&[Kind::Person], scene.query.select.as_deref())?;
    let manager = scene.manager_of(person).ok_or_else(|| GraphError::missing("manager"))?;
    let mut shown = scene.shown(manager, scene.query.select.as_deref(), true);
    shown["@odata.context"] = format!("{}/$metadata#directoryObjects/$entity", scene.world.graph_url()).into();
    Ok(Reply::json(shown))
}

impl Scene<'_> {
    /// Returns whom a person reports to, if that person is still there.
    pub(crate) fn manager_of(&self, person: Uuid) -> Option<Uuid> {
        let manager = self.directory.person(person).and_then(|person| person.manager)?;
        self.directory.person(manager).map(|found| found.id)
    }
}
