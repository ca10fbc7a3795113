//! The people of the sample company.

use uuid::Uuid;

use crate::company::Person;
use crate::contoso::person;

pub(crate) const ALAN: Uuid = person(1);
pub(crate) const GRACE: Uuid = person(2);
pub(crate) const ADA: Uuid = person(3);
pub(crate) const JOAN: Uuid = person(4);
pub(crate) const MARY: Uuid = person(5);
pub(crate) const ANNIE: Uuid = person(6);
pub(crate) const KATHERINE: Uuid = person(7);
pub(crate) const BARBARA: Uuid = person(8);
pub(crate) const MARGARET: Uuid = person(9);
pub(crate) const RADIA: Uuid = person(10);
pub(crate) const FATIMA: Uuid = person(11);
pub(crate) const TIM: Uuid = person(12);
pub(crate) const DONALD: Uuid = person(13);
pub(crate) const HEDY: Uuid = person(14);
pub(crate) const LONG_NAME: Uuid = person(15);
pub(crate) const EDSGER: Uuid = person(16);
pub(crate) const DOROTHY: Uuid = person(17);
pub(crate) const FRANCES: Uuid = person(18);
pub(crate) const KEN: Uuid = person(19);
pub(crate) const JEAN: Uuid = person(20);
pub(crate) const LINUS: Uuid = person(21);
pub(crate) const SOPHIE: Uuid = person(22);
pub(crate) const NIKLAUS: Uuid = person(23);
pub(crate) const ROZSA: Uuid = person(24);

/// Returns everybody.
pub(crate) fn people() -> Vec<Person> {
    let mut everybody = leading_parts();
    everybody.extend(special_parts());
    everybody.extend(colleagues());
    for person in &mut everybody {
        person.manager = manager_of(person.id);
        person.photo = picture_of(person.id);
    }
    everybody
}

/// Returns whom somebody reports to. Nobody is above the director of software; the guest's manager is elsewhere.
fn manager_of(id: Uuid) -> Option<Uuid> {
    match id {
        MARGARET | TIM => None,
        ALAN | EDSGER | FRANCES | KEN | SOPHIE | MARY => Some(GRACE),
        KATHERINE | ANNIE => Some(DOROTHY),
        HEDY | JEAN => Some(RADIA),
        LINUS | NIKLAUS | ROZSA | LONG_NAME => Some(BARBARA),
        _ => Some(MARGARET),
    }
}

fn picture_of(id: Uuid) -> Option<Vec<u8>> {
    let picture: &[u8] = match id {
        ALAN => include_bytes!("pictures/alan.png"),
        GRACE => include_bytes!("pictures/grace.png"),
        ADA => include_bytes!("pictures/ada.png"),
        _ => return None,
    };
    Some(picture.to_vec())
}

/// Returns whom the sign-in page offers first: one person for each way of using a portal.
pub(crate) fn people_to_try() -> Vec<Uuid> {
    vec![ALAN, GRACE, MARY, ADA, JOAN, TIM]
}

fn leading_parts() -> Vec<Person> {
    vec![
        employee(ALAN, "Alan Turing", "alan.turing", "Research engineer", "Research"),
        employee(GRACE, "Grace Hopper", "grace.hopper", "Head of compilers", "Engineering"),
        employee(ADA, "Ada Lovelace", "ada.lovelace", "Identity administrator", "IT").with_app_role("Roster.Admin"),
        employee(JOAN, "Joan Clarke", "joan.clarke", "Internal auditor", "Audit").with_app_role("Roster.Auditor"),
        employee(MARY, "Mary Jackson", "mary.jackson", "Data engineer", "Engineering"),
        employee(ANNIE, "Annie Easley", "annie.easley", "Data engineer", "Engineering"),
        employee(KATHERINE, "Katherine Johnson", "katherine.johnson", "Flight analyst", "Flight"),
        employee(BARBARA, "Barbara Liskov", "barbara.liskov", "Language designer", "Research"),
        employee(MARGARET, "Margaret Hamilton", "margaret.hamilton", "Director of software", "Flight"),
        employee(RADIA, "Radia Perlman", "radia.perlman", "Network architect", "IT"),
    ]
}

fn special_parts() -> Vec<Person> {
    let mut fatima = employee(FATIMA, "فاطمة الفهري", "fatima.alfihri", "رئيسة المكتبة", "Library");
    fatima.given_name = Some("فاطمة".to_owned());
    fatima.surname = Some("الفهري".to_owned());
    let long = long_name();
    vec![
        fatima,
        Person::new(TIM, "Tim Berners", "tim.berners_fabrikam.example#EXT#@contoso.example")
            .as_guest("tim.berners@fabrikam.example"),
        employee(DONALD, "Donald Knuth", "donald.knuth", "Typesetter", "Publishing").disabled(),
        employee(HEDY, "Hedy Lamarr", "hedy.lamarr", "Directory engineer", "IT")
            .with_directory_role("Groups Administrator"),
        employee(LONG_NAME, &long, "maria.skolodowska", "Chemist", "Research"),
    ]
}

fn colleagues() -> Vec<Person> {
    vec![
        employee(EDSGER, "Edsger Dijkstra", "edsger.dijkstra", "Programmer", "Engineering"),
        employee(DOROTHY, "Dorothy Vaughan", "dorothy.vaughan", "Head of computing", "Flight"),
        employee(FRANCES, "Frances Allen", "frances.allen", "Compiler engineer", "Engineering"),
        employee(KEN, "Ken Thompson", "ken.thompson", "Systems programmer", "Engineering"),
        employee(JEAN, "Jean Bartik", "jean.bartik", "Operations engineer", "IT"),
        employee(LINUS, "Linus Pauling", "linus.pauling", "Chemist", "Research"),
        employee(SOPHIE, "Sophie Wilson", "sophie.wilson", "Chip designer", "Engineering"),
        employee(NIKLAUS, "Niklaus Wirth", "niklaus.wirth", "Language designer", "Research"),
        employee(ROZSA, "Rózsa Péter", "rozsa.peter", "Mathematician", "Research"),
    ]
}

fn employee(id: Uuid, name: &str, user: &str, title: &str, department: &str) -> Person {
    Person::new(id, name, &format!("{user}@contoso.example")).working_as(title, department)
}

/// Makes a name of exactly 120 characters, for pages that must not break.
fn long_name() -> String {
    let mut name =
        "Maria Salomea Aleksandra Wilhelmina Konstancja Elżbieta Małgorzata Bronisława Helena Zofia Skłodowska"
            .to_owned();
    for part in ["-Curie", " von Sternberg zu Hohenlinden"] {
        name.push_str(part);
    }
    name.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_exactly_120_characters() {
        let name = long_name();

        assert_eq!(name.chars().count(), 120);
        assert!(!name.ends_with(' '));
    }
}
