//! Doing what a plan says.

use jiff::Timestamp;
use schema::Conn;

use super::{Fate, Plan};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::Kind;
use crate::gazetteer::items::RulesItem;
use crate::problem::Error;
use crate::store::{installation, reference, rules};

/// Writes what a plan adds and changes, and raises the version of the reference data once; returns
/// the new version, or none when nothing was to be written. Rules are kept beside the reference
/// data too, by their own version: what an issue's reason names can be read as long as the issue.
///
/// Call it in the transaction that made the plan. Before it returns, the whole is loaded as the
/// server would load it: what one file changed may not fit what another left in place.
///
/// # Errors
/// [`Error::Invalid`] with code `reference-invalid` when the whole does not fit together; the
/// transaction must then be rolled back.
pub fn apply(conn: &mut Conn, plan: &Plan, now: Timestamp) -> Result<Option<i64>, Error> {
    let writes = plan.rows.iter().filter_map(|row| Some((&row.fate, row.write.clone()?)));
    let mut writes: Vec<(&Fate, reference::Item)> = writes.collect();
    if writes.is_empty() {
        return Ok(None);
    }
    let version = installation::save_next_reference_version(conn)?;
    for (_, item) in &mut writes {
        item.version = version;
        if item.kind == Kind::Rules.word() {
            let RulesItem { text, set } = item.body.read()?;
            rules::insert(
                conn,
                &rules::Version {
                    version: set.version,
                    text,
                    imported_at: now,
                    reference_version: version,
                },
            )?;
        }
    }
    let (added, changed): (Vec<_>, Vec<_>) =
        writes.into_iter().partition(|(fate, _)| **fate == Fate::Added);
    let added: Vec<reference::Item> = added.into_iter().map(|(_, item)| item).collect();
    reference::insert(conn, &added)?;
    for (_, item) in changed {
        reference::save(conn, &item)?;
    }
    match Gazetteer::load(conn) {
        Ok(_) => Ok(Some(version)),
        Err(Error::Internal(why)) => Err(Error::invalid("reference-invalid", why)),
        Err(error) => Err(error),
    }
}
