//! `/accounts`: who can sign in. For admins.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, patch, post, web};
use domain::access::{self, Action, Subject, may};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::actor::SignedIn;
use super::documented::{AccountListProblems, CreateAccountProblems, UpdateAccountProblems};
use crate::accounts::{Ending, is_idle};
use crate::actions;
use crate::actions::create_account::AskedAccount;
use crate::actions::update_account::Change;
use crate::app::App;
use crate::lockout::login_hash;
use crate::problem::Error;
use crate::store::{self, sessions, sign_in_failures};

mod import;

pub use import::import_accounts;

/// What an account acts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 巡查员: reports from the street and looks again.
    Inspector,
    /// A person of a bureau: accepts, returns, rectifies.
    Bureau,
    /// 创城办: files, dispatches, reads every figure.
    Office,
    /// 督导组: inspects unannounced.
    Supervisor,
    /// Keeps accounts and reference data.
    Admin,
}

impl From<access::Role> for Role {
    fn from(role: access::Role) -> Self {
        match role {
            access::Role::Inspector => Self::Inspector,
            access::Role::Bureau => Self::Bureau,
            access::Role::Office => Self::Office,
            access::Role::Supervisor => Self::Supervisor,
            access::Role::Admin => Self::Admin,
        }
    }
}

impl From<Role> for access::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Inspector => Self::Inspector,
            Role::Bureau => Self::Bureau,
            Role::Office => Self::Office,
            Role::Supervisor => Self::Supervisor,
            Role::Admin => Self::Admin,
        }
    }
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": 7,
    "login": "inspector01",
    "name": "王芳",
    "role": "inspector",
    "bureau": null,
    "duty_areas": ["340102"],
    "active": true,
    "created_at": "2026-03-02T01:00:00Z",
    "ends_at": null,
    "password_changed_at": "2026-03-02T01:00:00Z",
    "must_change_password": false,
    "second_factor": false
}))]
pub struct Account {
    /// Given by the server.
    pub id: i64,
    /// Lower case.
    pub login: String,
    /// The person's or desk's name.
    pub name: String,
    /// What it acts as.
    pub role: Role,
    /// Code of its bureau; for the role `bureau` only.
    #[schema(required)]
    pub bureau: Option<String>,
    /// Codes of the areas it is assigned to.
    pub duty_areas: Vec<String>,
    /// Whether it can sign in.
    pub active: bool,
    /// When it was created.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// From when on it can sign in no more, and whoever is signed in is out: the end of a
    /// secondment 借调. Null: it has none.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// When its password was set.
    #[schema(value_type = String, format = DateTime)]
    pub password_changed_at: Timestamp,
    /// Whether somebody else set its password, so that it must be changed first.
    pub must_change_password: bool,
    /// Whether it signs in with a second factor.
    pub second_factor: bool,
}

impl From<store::accounts::Account> for Account {
    fn from(kept: store::accounts::Account) -> Self {
        Self {
            id: kept.id,
            login: kept.login,
            name: kept.name,
            role: kept.role.into(),
            bureau: kept.bureau,
            duty_areas: kept.duty_areas,
            active: kept.active,
            created_at: kept.created_at,
            ends_at: kept.ends_at,
            password_changed_at: kept.credentials.password_changed_at,
            must_change_password: kept.credentials.must_change_password,
            second_factor: kept.credentials.second_factor,
        }
    }
}

impl From<&store::accounts::Account> for Account {
    fn from(kept: &store::accounts::Account) -> Self {
        kept.clone().into()
    }
}

/// An account as admins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptAccount {
    /// The account.
    #[serde(flatten)]
    pub account: Account,
    /// Until when nobody can sign in to it, because too many attempts failed; null when they can.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub locked_until: Option<Timestamp>,
    /// When one of its devices that are signed in was last used, to the minute; null when none is.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub last_seen_at: Option<Timestamp>,
    /// How much its devices say they hold that is not here yet; null when none has said anything.
    #[schema(required)]
    pub unsent: Option<i64>,
    /// When one of them last said so.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub unsent_at: Option<Timestamp>,
}

/// The accounts, until when each is locked, and what its devices say.
async fn kept(
    app: &App,
    accounts: Vec<store::accounts::Account>,
) -> Result<Vec<KeptAccount>, Error> {
    let hashes: Vec<Vec<u8>> = accounts.iter().map(|one| login_hash(&one.login)).collect();
    let (asked, now) = (hashes.clone(), app.clock.now());
    let ids: Vec<i64> = accounts.iter().map(|account| account.id).collect();
    let list = move |conn: &mut schema::Conn| {
        let locked = sign_in_failures::list_locked(conn, &asked, now)?;
        Ok::<_, Error>((locked, sessions::list_open_of(conn, &ids, now)?))
    };
    let (locked, mut open) = app.db.read(list).await?;
    let by_id = accounts.iter().map(|account| (account.id, account)).collect::<HashMap<_, _>>();
    let settings = &app.config.sign_in;
    open.retain(|(id, one)| !by_id.get(id).is_some_and(|of| is_idle(one, of, settings, now)));
    let kept = accounts.iter().zip(&hashes).map(|(account, hash)| {
        let devices = || open.iter().filter(|(id, _)| *id == account.id).map(|(_, one)| one);
        let unsent = || devices().filter_map(|one| one.unsent);
        KeptAccount {
            account: account.into(),
            locked_until: locked.get(hash).copied(),
            last_seen_at: devices().map(|one| one.last_seen_at).max(),
            unsent: unsent().map(|unsent| i64::from(unsent.count)).reduce(|a, b| a + b),
            unsent_at: unsent().map(|unsent| unsent.at).max(),
        }
    });
    Ok(kept.collect())
}

/// One account, and until when it is locked.
async fn kept_one(app: &App, account: store::accounts::Account) -> Result<KeptAccount, Error> {
    kept(app, vec![account]).await?.pop().ok_or(Error::NotFound)
}

/// A page of accounts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AccountPage {
    /// In order of id.
    pub items: Vec<KeptAccount>,
    /// Send it as `after` for the next page; null on the last.
    #[schema(required, example = 100)]
    pub next: Option<i64>,
}

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccountQuery {
    /// `next` of the page before.
    #[param(example = 100)]
    pub after: Option<i64>,
    /// Accounts on a page, 1 to 500.
    #[param(minimum = 1, maximum = 500, default = 100)]
    pub limit: Option<i64>,
}

/// How many accounts are asked for, 100 unless said; `limit-invalid` when not 1 to 500.
pub(super) fn page_size(asked: Option<i64>) -> Result<i64, Error> {
    let size = asked.unwrap_or(100);
    if (1..=500).contains(&size) {
        return Ok(size);
    }
    Err(Error::invalid("limit-invalid", "`limit` must be 1 to 500."))
}

/// An account to create.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "login": "chengguan-li",
    "name": "李强",
    "role": "bureau",
    "bureau": "chengguan",
    "duty_areas": [],
    "password": "correct horse battery"
}))]
#[allow(missing_debug_implementations)]
pub struct CreateAccount {
    /// 2 to 64 of a-z, 0-9, dot, `_` and `-`; kept in lower case.
    #[schema(min_length = 2, max_length = 64)]
    pub login: String,
    /// The person's or desk's name.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// What it acts as.
    pub role: Role,
    /// Code of its bureau; for the role `bureau` only.
    pub bureau: Option<String>,
    /// Codes of the areas it is assigned to.
    #[serde(default)]
    pub duty_areas: Vec<String>,
    /// Its first password: not easy to guess, nor its login.
    #[schema(format = Password, min_length = 10, max_length = 200)]
    pub password: String,
    /// From when on it can sign in no more.
    #[schema(value_type = Option<String>, format = DateTime, example = "2027-01-01T00:00:00+08:00")]
    pub ends_at: Option<Timestamp>,
    /// Whether a password of their own must be set at the first sign-in.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub temporary: bool,
}

fn yes() -> bool {
    true
}

/// What is to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"active": false}))]
#[allow(missing_debug_implementations)]
pub struct UpdateAccount {
    /// The person's or desk's name.
    #[schema(min_length = 1, max_length = 100)]
    pub name: Option<String>,
    /// Whether it can sign in; `false` ends its sessions.
    pub active: Option<bool>,
    /// What it acts as. An account that leaves the role `bureau` leaves its bureau too.
    pub role: Option<Role>,
    /// Code of its bureau; for the role `bureau` only.
    pub bureau: Option<String>,
    /// Codes of all the areas it is assigned to.
    pub duty_areas: Option<Vec<String>>,
    /// A new password, not easy to guess nor its login; it ends its sessions.
    #[schema(format = Password, min_length = 10, max_length = 200)]
    pub password: Option<String>,
    /// From when on it can sign in no more; null takes its end away.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, format = DateTime, example = "2027-06-30T00:00:00+08:00")]
    pub ends_at: Option<Ending>,
    /// Whether a password of their own must be set at the next sign-in; unsaid, with a new password it
    /// must.
    pub temporary: Option<bool>,
}

/// Tells a field that is null from one that is absent.
pub(super) fn said<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Ending>, D::Error> {
    let at = Option::<Timestamp>::deserialize(from)?;
    Ok(Some(at.map_or(Ending::Never, Ending::At)))
}

/// List accounts
///
/// In order of id, a page at a time, closed ones too. For admins.
#[utoipa::path(
    tag = "accounts",
    operation_id = "list_accounts",
    params(AccountQuery),
    responses(
        (status = 200, description = "A page.", body = AccountPage),
        AccountListProblems
    )
)]
#[get("/accounts")]
pub async fn list_accounts(
    app: web::Data<App>,
    who: SignedIn,
    query: web::Query<AccountQuery>,
) -> Result<web::Json<AccountPage>, Error> {
    may(Some(&who.actor(&app)), Action::ListAccounts, &Subject::None)?;
    let (after, limit) = (query.after.unwrap_or(0), page_size(query.limit)?);
    // One more than asked for tells whether there is a next page.
    let list = move |conn: &mut schema::Conn| store::accounts::list(conn, after, limit + 1);
    let mut found = app.db.read(list).await?;
    let more = found.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).map(|account| account.id);
    Ok(web::Json(AccountPage { items: kept(&app, found).await?, next }))
}

/// Create an account
///
/// It can sign in at once; unless `temporary` is false, its owner then sets a password of their own before
/// anything else. For admins.
#[utoipa::path(
    tag = "accounts",
    operation_id = "create_account",
    request_body = CreateAccount,
    responses(
        (status = 201, description = "The account.", body = KeptAccount),
        CreateAccountProblems
    )
)]
#[post("/accounts")]
pub async fn create_account(
    app: web::Data<App>,
    who: SignedIn,
    body: web::Json<CreateAccount>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::CreateAccount, &Subject::None)?;
    let body = body.into_inner();
    let asked = AskedAccount {
        login: body.login,
        name: body.name,
        role: body.role.into(),
        bureau: body.bureau,
        duty_areas: body.duty_areas,
        password: body.password,
        ends_at: body.ends_at,
        temporary: body.temporary,
    };
    let made = actions::create_account::create_account(&app, who.account.id, asked).await?;
    Ok(HttpResponse::Created().json(kept_one(&app, made).await?))
}

/// Change an account
///
/// Changes what is named. Closing an account, or giving it another password, ends all its sessions;
/// other server nodes follow within 5 seconds. For admins.
#[utoipa::path(
    tag = "accounts",
    operation_id = "update_account",
    params(("id" = i64, Path, description = "The account's id.", example = 7)),
    request_body = UpdateAccount,
    responses(
        (status = 200, description = "The account as it is now.", body = KeptAccount),
        UpdateAccountProblems
    )
)]
#[patch("/accounts/{id}")]
pub async fn update_account(
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<i64>,
    body: web::Json<UpdateAccount>,
) -> Result<web::Json<KeptAccount>, Error> {
    may(Some(&who.actor(&app)), Action::UpdateAccount, &Subject::None)?;
    let body = body.into_inner();
    let change = Change {
        name: body.name,
        active: body.active,
        role: body.role.map(access::Role::from),
        bureau: body.bureau,
        duty_areas: body.duty_areas,
        password: body.password,
        ends_at: body.ends_at,
        temporary: body.temporary,
    };
    let acting = who.account.id;
    let saved = actions::update_account::update_account(&app, acting, *id, change).await?;
    Ok(web::Json(kept_one(&app, saved).await?))
}

#[cfg(test)]
mod tests;
