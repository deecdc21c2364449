//! A session moves to a new phone, which reads a code off the old one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use schema::Conn;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::accounts::{self, is_idle};
use crate::actions::sign_in::{Grant, open_session};
use crate::app::App;
use crate::config::SignInSettings;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::Account;
use crate::store::handovers::NewHandover;
use crate::tokens::{RefreshToken, fill};

/// How long a code is good for.
pub const CODE_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// Bytes of a code: random and long, so that nobody finds one by trying, and one round of SHA-256 is
/// enough to keep it.
const CODE_LEN: usize = 20;

/// A code to show. It can be shown only on purpose.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Offer {
    /// What the new phone sends: base64url.
    pub code: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Makes a code that opens a session of the same account elsewhere, once; a code that this session
/// offered before is good no more. Unless `keep` is said this session ends then.
///
/// [`Error::Forbidden`] for a machine.
pub async fn offer(
    app: &App,
    account: &Account,
    session: Uuid,
    keep: bool,
) -> Result<Offer, Error> {
    if account.errands.is_some() {
        return Err(Error::Forbidden);
    }
    let mut bytes = [0; CODE_LEN];
    fill(&mut bytes)?;
    let code = URL_SAFE_NO_PAD.encode(bytes);
    let now = app.clock.now();
    let expires_at = now + CODE_LIFE;
    let new = NewHandover {
        code_hash: digest(&code),
        account: account.id,
        session,
        keep_session: keep,
        expires_at,
    };
    app.db.write(move |conn| store::handovers::insert(conn, &new, now)).await?;
    Ok(Offer { code, expires_at })
}

/// Opens a session on the device that shows a code.
///
/// [`Error::HandoverInvalid`] when the code is unknown, used or over, or the session that offered it
/// is; `device-invalid`.
pub async fn redeem(app: &App, code: &str, device: Option<String>) -> Result<Grant, Error> {
    let device = device.map(accounts::device).transpose()?;
    let refresh = RefreshToken::random(Uuid::new_v4())?;
    let (code_hash, settings, now) = (digest(code), app.config.sign_in.clone(), app.clock.now());
    let (id, refresh_hash) = (refresh.session, refresh.digest());
    let redeem = move |conn: &mut Conn| {
        let (account, ended) = take(conn, &code_hash, &settings, now)?;
        open_session(conn, account.id, (id, &refresh_hash, device.clone()), now)?;
        Ok::<_, Error>((account, ended))
    };
    let (account, ended) = app.db.write(redeem).await?;
    if let Some(session) = ended {
        app.accounts.forget_session(session);
    }
    Grant::new(app, refresh, account)
}

/// Uses a code up; whose it is, and the session that ended with it.
fn take(
    conn: &mut Conn,
    code_hash: &[u8],
    settings: &SignInSettings,
    now: Timestamp,
) -> Result<(Account, Option<Uuid>), Error> {
    let used = store::handovers::save_used(conn, code_hash, now)?.ok_or(Error::HandoverInvalid)?;
    // Held, so that whoever closes the account now ends the new session too.
    let before = store::sessions::find_with_account(conn, used.session)?;
    let (session, account) = before.ok_or(Error::HandoverInvalid)?;
    store::accounts::find_by_login_held(conn, &account.login)?;
    let now_so = store::sessions::find_with_account(conn, session.id)?;
    let (session, account) = now_so.ok_or(Error::HandoverInvalid)?;
    let open =
        session.is_open(now) && account.is_open(now) && !is_idle(&session, &account, settings, now);
    if !open || account.id != used.account {
        return Err(Error::HandoverInvalid);
    }
    if used.keep_session {
        return Ok((account, None));
    }
    store::sessions::save_revoked(conn, session.id, now)?;
    Ok((account, Some(session.id)))
}

fn digest(code: &str) -> Vec<u8> {
    Sha256::digest(code).to_vec()
}

#[cfg(test)]
mod tests {
    use domain::access::Errands;

    use super::*;
    use crate::accounts::tests::Town;
    use crate::actions::end_session::end_session;

    impl Town {
        async fn offers(&self, by: &Grant, keep: bool) -> String {
            let session = by.refresh_token.session;
            offer(&self.app, &by.account, session, keep).await.unwrap().code
        }

        async fn redeems(&self, code: &str) -> Result<Grant, Error> {
            redeem(&self.app, code, Some("new phone".to_owned())).await
        }

        async fn works(&self, grant: &Grant) -> bool {
            let session = grant.refresh_token.session;
            accounts::actor(&self.app, session, grant.account.id).await.is_ok()
        }
    }

    fn is_refused(result: &Result<Grant, Error>) -> bool {
        matches!(result, Err(Error::HandoverInvalid))
    }

    #[actix_web::test]
    async fn the_new_phone_is_signed_in_and_the_old_one_is_out() {
        let town = Town::new().await;
        let old = town.signs_in("ana").await.unwrap();
        assert!(town.works(&old).await);
        let code = town.offers(&old, false).await;
        let new = town.redeems(&code).await.unwrap();
        assert_eq!(new.account, old.account);
        assert!(town.works(&new).await);
        assert!(!town.works(&old).await);
        assert!(is_refused(&town.redeems(&code).await), "once");
    }

    #[actix_web::test]
    async fn both_stay_when_that_was_asked_for() {
        let town = Town::new().await;
        let old = town.signs_in("ana").await.unwrap();
        let new = town.redeems(&town.offers(&old, true).await).await.unwrap();
        assert!(town.works(&old).await && town.works(&new).await);
    }

    #[actix_web::test]
    async fn a_code_is_good_for_five_minutes_and_only_the_newest_is() {
        let town = Town::new().await;
        let old = town.signs_in("ana").await.unwrap();
        let first = town.offers(&old, true).await;
        let second = town.offers(&old, true).await;
        assert!(is_refused(&town.redeems(&first).await));
        town.app.clock.advance(CODE_LIFE - SignedDuration::from_micros(1));
        assert!(town.redeems(&second).await.is_ok());
        let third = town.offers(&old, true).await;
        town.app.clock.advance(CODE_LIFE);
        assert!(is_refused(&town.redeems(&third).await));
        assert!(is_refused(&town.redeems("").await));
    }

    #[actix_web::test]
    async fn of_many_who_show_it_at_once_one_is_let_in() {
        let town = Town::new().await;
        let old = town.signs_in("ana").await.unwrap();
        let code = town.offers(&old, true).await;
        let all = (0..8).map(|_| town.redeems(&code));
        let all = futures_util::future::join_all(all).await;
        assert_eq!(all.iter().filter(|grant| grant.is_ok()).count(), 1);
    }

    #[actix_web::test]
    async fn it_dies_with_the_session_and_with_the_account() {
        let town = Town::new().await;
        let old = town.signs_in("ana").await.unwrap();
        let code = town.offers(&old, true).await;
        end_session(&town.app, old.refresh_token.session).await.unwrap();
        assert!(is_refused(&town.redeems(&code).await));
        let bo = town.signs_in("bo").await.unwrap();
        let code = town.offers(&bo, true).await;
        town.closes("bo").await;
        assert!(is_refused(&town.redeems(&code).await));
    }

    #[actix_web::test]
    async fn a_machine_hands_nothing_over() {
        let town = Town::new().await;
        let mut grant = town.signs_in("ana").await.unwrap();
        grant.account.errands = Some(Errands::default());
        let refused = offer(&town.app, &grant.account, Uuid::new_v4(), false).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
    }
}
