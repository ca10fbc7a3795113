//! Lists as people have them: encodings, separators, headings, and what is no list.

use super::*;
use crate::domain::importing::Key;

fn read(rows: &[Row]) -> Vec<(usize, &str)> {
    let key = |row: &Row| row.key.is_ok();
    assert!(rows.iter().all(key), "{rows:?}");
    rows.iter().map(|row| (row.line, row.typed.as_str())).collect()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

const TABLE: &str = "Name;Mail\r\n\"Lovelace; Ada\";ada@contoso.example\r\n\r\nAlan;alan@contoso.example\r\n";
const ROWS: [(usize, &str); 2] = [(2, "ada@contoso.example"), (4, "alan@contoso.example")];

#[test]
fn every_encoding_and_separator_tells_the_same_rows() {
    for text in [TABLE.to_owned(), TABLE.replace("\r\n", "\n"), TABLE.replace("\r\n", "\r")] {
        for separated in [text.clone(), text.replace(';', ","), text.replace(';', "\t")] {
            assert_eq!(read(&read_file(separated.as_bytes()).unwrap()), ROWS, "{separated:?}");
            assert_eq!(read(&read_file(format!("\u{feff}{separated}").as_bytes()).unwrap()), ROWS);
            assert_eq!(read(&read_file(&utf16(&separated, true)).unwrap()), ROWS);
            assert_eq!(read(&read_file(&utf16(&separated, false)).unwrap()), ROWS);
        }
    }
}

#[test]
fn a_list_without_headings_is_read_from_its_first_line() {
    let rows = read_file(b"ada@contoso.example\nalan@contoso.example").unwrap();
    let with_names = read_file(b"Ada Lovelace,ada@contoso.example\nAlan Turing,alan@contoso.example").unwrap();

    assert_eq!(read(&rows), [(1, "ada@contoso.example"), (2, "alan@contoso.example")]);
    assert_eq!(read(&rows), read(&with_names));
}

#[test]
fn the_surest_column_that_is_filled_counts() {
    let id = uuid::Uuid::from_u128(7).to_string();
    let text = format!(
        "mail,UPN,Object ID\na@contoso.example,b@contoso.example,{id}\na@contoso.example,,\n,b@contoso.example,\n"
    );

    let rows = read_file(text.as_bytes()).unwrap();

    assert_eq!(read(&rows), [(2, id.as_str()), (3, "a@contoso.example"), (4, "b@contoso.example")]);
}

#[test]
fn the_templates_of_excel_and_entra_are_read() {
    let entra =
        "version:v1.0\nMember object ID or user principal name [memberObjectIdOrUpn] Required\nada@contoso.example\n";

    assert_eq!(read(&read_file(entra.as_bytes()).unwrap()), [(3, "ada@contoso.example")]);
    assert_eq!(read(&read_file(b"sep=;\nMail;Name\nada@contoso.example;Ada\n").unwrap()), [(3, "ada@contoso.example")]);
}

#[test]
fn pasted_addresses_may_share_a_line() {
    let rows =
        read_paste("\"Lovelace, Ada\" <ada@contoso.example>; alan@contoso.example;\n\nmary@contoso.example").unwrap();

    let keys: Vec<_> = rows.iter().map(|row| (row.line, row.key.clone().unwrap())).collect();
    let address = |name: &str| Key::Address(format!("{name}@contoso.example"));
    assert_eq!(keys, [(1, address("ada")), (1, address("alan")), (3, address("mary"))]);
}

#[test]
fn each_bad_row_keeps_its_line_and_its_flaw() {
    let rows = read_file("Mail,Name\n,Ada\nAlan Turing,\n=1+1,x\na\0da@contoso.example,x\n".as_bytes()).unwrap();

    let flaws: Vec<_> = rows.iter().map(|row| (row.line, row.key.clone().unwrap_err())).collect();
    assert_eq!(flaws, [(2, Flaw::Empty), (3, Flaw::NoKey), (4, Flaw::NoKey), (5, Flaw::Unseen)]);
    assert_eq!(rows[0].typed, "Ada");
}

#[test]
fn what_is_no_list_is_refused_as_a_whole() {
    let many = "ada@contoso.example\n".repeat(MOST_ROWS);

    assert_eq!(read_file(&vec![b'a'; MOST_BYTES + 1]), Err(Unfit::TooLarge));
    assert_eq!(read_file(b"\x89PNG\r\n\x1a\n\0\0\xff\xfe"), Err(Unfit::NotText));
    assert_eq!(read_file(b"a\0d\0a\0@\0c\0.\0d\0"), Err(Unfit::NotText));
    assert_eq!(read_file(b"Mail\n\n;;\n"), Err(Unfit::Nobody));
    assert_eq!(read_file(b""), Err(Unfit::Nobody));
    assert_eq!(
        read_file(b"Name,Mail\nAda,a@contoso.example\n\"Alan,b@contoso.example\nMary,c@contoso.example"),
        Err(Unfit::Unclosed(3))
    );
    assert_eq!(read_file(many.as_bytes()).unwrap().len(), MOST_ROWS);
    assert_eq!(read_file(format!("{many}x").as_bytes()), Err(Unfit::TooMany(MOST_ROWS + 1)));
}

#[test]
fn a_million_columns_are_one_row() {
    let wide = ",".repeat(1_000_000) + "ada@contoso.example";

    assert_eq!(read(&read_file(wide.as_bytes()).unwrap()), [(1, "ada@contoso.example")]);
}
