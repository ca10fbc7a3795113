//! What this process may ask of Graph, so that it is not throttled and people never wait for work that nobody waits for.
//!
//! Graph gives an application in a tenant so many resource units within 10 seconds and so many writes within 150, and five
//! reads of the audit log within 10 (Graph, "Throttling"). Roster uses a part of that: the rest is for other processes of the same registration. [`Ledger`] is the
//! rule and takes the time as a value; [`Budget`] waits. No crate for rate limits has both a cost that is known only
//! afterwards and two classes of callers, so the rule is our own.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use super::{Limits, cost::Cost, send::Priority, window::Window};

/// The span within which resource units count.
const UNITS_SPAN: Duration = Duration::from_secs(10);
/// The span within which writes count.
const WRITES_SPAN: Duration = Duration::from_secs(150);
/// The span within which reads of the audit log count.
const AUDITS_SPAN: Duration = Duration::from_secs(10);
/// The most a person waits for room before their call goes out all the same.
const PATIENCE: Duration = Duration::from_secs(1);
/// How soon work that nobody waits for looks again whether people still wait for room.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// Graph tells how near its limit is from here on; work that nobody waits for rests then.
const NEAR: f64 = 0.8;

/// The name of what was spent, to correct it later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

/// What was spent and who waits.
#[derive(Debug)]
struct Ledger {
    units: Window,
    writes: Window,
    audits: Window,
    spendings: u64,
    people_waiting: u32,
    /// Until when work that nobody waits for rests.
    rests_until: Option<Instant>,
}

impl Ledger {
    fn new(limits: &Limits) -> Self {
        let part = |of: u32, percent: u32| u32::try_from(u64::from(of) * u64::from(percent) / 100).unwrap_or(of);
        let (units, writes, audits) = (part(limits.units, 60), part(limits.writes, 50), part(limits.audits, 60));
        Self {
            units: Window::new(UNITS_SPAN, units, part(units, 20)),
            // A list of thousands that an owner confirmed is to be done in minutes; the rest is for decisions.
            writes: Window::new(WRITES_SPAN, writes, part(writes, 60)),
            audits: Window::new(AUDITS_SPAN, audits, audits),
            spendings: 0,
            people_waiting: 0,
            rests_until: None,
        }
    }

    /// Spends when there is room, or says when to ask again.
    fn ask(&mut self, cost: Cost, priority: Priority, now: Instant) -> Result<Ticket, Instant> {
        let mut at = self.units.room_at(cost.units, priority, now);
        if cost.writes > 0 {
            at = at.max(self.writes.room_at(cost.writes, priority, now));
        }
        if cost.audits > 0 {
            at = at.max(self.audits.room_at(cost.audits, priority, now));
        }
        if priority == Priority::Background {
            at = at.max(self.rests_until.unwrap_or(now));
            if self.people_waiting > 0 {
                at = at.max(now + LOOK_AGAIN);
            }
        }
        if at <= now { Ok(self.spend(cost, priority, now)) } else { Err(at) }
    }

    fn spend(&mut self, cost: Cost, priority: Priority, now: Instant) -> Ticket {
        self.spendings += 1;
        self.units.spend(self.spendings, cost.units, priority, now);
        self.writes.spend(self.spendings, cost.writes, priority, now);
        self.audits.spend(self.spendings, cost.audits, priority, now);
        Ticket(self.spendings)
    }

    fn rest(&mut self, until: Instant) {
        self.rests_until = Some(self.rests_until.map_or(until, |known| known.max(until)));
    }
}

/// What this process may spend.
#[derive(Debug)]
pub(super) struct Budget {
    ledger: Mutex<Ledger>,
    /// The longest rest after being throttled; a call then learns whether it is over.
    longest_rest: Duration,
    /// Work that nobody waits for goes in the order in which it came.
    turn: tokio::sync::Mutex<()>,
    /// Reads of the audit log wait among themselves first, so that their narrow limit holds up nothing else.
    audit_turn: tokio::sync::Mutex<()>,
}

impl Budget {
    pub fn new(limits: &Limits) -> Self {
        Self {
            ledger: Mutex::new(Ledger::new(limits)),
            longest_rest: limits.rest,
            turn: tokio::sync::Mutex::default(),
            audit_turn: tokio::sync::Mutex::default(),
        }
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A panic between two of its lines leaves numbers that are at worst a little off.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room and spends it. A person waits shortly, at most a quarter of the time that is `left`, and goes then;
    /// work that nobody waits for waits as long as it takes.
    pub async fn enter(&self, cost: Cost, priority: Priority, left: Duration) -> Ticket {
        match priority {
            Priority::Interactive => self.enter_soon(cost, left).await,
            Priority::Background => self.enter_late(cost).await,
        }
    }

    async fn enter_soon(&self, cost: Cost, left: Duration) -> Ticket {
        let until = Instant::now() + PATIENCE.min(left / 4);
        let mut waiting = None;
        loop {
            let now = Instant::now();
            let asked = self.ledger().ask(cost, Priority::Interactive, now);
            let at = match asked {
                Ok(ticket) => return ticket,
                Err(_) if now >= until => return self.ledger().spend(cost, Priority::Interactive, now),
                Err(at) => at.min(until),
            };
            waiting.get_or_insert_with(|| Waiting::new(self));
            sleep_until(at).await;
        }
    }

    async fn enter_late(&self, cost: Cost) -> Ticket {
        let audit_turn = if cost.audits > 0 { Some(self.audit_turn.lock().await) } else { None };
        while audit_turn.is_some() {
            let now = Instant::now();
            let at = self.ledger().audits.room_at(cost.audits, Priority::Background, now);
            if at <= now {
                break;
            }
            sleep_until(at).await;
        }
        let _turn = self.turn.lock().await;
        loop {
            let asked = self.ledger().ask(cost, Priority::Background, Instant::now());
            match asked {
                Ok(ticket) => return ticket,
                Err(at) => sleep_until(at).await,
            }
        }
    }

    /// Puts what a call really cost in the place of the estimate.
    pub fn correct(&self, ticket: Ticket, units: u32) {
        self.ledger().units.correct(ticket.0, units);
    }

    /// Notes that Graph throttled a call; `asked` is how long it wants to be left alone.
    pub fn throttled(&self, asked: Option<Duration>) {
        let rest = asked.unwrap_or(UNITS_SPAN).min(self.longest_rest);
        self.ledger().rest(Instant::now() + rest);
    }

    /// Notes what part of its limit Graph says was used, 1 being all of it.
    pub fn used(&self, part: f64) {
        if part >= NEAR {
            self.throttled(None);
        }
    }
}

/// A person who waits for room, counted until they go or give up.
struct Waiting<'a>(&'a Budget);

impl<'a> Waiting<'a> {
    fn new(budget: &'a Budget) -> Self {
        budget.ledger().people_waiting += 1;
        Self(budget)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.ledger().people_waiting -= 1;
    }
}

#[cfg(test)]
mod tests;
