//! `/machines`: accounts of other systems. For admins.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, delete, get, patch, post};
use domain::access::{Action, Errand, Errands, Subject, may};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::accounts::{AccountQuery, page_size, said};
use super::actor::SignedIn;
use super::documented::{
    AccountListProblems, CreateMachineProblems, RevokeSecretProblems, SecretProblems,
    UpdateMachineProblems,
};
use super::sessions::NO_STORE;
use crate::accounts::Ending;
use crate::actions::create_machine::{AskedMachine, MadeMachine, create_machine as create};
use crate::actions::update_machine::{self as change, MachineChange};
use crate::app::App;
use crate::problem::Error;
use crate::store::accounts::{self, Account};
use crate::store::machine_secrets;

/// What a machine may be sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum MachineScope {
    /// Read the issues it sees, what surrounds a point, and pull changes.
    #[serde(rename = "issues:read")]
    ReadIssues,
    /// Accept, return, rectify and ask for a later limit; a bureau's systems only.
    #[serde(rename = "issues:work")]
    WorkIssues,
    /// Read the photos of those issues.
    #[serde(rename = "photos:read")]
    ReadPhotos,
    /// Send the photos of its own rectifications; a bureau's systems only.
    #[serde(rename = "photos:write")]
    SendPhotos,
    /// Read figures.
    #[serde(rename = "figures:read")]
    ReadFigures,
    /// Read areas, points, bureaus, the taxonomy, rules.
    #[serde(rename = "reference:read")]
    ReadReference,
}

impl From<Errand> for MachineScope {
    fn from(errand: Errand) -> Self {
        match errand {
            Errand::ReadIssues => Self::ReadIssues,
            Errand::WorkIssues => Self::WorkIssues,
            Errand::ReadPhotos => Self::ReadPhotos,
            Errand::SendPhotos => Self::SendPhotos,
            Errand::ReadFigures => Self::ReadFigures,
            Errand::ReadReference => Self::ReadReference,
        }
    }
}

impl From<MachineScope> for Errand {
    fn from(scope: MachineScope) -> Self {
        match scope {
            MachineScope::ReadIssues => Self::ReadIssues,
            MachineScope::WorkIssues => Self::WorkIssues,
            MachineScope::ReadPhotos => Self::ReadPhotos,
            MachineScope::SendPhotos => Self::SendPhotos,
            MachineScope::ReadFigures => Self::ReadFigures,
            MachineScope::ReadReference => Self::ReadReference,
        }
    }
}

fn errands(scopes: Vec<MachineScope>) -> Errands {
    scopes.into_iter().map(Errand::from).collect()
}

/// What is kept of a secret: not the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Secret {
    /// Given by the server.
    #[schema(example = 3)]
    pub id: i64,
    /// Whether it can be used now.
    pub good: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// From when on it is not good any more.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub revoked_at: Option<Timestamp>,
    /// When it was last used, to the hour.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub last_used_at: Option<Timestamp>,
}

impl Secret {
    fn of(kept: &machine_secrets::Secret, now: Timestamp) -> Self {
        Self {
            id: kept.id,
            good: kept.is_good(now),
            created_at: kept.created_at,
            expires_at: kept.expires_at,
            revoked_at: kept.revoked_at,
            last_used_at: kept.last_used_at,
        }
    }
}

/// The account of another system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": 130,
    "client_id": "machine-5f0c2e91ab44",
    "name": "环卫中心 作业调度系统",
    "bureau": "huanwei",
    "scopes": ["issues:read", "issues:work", "photos:read", "photos:write"],
    "active": true,
    "created_at": "2026-03-02T01:00:00Z",
    "ends_at": null,
    "secrets": [{"id": 3, "good": true, "created_at": "2026-03-02T01:00:00Z", "expires_at": null,
        "revoked_at": null, "last_used_at": "2026-03-02T02:00:00Z"}]
}))]
pub struct Machine {
    /// The account's number: what it did stands in the log under it.
    pub id: i64,
    /// What it calls itself when it asks for a token.
    pub client_id: String,
    /// What the system is called.
    pub name: String,
    /// Code of the bureau whose system it is; null on the office's side, where it reads every issue
    /// but blind ones.
    #[schema(required)]
    pub bureau: Option<String>,
    /// What it may be sent for.
    pub scopes: Vec<MachineScope>,
    /// Whether it gets tokens.
    pub active: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// From when on it gets no token any more; null: it has no end.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// Its last ten secrets, in the order in which they were made.
    pub secrets: Vec<Secret>,
}

impl Machine {
    fn of(account: Account, secrets: &[machine_secrets::Secret], now: Timestamp) -> Self {
        Self {
            id: account.id,
            client_id: account.login,
            name: account.name,
            bureau: account.bureau,
            scopes: account.errands.unwrap_or_default().into_iter().map(Into::into).collect(),
            active: account.active,
            created_at: account.created_at,
            ends_at: account.ends_at,
            secrets: secrets.iter().map(|kept| Secret::of(kept, now)).collect(),
        }
    }
}

/// A page of machine accounts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MachinePage {
    /// In order of id.
    pub items: Vec<Machine>,
    /// Send it as `after` for the next page; null on the last.
    #[schema(required, example = 100)]
    pub next: Option<i64>,
}

/// A machine account to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "环卫中心 作业调度系统",
    "bureau": "huanwei",
    "scopes": ["issues:read", "issues:work", "photos:read", "photos:write"]
}))]
pub struct CreateMachine {
    /// What the system is called.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Code of the bureau whose system it is; without it, it reads on the office's side.
    pub bureau: Option<String>,
    /// What it may be sent for; as little as it needs.
    #[schema(min_items = 1)]
    pub scopes: Vec<MachineScope>,
    /// From when on it gets no token any more.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// From when on its first secret is not good any more.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub secret_expires_at: Option<Timestamp>,
}

/// A secret, shown this once: only its digest is kept.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "client_id": "machine-5f0c2e91ab44",
    "client_secret": "zm1.Zm9yIHRoZSBleGFtcGxlJ3Mgc2FrZSwgbm90aGluZyE",
    "machine": {
        "id": 130, "client_id": "machine-5f0c2e91ab44", "name": "环卫中心 作业调度系统",
        "bureau": "huanwei", "scopes": ["issues:read"], "active": true,
        "created_at": "2026-03-02T01:00:00Z", "ends_at": null,
        "secrets": [{"id": 3, "good": true, "created_at": "2026-03-02T01:00:00Z",
            "expires_at": null, "revoked_at": null, "last_used_at": null}]
    }
}))]
#[allow(missing_debug_implementations)]
pub struct NewSecret {
    /// What the machine calls itself when it asks for a token.
    pub client_id: String,
    /// The secret. Keep it now: it is not shown again.
    #[schema(format = Password)]
    pub client_secret: String,
    /// The machine; of its secrets, this one alone.
    pub machine: Machine,
}

impl NewSecret {
    fn of(made: MadeMachine, now: Timestamp) -> Self {
        Self {
            client_id: made.account.login.clone(),
            client_secret: made.secret.to_string(),
            machine: Machine::of(made.account, &[made.kept], now),
        }
    }
}

/// What is to change; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"scopes": ["issues:read"]}))]
pub struct UpdateMachine {
    /// What the system is called.
    #[schema(min_length = 1, max_length = 100)]
    pub name: Option<String>,
    /// What it may be sent for; what is taken away is gone at once.
    #[schema(min_items = 1)]
    pub scopes: Option<Vec<MachineScope>>,
    /// Whether it gets tokens; `false` ends those it has.
    pub active: Option<bool>,
    /// From when on it gets no token any more; null takes its end away.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Ending>,
}

/// A secret to make.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"expires_at": "2027-03-02T00:00:00+08:00"}))]
pub struct CreateSecret {
    /// From when on it is not good any more.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
}

/// List machine accounts
///
/// In order of id, a page at a time, closed ones too, with what is kept of their secrets. For admins.
#[utoipa::path(
    tag = "machines",
    operation_id = "list_machines",
    params(AccountQuery),
    responses((status = 200, description = "A page.", body = MachinePage), AccountListProblems)
)]
#[get("/machines")]
pub async fn list_machines(
    app: Data<App>,
    who: SignedIn,
    query: Query<AccountQuery>,
) -> Result<Json<MachinePage>, Error> {
    may(Some(&who.actor(&app)), Action::ListMachines, &Subject::None)?;
    let (after, limit) = (query.after.unwrap_or(0), page_size(query.limit)?);
    // One more than asked for tells whether there is a next page.
    let list = move |conn: &mut schema::Conn| {
        let machines = accounts::list_machines(conn, after, limit + 1)?;
        let ids: Vec<i64> = machines.iter().map(|machine| machine.id).collect();
        Ok::<_, Error>((machines, machine_secrets::list(conn, &ids)?))
    };
    let ((mut found, secrets), now) = (app.db.read(list).await?, app.clock.now());
    let more = found.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).map(|machine| machine.id);
    let view = |machine: Account| {
        let of = |secret: &&machine_secrets::Secret| secret.account == machine.id;
        let own: Vec<_> = secrets.iter().filter(of).cloned().collect();
        Machine::of(machine, &own, now)
    };
    Ok(Json(MachinePage { items: found.into_iter().map(view).collect(), next }))
}

/// Make a machine account
///
/// With its first secret, which is shown in this answer and never again. A bureau's system does what
/// its scopes name as its bureau; one without a bureau reads on the office's side. A machine never
/// signs in with a password. For admins.
#[utoipa::path(
    tag = "machines",
    operation_id = "create_machine",
    request_body = CreateMachine,
    responses(
        (status = 201, description = "The account and its secret.", body = NewSecret),
        CreateMachineProblems
    )
)]
#[post("/machines")]
pub async fn create_machine(
    app: Data<App>,
    who: SignedIn,
    body: Json<CreateMachine>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::CreateMachine, &Subject::None)?;
    let body = body.into_inner();
    let asked = AskedMachine {
        name: body.name,
        bureau: body.bureau,
        errands: errands(body.scopes),
        ends_at: body.ends_at,
        secret_expires_at: body.secret_expires_at,
    };
    let made = NewSecret::of(create(&app, who.account.id, asked).await?, app.clock.now());
    Ok(HttpResponse::Created().insert_header(NO_STORE).json(made))
}

/// Change a machine account
///
/// Changes what is named. Closing it ends its tokens; scopes that are taken away are gone at once,
/// on other server nodes within 5 seconds. For admins.
#[utoipa::path(
    tag = "machines",
    operation_id = "update_machine",
    params(("id" = i64, Path, description = "The account's id.", example = 130)),
    request_body = UpdateMachine,
    responses(
        (status = 200, description = "The account as it is now.", body = Machine),
        UpdateMachineProblems
    )
)]
#[patch("/machines/{id}")]
pub async fn update_machine(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
    body: Json<UpdateMachine>,
) -> Result<Json<Machine>, Error> {
    may(Some(&who.actor(&app)), Action::UpdateMachine, &Subject::None)?;
    let body = body.into_inner();
    let change = MachineChange {
        name: body.name,
        errands: body.scopes.map(errands),
        active: body.active,
        ends_at: body.ends_at,
    };
    let (account, secrets) = change::update_machine(&app, who.account.id, *id, change).await?;
    Ok(Json(Machine::of(account, &secrets, app.clock.now())))
}

/// Give a machine another secret
///
/// It is shown in this answer and never again. The one in use stays good until it is revoked, so that
/// the system can be moved to the new one without a pause; no more than two are good at once. For
/// admins.
#[utoipa::path(
    tag = "machines",
    operation_id = "create_machine_secret",
    params(("id" = i64, Path, description = "The account's id.", example = 130)),
    request_body = CreateSecret,
    responses((status = 201, description = "The secret.", body = NewSecret), SecretProblems)
)]
#[post("/machines/{id}/secrets")]
pub async fn create_machine_secret(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
    body: Json<CreateSecret>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::CreateMachineSecret, &Subject::None)?;
    let made = change::create_secret(&app, who.account.id, *id, body.expires_at).await?;
    let made = NewSecret::of(made, app.clock.now());
    Ok(HttpResponse::Created().insert_header(NO_STORE).json(made))
}

/// Revoke a machine's secret
///
/// It gives no token any more, and the tokens it gave end at once; on other server nodes within 5
/// seconds. For admins.
#[utoipa::path(
    tag = "machines",
    operation_id = "revoke_machine_secret",
    params(
        ("id" = i64, Path, description = "The account's id.", example = 130),
        ("secret" = i64, Path, description = "The secret's id.", example = 3)
    ),
    responses((status = 204, description = "Revoked."), RevokeSecretProblems)
)]
#[delete("/machines/{id}/secrets/{secret}")]
pub async fn revoke_machine_secret(
    app: Data<App>,
    who: SignedIn,
    path: Path<(i64, i64)>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::RevokeMachineSecret, &Subject::None)?;
    let (id, secret) = path.into_inner();
    change::revoke_secret(&app, who.account.id, id, secret).await?;
    Ok(HttpResponse::NoContent().finish())
}
