//! Where the company works and at what: sites, departments and their titles.

/// A department: how many of a hundred employees work there, its short form in group names, and what they do.
pub(super) struct Department {
    pub(super) name: &'static str,
    pub(super) short: &'static str,
    pub(super) share: u32,
    pub(super) titles: &'static [&'static str],
}

const fn department(
    name: &'static str,
    short: &'static str,
    share: u32,
    titles: &'static [&'static str],
) -> Department {
    Department { name, short, share, titles }
}

/// Every department of the large company.
pub(super) const DEPARTMENTS: [Department; 16] = [
    department(
        "Engineering",
        "ENG",
        18,
        &["Software engineer", "Test engineer", "Build engineer", "Systems programmer"],
    ),
    department("Research", "RES", 6, &["Research scientist", "Research engineer", "Mathematician", "Lab technician"]),
    department(
        "IT",
        "IT",
        6,
        &["Service desk analyst", "Systems administrator", "Network engineer", "Identity engineer"],
    ),
    department(
        "Manufacturing",
        "MFG",
        16,
        &["Machinist", "Line operator", "Process engineer", "Maintenance technician"],
    ),
    department("Quality", "QA", 4, &["Quality inspector", "Quality engineer", "Metrologist"]),
    department("Logistics", "LOG", 6, &["Dispatcher", "Warehouse clerk", "Customs specialist", "Fleet planner"]),
    department("Purchasing", "PUR", 3, &["Buyer", "Category manager", "Supplier analyst"]),
    department(
        "Sales",
        "SAL",
        12,
        &["Account manager", "Sales engineer", "Inside sales representative", "Bid manager"],
    ),
    department("Marketing", "MKT", 4, &["Product marketer", "Copywriter", "Event planner", "Market analyst"]),
    department("Customer Care", "CC", 7, &["Support agent", "Field technician", "Training specialist"]),
    department("Finance", "FIN", 5, &["Accountant", "Controller", "Treasury analyst", "Payables clerk"]),
    department("Human Resources", "HR", 3, &["Recruiter", "People partner", "Payroll specialist"]),
    department("Legal", "LEG", 2, &["Counsel", "Contract specialist", "Compliance officer"]),
    department("Facilities", "FAC", 4, &["Facility technician", "Site planner", "Receptionist", "Safety officer"]),
    department("Flight", "FLT", 3, &["Flight analyst", "Trajectory engineer", "Operations planner"]),
    department("Data", "DAT", 1, &["Data engineer", "Data analyst", "Data steward"]),
];

/// Sites, as they write themselves.
pub(super) const SITES: [&str; 32] = [
    "Athens",
    "Bengaluru",
    "Berlin",
    "Casablanca",
    "Chicago",
    "Cairo",
    "Dubai",
    "Dublin",
    "Graz",
    "Gdańsk",
    "Hanoi",
    "İstanbul",
    "Kraków",
    "Kyiv",
    "Lagos",
    "Leeds",
    "London",
    "Lyon",
    "Madrid",
    "Monterrey",
    "München",
    "Nairobi",
    "Osaka",
    "Paris",
    "Pune",
    "São Paulo",
    "Seattle",
    "Shanghai",
    "Stockholm",
    "Toronto",
    "Valencia",
    "Zürich",
];

/// Companies that guests come from.
pub(super) const PARTNERS: [&str; 6] = [
    "adatum.example",
    "fabrikam.example",
    "litware.example",
    "northwind.example",
    "tailspin.example",
    "woodgrove.example",
];
