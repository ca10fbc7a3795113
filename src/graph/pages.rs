//! Lists that come in pages.

use std::collections::HashSet;

use reqwest::Url;
use serde::de::DeserializeOwned;

use super::{Deadline, Graph, call::Call, error::Error, send::Sender, wire::Page};

/// A list that is being read. A page that fails can be asked for again.
#[derive(Debug)]
pub(super) struct Pages {
    call: Call,
    next: Option<Url>,
    seen: HashSet<Url>,
    read: usize,
    delta: Option<Url>,
}

impl Pages {
    /// Starts at the first page.
    pub fn new(graph: &Graph, call: Call) -> Self {
        let first = graph.base.address(&call);
        Self { call, seen: HashSet::from([first.clone()]), next: Some(first), read: 0, delta: None }
    }

    /// Starts at a link that was kept; `None` when it leads astray. The call gives its name and its headers.
    pub fn at(graph: &Graph, call: Call, link: &str) -> Option<Self> {
        let first = graph.base.next(link)?;
        Some(Self { call, seen: HashSet::from([first.clone()]), next: Some(first), read: 0, delta: None })
    }

    /// Returns where the changes after this list will be, path and query alone, once its last page was read.
    pub fn delta_link(&self) -> Option<String> {
        let url = self.delta.as_ref()?;
        Some(format!("{}?{}", url.path(), url.query().unwrap_or_default()))
    }

    /// Starts at the page that a link leads to, after a first page that came some other way.
    ///
    /// # Errors
    /// [`Error::Garbled`] when the link leads astray.
    pub fn after(graph: &Graph, call: Call, link: &str) -> Result<Self, Error> {
        let mut pages = Self::new(graph, call);
        pages.next = Some(pages.follow(graph, link)?);
        pages.read = 1;
        Ok(pages)
    }

    /// Returns how many pages were read.
    pub fn read(&self) -> usize {
        self.read
    }

    /// Returns the next page, or `None` after the last.
    ///
    /// A link that leads astray or in a circle, or more pages than there could be, is [`Error::Garbled`]: part of a list
    /// must not pass for the whole.
    pub async fn next<T: DeserializeOwned>(
        &mut self,
        sender: Sender<'_>,
        deadline: Deadline,
    ) -> Result<Option<Vec<T>>, Error> {
        let Some(url) = &self.next else { return Ok(None) };
        if self.read >= sender.graph.limits.page_limit {
            tracing::warn!(graph.path = self.call.template(), pages = self.read, "a list of Graph does not end");
            return Err(Error::Garbled);
        }
        let page: Page<T> = sender.read_at(&self.call, url, deadline).await?;
        self.next = match page.next_link {
            Some(link) => Some(self.follow(sender.graph, &link)?),
            None => None,
        };
        // It is not followed now, and where nothing has changed it may well be the one that led here.
        self.delta = match page.delta_link {
            Some(link) => Some(self.below(sender.graph, &link)?),
            None => None,
        };
        self.read += 1;
        Ok(Some(page.value))
    }

    fn follow(&mut self, graph: &Graph, link: &str) -> Result<Url, Error> {
        let next = self.below(graph, link)?;
        if self.seen.insert(next.clone()) {
            return Ok(next);
        }
        tracing::warn!(graph.path = self.call.template(), "a list of Graph links in a circle");
        Err(Error::Garbled)
    }

    fn below(&self, graph: &Graph, link: &str) -> Result<Url, Error> {
        graph.base.next(link).ok_or_else(|| {
            tracing::warn!(graph.path = self.call.template(), "a list of Graph links astray");
            Error::Garbled
        })
    }
}

impl Sender<'_> {
    /// Reads a whole list.
    pub async fn all<T: DeserializeOwned>(self, call: Call, deadline: Deadline) -> Result<Vec<T>, Error> {
        let mut pages = Pages::new(self.graph, call);
        let mut all = Vec::new();
        while let Some(page) = pages.next(self, deadline).await? {
            all.extend(page);
        }
        Ok(all)
    }
}
