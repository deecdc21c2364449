//! `/issues/{id}:<verb>`: one step each, idempotent by its command id.

use actix_web::http::header::{ETAG, IF_MATCH};
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, post};
use domain::access::Action;
use domain::workflow::{Command, Wish};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::actions::command_issue::{Ask, command_issue};
use crate::actions::links::AdoptedPhoto;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::CommandProblems;
use crate::http::issues::etag;
use crate::intake::{ManifestPhoto, canonical_hash, check_text};
use crate::problem::Error;
use crate::viewings::{Way, shown, shown_blind};
use crate::views::IssueView;

mod bodies;
mod claim;
mod parts;
mod suspension;

pub use bodies::{
    DecideCommand, DismissCommand, DispatchCommand, ExtendCommand, FileCommand, MergeCommand,
    OverrideCommand, PlainCommand, RectifyCommand, ReturnCommand, VerifyCommand,
};
pub use claim::{DeclineClaimCommand, OfferCommand};
pub use parts::{FinishCommand, ReleasePartCommand, TaskCommand};
pub use suspension::{DeferCommand, NoteCommand, ShelveCommand};

/// A command's parts, apart from who asks and on which version.
struct Step {
    action: Action,
    id: Uuid,
    content: serde_json::Value,
    command: Command,
    photos: Vec<ManifestPhoto>,
    adopt: Vec<AdoptedPhoto>,
}

impl Step {
    fn new(
        action: Action,
        id: Uuid,
        body: &impl Serialize,
        command: Command,
    ) -> Result<Self, Error> {
        let content = serde_json::to_value(body)?;
        Ok(Self { action, id, content, command, photos: Vec::new(), adopt: Vec::new() })
    }

    fn with(self, photos: Vec<ManifestPhoto>) -> Self {
        Self { photos, ..self }
    }

    fn adopting(self, adopt: Vec<AdoptedPhoto>) -> Self {
        Self { adopt, ..self }
    }
}

/// The version in If-Match: one strong ETag.
pub(super) fn version(request: &HttpRequest) -> Result<i64, Error> {
    let header = request.headers().get(IF_MATCH).ok_or(Error::VersionMissing)?;
    let quoted =
        header.to_str().ok().and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"'));
    let number = quoted.and_then(|text| text.parse().ok());
    number.ok_or_else(|| {
        Error::Malformed("If-Match is not an ETag of an issue, such as \"3\".".to_owned())
    })
}

async fn take(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    issue: i64,
    step: Step,
) -> Result<HttpResponse, Error> {
    let content = json!({"of": step.action.operation_id(), "issue": issue, "body": step.content});
    let ask = Ask {
        actor: who.actor(&app),
        action: step.action,
        issue,
        version: version(&request)?,
        id: step.id,
        content_hash: canonical_hash(&content)?,
        command: step.command,
        photos: step.photos,
        adopt: step.adopt,
    };
    let account = ask.actor.account;
    let done = command_issue(&app, ask).await;
    // Whoever decided on an older version is shown the one there is.
    if let Err(Error::VersionStale { current }) = &done
        && current["blind"] == true
    {
        shown_blind(&app, account, Way::Opened, vec![issue]).await?;
    }
    let issue = done?;
    shown(&app, account, Way::Opened, [&issue]).await?;
    let view = IssueView::new(&issue, &app.gazetteer());
    Ok(HttpResponse::Ok().insert_header((ETAG, etag(issue.version)?)).json(view))
}

/// Declares the handler of one command: its document, its path and how its body becomes a step.
macro_rules! commands {
    ($(
        $(#[doc = $doc:literal])+
        $handler:ident $path:literal ($body:ident : $Body:ty) => $step:expr;
    )+) => { $(
        $(#[doc = $doc])+
        #[utoipa::path(
            tag = "commands",
            params(
                ("id" = i64, Path, description = "The issue's number.", example = 412),
                ("If-Match" = String, Header, description = "The ETag it was decided on.", example = "\"3\""),
            ),
            request_body = $Body,
            responses(
                (status = 200, description = "Done; the issue as it then stood.", body = IssueView,
                    headers(("ETag" = String, description = "Its version, quoted."))),
                CommandProblems,
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

commands! {
    /// File an issue 立案
    ///
    /// Takes a report up; the routing rules then find its bureaus, or it waits in the unrouted queue.
    file_issue "/issues/{id}:file" (body: FileCommand) => Step::new(
        Action::FileIssue, body.command_id, &body,
        Command::File { category: body.category.clone(), condition: body.condition.clone() },
    );

    /// Refuse a report 不予立案
    ///
    /// It is not taken up, with the reason on record.
    refuse_issue "/issues/{id}:refuse" (body: DismissCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::RefuseIssue, body.command_id, &body,
            Command::Refuse { reason: body.reason, note: body.note.clone() },
        ));

    /// Void an issue 作废
    ///
    /// A false alarm, a duplicate or not in the district: it leaves the figures.
    void_issue "/issues/{id}:void" (body: DismissCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::VoidIssue, body.command_id, &body,
            Command::Void { reason: body.reason, note: body.note.clone() },
        ));

    /// Merge an issue into another 合并
    ///
    /// They are the same problem: the other one has its reports and their photos from now on, the earlier of
    /// the two limits and, within a category, the graver condition. This one leaves lists of open issues and
    /// the figures; the history of each tells of it. Neither what waits for verification is merged, nor what
    /// was dispatched into what was not, nor what is blind with what is not.
    merge_issue "/issues/{id}:merge" (body: MergeCommand) => Step::new(
        Action::MergeIssue, body.command_id, &body, Command::Merge { into: body.into },
    );

    /// Release a blind finding
    ///
    /// From now on bureaus may see it.
    release_issue "/issues/{id}:release" (body: PlainCommand) =>
        Step::new(Action::ReleaseIssue, body.command_id, &body, Command::Release);

    /// Dispatch an issue 派遣
    ///
    /// Sends it to a lead and cooperating bureaus: what is unrouted 待派 or was returned 退回, and also, in
    /// their place, what others have or had. The clock starts at the first dispatch and is kept by later ones.
    dispatch_issue "/issues/{id}:dispatch" (body: DispatchCommand) => check_text("reason", &body.reason)
        .and_then(|()| Step::new(
            Action::DispatchIssue, body.command_id, &body,
            Command::Dispatch {
                lead: body.lead.clone(),
                cooperating: body.cooperating.clone(),
                because: None,
                reason: body.reason.clone(),
            },
        ));

    /// Offer an issue to those who may own it 挂出认领
    ///
    /// What is unrouted 待派 or was returned 退回: the first of them that claims it answers for it, the others drop out
    /// or help. Nobody's clock runs meanwhile but the office's. It is withdrawn by dispatching it; when nobody claims
    /// it in time, or all decline, it is unrouted again.
    offer_issue "/issues/{id}:offer" (body: OfferCommand) => check_text("reason", &body.reason)
        .and_then(|()| body.limit())
        .and_then(|within| Step::new(
            Action::OfferIssue, body.command_id, &body,
            Command::Offer {
                candidates: body.candidates.clone(),
                within,
                others_help: body.others_help,
                reason: body.reason.clone(),
            },
        ));

    /// Claim an issue 认领
    ///
    /// A bureau that it is offered to takes it: it leads, has accepted it by that, and its clock starts. Whoever comes
    /// second hears `offer-over`.
    claim_issue "/issues/{id}:claim" (body: PlainCommand) =>
        Step::new(Action::ClaimIssue, body.command_id, &body, Command::Claim);

    /// Decline to claim an issue 不认领
    ///
    /// A bureau that it is offered to says why it is not theirs. It may still claim it while the offer runs. Once all
    /// have declined the offer is over.
    decline_claim "/issues/{id}:decline-claim" (body: DeclineClaimCommand) => check_text("reason", &body.reason)
        .and_then(|()| Step::new(
            Action::DeclineClaim, body.command_id, &body,
            Command::DeclineClaim { reason: body.reason.clone() },
        ));

    /// Accept an issue 签收
    ///
    /// The lead bureau takes it.
    accept_issue "/issues/{id}:accept" (body: PlainCommand) =>
        Step::new(Action::AcceptIssue, body.command_id, &body, Command::Accept);

    /// Return an issue 退回
    ///
    /// The lead bureau says it is not theirs: within the window, at most twice.
    return_issue "/issues/{id}:return" (body: ReturnCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::ReturnIssue, body.command_id, &body,
            Command::Return { reason: body.reason, note: body.note.clone() },
        ));

    /// Rectify an issue 整改
    ///
    /// The lead bureau says it is done, and announces its after-photos.
    rectify_issue "/issues/{id}:rectify" (body: RectifyCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::RectifyIssue, body.command_id, &body,
            Command::Rectify {
                outcome: body.outcome,
                note: body.note.clone(),
                photos: with_adopted(&body.photos, &body.adopt),
            },
        ))
        .map(|step| step.with(body.photos).adopting(body.adopt));

    /// Secure an issue 阶段完成
    ///
    /// The lead bureau says that a stage before its limit's last is done, such as fencing it off, and announces photos
    /// of it. The limit stays; what is due next is the following stage.
    secure_issue "/issues/{id}:secure" (body: FinishCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::SecureIssue, body.command_id, &body,
            Command::Secure { note: body.note.clone(), photos: ids(&body.photos) },
        ))
        .map(|step| step.with(body.photos));

    /// Ask for a later limit 延期申请
    ///
    /// The lead bureau asks before the limit is over, and announces a photo of the stamped form from the second
    /// time on. The office decides; what was asked for lapses when the issue leaves the bureau's hands.
    extend_issue "/issues/{id}:extend" (body: ExtendCommand) => check_text("reason", &body.reason)
        .and_then(|()| Step::new(
            Action::ExtendIssue, body.command_id, &body,
            Command::Ask {
                wish: Wish::Extension { until: body.until },
                reason: body.reason.clone(),
                photos: ids(&body.photos),
            },
        ))
        .map(|step| step.with(body.photos));

    /// Ask for a deferral 缓办申请, or order it
    ///
    /// It cannot be done before a date: once two persons of the office are for it, the clock stands still, from when
    /// it was asked for, until that date; then it comes back by itself with as much time as was left. The lead asks
    /// for what it has accepted. What the office orders has its first level by that.
    defer_issue "/issues/{id}:defer" (body: DeferCommand) => check_text("reason", &body.reason)
        .and_then(|()| Step::new(
            Action::DeferIssue, body.command_id, &body,
            Command::Ask {
                wish: Wish::Deferral { until: body.until },
                reason: body.reason.clone(),
                photos: ids(&body.photos),
            },
        ))
        .map(|step| step.with(body.photos));

    /// Ask for an issue to be shelved 挂账申请, or order it
    ///
    /// It cannot be solved now: once two persons of the office are for it, the clock stands still, from when it was
    /// asked for, and it is reviewed every month. With the money it needs and a photo of the stamped form. The lead
    /// asks for what it has accepted. What the office orders has its first level by that.
    shelve_issue "/issues/{id}:shelve" (body: ShelveCommand) => body.check()
        .and_then(|()| check_text("reason", &body.reason))
        .and_then(|()| Step::new(
            Action::ShelveIssue, body.command_id, &body,
            Command::Ask {
                wish: Wish::Shelving { cost_yuan: body.cost_yuan },
                reason: body.reason.clone(),
                photos: ids(&body.photos),
            },
        ))
        .map(|step| step.with(body.photos));

    /// Take a deferred or shelved issue up again 恢复办理
    ///
    /// The office, or the lead that can do it after all; in words. It stands where it stood, with as much time as
    /// was left when its clock stopped.
    resume_issue "/issues/{id}:resume" (body: NoteCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::ResumeIssue, body.command_id, &body, Command::Resume { note: body.note.clone() },
        ));

    /// Review a shelved issue 挂账复核
    ///
    /// The office looked at it, and it still cannot be solved; the next review is due a month later. What can be
    /// solved is resumed instead.
    review_issue "/issues/{id}:review" (body: NoteCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::ReviewIssue, body.command_id, &body, Command::Review { note: body.note.clone() },
        ));

    /// Decide on what was asked for 审批
    ///
    /// A later limit 延期, a deferral 缓办 or shelving 挂账: two persons of the office have to be for it, one after
    /// the other. With the second the limit moves, and the first one is kept beside it, or the clock stands still.
    /// One against it is enough.
    decide_issue "/issues/{id}:decide" (body: DecideCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::DecideIssue, body.command_id, &body,
            Command::Decide { approved: body.approved, note: body.note.clone() },
        ));

    /// Set the sub-task of a cooperating bureau 子任务
    ///
    /// The lead or the office says what it has to do, and by when. Said again once it was done, it is sent back.
    set_task "/issues/{id}:set-task" (body: TaskCommand) => check_text("task", &body.task)
        .and_then(|()| Step::new(
            Action::SetTask, body.command_id, &body,
            Command::SetTask { bureau: body.bureau.clone(), task: body.task.clone(), due_at: body.due_at },
        ));

    /// Accept one's part 协办签收
    ///
    /// A cooperating bureau takes its part.
    accept_part "/issues/{id}:accept-part" (body: PlainCommand) =>
        Step::new(Action::AcceptPart, body.command_id, &body, Command::AcceptPart);

    /// Finish one's part 协办完成
    ///
    /// A cooperating bureau says that its sub-task is done, and announces photos of it. The lead rectifies once
    /// every sub-task is done or released, and all of it is verified together.
    finish_part "/issues/{id}:finish-part" (body: FinishCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::FinishPart, body.command_id, &body,
            Command::FinishPart { note: body.note.clone(), photos: with_adopted(&body.photos, &body.adopt) },
        ))
        .map(|step| step.with(body.photos).adopting(body.adopt));

    /// Release a cooperating bureau from its part
    ///
    /// The office lets it off, with the reason on record: it is in no figure of that bureau.
    release_part "/issues/{id}:release-part" (body: ReleasePartCommand) => check_text("reason", &body.reason)
        .and_then(|()| Step::new(
            Action::ReleasePart, body.command_id, &body,
            Command::ReleasePart { bureau: body.bureau.clone(), reason: body.reason.clone() },
        ));

    /// Verify an issue 核查
    ///
    /// Somebody who is neither the rectifier nor of a bureau on it passes it (closed) or fails it
    /// (reopened, rework counted). What `verification` says has to be looked at on site is not passed from the desk.
    verify_issue "/issues/{id}:verify" (body: VerifyCommand) => check_text("note", &body.note)
        .and_then(|()| Step::new(
            Action::VerifyIssue, body.command_id, &body,
            Command::Verify {
                passed: body.passed,
                note: body.note.clone(),
                photos: ids(&body.photos),
                way: body.way,
            },
        ))
        .map(|step| step.with(body.photos));

    /// Override: close without a passed verification
    ///
    /// The office's alone, with the reason on record.
    override_issue "/issues/{id}:override" (body: OverrideCommand) => check_text("reason", &body.reason)
        .and_then(|()| Step::new(
            Action::OverrideIssue, body.command_id, &body,
            Command::Override { reason: body.reason.clone() },
        ));
}

fn ids(photos: &[ManifestPhoto]) -> Vec<String> {
    photos.iter().map(|photo| photo.photo_id.to_string()).collect()
}

/// The ids of what is announced and of what is taken over.
fn with_adopted(photos: &[ManifestPhoto], adopt: &[AdoptedPhoto]) -> Vec<String> {
    let adopted = adopt.iter().map(|photo| photo.photo_id.to_string());
    ids(photos).into_iter().chain(adopted).collect()
}
