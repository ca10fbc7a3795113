//! The tenant's settings for groups. Graph keeps them as texts in objects made from templates; without an object, and for
//! what an object leaves out, the template's defaults hold.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    AsPerson, Error,
    call::{Call, Piece::Word},
    wire::words,
};
use crate::domain::ids::GroupId;

/// The template, and the object made from it, for the Microsoft 365 groups of the whole tenant.
const TENANT: &str = "Group.Unified";

/// What the tenant wants of Microsoft 365 groups ("Configure group settings", Microsoft Entra).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSettings {
    /// Whether everybody may create groups.
    pub everybody_creates: bool,
    /// The group whose members may create groups when not everybody may.
    pub creators: Option<GroupId>,
    /// Whether guests may be added to groups.
    pub guests_join: bool,
    /// Whether guests may own groups.
    pub guests_own: bool,
    /// Whether guests reach what groups hold.
    pub guests_reach_content: bool,
    /// What names begin and end with, such as `GRP_[GroupName]_[Department]`; empty when nothing is asked for.
    pub naming: String,
    /// Words that no name may hold.
    pub blocked_words: Vec<String>,
    /// Words a group may be classified by.
    pub classifications: Vec<String>,
    /// Where the company says how to use groups; empty when it does not.
    pub guidelines: String,
    /// Whether sensitivity labels can be given to groups.
    pub labels: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireObject {
    display_name: Option<String>,
    values: Option<Vec<WireValue>>,
}

/// A value of an object, or of a template, which calls it a default.
#[derive(Deserialize)]
struct WireValue {
    name: Option<String>,
    #[serde(alias = "defaultValue")]
    value: Option<String>,
}

impl AsPerson<'_> {
    /// Reads what the tenant wants of Microsoft 365 groups. Needs the scope `GroupSettings.Read.All` or
    /// `Directory.Read.All`.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn group_settings(self) -> Result<GroupSettings, Error> {
        let deadline = self.graph.deadline();
        let templates = Call::read(&[Word("groupSettingTemplates")]).select("id,displayName,values");
        let objects = Call::read(&[Word("groupSettings")]).select("id,displayName,templateId,values");
        let (defaults, own) = tokio::join!(
            self.waits().all::<WireObject>(templates, deadline),
            self.waits().all::<WireObject>(objects, deadline)
        );
        Ok(GroupSettings::read(&values(defaults?.into_iter().chain(own?))))
    }
}

/// Returns the values of the tenant by name; the later object wins.
fn values(objects: impl Iterator<Item = WireObject>) -> HashMap<String, String> {
    let tenants = objects.filter(|object| object.display_name.as_deref() == Some(TENANT));
    let values = tenants.flat_map(|object| object.values.unwrap_or_default());
    values.filter_map(|value| Some((value.name?, words(Some(value.value?))))).collect()
}

impl GroupSettings {
    /// Reads the values; what neither object nor template has is as documented for a new tenant.
    fn read(values: &HashMap<String, String>) -> Self {
        let text = |name: &str| values.get(name).cloned().unwrap_or_default();
        let flag = |name: &str, default: bool| match values.get(name).map(|text| text.to_ascii_lowercase()).as_deref() {
            Some("true") => true,
            Some("false") => false,
            _ => default,
        };
        let list = |name: &str| {
            let text = text(name);
            text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        Self {
            everybody_creates: flag("EnableGroupCreation", true),
            creators: text("GroupCreationAllowedGroupId").parse().ok(),
            guests_join: flag("AllowToAddGuests", true),
            guests_own: flag("AllowGuestsToBeGroupOwner", false),
            guests_reach_content: flag("AllowGuestsToAccessGroups", true),
            naming: text("PrefixSuffixNamingRequirement"),
            blocked_words: list("CustomBlockedWordsList"),
            classifications: list("ClassificationList"),
            guidelines: text("UsageGuidelinesUrl"),
            labels: flag("EnableMIPLabels", false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: &str) -> WireObject {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn texts_are_read_and_what_is_absent_is_as_the_template_says() {
        let template = object(
            r#"{"displayName":"Group.Unified","values":[{"name":"EnableGroupCreation","defaultValue":"true"},
                {"name":"EnableMIPLabels","defaultValue":"true"},{"name":"CustomBlockedWordsList","defaultValue":""}]}"#,
        );
        let own = object(
            r#"{"displayName":"Group.Unified","values":[{"name":"EnableGroupCreation","value":"False"},
                {"name":"CustomBlockedWordsList","value":"ceo, payroll,"},{"name":"UsageGuidelinesUrl","value":null},
                {"name":"GroupCreationAllowedGroupId","value":"00000000-0000-0000-0000-000000000007"}]}"#,
        );
        let of_a_group =
            object(r#"{"displayName":"Group.Unified.Guest","values":[{"name":"AllowToAddGuests","value":"false"}]}"#);

        let settings = GroupSettings::read(&values([template, own, of_a_group].into_iter()));

        assert!(!settings.everybody_creates && settings.labels && settings.guests_join);
        assert_eq!(settings.blocked_words, ["ceo", "payroll"]);
        assert_eq!((settings.guidelines.as_str(), settings.creators), ("", Some(GroupId(uuid::Uuid::from_u128(7)))));
    }

    #[test]
    fn without_any_object_the_documented_defaults_hold() {
        let settings = GroupSettings::read(&HashMap::new());

        assert!(settings.everybody_creates && settings.guests_join && !settings.guests_own && !settings.labels);
        assert_eq!((settings.creators, settings.naming.as_str()), (None, ""));
    }
}
