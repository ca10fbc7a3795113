//! Settings for groups, of the tenant and of single groups, and the templates they follow.

use serde_json::{Value, json};
use uuid::Uuid;

use super::errors::GraphError;
use super::permissions::{CHANGE_SETTINGS, CREATE_SETTINGS, SETTINGS, TEMPLATES as READ_TEMPLATES};
use super::plain::Plain;
use super::policy::object;
use super::scene::{Scene, object_id};
use crate::audit::{Activity, Target};
use crate::exchange::{Content, Reply};
use crate::settings::{GUEST, Setting, TEMPLATES, Template};

/// Roles that may write settings.
const WRITERS: [&str; 3] = ["Global Administrator", "Groups Administrator", "User Administrator"];

/// Answers `/groupSettings` and `/groups/{id}/settings`, and below.
pub(crate) fn route(scene: &mut Scene<'_>, group: Option<&str>, below: &[&str]) -> Result<Reply, GraphError> {
    let group = group.map(|id| scene.group(id).map(|group| group.id)).transpose()?;
    match (scene.ask.method.as_str(), below) {
        ("GET", []) => {
            scene.allow(&SETTINGS)?;
            let of_it = scene.directory.tenant.settings.objects.iter().filter(|object| object.group == group);
            let shown = of_it.map(Setting::shown).collect();
            let context = group.map_or_else(|| "groupSettings".to_owned(), |id| format!("groups('{id}')/settings"));
            scene.plain_list(shown, &Plain { context: &context, indexed: &["displayName"], ..Plain::default() })
        }
        ("POST", []) => create(scene, group),
        ("GET", [id]) => {
            scene.allow(&SETTINGS)?;
            let index = find(scene, group, id)?;
            scene.plain_object(scene.directory.tenant.settings.objects[index].shown(), "groupSettings")
        }
        ("PATCH", [id]) => update(scene, group, id),
        ("DELETE", [id]) => delete(scene, group, id),
        _ => Err(GraphError::method()),
    }
}

/// Answers `/groupSettingTemplates` and below.
pub(crate) fn templates(scene: &Scene<'_>, below: &[&str]) -> Result<Reply, GraphError> {
    if scene.ask.method != "GET" {
        return Err(GraphError::method());
    }
    scene.allow(&READ_TEMPLATES)?;
    let mut shown = TEMPLATES.iter().map(|template| template.shown());
    match below {
        [] => {
            let plain = Plain { context: "groupSettingTemplates", indexed: &["displayName"], ..Plain::default() };
            scene.plain_list(shown.collect(), &plain)
        }
        [id] => {
            let id = object_id(id)?;
            let found = shown.find(|template| template["id"] == json!(id)).ok_or_else(|| GraphError::missing(id))?;
            scene.plain_object(found, "groupSettingTemplates")
        }
        _ => Err(GraphError::not_modelled()),
    }
}

fn find(scene: &Scene<'_>, group: Option<Uuid>, id: &str) -> Result<usize, GraphError> {
    let id = object_id(id)?;
    let mut objects = scene.directory.tenant.settings.objects.iter();
    objects.position(|object| object.id == id && object.group == group).ok_or_else(|| GraphError::missing(id))
}

/// Creates settings from a template: every value of it must be said.
fn create(scene: &mut Scene<'_>, group: Option<Uuid>) -> Result<Reply, GraphError> {
    scene.allow(&CREATE_SETTINGS)?;
    scene.demand_role(&WRITERS)?;
    let body = scene.body()?;
    let template = TEMPLATES.into_iter().find(|template| body["templateId"] == json!(template.id));
    let template = template.ok_or_else(|| GraphError::bad("The value of 'templateId' is not the id of a template."))?;
    // Guests of a group are the group's own; everything else is the tenant's.
    if (template == &GUEST) != group.is_some() {
        return Err(GraphError::bad("The template does not fit the object that the settings are for."));
    }
    let held = &scene.directory.tenant.settings.objects;
    if held.iter().any(|object| object.template == template && object.group == group) {
        let message =
            "A conflicting object with one or more of the specified property values is present in the directory.";
        return Err(GraphError::bad(message));
    }
    let values = values(template, &body)?;
    if values.len() != template.values.len() {
        return Err(GraphError::bad("A value is required for every setting of the template."));
    }

    let object = Setting { id: Uuid::new_v4(), template, group, values };
    let mut shown = object.shown();
    shown["@odata.context"] = format!("{}/$metadata#groupSettings/$entity", scene.world.graph_url()).into();
    note(scene, &object);
    scene.directory.tenant.settings.objects.push(object);
    Ok(Reply::new(201, Content::Json(shown)))
}

fn update(scene: &mut Scene<'_>, group: Option<Uuid>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&CHANGE_SETTINGS)?;
    scene.demand_role(&WRITERS)?;
    let index = find(scene, group, id)?;
    let template = scene.directory.tenant.settings.objects[index].template;
    let changes = values(template, &scene.body()?)?;

    for (name, value) in changes {
        scene.directory.tenant.settings.set(template, group, &name, &value);
    }
    let target = Target::named(object_id(id)?, "Settings", template.name);
    scene.audit(Activity::SETTINGS, vec![target]);
    Ok(Reply::no_content())
}

fn delete(scene: &mut Scene<'_>, group: Option<Uuid>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&CHANGE_SETTINGS)?;
    scene.demand_role(&WRITERS)?;
    let index = find(scene, group, id)?;
    let object = scene.directory.tenant.settings.objects.remove(index);
    note(scene, &object);
    Ok(Reply::no_content())
}

fn note(scene: &mut Scene<'_>, object: &Setting) {
    let target = Target::named(object.id, "Settings", object.template.name);
    scene.audit(Activity::SETTINGS, vec![target]);
}

/// Reads values: known names, each once, and text whatever they mean.
fn values(template: &Template, body: &Value) -> Result<Vec<(String, String)>, GraphError> {
    let wrong = |name: &str| GraphError::bad(format!("Invalid value specified for setting '{name}'."));
    let list = object(body)?.get("values").and_then(Value::as_array);
    let list = list.ok_or_else(|| GraphError::bad("A value is required for property 'values'."))?;
    let mut found: Vec<(String, String)> = Vec::new();
    for one in list {
        let name = one["name"].as_str().unwrap_or_default();
        let value = one["value"].as_str().ok_or_else(|| wrong(name))?;
        let known = template.values.iter().find(|(known, ..)| *known == name).ok_or_else(|| wrong(name))?;
        let is_flag = known.1 == "System.Boolean";
        let twice = found.iter().any(|(held, _)| held == name);
        if twice || (is_flag && value.parse::<bool>().is_err() && !["True", "False"].contains(&value)) {
            return Err(wrong(name));
        }
        found.push((name.to_owned(), value.to_owned()));
    }
    Ok(found)
}
