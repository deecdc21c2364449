//! What the campaign 创建 works towards.

use diesel::prelude::*;
use jiff::Timestamp;
use jiff::civil::Date;
use schema::columns::At;
use schema::tables::campaign;
use schema::{Conn, on};

use crate::problem::Error;

/// The one row's key.
const ID: i32 = 1;

/// The day of the evaluation 测评日; none while nobody has set it.
pub fn find_evaluation(conn: &mut Conn) -> Result<Option<Date>, Error> {
    let row = campaign::table.find(ID).select(campaign::evaluation_on);
    let text: Option<Option<String>> = on!(conn, |c| row.first(c).optional())?;
    let date = text.flatten().map(|text| text.parse::<Date>());
    date.transpose().map_err(|error| Error::Internal(format!("the day of the evaluation: {error}")))
}

/// Sets the day of the evaluation, or that there is none.
pub fn save_evaluation(
    conn: &mut Conn,
    on: Option<Date>,
    account: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let set = (
        campaign::evaluation_on.eq(on.map(|date| date.to_string())),
        campaign::changed_at.eq(At(now)),
        campaign::changed_by.eq(account),
    );
    on!(conn, |c| diesel::insert_into(campaign::table)
        .values((campaign::id.eq(ID), set.clone()))
        .on_conflict(campaign::id)
        .do_update()
        .set(set)
        .execute(c))?;
    Ok(())
}
