//! The problems of tasks of looking again.

use domain::workflow::{Refusal, Stage};
use utoipa::IntoResponses;

use super::{Responses, grouped, signed_in};
use crate::problem::Error;

/// Taking a task, giving it back, handing it to somebody.
#[derive(Debug)]
pub struct TaskProblems;

impl IntoResponses for TaskProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([
            Error::NotFound,
            Error::TaskTaken,
            Error::Refused(Refusal::WrongStage(Stage::Closed)),
            Error::Refused(Refusal::VerifierRectified),
            Error::Refused(Refusal::VerifierOfBureau),
            Error::Refused(Refusal::DeskByOffice),
            Error::invalid("inspector-unknown", "`account` 9 is no inspector who sees the issue."),
            Error::Overtaken,
        ]))
    }
}
