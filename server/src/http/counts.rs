//! `/counts`: counts 计数观测 of what goes by.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, put};
use domain::access::{Action, Subject, may};
use domain::figures::Rate;
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::count;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::{CountListProblems, CountProblems};
use crate::http::figures::RateView;
use crate::http::issues::page_size;
use crate::intake::{CountDraft, check_text};
use crate::problem::Error;
use crate::store::counts::{self, Count, Filter, Key, Subject as Of, Sum};
use crate::views::PositionView;

/// What was counted, and where.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CountedView {
    /// Category code.
    pub category: String,
    /// That category's name.
    #[schema(required)]
    pub category_name: Option<String>,
    /// Condition code, where it was one.
    #[schema(required)]
    pub condition: Option<String>,
    /// What must be seen of that condition.
    #[schema(required)]
    pub opens_when: Option<String>,
    /// Code of the site, point or place, or its name.
    #[schema(required)]
    pub place: Option<String>,
    /// That place's name.
    #[schema(required)]
    pub place_name: Option<String>,
}

/// A count 计数观测: of `seen`, `right` were right. It names no person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Count, example = json!({"id": "0198f3a0-0000-7000-8000-00000000000d", "category": "0404",
    "category_name": "骑行违法", "condition": "0404B", "opens_when": "骑乘人未戴头盔，按时段计数", "place": "P001",
    "place_name": "东关农贸市场", "area": "429901001000", "area_name": "东关街道",
    "position": {"lat": 30.6612, "lon": 113.1644}, "seen": 124, "right": 97,
    "rate": {"numerator": 97, "denominator": 124, "percent": 78.23},
    "began_at": "2026-11-20T00:30:00Z", "ended_at": "2026-11-20T00:45:00Z",
    "received_at": "2026-11-20T00:45:04Z", "note": "早高峰，东口"}))]
pub struct CountView {
    /// Its id, made on the device.
    pub id: Uuid,
    /// What was counted, and where.
    #[serde(flatten)]
    pub of: CountedView,
    /// Finest area it lies in.
    #[schema(required)]
    pub area: Option<String>,
    /// That area's name.
    #[schema(required)]
    pub area_name: Option<String>,
    /// Where it was taken.
    #[schema(required)]
    pub position: Option<PositionView>,
    /// How many were seen.
    pub seen: i32,
    /// How many of them were right.
    pub right: i32,
    /// `right` of `seen`.
    pub rate: RateView,
    /// When it began, by the server's clock.
    #[schema(value_type = String, format = DateTime)]
    pub began_at: Timestamp,
    /// When it ended, by the server's clock.
    #[schema(value_type = String, format = DateTime)]
    pub ended_at: Timestamp,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// In words.
    pub note: String,
}

/// Counts of one thing at one place, together.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CountSum {
    /// What was counted, and where.
    #[serde(flatten)]
    pub of: CountedView,
    /// How many counts.
    pub counts: i64,
    /// How many were seen.
    pub seen: i64,
    /// How many of them were right.
    pub right: i64,
    /// `right` of `seen`.
    pub rate: RateView,
}

/// A page of counts, and the sums of all that were asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CountPage {
    /// The one that ended last first.
    pub items: Vec<CountView>,
    /// Everything that was asked for, not this page alone: by category, condition and place. Empty on
    /// pages after the first.
    pub sums: Vec<CountSum>,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// Which counts. Everything given must hold.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountQuery {
    /// Category code.
    #[param(example = "0404")]
    category: Option<String>,
    /// Condition code.
    #[param(example = "0404B")]
    condition: Option<String>,
    /// Code of the site, point or place, or its name.
    #[param(example = "P001")]
    place: Option<String>,
    /// In this area or any below it.
    #[param(example = "429901001000")]
    area: Option<String>,
    /// Ended at or after this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Ended before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// `next` of the page before.
    after: Option<String>,
    /// Counts on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

impl CountQuery {
    fn filter(&self, gazetteer: &Gazetteer) -> Result<Filter, Error> {
        let area = self.area.as_ref();
        if let Some(unknown) = area.filter(|code| gazetteer.areas().index_of(code).is_none()) {
            return Err(Error::invalid(
                "area-unknown",
                format!("`area` {unknown} is not an area."),
            ));
        }
        let texts =
            [("category", &self.category), ("condition", &self.condition), ("place", &self.place)];
        for (field, text) in texts {
            check_text(field, text.as_deref().unwrap_or_default())?;
        }
        Ok(Filter {
            category: self.category.clone(),
            condition: self.condition.clone(),
            place: self.place.clone(),
            areas: area
                .map(|code| gazetteer.expand(std::slice::from_ref(code)))
                .unwrap_or_default(),
            from: self.from,
            to: self.to,
        })
    }
}

/// Send a count
///
/// Of `seen`, `right` were right: an observation of a place in a slot of time, which opens no issue. The
/// id is made on the device (UUIDv7); sent again, it changes nothing.
#[utoipa::path(
    tag = "counts",
    operation_id = "put_count",
    params(("id" = Uuid, Path, description = "Made on the device.", example = "0198f3a0-0000-7000-8000-00000000000d")),
    request_body = CountDraft,
    responses(
        (status = 201, description = "It is here, durable.", body = CountView),
        (status = 200, description = "It was here already.", body = CountView),
        CountProblems,
    )
)]
#[put("/counts/{id}")]
pub async fn put_count(
    app: Data<App>,
    who: SignedIn,
    id: Path<Uuid>,
    body: Json<CountDraft>,
) -> Result<HttpResponse, Error> {
    let kept = count::put_count(&app, who.actor(&app), *id, body.into_inner());
    let (kept, is_new) = kept.await?;
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(view(kept, &app.gazetteer())?))
}

/// List counts
///
/// With their rates, and sums by what was counted where. Places are counted at, never persons: nothing
/// says who counted. For the office.
#[utoipa::path(
    tag = "counts",
    operation_id = "list_counts",
    params(CountQuery),
    responses((status = 200, description = "A page.", body = CountPage), CountListProblems)
)]
#[get("/counts")]
pub async fn list_counts(
    app: Data<App>,
    who: SignedIn,
    query: Query<CountQuery>,
) -> Result<Json<CountPage>, Error> {
    may(Some(&who.actor(&app)), Action::ListCounts, &Subject::None)?;
    let (size, gazetteer) = (page_size(query.limit)?, app.gazetteer());
    let after: Option<Key> = query.after.as_deref().map(cursor::read).transpose()?;
    let filter = query.filter(&gazetteer)?;
    // One more than asked for tells whether there is a next page.
    let list = move |conn: &mut Conn| {
        let found = counts::list(conn, &filter, after, size + 1)?;
        let sums = if after.is_none() { counts::sums(conn, &filter)? } else { Vec::new() };
        Ok::<_, Error>((found, sums))
    };
    let (mut found, sums) = app.db.read(list).await?;
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let next =
        found.last().filter(|_| more).map(|last| cursor::write(&Key::of(last))).transpose()?;
    let items = found.into_iter().map(|count| view(count, &gazetteer));
    Ok(Json(CountPage {
        items: items.collect::<Result<_, Error>>()?,
        sums: sums.into_iter().map(|sum| summed(sum, &gazetteer)).collect(),
        next,
    }))
}

fn counted(of: Of, gazetteer: &Gazetteer) -> CountedView {
    let category = gazetteer.category(&of.category);
    let condition = of.condition.as_deref().and_then(|code| gazetteer.condition(code));
    let place_name = of.place.as_deref().and_then(|code| gazetteer.name_of_place(code));
    CountedView {
        category_name: category.map(|known| known.name.clone()),
        category: of.category,
        opens_when: condition.map(|(_, known)| known.opens_when.clone()),
        condition: of.condition,
        place_name: place_name.or(of.place.as_deref()).map(str::to_owned),
        place: of.place,
    }
}

fn view(count: Count, gazetteer: &Gazetteer) -> Result<CountView, Error> {
    let said: CountDraft = count.body.read()?;
    let area_name = count.area.as_deref().and_then(|code| gazetteer.area_name(code));
    Ok(CountView {
        id: count.id,
        area_name: area_name.map(str::to_owned),
        area: count.area,
        position: count.position.map(|(lat, lon)| PositionView { lat, lon }),
        seen: count.seen,
        right: count.right,
        rate: rate(count.right.into(), count.seen.into()),
        began_at: count.began_at,
        ended_at: count.ended_at,
        received_at: count.received_at,
        note: said.note,
        of: counted(count.subject, gazetteer),
    })
}

fn summed(sum: Sum, gazetteer: &Gazetteer) -> CountSum {
    CountSum {
        of: counted(sum.subject, gazetteer),
        counts: sum.counts,
        seen: sum.seen,
        right: sum.right,
        rate: rate(sum.right, sum.seen),
    }
}

fn rate(right: i64, seen: i64) -> RateView {
    Rate::new(right.unsigned_abs(), seen.unsigned_abs()).into()
}
