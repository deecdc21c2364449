//! `/accounts:import`: brings accounts in line with a list of people.

use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpResponse, post};
use clap::ValueEnum;
use domain::access::{Action, Subject, may};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::import_accounts::{
    AskPeople, PersonFate, PersonOutcome, import_accounts as import,
};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::ImportAccountsProblems;
use crate::http::reference_imports::collected;
use crate::http::sessions::NO_STORE;
use crate::import::{Encoding, people};
use crate::problem::Error;

/// The largest list taken, bytes.
pub const MAX_LIST: usize = 4 * 1024 * 1024;

/// What to do with the list.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportAccountsQuery {
    /// Say what would be done, and do nothing.
    dry_run: Option<bool>,
    /// Rows that are refused do not keep the others out.
    partial: Option<bool>,
    /// The encoding of a CSV file: `utf-8` or `gb18030`; found out unless said.
    #[param(example = "gb18030")]
    encoding: Option<String>,
}

/// What becomes of a person in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// An account is made.
    New,
    /// The account says something else than before.
    Changed,
    /// The account is as the list says.
    Unchanged,
    /// The row cannot be used; `why` says why.
    Refused,
}

/// A row of the list and what becomes of it.
#[derive(Serialize, Deserialize, ToSchema)]
#[allow(missing_debug_implementations)]
pub struct PersonResult {
    /// Its number in the file, from 1.
    #[schema(example = 3)]
    pub line: usize,
    /// The login; null where it cannot be read.
    #[schema(required, example = "wangfang")]
    pub login: Option<String>,
    /// What becomes of it.
    pub fate: Fate,
    /// Why it is refused.
    #[schema(required)]
    pub why: Option<String>,
    /// A new person's first password, shown this once. They must change it when they sign in.
    #[schema(required, format = Password)]
    pub password: Option<String>,
}

impl From<PersonOutcome> for PersonResult {
    fn from(outcome: PersonOutcome) -> Self {
        let (fate, why) = match outcome.fate {
            PersonFate::New => (Fate::New, None),
            PersonFate::Changed => (Fate::Changed, None),
            PersonFate::Unchanged => (Fate::Unchanged, None),
            PersonFate::Refused(why) => (Fate::Refused, Some(why)),
        };
        Self { line: outcome.line, login: outcome.login, fate, why, password: outcome.password }
    }
}

/// What an import of people did, or would do.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "dry_run": false,
    "note": "read as GB18030",
    "rows": [
        {"line": 2, "login": "wangfang", "fate": "new", "why": null, "password": "kf7p-m2xq-9rtw-c4hn"},
        {"line": 3, "login": "liqiang", "fate": "unchanged", "why": null, "password": null}
    ]
}))]
#[allow(missing_debug_implementations)]
pub struct PeopleImported {
    /// Nothing was written.
    pub dry_run: bool,
    /// How the file was read.
    pub note: String,
    /// Every row.
    pub rows: Vec<PersonResult>,
}

/// Import people
///
/// The body is a CSV file (UTF-8 or GB18030) or a workbook (.xlsx) with a header row: 账号 login, 姓名
/// name, 角色 role, and if wished 单位 bureau, 责任区 `duty_areas` and 截止日期 `ends_on` (the last day).
/// People are known by their login: who is there is changed to what the list says and keeps their
/// password, who is not gets an account and a random password, shown in this answer and never again.
/// Nobody is closed. At most 2,000 people; all or nothing, unless `partial=true`. For admins.
#[utoipa::path(
    tag = "accounts",
    operation_id = "import_accounts",
    params(ImportAccountsQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "The file as it is, whatever its type."),
    responses(
        (status = 200, description = "What was done, or would be.", body = PeopleImported),
        ImportAccountsProblems
    )
)]
#[post("/accounts:import")]
pub async fn import_accounts(
    app: Data<App>,
    who: SignedIn,
    query: Query<ImportAccountsQuery>,
    body: Payload,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ImportAccounts, &Subject::None)?;
    let encoding = query.encoding.as_deref().map(encoding).transpose()?;
    let dry_run = query.dry_run.unwrap_or(false);
    let turn = app.importing.clone().try_acquire_owned();
    let turn = turn.map_err(|_taken| Error::ImportRunning)?;
    let bytes = collected(body, MAX_LIST).await?;
    let read = tokio::task::spawn_blocking(move || people::read(&bytes, encoding)).await;
    let read = read.map_err(|broken| Error::Internal(broken.to_string()))?;
    let (rows, note) = read.map_err(|why| Error::invalid("list-unreadable", why))?;
    let ask = AskPeople {
        acting: Some(who.account.id),
        rows,
        dry_run,
        partial: query.partial.unwrap_or(false),
    };
    let outcomes = import(&app, ask).await?;
    drop(turn);
    let rows = outcomes.into_iter().map(PersonResult::from).collect();
    let done = PeopleImported { dry_run, note, rows };
    Ok(HttpResponse::Ok().insert_header(NO_STORE).json(done))
}

fn encoding(word: &str) -> Result<Encoding, Error> {
    Encoding::from_str(word, true).map_err(|_unknown| {
        Error::invalid("option-invalid", "`encoding` is neither utf-8 nor gb18030.")
    })
}
