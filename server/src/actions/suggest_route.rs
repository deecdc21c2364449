//! What a problem at a place most likely is, where it would go if it were filed now, and whether it
//! is known already. Nothing is written, and nothing is decided.

use std::collections::HashMap;

use domain::access::{Actor, sees};
use domain::likely::Likely;
use domain::position::Position;
use domain::routing::Why;
use domain::workflow::IssueState;
use jiff::Timestamp;
use schema::Conn;

use crate::actions::command_issue::facets;
use crate::actions::routing;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::{Source, StatedPosition};
use crate::placing::{self, wgs84};
use crate::problem::Error;
use crate::store::issues::{self, Detail, Issue};
use crate::store::photos;
use crate::viewings::{Way, shown};

/// Categories that are suggested, at most.
const LIKELY: usize = 5;
/// Issues nearby that are shown, at most.
const NEARBY: usize = 10;
/// How far is nearby, metres: what can be seen from where one stands. The limit is the desk's, who looks
/// at pictures; whether a report joins by itself depends on its category.
const NEARBY_M: f64 = 100.0;

/// What is known of a problem.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Where it is.
    pub position: Option<StatedPosition>,
    /// Its category, if known.
    pub category: Option<String>,
    /// The condition of it, if known.
    pub condition: Option<String>,
    /// What was written about it.
    pub text: String,
    /// Where it came from.
    pub source: Source,
    /// The issue it is asked for; it is not near itself.
    pub issue: Option<i64>,
}

/// What it would be filed as, and where it would go.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its category.
    pub category: String,
    /// The condition of it, if one is clear.
    pub condition: Option<String>,
    /// Why it goes where it goes, or nowhere.
    pub why: Why,
    /// Its limit, were it dispatched now.
    pub due_at: Option<Timestamp>,
}

/// An open issue nearby.
#[derive(Debug, Clone)]
pub struct Near {
    /// The issue.
    pub issue: Issue,
    /// How far it is, metres.
    pub distance_m: f64,
    /// Digest of its first picture, if one was made.
    pub picture: Option<Vec<u8>>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Suggested {
    /// What reference data says of the place.
    pub ground: placing::Ground,
    /// What it may be, the likeliest first.
    pub likely: Vec<Likely>,
    /// Where it would go; none where it is not known what it is.
    pub route: Option<Route>,
    /// Open issues nearby, the nearest first.
    pub nearby: Vec<Near>,
}

/// Finds out about a problem.
pub async fn suggest(app: &App, actor: Actor, asked: Asked) -> Result<Suggested, Error> {
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    known(&asked, &gazetteer)?;
    let position = asked.position.as_ref().and_then(wgs84);
    let accuracy = asked.position.and_then(|stated| stated.accuracy_m);
    let ground = placing::Ground::at(position, accuracy, &gazetteer);
    let likely = gazetteer.lexicon().likely(&asked.text, LIKELY);
    let route = filed_as(&asked, &likely, &gazetteer)
        .map(|filed| route(filed, &asked, (position, &ground), &gazetteer, now))
        .transpose()?;
    let nearby = match position {
        None => Vec::new(),
        Some(position) => {
            let (but, account) = (asked.issue, actor.account);
            let found = app.db.read(move |conn| near(conn, &actor, position, but)).await?;
            shown(app, account, Way::Listed, found.iter().map(|near| &near.issue)).await?;
            found
        }
    };
    Ok(Suggested { ground, likely, route, nearby })
}

/// Refuses codes that the taxonomy does not know.
fn known(asked: &Asked, gazetteer: &Gazetteer) -> Result<(), Error> {
    let Some(code) = &asked.category else {
        return match &asked.condition {
            None => Ok(()),
            Some(code) => {
                let detail = format!("`condition` {code} is of a category: give `category` too.");
                Err(Error::invalid("condition-unknown", detail))
            }
        };
    };
    let category = gazetteer.category(code).ok_or_else(|| {
        Error::invalid("category-unknown", format!("`category` {code} is not in the taxonomy."))
    })?;
    let unknown =
        |condition: &&String| !category.published().any(|known| known.code == **condition);
    match asked.condition.as_ref().filter(unknown) {
        None => Ok(()),
        Some(condition) => {
            let detail = format!("`condition` {condition} is not one of category {code}.");
            Err(Error::invalid("condition-unknown", detail))
        }
    }
}

/// A category, and the condition of it if one is clear: as it was said, else what is likeliest. A category
/// with one condition needs no second word.
fn filed_as(
    asked: &Asked,
    likely: &[Likely],
    gazetteer: &Gazetteer,
) -> Option<(String, Option<String>)> {
    let Some(code) = &asked.category else {
        return likely.first().map(|first| (first.category.clone(), first.condition.clone()));
    };
    let told = likely.iter().find(|one| one.category == *code);
    let only = || {
        let mut published = gazetteer.category(code)?.published();
        published.next().filter(|_| published.next().is_none()).map(|only| only.code.clone())
    };
    let condition = asked.condition.clone();
    let condition = condition.or_else(|| told.and_then(|one| one.condition.clone())).or_else(only);
    Some((code.clone(), condition))
}

fn route(
    (category, condition): (String, Option<String>),
    asked: &Asked,
    (position, ground): (Option<Position>, &placing::Ground),
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<Route, Error> {
    let state = IssueState {
        category: Some(category.clone()),
        condition: condition.clone(),
        ..IssueState::new(now)
    };
    let detail = Detail {
        position,
        areas: ground.areas.clone(),
        points: ground.points.clone(),
        places: ground.places.clone(),
        ..Detail::default()
    };
    let issue = Issue {
        id: 0,
        version: 0,
        state,
        detail,
        source: asked.source.word().to_owned(),
        note: String::new(),
        photos_expected: 0,
        photos_stored: 0,
        hash: Vec::new(),
    };
    let on = gazetteer.calendar.date_of(now);
    let subject = routing::Ground::of(&issue, &issue.state, gazetteer, on);
    let subject = subject.subject(&issue, &issue.state);
    let why = match gazetteer.route(&subject) {
        Ok(because) => Why::Rule(Box::new(because)),
        Err(because) => match gazetteer.offer(&subject, &because) {
            Some(offering) => Why::Offer(Box::new(offering)),
            None => Why::Nobody { version: gazetteer.rules().version.clone(), because },
        },
    };
    let limit = routing::facts(&issue.state, gazetteer, now, Vec::new())?.limit;
    let due_at = limit.map(|limit| limit.due_at);
    Ok(Route { category, condition, why, due_at })
}

/// Open issues that somebody sees around a position: three statements, however many there are.
fn near(
    conn: &mut Conn,
    actor: &Actor,
    position: Position,
    but: Option<i64>,
) -> Result<Vec<Near>, Error> {
    let placed = issues::list_around(conn, position, NEARBY_M)?;
    let mut distances: Vec<(i64, f64)> = placed
        .into_iter()
        .filter(|(id, _)| Some(*id) != but)
        .map(|(id, at)| (id, at.distance_to(position).0))
        .filter(|(_, metres)| *metres <= NEARBY_M)
        .collect();
    distances.sort_by(|(a, one), (b, other)| one.total_cmp(other).then(a.cmp(b)));
    let ids: Vec<i64> = distances.iter().map(|(id, _)| *id).collect();
    let found = issues::list(conn, &ids)?;
    let seen = found.into_iter().filter(|issue| sees(actor, &facets(issue)));
    let mut seen: HashMap<i64, Issue> = seen.map(|issue| (issue.id, issue)).collect();
    let mut nearby: Vec<Near> = distances
        .into_iter()
        .filter_map(|(id, metres)| {
            let distance_m = (metres * 10.0).round() / 10.0;
            seen.remove(&id).map(|issue| Near { issue, distance_m, picture: None })
        })
        .take(NEARBY)
        .collect();
    let ids: Vec<i64> = nearby.iter().map(|near| near.issue.id).collect();
    let mut pictures = photos::list_first_pictures(conn, &ids)?;
    for near in &mut nearby {
        near.picture = pictures.remove(&near.issue.id);
    }
    Ok(nearby)
}
