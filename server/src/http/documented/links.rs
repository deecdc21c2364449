//! The problems of links 链接 and of what is sent by them.

use domain::workflow::{Refusal, Stage};
use utoipa::IntoResponses;

use super::{Responses, broken_off, grouped, malformed, signed_in};
use crate::problem::{Error, LinkRefusal};
use crate::rates;

/// Making a link.
#[derive(Debug)]
pub struct MakeLinkProblems;

/// Taking one back.
#[derive(Debug)]
pub struct LinkCareProblems;

/// Throwing a draft away.
#[derive(Debug)]
pub struct DraftCareProblems;

/// Looking at the issue of a link.
#[derive(Debug)]
pub struct GuestIssueProblems;

/// Looking at a photo of it.
#[derive(Debug)]
pub struct GuestPictureProblems;

/// Sending a draft by a link.
#[derive(Debug)]
pub struct GuestDraftProblems;

/// Sending a photo of a draft.
#[derive(Debug)]
pub struct GuestPhotoProblems;

impl IntoResponses for MakeLinkProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::NotFound,
            LinkRefusal::Conflict.into(),
            LinkRefusal::LinksTooMany(10).into(),
            Error::Refused(Refusal::Blind),
            Error::Refused(Refusal::WrongStage(Stage::Closed)),
            Error::invalid("link-for-whom", "`for_whom` is not 1 to 40 characters on one line."),
            Error::invalid("link-hours", "`hours` is not 1 to 336."),
            Error::invalid("text-too-long", "`task` has more than 500 characters."),
        ]))
    }
}

impl IntoResponses for LinkCareProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::NotFound, LinkRefusal::Unknown.into()]))
    }
}

impl IntoResponses for DraftCareProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::NotFound, LinkRefusal::DraftUnknown.into()]))
    }
}

/// What every holder of a link can be told.
fn held() -> impl Iterator<Item = Error> {
    [
        LinkRefusal::Invalid.into(),
        LinkRefusal::Expired.into(),
        LinkRefusal::Revoked.into(),
        LinkRefusal::Over.into(),
        Error::TooManyRequests { policy: rates::LINKS, wait_s: 1 },
    ]
    .into_iter()
}

impl IntoResponses for GuestIssueProblems {
    fn responses() -> Responses {
        grouped(held())
    }
}

impl IntoResponses for GuestPictureProblems {
    fn responses() -> Responses {
        grouped(held().chain([
            Error::NotFound,
            Error::RenditionPending,
            Error::RangeUnsatisfiable { length: 183_422 },
        ]))
    }
}

impl IntoResponses for GuestDraftProblems {
    fn responses() -> Responses {
        grouped(held().chain([
            malformed(),
            broken_off(),
            LinkRefusal::DraftConflict.into(),
            LinkRefusal::DraftsSpent(20).into(),
            Error::Refused(Refusal::WrongStage(Stage::Rectified)),
            Error::Refused(Refusal::DraftsTooMany),
            Error::TooLarge { limit: 1_048_576 },
            Error::invalid(
                "draft-empty",
                "The draft says nothing: there is neither a photo nor a `note`.",
            ),
            Error::invalid("manifest-invalid", "photos[0].bytes is not between 1 and 15728640."),
            Error::invalid("text-too-long", "`note` has more than 2000 characters."),
        ]))
    }
}

impl IntoResponses for GuestPhotoProblems {
    fn responses() -> Responses {
        grouped(held().chain([
            broken_off(),
            LinkRefusal::DraftUnknown.into(),
            Error::PhotoNotInManifest,
            Error::TooLarge { limit: 15_728_640 },
            Error::invalid("photo-digest-mismatch", "The bytes that arrived have another SHA-256."),
            Error::invalid("photo-length-mismatch", "512 bytes arrived, the manifest says 90112."),
            Error::invalid(
                "photo-type-mismatch",
                "The bytes show image/png, not what the manifest says.",
            ),
            Error::invalid(
                "photo-too-many-pixels",
                "The photo has 30000 × 30000 pixels; at most 200 million are taken.",
            ),
        ]))
    }
}
