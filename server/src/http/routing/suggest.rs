//! `/routing:suggest`: what the desk is told before it files.

use actix_web::post;
use actix_web::web::{Data, Json};
use domain::access::{Action, Subject, may};
use domain::routing::Why;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::record::hex;
use crate::actions::suggest_route::{Asked, Near, Route, suggest};
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::documented::SuggestProblems;
use crate::http::issues::{PointNear, near_points};
use crate::intake::{Source, StatedPosition, check_text};
use crate::problem::Error;
use crate::views::IssueView;
use crate::views::why::{RoutingView, Words};

/// What is known of a problem. All of it may be left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"position": {"lat": 30.6612, "lon": 113.1644, "datum": "wgs84"}, "text": "菜场西门一堆垃圾，没人清"}))]
pub struct SuggestRequest {
    /// Where it is.
    #[serde(default)]
    pub position: Option<StatedPosition>,
    /// Its category code, if known; else the likeliest is taken.
    #[serde(default)]
    pub category: Option<String>,
    /// The condition of it, if known.
    #[serde(default)]
    pub condition: Option<String>,
    /// What was written about it.
    #[serde(default)]
    pub text: Option<String>,
    /// Where it came from, as in a report; `supervisor` if not said.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub source: Option<Source>,
    /// The issue it is asked for: left out of what is nearby.
    #[serde(default)]
    pub issue: Option<i64>,
}

/// An area the place lies in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AreaHere {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `district`, `subdistrict` or `community`.
    pub level: String,
}

/// A category that the words may mean.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"category": "0101", "category_name": "暴露垃圾", "condition": "0101B",
    "opens_when": "公共场所散落垃圾达到1平方米", "score": 0.86, "words": ["垃圾"],
    "because": {"zh": "描述中的“垃圾”", "en": "“垃圾” in the note"}}))]
pub struct CategoryCandidate {
    /// Its code.
    pub category: String,
    /// Its name.
    pub category_name: String,
    /// Its condition that the words are nearest to; null where they do not tell.
    pub condition: Option<String>,
    /// What must be seen to file by that condition.
    pub opens_when: Option<String>,
    /// 0 to 1: a measure to sort by, not a probability; from 0.5 on it is clear.
    pub score: f64,
    /// The words of the note that it rests on.
    pub words: Vec<String>,
    /// The same as a sentence.
    pub because: Words,
}

/// A bureau by code and name.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BureauNamed {
    /// Its code.
    pub code: String,
    /// Its name; the code when it is no longer in the reference data.
    pub name: String,
}

/// Where the problem would go, were it filed now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RouteSuggested {
    /// As which category: the one asked for, else the likeliest.
    pub category: String,
    /// Under which condition; null where none is clear, and then there is no limit yet.
    pub condition: Option<String>,
    /// Who would answer for it; null where no rule finds anybody: the desk decides.
    pub lead: Option<BureauNamed>,
    /// Who would help.
    pub cooperating: Vec<BureauNamed>,
    /// By which rule, and why.
    pub routing: RoutingView,
    /// The limit, were it dispatched now; null where the condition has none.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
}

/// An open issue nearby.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NearbyIssue {
    /// The issue.
    #[serde(flatten)]
    pub issue: IssueView,
    /// How far it is, metres.
    pub distance_m: f64,
    /// SHA-256 of its first picture: its address under `/photos`. Null where none was made yet.
    pub photo: Option<String>,
    /// Whether it is of the family 归并类 that the problem would be filed under, so that it may be the same.
    pub same_family: bool,
}

/// What is known and likely of a problem. Nothing of it is decided.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RoutingSuggestion {
    /// The areas the place lies in, the finest first.
    pub areas: Vec<AreaHere>,
    /// The points in whose surroundings it lies, the nearest first.
    pub points: Vec<PointNear>,
    /// What is odd about the place, by code.
    pub flags: Vec<String>,
    /// What the words may mean, the likeliest first; at most 5.
    pub candidates: Vec<CategoryCandidate>,
    /// Where it would go; null where neither category nor words say what it is.
    pub route: Option<RouteSuggested>,
    /// Open issues within 100 m that the reader sees, the nearest first; at most 10.
    pub nearby: Vec<NearbyIssue>,
}

/// Suggest category and route
///
/// For whoever files: which category the words of a note most likely mean and by which words, where the
/// problem would be sent and by when it would be due, and which open issues nearby it may be the same as.
/// Names, aliases and conditions of the taxonomy are compared; nothing is written.
#[utoipa::path(
    tag = "routing",
    operation_id = "suggest_route",
    request_body = SuggestRequest,
    responses((status = 200, description = "What is known and likely.", body = RoutingSuggestion), SuggestProblems)
)]
#[post("/routing:suggest")]
pub async fn suggest_route(
    app: Data<App>,
    who: SignedIn,
    body: Json<SuggestRequest>,
) -> Result<Json<RoutingSuggestion>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::SuggestRoute, &Subject::None)?;
    let body = body.into_inner();
    let text = body.text.unwrap_or_default();
    check_text("text", &text)?;
    let asked = Asked {
        position: body.position,
        category: body.category,
        condition: body.condition,
        text,
        source: body.source.unwrap_or(Source::Supervisor),
        issue: body.issue,
    };
    let found = suggest(&app, actor, asked).await?;
    let gazetteer = app.gazetteer();
    let route = found.route.as_ref().map(|route| routed(route, &gazetteer));
    let family = found.route.as_ref().and_then(|route| gazetteer.category(&route.category));
    let family = family.map(|category| category.family.as_str());
    Ok(Json(RoutingSuggestion {
        areas: found.ground.areas.iter().filter_map(|code| area(code, &gazetteer)).collect(),
        points: near_points(&found.ground.points, &gazetteer),
        flags: found.ground.flags.iter().map(|flag| flag.code().to_owned()).collect(),
        candidates: found
            .likely
            .into_iter()
            .filter_map(|likely| candidate(likely, &gazetteer))
            .collect(),
        route,
        nearby: found.nearby.iter().map(|near| nearby(near, family, &gazetteer)).collect(),
    }))
}

fn area(code: &str, gazetteer: &Gazetteer) -> Option<AreaHere> {
    let areas = gazetteer.areas();
    let known = areas.areas().get(areas.index_of(code)?)?;
    Some(AreaHere {
        code: code.to_owned(),
        name: known.name.clone(),
        level: known.level.word().to_owned(),
    })
}

fn candidate(likely: domain::likely::Likely, gazetteer: &Gazetteer) -> Option<CategoryCandidate> {
    let category = gazetteer.category(&likely.category)?;
    let condition = likely.condition.as_deref().and_then(|code| gazetteer.condition(code));
    let because = Words {
        zh: format!("描述中的“{}”", likely.words.join("”“")),
        en: format!("“{}” in the note", likely.words.join("”, “")),
    };
    Some(CategoryCandidate {
        category_name: category.name.clone(),
        opens_when: condition.map(|(_, known)| known.opens_when.clone()),
        category: likely.category,
        condition: likely.condition,
        score: likely.score,
        words: likely.words,
        because,
    })
}

fn routed(route: &Route, gazetteer: &Gazetteer) -> RouteSuggested {
    let named = |code: &str| BureauNamed {
        code: code.to_owned(),
        name: gazetteer.bureau(code).map_or_else(|| code.to_owned(), |known| known.name.clone()),
    };
    let (lead, cooperating) = match &route.why {
        Why::Rule(because) => {
            let helpers = because.helpers();
            (Some(named(&because.lead.bureau)), helpers.iter().map(|code| named(code)).collect())
        }
        Why::Nobody { .. } | Why::Offer(_) | Why::Desk { .. } => (None, Vec::new()),
    };
    RouteSuggested {
        category: route.category.clone(),
        condition: route.condition.clone(),
        lead,
        cooperating,
        routing: RoutingView::new(&route.why, gazetteer),
        due_at: route.due_at,
    }
}

fn nearby(near: &Near, family: Option<&str>, gazetteer: &Gazetteer) -> NearbyIssue {
    NearbyIssue {
        issue: IssueView::new(&near.issue, gazetteer),
        distance_m: near.distance_m,
        photo: near.picture.as_deref().map(hex),
        same_family: family.is_some() && near.issue.detail.family.as_deref() == family,
    }
}
