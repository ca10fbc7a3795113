//! Running work again and again until the process stops.

use std::{fmt::Display, future::Future, time::Duration};

use tokio_util::sync::CancellationToken;

/// Runs until the work ends or the process stops.
pub async fn until(stop: &CancellationToken, work: impl Future<Output = ()>) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = work => {}
    }
}

/// Runs at once and then at an interval, until the process stops. What is under way ends first.
pub async fn every<F: Future<Output = ()>>(interval: Duration, stop: &CancellationToken, work: impl Fn() -> F) {
    loop {
        work().await;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(interval) => {}
        }
    }
}

/// Runs work as a task until it ends. When it panics it begins again after a rest, unless the process stops.
pub async fn again<F>(what: &'static str, rest: Duration, stop: &CancellationToken, work: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    while let Err(error) = tokio::spawn(work()).await {
        tracing::error!(%error, "{what} broke off and begins again");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// Logs a failure; the next round tries again.
pub fn note<T, E: Display>(what: &'static str, outcome: Result<T, E>) {
    if let Err(error) = outcome {
        tracing::warn!(%error, "{what}");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    const REST: Duration = Duration::from_millis(1);

    #[tokio::test]
    async fn work_that_breaks_off_begins_again_and_leaves_its_neighbour_alone() {
        let (stop, begun, neighbour) = (CancellationToken::new(), Arc::new(AtomicUsize::new(0)), Arc::default());
        let fragile = || {
            let begun = begun.clone();
            async move { assert!(begun.fetch_add(1, Ordering::SeqCst) >= 2, "a mistake of the program") }
        };
        let steady = || {
            let neighbour: Arc<AtomicUsize> = Arc::clone(&neighbour);
            async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                neighbour.fetch_add(1, Ordering::SeqCst);
            }
        };

        tokio::join!(again("the fragile one", REST, &stop, fragile), again("the steady one", REST, &stop, steady));

        assert_eq!((begun.load(Ordering::SeqCst), neighbour.load(Ordering::SeqCst)), (3, 1));
    }

    #[tokio::test]
    async fn work_that_breaks_off_while_the_process_stops_stays_ended() {
        let (stop, begun) = (CancellationToken::new(), AtomicUsize::new(0));
        stop.cancel();
        let fragile = || {
            begun.fetch_add(1, Ordering::SeqCst);
            async { panic!("a mistake of the program") }
        };

        again("the fragile one", Duration::from_mins(1), &stop, fragile).await;

        assert_eq!(begun.load(Ordering::SeqCst), 1);
    }
}
