//! `/cards/{id}:<verb>`: one step each, idempotent by its command id.

use actix_web::http::header::{ETAG, IF_MATCH};
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use domain::access::Action;
use domain::cards::CardCommand;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::CardView;
use crate::actions::cards::{Ask, command_card};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::CardCommandProblems;
use crate::http::issue_commands::version;
use crate::http::issues::etag;
use crate::intake::{ManifestPhoto, canonical_hash, check_text};
use crate::problem::Error;

/// A step without more to say.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000d2"}))]
pub struct PlainCardCommand {
    /// Made by the client; the same again gives the first result.
    pub command_id: Uuid,
}

/// A step with words.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000d3", "text": "限期内未回复"}))]
pub struct WordedCardCommand {
    /// Made by the client; the same again gives the first result.
    pub command_id: Uuid,
    /// In words; may be empty where a reply is accepted.
    #[serde(default)]
    #[schema(max_length = 2_000)]
    pub text: String,
}

/// A reply.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000d4", "cause": "夜间清运人手不足",
    "measures": "增派夜班 4 人，增设垃圾桶两组", "person": "李强", "photos": [],
    "scan": [{"photo_id": "0198f3a0-0000-7000-8000-000000000001",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "bytes": 183_422, "media_type": "image/jpeg", "captured_at": "2026-11-20T01:12:03Z"}]}))]
pub struct ReplyCardCommand {
    /// Made by the client; the same again gives the first result.
    pub command_id: Uuid,
    /// Why it came to that 原因.
    #[schema(min_length = 1, max_length = 2_000)]
    pub cause: String,
    /// What was done, and what keeps it from coming again 措施.
    #[schema(min_length = 1, max_length = 2_000)]
    pub measures: String,
    /// Who answers for it 责任人.
    #[schema(min_length = 1, max_length = 2_000)]
    pub person: String,
    /// Photos of what was done; their bytes follow by `PUT /photos/{sha256}`.
    #[serde(default)]
    pub photos: Vec<ManifestPhoto>,
    /// Photos of the stamped reply 盖章件; at least one.
    #[serde(default)]
    pub scan: Vec<ManifestPhoto>,
}

/// A step's parts, apart from who asks and on which version.
struct Step {
    action: Action,
    id: Uuid,
    content: serde_json::Value,
    command: CardCommand,
    photos: Vec<ManifestPhoto>,
}

fn plain(body: &PlainCardCommand, action: Action, command: CardCommand) -> Result<Step, Error> {
    let content = serde_json::to_value(body)?;
    Ok(Step { action, id: body.command_id, content, command, photos: Vec::new() })
}

fn worded(
    body: &WordedCardCommand,
    action: Action,
    command: impl FnOnce(String) -> CardCommand,
) -> Result<Step, Error> {
    check_text("text", &body.text)?;
    let (content, command) = (serde_json::to_value(body)?, command(body.text.clone()));
    Ok(Step { action, id: body.command_id, content, command, photos: Vec::new() })
}

fn replied(body: &ReplyCardCommand) -> Result<Step, Error> {
    for (field, text) in
        [("cause", &body.cause), ("measures", &body.measures), ("person", &body.person)]
    {
        check_text(field, text)?;
    }
    let ids =
        |lines: &[ManifestPhoto]| lines.iter().map(|line| line.photo_id.to_string()).collect();
    let command = CardCommand::Reply {
        cause: body.cause.clone(),
        measures: body.measures.clone(),
        person: body.person.clone(),
        photos: ids(&body.photos),
        scan: ids(&body.scan),
        command: body.command_id.to_string(),
    };
    let photos = body.photos.iter().chain(&body.scan).cloned().collect();
    let content = serde_json::to_value(body)?;
    Ok(Step { action: Action::ReplyCard, id: body.command_id, content, command, photos })
}

async fn take(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    card: i64,
    step: Step,
) -> Result<HttpResponse, Error> {
    let content = json!({"of": step.action.operation_id(), "card": card, "body": step.content});
    // What is said of a card fits whatever it has become meanwhile.
    let stated = request.headers().contains_key(IF_MATCH);
    let is_bound = stated || step.action != Action::CommentCard;
    let ask = Ask {
        actor: who.actor(&app),
        action: step.action,
        card,
        version: is_bound.then(|| version(&request)).transpose()?,
        id: step.id,
        content_hash: canonical_hash(&content)?,
        command: step.command,
        photos: step.photos,
    };
    let card = command_card(&app, ask).await?;
    let view = CardView::new(&card, &app.gazetteer(), app.clock.now());
    Ok(HttpResponse::Ok().insert_header((ETAG, etag(card.version)?)).json(view))
}

/// Declares the handler of one step: its document, its path and how its body becomes a step.
macro_rules! steps {
    ($(
        $(#[doc = $doc:literal])+
        $handler:ident $path:literal ($body:ident : $Body:ty) => $step:expr;
    )+) => { $(
        $(#[doc = $doc])+
        #[utoipa::path(
            tag = "cards",
            params(
                ("id" = i64, Path, description = "The card's id.", example = 12),
                ("If-Match" = Option<String>, Header, description = "The ETag it was decided on; a comment may go without.", example = "\"3\""),
            ),
            request_body = $Body,
            responses(
                (status = 200, description = "Done; the card as it then stood.", body = CardView,
                    headers(("ETag" = String, description = "Its version, quoted."))),
                CardCommandProblems,
            )
        )]
        #[post($path)]
        pub async fn $handler(
            app: Data<App>,
            who: SignedIn,
            request: HttpRequest,
            id: Path<i64>,
            body: Json<$Body>,
        ) -> Result<HttpResponse, Error> {
            let $body = body.into_inner();
            let step: Step = $step?;
            take(app, who, request, id.into_inner(), step).await
        }
    )+ };
}

steps! {
    /// Sign a card 签发
    ///
    /// Somebody of the office who did not draft it stands for it; it gets its number, counted in the year
    /// without gaps.
    sign_card "/cards/{id}:sign" (body: PlainCardCommand) =>
        plain(&body, Action::SignCard, CardCommand::Sign);

    /// Deliver a card 送达
    ///
    /// Its addressee sees it from now on, and the time to reply runs.
    deliver_card "/cards/{id}:deliver" (body: PlainCardCommand) =>
        plain(&body, Action::DeliverCard, CardCommand::Deliver);

    /// Reply to a card 回复
    ///
    /// By the bureau it is addressed to: cause, measures, person, photos, and a photo of the stamped reply. It may
    /// be sent again until the card has ended; the latest holds.
    reply_card "/cards/{id}:reply" (body: ReplyCardCommand) => replied(&body);

    /// Accept a reply 办结
    ///
    /// Once every issue on the card is closed, and the stamped reply is here.
    accept_card "/cards/{id}:accept" (body: WordedCardCommand) =>
        worded(&body, Action::AcceptCard, |note| CardCommand::Accept { note });

    /// Upgrade a card 升级
    ///
    /// White to yellow, yellow to red: where the reply is late, or does not hold. The graver card is drafted, and
    /// signed and delivered as any other.
    upgrade_card "/cards/{id}:upgrade" (body: WordedCardCommand) =>
        worded(&body, Action::UpgradeCard, |reason| CardCommand::Upgrade { reason });

    /// Withdraw a card 撤回
    ///
    /// It does not hold, with the reason on record; a number that it has stays its own.
    withdraw_card "/cards/{id}:withdraw" (body: WordedCardCommand) =>
        worded(&body, Action::WithdrawCard, |reason| CardCommand::Withdraw { reason });

    /// Comment on a card 批注
    ///
    /// On record, and nothing else: no clock moves.
    comment_card "/cards/{id}:comment" (body: WordedCardCommand) =>
        worded(&body, Action::CommentCard, |text| CardCommand::Comment { text });
}
