//! Settings of groups: two templates, one object for the tenant, and one for each group that has its own.

use serde_json::{Value, json};
use uuid::Uuid;

/// A template and what it holds: name, type and default of each value. Values are text whatever their type.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) id: Uuid,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) values: &'static [(&'static str, &'static str, &'static str)],
}

const YES_NO: &str = "System.Boolean";
const TEXT: &str = "System.String";

/// Settings of the whole tenant (group-directory-settings.md).
pub(crate) const UNIFIED: Template = Template {
    id: Uuid::from_u128(0x6237_5ab9_6b52_47ed_826b_58e4_7e0e_304b),
    name: "Group.Unified",
    description: "Settings for Microsoft 365 groups.",
    values: &[
        ("NewUnifiedGroupWritebackDefault", YES_NO, "true"),
        ("EnableMIPLabels", YES_NO, "false"),
        ("CustomBlockedWordsList", TEXT, ""),
        ("EnableMSStandardBlockedWords", YES_NO, "false"),
        ("ClassificationDescriptions", TEXT, ""),
        ("DefaultClassification", TEXT, ""),
        ("PrefixSuffixNamingRequirement", TEXT, ""),
        ("AllowGuestsToBeGroupOwner", YES_NO, "false"),
        ("AllowGuestsToAccessGroups", YES_NO, "true"),
        ("GuestUsageGuidelinesUrl", TEXT, ""),
        ("GroupCreationAllowedGroupId", "System.Guid", ""),
        ("AllowToAddGuests", YES_NO, "true"),
        ("UsageGuidelinesUrl", TEXT, ""),
        ("ClassificationList", TEXT, ""),
        ("EnableGroupCreation", YES_NO, "true"),
    ],
};

/// Settings of one Microsoft 365 group.
pub(crate) const GUEST: Template = Template {
    id: Uuid::from_u128(0x08d5_42b9_071f_4e16_94b0_74ab_b372_e3d9),
    name: "Group.Unified.Guest",
    description: "Settings for guests in a Microsoft 365 group.",
    values: &[("AllowToAddGuests", YES_NO, "true")],
};

/// Every template.
pub(crate) const TEMPLATES: [&Template; 2] = [&UNIFIED, &GUEST];

impl Template {
    /// Returns the template as Graph shows it.
    pub(crate) fn shown(&self) -> Value {
        let values = self.values.iter().map(|(name, kind, default)| {
            json!({ "name": name, "type": kind, "defaultValue": default, "description": format!("The setting {name}.") })
        });
        json!({
            "id": self.id,
            "deletedDateTime": null,
            "displayName": self.name,
            "description": self.description,
            "values": values.collect::<Vec<_>>(),
        })
    }

    /// Returns the default of every value.
    pub(crate) fn defaults(&self) -> Vec<(String, String)> {
        self.values.iter().map(|(name, _, default)| ((*name).to_owned(), (*default).to_owned())).collect()
    }
}

/// An object with a value for everything in its template.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) id: Uuid,
    pub(crate) template: &'static Template,
    /// The group it is about; `None` for the tenant's.
    pub(crate) group: Option<Uuid>,
    pub(crate) values: Vec<(String, String)>,
}

impl Setting {
    /// Returns the object as Graph shows it.
    pub(crate) fn shown(&self) -> Value {
        let values = self.values.iter().map(|(name, value)| json!({ "name": name, "value": value }));
        json!({
            "id": self.id,
            "displayName": self.template.name,
            "templateId": self.template.id,
            "values": values.collect::<Vec<_>>(),
        })
    }
}

/// Every settings object.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) objects: Vec<Setting>,
}

impl Settings {
    /// Returns a value of the tenant; without an object the template's default holds.
    pub(crate) fn tenant(&self, name: &str) -> &str {
        self.value(&UNIFIED, None, name)
    }

    /// Returns whether a value of the tenant is true.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.tenant(name).eq_ignore_ascii_case("true")
    }

    /// Returns whether guests may be added to a group.
    pub(crate) fn admits_guests(&self, group: Uuid) -> bool {
        let own = self.value(&GUEST, Some(group), "AllowToAddGuests");
        self.is_on("AllowToAddGuests") && own.eq_ignore_ascii_case("true")
    }

    /// Sets a value, with an object of defaults around it when there was none.
    pub(crate) fn set(&mut self, template: &'static Template, group: Option<Uuid>, name: &str, value: &str) {
        if self.find(template, group).is_none() {
            let values = template.defaults();
            self.objects.push(Setting { id: Uuid::new_v4(), template, group, values });
        }
        let object = self.objects.iter_mut().find(|object| object.template == template && object.group == group);
        for (known, held) in object.into_iter().flat_map(|object| &mut object.values) {
            if known == name {
                value.clone_into(held);
            }
        }
    }

    fn value(&self, template: &'static Template, group: Option<Uuid>, name: &str) -> &str {
        let set = self.find(template, group).and_then(|object| object.values.iter().find(|(known, _)| known == name));
        let default = || template.values.iter().find(|(known, ..)| *known == name).map_or("", |(.., default)| default);
        set.map_or_else(default, |(_, value)| value)
    }

    fn find(&self, template: &'static Template, group: Option<Uuid>) -> Option<&Setting> {
        self.objects.iter().find(|object| object.template == template && object.group == group)
    }
}
