//! Code and hint of every [`CardRefusal`].

use actix_web::http::StatusCode;
use domain::cards::CardRefusal;

use super::{Told, say};

pub(super) fn refused(refusal: CardRefusal) -> Told {
    let (code, hint) = match refusal {
        CardRefusal::WrongStage(_) => {
            ("card-wrong-stage", "Read the card again: `allowed` lists the steps it can take now.")
        }
        CardRefusal::DrafterSigns => {
            ("card-drafter-signs", "Somebody else of the office has to sign it.")
        }
        CardRefusal::NotAddressee => {
            ("card-not-addressee", "The bureau that the card is addressed to replies.")
        }
        CardRefusal::ReplyIncomplete => {
            ("card-reply-incomplete", "Fill in `cause`, `measures` and `person`.")
        }
        CardRefusal::ScanMissing => {
            ("card-scan-missing", "Add a photo of the stamped reply to `scan`.")
        }
        CardRefusal::ScanNotStored => {
            ("card-scan-not-stored", "Wait until the bureau's photo of the stamped reply is here.")
        }
        CardRefusal::IssueOpen => (
            "card-issue-open",
            "Have every issue on the card verified first: `issues` shows which are open.",
        ),
        CardRefusal::ReplyNotLate => {
            ("card-reply-not-late", "Wait for the reply, or until `reply_due_at` is over.")
        }
        CardRefusal::RedIsGravest => {
            ("card-red-is-gravest", "Propose a talk or accountability: GET /cards/proposals.")
        }
        CardRefusal::LetterHasNoColour => {
            ("card-letter-has-no-colour", "Draft another letter, or write to its superior.")
        }
        CardRefusal::ReasonMissing => ("reason-missing", "Say why, in words."),
        CardRefusal::Blind => ("card-blind", "Release the finding first; bureaus cannot see it."),
        CardRefusal::IssueOfOthers => (
            "card-issue-of-others",
            "Name issues that the bureau leads or helps with, or address their lead.",
        ),
        CardRefusal::IssueEnded => ("card-issue-ended", "Leave issues out that are not open."),
    };
    say(StatusCode::CONFLICT, code, format!("The step was refused: {refusal}."), hint)
}
