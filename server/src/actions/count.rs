//! Takes a count 计数观测: an observation, which opens no issue.

use domain::access::{Action, Actor, Subject as Asked, may};
use domain::count::ended;
use jiff::Timestamp;
use schema::Conn;
use schema::columns::Doc;
use uuid::Uuid;

use crate::actions::authority;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::CountDraft;
use crate::placing::{Ground, wgs84};
use crate::problem::Error;
use crate::store::counts::{self, Count, Subject};

/// Takes a count; says whether it is new.
///
/// The same again gives what is here; the same id with other content, or somebody else's, is
/// [`Error::CountConflict`].
pub async fn put_count(
    app: &App,
    actor: Actor,
    id: Uuid,
    draft: CountDraft,
) -> Result<(Count, bool), Error> {
    may(Some(&actor), Action::PutCount, &Asked::None)?;
    draft.check()?;
    let hash = draft.content_hash()?;
    let account = actor.account;
    let find = move |conn: &mut Conn| counts::find(conn, id);
    // Looked for first: what is here stays good though its category is counted no more.
    if let Some(known) = app.db.read(find).await? {
        return replay(known, account, &hash);
    }
    let (areas, at) = (app.gazetteer(), app.clock.now());
    let new = Count { id, account, ..count(&draft, &hash, &areas, at)? };
    let write = move |conn: &mut Conn| {
        authority::still_holds(conn, &actor)?;
        if counts::insert(conn, new.clone())? {
            return Ok((new.clone(), true));
        }
        let known = counts::find(conn, id)?.ok_or(Error::Overtaken)?;
        replay(known, account, &new.content_hash)
    };
    app.db.write(write).await
}

fn replay(known: Count, account: i64, content_hash: &[u8]) -> Result<(Count, bool), Error> {
    if known.account == account && known.content_hash == content_hash {
        Ok((known, false))
    } else {
        Err(Error::CountConflict)
    }
}

/// Where and when it was, of what; whose it is and under which id is the caller's to say.
fn count(
    draft: &CountDraft,
    content_hash: &[u8],
    gazetteer: &Gazetteer,
    received_at: Timestamp,
) -> Result<Count, Error> {
    counted(draft, gazetteer)?;
    let position = draft.position.as_ref().and_then(wgs84);
    let ground = Ground::at(position, None, gazetteer);
    let ended_at = ended(received_at, draft.age(), (draft.ended_at, draft.sent_at));
    let took = draft.ended_at.duration_since(draft.began_at);
    let place = draft.place.as_deref().map(str::trim).filter(|place| !place.is_empty());
    Ok(Count {
        id: Uuid::nil(),
        account: 0,
        received_at,
        content_hash: content_hash.to_owned(),
        subject: Subject {
            category: draft.category.clone(),
            condition: draft.condition.clone(),
            place: place.map(str::to_owned),
        },
        area: ground.areas.into_iter().next(),
        position: position.map(|at| (at.lat, at.lon)),
        // Far below, by the rule.
        seen: i32::try_from(draft.seen).unwrap_or(i32::MAX),
        right: i32::try_from(draft.right).unwrap_or(i32::MAX),
        began_at: ended_at.checked_sub(took).unwrap_or(ended_at),
        ended_at,
        body: Doc::of(draft)?,
    })
}

/// Refuses what is not counted here.
fn counted(draft: &CountDraft, gazetteer: &Gazetteer) -> Result<(), Error> {
    let code = &draft.category;
    let category = gazetteer.category(code).ok_or_else(|| {
        Error::invalid("category-unknown", format!("`category` {code} is not in the taxonomy."))
    })?;
    if !category.counted {
        return Err(not_counted(code));
    }
    match &draft.condition {
        Some(of) if !category.published().any(|known| known.code == *of) => Err(Error::invalid(
            "condition-unknown",
            format!("`condition` {of} is not one of category {code}."),
        )),
        _ => Ok(()),
    }
}

/// What a category that is reported and not counted is refused with.
pub fn not_counted(code: &str) -> Error {
    let detail =
        format!("`category` {code} is not one that is counted; see `counted` in /categories.");
    Error::invalid("category-not-counted", detail)
}
