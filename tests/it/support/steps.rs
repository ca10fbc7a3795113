//! Steps that many visits begin with.

use super::{page::Page, person::Person, portal::Portal};

impl Person {
    /// Opens a group's form, gives a reason and sends it.
    pub async fn asks(&self, portal: &Portal, group: &str, reason: &str) -> Page {
        let form = self.visit(&format!("{}/ask", portal.group(group))).await;
        self.submit(&form, "Send request", &[("reason", reason)]).await
    }

    /// Opens a group's form although a rule stands in the way, and returns what the page says instead.
    pub async fn asks_in_vain(&self, portal: &Portal, group: &str) -> Page {
        self.visit(&format!("{}/ask", portal.group(group))).await
    }

    /// Opens a request in the inbox.
    pub async fn opens(&self, request: &str) -> Page {
        self.visit(&format!("/approvals/{request}")).await
    }

    /// Opens a request and approves it.
    pub async fn approves(&self, request: &str) -> Page {
        let page = self.opens(request).await;
        self.submit(&page, "Approve request", &[]).await
    }

    /// Opens a request and denies it with a reason.
    pub async fn denies(&self, request: &str, reason: &str) -> Page {
        let page = self.opens(request).await;
        self.submit(&page, "Deny request", &[("message", reason)]).await
    }
}

/// A portal where Alan Turing has asked to join the Compiler Team, and Grace Hopper, one of its owners, is signed in.
pub struct Asked {
    pub portal: Portal,
    pub alan: Person,
    pub grace: Person,
    pub request: String,
}

impl Asked {
    pub async fn start() -> Self {
        Self::on(Portal::start().await).await
    }

    pub async fn on(portal: Portal) -> Self {
        let alan = portal.sign_in("Alan Turing").await;
        let asked = alan.asks(&portal, "Compiler Team", "I fix the register allocator.").await;
        asked.answers(200);
        let request = asked.id();
        let grace = portal.sign_in("Grace Hopper").await;
        Self { portal, alan, grace, request }
    }

    /// Returns the request as the person who asked sees it.
    pub async fn seen_by_alan(&self) -> Page {
        self.alan.visit(&format!("/requests/{}", self.request)).await
    }
}

impl Portal {
    /// Does what the clock brings, as the portal does every half minute.
    pub async fn due_work(&self) {
        let now = self.clock.now();
        self.app.store.requests().lapse_due(now, 200).await.unwrap();
        self.app.store.membership_ends().give_up_early(now).await.unwrap();
        self.app.store.membership_ends().owe_due(now, 50).await.unwrap();
        self.app.store.membership_ends().end_pointless(now).await.unwrap();
        self.app.store.operations().abandon_due(now).await.unwrap();
    }

    /// Asserts that the record of events is whole.
    pub async fn record_is_whole(&self) {
        let verified = self.app.store.events().verify().await.unwrap();
        assert!(verified.is_ok(), "{verified:?}");
    }

    /// Pauses a group as its administrator.
    pub async fn pause(&self, group: &str) {
        let ada = self.sign_in("Ada Lovelace").await;
        let page = ada.visit(&format!("/admin{}", self.group(group))).await;
        let paused = ada.submit(&page, "Pause requests", &[]).await;
        assert!(paused.flash().starts_with("Requests for this group are paused."), "{}", paused.text());
    }
}

impl Page {
    /// Returns the page without what tells this answer from another of the same kind.
    pub fn bytes(&self) -> String {
        let id = self.header("x-request-id");
        assert!(!id.is_empty(), "an answer without a name");
        self.body.replace(id, "ID")
    }
}
