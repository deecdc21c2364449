//! Which photo somebody may see.

use domain::access::{Action, Actor, Subject, may};

use crate::actions::command_issue;
use crate::actions::links::sees_drafts;
use crate::app::App;
use crate::intake::sha256_bytes;
use crate::problem::Error;
use crate::store::photo_files::PhotoFile;
use crate::store::{issues, photo_files, photos};
use crate::viewings::{Way, shown};

/// Whether this actor may see these bytes by this operation: through any issue that has them. Gives
/// what is known of them.
pub async fn find_photo(
    app: &App,
    actor: Actor,
    action: Action,
    sha256: &str,
) -> Result<PhotoFile, Error> {
    let digest = sha256_bytes(sha256).map_err(|_not_a_digest| Error::NotFound)?;
    let account = actor.account;
    let (file, issue) = app
        .db
        .read(move |conn| {
            let stored = photos::list_by_digest(conn, &digest)?;
            for photo in stored.iter().filter(|photo| photo.stored_at.is_some()) {
                let Some(issue) = issues::find(conn, photo.issue_id)? else { continue };
                if photo.is_of_draft() && !sees_drafts(&actor, &issue) {
                    continue;
                }
                let subject = Subject::Issue(command_issue::facets(&issue));
                if may(Some(&actor), action, &subject).is_ok() {
                    let file = photo_files::find(conn, &digest)?.ok_or(Error::NotFound)?;
                    return Ok((file, issue));
                }
            }
            Err(Error::NotFound)
        })
        .await?;
    shown(app, account, Way::Photo, [&issue]).await?;
    Ok(file)
}
