//! Who gets what, asked at the front door: every route, as everybody, for groups in every state, compared with a table that
//! people wrote. See `authority/table.txt`; a new route needs a row there, or this fails.

mod asking;
mod invariants;
pub mod matters;
pub mod routes;
mod table;
mod traces;
mod world;

use std::collections::BTreeSet;

use asking::Answer;
use table::Cell;
use traces::Traces;
use world::World;

const TABLE: &str = include_str!("authority/table.txt");
const ROUTER: &str = include_str!("../../src/router.rs");

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let cells = table::read(TABLE).unwrap();
    let rows: BTreeSet<_> = cells.iter().map(|cell| (cell.row.method, cell.row.route.to_owned())).collect();
    let routes: BTreeSet<_> = routes::of(ROUTER).into_iter().collect();

    let without_a_row: Vec<_> = routes.difference(&rows).collect();
    let without_a_route: Vec<_> = rows.difference(&routes).collect();

    assert!(without_a_row.is_empty(), "say who gets what in tests/it/authority/table.txt: {without_a_row:?}");
    assert!(without_a_route.is_empty(), "rows of the table for no route: {without_a_route:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_what_the_table_says_and_nothing_else_changes() {
    let cells = table::read(TABLE).unwrap();
    let (changing, harmless): (Vec<Cell>, Vec<Cell>) = cells.iter().partition(|cell| cell.row.changes);
    let world = World::start().await;
    let before = Traces::of(&world).await;
    let began = std::time::Instant::now();

    let mut answers = asking::ask(&world, &harmless).await;
    let after = Traces::of(&world).await;
    for row in changing.chunk_by(|one, other| one.row == other.row) {
        let (before, since) = (Traces::of(&world).await, world.portal.clock.now());
        answers.extend(asking::ask(&world, row).await);
        if row[0].row.route.ends_with("/refresh") {
            // It is read after the answer, and leaves events of its own.
            world.portal.wait_for(|copy| copy.last.is_some_and(|last| last.at >= since)).await;
        }
        Traces::of(&world).await.are_by_those_who_may(&before, row, &world);
    }

    println!("{} cells in {:.1} s", answers.len(), began.elapsed().as_secs_f32());
    assert_eq!(answers.len(), cells.len());
    let wrong: Vec<String> = answers.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} of {} cells:\n{}", wrong.len(), cells.len(), wrong.join("\n"));
    after.are_unchanged_since(&before);
    invariants::of_answers(&answers);
    assert!(world.portal.emulator.violations().is_empty(), "{:?}", world.portal.emulator.violations());
    world.portal.record_is_whole().await;
    crate::support::ran("authority::the_whole_table");
}

fn difference(answer: &Answer) -> Option<String> {
    let (class, expected) = (answer.class(), answer.cell.expected);
    (class != expected).then(|| format!("  {}: {class}, where the table says {expected}", answer.cell))
}
