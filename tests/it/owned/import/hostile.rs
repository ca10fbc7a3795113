//! Wrong lists: each is refused in words, nothing is kept, and nothing is written.

use super::{pastes, rows, upload_raw, uploads};
use crate::owned::{grace, owned};

const TEAM: &str = "Compiler Team";

#[tokio::test]
async fn what_is_no_list_is_refused_in_words() {
    let (portal, grace) = grace().await;
    let large = vec![b'a'; 2_100_000];
    let many = "ada.lovelace@contoso.example\n".repeat(10_001);
    let binary = b"PK\x03\x04\x14\0\x06\0\xff\xfe\0\0\x9c\x9d";
    let open = b"Mail\n\"ada.lovelace@contoso.example\nken.thompson@contoso.example";
    let cases: [(&[u8], &str); 5] = [
        (&large, "The file is larger than 2 MB."),
        (many.as_bytes(), "The list has 10,001 rows."),
        (binary, "The file is no text that can be read here."),
        (open, "Line 2: a quotation mark opens here"),
        (b"", "Choose a file that names at least one person"),
    ];

    for (file, said) in cases {
        let page = uploads(&portal, &grace, TEAM, "add", file).await;

        page.answers(422);
        page.shows(said);
    }
    pastes(&portal, &grace, TEAM, "add", " \n;;\n").await.shows("Paste at least one address");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM import_job").await, 0);
}

#[tokio::test]
async fn what_is_typed_is_not_lost_when_the_list_is_refused() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/import")).await;

    let long = "x".repeat(501);
    let typed = [("kind", "remove"), ("people", "\"open"), ("reason", long.as_str())];
    let page = grace.submit(&form, "Look people up", &typed).await;

    page.answers(422);
    assert_eq!(page.errors().len(), 2, "{:?}", page.errors());
    assert_eq!(page.field("people").unwrap().trim(), "\"open");
    assert!(page.body.contains(&long));
}

#[tokio::test]
async fn odd_rows_stay_rows() {
    let (portal, grace) = grace().await;
    let arabic = "ص".repeat(120);
    let file = format!(
        "Mail,Name\n=HYPERLINK(\"\"x\"\"),a\n{arabic},b\nken\0.thompson@contoso.example,c\n{arabic}@contoso.example,d\n\
         <script>alert(1)</script>,e\nken.thompson@contoso.example,f\n"
    );

    let page = uploads(&portal, &grace, TEAM, "add", file.as_bytes()).await;
    let (status, _, csv) = download(&portal, &grace, page.url.path()).await;

    let said: Vec<String> = rows(&page).into_iter().map(|(_, said)| said).collect();
    let no_key = "Not readable: neither an address nor an object id";
    let unseen = "Not readable: has characters that cannot be seen";
    assert_eq!(said, [no_key, no_key, unseen, "Nobody goes by this", no_key, "New"]);
    assert!(!page.body.contains("<script>alert"));
    assert_eq!(status, 200);
    let beginning = "\u{feff}\"Line\",\"In the list\",\"Person\",\"Object id\",\"Result\"\r\n\"2\",\"'=HYPERLINK";
    assert!(csv.starts_with(beginning), "{csv}");
    assert!(csv.contains(&arabic) && !csv.contains('\0'));
}

#[tokio::test]
async fn an_upload_without_end_or_without_its_sender_is_refused() {
    let (portal, grace) = grace().await;
    let path = owned(&portal, TEAM, "/import/file");
    let form = grace.visit(&owned(&portal, TEAM, "/import")).await;
    let mary = portal.sign_in("Mary Jackson").await;
    let drawn_for = form.field("for").unwrap();

    let (endless, ..) = upload_raw(&portal.address, &grace, &path, &[], &vec![b'a'; 3_500_000]).await;
    let (elsewhere, ..) = upload_raw(&portal.address, &grace, &path.replace("/file", ""), &[], b"a").await;
    // Drawn for Grace, sent by Mary, who owns the group too.
    let (stale, ..) =
        upload_raw(&portal.address, &mary, &path, &[("for", &drawn_for)], b"ken.thompson@contoso.example").await;

    assert_eq!((endless.as_u16(), elsewhere.as_u16(), stale.as_u16()), (413, 415, 409));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM import_job").await, 0);
}

async fn download(
    portal: &crate::support::portal::Portal,
    owner: &crate::support::person::Person,
    list: &str,
) -> (u16, String, String) {
    let answer = crate::support::portal::client()
        .get(format!("{}{list}/result.csv", portal.address))
        .header("cookie", owner.jar.header())
        .send()
        .await
        .unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (answer.status().as_u16(), kind, String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap())
}
