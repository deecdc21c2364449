//! One step that somebody takes on an issue as it stands.

use domain::access::Action;
use domain::workflow::Command;
use serde_json::json;

use super::id;
use crate::actions::command_issue::{Ask, command_issue};
use crate::app::App;
use crate::demo::story::Cast;
use crate::intake::canonical_hash;
use crate::problem::Error;
use crate::store::issues::{self, Issue};

/// What is done, and the words its id is made of.
pub(super) struct Step {
    pub name: &'static str,
    pub login: String,
    pub action: Action,
    pub command: Command,
}

/// Takes it, at the time the clock shows.
pub(super) async fn take(app: &App, cast: &Cast, issue: i64, step: Step) -> Result<Issue, Error> {
    let found = app.db.read(move |conn| issues::find(conn, issue)).await?;
    let content = json!({"of": step.action.operation_id(), "issue": issue, "step": step.name});
    let ask = Ask {
        actor: cast.account(&step.login)?,
        action: step.action,
        issue,
        version: found.ok_or(Error::NotFound)?.version,
        id: id(step.name),
        content_hash: canonical_hash(&content)?,
        command: step.command,
        photos: Vec::new(),
    };
    command_issue(app, ask).await
}
