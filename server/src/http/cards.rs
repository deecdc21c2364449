//! `/cards`: supervision cards 督办卡 and letters 协调函; `/card-rules`: what drafts them.

use actix_web::http::header::ETAG;
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post, put};
use domain::access::{Action, Role, Subject, may};
use domain::cards::{CardKind, CardRules, CardStage, Colour, Measure, proposals};
use jiff::{SignedDuration, Timestamp};
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::cards::{ByHand, draft_by_hand, set_rules};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::{
    CardDraftProblems, CardRulesProblems, ListProblems, PagedProblems, ReadProblems,
};
use crate::http::issues::{etag, page_size};
use crate::problem::Error;
use crate::store::cards::{self, Filter, InForce};

pub mod commands;
mod detail;
pub mod paper;
mod views;

pub use detail::{CardDetail, CardEventView, CardReplyView};
pub use views::CardView;

/// A page of cards.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CardPage {
    /// The newest first.
    pub items: Vec<CardView>,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// Which page of which cards.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CardQuery {
    /// Only those that stand there: `draft`, `signed`, `delivered`, `replied`, `accepted`, `upgraded` or
    /// `withdrawn`.
    #[param(value_type = Option<String>, example = "delivered")]
    stage: Option<CardStage>,
    /// Only those of this colour: `white`, `yellow` or `red`.
    #[param(value_type = Option<String>, example = "yellow")]
    colour: Option<Colour>,
    /// Only cards (`card`) or only letters (`letter`).
    #[param(value_type = Option<String>, example = "card")]
    kind: Option<CardKind>,
    /// Only those to this bureau, by its code; a bureau reads none but its own.
    #[param(example = "huanwei")]
    bureau: Option<String>,
    /// Only those about this issue.
    #[param(example = 412)]
    issue: Option<i64>,
    /// Only those that the reader drafted by hand.
    mine: Option<bool>,
    /// Only those whose reply is missing although its time is over.
    late: Option<bool>,
    /// `next` of the page before.
    after: Option<String>,
    /// Cards on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

/// List supervision cards
///
/// The newest first. A bureau reads those that were delivered to it, the office and the supervision team all.
#[utoipa::path(tag = "cards", operation_id = "list_cards", params(CardQuery),
    responses((status = 200, description = "A page.", body = CardPage), PagedProblems))]
#[get("/cards")]
pub async fn list_cards(
    app: Data<App>,
    who: SignedIn,
    query: Query<CardQuery>,
) -> Result<Json<CardPage>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListCards, &Subject::None)?;
    let query = query.into_inner();
    let size = page_size(query.limit)?;
    let after: Option<i64> = query.after.as_deref().map(cursor::read).transpose()?;
    let (now, is_bureau) = (app.clock.now(), actor.role == Role::Bureau);
    // An account of a bureau whose bureau is not set reads no card: no bureau has an empty code.
    let own = is_bureau.then(|| actor.bureau.clone().unwrap_or_default());
    let elsewhere = own.as_ref().is_some_and(|own| query.bureau.as_ref().is_some_and(|b| b != own));
    let filter = Filter {
        stage: query.stage,
        colour: query.colour,
        kind: query.kind,
        bureau: if elsewhere { Some(String::new()) } else { own.or(query.bureau) },
        issue: query.issue,
        delivered: is_bureau,
        drafted_by: query.mine.filter(|mine| *mine).map(|_| actor.account),
        late_at: query.late.filter(|late| *late).map(|_| now),
    };
    let list = move |conn: &mut Conn| cards::list(conn, &filter, after, size + 1);
    let mut found = app.db.read(list).await?;
    // One more than asked for tells whether there is a next page.
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|last| cursor::write(&last.id)).transpose()?;
    let gazetteer = app.gazetteer();
    let items = found.iter().map(|card| CardView::new(card, &gazetteer, now)).collect();
    Ok(Json(CardPage { items, next }))
}

/// Read a supervision card
///
/// With its issues, its reply, what happened to it, and the steps that this reader may now take. Its ETag is
/// what a step sends as If-Match.
#[utoipa::path(tag = "cards", operation_id = "get_card",
    params(("id" = i64, Path, description = "Its id.", example = 12)),
    responses((status = 200, description = "The card.", body = CardDetail,
        headers(("ETag" = String, description = "Its version, quoted."))), ReadProblems))]
#[get("/cards/{id}")]
pub async fn get_card(app: Data<App>, who: SignedIn, id: Path<i64>) -> Result<HttpResponse, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::GetCard, &Subject::None)?;
    let (gazetteer, now, id) = (app.gazetteer(), app.clock.now(), id.into_inner());
    let find = move |conn: &mut Conn| detail::find(conn, id, &actor, &gazetteer, now);
    let found = app.db.read(find).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, etag(found.card.version)?)).json(found))
}

/// A card as it is drafted by hand.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"id": "0198f3a0-0000-7000-8000-0000000000d1", "bureau": "huanwei", "colour": "yellow",
    "facts": "东关农贸市场周边暴露垃圾反复出现，两次核查均不合格。", "issues": [412]}))]
pub struct CardDraft {
    /// Made by the client (UUIDv7); sent again, it changes nothing.
    pub id: Uuid,
    /// Code of the bureau it is addressed to. A vertical unit or company gets a letter.
    pub bureau: String,
    /// `white`, `yellow` or `red`; null for a letter.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "yellow")]
    pub colour: Option<Colour>,
    /// What it is about, in words 事由.
    #[schema(min_length = 1, max_length = 2_000)]
    pub facts: String,
    /// Numbers of the open issues it is about; the bureau leads or helps with each. At most 100.
    #[schema(min_items = 1)]
    pub issues: Vec<i64>,
}

/// Draft a supervision card 拟稿
///
/// By hand. Somebody else of the office signs it; its addressee sees nothing before it is delivered.
#[utoipa::path(tag = "cards", operation_id = "create_card", request_body = CardDraft,
    responses(
        (status = 201, description = "It is drafted.", body = CardView),
        (status = 200, description = "It was here already.", body = CardView),
        CardDraftProblems,
    ))]
#[post("/cards")]
pub async fn create_card(
    app: Data<App>,
    who: SignedIn,
    body: Json<CardDraft>,
) -> Result<HttpResponse, Error> {
    let CardDraft { id, bureau, colour, facts, issues } = body.into_inner();
    let ask = ByHand { id, bureau, colour, facts, issues };
    let (card, is_new) = draft_by_hand(&app, who.actor(&app), ask).await?;
    let view = CardView::new(&card, &app.gazetteer(), app.clock.now());
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.insert_header((ETAG, etag(card.version)?)).json(view))
}

/// A line of the list of proposals.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Proposal, example = json!({"measure": "talk", "bureau": "huanwei", "bureau_name": "区环境卫生服务中心",
    "white": 3, "yellow": 2, "red": 0}))]
pub struct ProposalView {
    /// `talk` 约谈 or `accountability` 问责.
    #[schema(value_type = String)]
    pub measure: Measure,
    /// The bureau's code.
    pub bureau: String,
    /// Its name.
    #[schema(required)]
    pub bureau_name: Option<String>,
    /// White cards delivered to it in the time looked at, without those withdrawn.
    pub white: u32,
    /// Yellow ones.
    pub yellow: u32,
    /// Red ones.
    pub red: u32,
}

/// Whom something is proposed for. A list for people to decide by; nothing follows by itself.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ProposalList {
    /// From when on cards are counted.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// The gravest first.
    pub items: Vec<ProposalView>,
}

/// List whom a talk or accountability is proposed for 约谈、问责
///
/// By the cards that were delivered lately, and the thresholds of the rules in force.
#[utoipa::path(tag = "cards", operation_id = "list_proposals",
    responses((status = 200, description = "The list.", body = ProposalList), ListProblems))]
#[get("/cards/proposals")]
pub async fn list_proposals(app: Data<App>, who: SignedIn) -> Result<Json<ProposalList>, Error> {
    may(Some(&who.actor(&app)), Action::ListProposals, &Subject::None)?;
    let now = app.clock.now();
    let find = move |conn: &mut Conn| {
        let thresholds = cards::find_rules(conn)?.rules.proposals;
        let days = SignedDuration::from_hours(24 * i64::from(thresholds.within_days));
        let since = now.saturating_sub(days).unwrap_or(now);
        Ok::<_, Error>((since, proposals(cards::tally(conn, since)?, thresholds)))
    };
    let (since, found) = app.db.read(find).await?;
    let gazetteer = app.gazetteer();
    let view = |one: domain::cards::Proposal| ProposalView {
        measure: one.measure,
        bureau_name: gazetteer.bureau(&one.tally.bureau).map(|known| known.name.clone()),
        bureau: one.tally.bureau,
        white: one.tally.white,
        yellow: one.tally.yellow,
        red: one.tally.red,
    };
    Ok(Json(ProposalList { since, items: found.into_iter().map(view).collect() }))
}

/// The rules in force.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CardRulesView {
    /// Their version; 0 where nobody has set any, and the program's own are in force.
    pub version: i64,
    /// When they were set.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub set_at: Option<Timestamp>,
    /// The rules, as docs/cards.md describes them.
    #[schema(value_type = Object)]
    pub rules: CardRules,
}

/// Rules as they are set.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"version": 0, "rules": {
    "white": {"to": "分管负责人", "reply_days": 3, "consequence": "逾期未办结的，升级为黄卡。"},
    "yellow": {"to": "主要负责人", "reply_days": 2, "consequence": "逾期未办结的，升级为红卡，并在全区通报。"},
    "red": {"to": "主要负责人并报分管区领导", "reply_days": 1, "consequence": "逾期未办结的，提请约谈，并按规定问责。"},
    "letter": {"to": "主要负责人", "reply_days": 5, "consequence": ""},
    "rules": [{"code": "overdue-1d", "trigger": "overdue_hours", "amount": 24, "colour": "white"}],
    "proposals": {"within_days": 90, "talk_yellow": 2, "talk_red": 1, "accountability_red": 2}}}))]
pub struct SetCardRules {
    /// The version they were written from.
    pub version: i64,
    /// The rules, as docs/cards.md describes them.
    #[schema(value_type = Object)]
    pub rules: CardRules,
}

impl From<InForce> for CardRulesView {
    fn from(known: InForce) -> Self {
        Self { version: known.version, set_at: known.set_at, rules: known.rules }
    }
}

/// Read the rules that draft cards
///
/// Those in force.
#[utoipa::path(tag = "cards", operation_id = "get_card_rules",
    responses((status = 200, description = "The rules.", body = CardRulesView), ListProblems))]
#[get("/card-rules")]
pub async fn get_card_rules(app: Data<App>, who: SignedIn) -> Result<Json<CardRulesView>, Error> {
    may(Some(&who.actor(&app)), Action::GetCardRules, &Subject::None)?;
    Ok(Json(app.db.read(cards::find_rules).await?.into()))
}

/// Set the rules that draft cards
///
/// As the version after the one they were written from; every version is kept. What was drafted stays.
#[utoipa::path(tag = "cards", operation_id = "set_card_rules", request_body = SetCardRules,
    responses((status = 200, description = "The rules now.", body = CardRulesView), CardRulesProblems))]
#[put("/card-rules")]
pub async fn set_card_rules(
    app: Data<App>,
    who: SignedIn,
    body: Json<SetCardRules>,
) -> Result<Json<CardRulesView>, Error> {
    let SetCardRules { version, rules } = body.into_inner();
    Ok(Json(set_rules(&app, who.actor(&app), version, rules).await?.into()))
}
