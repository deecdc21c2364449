//! Keeps how far uploads are, those of several requests in one transaction.

use std::sync::Arc;

use schema::{Conn, Db};

use crate::actions::grouped;
use crate::app::App;
use crate::problem::Error;
use crate::store::uploads::{self, Upload};
use crate::together::Together;

/// Uploads of which it is to be kept how far they are.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Keeping(Arc<Together<Arc<Upload>, Result<bool, Error>>>);

impl Keeping {
    /// Groups that are written at a time: while one is made durable, the next one is being written.
    const TURNS: usize = 2;
    /// Uploads kept together, at most.
    const MOST: usize = 64;
    /// Uploads that may wait; more are sent by nobody at a time.
    const ROOM: usize = 4_096;
}

impl Default for Keeping {
    fn default() -> Self {
        Self(Arc::new(Together::new(Self::TURNS, Self::MOST, Self::ROOM)))
    }
}

/// Writes how an upload stands. Says no, and writes nothing, when somebody else was first.
pub async fn keep(app: &App, row: Upload) -> Result<bool, Error> {
    let db = app.db.clone();
    app.keeping.0.with(Arc::new(row), move |group| written(db, group)).await?
}

async fn written(db: Db, group: Vec<Arc<Upload>>) -> Vec<Result<bool, Error>> {
    grouped::written(db, "uploads", group, write).await
}

/// In the order of their keys, so that two groups never wait for each other.
fn write(conn: &mut Conn, group: &[Arc<Upload>]) -> Result<Vec<Result<bool, Error>>, Error> {
    let mut in_order: Vec<(usize, &Upload)> = group.iter().map(AsRef::as_ref).enumerate().collect();
    in_order.sort_by_key(|(_, row)| row.key);
    let mut saved = vec![false; group.len()];
    for (place, row) in in_order {
        saved[place] = uploads::save(conn, row)?;
    }
    Ok(saved.into_iter().map(Ok).collect())
}
