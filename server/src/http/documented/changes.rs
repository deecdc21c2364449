//! What goes wrong with pulling changes.

use utoipa::IntoResponses;

use super::{Responses, grouped, signed_in};
use crate::problem::Error;

/// Pulling changes.
#[derive(Debug)]
pub struct PullProblems;

/// Reading what to pull on from.
#[derive(Debug)]
pub struct SnapshotProblems;

/// Hearing that something changed.
#[derive(Debug)]
pub struct StreamProblems;

impl IntoResponses for PullProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::MustRefetch,
            Error::invalid("limit-invalid", "`limit` is 0, not 1 to 1000."),
            Error::invalid("wait-invalid", "`wait` is 90, not 0 to 60."),
            Error::WaitingTooMany { most: 32 },
            Error::WaitingFull,
        ]))
    }
}

impl IntoResponses for SnapshotProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::MustRefetch,
            Error::invalid("limit-invalid", "`limit` is 0, not 1 to 1000."),
        ]))
    }
}

impl IntoResponses for StreamProblems {
    fn responses() -> Responses {
        grouped([
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::WaitingTooMany { most: 32 },
            Error::WaitingFull,
        ])
    }
}
