//! What is looked for in a history, as the address says it.

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

use crate::{
    domain::{
        history::{self, Part},
        ids::{GroupId, PersonId},
    },
    store::{Side, Sought, catalogue},
    web::{form::Slips, trouble::Trouble, words::Phrase},
};

/// So many people of a name are looked for at once; with more, the words say too little.
const PEOPLE: usize = 50;

/// What the address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
}

/// What is looked for.
#[derive(Debug, Clone)]
pub(in crate::features::owned) struct Filter {
    pub part: Option<Part>,
    /// Words of a name.
    pub who: String,
    /// Days as they were typed.
    pub from: String,
    pub to: String,
    pub side: Side,
}

impl Filter {
    /// Reads it.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] for what no page of ours links to. What people type is checked in [`Self::sought`].
    pub fn read(asked: &Asked) -> Result<Self, Trouble> {
        let number = |text: &str| text.parse::<i64>().ok().filter(|seq| *seq > 0).ok_or(Trouble::NotFound);
        let side = match (asked.before.as_str(), asked.after.as_str()) {
            ("", "") => Side::Before(i64::MAX),
            (before, "") => Side::Before(number(before)?),
            ("", after) => Side::After(number(after)?),
            _ => return Err(Trouble::NotFound),
        };
        let part = match asked.kind.as_str() {
            "" => None,
            code => Some(Part::read(code).ok_or(Trouble::NotFound)?),
        };
        let typed = |text: &str| text.trim().chars().take(200).collect::<String>();
        Ok(Self { part, who: typed(&asked.q), from: typed(&asked.from), to: typed(&asked.to), side })
    }

    /// Returns what the store is asked for, all people left in; or what is wrong with the days.
    pub fn sought(&self, zone: &TimeZone) -> Result<Sought, Slips> {
        let mut slips = Slips::default();
        let mut day = |field: &'static str, typed: &str| {
            let day = read_day(typed);
            if day.is_none() && !typed.is_empty() {
                slips.note(field, "history-day-slip".into());
            }
            day
        };
        let (first, last) = (day("from", &self.from), day("to", &self.to));
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            slips.note("to", "history-days-slip".into());
        }
        if !slips.is_empty() {
            return Err(slips);
        }
        Ok(Sought {
            kinds: self.part.map_or_else(|| history::shown().collect(), Part::kinds),
            people: None,
            from: first.map_or(Timestamp::UNIX_EPOCH, |day| history::span(day, zone).0),
            until: last.map_or(Timestamp::MAX, |day| history::span(day, zone).1),
        })
    }

    /// Returns those among people who have such a name; or says that they are too many.
    pub fn people(&self, all: &HashMap<PersonId, String>) -> Result<Vec<PersonId>, Slips> {
        let wanted = catalogue::fold(&self.who);
        let has = |name: &str| {
            let name = catalogue::fold(name);
            wanted.split_whitespace().all(|word| name.split([' ', '-']).any(|part| part.starts_with(word)))
        };
        let found: Vec<PersonId> = all.iter().filter(|(_, name)| has(name)).map(|(id, _)| *id).collect();
        if found.len() > PEOPLE {
            let mut slips = Slips::default();
            slips.note("q", Phrase::new("history-many-slip").count("n", found.len()));
            return Err(slips);
        }
        Ok(found)
    }

    /// Returns whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        self.part.is_some() || [&self.who, &self.from, &self.to].iter().any(|text| !text.is_empty())
    }

    /// Returns the address of a page with this filter: `history`, or the file of the same lines.
    pub fn address(&self, group: GroupId, page: &str, side: Side) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let kind = self.part.map_or("", Part::code);
        for (name, value) in [("kind", kind), ("q", &self.who), ("from", &self.from), ("to", &self.to)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        match side {
            Side::Before(i64::MAX) => {}
            Side::Before(seq) => drop(query.append_pair("before", &seq.to_string())),
            Side::After(seq) => drop(query.append_pair("after", &seq.to_string())),
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/owned/{group}/{page}{mark}{query}")
    }
}

/// Reads a day as browsers send it, in years of four digits.
fn read_day(typed: &str) -> Option<Date> {
    let is_day = typed.len() == 10 && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    typed.parse().ok().filter(|_| is_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples;

    #[test]
    fn days_are_days_and_nothing_else() {
        for bad in ["", "2026-13-01", "2026-02-30", "26-11-2026", "2026-11-26T10:00", "today", "-000001-11", "20261126"]
        {
            assert_eq!(read_day(bad), None, "{bad}");
        }
        assert!(read_day("2028-02-29").is_some());
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words_and_too_many_are_none() {
        let named = |name: &str| (samples::person(name).id, name.to_owned());
        let all = HashMap::from(["Alan Turing", "Ada Lovelace", "André-Marie Ampère", "فاطمة الفهري"].map(named));
        let find = |who: &str| {
            let filter = Filter { who: who.to_owned(), ..Filter::read(&Asked::default()).unwrap() };
            filter.people(&all).map_or(usize::MAX, |people| people.len())
        };

        assert_eq!((find("a"), find("TURING al"), find("marie ampere"), find("فاط")), (3, 1, 1, 1));
        assert_eq!((find("uring"), find("%"), find("ada turing")), (0, 0, 0));
        let many = (0..51).map(|n| named(&format!("Maria Number{n}"))).collect();
        let filter = Filter { who: "maria".to_owned(), ..Filter::read(&Asked::default()).unwrap() };
        assert!(filter.people(&many).is_err());
    }
}
