//! What a write checks again inside its transaction, because it may have changed since the request
//! was prepared.

use domain::access::Actor;
use schema::Conn;

use crate::problem::Error;
use crate::store::{accounts, installation};

/// Refuses when the account was closed or moved since its token was read.
pub fn still_holds(conn: &mut Conn, actor: &Actor) -> Result<(), Error> {
    let account = accounts::find(conn, actor.account)?.filter(|account| account.active);
    let account = account.ok_or(Error::Unauthenticated)?;
    if account.role == actor.role && account.bureau == actor.bureau {
        Ok(())
    } else {
        Err(Error::Unauthenticated)
    }
}

/// Refuses when the reference data that the request was placed with is no longer in force; the
/// action then places it anew.
pub fn reference_is(conn: &mut Conn, version: i64) -> Result<(), Error> {
    if installation::find_reference_version(conn)? == version { Ok(()) } else { Err(Error::Overtaken) }
}
