//! The problems of papers.

use utoipa::IntoResponses;

use super::{Responses, grouped, signed_in};
use crate::problem::Error;
use crate::store::spans;

/// Printing something.
#[derive(Debug)]
pub struct PaperProblems;

/// Previewing or issuing a bulletin.
#[derive(Debug)]
pub struct BulletinProblems;

/// Listing the issues behind a bulletin.
#[derive(Debug)]
pub struct BulletinMemberProblems;

impl IntoResponses for BulletinMemberProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::NotFound,
            Error::invalid("table-unknown", "`table` lost is none"),
            Error::invalid("figure-unknown", "`figure` lost is none that a bulletin counts."),
            Error::invalid("limit-invalid", "`limit` is 0, not 1 to 200."),
        ]))
    }
}

impl IntoResponses for BulletinProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::BulletinConflict,
            spans::too_many(spans::MEMBERS_MOST),
            Error::invalid("period-invalid", "a period that does not end after it begins"),
            Error::invalid("title-too-long", "a title of more than 60 characters"),
            Error::Overtaken,
        ]))
    }
}

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
