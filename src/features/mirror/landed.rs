//! Settles approvals whose answers were lost and that the directory turns out to have carried out.

use crate::{
    domain::{
        event::{Event, EventKind},
        operation::Operation,
    },
    graph::Reader,
    web::app::App,
};

/// Closes as applied what the copy shows as in place and a read of the directory itself confirms: a change may tell of an
/// old state. What cannot be confirmed stays, and can be finished as before.
pub(super) async fn settle(app: &App, reader: Reader<'_>) {
    let shown = match app.store.operations().shown_as_landed(app.clock.now()).await {
        Ok(shown) => shown,
        Err(error) => return tracing::warn!(%error, "lost answers were not looked for"),
    };
    for operation in shown {
        if !matches!(reader.is_member_settled(operation.group, operation.person.id).await, Ok(Some(true))) {
            continue;
        }
        let now = app.clock.now();
        match app.store.operations().settle_landed(&operation, now, &event(&operation, now)).await {
            Ok(moved) if moved.is_yes() => {
                app.forget(operation.person.id).await;
                tracing::info!(operation.id = %operation.id, "the directory shows what was unknown");
            }
            // Somebody has taken it up meanwhile.
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, operation.id = %operation.id, "a lost answer was not settled"),
        }
    }
}

fn event(operation: &Operation, now: jiff::Timestamp) -> Event {
    let mut event =
        Event::new(EventKind::MembershipAdded, None, now).group(operation.group).person(operation.person.id);
    event.request = operation.request;
    event.detail(serde_json::json!({
        "operation": operation.id,
        "seen": "the directory shows the person as a member",
        "until": operation.until,
    }))
}
