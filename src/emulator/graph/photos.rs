//! Pictures of people and groups: the file, or what is known about it.

use serde_json::json;
use uuid::Uuid;

use super::errors::GraphError;
use super::permissions::{GROUP_PHOTO, PHOTO};
use super::scene::Scene;
use crate::exchange::{Content, Reply};

/// The sizes Graph offers, in pixels of width and height alike.
const SIZES: [&str; 9] = ["48x48", "64x64", "96x96", "120x120", "240x240", "360x360", "432x432", "504x504", "648x648"];

/// Answers for a person's picture; `User.Read` shows only one's own. The emulator keeps one file for every size.
pub(crate) fn of_person(
    scene: &Scene<'_>,
    person: Uuid,
    size: Option<&str>,
    below: &[&str],
) -> Result<Reply, GraphError> {
    scene.allow(&PHOTO)?;
    let only_own = !scene.caller.holds_any(&["ProfilePhoto.Read.All", "ProfilePhoto.ReadWrite.All", "User.Read.All"])
        && !scene.caller.holds_any(&["User.ReadBasic.All"]);
    if only_own && scene.caller.person != Some(person) {
        return Err(GraphError::denied());
    }
    scene.demand_sees_person(person)?;
    let photo = scene.directory.person(person).and_then(|person| person.photo.clone());
    answer(photo, size, below)
}

/// Answers for a group's picture; only Microsoft 365 groups have one.
pub(crate) fn of_group(scene: &Scene<'_>, id: &str, size: Option<&str>, below: &[&str]) -> Result<Reply, GraphError> {
    scene.allow(&GROUP_PHOTO)?;
    let photo = scene.group(id)?.photo.clone();
    answer(photo, size, below)
}

fn answer(photo: Option<Vec<u8>>, size: Option<&str>, below: &[&str]) -> Result<Reply, GraphError> {
    if size.is_some_and(|size| !SIZES.contains(&size)) {
        return Err(GraphError::new(400, "BadRequest", "The size of the photo is not one that Graph offers."));
    }
    let photo = photo.ok_or_else(none)?;
    match below {
        ["$value"] => Ok(Reply::new(200, Content::Bytes("image/png", photo))),
        [] => {
            let size = size.unwrap_or("648x648");
            let side: u32 = size.split('x').next().and_then(|side| side.parse().ok()).unwrap_or_default();
            Ok(Reply::json(json!({
                "@odata.mediaContentType": "image/png", "id": size, "height": side, "width": side,
            })))
        }
        _ => Err(GraphError::not_modelled()),
    }
}

fn none() -> GraphError {
    let message = "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.";
    GraphError::new(404, "ImageNotFound", message)
}
