//! Instants and days as people say them, in the person's own time zone.

use askama::filters::HtmlSafe;
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use std::fmt;

use super::words::{Phrase, escape};

/// An instant, ready for a page: a `<time>` element with the exact instant beside the words.
#[derive(Debug, Clone)]
pub struct When {
    at: Timestamp,
    words: String,
}

impl When {
    /// Says an instant with its time of day: "today, 09:14", "3 May, 09:14", "3 May 2025, 09:14".
    #[must_use]
    pub fn instant(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Self {
        let then = at.to_zoned_datetime(zone.clone());
        let words = Phrase::new("time-day-and-hour")
            .word("day", day(&then, now, zone))
            .word("hour", format!("{}", then.strftime("%H:%M")));
        Self { at, words: words.text() }
    }

    /// Says the day only: "today", "3 May", "3 May 2025".
    #[must_use]
    pub fn day(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Self {
        Self { at, words: day(&at.to_zoned_datetime(zone.clone()), now, zone) }
    }

    /// Returns the same for where a line begins: with a capital letter.
    #[must_use]
    pub fn alone(mut self) -> Self {
        let mut letters = self.words.chars();
        if let Some(first) = letters.next() {
            self.words = first.to_uppercase().chain(letters).collect();
        }
        self
    }

    /// Returns the words alone.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

impl fmt::Display for When {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<time datetime=\"{}\">{}</time>", self.at, escape(&self.words))
    }
}

impl HtmlSafe for When {}

fn day(then: &ZonedDateTime, now: Timestamp, zone: &TimeZone) -> String {
    let today = now.to_zoned_datetime(zone.clone());
    let days = then.date().since((jiff::Unit::Day, today.date())).map_or(i32::MAX, |span| span.get_days());
    match days {
        0 => Phrase::new("time-today").text(),
        1 => Phrase::new("time-tomorrow").text(),
        -1 => Phrase::new("time-yesterday").text(),
        _ if then.year() == today.year() => then.strftime("%-d %B").to_string(),
        _ => then.strftime("%-d %B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_said_in_the_zone_of_the_person() {
        let now: Timestamp = "2026-11-23T22:30:00Z".parse().unwrap();
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();

        let say = |text: &str| When::instant(at(text), now, &berlin).words().to_owned();

        assert_eq!(say("2026-11-23T22:05:00Z"), "today, 23:05");
        assert_eq!(say("2026-11-23T23:05:00Z"), "tomorrow, 00:05");
        assert_eq!(say("2026-11-21T23:05:00Z"), "yesterday, 00:05");
        assert_eq!(say("2026-05-03T07:14:00Z"), "3 May, 09:14");
        assert_eq!(say("2025-05-03T07:14:00Z"), "3 May 2025, 09:14");
    }
}
