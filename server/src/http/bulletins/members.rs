//! `/bulletins/{id}/members`: the issues behind the figures of a bulletin.

use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use domain::access::{Action, Role};
use domain::bulletin::{Basis, Counts, Figure, Table, members};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::found;
use crate::actions::bulletins::count;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::BulletinMemberProblems;
use crate::http::issues::page_size;
use crate::problem::Error;

/// Of which row, for which figure, which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MemberQuery {
    /// `total` (unless said), `bureau` (by lead), `cooperating`, `subdistrict`, `point_kind` or `category`.
    #[param(example = "bureau")]
    table: Option<String>,
    /// The row's code; unless said, the row of those that have none.
    #[param(example = "huanwei")]
    code: Option<String>,
    /// Only those that count for it: `due`, `handled`, `handled_on_time`, `closed`, `closed_on_time`, `rework`, `extended`,
    /// `suspended`, `self_handled` or `overdue`.
    #[param(example = "handled_on_time")]
    figure: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Issues on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

/// An issue that a row of a bulletin counts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"issue": 412, "lead": "环卫中心", "category": "暴露垃圾", "subdistrict": "东关街道",
    "due_at": "2026-11-13T09:20:00Z", "handled_at": "2026-11-13T08:02:00Z", "closed_at": null,
    "counts": ["due", "handled", "handled_on_time", "rework"], "rework": 1}))]
pub struct BulletinMember {
    /// Its number.
    pub issue: i64,
    /// Name of the bureau that answers for it.
    #[schema(required)]
    pub lead: Option<String>,
    /// Name of its category.
    #[schema(required)]
    pub category: Option<String>,
    /// Name of its subdistrict.
    #[schema(required)]
    pub subdistrict: Option<String>,
    /// Its limit as it stood at the bulletin's position; of a helping bureau, that of the sub-task.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
    /// 处置: when the rectification arrived that passed.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub handled_at: Option<Timestamp>,
    /// 结案.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Timestamp>,
    /// What it counts for.
    pub counts: Vec<String>,
    /// Failed verifications that are counted.
    pub rework: u64,
}

impl BulletinMember {
    fn new(one: &Counts, basis: &Basis) -> Self {
        let (member, span) = (&one.member, &one.member.span);
        let for_what = Figure::ALL.into_iter().filter(|figure| one.times(*figure) > 0);
        Self {
            issue: member.issue,
            lead: basis.unit_name(member.lead.as_deref()),
            category: basis.category_name(member.category.as_deref()),
            subdistrict: basis.subdistrict_name(member),
            due_at: span.due_at,
            handled_at: span.handled_at,
            closed_at: span.closed_at,
            counts: for_what.map(|figure| figure.word().to_owned()).collect(),
            rework: one.times(Figure::Rework),
        }
    }
}

/// A page of the issues of a row.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BulletinMemberPage {
    /// By their numbers.
    pub items: Vec<BulletinMember>,
    /// How many issues there are on all pages.
    pub issues: u64,
    /// What they add to the figure asked for, or to what is due: as the bulletin has it.
    pub count: u64,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// List the issues behind a figure
///
/// Numerator and denominator of each rate of a bulletin, down to the issue numbers, from the log as of the bulletin's
/// position. A bureau lists its own.
#[utoipa::path(tag = "figures", operation_id = "list_bulletin_members",
    params(("id" = i64, Path, description = "The bulletin's id.", example = 3), MemberQuery),
    responses((status = 200, description = "A page.", body = BulletinMemberPage), BulletinMemberProblems))]
#[get("/bulletins/{id}/members")]
pub async fn list_bulletin_members(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
    query: Query<MemberQuery>,
) -> Result<Json<BulletinMemberPage>, Error> {
    let actor = who.actor(&app);
    let (_, issued) = found(&app, &actor, Action::ListBulletinMembers, *id).await?;
    let size = usize::try_from(page_size(query.limit)?).unwrap_or(usize::MAX);
    let (table, figure) = (table(query.table.as_deref())?, figure(query.figure.as_deref())?);
    let after: Option<i64> = query.after.as_deref().map(cursor::read).transpose()?;
    let basis = issued.read()?.basis;
    let read = move |conn: &mut Conn| Ok::<_, Error>((count(conn, &basis)?, basis));
    let (mut counted, basis) = app.db.read(read).await?;
    if actor.role == Role::Bureau {
        counted.keep_of(actor.bureau.as_deref().unwrap_or_default());
    }
    let mut counts = members(&basis, &counted, table, query.code.as_deref());
    counts.retain(|one| figure.is_none_or(|figure| one.times(figure) > 0));
    let all = counts.len() as u64;
    let sum = counts.iter().map(|one| one.times(figure.unwrap_or(Figure::Due))).sum();
    counts.retain(|one| after.is_none_or(|after| one.member.issue > after));
    let more = counts.len() > size;
    counts.truncate(size);
    let last = counts.last().filter(|_| more).map(|one| one.member.issue);
    Ok(Json(BulletinMemberPage {
        items: counts.iter().map(|one| BulletinMember::new(one, &basis)).collect(),
        issues: all,
        count: sum,
        next: last.map(|last| cursor::write(&last)).transpose()?,
    }))
}

fn table(word: Option<&str>) -> Result<Table, Error> {
    let Some(word) = word else { return Ok(Table::Total) };
    Table::of(word).ok_or_else(|| {
        let detail = format!(
            "`table` {word} is not total, bureau, cooperating, subdistrict, point_kind or category."
        );
        Error::invalid("table-unknown", detail)
    })
}

fn figure(word: Option<&str>) -> Result<Option<Figure>, Error> {
    let Some(word) = word else { return Ok(None) };
    let figure = Figure::ALL.into_iter().find(|figure| figure.word() == word);
    let detail = || format!("`figure` {word} is none that a bulletin counts.");
    figure.map(Some).ok_or_else(|| Error::invalid("figure-unknown", detail()))
}
