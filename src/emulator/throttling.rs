//! Throttling: what each application has used up lately, and when it may call again.
//!
//! The limits and headers are those of the identity and access service (throttling-limits.md). A bucket leaks at the pace
//! of its limit, so a burst of the whole limit is taken once, and calls that are refused count all the same.

use std::collections::HashMap;

use uuid::Uuid;

use crate::exchange::{Ask, Reply};
use crate::graph::errors::GraphError;
use crate::graph::units;
use crate::world::World;

/// Above this share of a limit, answers say how much of it is used.
const TOLD_FROM: f64 = 0.8;

/// Graph never tells of a higher share.
const HIGHEST: f64 = 1.8;

/// How much one application may use of the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttling {
    /// Resource units in 10 seconds.
    pub units: u32,
    /// Writes in 150 seconds.
    pub writes: u32,
    /// Calls of the audit log in 10 seconds.
    pub audits: u32,
}

impl Throttling {
    /// Returns the documented limits of a tenant with this many people: small, medium or large.
    pub fn documented(people: usize) -> Self {
        let units = match people {
            0..50 => 3_500,
            50..=500 => 5_000,
            _ => 8_000,
        };
        Self { units, writes: 3_000, audits: 5 }
    }
}

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Lane {
    Units,
    Writes,
    Audits,
}

impl Lane {
    fn seconds(self) -> f64 {
        match self {
            Self::Units | Self::Audits => 10.0,
            Self::Writes => 150.0,
        }
    }

    fn of(self, limits: Throttling) -> u32 {
        match self {
            Self::Units => limits.units,
            Self::Writes => limits.writes,
            Self::Audits => limits.audits,
        }
    }

    /// Returns the reason, and what of reading and writing is meant, as the headers name them.
    fn named(self) -> (&'static str, &'static str) {
        match self {
            Self::Units => ("ResourceUnitLimitExceeded", "ReadWrite"),
            Self::Writes => ("WriteLimitExceeded", "Write"),
            Self::Audits => ("ResourceUnitLimitExceeded", "Read"),
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    level: f64,
    at_millis: i64,
}

/// What every application has used.
#[derive(Debug, Default)]
pub(crate) struct Meters {
    pub(crate) limits: Option<Throttling>,
    buckets: HashMap<(Uuid, Lane), Bucket>,
}

/// What the meters say to one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Metered {
    share: f64,
    /// The limit that is exceeded, how long to wait in seconds, and the scope.
    refused: Option<(Lane, f64, String)>,
}

impl Meters {
    /// Sets the limits and forgets what was used.
    pub(crate) fn set(&mut self, limits: Option<Throttling>) {
        self.limits = limits;
        self.buckets.clear();
    }

    fn count(&mut self, app: Uuid, lane: Lane, cost: u32, now: i64) -> (f64, Option<f64>) {
        let limit = self.limits.map_or(u32::MAX, |limits| lane.of(limits)).max(1);
        let (limit, cost) = (f64::from(limit), f64::from(cost));
        let pace = limit / lane.seconds();
        let bucket = self.buckets.entry((app, lane)).or_default();
        let seconds = f64::from(i32::try_from((now - bucket.at_millis).max(0)).unwrap_or(i32::MAX)) / 1000.0;
        let before = (bucket.level - seconds * pace).max(0.0);
        let after = (before + cost).min(limit * HIGHEST);
        *bucket = Bucket { level: after, at_millis: now };
        // A call that is dearer than the whole limit passes when nothing is used.
        let is_over = before > 0.0 && before + cost > limit;
        let wait = ((after + cost - limit) / pace).max(0.001);
        (after / limit, is_over.then_some(wait))
    }
}

/// Counts a call of an application and says what comes of it.
pub(crate) fn meter(world: &World, ask: &Ask, app: Uuid) -> Metered {
    let mut meters = world.meters();
    let mut metered = Metered::default();
    if meters.limits.is_none() {
        return metered;
    }
    let is_audit = ask.segments.get(1).is_some_and(|name| name == "auditLogs");
    let costs =
        [(Lane::Units, units::cost(ask)), (Lane::Writes, units::writes(ask)), (Lane::Audits, u32::from(is_audit))];
    for (lane, cost) in costs.into_iter().filter(|(_, cost)| *cost > 0) {
        let (share, wait) = meters.count(app, lane, cost, world.clock.millis());
        metered.share = metered.share.max(share);
        if let Some(wait) = wait {
            let scope = format!("Tenant_Application/{}/{app}/{}", lane.named().1, world.options.tenant_id);
            metered.refused = Some((lane, wait, scope));
        }
    }
    metered
}

impl Metered {
    /// Refuses the call if a limit is exceeded.
    ///
    /// # Errors
    /// Returns Graph's 429 with its headers.
    pub(crate) fn pass(&self) -> Result<(), GraphError> {
        let Some((lane, wait, scope)) = &self.refused else {
            return Ok(());
        };
        let wait = format!("{wait:.3}");
        let mut error = GraphError::of_status(429, Some(&wait));
        error.headers.push(("x-ms-throttle-scope", scope.clone()));
        error.headers.push(("x-ms-throttle-information", lane.named().0.to_owned()));
        Err(error)
    }

    /// Says how much of the limit is used once it is nearly all.
    pub(crate) fn tell(&self, reply: Reply) -> Reply {
        if self.share < TOLD_FROM {
            return reply;
        }
        reply.with("x-ms-throttle-limit-percentage", format!("{:.2}", self.share.min(HIGHEST)))
    }
}
