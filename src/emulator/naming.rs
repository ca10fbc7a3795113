//! Names of groups: how long, from which characters, and what the tenant's naming policy asks of Microsoft 365 groups.

use crate::company::Person;
use crate::graph::errors::{Detail, GraphError};
use crate::settings::Settings;

/// The most characters of a name and of a nickname (group-post-groups.md).
const LONGEST_NAME: usize = 256;
const LONGEST_NICKNAME: usize = 64;

/// What no nickname contains (group-post-groups.md).
const NOT_IN_NICKNAMES: &str = "@()\\[]\";:.<>, ";

/// Roles that the naming policy does not bind.
const EXEMPT: [&str; 3] = ["Global Administrator", "User Administrator", "Directory Writers"];

/// Checks the length of a name.
pub(crate) fn check_name(name: &str) -> Result<(), GraphError> {
    if name.trim().is_empty() {
        return Err(GraphError::bad("A value is required for property 'displayName' of resource 'Group'."));
    }
    if name.chars().count() > LONGEST_NAME { Err(invalid("displayName")) } else { Ok(()) }
}

/// Checks the length and the characters of a nickname.
pub(crate) fn check_nickname(nickname: &str) -> Result<(), GraphError> {
    if nickname.is_empty() {
        return Err(GraphError::bad("A value is required for property 'mailNickname' of resource 'Group'."));
    }
    let fits = nickname.len() <= LONGEST_NICKNAME
        && nickname.chars().all(|c| c.is_ascii_graphic() && !NOT_IN_NICKNAMES.contains(c));
    if fits { Ok(()) } else { Err(invalid("mailNickname")) }
}

/// Returns the refusal of a value that a property does not take.
pub(crate) fn invalid(property: &str) -> GraphError {
    GraphError::bad(format!("Invalid value specified for property '{property}' of resource 'Group'."))
}

/// Says what is wrong with a name (`displayName` or `mailNickname`) under the naming policy, if anything.
///
/// The policy binds everybody but some administrators (groups-naming-policy.md). Prefix and suffix are fixed text or
/// attributes of who creates the group; blocked words are compared as words, not as parts of them.
pub(crate) fn objection(
    settings: &Settings,
    creator: Option<&Person>,
    property: &'static str,
    name: &str,
) -> Option<Detail> {
    let is_exempt = creator.is_some_and(|who| who.directory_roles.iter().any(|role| EXEMPT.contains(&role.as_str())));
    if is_exempt {
        return None;
    }
    let (prefix, suffix) = affixes(settings.tenant("PrefixSuffixNamingRequirement"), creator);
    let bare = name.strip_prefix(prefix.as_str()).and_then(|rest| rest.strip_suffix(suffix.as_str()));
    let Some(bare) = bare else {
        return Some(Detail {
            code: "MissingPrefixSuffix",
            target: property,
            message: format!("The {property} must start with '{prefix}' and end with '{suffix}'."),
        });
    };
    let blocked = settings.tenant("CustomBlockedWordsList").split(',').map(|word| word.trim().to_lowercase());
    let words: Vec<String> = bare.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let hit = blocked.filter(|word| !word.is_empty()).find(|word| words.contains(word))?;
    let message = format!("The {property} contains the blocked word '{hit}'.");
    Some(Detail { code: "ContainsBlockedWord", target: property, message })
}

/// Splits a requirement such as `GRP_[GroupName]_[Department]` and fills its attributes in.
fn affixes(requirement: &str, creator: Option<&Person>) -> (String, String) {
    let Some((prefix, suffix)) = requirement.split_once("[GroupName]") else {
        return (String::new(), String::new());
    };
    let department = creator.and_then(|who| who.department.as_deref()).unwrap_or_default();
    let title = creator.and_then(|who| who.job_title.as_deref()).unwrap_or_default();
    let fill = |text: &str| {
        let mut filled = text.replace("[Department]", department).replace("[Title]", title);
        for unknown in ["[Company]", "[Office]", "[StateOrProvince]", "[CountryOrRegion]"] {
            filled = filled.replace(unknown, "");
        }
        filled
    };
    (fill(prefix), fill(suffix))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::settings::UNIFIED;

    fn code(requirement: &str, words: &str, name: &str) -> Option<&'static str> {
        let mut settings = Settings::default();
        settings.set(&UNIFIED, None, "PrefixSuffixNamingRequirement", requirement);
        settings.set(&UNIFIED, None, "CustomBlockedWordsList", words);
        let grace = Person::new(Uuid::nil(), "Grace Hopper", "grace.hopper@contoso.example");
        let grace = grace.working_as("Head of compilers", "Engineering");
        objection(&settings, Some(&grace), "displayName", name).map(|detail| detail.code)
    }

    #[test]
    fn prefix_and_suffix_are_asked_for_and_never_added() {
        assert_eq!(code("", "", "Anything"), None);
        assert_eq!(code("GRP_[GroupName]_[Department]", "", "GRP_Poets_Engineering"), None);
        assert_eq!(code("GRP_[GroupName]_[Department]", "", "Poets"), Some("MissingPrefixSuffix"));
        assert_eq!(code("GRP_[GroupName]", "", "grp_Poets"), Some("MissingPrefixSuffix"));
    }

    #[test]
    fn blocked_words_are_whole_words_of_any_case() {
        assert_eq!(code("", "payroll, ceo", "The CEO club"), Some("ContainsBlockedWord"));
        assert_eq!(code("", "payroll,ceo", "Oceodrome"), None);
        assert_eq!(code("payroll_[GroupName]", "payroll", "payroll_Clerks"), None);
    }

    #[test]
    fn nicknames_are_short_plain_text() {
        assert!(check_nickname("compiler-team_2").is_ok());
        for wrong in ["", "two words", "a.b", "a@b", "équipe", &"x".repeat(65)] {
            assert!(check_nickname(wrong).is_err(), "{wrong}");
        }
        assert!(check_name(&"é".repeat(256)).is_ok() && check_name(&"é".repeat(257)).is_err());
    }
}
