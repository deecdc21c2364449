//! What the transaction that SQLite's writer is at has told so far.
//!
//! It lies beside the writer's thread: there is one, and all it does is write. Elsewhere (an import on
//! the command line, a test's own connection) nobody listens, and what is told there is dropped.

use std::cell::RefCell;

use super::News;

thread_local! {
    static TOLD: RefCell<Option<Vec<News>>> = const { RefCell::new(None) };
}

/// From now on this thread is a writer's.
pub(crate) fn begin() {
    TOLD.set(Some(Vec::new()));
}

/// Notes what is to be told, on a writer's thread.
pub(crate) fn note(news: &News) {
    TOLD.with_borrow_mut(|told| {
        if let Some(told) = told {
            told.push(news.clone());
        }
    });
}

/// How much was noted so far.
pub(crate) fn count() -> usize {
    TOLD.with_borrow(|told| told.as_ref().map_or(0, Vec::len))
}

/// A savepoint was rolled back: what was noted since is not told.
pub(crate) fn forget_after(count: usize) {
    TOLD.with_borrow_mut(|told| {
        if let Some(told) = told {
            told.truncate(count);
        }
    });
}

/// All that was noted, as one; none where nothing was.
pub(crate) fn take() -> Option<News> {
    TOLD.with_borrow_mut(|told| told.as_mut().map(std::mem::take))
        .and_then(|told| told.into_iter().reduce(News::and))
}
