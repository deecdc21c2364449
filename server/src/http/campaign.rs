//! `/campaign`: what everybody works towards.

use actix_web::web::{Data, Json};
use actix_web::{get, put};
use domain::access::{Action, Subject, may};
use domain::morning::days_left;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::set_campaign::set_campaign as set;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::{CampaignProblems, ListProblems};
use crate::problem::Error;
use crate::store::campaign;

/// What the campaign 创建 works towards.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"evaluation_on": "2026-12-28", "days_left": 38}))]
pub struct Campaign {
    /// The day of the evaluation 测评日; null while nobody has set it.
    #[schema(value_type = Option<String>, format = Date)]
    pub evaluation_on: Option<Date>,
    /// Days until then 倒计时, where the district is: 0 on the day itself; null without a day, and once it is over.
    pub days_left: Option<u32>,
}

/// What is set.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"evaluation_on": "2026-12-28"}))]
pub struct SetCampaign {
    /// The day of the evaluation, today or later; null where it is not known.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<String>, format = Date, required)]
    pub evaluation_on: Option<Date>,
}

impl Campaign {
    /// As it is today.
    pub fn of(app: &App, evaluation_on: Option<Date>) -> Self {
        let today = app.gazetteer().calendar.date_of(app.clock.now());
        Self { evaluation_on, days_left: evaluation_on.and_then(|on| days_left(today, on)) }
    }
}

/// Read what the campaign works towards
///
/// The day of the evaluation and the days until then.
#[utoipa::path(tag = "figures", operation_id = "get_campaign",
    responses((status = 200, description = "The day.", body = Campaign), ListProblems))]
#[get("/campaign")]
pub async fn get_campaign(app: Data<App>, who: SignedIn) -> Result<Json<Campaign>, Error> {
    may(Some(&who.actor(&app)), Action::GetCampaign, &Subject::None)?;
    let evaluation_on = app.db.read(campaign::find_evaluation).await?;
    Ok(Json(Campaign::of(&app, evaluation_on)))
}

/// Set what the campaign works towards
///
/// The day of the evaluation, which everybody then counts down to. Whoever sets it last is right.
#[utoipa::path(tag = "figures", operation_id = "set_campaign", request_body = SetCampaign,
    responses((status = 200, description = "As it is now.", body = Campaign), CampaignProblems))]
#[put("/campaign")]
pub async fn set_campaign(
    app: Data<App>,
    who: SignedIn,
    body: Json<SetCampaign>,
) -> Result<Json<Campaign>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::SetCampaign, &Subject::None)?;
    let evaluation_on = body.evaluation_on;
    set(&app, actor, evaluation_on).await?;
    Ok(Json(Campaign::of(&app, evaluation_on)))
}
