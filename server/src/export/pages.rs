//! The rows of a list, some hundred at a time.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use domain::access::{Actor, scope, sees};
use schema::Conn;

use super::{Cell, Columns, MOST};
use crate::actions::command_issue::facets;
use crate::app::App;
use crate::problem::Error;
use crate::store::issue_list::{self, Filter, Order};
use crate::store::issues::{self, Issue};
use crate::viewings::{Way, shown};

/// Issues that are held in memory at a time.
const AT_A_TIME: usize = 500;

/// What is still to be written of a list. Which issues are on it is settled when it begins, so that
/// none is left out and none stands twice, whatever changes meanwhile.
#[allow(missing_debug_implementations)]
pub struct Pages {
    app: Arc<App>,
    reader: Actor,
    columns: Columns,
    ids: VecDeque<i64>,
}

impl Pages {
    /// The list that a reader asks for.
    pub async fn begin(
        app: Arc<App>,
        reader: Actor,
        filter: Filter,
        order: Order,
        columns: Columns,
    ) -> Result<Self, Error> {
        let scope = scope(&reader);
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let list =
            move |conn: &mut Conn| issue_list::list_ids(conn, &scope, &filter, order, most + 1);
        let ids = app.db.read(list).await?;
        if ids.len() > MOST {
            return Err(Error::ExportTooLong { most: MOST });
        }
        Ok(Self { app, reader, columns, ids: ids.into() })
    }

    /// What the headings are.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The next rows; none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<Vec<Cell>>>, Error> {
        if self.ids.is_empty() {
            return Ok(None);
        }
        let ids: Vec<i64> = self.ids.drain(..self.ids.len().min(AT_A_TIME)).collect();
        let asked = ids.clone();
        let found = self.app.db.read(move |conn| issues::list(conn, &asked)).await?;
        let found: HashMap<i64, Issue> = found.into_iter().map(|one| (one.id, one)).collect();
        let in_order = ids.iter().filter_map(|id| found.get(id));
        // It may have gone from the reader's sight since the list was made.
        let seen = in_order.filter(|issue| sees(&self.reader, &facets(issue)));
        let seen: Vec<&Issue> = seen.collect();
        shown(&self.app, self.reader.account, Way::Exported, seen.iter().copied()).await?;
        Ok(Some(seen.into_iter().map(|issue| self.columns.row(issue)).collect()))
    }
}
