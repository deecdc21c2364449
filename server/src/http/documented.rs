//! The problems an operation can answer with, for the OpenAPI document. Their examples are the real
//! texts, so that the document cannot say one thing and the server another.

use std::collections::BTreeMap;

use domain::access::Errand;
use domain::workflow::{Refusal, Stage};
use serde_json::{Value, json};
use utoipa::IntoResponses;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use crate::accounts::Must;
use crate::http::health;
use crate::intake::both_sides_missing;
use crate::problem::Error;
use crate::rates;

mod accounts;
mod aside;
mod cards;
mod changes;
mod links;
mod machines;
mod notices;
mod papers;
mod sign_in;
mod verification;
pub use accounts::{
    AccountCareProblems, AccountListProblems, CreateAccountProblems, ImportAccountsProblems,
    RemoveSecondFactorProblems, UpdateAccountProblems,
};
pub use aside::{AnswerProblems, CountListProblems, CountProblems, SuggestionProblems};
pub use cards::{CardCommandProblems, CardDraftProblems, CardRulesProblems};
pub use changes::{PullProblems, SnapshotProblems, StreamProblems};
pub use links::{
    DraftCareProblems, GuestDraftProblems, GuestIssueProblems, GuestPhotoProblems,
    GuestPictureProblems, LinkCareProblems, MakeLinkProblems,
};
pub use machines::{
    CreateMachineProblems, RevokeSecretProblems, SecretProblems, TokenProblems,
    UpdateMachineProblems,
};
pub use notices::{
    ChannelMessageProblems, ChannelProblems, NoticeListProblems, RetryProblems, SetChannelProblems,
};
pub use papers::{BulletinMemberProblems, BulletinProblems, PaperProblems};
pub use sign_in::{
    BeginSecondFactorProblems, ChangePasswordProblems, ConfirmSecondFactorProblems, DeviceProblems,
    HandoverProblems, IdentifiedProblems, OwnDeviceProblems, RedeemProblems, RefreshProblems,
    RemoveMySecondFactorProblems, SignInProblems, SignedInProblems,
};
pub use verification::TaskProblems;

/// Reading something that has no id.
#[derive(Debug)]
pub struct ListProblems;

/// Reading a list page by page.
#[derive(Debug)]
pub struct PagedProblems;

/// Getting a list as a file.
#[derive(Debug)]
pub struct ExportProblems;

/// Setting what the campaign works towards.
#[derive(Debug)]
pub struct CampaignProblems;

/// Reading a map.
#[derive(Debug)]
pub struct MapProblems;

/// Reading one thing.
#[derive(Debug)]
pub struct ReadProblems;

/// Sending a report.
#[derive(Debug)]
pub struct ReportProblems;

/// Sending many reports.
#[derive(Debug)]
pub struct BatchProblems;

/// Sending a photo.
#[derive(Debug)]
pub struct PhotoProblems;

/// Reading a picture made of a photo.
#[derive(Debug)]
pub struct RenditionProblems;

/// Reading a photo with its watermark.
#[derive(Debug)]
pub struct WatermarkProblems;

/// Checking or trying a draft of the routing rules.
#[derive(Debug)]
pub struct DraftProblems;

/// Asking what a problem is and where it would go.
#[derive(Debug)]
pub struct SuggestProblems;

/// Trying reference data out, or taking it in.
#[derive(Debug)]
pub struct ImportProblems;

/// Asking whether the database answers.
#[derive(Debug)]
pub struct ReadinessProblems;

/// Working an issue.
#[derive(Debug)]
pub struct CommandProblems;

pub(super) type Responses = BTreeMap<String, RefOr<Response>>;

impl IntoResponses for ListProblems {
    fn responses() -> Responses {
        grouped(signed_in())
    }
}

impl IntoResponses for PagedProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::invalid("limit-invalid", "`limit` is 0, not 1 to 200.")]))
    }
}

impl IntoResponses for ExportProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::invalid("stage-unknown", "`stage` lost is not a stage."),
            Error::ExportTooLong { most: crate::export::MOST },
        ]))
    }
}

impl IntoResponses for CampaignProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::invalid(
            "evaluation-over",
            "`evaluation_on` 2026-11-19 is over: today is 2026-11-20.",
        )]))
    }
}

impl IntoResponses for MapProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::invalid("bbox-invalid", "`bbox` is not west,south,east,north in degrees."),
            super::maps::too_many(),
        ]))
    }
}

impl IntoResponses for ReadProblems {
    fn responses() -> Responses {
        grouped([Error::Unauthenticated, Error::TokenExpired, Error::Forbidden, Error::NotFound])
    }
}

impl IntoResponses for DraftProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::TooLarge { limit: crate::rules::MAX_TEXT as u64 },
            Error::RulesUnreadable { why: "unknown field `lede`".to_owned(), line: Some(12) },
            Error::invalid("limit-invalid", "`limit` is 0, not 1 to 100000."),
        ]))
    }
}

impl IntoResponses for SuggestProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::invalid("category-unknown", "`category` 9999 is not in the taxonomy."),
            Error::invalid("condition-unknown", "`condition` 9999A is not one of category 0101."),
            Error::invalid("text-too-long", "`text` has more than 2000 characters."),
        ]))
    }
}

impl IntoResponses for ReadinessProblems {
    fn responses() -> Responses {
        grouped([
            Error::NotReady(health::DRAINING),
            Error::NotReady(health::NO_DATABASE),
            Error::NotReady(health::NO_ROOM),
        ])
    }
}

impl IntoResponses for ReportProblems {
    fn responses() -> Responses {
        grouped([
            malformed(),
            broken_off(),
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::ReportConflict,
            Error::TooLarge { limit: 1_048_576 },
            Error::invalid("category-unknown", "`category` 9999 is not in the taxonomy."),
            Error::invalid("condition-unknown", "`condition` 9999A is not one of category 0101."),
            Error::invalid("manifest-invalid", "photos[0].bytes is not between 1 and 26214400."),
            both_sides_missing(),
            Error::Overtaken,
        ])
    }
}

impl IntoResponses for BatchProblems {
    fn responses() -> Responses {
        grouped([
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::MediaType { taken: "application/x-ndjson" },
            Error::Busy,
        ])
    }
}

impl IntoResponses for PhotoProblems {
    fn responses() -> Responses {
        grouped([
            broken_off(),
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::PhotoNotInManifest,
            Error::TooLarge { limit: 26_214_400 },
            Error::invalid("photo-digest-mismatch", "The bytes that arrived have another SHA-256."),
            Error::invalid("photo-length-mismatch", "80 bytes arrived, the manifest says 183422."),
            Error::invalid(
                "photo-type-mismatch",
                "The bytes show image/png, not what the manifest says.",
            ),
            Error::invalid(
                "photo-header-unreadable",
                "The header cannot be read: the file is damaged (corrupt).",
            ),
            Error::invalid(
                "photo-too-many-pixels",
                "The photo has 30000 × 30000 pixels; at most 200 million are taken.",
            ),
            Error::Overtaken,
        ])
    }
}

impl IntoResponses for RenditionProblems {
    fn responses() -> Responses {
        grouped(rendition())
    }
}

impl IntoResponses for WatermarkProblems {
    fn responses() -> Responses {
        grouped(rendition().into_iter().chain([Error::FontMissing]))
    }
}

fn rendition() -> [Error; 7] {
    [
        Error::Unauthenticated,
        Error::TokenExpired,
        Error::Forbidden,
        Error::NotFound,
        Error::RenditionPending,
        Error::PhotoUnreadable { problem: "truncated".to_owned() },
        Error::RenditionUnsupported,
    ]
}

impl IntoResponses for ImportProblems {
    fn responses() -> Responses {
        let row = json!({"source": "areas.geojson", "line": 3, "kind": "area", "code": "429901001000",
            "fate": "refused", "why": "its parent 429901 is not known"});
        let count =
            json!({"kind": "area", "added": 0, "changed": 0, "same": 14, "refused": 1, "left": 0});
        let plan = json!({"counts": [count], "rows": [row], "rows_omitted": 0, "notes": []});
        grouped(signed_in().chain([
            Error::ImportRunning,
            Error::ReferenceStale { in_force: 8 },
            Error::TooLarge { limit: 67_108_864 },
            Error::ImportRefused { plan: Box::new(plan) },
            Error::invalid("kind-unknown", "`kind` colours is none of district, areas, …."),
            Error::invalid("option-invalid", "`level`: street is no level."),
            Error::invalid("part-unknown", "A part is called \"photo\", not `file`."),
            Error::invalid("files-too-many", "There are more than 500 files."),
            Error::invalid(
                "reference-invalid",
                "reference data: area `429901001000` is part of itself",
            ),
            Error::Overtaken,
        ]))
    }
}

impl IntoResponses for CommandProblems {
    fn responses() -> Responses {
        grouped([
            malformed(),
            broken_off(),
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::NotFound,
            Error::Refused(Refusal::WrongStage(Stage::Closed)),
            Error::Refused(Refusal::NotLead),
            Error::Refused(Refusal::MergeIntoEnded(Stage::Closed)),
            Error::Refused(Refusal::MergeIntoUndispatched),
            Error::Refused(Refusal::MergeBlind),
            Error::CommandConflict,
            Error::VersionStale { current: Box::new(json!({"id": 412, "version": 4})) },
            Error::invalid(
                "condition-unknown",
                "`condition` 9999A of `category` 9999 is not in the taxonomy.",
            ),
            Error::invalid(
                "condition-unpublished",
                "`condition` C0101B is not published: the mapping does not cover the limit \"4小时\". \
                 Complete the mapping and import the standard again, or file by another condition.",
            ),
            Error::VersionMissing,
            Error::Overtaken,
        ])
    }
}

fn broken_off() -> Error {
    Error::BodyBrokenOff("a payload reached EOF, but is not complete".to_owned())
}

fn malformed() -> Error {
    Error::Malformed("unknown field `cat` at line 1 column 12".to_owned())
}

/// What whoever must be signed in can be told, whatever is asked.
pub(super) fn signed_in() -> impl Iterator<Item = Error> {
    [malformed(), Error::Unauthenticated, Error::TokenExpired, Error::Forbidden].into_iter()
}

/// One response a status, one example a code. Whatever asks for an access token is refused as well until
/// its owner has done what they must do first.
pub(super) fn grouped(errors: impl IntoIterator<Item = Error>) -> Responses {
    let must = |error: &Error| match error {
        Error::TokenExpired => vec![Must::ChangePassword, Must::SetUpSecondFactor],
        _ => Vec::new(),
    };
    let with = |error: Error| {
        let first = must(&error);
        std::iter::once(error).chain(first.into_iter().map(Must::refusal))
    };
    by_status(errors.into_iter().flat_map(with))
}

/// One response a status, one example a code, of what can be asked whatever must be done first.
///
/// What asks for a token also asks a machine's for its scope, and counts whoever shows it.
fn by_status(errors: impl IntoIterator<Item = Error>) -> Responses {
    let mut errors: Vec<Error> = errors.into_iter().collect();
    if errors.iter().any(|error| matches!(error, Error::Unauthenticated)) {
        errors.push(Error::ScopeMissing(Some(Errand::ReadIssues)));
        errors.push(Error::TooManyRequests { policy: rates::ACCOUNT, wait_s: 1 });
    }
    let mut by_status: BTreeMap<u16, Vec<(String, String, Value)>> = BTreeMap::new();
    for error in errors {
        let problem = error.problem();
        let (status, code, detail) = (problem.status, problem.code.clone(), problem.detail.clone());
        let value = serde_json::to_value(problem).unwrap_or_default();
        by_status.entry(status).or_default().push((code, detail, value));
    }
    by_status
        .into_iter()
        .map(|(status, told)| (status.to_string(), response(&told).into()))
        .collect()
}

fn response(told: &[(String, String, Value)]) -> Response {
    let codes: Vec<&str> = told.iter().map(|(code, ..)| code.as_str()).collect();
    let description = format!("A problem: {}.", codes.join(", "));
    let examples = told.iter().map(|(code, detail, value)| {
        let example = ExampleBuilder::new().summary(detail).value(Some(value.clone())).build();
        (code.clone(), example)
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .examples_from_iter(examples)
        .build();
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build()
}
