//! Directory roles: the names that people hold them by, and the ids that Graph shows.

use uuid::Uuid;

/// Sets the object of a role apart from its template.
const MASK: u128 = 0x0d1e_0000_0000_0000_0000_0000_0000_0d1e;

/// The roles that matter to groups and the audit log, with the ids of their templates, the same in every tenant.
const KNOWN: [(&str, u128); 16] = [
    ("Global Administrator", 0x62e9_0394_69f5_4237_9190_0121_7714_5e10),
    ("Global Reader", 0xf2ef_992c_3afb_46b9_b7cf_a126_ee74_c451),
    ("Groups Administrator", 0xfdd7_a751_b60b_444a_984c_0265_2fe8_fa1c),
    ("User Administrator", 0xfe93_0be7_5e62_47db_91af_98c3_a49a_38b1),
    ("Directory Writers", 0x9360_feb5_f418_4baa_8175_e2a0_0bac_4301),
    ("Identity Governance Administrator", 0x45d8_d3c5_c802_45c6_b32a_1d70_b5e1_e86e),
    ("Privileged Role Administrator", 0xe861_1ab8_c189_46e8_94e1_6021_3ab1_f814),
    ("Exchange Administrator", 0x2923_2cdf_9323_42fd_ade2_1d09_7af3_e4de),
    ("SharePoint Administrator", 0xf28a_1f50_f6e7_4571_818b_6a12_f2af_6b6c),
    ("Teams Administrator", 0x6909_1246_20e8_4a56_aa4d_0660_75b2_a7a8),
    ("Yammer Administrator", 0x810a_2642_a034_447f_a5e8_41be_aa37_8541),
    ("Intune Administrator", 0x3a2c_62db_5318_420d_8d74_23af_fee5_d9d5),
    ("Reports Reader", 0x4a5d_8f65_41da_4de4_8968_e035_b653_39cf),
    ("Security Reader", 0x5d6b_6bb7_de71_4623_b4af_9638_0a35_2509),
    ("Security Administrator", 0x194a_e4cb_b126_40b2_bd5b_6091_b380_977d),
    ("Directory Readers", 0x88d8_e3e3_8f55_4a1e_953a_9b98_98b8_876b),
];

/// Returns the id of a role's template.
pub(crate) fn template_id(name: &str) -> Option<Uuid> {
    KNOWN.iter().find(|(role, _)| *role == name).map(|(_, id)| Uuid::from_u128(*id))
}

/// Returns the id that a role has in this tenant; roles that are not known are not objects.
pub(crate) fn object_id(name: &str) -> Option<Uuid> {
    template_id(name).map(|template| Uuid::from_u128(template.as_u128() ^ MASK))
}

/// Returns the name of the role with this object id.
pub(crate) fn named(id: Uuid) -> Option<&'static str> {
    KNOWN.iter().find(|(_, template)| template ^ MASK == id.as_u128()).map(|(role, _)| *role)
}
