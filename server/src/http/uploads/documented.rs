//! The problems that requests about uploads can end with.

use utoipa::IntoResponses;

use crate::http::documented::{Responses, grouped};
use crate::problem::{Error, UploadRefusal as No};

/// Beginning to send a photo.
pub(super) struct CreateUploadProblems;
/// Asking how far it is.
pub(super) struct GetUploadProblems;
/// Sending a part of it.
pub(super) struct SendUploadProblems;
/// Ending it.
pub(super) struct EndUploadProblems;

const FRESH: &str = "http://127.0.0.1:8080/api/v1/uploads/\
     0198f3a0-0000-7000-8000-00000000000a.0198f3a0-0000-7000-8000-000000000001.2";

/// What every request under `/uploads` can end with.
fn common() -> Vec<Error> {
    vec![No::Version.into(), Error::Unauthenticated, Error::TokenExpired, Error::Forbidden]
}

/// What a request about one upload can end with.
fn of_one() -> Vec<Error> {
    let fresh = || FRESH.to_owned();
    let problem = "photo-digest-mismatch".to_owned();
    let over = [
        No::Expired { fresh: fresh() },
        No::Ended { fresh: fresh() },
        No::Refused { problem, fresh: fresh() },
        No::Busy,
    ];
    common().into_iter().chain([Error::NotFound]).chain(over.map(Error::from)).collect()
}

/// What a body can end with.
fn of_bodies() -> Vec<Error> {
    let photo =
        |code, detail: &str| No::Photo { code, detail: detail.to_owned(), fresh: FRESH.to_owned() };
    let refused = [
        No::Offset { offset: 65_536 },
        No::TooLong { left: 117_886 },
        No::Checksum("the algorithm is neither sha1 nor sha256".to_owned()),
        No::ChecksumMismatch,
        No::TooMany,
        No::Stalled,
        No::BrokenOff,
        photo("photo-digest-mismatch", "The bytes that arrived have another SHA-256."),
        photo("photo-type-mismatch", "The bytes show image/png, not what the manifest says."),
        photo(
            "photo-header-unreadable",
            "The header cannot be read: the file is damaged (corrupt).",
        ),
        photo(
            "photo-too-many-pixels",
            "The photo has 30000 × 30000 pixels; at most 200 million are taken.",
        ),
    ];
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    refused.map(Error::from).into_iter().chain([Error::Overtaken, Error::File(full)]).collect()
}

impl IntoResponses for CreateUploadProblems {
    fn responses() -> Responses {
        let own = [
            No::Length("is missing".to_owned()),
            No::Metadata("has no photo_id".to_owned()),
            No::Extension("A deferred length"),
            No::BeforeReport,
            No::OtherBytes,
            No::Busy,
        ];
        let own = own.map(Error::from).into_iter().chain([Error::TooLarge { limit: 26_214_400 }]);
        grouped(common().into_iter().chain(own).chain(of_bodies()))
    }
}

impl IntoResponses for GetUploadProblems {
    fn responses() -> Responses {
        grouped(of_one())
    }
}

impl IntoResponses for SendUploadProblems {
    fn responses() -> Responses {
        let own = [No::OffsetUnreadable("is missing".to_owned()), No::Type];
        grouped(of_one().into_iter().chain(own.map(Error::from)).chain(of_bodies()))
    }
}

impl IntoResponses for EndUploadProblems {
    fn responses() -> Responses {
        grouped(of_one().into_iter().chain([No::Finished.into()]))
    }
}
