//! Identifiers, enums, instants and JSON to and from columns. An enum is stored under the name serde gives it, so that the
//! column and the code cannot drift apart.

use std::{fmt::Display, str::FromStr};

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::Error;

/// Returns an identifier as stored.
pub(super) fn id(id: impl Display) -> String {
    id.to_string()
}

/// Reads an identifier.
pub(super) fn read_id<T: FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::codec(format!("{text:?} is not an identifier")))
}

/// Reads an identifier that may be missing.
pub(super) fn read_optional_id<T: FromStr>(text: Option<&str>) -> Result<Option<T>, Error> {
    text.map(read_id).transpose()
}

/// Returns the stored name of an enum value.
pub(super) fn code<T: Serialize>(value: T) -> Result<String, Error> {
    match serde_json::to_value(value).map_err(Error::codec)? {
        Value::String(name) => Ok(name),
        other => Err(Error::codec(format!("{other} is not a name"))),
    }
}

/// Reads an enum value from its stored name.
pub(super) fn read_code<T: DeserializeOwned>(name: &str) -> Result<T, Error> {
    serde_json::from_value(Value::String(name.to_owned())).map_err(Error::codec)
}

/// Returns an instant as stored: unix milliseconds.
pub(super) fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// Reads an instant.
pub(super) fn instant(ms: i64) -> Result<Timestamp, Error> {
    Timestamp::from_millisecond(ms).map_err(Error::codec)
}

/// Reads an instant that may be missing.
pub(super) fn optional_instant(ms: Option<i64>) -> Result<Option<Timestamp>, Error> {
    ms.map(instant).transpose()
}

/// Returns a value as JSON text.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::codec)
}

/// Reads a value from JSON text.
pub(super) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(Error::codec)
}

/// Returns identifiers as the JSON array that the list statements take.
pub(super) fn id_list<T: Display>(ids: &[T]) -> String {
    Value::from(ids.iter().map(ToString::to_string).collect::<Vec<_>>()).to_string()
}

/// Returns a limit as the databases take it.
pub(super) fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// Returns a count as the code uses it; none is ever negative.
pub(super) fn count(rows: i64) -> usize {
    usize::try_from(rows).unwrap_or_default()
}

/// Returns bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
