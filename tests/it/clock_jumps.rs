//! A clock that jumps ends nothing that could not be brought back.

use std::time::Duration;

use jiff::SignedDuration;
use roster::jobs::DueWork;

use crate::support::steps::Asked;

const OPEN: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM request WHERE state = 'open'";

#[tokio::test]
async fn requests_lapse_only_when_a_clock_that_jumped_has_run_evenly_for_ten_minutes() {
    let asked = Asked::start().await;
    let (app, mut work) = (&asked.portal.app, DueWork::default());
    let minutes = Duration::from_mins;

    work.round(app, minutes(0)).await;
    asked.portal.clock.advance(SignedDuration::from_hours(24 * 20));
    work.round(app, minutes(0)).await;
    let after_the_jump = asked.portal.count(OPEN).await;
    asked.portal.clock.advance(SignedDuration::from_mins(9));
    work.round(app, minutes(9)).await;
    let nine_minutes_on = asked.portal.count(OPEN).await;
    asked.portal.clock.advance(SignedDuration::from_mins(1));
    work.round(app, minutes(10)).await;

    assert_eq!((after_the_jump, nine_minutes_on), (1, 1));
    assert_eq!(asked.portal.count(OPEN).await, 0);
}

#[tokio::test]
async fn requests_lapse_in_time_by_a_clock_that_runs_evenly() {
    let asked = Asked::start().await;
    let (app, mut work) = (&asked.portal.app, DueWork::default());
    let days = |days: u64| Duration::from_hours(24 * days);

    work.round(app, days(0)).await;
    asked.portal.clock.advance(SignedDuration::from_hours(24 * 15));
    work.round(app, days(15)).await;

    assert_eq!(asked.portal.count(OPEN).await, 0);
}
