//! `$filter`: the operators Graph knows for people and groups, read into a tree.

use serde_json::Value;

use super::errors::GraphError;
use super::filter_reader;

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filter {
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    /// `property op literal`.
    Compare(String, Operator, Value),
    /// `property in (…)`.
    In(String, Vec<Value>),
    StartsWith(String, String),
    EndsWith(String, String),
    /// `property/any(x:x eq literal)`; of `property/any(x:x/inner eq literal)` the name is `property/inner`.
    Any(String, Value),
    /// `property/$count op number`.
    Count(String, Operator, Value),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Eq,
    Ne,
    Ge,
    Le,
    Gt,
    Lt,
}

impl Operator {
    /// Returns the operator as it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Ge => "ge",
            Self::Le => "le",
            Self::Gt => "gt",
            Self::Lt => "lt",
        }
    }
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// Returns Graph's 400 for text that is not a filter.
    pub(crate) fn parse(text: &str) -> Result<Self, GraphError> {
        filter_reader::read(text)
    }

    /// Returns whether this needs `ConsistencyLevel: eventual` and `$count=true`.
    pub(crate) fn is_advanced(&self) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => left.is_advanced() || right.is_advanced(),
            Self::Not(_) | Self::EndsWith(..) | Self::Count(..) => true,
            Self::Compare(_, operator, _) => *operator == Operator::Ne,
            Self::In(..) | Self::StartsWith(..) | Self::Any(..) => false,
        }
    }

    /// Returns the properties it asks about, in order, with repetitions.
    pub(crate) fn properties(&self) -> Vec<&str> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => [left.properties(), right.properties()].concat(),
            Self::Not(inner) => inner.properties(),
            Self::Compare(name, ..)
            | Self::In(name, _)
            | Self::StartsWith(name, _)
            | Self::EndsWith(name, _)
            | Self::Any(name, _)
            | Self::Count(name, ..) => vec![name],
        }
    }

    /// Returns how many different properties are asked for their beginning.
    pub(crate) fn beginnings(&self) -> usize {
        let mut names = Vec::new();
        self.collect_beginnings(&mut names);
        names.sort_unstable();
        names.dedup();
        names.len()
    }

    fn collect_beginnings<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                left.collect_beginnings(names);
                right.collect_beginnings(names);
            }
            Self::Not(inner) => inner.collect_beginnings(names),
            Self::StartsWith(name, _) => names.push(name),
            _ => {}
        }
    }

    /// Returns whether an object fits; `property` returns its values, and its counts for `name/$count`.
    pub(crate) fn fits(&self, property: &impl Fn(&str) -> Value) -> bool {
        match self {
            Self::And(left, right) => left.fits(property) && right.fits(property),
            Self::Or(left, right) => left.fits(property) || right.fits(property),
            Self::Not(inner) => !inner.fits(property),
            Self::Compare(name, operator, wanted) => compare(&property(name), *operator, wanted),
            Self::In(name, wanted) => {
                let value = property(name);
                wanted.iter().any(|one| is_equal(&value, one))
            }
            Self::StartsWith(name, start) => folded(&property(name)).starts_with(&start.to_lowercase()),
            Self::EndsWith(name, end) => folded(&property(name)).ends_with(&end.to_lowercase()),
            Self::Any(name, wanted) => {
                property(name).as_array().is_some_and(|list| list.iter().any(|one| compare(one, Operator::Eq, wanted)))
            }
            Self::Count(name, operator, wanted) => compare(&property(&format!("{name}/$count")), *operator, wanted),
        }
    }
}

fn folded(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_lowercase()
}

/// Compares as `eq` does, and folds what is not plain text only.
fn is_equal(value: &Value, wanted: &Value) -> bool {
    match (value.as_str(), wanted.as_str()) {
        (Some(left), Some(right)) if left.is_ascii() && right.is_ascii() => left.eq_ignore_ascii_case(right),
        _ => compare(value, Operator::Eq, wanted),
    }
}

fn compare(value: &Value, operator: Operator, wanted: &Value) -> bool {
    let ordering = match (value, wanted) {
        (Value::String(left), Value::String(right)) => left.to_lowercase().partial_cmp(&right.to_lowercase()),
        (Value::Number(left), Value::Number(right)) => left.as_i64().partial_cmp(&right.as_i64()),
        _ if value == wanted => Some(std::cmp::Ordering::Equal),
        _ => None,
    };
    match operator {
        Operator::Eq => ordering.is_some_and(std::cmp::Ordering::is_eq),
        Operator::Ne => !ordering.is_some_and(std::cmp::Ordering::is_eq),
        Operator::Ge => ordering.is_some_and(std::cmp::Ordering::is_ge),
        Operator::Le => ordering.is_some_and(std::cmp::Ordering::is_le),
        Operator::Gt => ordering.is_some_and(std::cmp::Ordering::is_gt),
        Operator::Lt => ordering.is_some_and(std::cmp::Ordering::is_lt),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fits(filter: &str) -> bool {
        let filter = Filter::parse(filter).expect("the filter is well formed");
        filter.fits(&|name| match name {
            "displayName" => json!("O'Brien's team"),
            "groupTypes" => json!(["Unified"]),
            "mailEnabled" => json!(true),
            "owners/$count" => json!(0),
            _ => Value::Null,
        })
    }

    #[test]
    fn conditions_bind_as_in_odata() {
        assert!(fits("mailEnabled eq false and mailEnabled eq false or mailEnabled eq true"));
        assert!(!fits("mailEnabled eq false and (mailEnabled eq false or mailEnabled eq true)"));
        assert!(fits("NOT(groupTypes/any(s:s eq 'DynamicMembership')) and onPremisesSyncEnabled ne true"));
        assert!(fits("owners/$count eq 0"));
    }

    #[test]
    fn a_quote_inside_text_is_doubled() {
        assert!(fits("displayName eq 'O''Brien''s team'"));
        assert!(fits("startswith(displayName,'o''b')"));
        assert!(Filter::parse("displayName eq 'O'Brien'").is_err());
    }

    #[test]
    fn negations_and_endings_are_advanced() {
        let advanced = |text| Filter::parse(text).map(|filter| filter.is_advanced());

        assert_eq!(advanced("displayName eq 'a'"), Ok(false));
        assert_eq!(advanced("groupTypes/any(c:c eq 'Unified')"), Ok(false));
        assert_eq!(advanced("displayName ne 'a'"), Ok(true));
        assert_eq!(advanced("endswith(mail,'a') or mail eq 'b'"), Ok(true));
        assert_eq!(advanced("owners/$count eq 0"), Ok(true));
    }
}
