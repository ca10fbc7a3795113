//! The properties of a group as a body says them: which can be written, and with what.

use serde_json::{Map, Value};

use super::binds::Binds;
use super::errors::GraphError;
use super::properties::of_group;
use crate::company::Group;
use crate::naming;

/// What Exchange keeps about a Microsoft 365 group. These are written on their own, never with others (group-update.md).
pub(crate) const EXCHANGE: [&str; 4] =
    ["allowExternalSenders", "autoSubscribeNewMembers", "hideFromAddressLists", "hideFromOutlookClients"];

/// Properties that are set when a group is created and never after.
const FIXED: [&str; 4] = ["mailEnabled", "isAssignableToRole", "uniqueName", "resourceBehaviorOptions"];

/// Says whether a body makes a group or changes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    Creation,
    Change,
}

/// Writes the properties of a body into a group.
///
/// # Errors
/// Returns Graph's 400 for properties that do not exist or cannot be written, and for values they do not take.
pub(crate) fn write(group: &mut Group, body: &Map<String, Value>, occasion: Occasion) -> Result<(), GraphError> {
    for (name, value) in body {
        if [Binds::OWNERS, Binds::MEMBERS, "@odata.type"].contains(&name.as_str()) {
            continue;
        }
        let fixed = occasion == Occasion::Change && FIXED.contains(&name.as_str());
        if fixed {
            return Err(read_only(name));
        }
        write_one(group, name, value)?;
    }
    Ok(())
}

fn write_one(group: &mut Group, name: &str, value: &Value) -> Result<(), GraphError> {
    let invalid = || naming::invalid(name);
    match name {
        "displayName" => {
            group.display_name = text(value).ok_or_else(invalid)?;
            naming::check_name(&group.display_name)?;
        }
        "mailNickname" => {
            group.mail_nickname = text(value).ok_or_else(invalid)?;
            naming::check_nickname(&group.mail_nickname)?;
        }
        "description" => group.description = optional(value).filter(fits_description).ok_or_else(invalid)?,
        "classification" => group.classification = optional(value).ok_or_else(invalid)?,
        "membershipRule" => group.membership_rule = optional(value).ok_or_else(invalid)?,
        "membershipRuleProcessingState" => {
            text(value).filter(|state| ["On", "Paused"].contains(&state.as_str())).ok_or_else(invalid)?;
        }
        "mailEnabled" => group.mail_enabled = value.as_bool().ok_or_else(invalid)?,
        "securityEnabled" => group.security_enabled = value.as_bool().ok_or_else(invalid)?,
        "isAssignableToRole" => group.is_assignable_to_role = value.as_bool().ok_or_else(invalid)?,
        "groupTypes" => group.group_types = kinds(value).ok_or_else(invalid)?,
        "visibility" => group.visibility = optional(value).filter(is_visibility).ok_or_else(invalid)?,
        exchange if EXCHANGE.contains(&exchange) => {
            group.exchange.insert(exchange.to_owned(), value.as_bool().ok_or_else(invalid)?);
        }
        known if of_group(group, known).is_some() => return Err(read_only(known)),
        other => return Err(GraphError::bad(format!("Invalid property '{other}'."))),
    }
    Ok(())
}

fn read_only(name: &str) -> GraphError {
    GraphError::bad(format!("Property '{name}' is read-only and cannot be set."))
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// Reads text or null; `None` for anything else.
fn optional(value: &Value) -> Option<Option<String>> {
    if value.is_null() { Some(None) } else { text(value).map(Some) }
}

/// A description has at most 1,024 characters.
fn fits_description(description: &Option<String>) -> bool {
    description.as_ref().is_none_or(|text| text.chars().count() <= 1024)
}

fn is_visibility(visibility: &Option<String>) -> bool {
    visibility.as_ref().is_none_or(|name| ["Public", "Private", "HiddenMembership"].contains(&name.as_str()))
}

fn kinds(value: &Value) -> Option<Vec<String>> {
    let kinds: Option<Vec<String>> = value.as_array()?.iter().map(text).collect();
    kinds.filter(|kinds| kinds.iter().all(|kind| ["Unified", "DynamicMembership"].contains(&kind.as_str())))
}
