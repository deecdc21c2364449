//! Code and hint of every [`Refusal`] of a step.

use actix_web::http::StatusCode;
use domain::workflow::Refusal;

use super::{Told, say};

#[allow(clippy::too_many_lines)] // a table
pub(super) fn refused(refusal: Refusal) -> Told {
    let (code, hint) = match refusal {
        Refusal::WrongStage(_) => {
            ("wrong-stage", "Read the issue again: `allowed` lists the steps it can take now.")
        }
        Refusal::NotLead => {
            ("not-lead", "Only the lead bureau takes this step; you are cooperating.")
        }
        Refusal::Blind => ("blind-unreleased", "Release the finding first; bureaus cannot see it."),
        Refusal::NotOffered => (
            "not-offered",
            "Nobody is asked to claim it now. The office offers it, or dispatches it.",
        ),
        Refusal::NotCandidate => {
            ("not-candidate", "It is offered to others. If it is yours, tell the creation office.")
        }
        Refusal::OfferOver => (
            "offer-over",
            "Another bureau has it, or its time is over. There is nothing to do; if it is yours, tell the creation office.",
        ),
        Refusal::ClaimDeclined => {
            ("claim-declined", "You have said so already. If it is yours after all, claim it.")
        }
        Refusal::OfferedAlready => (
            "offered-already",
            "Wait until the offer is over, or dispatch the issue: that withdraws it.",
        ),
        Refusal::CandidatesWrong => {
            ("candidates-wrong", "Name the bureaus that may own it, 1 to 20, in `candidates`.")
        }
        Refusal::ReturnWindowOver => {
            ("return-window-over", "Rectify it, or ask the creation office to redispatch it.")
        }
        Refusal::ReturnsSpent => ("returns-spent", "Ask the office for a coordination meeting."),
        Refusal::ReasonMissing => ("reason-missing", "Say why, in words."),
        Refusal::AfterPhotoMissing => (
            "after-photo-missing",
            "Take a photo of the place as it is now and name it in `photos`.",
        ),
        Refusal::AfterPhotoNotStored => {
            ("after-photo-not-stored", "Wait until the bureau's after-photo has been uploaded.")
        }
        Refusal::AfterPhotoUnreadable => (
            "after-photo-unreadable",
            "No picture can be made of the after-photo. Reopen the issue; the bureau takes a new one.",
        ),
        Refusal::AfterPhotoSeenBefore => (
            "after-photo-seen-before",
            "The same picture was sent with another report or rectification. Take a new one at the place.",
        ),
        Refusal::AfterPhotoCopied => (
            "after-photo-copied",
            "The picture is a copy of an earlier one; `findings` of the photo tells which. Take a new one at the place.",
        ),
        Refusal::AfterPhotoTooEarly => (
            "after-photo-too-early",
            "The after-photo must be taken after the issue was dispatched.",
        ),
        Refusal::AfterPhotoTooFar => (
            "after-photo-too-far",
            "The after-photo must be taken near the issue, by a position that tells; `findings` has the metres.",
        ),
        Refusal::MergeIntoItself => ("merge-into-itself", "Name the other issue in `into`."),
        Refusal::MergeIntoEnded(_) => {
            ("merge-into-ended", "Merge the ended one's duplicate into an issue that is open.")
        }
        Refusal::MergeBlind => {
            ("merge-blind", "Release the blind finding first, or merge it with a blind one.")
        }
        Refusal::MergeIntoUndispatched => (
            "merge-into-undispatched",
            "Merge the other way round: into the issue that a bureau works on.",
        ),
        Refusal::ExtensionWithoutLimit => {
            ("extension-without-limit", "Nothing is late without a limit: go on.")
        }
        Refusal::ExtensionTooLate => {
            ("extension-too-late", "Rectify it; whoever is late asks the office to override.")
        }
        Refusal::NoStageOpen => ("no-stage-open", "Only the last stage is left: rectify it."),
        Refusal::ExtensionNotLater => ("extension-not-later", "Ask for an instant after `due_at`."),
        Refusal::DeferralOver => (
            "deferral-over",
            "Ask for an instant still to come; what was asked for can only be declined.",
        ),
        Refusal::UntilTooFar => {
            ("until-too-far", "Ask for at most 366 days; what takes longer is shelved.")
        }
        Refusal::RequestPending => {
            ("request-pending", "Wait for the office to decide on what was asked for.")
        }
        Refusal::FormMissing => ("form-missing", "Add a photo of the stamped form to `photos`."),
        Refusal::RequestMissing => {
            ("request-missing", "It was decided on, or lapsed: read the issue again.")
        }
        Refusal::NotCooperating => {
            ("not-cooperating", "Name a bureau of `cooperating`; the office dispatches anew.")
        }
        Refusal::PartAccepted => ("part-accepted", "Nothing more to accept: go on with the work."),
        Refusal::PartNotAccepted => ("part-not-accepted", "Accept the part first: `:accept-part`."),
        Refusal::PartNotOwed => {
            ("part-not-owed", "Read the issue again; the lead or the office sets a sub-task.")
        }
        Refusal::PartDuePast => ("part-due-past", "Name an instant to come, or none."),
        Refusal::PartDueAfterIssue => {
            ("part-due-after-issue", "Name an instant that is no later than `due_at` of the issue.")
        }
        Refusal::PartsOwed => (
            "parts-owed",
            "Wait for the bureaus of `parts` that owe theirs, or ask the office to release them.",
        ),
        Refusal::RequestSamePerson => {
            ("request-same-person", "Somebody else of the office has to approve it, too.")
        }
        Refusal::DraftsTooMany => {
            ("drafts-too-many", "The bureau has to look at what was sent before, or discard it.")
        }
        Refusal::MergeSuspended => ("merge-suspended", "Resume it first, then merge."),
        Refusal::DeskByOffice
        | Refusal::OnSiteOwed
        | Refusal::VerifierRectified
        | Refusal::VerifierOfBureau => verifying(refusal),
    };
    say(StatusCode::CONFLICT, code, format!("The step was refused: {refusal}."), hint)
}

/// Of those that say who looks again, and how.
fn verifying(refusal: Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::DeskByOffice => (
            "desk-by-office",
            "Go there and say `on_site`; what the desk looks at is for the creation office.",
        ),
        Refusal::OnSiteOwed => (
            "on-site-owed",
            "Have somebody go there, or look by a camera; `verification` says why it has to be.",
        ),
        Refusal::VerifierRectified => ("verifier-rectified", "Somebody else has to look at it."),
        _ => ("verifier-of-bureau", "An inspector or the creation office has to look at it."),
    }
}
