//! `/figures`: closure rates.

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use domain::access::{self, Action, Subject, may};
use domain::areas::Level;
use domain::figures::{Period, Rate, Tally};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::figures::{self, Part, Position, Wanted};
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::documented::ListProblems;
use crate::problem::Error;
use crate::store::spans::By;

/// Of which period, broken down by what, as of which position.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FiguresQuery {
    /// The period's first instant.
    #[param(value_type = String, format = DateTime, example = "2026-11-01T00:00:00+08:00")]
    from: Timestamp,
    /// The period's end, itself outside.
    #[param(value_type = String, format = DateTime, example = "2026-12-01T00:00:00+08:00")]
    to: Timestamp,
    /// `total`, `bureau`, `subdistrict`, `community` or `point`.
    #[param(example = "bureau")]
    by: Option<String>,
    /// `lead` (unless said): issues, by who answers for them. `cooperating`: the sub-tasks of those who help,
    /// by their own limit.
    #[param(example = "cooperating")]
    part: Option<String>,
    /// A feed number: the figures as they were there. A bulletin keeps its own.
    as_of: Option<i64>,
}

/// A period, its end outside.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct PeriodView {
    /// First instant.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// End.
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
}

/// A rate with what it was made of.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"numerator": 911, "denominator": 972, "percent": 93.72}))]
pub struct RateView {
    /// Counted.
    pub numerator: u64,
    /// Out of.
    pub denominator: u64,
    /// Half up to two decimals; null where there is nothing to count.
    pub percent: Option<f64>,
}

impl From<Rate> for RateView {
    fn from(rate: Rate) -> Self {
        Self { numerator: rate.numerator, denominator: rate.denominator, percent: rate.percent }
    }
}

/// Closure figures of one bureau, area or point, or of all.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FigureRow {
    /// Its code; null for all, and for issues that have none.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// 应结案: were to be closed in the period.
    pub due: u64,
    /// Of these, handled by its end.
    pub handled: u64,
    /// Handled within the limit.
    pub handled_on_time: u64,
    /// Closed in the period.
    pub closed: u64,
    /// Closed within the limit.
    pub closed_on_time: u64,
    /// Failed verifications.
    pub rework: u64,
    /// Extended.
    pub extended: u64,
    /// 缓办、挂账: would have been due by the limit they had when their clock stopped, and are subtracted once.
    pub suspended: u64,
    /// 自处置: fixed by whoever found it, in the period. No part of what is due, and in no rate.
    pub self_handled: u64,
    /// 结案率.
    pub close_rate: RateView,
    /// 按期结案率.
    pub on_time_close_rate: RateView,
    /// 处置率.
    pub handle_rate: RateView,
    /// 按期处置率.
    pub on_time_handle_rate: RateView,
    /// 返工率.
    pub rework_rate: RateView,
    /// 延期率.
    pub extension_rate: RateView,
}

/// Closure figures 结案情况.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Figures {
    /// The period.
    pub period: PeriodView,
    /// The feed number they were made at; ask with it again and they come out the same.
    pub as_of: i64,
    /// What they are broken down by.
    pub by: String,
    /// `lead` or `cooperating`.
    pub part: String,
    /// How rates are rounded.
    pub rounding: String,
    /// One row each.
    pub rows: Vec<FigureRow>,
    /// All together; an issue at several points counts once here.
    pub total: FigureRow,
}

/// Read closure figures
///
/// Due, handled, closed and on time with their rates, computed from the log as of a position.
/// A bureau reads its own.
#[utoipa::path(
    tag = "figures",
    operation_id = "get_figures",
    params(FiguresQuery),
    responses((status = 200, description = "The figures.", body = Figures), ListProblems)
)]
#[get("/figures")]
pub async fn get_figures(
    app: Data<App>,
    who: SignedIn,
    query: Query<FiguresQuery>,
) -> Result<Json<Figures>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::GetFigures, &Subject::None)?;
    let period = Period::new(query.from, query.to)
        .map_err(|error| Error::invalid("period-invalid", error.to_string()))?;
    let word = query.by.clone().unwrap_or_else(|| "total".to_owned());
    let by = by(&word)?;
    let part = part(query.part.as_deref())?;
    let blind = access::scope(&actor) == access::Scope::All;
    let wanted = Wanted { period, by, part, bureau: actor.bureau.clone(), blind };
    let at = query.as_of;
    let read = move |conn: &mut Conn| {
        let position = Position::of(conn, at)?;
        Ok::<_, Error>((position.as_of, figures::count(conn, &wanted, position)?))
    };
    let (as_of, mut counted) = app.db.read(read).await?;
    let gazetteer = app.gazetteer();
    if word == "subdistrict" {
        counted.gather(|code| subdistrict(code, &gazetteer));
    }
    let rows = counted.rows.iter().map(|(code, tally)| {
        let name = code.as_deref().and_then(|code| name(by, code, &gazetteer));
        row(code.clone(), name, tally)
    });
    Ok(Json(Figures {
        period: PeriodView { from: query.from, to: query.to },
        as_of,
        by: word,
        part: part.word().to_owned(),
        rounding: "half up, 2 decimals".to_owned(),
        rows: rows.collect(),
        total: row(None, None, &counted.total),
    }))
}

fn part(word: Option<&str>) -> Result<Part, Error> {
    match word {
        None | Some("lead") => Ok(Part::Lead),
        Some("cooperating") => Ok(Part::Cooperating),
        Some(other) => {
            let detail = format!("`part` {other} is not lead or cooperating.");
            Err(Error::invalid("part-unknown", detail))
        }
    }
}

fn by(word: &str) -> Result<By, Error> {
    match word {
        "total" => Ok(By::Total),
        "bureau" => Ok(By::Bureau),
        "subdistrict" | "community" => Ok(By::Area),
        "point" => Ok(By::Point),
        other => {
            let detail =
                format!("`by` {other} is not total, bureau, subdistrict, community or point.");
            Err(Error::invalid("by-unknown", detail))
        }
    }
}

fn name(by: By, code: &str, gazetteer: &Gazetteer) -> Option<String> {
    match by {
        By::Total => None,
        By::Bureau => gazetteer.bureau(code).map(|bureau| bureau.name.clone()),
        By::Area => gazetteer.area_name(code).map(str::to_owned),
        By::Point => gazetteer.point(code).map(|point| point.name.to_owned()),
    }
}

/// The subdistrict that an area lies in; itself, where it lies in none.
fn subdistrict(area: &str, gazetteer: &Gazetteer) -> Option<String> {
    gazetteer.areas().at_level(area, Level::Subdistrict).map(|above| above.code.clone())
}

fn row(code: Option<String>, name: Option<String>, tally: &Tally) -> FigureRow {
    FigureRow {
        code,
        name,
        due: tally.due,
        handled: tally.handled,
        handled_on_time: tally.handled_on_time,
        closed: tally.closed,
        closed_on_time: tally.closed_on_time,
        rework: tally.rework,
        extended: tally.extended,
        suspended: tally.suspended,
        self_handled: tally.self_handled,
        close_rate: tally.close_rate().into(),
        on_time_close_rate: tally.on_time_close_rate().into(),
        handle_rate: tally.handle_rate().into(),
        on_time_handle_rate: tally.on_time_handle_rate().into(),
        rework_rate: tally.rework_rate().into(),
        extension_rate: tally.extension_rate().into(),
    }
}
