//! What is found, and what comes first.

use roster::{
    domain::directory::Kind,
    store::catalogue::{Entry, Joining, Place, Search, Snapshot},
};

use super::{names, of, outside, search, snapshot, taking_part};

#[test]
fn names_come_before_descriptions_and_whole_words_before_beginnings() {
    let groups = snapshot(&[
        ("Archive", "Old data."),
        ("Databases", ""),
        ("Data Platform", ""),
        ("Reading Circle", "Databases in novels."),
        ("Data", ""),
        ("Network Operations", ""),
    ]);

    let found = search(&groups, "data");

    assert_eq!(names(&found), ["Data", "Data Platform", "Databases", "Archive", "Reading Circle"]);
    assert_eq!((found.total, found.similar), (5, 0));
}

#[test]
fn similar_words_come_last_and_are_told_apart() {
    let groups =
        snapshot(&[("Date Pickers", ""), ("Data Platform", ""), ("Gate Keepers", ""), ("Archive", "Old data.")]);

    let found = search(&groups, "data");

    assert_eq!(names(&found), ["Data Platform", "Archive", "Date Pickers"]);
    assert_eq!((found.as_typed, found.total, found.similar), (2, 3, 1));
}

#[test]
fn my_groups_come_first_among_equals_but_not_before_a_better_match() {
    let groups = snapshot(&[("Alpha Team", ""), ("Beta Team", ""), ("Zeta Team", ""), ("Teams", "")]);
    let mine = of(&["Zeta Team", "Teams"]);
    let search = |words| Search { words, mine: Some(&mine), ..Search::default() };

    let all = groups.search(&search(""), &Place::Start, 20);
    let found = groups.search(&search("team"), &Place::Start, 20);

    assert_eq!(names(&all), ["Teams", "Zeta Team", "Alpha Team", "Beta Team"]);
    assert_eq!(names(&found), ["Zeta Team", "Alpha Team", "Beta Team", "Teams"]);
}

#[test]
fn every_word_has_to_be_there_in_any_order() {
    let groups = snapshot(&[("Data Platform", "The warehouse."), ("Data Stewards", ""), ("Platform Crew", "")]);

    assert_eq!(names(&search(&groups, "plat data")), ["Data Platform"]);
    assert_eq!(names(&search(&groups, "warehouse data")), ["Data Platform"]);
    assert!(names(&search(&groups, "data xylophone")).is_empty());
}

#[test]
fn each_kind_of_mistake_is_forgiven_at_the_first_letter_too() {
    let groups = snapshot(&[("Compiler Team", ""), ("Reading Circle", ""), ("HR", "")]);

    for typed in ["xompiler", "ompiler", "ocmpiler", "xcompiler", "compilre", "compileer", "compier", "conpiler"] {
        assert_eq!(names(&search(&groups, typed)), ["Compiler Team"], "{typed}");
    }
    for begun in ["cmop", "conp", "xomp", "commp", "ompi"] {
        assert_eq!(names(&search(&groups, begun)), ["Compiler Team"], "{begun}");
    }
    for two in ["xompilre", "cpmiler team xx", "xompiler taem"] {
        assert!(names(&search(&groups, two)).is_empty(), "{two}");
    }
}

#[test]
fn a_short_word_is_only_forgiven_beside_others() {
    let groups = snapshot(&[("HR Berlin", ""), ("IT Berlin", ""), ("Reading Circle", "")]);

    assert!(names(&search(&groups, "hx")).is_empty());
    assert_eq!(names(&search(&groups, "hx berlin")), ["HR Berlin"]);
}

#[test]
fn scripts_without_spaces_are_found_from_any_letter() {
    let groups =
        snapshot(&[("東京開発チーム", ""), ("大阪営業部", "西日本の顧客を担当する営業チームです"), ("ทีมพัฒนาข้อมูล", "")]);

    assert_eq!(names(&search(&groups, "開発")), ["東京開発チーム"]);
    assert_eq!(names(&search(&groups, "ﾁｰﾑ")), ["東京開発チーム", "大阪営業部"]);
    assert_eq!(names(&search(&groups, "日本の顧客を担当する営業")), ["大阪営業部"]);
    assert_eq!(names(&search(&groups, "東京 チーム")), ["東京開発チーム"]);
    assert_eq!(names(&search(&groups, "ข้อมูล")), ["ทีมพัฒนาข้อมูล"]);
}

#[test]
fn accents_case_and_points_make_no_difference() {
    let groups = snapshot(&[("Équipe Zürich", ""), ("Straßenbau", ""), ("مَكتَبة القرويين", "")]);

    assert_eq!(names(&search(&groups, "equipe zurich")), ["Équipe Zürich"]);
    assert_eq!(names(&search(&groups, "STRASSEN")), ["Straßenbau"]);
    assert_eq!(names(&search(&groups, "مكتبة")), ["مَكتَبة القرويين"]);
}

#[test]
fn filters_say_what_is_true_of_a_group_now() {
    let terms = |name: &str, change: fn(&mut Entry)| {
        let mut entry = taking_part(name, "");
        change(&mut entry);
        entry
    };
    let groups = Snapshot::new(
        vec![
            terms("Plain", |_| {}),
            terms("No reason", |entry| entry.designation.as_mut().unwrap().terms.reason_required = false),
            terms("Guests", |entry| entry.designation.as_mut().unwrap().terms.guests_may_ask = true),
            terms("Nobody owns it", |entry| entry.owners.clear()),
            terms("No owner can sign in", |entry| entry.unable = Some(vec![entry.owners[0].id])),
            terms("Its owner can sign in", |entry| entry.unable = Some(vec![])),
            terms("Gone", |entry| entry.gone = true),
            outside("Outside"),
        ],
        1,
    );
    let only = |joining| names_of(&groups, &Search { joining: Some(joining), ..Search::default() });

    assert_eq!(only(Joining::Open), ["Guests", "Its owner can sign in", "No reason", "Plain"]);
    assert_eq!(only(Joining::WithoutReason), ["No reason"]);
    assert_eq!(only(Joining::Guests), ["Guests"]);
    assert!(names_of(&groups, &Search { kind: Some(Kind::Microsoft365), ..Search::default() }).is_empty());
    assert!(!groups.has(&Search { kind: Some(Kind::Microsoft365), ..Search::default() }));
}

fn names_of(groups: &Snapshot, search: &Search<'_>) -> Vec<String> {
    groups.search(search, &Place::Start, 20).entries.iter().map(|entry| entry.group.name.clone()).collect()
}
