//! The process is killed in the middle of saving answers of a review, on both databases: what was saved before is kept, the
//! page that was being saved is saved whole or not at all, and sent again it is saved once.
//!
//! Somebody else holds what the answers are written to, so that the kill falls inside of the transaction.

use std::time::Duration;

use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};

use crate::{
    kill_deeds::Scene,
    support::{database::Database, left_out, page::Page, ran},
};

/// Somebody who holds the answers.
enum Holder {
    Lite(SqliteConnection),
    Postgres(PgConnection),
}

impl Holder {
    async fn hold(database: &Database) -> Self {
        if database.is_sqlite() {
            let mut connection = SqliteConnection::connect(&database.url).await.unwrap();
            connection.execute(sqlx::raw_sql("BEGIN IMMEDIATE")).await.unwrap();
            return Self::Lite(connection);
        }
        let mut connection = PgConnection::connect(&database.url).await.unwrap();
        connection.execute(sqlx::raw_sql("BEGIN; LOCK TABLE review_row IN EXCLUSIVE MODE")).await.unwrap();
        Self::Postgres(connection)
    }

    async fn let_go(self) {
        match self {
            Self::Lite(connection) => connection.close().await.unwrap(),
            Self::Postgres(connection) => connection.close().await.unwrap(),
        }
    }
}

/// Returns how many members have an answer, as the page says it.
fn answered(page: &Page) -> Vec<String> {
    page.all("aside ul li")
}

async fn answers_survive(database: Database) {
    let (scene, process) = Scene::start(database).await;
    let path = format!("{}/review", scene.workspace);
    let begin = scene.grace.visit(&path).await;
    let page = scene.grace.submit(&begin, "Begin review", &[]).await;
    let members = page.all("main legend").len();
    let first = scene.sends(&page, "Save answers", &[("answer0", "keep")]);
    assert!(first.await.unwrap());
    let page = scene.grace.visit(&path).await;
    page.shows("One stays");

    let holder = Holder::hold(&scene.database).await;
    let typed = [("answer0", "keep"), ("answer1", "remove"), ("reason1", "Moved on."), ("answer2", "keep")];
    let saving = scene.sends(&page, "Save answers", &typed);
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(!saving.is_finished(), "the answers were saved before the kill");
    process.kill();
    assert!(!saving.await.unwrap());
    holder.let_go().await;
    let next = scene.next().await;

    let after = scene.grace.visit(&path).await;
    let (one, none) = ("One stays".to_owned(), format!("{} without an answer", members - 1));
    assert_eq!(answered(&after), [one, "0 to be removed".to_owned(), none], "{}", after.text());
    assert!(scene.sends(&page, "Save answers", &typed).await.unwrap());
    assert!(scene.sends(&page, "Save answers", &typed).await.unwrap(), "sent twice");
    let saved = scene.grace.visit(&path).await;
    saved.shows("2 stay");
    saved.shows("One to be removed");
    let report = scene.grace.submit(&saved, "End review", &[]).await;
    report.shows("Moved on.");
    for query in [
        "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'review.started'",
        "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'review.ended'",
    ] {
        assert_eq!(scene.count(query).await, 1, "{query}");
    }
    assert!(scene.database.store.events().verify().await.unwrap().is_ok());
    next.kill();
}

#[tokio::test]
async fn answers_of_a_review_survive_a_kill_on_sqlite() {
    answers_survive(Database::sqlite().await).await;
    ran("kill::answers_on_sqlite");
}

#[tokio::test]
async fn answers_of_a_review_survive_a_kill_on_postgres() {
    let Some(database) = Database::postgres().await else { return left_out("PostgreSQL is not on PATH") };
    answers_survive(database).await;
    ran("kill::answers_on_postgres");
}
