//! What can go wrong with the database, in terms of what it means for a person: try again, make room, call somebody.

/// What lies beneath, for the log only.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failure of the store. A change that somebody else made first is no failure, see [`super::Moved`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached, is too busy or takes no writes; the same call may succeed later.
    #[error("the database does not answer")]
    Unavailable(#[source] Cause),
    /// No room is left on the database's disk.
    #[error("the database has no room left")]
    Full(#[source] Cause),
    /// The database's files are damaged.
    #[error("the database is damaged")]
    Corrupt(#[source] Cause),
    /// A rule of the tables stands against the change.
    #[error("a rule of the database stands against the change")]
    Constraint(#[source] Cause),
    /// A value cannot be written to its column or read from it.
    #[error("a value does not fit its column")]
    Codec(#[source] Cause),
    /// The database is not set up as it has to be.
    #[error("the database is not set up as it has to be: {0}")]
    Unfit(String),
    /// A statement or a migration is wrong for this database.
    #[error("a statement failed")]
    Statement(#[source] Cause),
}

impl Error {
    /// Returns whether the same call may succeed later without anybody's help.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Returns the failure with what lies beneath it, for the log. Of JSON that does not fit, only the place is told: its
    /// own report quotes values, and some of ours are secrets.
    #[must_use]
    pub fn with_causes(&self) -> String {
        let mut said = self.to_string();
        let mut beneath = std::error::Error::source(self);
        while let Some(cause) = beneath {
            let words = match cause.downcast_ref::<serde_json::Error>() {
                Some(json) => format!("JSON at line {}, column {}: {:?}", json.line(), json.column(), json.classify()),
                None => cause.to_string(),
            };
            // Some say their own cause already.
            if !said.ends_with(&words) {
                said = format!("{said}: {words}");
            }
            beneath = cause.source();
        }
        said
    }

    /// Makes a codec error from a sentence.
    pub(super) fn codec(cause: impl Into<Cause>) -> Self {
        Self::Codec(cause.into())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(_) => from_database(error),
            sqlx::Error::Configuration(cause) => Self::Unfit(cause.to_string()),
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::Encode(_)
            | sqlx::Error::ColumnNotFound(_) => Self::codec(error),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Self::Unavailable(error.into()),
            _ => Self::Statement(error.into()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::Execute(inner) => inner.into(),
            other => Self::Unfit(other.to_string()),
        }
    }
}

/// Sorts what the database itself said by its code.
fn from_database(error: sqlx::Error) -> Error {
    let (code, breaks_rule, lite) = match &error {
        sqlx::Error::Database(said) => (
            said.code().unwrap_or_default().into_owned(),
            !matches!(said.kind(), sqlx::error::ErrorKind::Other),
            said.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some(),
        ),
        _ => return error.into(),
    };
    if breaks_rule {
        return Error::Constraint(error.into());
    }
    if lite { from_sqlite(&code, error) } else { from_postgres(&code, error) }
}

/// Result codes: sqlite.org/rescode.html; the primary one is the low byte.
fn from_sqlite(code: &str, error: sqlx::Error) -> Error {
    match code.parse::<i32>().unwrap_or_default() & 0xff {
        13 => Error::Full(error.into()),
        11 | 26 => Error::Corrupt(error.into()),
        19 => Error::Constraint(error.into()),
        18 | 20 => Error::codec(error),
        5 | 6 | 8 | 9 | 10 | 14 => Error::Unavailable(error.into()),
        _ => Error::Statement(error.into()),
    }
}

/// SQLSTATE classes: `PostgreSQL` documentation, appendix A. Text with NUL is 22021, or 22P05 inside JSON.
fn from_postgres(code: &str, error: sqlx::Error) -> Error {
    match code {
        "53100" => Error::Full(error.into()),
        "XX001" | "XX002" => Error::Corrupt(error.into()),
        "25006" | "55P03" => Error::Unavailable(error.into()),
        _ => match code.get(..2).unwrap_or_default() {
            "08" | "40" | "53" | "57" | "58" => Error::Unavailable(error.into()),
            "22" => Error::codec(error),
            "28" | "3D" => Error::Unfit(error.to_string()),
            "23" | "P0" => Error::Constraint(error.into()),
            _ => Error::Statement(error.into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beneath_is_told_once() {
        let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "nobody listens on the port");
        let error = Error::from(sqlx::Error::Io(refused));

        let told = error.with_causes();

        assert!(told.starts_with("the database does not answer: "), "{told}");
        assert_eq!(told.matches("nobody listens on the port").count(), 1, "{told}");
    }

    #[test]
    fn no_value_of_a_record_is_told() {
        let json = serde_json::from_str::<Vec<u8>>(r#""canary-of-a-token""#).unwrap_err();

        let told = Error::codec(json).with_causes();

        assert_eq!(told, "a value does not fit its column: JSON at line 1, column 19: Data");
    }
}
