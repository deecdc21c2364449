//! What a write checks again inside its transaction, because it may have changed since the request
//! was prepared.

use std::collections::{BTreeSet, HashMap};

use domain::access::Actor;
use schema::Conn;

use crate::problem::Error;
use crate::store::accounts::Account;
use crate::store::{accounts, installation};

/// Refuses when the account was closed or moved since its token was read.
pub fn still_holds(conn: &mut Conn, actor: &Actor) -> Result<(), Error> {
    match accounts::find(conn, actor.account)? {
        Some(account) if is(&account, actor) => Ok(()),
        _ => Err(Error::Unauthenticated),
    }
}

/// Which of these actors [`still_holds`] would not refuse, in their order.
pub fn still_hold(conn: &mut Conn, actors: &[&Actor]) -> Result<Vec<bool>, Error> {
    let ids: BTreeSet<i64> = actors.iter().map(|actor| actor.account).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let accounts: HashMap<i64, Account> =
        accounts::list_by_id(conn, &ids)?.into_iter().map(|one| (one.id, one)).collect();
    // What comes by links is the system's to keep: whether the link is good was asked before.
    let holds = |actor: &&Actor| {
        actor.account == Actor::SYSTEM
            || accounts.get(&actor.account).is_some_and(|one| is(one, actor))
    };
    Ok(actors.iter().map(holds).collect())
}

fn is(account: &Account, actor: &Actor) -> bool {
    // A machine's token may have been given fewer scopes than its account has.
    let errands = match (&account.errands, &actor.errands) {
        (None, None) => true,
        (Some(account), Some(actor)) => account.is_superset(actor),
        _ => false,
    };
    account.active && errands && account.role == actor.role && account.bureau == actor.bureau
}

/// Refuses when the reference data that the request was placed with is no longer in force; the
/// action then places it anew.
pub fn reference_is(conn: &mut Conn, version: i64) -> Result<(), Error> {
    if installation::find_reference_version(conn)? == version {
        Ok(())
    } else {
        Err(Error::Overtaken)
    }
}
