//! What was spent within a span of time that slides along, and when there is room for more.
//!
//! Every entry is kept until it has left the span, so no span of that length, wherever it begins, holds more than it may.
//! Time is given, never read: so the rule can be tried out without waiting.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

use super::send::Priority;

/// A limit on what is spent within a span.
#[derive(Debug)]
pub(super) struct Window {
    span: Duration,
    /// The most that may be spent within the span by everybody together.
    most: u32,
    /// The most of it that work nobody waits for may spend.
    share: u32,
    spent: VecDeque<Spent>,
}

#[derive(Debug)]
struct Spent {
    at: Instant,
    id: u64,
    amount: u32,
    priority: Priority,
}

impl Window {
    /// Starts with nothing spent. At least 1 may be spent of each, or nothing would ever move.
    pub fn new(span: Duration, most: u32, share: u32) -> Self {
        Self { span, most: most.max(1), share: share.max(1), spent: VecDeque::new() }
    }

    /// Returns when there is room for an amount: `now`, or later. What is larger than the whole limit has room once
    /// nothing else is in the span.
    pub fn room_at(&mut self, amount: u32, priority: Priority, now: Instant) -> Instant {
        while self.spent.front().is_some_and(|oldest| oldest.at + self.span <= now) {
            self.spent.pop_front();
        }
        let among_all = self.room_among(amount, self.most, now, |_| true);
        if priority == Priority::Interactive {
            return among_all;
        }
        among_all.max(self.room_among(amount, self.share, now, |spent| spent.priority == Priority::Background))
    }

    fn room_among(&self, amount: u32, most: u32, now: Instant, counts: impl Fn(&Spent) -> bool) -> Instant {
        let counted = || self.spent.iter().filter(|spent| counts(spent));
        let sum = counted().fold(0_u32, |sum, spent| sum.saturating_add(spent.amount));
        let mut over = sum.saturating_add(amount).saturating_sub(most).min(sum);
        for spent in counted() {
            if over == 0 {
                return now;
            }
            over = over.saturating_sub(spent.amount);
            if over == 0 {
                return spent.at + self.span;
            }
        }
        now
    }

    /// Notes what is spent now.
    pub fn spend(&mut self, id: u64, amount: u32, priority: Priority, now: Instant) {
        if amount > 0 {
            self.spent.push_back(Spent { at: now, id, amount, priority });
        }
    }

    /// Puts what it really was in the place of an estimate.
    pub fn correct(&mut self, id: u64, amount: u32) {
        if let Some(spent) = self.spent.iter_mut().rev().find(|spent| spent.id == id) {
            spent.amount = amount;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Priority::{Background, Interactive};

    const SPAN: Duration = Duration::from_secs(10);

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[tokio::test]
    async fn there_is_room_again_when_enough_has_left_the_span() {
        let (start, mut window) = (Instant::now(), Window::new(SPAN, 10, 10));
        window.spend(1, 4, Interactive, start);
        window.spend(2, 6, Interactive, after(start, 3));

        assert_eq!(window.room_at(4, Interactive, after(start, 5)), after(start, 10));
        assert_eq!(window.room_at(5, Interactive, after(start, 5)), after(start, 13));
        assert_eq!(window.room_at(4, Interactive, after(start, 10)), after(start, 10));
    }

    #[tokio::test]
    async fn what_nobody_waits_for_has_its_share_and_no_more() {
        let (start, mut window) = (Instant::now(), Window::new(SPAN, 10, 2));
        window.spend(1, 2, Background, start);

        assert_eq!(window.room_at(1, Background, start), after(start, 10));
        assert_eq!(window.room_at(8, Interactive, start), start);
    }

    #[tokio::test]
    async fn an_estimate_gives_way_to_what_it_really_was() {
        let (start, mut window) = (Instant::now(), Window::new(SPAN, 10, 10));
        window.spend(1, 10, Interactive, start);
        window.correct(1, 3);

        assert_eq!(window.room_at(7, Interactive, start), start);
        assert_eq!(window.room_at(8, Interactive, start), after(start, 10));
    }

    #[tokio::test]
    async fn costs_that_no_call_can_have_do_not_overflow() {
        let (start, mut window) = (Instant::now(), Window::new(SPAN, 10, 10));
        window.spend(1, 1, Interactive, start);
        window.spend(2, 1, Interactive, start);
        window.correct(1, u32::MAX);
        window.correct(2, u32::MAX);

        assert_eq!(window.room_at(1, Background, start), after(start, 10));
    }

    #[tokio::test]
    async fn what_is_larger_than_the_limit_goes_alone() {
        let (start, mut window) = (Instant::now(), Window::new(SPAN, 3, 3));

        assert_eq!(window.room_at(20, Background, start), start);
        window.spend(1, 20, Background, start);
        assert_eq!(window.room_at(1, Background, start), after(start, 10));
    }
}
