//! Anybody complains or suggests something 投诉建议, and the office answers, once.

use domain::access::{Action, Actor, Subject, may};
use schema::Conn;
use uuid::Uuid;

use crate::actions::authority;
use crate::app::App;
use crate::intake::check_text;
use crate::problem::Error;
use crate::store::suggestions::{self, Answer, Named, Suggestion};

/// Takes a suggestion in; says whether it is new.
///
/// The same again changes nothing; the same id with other words, or somebody else's, is
/// [`Error::SuggestionConflict`].
pub async fn put_suggestion(
    app: &App,
    actor: Actor,
    id: Uuid,
    text: String,
) -> Result<(Named, bool), Error> {
    may(Some(&actor), Action::PutSuggestion, &Subject::None)?;
    let text = words(&text)?;
    let received_at = app.clock.now();
    let new = Suggestion { id, account: actor.account, received_at, text, answer: None };
    let write = move |conn: &mut Conn| {
        authority::still_holds(conn, &actor)?;
        let is_new = suggestions::insert(conn, new.clone())?;
        let kept = suggestions::find(conn, id)?.ok_or(Error::Overtaken)?;
        if kept.suggestion.account == new.account && kept.suggestion.text == new.text {
            Ok((kept, is_new))
        } else {
            Err(Error::SuggestionConflict)
        }
    };
    app.db.write(write).await
}

/// Answers a suggestion and gives it as it then stands.
///
/// The same command again changes nothing; with other words it is [`Error::CommandConflict`], and one that
/// comes after another answer [`Error::SuggestionAnswered`].
pub async fn answer_suggestion(
    app: &App,
    actor: Actor,
    id: Uuid,
    command: Uuid,
    text: String,
) -> Result<Named, Error> {
    may(Some(&actor), Action::AnswerSuggestion, &Subject::None)?;
    let text = words(&text)?;
    let answer = Answer { command, by: actor.account, at: app.clock.now(), text };
    let write = move |conn: &mut Conn| {
        authority::still_holds(conn, &actor)?;
        suggestions::save_answer(conn, id, &answer)?;
        let kept = suggestions::find(conn, id)?.ok_or(Error::NotFound)?;
        match &kept.suggestion.answer {
            Some(given) if given.command != command || given.by != answer.by => {
                Err(Error::SuggestionAnswered)
            }
            Some(given) if given.text != answer.text => Err(Error::CommandConflict),
            Some(_) => Ok(kept),
            None => Err(Error::Overtaken),
        }
    };
    app.db.write(write).await
}

/// The words without the space around them.
fn words(text: &str) -> Result<String, Error> {
    check_text("text", text)?;
    match text.trim() {
        "" => Err(text_missing()),
        text => Ok(text.to_owned()),
    }
}

/// What says nothing is refused with this.
pub fn text_missing() -> Error {
    Error::invalid("text-missing", "`text` says nothing.")
}
