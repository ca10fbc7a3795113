//! Lets a fault happen to a request: instead of it, before it, after it, or to its answer.

use std::time::Duration;

use jiff::Timestamp;

use crate::exchange::{Ask, Content, Dropped, Reply};
use crate::faults::{Action, HoldWhen};
use crate::graph::errors::GraphError;
use crate::pages;
use crate::world::World;

/// Answers with what a fault makes of it; without a fault, just answers.
pub(crate) async fn with_fault(
    world: &World,
    ask: &Ask,
    fault: Option<Action>,
    answer: impl Future<Output = Reply>,
) -> Result<Reply, Dropped> {
    let Some(action) = fault else {
        return Ok(answer.await);
    };
    if let Some(instead) = instead(world, ask, &action) {
        return instead;
    }
    wait(&action, HoldWhen::Before).await;
    let reply = answer.await;
    wait(&action, HoldWhen::After).await;
    match action {
        Action::StatusAfterApplying(status) => Ok(GraphError::of_status(status, None).into_reply(world, ask)),
        Action::DropAfterApplying => Err(Dropped),
        Action::TruncatedJson => Ok(cut_in_half(reply)),
        Action::HalfList => Ok(leave_out_half(reply)),
        _ => Ok(reply),
    }
}

/// Returns what is answered when nothing is done.
fn instead(world: &World, ask: &Ask, action: &Action) -> Option<Result<Reply, Dropped>> {
    let error = match action {
        Action::DropBefore => return Some(Err(Dropped)),
        Action::HtmlPage => return Some(Ok(pages::gateway())),
        Action::Status(status, retry_after) => GraphError::of_status(*status, *retry_after),
        Action::StatusUntil(status, wait) => GraphError::of_status(*status, Some(&date_after(world, *wait))),
        Action::ErrorBody => {
            let mut reply = GraphError::of_status(500, None).into_reply(world, ask);
            reply.status = 200;
            return Some(Ok(reply));
        }
        Action::ExpiredToken => GraphError::expired_token(),
        Action::ClaimsChallenge => GraphError::claims_challenge(world, world.clock.seconds()),
        Action::ConsentMissing => GraphError::denied(),
        _ => return None,
    };
    Some(Ok(error.into_reply(world, ask)))
}

/// Returns the time after this wait, as HTTP writes dates.
fn date_after(world: &World, wait: Duration) -> String {
    let millis = world.clock.millis() + i64::try_from(wait.as_millis()).unwrap_or(i64::MAX / 2);
    let at = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX);
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

async fn wait(action: &Action, side: HoldWhen) {
    match (action, side) {
        (Action::Stall(time), HoldWhen::Before) | (Action::StallAfterApplying(time), HoldWhen::After) => {
            tokio::time::sleep(*time).await;
        }
        (Action::Hold(gate, when), side) if *when == side => gate.notified().await,
        _ => {}
    }
}

fn leave_out_half(mut reply: Reply) -> Reply {
    if let Content::Json(body) = &mut reply.content
        && let Some(list) = body.get_mut("value").and_then(serde_json::Value::as_array_mut)
    {
        list.truncate(list.len() / 2);
    }
    reply
}

fn cut_in_half(mut reply: Reply) -> Reply {
    let whole = match &reply.content {
        Content::Json(value) => value.to_string(),
        _ => r#"{"value": ["#.repeat(2),
    };
    let half: String = whole.chars().take(whole.chars().count() / 2).collect();
    reply.content = Content::BrokenJson(half);
    reply.status = 200;
    reply
}
