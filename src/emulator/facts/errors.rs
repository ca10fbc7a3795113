//! Each row of the published catalogue of errors is produced, or stands in the table of those that cannot be.

use serde_json::Value;

use super::cases::{Case, produced};
use super::published;

/// Rows that the emulator cannot produce: their code, the beginning of their message, and why.
const NOT_PRODUCED: [(&str, &str, &str); 0] = [];

/// Returns whether a message fits a pattern: alternatives stand between bars, `...` and what is quoted as an example for
/// any text, and a message in brackets is not published.
fn fits(pattern: &str, message: &str) -> bool {
    let one = |pattern: &str| {
        let is_unpublished = pattern.starts_with('(') && pattern.ends_with(')');
        is_unpublished || fits_pieces(&pieces(pattern), message)
    };
    pattern.split(" | ").any(one)
}

/// Cuts a pattern at what stands for any text.
fn pieces(pattern: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for (index, part) in pattern.split('\'').enumerate() {
        let is_quoted = index % 2 == 1;
        let is_example = part.starts_with('{')
            || part == "..."
            || part == "members"
            || (!part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
        let last = pieces.last_mut().expect("there is always a piece");
        if is_quoted && is_example {
            last.push('\'');
            pieces.push("'".to_owned());
        } else if is_quoted {
            last.push_str(&format!("'{part}'"));
        } else {
            last.push_str(part);
        }
    }
    pieces.iter().flat_map(|piece| piece.split("...").map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn fits_pieces(pieces: &[String], message: &str) -> bool {
    let Some((first, others)) = pieces.split_first() else {
        return true;
    };
    let Some(mut rest) = message.strip_prefix(first.trim()) else {
        return false;
    };
    for piece in others {
        match rest.find(piece.trim()) {
            Some(at) => rest = &rest[at + piece.trim().len()..],
            None => return false,
        }
    }
    rest.is_empty() || others.last().is_some_and(|last| last.trim().is_empty())
}

/// Returns whether a case is what a row describes.
fn is_of(row: &Value, case: &Case) -> bool {
    let status = match &row["status"] {
        // The hundreds and tens are published, the last digit is not.
        Value::String(text) => case.status.to_string().starts_with(text.trim_end_matches('X')),
        number => number.as_u64() == Some(u64::from(case.status)),
    };
    let code = match row["code"].as_str() {
        None => case.code.is_empty(),
        Some(text) => fits(text, &case.code),
    };
    let message = row["message"].as_str().unwrap_or_default();
    let details = row["details"][0].as_object().into_iter().flatten().all(|(name, value)| case.detail[name] == *value);
    let headers =
        row["headers"].as_object().into_iter().flatten().all(|(name, _)| case.headers.contains(&name.to_lowercase()));
    let message = row["code"].is_null() || fits(message, &case.message);
    status && code && message && details && headers
}

#[tokio::test]
async fn every_published_error_is_produced() {
    let Some(file) = published("errors.json") else { return };
    let rows = file["errors"].as_array().expect("the rows");
    let cases = produced().await;

    let mut wrong = Vec::new();
    for row in rows {
        let alike = rows
            .iter()
            .filter(|other| ["status", "code", "message"].iter().all(|name| other[name] == row[name]))
            .count();
        let of_it = cases.iter().filter(|case| is_of(row, case)).count();
        let is_listed = NOT_PRODUCED.iter().any(|(code, start, _)| {
            row["code"] == *code && row["message"].as_str().is_some_and(|message| message.starts_with(start))
        });
        // Rows that look alike are of different causes: each needs a case of its own.
        if (of_it < alike) != is_listed {
            wrong.push(format!("{row}: {of_it} cases"));
        }
    }
    for case in &cases {
        if !rows.iter().any(|row| is_of(row, case)) {
            wrong.push(format!("{} is not published: {} {} {}", case.name, case.status, case.code, case.message));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_pattern_fits_what_it_stands_for_and_nothing_else() {
    assert!(fits("Resource '{id}' is gone.", "Resource '7' is gone."));
    assert!(!fits("Resource '{id}' is gone.", "Resource '7' is here."));
    assert!(fits("Empty. | Expired.", "Expired."));
    assert!(!fits("Empty. | Expired.", "Expired. Again."));
    assert!(fits("'121' exceeds '100' owners.", "'101' exceeds '100' owners."));
    assert!(fits("Exceeded. ...", "Exceeded. Ask somebody."));
    assert!(!fits("Use 'this: one'", "Use 'that: one'"));
    assert!(fits("(varies)", "Anything"));
}
