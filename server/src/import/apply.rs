//! Doing what a plan says.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schema::Conn;

use super::{Fate, Plan};
use crate::gazetteer::items::RulesItem;
use crate::gazetteer::load::each_stored;
use crate::gazetteer::{Gazetteer, KeptCalendar, Kind};
use crate::problem::Error;
use crate::store::{calendars, installation, reference, rules};

/// [`write()`]s a plan in the transaction that made it, where nobody looked before whether the whole
/// would fit together.
///
/// # Errors
/// [`Error::Invalid`] with code `reference-invalid` when the whole does not fit together; the
/// transaction must then be rolled back.
pub fn apply(conn: &mut Conn, plan: &Plan, now: Timestamp) -> Result<Option<i64>, Error> {
    let version = write(conn, plan, now)?;
    if version.is_some() {
        Gazetteer::load(conn).map_err(unfit)?;
    }
    Ok(version)
}

/// Writes what a plan adds and changes, and raises the version of the reference data once; returns
/// the new version, or none when nothing was to be written. Rules are kept beside the reference
/// data too, by their own version: what an issue's reason names can be read as long as the issue.
///
/// Whether the whole fits together is looked at before, by [`would_be`]: that takes long, and on
/// `SQLite` everybody's writes wait meanwhile.
pub fn write(conn: &mut Conn, plan: &Plan, now: Timestamp) -> Result<Option<i64>, Error> {
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
    let of_calendar = [Kind::District.word(), Kind::Calendar.word()];
    let calendar_changes = writes.iter().any(|(_, item)| of_calendar.contains(&&*item.kind));
    let (added, changed): (Vec<_>, Vec<_>) =
        writes.into_iter().partition(|(fate, _)| **fate == Fate::Added);
    let added: Vec<reference::Item> = added.into_iter().map(|(_, item)| item).collect();
    reference::insert(conn, &added)?;
    for (_, item) in changed {
        reference::save(conn, &item)?;
    }
    if calendar_changes {
        keep_calendar(conn, version)?;
    }
    Ok(Some(version))
}

/// Keeps the calendar as it now is: limits that are reckoned with it are explained with it later.
fn keep_calendar(conn: &mut Conn, version: i64) -> Result<(), Error> {
    let mut kept = KeptCalendar::default();
    each_stored(conn, Kind::District, |district| {
        kept.district = district;
        Ok(())
    })?;
    each_stored(conn, Kind::Calendar, |year| {
        kept.years.push(year);
        Ok(())
    })?;
    calendars::insert(conn, version, &kept)
}

/// The reference data as it would be after a plan; none when the plan writes nothing.
///
/// # Errors
/// [`Error::Invalid`] with code `reference-invalid` when the whole would not fit together: what one
/// file changes may not fit what another left in place.
pub fn would_be(conn: &mut Conn, version: i64, plan: &Plan) -> Result<Option<Gazetteer>, Error> {
    let writes = plan.rows.iter().filter_map(|row| {
        let (kind, code) = row.item.as_ref()?;
        Some(((*kind, code.as_str()), &row.write.as_ref()?.body))
    });
    let over: BTreeMap<_, _> = writes.collect();
    if over.is_empty() {
        return Ok(None);
    }
    Gazetteer::load_with(conn, version, &over).map(Some).map_err(unfit)
}

fn unfit(error: Error) -> Error {
    match error {
        Error::Internal(why) => Error::invalid("reference-invalid", why),
        other => other,
    }
}
