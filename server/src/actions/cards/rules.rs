//! Sets the rules that draft cards.

use domain::access::{Action, Actor, Subject, may};
use domain::cards::CardRules;
use schema::Conn;

use crate::actions::authority;
use crate::app::App;
use crate::problem::Error;
use crate::store::cards::{self, InForce};

/// Puts rules in force in place of the version they were written from.
pub async fn set_rules(
    app: &App,
    actor: Actor,
    version: i64,
    rules: CardRules,
) -> Result<InForce, Error> {
    may(Some(&actor), Action::SetCardRules, &Subject::None)?;
    rules.check().map_err(|refused| Error::invalid("card-rules-invalid", format!("{refused}.")))?;
    let now = app.clock.now();
    let write = move |conn: &mut Conn| {
        authority::still_holds(conn, &actor)?;
        let known = cards::find_rules(conn)?;
        if known.rules == rules {
            return Ok(known);
        }
        let is_latest = known.version == version;
        if is_latest && cards::insert_rules(conn, version, &rules, actor.account, now)? {
            return cards::find_rules(conn);
        }
        Err(Error::CardStale { version: known.version })
    };
    app.db.write(write).await
}
