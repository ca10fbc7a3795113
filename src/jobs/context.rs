//! The proof that something is done by a job and not by a page.

/// Says that a job is under way. What needs one cannot be done by a handler, because none can make it:
///
/// ```compile_fail,E0624
/// let context = roster::jobs::JobContext::new();
/// ```
#[derive(Debug)]
pub struct JobContext(());

impl JobContext {
    /// Makes one; for the jobs alone.
    pub(super) fn new() -> Self {
        Self(())
    }
}
