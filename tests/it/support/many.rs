//! Believable groups of a large company, as many as wanted, always the same for a seed; and typing mistakes.

use std::collections::HashSet;

use fastrand::Rng;
use roster::{
    domain::{
        designation::Designation,
        directory::{Group, GroupFacts, PersonRef},
        ids::{GroupId, PersonId},
        terms::Terms,
    },
    store::catalogue::Entry,
};
use uuid::Uuid;

const FIELDS: &str = "Finance Procurement Payroll Treasury Legal Compliance Marketing Sales Support Logistics Warehouse \
    Manufacturing Quality Safety Facilities Research Engineering Design Data Analytics Security Network Cloud Platform \
    Identity Database Mobile Web Firmware Hardware Robotics Optics Chemistry Biology Genomics Clinical Regulatory Patent \
    Training Recruiting Benefits Travel Events Press Investor Energy Climate Fleet Aviation Marine Rail Retail Wholesale \
    Pricing Billing Invoicing Fraud Risk Audit Insurance Pension Housing Translation Localisation Accessibility Archive";
const TOPICS: &str = "Strategy Operations Planning Reporting Migration Modernisation Automation Integration Monitoring \
    Governance Architecture Infrastructure Innovation Transformation Onboarding Workshop Helpdesk Dashboard Warehouse \
    Pipeline Laboratory Prototype Simulation Forecast Budget Contracts Suppliers Partners Customers Vendors Tenders \
    Releases Incidents Standards Procedures Templates Newsletter Library Calendar Roadmap Backlog Sprint Review Assessment \
    Certification Inspection Maintenance Calibration Packaging Shipping Returns Refunds Loyalty Campaigns Branding Content";
const KINDS: &str = "Team Group Readers Editors Owners Members Project Committee Circle Board Council Community Guild Crew \
    Administrators Reviewers Approvers Contributors Developers Testers Analysts Managers Leads Alumni Volunteers";
const PLACES: &str = "Berlin Hamburg München Zürich Genève Paris Lyon Málaga Madrid Lisboa Porto Dublin London Leeds Oslo \
    Bergen Malmö Göteborg København Aarhus Helsinki Tampere Kraków Warszawa Praha Brno Wien Graz Budapest Athens Istanbul \
    Cairo Nairobi Lagos Accra Mumbai Pune Chennai Singapore Jakarta Manila Tokyo Osaka Seoul Sydney Perth Toronto Montréal \
    Boston Austin Denver Seattle Mexico Bogotá Lima Santiago EMEA APAC Americas Nordics Iberia Benelux";
const SYLLABLES: &str = "ba co da fen gil ho ju kar lem mi nor pel qua ros sil tav ul ven wil zan bri cla dro fle gra pla \
    sko sta tri vel mar ton der lin gar mon ste ris pol nex";

/// Makes groups of a company.
pub struct Company {
    rng: Rng,
    used: HashSet<String>,
}

impl Company {
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed), used: HashSet::new() }
    }

    /// Makes groups that take part, on terms of all kinds, each with one to three owners.
    pub fn groups(&mut self, number: usize) -> Vec<Entry> {
        (0..number).map(|_| self.group()).collect()
    }

    fn group(&mut self) -> Entry {
        let (name, description) = (self.name(), self.description());
        let id = GroupId(self.id());
        let is_unified = self.rng.u8(..3) == 0;
        let facts = GroupFacts {
            group_types: if is_unified { vec!["Unified".to_owned()] } else { vec![] },
            mail_enabled: is_unified,
            security_enabled: !is_unified,
            visibility: Some("Private".to_owned()),
            ..GroupFacts::default()
        };
        let owners = (0..self.rng.u128(1..4)).map(|_| self.person()).collect();
        let terms = Terms {
            guests_may_ask: self.rng.u8(..8) == 0,
            reason_required: self.rng.u8(..4) != 0,
            gives: "What its name says.".to_owned(),
            ..Terms::default()
        };
        let by = self.person();
        let designation = Designation {
            group: id,
            terms,
            version: 1,
            terms_by: by.clone(),
            terms_at: jiff::Timestamp::UNIX_EPOCH,
            opened_by: None,
            designated_by: by,
            designated_at: jiff::Timestamp::UNIX_EPOCH,
            suspended: None,
            reviews: roster::domain::review_due::Reviews::since(jiff::Timestamp::UNIX_EPOCH),
        };
        Entry::new(Group { id, name, description, facts }, owners, Some(designation), false)
    }

    /// Makes a name that no other group has.
    pub fn name(&mut self) -> String {
        loop {
            let name = match self.rng.u8(..10) {
                0..3 => [self.one_of(FIELDS), self.one_of(TOPICS), self.one_of(KINDS)].join(" "),
                3..5 => [self.one_of(FIELDS), self.one_of(KINDS), self.one_of(PLACES)].join(" "),
                5..7 => ["Project".to_owned(), self.code(), self.one_of(KINDS)].join(" "),
                7 => format!("SG-{}-{}-{}", self.one_of(FIELDS), self.code(), self.one_of(KINDS)),
                8 => [self.one_of(PLACES), self.one_of(FIELDS), self.rng.u32(1..1000).to_string()].join(" "),
                _ => [self.code(), self.one_of(FIELDS), self.one_of(TOPICS), self.one_of(PLACES)].join(" "),
            };
            if self.used.insert(name.clone()) {
                return name;
            }
        }
    }

    fn description(&mut self) -> String {
        let (field, topic, kind, place) =
            (self.one_of(FIELDS), self.one_of(TOPICS), self.one_of(KINDS), self.one_of(PLACES));
        match self.rng.u8(..4) {
            0 => String::new(),
            1 => format!("{topic} of {field} for the {kind} in {place}."),
            2 => format!("Read access to everything about {topic}, kept by {field} in {place}."),
            _ => format!("{kind} who look after {topic} and {field}, see {}.", self.code()),
        }
    }

    fn code(&mut self) -> String {
        let word: String = (0..self.rng.u8(2..4)).map(|_| self.one_of(SYLLABLES)).collect();
        word[..1].to_uppercase() + &word[1..]
    }

    fn one_of(&mut self, words: &str) -> String {
        self.rng.choice(words.split_whitespace().collect::<Vec<_>>()).unwrap_or_default().to_owned()
    }

    fn person(&mut self) -> PersonRef {
        let id = PersonId(Uuid::from_u128(self.rng.u128(..5000)));
        PersonRef { id, name: format!("{} {}", self.code(), self.code()) }
    }

    fn id(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(self.rng.u128(..).to_be_bytes()).into_uuid()
    }

    /// Returns a group of some, and its name with one mistake in one of its words.
    pub fn mistyped<'a>(&mut self, groups: &'a [Entry]) -> (&'a Entry, String) {
        let wanted = &groups[self.rng.usize(..groups.len())];
        let name: Vec<char> = wanted.group.name.chars().collect();
        loop {
            let at = self.rng.usize(..name.len());
            let letter = char::from(b'a' + self.rng.u8(..26));
            let mut typed = name.clone();
            match self.rng.u8(..4) {
                0 => typed.insert(at, letter),
                1 => drop(typed.remove(at)),
                2 => typed[at] = letter,
                _ if at + 1 < name.len() => typed.swap(at, at + 1),
                _ => continue,
            }
            // A mistake in a word, not between two, and one that can be seen.
            let is_in_word = |at: &usize| name.get(*at).is_some_and(|c| c.is_alphanumeric());
            let is_swap = typed.len() == name.len() && typed[at] != letter;
            if is_in_word(&at) && (!is_swap || is_in_word(&(at + 1))) && typed != name {
                return (wanted, typed.into_iter().collect());
            }
        }
    }
}
