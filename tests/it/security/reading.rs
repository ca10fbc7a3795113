//! Looking changes nothing: not our records, and not the directory.

use reqwest::Method;
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};

use crate::support::{person::Person, portal::Portal, steps::Asked};

/// Everything but sessions and sign-ins on their way, which a visit may touch.
const TABLES: [&str; 9] = [
    "designation",
    "request",
    "decision",
    "operation",
    "event",
    "head",
    "directory_group",
    "directory_owner",
    "held_form",
];

/// Returns every row of the tables, as text.
async fn records(portal: &Portal) -> Vec<String> {
    let mut connection = SqliteConnection::connect(&portal.database.url).await.unwrap();
    let mut all = Vec::new();
    for table in TABLES {
        let columns = format!("SELECT group_concat('quote(' || name || ')', '||') FROM pragma_table_info('{table}')");
        let row = sqlx::query(AssertSqlSafe(columns)).fetch_one(&mut connection).await.unwrap();
        let rows = format!("SELECT '{table} ' || {} FROM {table} ORDER BY 1", row.get::<String, _>(0));
        let rows = sqlx::query(AssertSqlSafe(rows)).fetch_all(&mut connection).await.unwrap();
        all.extend(rows.iter().map(|row| row.get::<String, _>(0)));
    }
    all
}

fn pages(asked: &Asked) -> Vec<String> {
    let (group, id) = (asked.portal.group("Compiler Team"), &asked.request);
    let team = group.trim_start_matches("/groups/").to_owned();
    let mut all: Vec<String> = ["/", "/help", "/groups", "/groups?q=data", "/requests", "/approvals", "/memberships"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    all.extend([group.clone(), format!("{group}/ask"), format!("/requests/{id}"), format!("/approvals/{id}")]);
    all.extend([format!("/memberships/{team}/leave"), "/admin/groups".to_owned(), format!("/admin{group}")]);
    all.extend(["/signed-out".to_owned(), "/nowhere".to_owned()]);
    all
}

async fn looking_changes_nothing(asked: &Asked, person: &Person, method: Method) {
    // The first visit may learn which groups the person owns.
    person.visit("/approvals").await.answers(200);
    let before = records(&asked.portal).await;

    for path in pages(asked) {
        let page = person.raw(method.clone(), &path, &[], None).await;

        assert!(!page.status.is_server_error(), "{method} {path}: {}", page.status);
        assert_eq!(records(&asked.portal).await, before, "{method} {path}");
    }
    let (_, writes) = asked.portal.calls();
    assert_eq!(writes, 0, "{:#?}", asked.portal.emulator.calls());
}

#[tokio::test]
async fn an_owner_who_looks_changes_nothing() {
    let asked = Asked::start().await;

    looking_changes_nothing(&asked, &asked.grace, Method::GET).await;
    looking_changes_nothing(&asked, &asked.grace, Method::HEAD).await;
}

#[tokio::test]
async fn an_employee_who_looks_changes_nothing() {
    let asked = Asked::start().await;

    looking_changes_nothing(&asked, &asked.alan, Method::GET).await;
}

#[tokio::test]
async fn an_administrator_who_looks_changes_nothing() {
    let asked = Asked::start().await;
    let ada = asked.portal.sign_in("Ada Lovelace").await;

    looking_changes_nothing(&asked, &ada, Method::GET).await;
    looking_changes_nothing(&asked, &ada, Method::HEAD).await;
}

#[tokio::test]
async fn a_head_says_what_a_page_view_says_without_the_page() {
    let asked = Asked::start().await;

    for path in ["/", "/groups", "/nowhere", "/signed-out"] {
        let (view, head) =
            (asked.grace.raw(Method::GET, path, &[], None).await, asked.grace.raw(Method::HEAD, path, &[], None).await);

        assert_eq!((view.status, view.header("content-type")), (head.status, head.header("content-type")), "{path}");
        assert!(head.body.is_empty(), "{path}");
    }
}
