//! One step that somebody takes on an issue as it stands.

use domain::access::Action;
use domain::workflow::Command;
use serde_json::json;

use super::form::Form;
use super::id;
use crate::actions::command_issue::{Ask, command_issue};
use crate::actions::store_photo::{announced, store_photo};
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
    take_with(app, cast, issue, step, None).await
}

/// The same with a form, whose bytes follow at once.
pub(super) async fn take_with(
    app: &App,
    cast: &Cast,
    issue: i64,
    step: Step,
    form: Option<Form>,
) -> Result<Issue, Error> {
    let found = app.db.read(move |conn| issues::find(conn, issue)).await?;
    let content = json!({"of": step.action.operation_id(), "issue": issue, "step": step.name});
    let actor = cast.account(&step.login)?;
    let ask = Ask {
        actor: actor.clone(),
        action: step.action,
        issue,
        version: found.ok_or(Error::NotFound)?.version,
        id: id(step.name),
        content_hash: canonical_hash(&content)?,
        command: step.command,
        photos: form.iter().map(|form| form.line.clone()).collect(),
        adopt: Vec::new(),
    };
    let done = command_issue(app, ask).await?;
    if let Some(Form { line, bytes }) = form {
        let announced = announced(app, &actor, &line.sha256).await?;
        let mut incoming = app.photos.receive().await?;
        incoming.write(bytes.into()).await?;
        store_photo(app, actor, &line.sha256, &announced, incoming).await?;
    }
    Ok(done)
}
