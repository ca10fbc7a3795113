//! What the groups of the large company are called, and what they are for.

use fastrand::Rng;

use super::one;
use super::places::{DEPARTMENTS, SITES};

/// A name and a description that go together.
pub(super) struct Label {
    pub(super) name: String,
    pub(super) description: Option<String>,
    /// The department it belongs to, by its place in [`DEPARTMENTS`].
    pub(super) department: usize,
}

/// Draws a label.
pub(super) fn draw(dice: &mut Rng) -> Label {
    let department = dice.usize(..DEPARTMENTS.len());
    let work = &DEPARTMENTS[department];
    let site = one(dice, &SITES);
    let (name, description) = match dice.u8(..100) {
        0..24 => team(dice, work.name, site),
        24..42 => project(dice, work.name),
        42..56 => place(dice, site),
        56..76 => data(dice, work.short),
        76..90 => application(dice, work.short),
        90..94 => circle(dice, site),
        94..96 => arabic(dice),
        96..98 => local(dice),
        _ => long(dice, work.name, site),
    };
    // One group in eight was never described.
    let description = (dice.u8(..8) != 0).then_some(description);
    Label { name, description, department }
}

fn team(dice: &mut Rng, work: &str, site: &str) -> (String, String) {
    let part = one(dice, &["Leads", "Night Shift", "Onboarding", "On Call", "Planning", "Reviews", "Staff", "Team"]);
    let name = match dice.u8(..3) {
        0 => format!("{work} {site} {part}"),
        1 => format!("{site} – {work} {part}"),
        _ => format!("{work} {part} ({site})"),
    };
    (name, format!("People of {work} in {site}. Their files, mail and calendar hang on this group."))
}

fn project(dice: &mut Rng, work: &str) -> (String, String) {
    let first = one(dice, &FIRST);
    let second = one(dice, &SECOND);
    let part = one(dice, &["", "", " Steering", " Core Team", " Suppliers", " Test", " Documents"]);
    let ends = dice.u16(2026..2030);
    (
        format!("Project {first} {second}{part}"),
        format!("A project of {work} that runs until {ends}. Members see its plans and files."),
    )
}

const FIRST: [&str; 28] = [
    "Amber", "Arctic", "Brass", "Calm", "Cedar", "Copper", "Crimson", "Distant", "Early", "Falling", "Golden",
    "Granite", "Hidden", "Indigo", "Ivory", "Lunar", "Mellow", "Misty", "Northern", "Open", "Quiet", "Rapid",
    "Scarlet", "Silver", "Summer", "Tidal", "Velvet", "Winter",
];

const SECOND: [&str; 30] = [
    "Anchor", "Arrow", "Beacon", "Bridge", "Canyon", "Comet", "Compass", "Delta", "Falcon", "Fern", "Forge", "Garden",
    "Harbour", "Heron", "Island", "Kestrel", "Lantern", "Maple", "Meadow", "Orchard", "Otter", "Pebble", "Quarry",
    "River", "Sail", "Signal", "Summit", "Thistle", "Tower", "Willow",
];

fn place(dice: &mut Rng, site: &str) -> (String, String) {
    let part = one(
        dice,
        &[
            "Badge Readers",
            "Bicycle Cellar",
            "Canteen",
            "Fire Wardens",
            "First Aiders",
            "Guest Wi-Fi",
            "Lab Access",
            "Meeting Rooms",
            "Parking",
            "Printers",
            "Server Room",
            "Warehouse Gate",
        ],
    );
    let wing = one(dice, &["", "", " North", " South", " Building 2", " Building 7", " Tower"]);
    (format!("{site}{wing} {part}"), format!("Who may use this at our site in {site}. Ask when you work there."))
}

fn data(dice: &mut Rng, short: &str) -> (String, String) {
    let set = one(
        dice,
        &[
            "Bills of Materials",
            "Contracts",
            "Cost Centres",
            "Customer Master",
            "Energy Readings",
            "Exit Interviews",
            "Forecast",
            "Invoices",
            "Machine Logs",
            "Order Book",
            "Patents",
            "Price Lists",
            "Safety Reports",
            "Sensor Archive",
            "Supplier Scores",
            "Survey 2025",
            "Telemetry",
            "Test Results",
            "Time Sheets",
            "Travel Costs",
        ],
    );
    let right = one(dice, &["Readers", "Readers", "Readers", "Editors", "Stewards"]);
    let name = match dice.u8(..3) {
        0 => format!("{set} {right}"),
        1 => format!("Data: {set} {short} ({})", right.to_lowercase()),
        _ => format!("SG-{short}-{}-{}", set.replace(' ', ""), &right[..1]),
    };
    let may = if right == "Readers" { "read" } else { "change" };
    (name, format!("Members may {may} the data set “{set}”. It holds nothing about single people."))
}

fn application(dice: &mut Rng, short: &str) -> (String, String) {
    let application = one(
        dice,
        &[
            "Badge Office",
            "Bookkeeper",
            "Chart Room",
            "Drawing Store",
            "Expense Desk",
            "Field Service",
            "Hiring Board",
            "Learning Hub",
            "Machine Monitor",
            "Parts Finder",
            "Quality Ledger",
            "Release Train",
            "Route Planner",
            "Ticket Desk",
        ],
    );
    let role = one(dice, &["Users", "Users", "Users", "Approvers", "Administrators", "Testers"]);
    let name =
        if dice.bool() { format!("App {application} {role} {short}") } else { format!("{application} – {role}") };
    (name, format!("Opens {application} with the rights of its {}.", role.to_lowercase()))
}

fn circle(dice: &mut Rng, site: &str) -> (String, String) {
    let what = one(
        dice,
        &["Bouldering", "Chess", "Choir", "Cycling", "Gardening", "Photography", "Reading", "Running", "Sign Language"],
    );
    (format!("{what} {site}"), "For pleasure, outside working hours. Everybody is welcome.".to_owned())
}

fn arabic(dice: &mut Rng) -> (String, String) {
    let team = one(
        dice,
        &[
            "فريق المبيعات",
            "فريق الهندسة",
            "فريق الترجمة",
            "خدمة العملاء",
            "إدارة المشاريع",
            "قسم المالية",
            "مختبر الأبحاث",
        ],
    );
    let site = one(dice, &["القاهرة", "دبي", "الدار البيضاء", "عمّان", "تونس"]);
    (format!("{team} – {site}"), format!("ملفات {team} وبريده في {site}."))
}

fn local(dice: &mut Rng) -> (String, String) {
    let (name, description) = LOCAL[dice.usize(..LOCAL.len())];
    (name.to_owned(), description.to_owned())
}

const LOCAL: [(&str, &str); 12] = [
    ("Arbeitssicherheit Werk Graz", "Wer im Werk Graz für Arbeitssicherheit zuständig ist."),
    ("Betriebsrat", "Die Mitglieder des Betriebsrats und ihre Unterlagen."),
    ("Schlüsselverwaltung München", "Wer in München Schlüssel ausgibt."),
    ("Comité d’entreprise Lyon", "Les documents du comité."),
    ("Équipe paie", "Accès aux dossiers de paie de l’équipe."),
    ("Compras Monterrey", "Quien compra para la planta de Monterrey."),
    ("Atención al cliente Valencia", "El equipo que atiende las llamadas en Valencia."),
    ("Księgowość Kraków", "Dostęp do dokumentów księgowych."),
    ("Zespół wdrożeń", "Zespół, który wdraża nowe systemy."),
    ("大阪営業所", "大阪の営業チームのファイルと予定表。"),
    ("上海采购组", "上海采购部门的文件。"),
    ("İstanbul lojistik", "İstanbul deposunun ekibi."),
];

fn long(dice: &mut Rng, work: &str, site: &str) -> (String, String) {
    let first =
        one(dice, &["Interdisciplinary steering committee", "Permanent working group", "Regional coordination board"]);
    let second = one(
        dice,
        &[
            "the harmonisation of procurement, storage and disposal procedures for hazardous laboratory substances",
            "the alignment of retention periods, archival formats and access rules across all engineering documents",
            "the introduction of the common calendar, shift and absence planning in every plant, office and depot",
        ],
    );
    let name =
        format!("{first} of {work} and neighbouring departments for {second}, {site} and all sites that report to it");
    (name, "A name as long as the committee that chose it.".to_owned())
}
