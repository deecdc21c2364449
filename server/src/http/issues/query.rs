//! What a list, or an export of one, is asked for by.

use domain::morning;
use domain::surroundings::Band;
use domain::workflow::Stage;
use jiff::Timestamp;
use serde::Deserialize;

use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::check_text;
use crate::problem::Error;
use crate::store::issue_list::{Filter, Lead, Order};

/// What to list. Everything given must hold; lists are separated by commas.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IssueQuery {
    /// Lead or cooperating bureau.
    #[param(example = "huanwei")]
    bureau: Option<String>,
    /// Lead bureau alone; `-` for issues that have none.
    #[param(example = "huanwei")]
    lead: Option<String>,
    /// Stages.
    #[param(example = "dispatched,accepted")]
    stage: Option<String>,
    /// Open (`true`) or ended (`false`).
    open: Option<bool>,
    /// Category codes.
    #[param(example = "0101")]
    category: Option<String>,
    /// In this point's surroundings.
    #[param(example = "P001")]
    point: Option<String>,
    /// In this band of them: `core`, `near` or `wide`; only with `point`.
    #[param(example = "core")]
    band: Option<String>,
    /// In this area or any below it.
    #[param(example = "429901001000")]
    area: Option<String>,
    /// West, south, east, north; WGS-84 degrees.
    #[param(example = "113.10,30.60,113.20,30.70")]
    bbox: Option<String>,
    /// Limit before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    due_before: Option<Timestamp>,
    /// Limit at or after this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    due_after: Option<Timestamp>,
    /// `overdue` (the limit is over) or `today` (it ends later today), where a bureau still owes work:
    /// what waits for verification is neither.
    #[param(example = "overdue")]
    due: Option<String>,
    /// Reported at or after this instant, and neither refused nor void.
    #[param(value_type = Option<String>, format = DateTime)]
    new_since: Option<Timestamp>,
    /// Filed, and no bureau found.
    unrouted: Option<bool>,
    /// Sent back by its lead (`true`), and nobody else found yet.
    returned: Option<bool>,
    /// Fixed by whoever found it: what the desk looks at by sample.
    self_handled: Option<bool>,
    /// Self-handled, and looked at by the desk (`true`) or not yet (`false`).
    checked: Option<bool>,
    /// This cooperating bureau has a sub-task on it that is neither done nor released.
    #[param(example = "yidong")]
    owes_part: Option<String>,
    /// Offered to this bureau 待认领, which has neither claimed nor declined it.
    #[param(example = "yidong")]
    offered_to: Option<String>,
    /// Offered 待认领 to whoever may own it (`true`), or not.
    offered: Option<bool>,
    /// Something was asked for 申请 (`true`) – a later limit, a deferral, shelving – and nobody has decided.
    asked: Option<bool>,
    /// In the note, or the issue's number.
    text: Option<String>,
    /// `due` (the nearest limit first) or `newest`.
    #[param(example = "due")]
    sort: Option<String>,
    /// `next` of the page before.
    pub(super) after: Option<String>,
    /// Issues on the page, 1 to 200.
    #[param(example = 50)]
    pub(super) limit: Option<i64>,
}

/// What is listed, and in which order.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Which issues.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
}

impl IssueQuery {
    /// What it asks for, as reference data and the clock stand now.
    pub fn sought(self, app: &App) -> Result<Sought, Error> {
        let order = order(self.sort.as_deref())?;
        let now = app.clock.now();
        Ok(Sought { filter: filter(self, &app.gazetteer(), now)?, order })
    }
}

fn order(word: Option<&str>) -> Result<Order, Error> {
    match word {
        None | Some("due") => Ok(Order::Due),
        Some("newest") => Ok(Order::Newest),
        Some(other) => {
            Err(Error::invalid("sort-unknown", format!("`sort` {other} is not due or newest.")))
        }
    }
}

fn filter(query: IssueQuery, gazetteer: &Gazetteer, now: Timestamp) -> Result<Filter, Error> {
    let areas = words(query.area.as_deref());
    if let Some(unknown) = areas.iter().find(|code| gazetteer.areas().index_of(code).is_none()) {
        return Err(Error::invalid("area-unknown", format!("`area` {unknown} is not an area.")));
    }
    let texts = [
        ("bureau", &query.bureau),
        ("lead", &query.lead),
        ("owes_part", &query.owes_part),
        ("offered_to", &query.offered_to),
        ("category", &query.category),
        ("point", &query.point),
        ("text", &query.text),
    ];
    texts
        .into_iter()
        .try_for_each(|(field, text)| check_text(field, text.as_deref().unwrap_or_default()))?;
    let stages = stages(query.stage.as_deref())?;
    let due = due(query.due.as_deref(), gazetteer, now)?;
    let filter = Filter {
        bureau: query.bureau,
        owes_part: query.owes_part,
        offered_to: query.offered_to,
        offered: query.offered,
        lead: query.lead.map(|code| if code == "-" { Lead::Nobody } else { Lead::Bureau(code) }),
        band: band(query.band, query.point.is_some())?,
        stages,
        open: query.open,
        categories: words(query.category.as_deref()),
        point: query.point,
        areas: gazetteer.expand(&areas),
        bbox: query.bbox.as_deref().map(bbox).transpose()?,
        due_before: [query.due_before, due.before].into_iter().flatten().min(),
        due_after: query.due_after.max(due.after),
        new_since: query.new_since,
        owes_work: query.due.is_some(),
        unrouted: query.unrouted,
        returned: query.returned,
        self_handled: query.self_handled,
        checked: query.checked,
        asked: query.asked,
        text: query.text.filter(|text| !text.trim().is_empty()),
        ..Filter::default()
    };
    Ok(filter.sharpened())
}

fn words(list: Option<&str>) -> Vec<String> {
    let list = list.unwrap_or_default().split(',');
    list.map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn stages(list: Option<&str>) -> Result<Vec<Stage>, Error> {
    let known = |word: String| {
        let stage = Stage::ALL.into_iter().find(|stage| stage.word() == word);
        stage.ok_or_else(|| {
            Error::invalid("stage-unknown", format!("`stage` {word} is not a stage."))
        })
    };
    words(list).into_iter().map(known).collect()
}

fn band(word: Option<String>, has_point: bool) -> Result<Option<Band>, Error> {
    let Some(word) = word else { return Ok(None) };
    let unknown =
        |_| Error::invalid("band-unknown", format!("`band` {word} is not core, near or wide."));
    let band: Band = word.parse().map_err(unknown)?;
    if has_point {
        Ok(Some(band))
    } else {
        Err(Error::invalid(
            "band-without-point",
            "`band` is of a point's surroundings: give `point`.",
        ))
    }
}

/// Between which instants a limit lies.
#[derive(Default)]
struct Due {
    after: Option<Timestamp>,
    before: Option<Timestamp>,
}

fn due(word: Option<&str>, gazetteer: &Gazetteer, now: Timestamp) -> Result<Due, Error> {
    let calendar = &gazetteer.calendar;
    match word {
        None => Ok(Due::default()),
        Some("overdue") => Ok(Due { after: None, before: Some(now) }),
        Some("today") => {
            let tomorrow = morning::tomorrow(calendar.date_of(now), calendar);
            Ok(Due { after: Some(now), before: Some(tomorrow) })
        }
        Some(other) => {
            Err(Error::invalid("due-unknown", format!("`due` {other} is not overdue or today.")))
        }
    }
}

fn bbox(text: &str) -> Result<[f64; 4], Error> {
    let invalid =
        || Error::invalid("bbox-invalid", "`bbox` is not west,south,east,north in degrees.");
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    let numbers = numbers.map_err(|_not_a_number: std::num::ParseFloatError| invalid())?;
    let [west, south, east, north]: [f64; 4] = numbers.try_into().map_err(|_| invalid())?;
    let fits = west <= east && south <= north && south >= -90.0 && north <= 90.0;
    if fits && west >= -180.0 && east <= 180.0 {
        Ok([west, south, east, north])
    } else {
        Err(invalid())
    }
}
