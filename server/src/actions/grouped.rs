//! Writes several things in one transaction, so that none fails for another's sake.

use std::sync::Arc;

use schema::{Conn, Db, DbError};

use crate::problem::Error;

/// Writes a group of `what` by `write`, whose error is the whole group's: nothing of it is kept then. If one
/// of them may have made it fail, each is written by itself. Gives an answer for each, in their order.
pub(super) async fn written<I, O>(
    db: Db,
    what: &'static str,
    group: Vec<Arc<I>>,
    write: Write<I, O>,
) -> Vec<Result<O, Error>>
where
    I: Send + Sync + 'static,
    O: Send + 'static,
{
    if let [one] = group.as_slice() {
        return vec![alone(&db, Arc::clone(one), write).await];
    }
    let all = group.clone();
    match db.write(move |conn| write(conn, &all)).await {
        Ok(answers) => answers,
        Err(error) if is_outage(&error) => group.iter().map(|_| Err(lost(&error))).collect(),
        Err(error) => {
            tracing::warn!(%error, what, count = group.len(), "a group is written one by one");
            one_by_one(&db, group, write).await
        }
    }
}

/// Writes a group and gives an answer for each, in their order.
type Write<I, O> = fn(&mut Conn, &[Arc<I>]) -> Result<Vec<Result<O, Error>>, Error>;

/// Stops at the first that fails for no fault of its own: the others would as well, and each may take
/// long to.
async fn one_by_one<I, O>(db: &Db, group: Vec<Arc<I>>, write: Write<I, O>) -> Vec<Result<O, Error>>
where
    I: Send + Sync + 'static,
    O: Send + 'static,
{
    let mut answers: Vec<Result<O, Error>> = Vec::with_capacity(group.len());
    for one in group {
        let out = match answers.last() {
            Some(Err(error)) if is_outage(error) => Some(lost(error)),
            _ => None,
        };
        answers.push(if let Some(error) = out { Err(error) } else { alone(db, one, write).await });
    }
    answers
}

fn is_outage(error: &Error) -> bool {
    matches!(error, Error::Storage(error) if error.is_outage())
}

/// What those are told who shared an outage.
fn lost(error: &Error) -> Error {
    DbError::GroupLost(error.to_string()).into()
}

async fn alone<I, O>(db: &Db, one: Arc<I>, write: Write<I, O>) -> Result<O, Error>
where
    I: Send + Sync + 'static,
    O: Send + 'static,
{
    let answers = db.write(move |conn| write(conn, std::slice::from_ref(&one))).await?;
    answers.into_iter().next().unwrap_or(Err(Error::Overtaken))
}
