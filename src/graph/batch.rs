//! `$batch`: up to twenty reads in one call. Graph answers each by itself, in any order, and throttles each by itself.

use std::{collections::HashMap, time::Duration};

use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    Deadline, call::Call, classify, cost::Cost, error::Error, pages::Pages, retry::Failure, send::Sender, wire::Page,
};

/// Graph takes at most this many requests in one batch (Graph, "JSON batching").
pub(super) const MOST: usize = 20;

/// What Graph answers to a batch.
#[derive(Deserialize)]
struct Reply {
    responses: Vec<Part>,
}

/// What Graph answers to one request of a batch.
#[derive(Deserialize)]
struct Part {
    id: String,
    status: u16,
    #[serde(default)]
    headers: HashMap<String, Value>,
    #[serde(default)]
    body: Value,
}

impl Sender<'_> {
    /// Sends reads in one batch and returns what came back for each, in the order of the calls. What was throttled, or
    /// failed for the moment, is sent again with others of its kind after the longest wait that Graph asked for.
    ///
    /// # Errors
    /// [`Error`] when the batch as a whole was not answered; what went wrong with one read stands in its place.
    pub async fn batch(self, calls: &[Call], deadline: Deadline) -> Result<Vec<Result<Value, Error>>, Error> {
        // What may be written, and what never, is decided where calls are sent one by one.
        if calls.len() > MOST || calls.iter().any(Call::is_write) {
            return Err(Error::Refused { status: 0, code: "a batch of more than 20 calls, or of writes".into() });
        }
        let mut answers: Vec<Result<Value, Error>> = calls.iter().map(|_| Err(Error::Garbled)).collect();
        let mut open: Vec<usize> = (0..calls.len()).collect();
        for tried in 1.. {
            let failures = self.round(calls, &open, &mut answers, deadline).await?;
            // One that has to wait longer than there is time keeps its answer: it neither goes early nor holds up others.
            let waits =
                failures.iter().filter_map(|(index, failure)| Some((*index, self.wait(failure, tried, deadline)?)));
            let waits: Vec<(usize, Duration)> = waits.collect();
            let Some(longest) = waits.iter().map(|(_, wait)| *wait).max() else { break };
            open = waits.into_iter().map(|(index, _)| index).collect();
            tokio::time::sleep(longest).await;
        }
        Ok(answers)
    }

    /// Reads whole lists, their first pages in one batch; links to further pages are followed one by one.
    ///
    /// # Errors
    /// [`Error`] when one of the lists was not read whole.
    pub async fn lists<T: DeserializeOwned>(self, calls: &[Call], deadline: Deadline) -> Result<Vec<Vec<T>>, Error> {
        let mut lists = Vec::with_capacity(calls.len());
        for (call, answer) in calls.iter().zip(self.batch(calls, deadline).await?) {
            let first: Page<T> = serde_json::from_value(answer?).map_err(|_| Error::Garbled)?;
            let mut list = first.value;
            if let Some(link) = first.next_link {
                let mut pages = Pages::after(self.graph, call.clone(), &link)?;
                while let Some(page) = pages.next(self, deadline).await? {
                    list.extend(page);
                }
            }
            lists.push(list);
        }
        Ok(lists)
    }

    /// Sends the open reads once, keeps what came back, and returns what failed.
    async fn round(
        self,
        calls: &[Call],
        open: &[usize],
        answers: &mut [Result<Value, Error>],
        deadline: Deadline,
    ) -> Result<Vec<(usize, Failure)>, Error> {
        let requests: Vec<Value> = open.iter().map(|&index| self.request(index, &calls[index])).collect();
        let expected = |index: usize| Cost::of(&calls[index]).units;
        let batch = Call::ask_together(&requests, open.iter().map(|&index| expected(index)).sum());
        let answered = self.exchange(&batch, &self.graph.base.address(&batch), deadline).await?;
        let reply: Reply = answered.json(&batch)?;
        let mut parts: HashMap<String, Part> = HashMap::new();
        for part in reply.responses {
            // Of two answers to one question neither can be believed.
            if parts.insert(part.id.clone(), part).is_some() {
                return Err(Error::Garbled);
            }
        }
        let told = |index: usize| parts.get(&index.to_string()).and_then(Part::units);
        self.graph.count_units(open.iter().filter_map(|&index| told(index)).map(u64::from).sum());
        let costs = open.iter().map(|&index| told(index).unwrap_or_else(|| expected(index)));
        let cost = costs.fold(0_u32, u32::saturating_add);
        self.graph.budget.correct(answered.ticket, cost);
        let mut failures = Vec::new();
        for &index in open {
            // A read that the answer leaves out was not answered; asking again may help.
            let read = match parts.remove(&index.to_string()) {
                Some(part) => self.heed(&part).outcome(),
                None => Err(Failure::again(Error::Garbled, None)),
            };
            answers[index] = read.map_err(|failure| {
                let error = failure.error.clone();
                failures.push((index, failure));
                error
            });
        }
        Ok(failures)
    }

    fn request(self, index: usize, call: &Call) -> Value {
        let mut request = json!({
            "id": index.to_string(),
            "method": call.method.as_str(),
            "url": self.graph.base.below(call),
        });
        if call.indexed {
            request["headers"] = json!({ "ConsistencyLevel": "eventual" });
        }
        request
    }

    fn wait(self, failure: &Failure, tried: u32, deadline: Deadline) -> Option<Duration> {
        failure.wait(tried, &self.graph.limits, self.deadline(deadline).left())
    }

    /// Lets work that nobody waits for rest when a part was throttled, or nearly.
    fn heed(self, part: &Part) -> &Part {
        self.graph.heed(part.status, &part.header_map());
        part
    }
}

impl Part {
    fn units(&self) -> Option<u32> {
        self.header_map().get("x-ms-resource-unit")?.to_str().ok()?.parse().ok()
    }

    fn outcome(&self) -> Result<Value, Failure> {
        let status = StatusCode::from_u16(self.status).map_err(|_| Failure::last(Error::Garbled))?;
        if status == StatusCode::OK {
            return Ok(self.body.clone());
        }
        if status.is_success() {
            return Err(Failure::last(Error::Garbled));
        }
        Err(classify::failure(status, &self.header_map(), self.body.to_string().as_bytes()))
    }

    /// Returns the headers as those of an answer by itself; a value that is no text is left out.
    fn header_map(&self) -> HeaderMap {
        let pairs = self.headers.iter().filter_map(|(name, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(text).ok()?))
        });
        pairs.collect()
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::ids::GroupId,
        graph::{Graph, Limits, send::Priority},
    };

    #[tokio::test]
    async fn no_write_travels_in_a_batch() {
        let graph = Graph::new("http://127.0.0.1:9/v1.0".parse().unwrap(), Limits::default()).unwrap();
        let sender = Sender { graph: &graph, bearer: &SecretString::from("secret"), priority: Priority::Interactive };
        let delete = Call::delete_group(GroupId(Uuid::nil()), Uuid::nil());

        let write = sender.batch(&[Call::read(&[]), delete], graph.deadline()).await;
        let many = sender.batch(&vec![Call::read(&[]); 21], graph.deadline()).await;

        assert!(matches!(write, Err(Error::Refused { status: 0, .. })));
        assert!(matches!(many, Err(Error::Refused { status: 0, .. })));
    }
}
