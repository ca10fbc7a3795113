//! Memberships in the orders that Roster knows, page by page.

use roster::{
    domain::ids::PersonId,
    store::{Given, Placed},
};

use super::compilers;
use crate::support::database::{Database, each_database};

/// Forty-five people came two at a time; three of them went, and one came again after that. Every third has no end.
const CAME: &str = "
    INSERT INTO operation (id, kind, group_id, group_name, person_id, person_name, decided_by, decided_by_name, reason, state,
                           version, attempt, lease_until, created_at, finished_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45)
    SELECT '00000000-0000-0000-0000-' || CAST(100000000000 + i AS TEXT), 'add', '00000000-0000-0000-0000-000000000065',
           'Compilers', '00000000-0000-0000-0000-' || CAST(100000000000 + i AS TEXT), 'Member ' || CAST(i AS TEXT),
           '00000000-0000-0000-0000-000000000001', 'Grace Hopper', '', 'applied', 1, 1, 0, 0, i / 2
    FROM n;
    INSERT INTO operation (id, kind, group_id, group_name, person_id, person_name, decided_by, decided_by_name, reason, state,
                           version, attempt, lease_until, created_at, finished_at)
    SELECT '00000000-0000-0000-0001-' || substr(person_id, 25), 'remove', group_id, group_name, person_id, person_name,
           decided_by, decided_by_name, '', 'applied', 1, 1, 0, 0, 100
    FROM operation WHERE person_name IN ('Member 7', 'Member 8', 'Member 9');
    INSERT INTO operation (id, kind, group_id, group_name, person_id, person_name, decided_by, decided_by_name, reason, state,
                           version, attempt, lease_until, created_at, finished_at)
    SELECT '00000000-0000-0000-0002-' || substr(person_id, 25), 'add', group_id, group_name, person_id, person_name,
           decided_by, decided_by_name, '', 'applied', 1, 1, 0, 0, 200
    FROM operation WHERE person_name = 'Member 8' AND kind = 'add';
    INSERT INTO membership_end (group_id, group_name, person_id, person_name, ends_at, set_by, set_by_name, why, set_at, version)
    SELECT group_id, group_name, person_id, person_name, CASE WHEN finished_at % 3 = 0 THEN NULL ELSE 1000 - finished_at END,
           decided_by, decided_by_name, '', 0, 1
    FROM operation WHERE kind = 'add' AND finished_at < 100;
";

async fn leaf(database: &Database, order: Given) -> Vec<Placed> {
    let (mut all, mut after): (Vec<Placed>, Option<(i64, PersonId)>) = (Vec::new(), None);
    loop {
        let page = database.store.workspaces().given(compilers(), order, after, 7).await.unwrap();
        let Some(last) = page.last() else { return all };
        after = Some((last.at, last.person.id));
        all.extend(page);
    }
}

#[tokio::test]
async fn whoever_has_a_place_in_an_order_is_on_one_page_and_once() {
    each_database(async |database| {
        database.tamper(CAME).await.unwrap();

        let came = leaf(&database, Given::CameLately).await;
        let ends = leaf(&database, Given::EndsSoonest).await;

        let key = |placed: &Placed| (placed.at, placed.person.id);
        assert_eq!((came.len(), came[0].person.name.as_str()), (43, "Member 8"), "two went, and one came again");
        assert!(came.windows(2).all(|two| key(&two[0]) > key(&two[1])));
        assert!(came.iter().all(|placed| !["Member 7", "Member 9"].contains(&placed.person.name.as_str())));
        assert!(ends.windows(2).all(|two| key(&two[0]) < key(&two[1])));
        assert!(ends.iter().all(|placed| placed.total == Some(ends.len() as u64)), "{}", ends.len());
        assert_eq!(ends.iter().filter(|placed| (1000 - placed.at) % 3 == 0).count(), 0);
        assert!(ends.len() > 20);
    })
    .await;
}

/// A list found Member 45 there already, when it came to them; and Member 44, whom another list had let in.
const FOUND: &str = "
    INSERT INTO operation (id, kind, group_id, group_name, person_id, person_name, decided_by, decided_by_name, reason, state,
                           version, attempt, lease_until, created_at, finished_at)
    SELECT '00000000-0000-0000-0003-' || substr(person_id, 25), 'add', group_id, group_name, person_id, person_name,
           decided_by, decided_by_name, '', 'applied', 1, 1, 0, 0, 300
    FROM operation WHERE person_name = 'Member 44';
    INSERT INTO import_job (id, kind, group_id, group_name, reason, state, version, made_by, made_by_name, made_at, holder,
                            held_by, held_by_name, lease_until, cancel_wished)
    SELECT 'job', 'add', group_id, group_name, '', 'ended', 1, decided_by, decided_by_name, 0, '', '', '', 0, FALSE
    FROM operation WHERE person_name = 'Member 1';
    INSERT INTO import_row (job_id, place, line, typed, operation_id, outcome)
    SELECT 'job', finished_at, 1, '', id, CASE WHEN finished_at = 22 AND person_name = 'Member 44' THEN 'done' ELSE 'already' END
    FROM operation WHERE person_name = 'Member 44';
    INSERT INTO import_row (job_id, place, line, typed, operation_id, outcome)
    SELECT 'job', 1000, 1, '', id, 'already' FROM operation WHERE person_name = 'Member 45';
";

#[tokio::test]
async fn whom_a_list_found_there_already_was_not_let_in_by_it() {
    each_database(async |database| {
        database.tamper(CAME).await.unwrap();
        database.tamper(FOUND).await.unwrap();

        let came = leaf(&database, Given::CameLately).await;

        let at = |name: &str| came.iter().find(|placed| placed.person.name == name).map(|placed| placed.at);
        assert_eq!((at("Member 45"), at("Member 44"), came.len()), (None, Some(22), 42));
    })
    .await;
}
