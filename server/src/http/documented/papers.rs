//! The problems of papers.

use utoipa::IntoResponses;

use super::{Responses, grouped};
use crate::problem::Error;

/// Printing something.
#[derive(Debug)]
pub struct PaperProblems;

impl IntoResponses for PaperProblems {
    fn responses() -> Responses {
        grouped([
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::NotFound,
            Error::PaperFontMissing,
        ])
    }
}
