//! Of which kinds the groups of the large company are: the shares of a tenant that grew for years.

use fastrand::Rng;
use uuid::Uuid;

use super::group_names::Label;
use super::weighted;
use crate::company::Group;

/// A kind of group; which of them Entra lets owners manage is told by the properties alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Security,
    Microsoft365,
    DynamicSecurity,
    DynamicMicrosoft365,
    MailSecurity,
    DistributionList,
    Synced,
    OnceSynced,
    RoleAssignable,
    Restricted,
}

/// Every kind with its share of a thousand groups.
const SHARES: [(Shape, u32); 10] = [
    (Shape::Security, 440),
    (Shape::Microsoft365, 300),
    (Shape::DynamicSecurity, 50),
    (Shape::DynamicMicrosoft365, 15),
    (Shape::MailSecurity, 35),
    (Shape::DistributionList, 55),
    (Shape::Synced, 80),
    (Shape::OnceSynced, 15),
    (Shape::RoleAssignable, 4),
    (Shape::Restricted, 6),
];

impl Shape {
    pub(super) fn draw(dice: &mut Rng) -> Self {
        SHARES[weighted(dice, SHARES.iter().map(|(_, share)| *share))].0
    }

    /// Returns whether Graph shows owners of such a group.
    pub(super) fn has_owners(self) -> bool {
        !matches!(self, Self::MailSecurity | Self::DistributionList | Self::Synced)
    }

    /// Returns whether another group may be a member.
    pub(super) fn nests(self) -> bool {
        matches!(self, Self::Security | Self::Synced)
    }

    /// Makes a group of this kind; its nickname must be one of a kind already.
    pub(super) fn group(self, dice: &mut Rng, id: Uuid, label: &Label, nickname: String) -> Group {
        let unified = matches!(self, Self::Microsoft365 | Self::DynamicMicrosoft365);
        let make = if unified { Group::microsoft365 } else { Group::security };
        let mut group = make(id, &label.name);
        group.description.clone_from(&label.description);
        group.mail_nickname = nickname;
        if unified || matches!(self, Self::MailSecurity | Self::DistributionList) {
            group = group.with_mail();
        }
        let rule = || format!("user.department -eq \"{}\"", super::places::DEPARTMENTS[label.department].name);
        match self {
            Self::Microsoft365 => unify(dice, &mut group),
            Self::DynamicSecurity | Self::DynamicMicrosoft365 => group = group.dynamic(&rule()),
            Self::DistributionList => group.security_enabled = false,
            Self::Synced => group.on_premises_sync_enabled = Some(true),
            Self::OnceSynced => group.on_premises_sync_enabled = Some(false),
            Self::RoleAssignable => {
                group.is_assignable_to_role = true;
                group.visibility = Some("Private".to_owned());
            }
            Self::Restricted => group.is_management_restricted = true,
            Self::Security | Self::MailSecurity => {}
        }
        group
    }
}

/// Says who sees a Microsoft 365 group, and whether a team came with it.
fn unify(dice: &mut Rng, group: &mut Group) {
    let visibility = match dice.u8(..100) {
        0..16 => "Public",
        16..18 => "HiddenMembership",
        _ => "Private",
    };
    group.visibility = Some(visibility.to_owned());
    if dice.u8(..10) < 6 {
        group.resource_provisioning_options.push("Team".to_owned());
    }
    // A fifth of them can protect something as well.
    group.security_enabled = dice.u8(..5) == 0;
}
