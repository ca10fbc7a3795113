//! Many people at once, through the browser's door: pasting, uploading, the preview, carrying out, and the result.

mod forms;
mod going;
mod hostile;

use std::time::Duration;

use reqwest::header::COOKIE;

use crate::{
    owned::owned,
    support::{page::Page, person::Person, portal::Portal},
};

/// Pastes a list and has it looked up.
pub(crate) async fn pastes(portal: &Portal, owner: &Person, group: &str, kind: &str, people: &str) -> Page {
    let form = owner.visit(&owned(portal, group, "/import")).await;
    owner.submit(&form, "Look people up", &[("kind", kind), ("people", people), ("reason", "They all start.")]).await
}

/// Uploads a file as a browser does, and returns the page that comes.
pub(crate) async fn uploads(portal: &Portal, owner: &Person, group: &str, kind: &str, file: &[u8]) -> Page {
    let path = owned(portal, group, "/import/file");
    let form = owner.visit(&owned(portal, group, "/import")).await;
    let mark = form.field("for").unwrap();
    let (status, location, text) =
        upload_raw(&portal.address, owner, &path, &[("for", &mark), ("kind", kind)], file).await;
    match location {
        Some(next) => owner.visit(&next).await,
        None => Page { status, length: text.len(), body: text, ..form },
    }
}

/// Sends a file with fields and follows nothing.
pub(crate) async fn upload_raw(
    address: &str,
    owner: &Person,
    path: &str,
    fields: &[(&str, &str)],
    file: &[u8],
) -> (reqwest::StatusCode, Option<String>, String) {
    const BOUNDARY: &str = "----roster-test";
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\nContent-Type: text/csv";
    body.extend_from_slice(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let answer = crate::support::portal::client()
        .post(format!("{address}{path}"))
        .header(COOKIE, owner.jar.header())
        .header("origin", address)
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(body)
        .send()
        .await
        .unwrap();
    let location = answer.headers().get("location").map(|location| location.to_str().unwrap().to_owned());
    (answer.status(), location, answer.text().await.unwrap())
}

/// Returns the rows of a list's page: what is in the list, and what is said of it.
pub(crate) fn rows(page: &Page) -> Vec<(String, String)> {
    let typed = page.all("main .table tbody th");
    let said = page.all("main .table tbody .tag");
    assert_eq!(typed.len(), said.len());
    typed.into_iter().zip(said).collect()
}

/// Visits the page of a list until it is in this state. However long that takes, it goes on all the time.
pub(crate) async fn until(owner: &Person, page: &Page, tag: &str) -> Page {
    let (mut last, mut unchanged) = (String::new(), 0);
    while unchanged < 800 {
        let now = owner.visit(page.url.path()).await;
        if now.tags()[0] == tag {
            return now;
        }
        if now.tags()[0] == "Stopped" {
            break;
        }
        unchanged = if now.text() == last { unchanged + 1 } else { 0 };
        last = now.text();
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    panic!("the list did not become {tag:?}:\n{}", owner.visit(page.url.path()).await.text())
}
