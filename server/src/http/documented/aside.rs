//! The problems of what is sent beside reports: counts, complaints and suggestions.

use domain::count::CountRefusal;
use utoipa::IntoResponses;

use super::{Responses, grouped, malformed, signed_in};
use crate::actions::{count, suggest};
use crate::problem::Error;

/// Sending a count.
#[derive(Debug)]
pub struct CountProblems;

/// Listing counts.
#[derive(Debug)]
pub struct CountListProblems;

/// Sending a complaint or suggestion.
#[derive(Debug)]
pub struct SuggestionProblems;

/// Answering one.
#[derive(Debug)]
pub struct AnswerProblems;

impl IntoResponses for CountProblems {
    fn responses() -> Responses {
        let refused = CountRefusal::MoreRightThanSeen;
        grouped(signed_in().chain([
            Error::CountConflict,
            Error::invalid("count-invalid", format!("No such count: {refused}.")),
            Error::invalid("category-unknown", "`category` 9999 is not in the taxonomy."),
            Error::invalid("condition-unknown", "`condition` 9999A is not one of category 0404."),
            count::not_counted("0101"),
        ]))
    }
}

impl IntoResponses for CountListProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::invalid("limit-invalid", "`limit` is 0, not 1 to 200."),
            Error::invalid("area-unknown", "`area` 429999 is not an area."),
        ]))
    }
}

impl IntoResponses for SuggestionProblems {
    fn responses() -> Responses {
        grouped(suggested().into_iter().chain([Error::SuggestionConflict]))
    }
}

impl IntoResponses for AnswerProblems {
    fn responses() -> Responses {
        let refused = [Error::NotFound, Error::SuggestionAnswered, Error::CommandConflict];
        grouped(suggested().into_iter().chain(refused))
    }
}

fn suggested() -> [Error; 6] {
    [
        malformed(),
        Error::Unauthenticated,
        Error::TokenExpired,
        Error::Forbidden,
        suggest::text_missing(),
        Error::invalid("text-too-long", "`text` has more than 2000 characters."),
    ]
}
