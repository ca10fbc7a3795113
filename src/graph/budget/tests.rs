//! No span holds more than it may, and people go first.

use super::*;
use Priority::{Background, Interactive};

fn ledger(units: u32, writes: u32) -> Ledger {
    Ledger::new(&Limits { units, writes, ..Limits::default() })
}

fn read(units: u32) -> Cost {
    Cost { units, writes: 0, audits: 0 }
}

/// Sends so many calls one after the other, as early as the ledger lets them, and returns when each went.
fn run(ledger: &mut Ledger, calls: usize, cost: Cost, priority: Priority) -> Vec<Instant> {
    let mut now = Instant::now();
    let mut went = Vec::new();
    while went.len() < calls {
        match ledger.ask(cost, priority, now) {
            Ok(_) => went.push(now),
            Err(at) => now = at,
        }
    }
    went
}

fn most_within(went: &[Instant], span: Duration) -> usize {
    let within = |start: &Instant| went.iter().filter(|at| *at >= start && **at < *start + span).count();
    went.iter().map(within).max().unwrap_or(0)
}

#[tokio::test]
async fn no_ten_seconds_hold_more_than_sixty_percent_or_a_fifth_of_that_for_what_nobody_waits_for() {
    let people = run(&mut ledger(350, 3000), 900, read(1), Interactive);
    let work = run(&mut ledger(350, 3000), 900, read(1), Background);

    assert_eq!(most_within(&people, UNITS_SPAN), 210);
    assert_eq!(most_within(&work, UNITS_SPAN), 42);
}

#[tokio::test]
async fn a_listing_of_a_hundred_thousand_groups_is_spread() {
    let went = run(&mut ledger(100, 3000), 101, read(1), Background);

    assert_eq!(most_within(&went, UNITS_SPAN), 12);
    assert!(went[100] - went[0] >= UNITS_SPAN * 8);
}

#[tokio::test]
async fn people_and_work_together_stay_within_the_budget() {
    let (mut ledger, mut now, mut went) = (ledger(100, 3000), Instant::now(), Vec::new());
    for turn in 0..2000 {
        let priority = if turn % 3 == 0 { Background } else { Interactive };
        match ledger.ask(read(2), priority, now) {
            Ok(_) => went.push(now),
            Err(_) => now += Duration::from_millis(100),
        }
    }

    assert_eq!(most_within(&went, UNITS_SPAN), 30);
}

#[tokio::test]
async fn no_hundred_and_fifty_seconds_hold_more_than_half_of_the_writes() {
    let went = run(&mut ledger(1_000_000, 300), 400, Cost { units: 1, writes: 1, audits: 0 }, Interactive);

    assert_eq!(most_within(&went, WRITES_SPAN), 150);
}

#[tokio::test]
async fn no_ten_seconds_hold_more_than_three_reads_of_the_audit_log() {
    let went = run(&mut ledger(1_000_000, 300), 20, Cost { units: 1, writes: 0, audits: 1 }, Background);

    assert_eq!(most_within(&went, AUDITS_SPAN), 3);
}

#[tokio::test]
async fn work_that_nobody_waits_for_leaves_the_way_to_people_who_wait() {
    let (mut ledger, now) = (ledger(100, 100), Instant::now());
    ledger.people_waiting = 1;

    assert_eq!(ledger.ask(read(1), Background, now), Err(now + LOOK_AGAIN));
    assert!(ledger.ask(read(1), Interactive, now).is_ok());
    ledger.people_waiting = 0;
    assert!(ledger.ask(read(1), Background, now).is_ok());
}

#[tokio::test]
async fn work_that_nobody_waits_for_rests_when_graph_throttles_or_nearly_does() {
    let budget = Budget::new(&Limits::default());
    let before = Instant::now();
    let rests = || budget.ledger().ask(read(1), Background, Instant::now()).err().map(|at| at - before);

    budget.used(0.79);
    assert_eq!(rests(), None);
    budget.used(0.8);
    assert!(rests().is_some_and(|rest| rest >= UNITS_SPAN));
    budget.throttled(Some(Duration::from_mins(1)));
    assert!(rests().is_some_and(|rest| rest >= Duration::from_mins(1)));
    assert!(budget.ledger().ask(read(1), Interactive, Instant::now()).is_ok());
}

#[tokio::test]
async fn a_person_goes_after_a_short_wait_though_there_is_no_room() {
    let budget = Budget::new(&Limits { units: 10, ..Limits::default() });
    budget.enter(read(6), Interactive, Duration::from_secs(8)).await;
    let started = Instant::now();

    budget.enter(read(1), Interactive, Duration::from_secs(1)).await;

    let waited = started.elapsed();
    assert!(waited >= Duration::from_millis(250) && waited < Duration::from_secs(2), "{waited:?}");
    assert_eq!(budget.ledger().people_waiting, 0);
}

#[tokio::test]
async fn somebody_who_gives_up_waits_no_longer() {
    let budget = Budget::new(&Limits { units: 10, ..Limits::default() });
    budget.enter(read(6), Interactive, Duration::from_secs(8)).await;

    let enter = budget.enter(read(6), Interactive, Duration::from_secs(8));
    let outcome = tokio::time::timeout(Duration::from_millis(20), enter).await;

    assert!(outcome.is_err());
    assert_eq!(budget.ledger().people_waiting, 0);
}

#[tokio::test]
async fn a_read_of_the_audit_log_that_waits_holds_up_nothing_else() {
    let budget = Budget::new(&Limits { audits: 1, ..Limits::default() });
    let audit = Cost { units: 1, writes: 0, audits: 1 };
    budget.enter(audit, Background, Duration::from_secs(8)).await;

    let waits = budget.enter(audit, Background, Duration::from_secs(8));
    let (waited, other) = tokio::join!(
        tokio::time::timeout(Duration::from_millis(100), waits),
        tokio::time::timeout(Duration::from_millis(50), budget.enter(read(1), Background, Duration::from_secs(8))),
    );

    assert!(waited.is_err() && other.is_ok());
}
