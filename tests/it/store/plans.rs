//! How `SQLite` goes about the statements that take a list: it reads the list once, not once for each row of a table. With
//! five thousand rows that is the difference between a moment and half a minute in which nobody else can write.

use std::{fs, path::Path};

use regex::Regex;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use crate::support::database::Database;

/// The statements of the store that take a list, with the file that each is in.
fn statements() -> Vec<(String, String)> {
    let written = Regex::new(r#"(?s)from_items!\(\s*[\w.&]+,\s*\["(.*?)"\],\s*\["(.*?)"\]\s*\)"#).unwrap();
    let mut all = Vec::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store")).unwrap() {
        let path = file.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found = written.captures_iter(&text);
        all.extend(found.map(|it| (name.clone(), format!("{} FROM json_each($1) AS item {}", &it[1], &it[2]))));
        assert_eq!(text.matches("from_items!(").count(), written.captures_iter(&text).count(), "{name}");
    }
    all
}

/// Returns the steps that read the list anew for every row of what was looked through just before.
async fn repeated(database: &mut SqliteConnection, statement: &str) -> Vec<String> {
    let plan = format!("EXPLAIN QUERY PLAN {statement}");
    let steps = sqlx::query(AssertSqlSafe(plan)).fetch_all(database).await.unwrap();
    let steps: Vec<(i64, String)> = steps.iter().map(|step| (step.get("parent"), step.get("detail"))).collect();
    let inner = steps.windows(2).filter(|pair| {
        let (outer, inner) = (&pair[0], &pair[1]);
        inner.1.starts_with("SCAN item") && inner.0 == outer.0 && outer.1.starts_with('S')
    });
    inner.map(|pair| format!("{}, then {}", pair[0].1, pair[1].1)).collect()
}

#[tokio::test]
async fn a_list_is_read_once_and_not_for_every_row() {
    let database = Database::sqlite().await;
    let mut connection = SqliteConnection::connect(&database.url).await.unwrap();
    let statements = statements();

    for (file, statement) in &statements {
        assert_eq!(repeated(&mut connection, statement).await, Vec::<String>::new(), "{file}: {statement}");
    }

    assert!(statements.len() > 10, "{}", statements.len());
    let joined = "UPDATE import_row SET verdict = news.verdict
                  FROM (SELECT CAST(item.value ->> 'place' AS BIGINT) AS place, item.value ->> 'verdict' AS verdict
                        FROM json_each($1) AS item) AS news
                  WHERE import_row.job_id = $2 AND import_row.place = news.place";
    assert_eq!(repeated(&mut connection, joined).await.len(), 1, "what the check is for is noticed");
}
