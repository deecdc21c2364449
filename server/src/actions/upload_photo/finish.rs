//! Records an upload that came whole, or refuses it.

use domain::access::Actor;

use super::{Standing, begin, expires_at, read};
use crate::actions::store_photo::{Settled, store_upload};
use crate::app::App;
use crate::photos::Arrived;
use crate::problem::{Error, UploadRefusal};
use crate::store::uploads::{self, Upload, UploadState};
use crate::uploads::UploadId;

/// Records an upload that came whole before, and could not be recorded then.
pub async fn finish(app: &App, actor: &Actor, found: Standing) -> Result<Standing, Error> {
    let id = UploadId::from(found.upload.key);
    let turn = app.uploads.take(found.upload.key).await?;
    let (found, held) = begin::hold(app, &turn, id).await?;
    if !found.is_whole() {
        return Ok(found);
    }
    let part = begin::resume(app, held, &found.upload, None).await?;
    settle(app, actor.clone(), &found, part.finish().await?).await?;
    read(app, actor.account, id).await
}

/// Records what arrived of an upload, or refuses it and says where a new attempt goes. Where it can be
/// neither recorded nor refused now, what came is kept.
pub async fn settle(
    app: &App,
    actor: Actor,
    found: &Standing,
    arrived: Arrived,
) -> Result<(), Error> {
    match store_upload(app, actor, &found.line, &found.upload, arrived).await? {
        Settled::Stored => {
            app.metrics.photo("stored");
            Ok(())
        }
        Settled::Refused(error) => Err(refuse(app, found, error).await?),
        Settled::Left(error) => {
            let whole = Upload { kept: found.line.bytes, ..row(app, found) };
            app.db.write(move |conn| uploads::save(conn, &whole)).await?;
            Err(match error {
                // Closed or moved since the request began: a new token would not help.
                Error::Unauthenticated => Error::Forbidden,
                other => other,
            })
        }
    }
}

async fn refuse(app: &App, found: &Standing, error: Error) -> Result<Error, Error> {
    let Error::Invalid { code, detail } = error else { return Ok(error) };
    app.metrics.upload("refused");
    let (state, problem) = (UploadState::Refused, Some(code.to_owned()));
    let refused = Upload { state, problem, ..row(app, found) };
    let next = UploadId { attempt: refused.key.attempt.saturating_add(1), ..refused.key.into() };
    app.db.write(move |conn| uploads::save(conn, &refused)).await?;
    let fresh = next.url(&app.config.public_url);
    Ok(UploadRefusal::Photo { code, detail, fresh }.into())
}

fn row(app: &App, found: &Standing) -> Upload {
    let now = app.clock.now();
    let expires_at = expires_at(app, now);
    Upload { expires_at, ..found.with_row(now, expires_at) }
}
