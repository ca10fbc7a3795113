//! Two companies that differ only in groups that do not take part look the same to an employee, byte for byte.

use roster_emulator::{Company, Group};
use uuid::Uuid;

use crate::support::{
    page::Page,
    person::Person,
    portal::{Portal, Setup},
};

/// Groups that an employee must not learn of, some with words that groups which take part have too.
const SECRET: [&str; 5] =
    ["Secret Mergers", "Compiler Team Layoffs", "Compilers", "Network Operators Dismissals", "Data Leak 東京開発"];

async fn employee(company: Company) -> (Portal, Person) {
    let portal = Setup { company, ..Setup::default() }.start().await;
    let alan = portal.sign_in("Alan Turing").await;
    (portal, alan)
}

#[tokio::test]
async fn what_does_not_take_part_changes_no_byte_of_what_an_employee_sees() {
    let mut larger = Company::contoso();
    let secret = |(n, name): (usize, &&str)| Group::security(Uuid::from_u128(0x5ec0 + n as u128), name);
    larger.groups.extend(SECRET.iter().enumerate().map(secret));
    let (portal, alan) = employee(Company::contoso()).await;
    let (other_portal, other_alan) = employee(larger).await;

    for path in [
        "/groups",
        "/groups?q=secret",
        "/groups?q=secert",
        "/groups?q=mergers",
        "/groups?q=comp",
        "/groups?q=compilers",
        "/groups?q=compilres",
        "/groups?q=team+layoffs",
        "/groups?q=layofs",
        "/groups?q=opreators",
        "/groups?q=%E9%96%8B%E7%99%BA",
        "/groups?q=d",
        "/groups?kind=security&q=data",
        "/groups?join=open&after=______________________8",
        "/groups/00000000-0000-0000-0000-000000005ec0",
    ] {
        let (one, other) = (alan.visit(path).await, other_alan.visit(path).await);

        assert_eq!(one.status, other.status, "{path}");
        for (one, other) in told(&one).iter().zip(&told(&other)) {
            assert_eq!(one, other, "{path}");
        }
        assert_eq!(told(&one).len(), told(&other).len(), "{path}");
    }
    assert_eq!(
        other_portal.sign_in("Ada Lovelace").await.visit("/admin/groups?q=secret").await.all("main tbody a"),
        ["Secret Mergers"]
    );
    drop(portal);
}

/// Returns the headers and the page line by line, but for what is different at each visit or in each test: the time, what
/// the request is called, and where portal and directory listen.
fn told(page: &Page) -> Vec<String> {
    let differs = ["date", "x-request-id", "set-cookie"];
    let headers = page.headers.iter().filter(|(name, _)| !differs.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())));
    let request = page.header("x-request-id");
    let lines = page.body.lines().map(|line| line.replace(request, "the request"));
    headers.chain(lines).map(|line| without_ports(&line)).collect()
}

fn without_ports(line: &str) -> String {
    let mut parts = line.split("127.0.0.1:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + "here" + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}
