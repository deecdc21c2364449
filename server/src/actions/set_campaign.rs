//! Sets the day of the evaluation.

use domain::access::Actor;
use jiff::civil::Date;

use crate::actions::authority;
use crate::app::App;
use crate::problem::Error;
use crate::store::campaign;

/// Sets the day, or with none that it is not known; it may be today, and is not over.
pub async fn set_campaign(app: &App, actor: Actor, on: Option<Date>) -> Result<(), Error> {
    let now = app.clock.now();
    let today = app.gazetteer().calendar.date_of(now);
    if let Some(over) = on.filter(|on| *on < today) {
        let detail = format!("`evaluation_on` {over} is over: today is {today}.");
        return Err(Error::invalid("evaluation-over", detail));
    }
    app.db
        .write(move |conn| {
            authority::still_holds(conn, &actor)?;
            campaign::save_evaluation(conn, on, actor.account, now)
        })
        .await
}
