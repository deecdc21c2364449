//! The problems of supervision cards.

use domain::cards::{CardRefusal, CardStage};
use utoipa::IntoResponses;

use super::{Responses, broken_off, grouped, malformed, signed_in};
use crate::problem::Error;

/// Drafting a card.
#[derive(Debug)]
pub struct CardDraftProblems;

/// Taking a step with a card.
#[derive(Debug)]
pub struct CardCommandProblems;

/// Setting the rules that draft cards.
#[derive(Debug)]
pub struct CardRulesProblems;

impl IntoResponses for CardDraftProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::CardConflict,
            Error::CardRefused(CardRefusal::IssueEnded),
            Error::CardRefused(CardRefusal::IssueOfOthers),
            Error::CardRefused(CardRefusal::Blind),
            Error::invalid("bureau-unknown", "There is no bureau nobody."),
            Error::invalid("issue-unknown", "There is no issue 99."),
            Error::invalid("card-issues", "`issues` names 0, not 1 to 100."),
            Error::invalid(
                "colour-missing",
                "`colour` is missing: only vertical units and companies get a letter.",
            ),
            Error::invalid("text-missing", "`facts` says nothing."),
            Error::Overtaken,
        ]))
    }
}

impl IntoResponses for CardCommandProblems {
    fn responses() -> Responses {
        grouped([
            malformed(),
            broken_off(),
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::NotFound,
            Error::CardRefused(CardRefusal::WrongStage(CardStage::Accepted)),
            Error::CardRefused(CardRefusal::DrafterSigns),
            Error::CardRefused(CardRefusal::IssueOpen),
            Error::CardRefused(CardRefusal::ReplyNotLate),
            Error::CommandConflict,
            Error::CardStale { version: 4 },
            Error::VersionMissing,
            Error::invalid("text-too-long", "`text` has more than 2000 characters."),
            Error::Overtaken,
        ])
    }
}

impl IntoResponses for CardRulesProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::CardStale { version: 2 },
            Error::invalid("card-rules-invalid", "`amount` of rule overdue-1d is not 1 to 10000."),
        ]))
    }
}
