//! `/morning`: what the 8:30 meeting looks at.

use std::collections::{BTreeMap, HashMap};

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use domain::access::{Action, Subject, may, scope};
use domain::morning::{Counts, Meeting};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::record::hex;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::campaign::Campaign;
use crate::http::documented::ListProblems;
use crate::http::issues::{PointNear, points_of};
use crate::problem::Error;
use crate::store::campaign;
use crate::store::issue_list::{self, Filter, Order};
use crate::store::issues::Issue;
use crate::store::morning::{self, Standing};
use crate::store::photos;
use crate::views::IssueView;

/// Issues in the slide show, at most: what a meeting has the patience for.
const EXPOSED: i64 = 20;

/// From when on what was reported is new.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MorningQuery {
    /// New is what was reported at or after this instant; by default, at 8:30 of the last working day before
    /// today.
    #[param(value_type = Option<String>, format = DateTime, example = "2026-11-20T08:30:00+08:00")]
    new_since: Option<Timestamp>,
}

/// The six figures. Behind each is the list that `GET /issues` gives for the filter named here, alone for
/// all issues, with `lead` for a bureau and with `point` for a point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"new": 43, "due_today": 12, "overdue": 5, "unrouted": 2, "returned": 3, "rectified_waiting": 9}))]
pub struct MorningFigures {
    /// 新增: reported since the last meeting, and neither refused nor void: `new_since=` the answer's
    /// `new_since`.
    pub new: u64,
    /// 今日到期: a bureau owes work, and the limit ends later today: `due=today`.
    pub due_today: u64,
    /// 超期: a bureau owes work, and the limit is over: `due=overdue`.
    pub overdue: u64,
    /// 待派: filed, and no bureau found: `unrouted=true`.
    pub unrouted: u64,
    /// 退回: sent back, and nobody else found yet: `returned=true`.
    pub returned: u64,
    /// 待核查: said to be done, and nobody has looked: `stage=rectified`.
    pub rectified_waiting: u64,
}

impl From<Counts> for MorningFigures {
    fn from(counts: Counts) -> Self {
        let Counts { new, due_today, overdue, unrouted, returned, rectified_waiting } = counts;
        Self { new, due_today, overdue, unrouted, returned, rectified_waiting }
    }
}

/// The figures of the issues that one bureau leads.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MorningOfBureau {
    /// Its code; null for the issues that nobody answers for yet: `lead=-`.
    pub bureau: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The figures.
    #[serde(flatten)]
    pub figures: MorningFigures,
}

/// The figures of one point's surroundings; an issue counts at every point that it lies around.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MorningOfPoint {
    /// Its code.
    pub point: String,
    /// Its name; null when it is no longer in the reference data.
    pub name: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// The figures.
    #[serde(flatten)]
    pub figures: MorningFigures,
}

/// An issue to be shown to the meeting 曝光.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Exposed {
    /// The issue.
    #[serde(flatten)]
    pub issue: IssueView,
    /// SHA-256 of its first picture: its address under `/photos`. Null where none was made yet.
    pub photo: Option<String>,
    /// The points in whose surroundings it lies, the nearest first.
    pub points: Vec<PointNear>,
}

/// What the morning meeting 每日例会 looks at.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Morning {
    /// When the figures were made.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What everybody works towards.
    #[serde(flatten)]
    pub campaign: Campaign,
    /// From when on what was reported counts as new.
    #[schema(value_type = String, format = DateTime)]
    pub new_since: Timestamp,
    /// All together.
    pub figures: MorningFigures,
    /// By lead bureau, the most overdue first; none that has nothing.
    pub by_bureau: Vec<MorningOfBureau>,
    /// By point, the most overdue first; none that has nothing.
    pub by_point: Vec<MorningOfPoint>,
    /// What is overdue and has a photo, the longest first; at most 20, nothing blind.
    pub exposed: Vec<Exposed>,
}

/// Read the morning's figures 每日例会
///
/// What is new, due today, overdue, unrouted, returned or waits for verification, together, by bureau and by
/// point. Each figure is the length of one list of `GET /issues`. With the issues to be shown 曝光.
#[utoipa::path(
    tag = "figures",
    operation_id = "get_morning",
    params(MorningQuery),
    responses((status = 200, description = "The figures.", body = Morning), ListProblems)
)]
#[get("/morning")]
pub async fn get_morning(
    app: Data<App>,
    who: SignedIn,
    query: Query<MorningQuery>,
) -> Result<Json<Morning>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::GetMorning, &Subject::None)?;
    let (gazetteer, scope) = (app.gazetteer(), scope(&actor));
    let meeting = Meeting::at(app.clock.now(), &gazetteer.calendar);
    let meeting = Meeting { since: query.new_since.unwrap_or(meeting.since), ..meeting };
    let read = move |conn: &mut Conn| {
        let standing = morning::list(conn, &scope, &meeting)?;
        let shown =
            issue_list::list(conn, &scope, &to_be_shown(&meeting), Order::Due, None, EXPOSED)?;
        let ids: Vec<i64> = shown.iter().map(|issue| issue.id).collect();
        let pictures = photos::list_first_pictures(conn, &ids)?;
        Ok::<_, Error>((standing, shown, pictures, campaign::find_evaluation(conn)?))
    };
    let (standing, shown, pictures, evaluation_on) = app.db.read(read).await?;
    let mut all = Counts::default();
    for issue in &standing {
        all.add(&issue.stand, &meeting);
    }
    Ok(Json(Morning {
        at: meeting.at,
        campaign: Campaign::of(&app, evaluation_on),
        new_since: meeting.since,
        figures: all.into(),
        by_bureau: by_bureau(&standing, &meeting, &gazetteer),
        by_point: by_point(&standing, &meeting, &gazetteer),
        exposed: exposed(&shown, &pictures, &gazetteer),
    }))
}

fn to_be_shown(meeting: &Meeting) -> Filter {
    let filter = Filter {
        owes_work: true,
        due_before: Some(meeting.at),
        blind: Some(false),
        with_photo: true,
        ..Filter::default()
    };
    filter.sharpened()
}

/// The counts of each code that an issue has, without the empty ones; the most overdue first.
fn counted<'s, C: Ord + 's, I: IntoIterator<Item = C>>(
    standing: &'s [Standing],
    meeting: &Meeting,
    codes: impl Fn(&'s Standing) -> I,
) -> Vec<(C, MorningFigures)> {
    let mut counts: BTreeMap<C, Counts> = BTreeMap::new();
    for issue in standing {
        for code in codes(issue) {
            counts.entry(code).or_default().add(&issue.stand, meeting);
        }
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, counts)| !counts.is_empty()).collect();
    counts.sort_by(|(_, one), (_, other)| other.cmp(one));
    counts.into_iter().map(|(code, counts)| (code, counts.into())).collect()
}

fn by_bureau(
    standing: &[Standing],
    meeting: &Meeting,
    gazetteer: &Gazetteer,
) -> Vec<MorningOfBureau> {
    let row = |(code, figures): (Option<&str>, MorningFigures)| MorningOfBureau {
        bureau: code.map(str::to_owned),
        name: code.and_then(|code| gazetteer.bureau(code)).map(|known| known.name.clone()),
        figures,
    };
    counted(standing, meeting, |issue| [issue.lead.as_deref()]).into_iter().map(row).collect()
}

fn by_point(
    standing: &[Standing],
    meeting: &Meeting,
    gazetteer: &Gazetteer,
) -> Vec<MorningOfPoint> {
    let row = |(code, figures): (&str, MorningFigures)| {
        let known = gazetteer.point(code);
        MorningOfPoint {
            point: code.to_owned(),
            name: known.map(|point| point.name.to_owned()),
            kind: known.map(|point| point.kind.word().to_owned()),
            figures,
        }
    };
    let around =
        counted(standing, meeting, |issue| issue.points.iter().map(|near| near.code.as_str()));
    around.into_iter().map(row).collect()
}

fn exposed(
    shown: &[Issue],
    pictures: &HashMap<i64, Vec<u8>>,
    gazetteer: &Gazetteer,
) -> Vec<Exposed> {
    let view = |issue: &Issue| Exposed {
        issue: IssueView::new(issue, gazetteer),
        photo: pictures.get(&issue.id).map(|sha256| hex(sha256)),
        points: points_of(issue, gazetteer),
    };
    shown.iter().map(view).collect()
}
