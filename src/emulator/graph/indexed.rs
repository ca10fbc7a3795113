//! What filters, searches and sorting may ask about: only what Graph indexes, with the operators it documents.

use serde_json::Value;

use super::errors::GraphError;
use super::filter::{Filter, Operator};
use super::list::Of;
use super::properties::PERSON_BASIC;
use super::scene::{READS_PEOPLE, Scene};
use super::search::Search;

/// Text that is compared, ordered and asked for its beginning.
const TEXT: &[&str] = &["eq", "ne", "ge", "le", "in", "startsWith"];
/// The same, and asked for its end.
const ADDRESS: &[&str] = &["eq", "ne", "ge", "le", "in", "startsWith", "endsWith"];
const ORDERED: &[&str] = &["eq", "ne", "ge", "le", "in"];
const EQUAL: &[&str] = &["eq", "ne", "in"];
const ONE_OF: &[&str] = &["any"];
const COUNT: &[&str] = &["count"];

/// Returns the operators that Graph documents for a property of people; none when it is not indexed.
fn of_people(name: &str) -> &'static [&'static str] {
    match name {
        "displayName" | "givenName" | "surname" | "mailNickname" | "jobTitle" | "department" | "employeeId" => TEXT,
        "mail" | "userPrincipalName" => ADDRESS,
        "createdDateTime" => ORDERED,
        "signInActivity/lastSignInDateTime"
        | "signInActivity/lastNonInteractiveSignInDateTime"
        | "signInActivity/lastSuccessfulSignInDateTime" => ORDERED,
        "id" | "userType" | "accountEnabled" => EQUAL,
        _ => &[],
    }
}

/// Returns the operators that Graph documents for a property of groups; none when it is not indexed.
fn of_groups(name: &str) -> &'static [&'static str] {
    match name {
        "displayName" | "mail" | "mailNickname" => TEXT,
        "description" | "membershipRule" | "classification" => &["eq", "ne", "ge", "le", "startsWith"],
        "createdDateTime" | "renewedDateTime" | "expirationDateTime" | "deletedDateTime" => ORDERED,
        "id" | "securityEnabled" | "onPremisesSyncEnabled" | "membershipRuleProcessingState" => EQUAL,
        "mailEnabled" | "isAssignableToRole" => &["eq", "ne"],
        "groupTypes" | "resourceProvisioningOptions" => ONE_OF,
        "owners" => COUNT,
        _ => &[],
    }
}

fn operators(of: Of, name: &str) -> &'static [&'static str] {
    match of {
        Of::People => of_people(name),
        Of::Groups => of_groups(name),
        Of::Roles => &[],
        Of::Anything if of_people(name).is_empty() => of_groups(name),
        Of::Anything => of_people(name),
    }
}

impl Scene<'_> {
    /// Refuses a filter on what is not indexed, with an operator the property does not take, or on what the token does
    /// not show.
    pub(crate) fn check_filter(&self, filter: &Filter, of: Of) -> Result<(), GraphError> {
        check_operators(filter, of)?;
        // Several beginnings are an advanced query, except for the documented search of people by prefix.
        if of != Of::People && filter.beginnings() > 1 {
            self.query.demand_advanced()?;
        }
        let reads_people = self.caller.holds_any(&READS_PEOPLE);
        let open = self.behaviour.basic_profile_may_filter_enabled;
        let about_people = |name: &str| of == Of::People || (of == Of::Anything && of_groups(name).is_empty());
        let shown =
            |name: &&str| !about_people(name) || PERSON_BASIC.contains(name) || (open && *name == "accountEnabled");
        if reads_people || filter.properties().iter().all(shown) { Ok(()) } else { Err(GraphError::denied()) }
    }

    /// Refuses a search in what is not indexed for it.
    pub(crate) fn check_search(&self, search: &Search, of: Of) -> Result<(), GraphError> {
        let people = ["displayName", "givenName", "surname", "mail", "userPrincipalName"];
        let groups = ["displayName", "description", "mail", "mailNickname"];
        let searched = |name: &str| match of {
            Of::People => people.contains(&name),
            Of::Groups => groups.contains(&name),
            Of::Roles => name == "displayName",
            Of::Anything => people.contains(&name) || groups.contains(&name),
        };
        if search.properties().all(searched) {
            return Ok(());
        }
        Err(GraphError::unsupported("The request searches a property that is not indexed"))
    }

    /// Refuses to sort by what Graph does not sort by; the time of deletion only in advanced queries.
    pub(crate) fn check_order(&self, name: &str, of: Of) -> Result<(), GraphError> {
        let keys: &[&str] = match of {
            Of::People => &["displayName", "userPrincipalName"],
            Of::Groups => &["displayName", "deletedDateTime"],
            Of::Anything | Of::Roles => &["displayName"],
        };
        if !keys.contains(&name) {
            return Err(GraphError::unsupported("Sorting not supported for current query."));
        }
        if name == "deletedDateTime" { self.query.demand_advanced() } else { Ok(()) }
    }
}

fn check_operators(filter: &Filter, of: Of) -> Result<(), GraphError> {
    let (name, operator) = match filter {
        Filter::And(left, right) | Filter::Or(left, right) => {
            return check_operators(left, of).and_then(|()| check_operators(right, of));
        }
        Filter::Not(inner) => return check_operators(inner, of),
        Filter::Compare(name, operator, _) => (name, operator.name()),
        Filter::In(name, _) => (name, "in"),
        Filter::StartsWith(name, _) => (name, "startsWith"),
        Filter::EndsWith(name, _) => (name, "endsWith"),
        Filter::Any(name, _) => (name, "any"),
        Filter::Count(name, operator, number) => {
            // Only whether there is none, or one (schema of the group's owners).
            let known = [Value::from(0), Value::from(1)].contains(number);
            let equals = matches!(operator, Operator::Eq | Operator::Ne);
            (name, if known && equals { "count" } else { "" })
        }
    };
    let taken = operators(of, name);
    if taken.is_empty() {
        return Err(GraphError::unsupported("The request uses a filter property that is not indexed"));
    }
    if taken.contains(&operator) { Ok(()) } else { Err(GraphError::needs_advanced()) }
}
