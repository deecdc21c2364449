//! A device stays signed in: its refresh token is exchanged for the next one.

use jiff::Timestamp;
use schema::Conn;

use crate::accounts::is_idle;
use crate::actions::sign_in::Grant;
use crate::app::App;
use crate::config::SignInSettings;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::Account;
use crate::store::sessions::Session;
use crate::tokens::{REFRESH_GRACE, REFRESH_LIFE, RefreshToken};

/// Exchanges a refresh token.
///
/// The token just exchanged stays good for [`REFRESH_GRACE`] and gives the same successor again.
/// Any older one means that two parties hold the session: it is ended, and
/// [`Error::RefreshTokenInvalid`] is all either hears.
pub async fn refresh_session(app: &App, token: &str) -> Result<Grant, Error> {
    let presented = RefreshToken::parse(token).ok_or(Error::RefreshTokenInvalid)?;
    let now = app.clock.now();
    let next = presented.successor(&app.keys, now)?;
    let (shown, following) = (presented.clone(), next.digest());
    let settings = app.config.sign_in.clone();
    match app.db.write(move |conn| exchange(conn, &shown, &following, &settings, now)).await? {
        Exchange::Done(account) => Grant::new(app, next, account),
        Exchange::DoneBefore(account, given) => {
            let given = presented.successor_given(&app.keys, &given);
            Grant::new(app, given.ok_or(Error::RefreshTokenInvalid)?, account)
        }
        Exchange::Stolen(account) => {
            app.accounts.forget_session(presented.session);
            tracing::warn!(account, "an old refresh token was used: session ended");
            Err(Error::RefreshTokenInvalid)
        }
        Exchange::Refused => Err(Error::RefreshTokenInvalid),
    }
}

enum Exchange {
    Done(Account),
    /// With the digest of the token given then.
    DoneBefore(Account, Vec<u8>),
    /// Not an error in here: the end of the session must be committed.
    Stolen(i64),
    Refused,
}

fn exchange(
    conn: &mut Conn,
    presented: &RefreshToken,
    next: &[u8],
    settings: &SignInSettings,
    now: Timestamp,
) -> Result<Exchange, Error> {
    let shown = presented.digest();
    let expires_at = now + REFRESH_LIFE;
    loop {
        let found = store::sessions::find_with_account(conn, presented.session)?;
        // A machine gets no refresh token: it shows its secret again.
        let open = found.filter(|(session, account)| {
            session.is_open(now) && account.is_open(now) && account.errands.is_none()
        });
        let Some((session, account)) = open else { return Ok(Exchange::Refused) };
        if is_idle(&session, &account, settings, now) {
            store::sessions::save_revoked(conn, session.id, now)?;
            return Ok(Exchange::Refused);
        }
        match judge(&session, &shown, now) {
            Standing::Current => {
                let rotation = (shown.as_slice(), next);
                if store::sessions::save_rotation(conn, session.id, rotation, now, expires_at)? {
                    return Ok(Exchange::Done(account));
                }
                // Somebody else exchanged it in between (PostgreSQL): see what it is now.
            }
            Standing::JustExchanged => {
                return Ok(Exchange::DoneBefore(account, session.refresh_hash));
            }
            Standing::Old => {
                store::sessions::save_revoked(conn, session.id, now)?;
                return Ok(Exchange::Stolen(account.id));
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Standing {
    Current,
    JustExchanged,
    Old,
}

/// What a token with this digest is to the session. Digests are compared, so the time it takes
/// tells nothing about a token.
fn judge(session: &Session, shown: &[u8], now: Timestamp) -> Standing {
    if session.refresh_hash == shown {
        Standing::Current
    } else if session.previous_hash.as_deref() == Some(shown)
        && now < session.rotated_at + REFRESH_GRACE
    {
        Standing::JustExchanged
    } else {
        Standing::Old
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts;
    use crate::accounts::tests::Town;
    use jiff::SignedDuration;

    impl Town {
        async fn refreshes(&self, token: &RefreshToken) -> Result<Grant, Error> {
            refresh_session(&self.app, &token.to_string()).await
        }

        async fn is_refused(&self, token: &RefreshToken) -> bool {
            matches!(self.refreshes(token).await, Err(Error::RefreshTokenInvalid))
        }
    }

    #[actix_web::test]
    async fn each_exchange_gives_another_token() {
        let town = Town::new().await;
        let first = town.signs_in("ana").await.unwrap();
        let second = town.refreshes(&first.refresh_token).await.unwrap();
        let third = town.refreshes(&second.refresh_token).await.unwrap();
        assert!(first.refresh_token != second.refresh_token);
        assert!(second.refresh_token != third.refresh_token);
        assert_eq!(third.account, first.account);
        assert!(town.app.keys.verify(&third.access_token, town.app.clock.now()).is_ok());
    }

    #[actix_web::test]
    async fn a_lost_answer_is_given_again_for_a_minute() {
        let town = Town::new().await;
        let first = town.signs_in("ana").await.unwrap().refresh_token;
        let lost = town.refreshes(&first).await.unwrap().refresh_token;
        town.app.clock.advance(REFRESH_GRACE - SignedDuration::from_micros(1));
        for _ in 0..3 {
            assert!(town.refreshes(&first).await.unwrap().refresh_token == lost);
        }
        assert!(town.refreshes(&lost).await.is_ok());
    }

    #[actix_web::test]
    async fn two_tabs_that_ask_at_once_get_the_same_token() {
        let town = Town::new().await;
        let first = town.signs_in("ana").await.unwrap().refresh_token;
        let (one, two) = tokio::join!(town.refreshes(&first), town.refreshes(&first));
        let (one, two) = (one.unwrap().refresh_token, two.unwrap().refresh_token);
        assert!(one == two);
        assert!(town.refreshes(&one).await.is_ok());
    }

    #[actix_web::test]
    async fn after_a_minute_the_old_token_ends_the_session_for_both() {
        let town = Town::new().await;
        let first = town.signs_in("ana").await.unwrap();
        let second = town.refreshes(&first.refresh_token).await.unwrap().refresh_token;
        let sid = second.session;
        assert!(accounts::actor(&town.app, sid, first.account.id).await.is_ok());
        town.app.clock.advance(REFRESH_GRACE);
        assert!(town.is_refused(&first.refresh_token).await);
        assert!(town.is_refused(&second).await);
        let actor = accounts::actor(&town.app, sid, first.account.id).await;
        assert!(matches!(actor, Err(Error::Unauthenticated)));
    }

    #[actix_web::test]
    async fn a_token_two_exchanges_old_is_theft_at_once() {
        let town = Town::new().await;
        let first = town.signs_in("ana").await.unwrap().refresh_token;
        let second = town.refreshes(&first).await.unwrap().refresh_token;
        let third = town.refreshes(&second).await.unwrap().refresh_token;
        assert!(town.is_refused(&first).await);
        assert!(town.is_refused(&third).await);
    }

    #[actix_web::test]
    async fn other_sessions_of_the_account_live_on() {
        let town = Town::new().await;
        let stolen = town.signs_in("ana").await.unwrap().refresh_token;
        let other = town.signs_in("ana").await.unwrap().refresh_token;
        let forged = RefreshToken::random(stolen.session).unwrap();
        assert!(town.is_refused(&forged).await);
        assert!(town.is_refused(&stolen).await);
        assert!(town.refreshes(&other).await.is_ok());
    }

    #[actix_web::test]
    async fn thirty_days_from_the_last_exchange() {
        let town = Town::that_never_idles().await;
        let first = town.signs_in("ana").await.unwrap().refresh_token;
        town.app.clock.advance(REFRESH_LIFE - SignedDuration::from_micros(1));
        let second = town.refreshes(&first).await.unwrap().refresh_token;
        town.app.clock.advance(REFRESH_LIFE);
        assert!(town.is_refused(&second).await);
    }

    #[actix_web::test]
    async fn a_desk_that_was_left_is_signed_out_for_good() {
        let town = Town::new().await;
        let left = |minutes| SignedDuration::from_mins(minutes) - SignedDuration::from_micros(1);
        let first = town.signs_in("root").await.unwrap().refresh_token;
        town.app.clock.advance(left(30));
        let second = town.refreshes(&first).await.unwrap().refresh_token;
        town.app.clock.advance(left(30));
        let third = town.refreshes(&second).await.unwrap().refresh_token;
        town.app.clock.advance(SignedDuration::from_mins(30));
        assert!(town.is_refused(&third).await);
    }

    #[actix_web::test]
    async fn a_closed_account_is_refused() {
        let town = Town::new().await;
        let token = town.signs_in("bo").await.unwrap().refresh_token;
        town.closes("bo").await;
        assert!(town.is_refused(&token).await);
    }

    #[actix_web::test]
    async fn what_is_no_token_of_ours_is_refused() {
        let town = Town::new().await;
        let unknown = RefreshToken::random(uuid::Uuid::new_v4()).unwrap();
        assert!(town.is_refused(&unknown).await);
        for text in ["", "zr1", "zr1..", "nonsense"] {
            let refused = refresh_session(&town.app, text).await;
            assert!(matches!(refused, Err(Error::RefreshTokenInvalid)), "{text}");
        }
    }
}
