//! The problems of machine accounts and their tokens.

use domain::access::{Errand, Errands, Role};
use utoipa::IntoResponses;

use super::accounts::{ends, guessing};
use super::{Responses, grouped, signed_in};
use crate::accounts;
use crate::problem::{Error, TokenRefusal};

/// Making a machine account.
#[derive(Debug)]
pub struct CreateMachineProblems;

/// Changing a machine account.
#[derive(Debug)]
pub struct UpdateMachineProblems;

/// Giving a machine another secret.
#[derive(Debug)]
pub struct SecretProblems;

/// Revoking a machine's secret.
#[derive(Debug)]
pub struct RevokeSecretProblems;

/// Asking for a machine's token.
#[derive(Debug)]
pub struct TokenProblems;

impl IntoResponses for CreateMachineProblems {
    fn responses() -> Responses {
        let unknown = accounts::check_place(Role::Bureau, Some("x"), &[], &|_| false, &|_| false);
        grouped(signed_in().chain(machine()).chain(unknown.err()))
    }
}

impl IntoResponses for UpdateMachineProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::NotFound]).chain(machine()))
    }
}

impl IntoResponses for SecretProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::NotFound, Error::SecretsTooMany]).chain(ends()))
    }
}

impl IntoResponses for RevokeSecretProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::NotFound]))
    }
}

impl IntoResponses for TokenProblems {
    fn responses() -> Responses {
        let refusals = [
            TokenRefusal::Request("`grant_type` is missing.".to_owned()),
            TokenRefusal::GrantType,
            TokenRefusal::Scope("issues:all".to_owned()),
            TokenRefusal::Client,
        ];
        grouped(refusals.into_iter().map(Error::from).chain([guessing()]))
    }
}

/// A machine account that cannot be.
fn machine() -> impl Iterator<Item = Error> {
    let refused = [
        accounts::name("").map(drop),
        accounts::check_errands(&Errands::new(), Role::Bureau),
        accounts::check_errands(&Errands::from([Errand::WorkIssues]), Role::Office),
    ];
    refused.into_iter().filter_map(Result::err).chain(ends())
}
