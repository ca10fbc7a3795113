//! Rules of lists: what is read of a row, and what is judged of it.

use uuid::Uuid;

use super::{
    Verdict::{Ambiguous, BeingAdded, BeingRemoved, Disabled, Duplicate, Guest, HasAsked, Member, Ready, Unknown},
    *,
};

fn id(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn person(n: u128, address: &str) -> Person {
    Person {
        id: id(n),
        name: format!("Person {n}"),
        username: address.to_owned(),
        mail: address.to_owned(),
        job_title: String::new(),
        department: String::new(),
        guest: Some(false),
        enabled: Some(true),
    }
}

fn rows(cells: &[&str]) -> Vec<Row> {
    cells.iter().enumerate().map(|(at, cell)| Row::read(at + 1, cell)).collect()
}

struct Facts {
    people: Vec<Person>,
    unable: HashSet<PersonId>,
    members: HashSet<PersonId>,
    asked: HashSet<PersonId>,
    owed: HashMap<PersonId, Kind>,
}

impl Facts {
    fn verdicts(&self, kind: Kind, guests: bool, cells: &[&str]) -> Vec<Verdict> {
        let Self { people, unable, members, asked, owed } = self;
        let known = Known { kind, viewer: id(1), guests, people, unable, members, asked, owed };
        judge(&rows(cells), &known).into_iter().map(|(_, verdict)| verdict).collect()
    }
}

fn facts() -> Facts {
    let mut people: Vec<Person> = (1..=9).map(|n| person(n, &format!("p{n}@contoso.example"))).collect();
    people[2].guest = Some(true);
    people[3].enabled = Some(false);
    // The sixth has the address of the fifth as a user name.
    people[5].username = "p5@contoso.example".to_owned();
    Facts {
        people,
        unable: HashSet::new(),
        members: [id(1), id(2)].into(),
        asked: [id(7)].into(),
        owed: [(id(8), Kind::Add), (id(9), Kind::Remove)].into(),
    }
}

#[test]
fn each_row_is_told_what_adding_it_does() {
    let cells = ["P2@Contoso.example", "p3@contoso.example", "p4@contoso.example", "p5@contoso.example"];
    let more = ["p6@contoso.example", "p6@contoso.example", "p7@contoso.example", "p8@contoso.example"];
    let last = ["p9@contoso.example", "nobody@contoso.example", "=1+1", "p1@contoso.example"];

    let verdicts = facts().verdicts(Kind::Add, false, &[cells, more, last].concat());

    assert_eq!(
        verdicts,
        [
            Member,
            Guest,
            Disabled,
            Ambiguous,
            Ready,
            Duplicate,
            HasAsked,
            BeingAdded,
            BeingRemoved,
            Unknown,
            Verdict::Unreadable(Flaw::NoKey),
            Member
        ]
    );
    assert_eq!(facts().verdicts(Kind::Add, true, &["p3@contoso.example"]), [Ready]);
}

#[test]
fn removing_asks_only_whether_they_are_members_and_spares_who_does_it() {
    let cells = ["p1@contoso.example", "p2@contoso.example", "p3@contoso.example", "p8@contoso.example"];

    let verdicts = facts().verdicts(Kind::Remove, false, &cells);

    assert_eq!(verdicts, [Verdict::Themself, Verdict::Ready, Verdict::NotMember, Verdict::BeingAdded]);
}

#[test]
fn one_person_by_address_and_by_id_is_a_duplicate() {
    let by_id = id(6).to_string();

    let verdicts = facts().verdicts(Kind::Add, false, &["p6@contoso.example", &by_id]);

    assert_eq!(verdicts, [Verdict::Ready, Verdict::Duplicate]);
}

#[test]
fn a_cell_names_somebody_by_address_or_object_id() {
    let ada = || Ok(Key::Address("ada@contoso.example".to_owned()));

    assert_eq!(read_key(" Ada@Contoso.example "), ada());
    assert_eq!(read_key("Ada Lovelace <ada@contoso.example>"), ada());
    assert_eq!(read_key("mailto:ada@contoso.example"), ada());
    assert_eq!(read_key("00000000-0000-0000-0000-000000000007"), Ok(Key::Id(id(7))));
    assert_eq!(
        read_key("tim_fabrikam.example#EXT#@contoso.example"),
        Ok(Key::Address("tim_fabrikam.example#ext#@contoso.example".to_owned()))
    );
}

#[test]
fn what_names_nobody_is_named_with_its_flaw() {
    for cell in [
        "Ada Lovelace",
        "=cmd|'/c calc'!A1",
        "+ada@contoso.example",
        "-1@contoso.example",
        "@contoso.example",
        "ada@",
        "ada@contoso",
        "a b@contoso.example",
        "a@b@contoso.example",
        "ada@contoso.example>",
    ] {
        assert_eq!(read_key(cell), Err(Flaw::NoKey), "{cell}");
    }
    assert_eq!(read_key("  "), Err(Flaw::Empty));
    assert_eq!(read_key(&format!("{}@contoso.example", "x".repeat(250))), Err(Flaw::TooLong));
    assert_eq!(read_key("ada\0@contoso.example"), Err(Flaw::Unseen));
    assert_eq!(read_key("ada\u{202e}@contoso.example"), Err(Flaw::Unseen));
}

#[test]
fn a_long_row_is_kept_in_part() {
    let row = Row::read(3, &"ص".repeat(5000));

    assert_eq!((row.line, row.typed.chars().count(), row.key), (3, 200, Err(Flaw::TooLong)));
}

#[test]
fn every_verdict_is_stored_under_a_name_of_its_own() {
    for verdict in Verdict::ALL {
        assert_eq!(Verdict::of_code(verdict.code()), Some(verdict));
    }
}
