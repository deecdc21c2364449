//! The problems an operation can answer with, for the OpenAPI document. Their examples are the real
//! texts, so that the document cannot say one thing and the server another.

use std::collections::BTreeMap;

use domain::workflow::{Refusal, Stage};
use serde_json::{Value, json};
use utoipa::IntoResponses;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use crate::problem::Error;

mod accounts;
pub use accounts::{
    AccountListProblems, CreateAccountProblems, RefreshProblems, SignInProblems, SignedInProblems,
    UpdateAccountProblems,
};

/// Reading something that has no id.
#[derive(Debug)]
pub struct ListProblems;

/// Reading a map.
#[derive(Debug)]
pub struct MapProblems;

/// Reading one thing.
#[derive(Debug)]
pub struct ReadProblems;

/// Pulling changes.
#[derive(Debug)]
pub struct PullProblems;

/// Sending a report.
#[derive(Debug)]
pub struct ReportProblems;

/// Sending a photo.
#[derive(Debug)]
pub struct PhotoProblems;

/// Asking whether the database answers.
#[derive(Debug)]
pub struct ReadinessProblems;

impl IntoResponses for ReadinessProblems {
    fn responses() -> Responses {
        grouped([Error::Storage(schema::DbError::Unavailable)])
    }
}

/// Working an issue.
#[derive(Debug)]
pub struct CommandProblems;

type Responses = BTreeMap<String, RefOr<Response>>;

impl IntoResponses for ListProblems {
    fn responses() -> Responses {
        grouped([malformed(), Error::Unauthenticated, Error::TokenExpired, Error::Forbidden])
    }
}

impl IntoResponses for MapProblems {
    fn responses() -> Responses {
        grouped([
            malformed(),
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::invalid("bbox-invalid", "`bbox` is not west,south,east,north in degrees."),
            super::maps::too_many(),
        ])
    }
}

impl IntoResponses for ReadProblems {
    fn responses() -> Responses {
        grouped([Error::Unauthenticated, Error::TokenExpired, Error::Forbidden, Error::NotFound])
    }
}

impl IntoResponses for PullProblems {
    fn responses() -> Responses {
        grouped([
            malformed(),
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::MustRefetch,
        ])
    }
}

impl IntoResponses for ReportProblems {
    fn responses() -> Responses {
        grouped([
            malformed(),
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::ReportConflict,
            Error::TooLarge { limit: 1_048_576 },
            Error::invalid("category-unknown", "`category` 9999 is not in the taxonomy."),
            Error::invalid("manifest-invalid", "photos[0].bytes is not between 1 and 26214400."),
            Error::Overtaken,
        ])
    }
}

impl IntoResponses for PhotoProblems {
    fn responses() -> Responses {
        grouped([
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
        ])
    }
}

impl IntoResponses for CommandProblems {
    fn responses() -> Responses {
        grouped([
            malformed(),
            Error::Unauthenticated,
            Error::TokenExpired,
            Error::Forbidden,
            Error::NotFound,
            Error::Refused(Refusal::WrongStage(Stage::Closed)),
            Error::Refused(Refusal::NotLead),
            Error::CommandConflict,
            Error::VersionStale { current: Box::new(json!({"id": 412, "version": 4})) },
            Error::invalid(
                "condition-unknown",
                "`condition` 9999A of `category` 9999 is not in the taxonomy.",
            ),
            Error::VersionMissing,
            Error::Overtaken,
        ])
    }
}

fn malformed() -> Error {
    Error::Malformed("unknown field `cat` at line 1 column 12".to_owned())
}

/// One response a status, one example a code.
fn grouped(errors: impl IntoIterator<Item = Error>) -> Responses {
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
