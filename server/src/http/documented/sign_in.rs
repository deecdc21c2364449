//! The problems of signing in and of what somebody does for themselves. What a value is refused with is
//! asked of the rules themselves.

use utoipa::IntoResponses;

use super::accounts::guessing;
use super::{Responses, by_status, grouped, malformed};
use crate::accounts;
use crate::actions::change_password::{password_unchanged, password_wrong};
use crate::actions::second_factor::{code_wrong, nothing_to_confirm};
use crate::actions::tell_unsent;
use crate::passwords;
use crate::problem::Error;

/// Signing in.
#[derive(Debug)]
pub struct SignInProblems;

/// Exchanging a refresh token.
#[derive(Debug)]
pub struct RefreshProblems;

/// What asks for nothing but a good access token.
#[derive(Debug)]
pub struct SignedInProblems;

/// The same, whatever must be done first.
#[derive(Debug)]
pub struct IdentifiedProblems;

/// Ending one session of one's own.
#[derive(Debug)]
pub struct DeviceProblems;

/// Saying what a device holds.
#[derive(Debug)]
pub struct OwnDeviceProblems;

/// Changing one's own password.
#[derive(Debug)]
pub struct ChangePasswordProblems;

/// Beginning to set a second factor up.
#[derive(Debug)]
pub struct BeginSecondFactorProblems;

/// Confirming a second factor.
#[derive(Debug)]
pub struct ConfirmSecondFactorProblems;

/// Removing one's own second factor.
#[derive(Debug)]
pub struct RemoveMySecondFactorProblems;

/// Making a code for another device.
#[derive(Debug)]
pub struct HandoverProblems;

/// Signing in with such a code.
#[derive(Debug)]
pub struct RedeemProblems;

/// The longest lock there is at first, seconds: an example.
const LOCKED: Error = Error::SignInLocked { seconds: 900 };

fn token() -> impl Iterator<Item = Error> {
    [Error::Unauthenticated, Error::TokenExpired].into_iter()
}

fn device() -> Option<Error> {
    accounts::device("\n".to_owned()).err()
}

impl IntoResponses for SignInProblems {
    fn responses() -> Responses {
        let refused = [
            malformed(),
            Error::CredentialsInvalid,
            Error::SecondFactorRequired,
            Error::SecondFactorInvalid,
            LOCKED,
            guessing(),
        ];
        by_status(refused.into_iter().chain(device()))
    }
}

impl IntoResponses for RefreshProblems {
    fn responses() -> Responses {
        let too_often = Error::TooManyRequests { policy: crate::rates::REFRESHES, wait_s: 1 };
        by_status([malformed(), Error::RefreshTokenInvalid, too_often])
    }
}

impl IntoResponses for SignedInProblems {
    fn responses() -> Responses {
        grouped(token())
    }
}

impl IntoResponses for IdentifiedProblems {
    fn responses() -> Responses {
        by_status(token())
    }
}

impl IntoResponses for DeviceProblems {
    fn responses() -> Responses {
        grouped(token().chain([malformed(), Error::NotFound]))
    }
}

impl IntoResponses for OwnDeviceProblems {
    fn responses() -> Responses {
        grouped(token().chain([malformed()]).chain(tell_unsent::refusal()))
    }
}

impl IntoResponses for ChangePasswordProblems {
    fn responses() -> Responses {
        let weak = passwords::check_new("qwertyuiop1", "inspector01", "王芳", 3).err();
        let refused = [malformed(), password_wrong(), password_unchanged(), LOCKED];
        by_status(token().chain(refused).chain(weak))
    }
}

impl IntoResponses for BeginSecondFactorProblems {
    fn responses() -> Responses {
        let refused = [malformed(), Error::SecondFactorExists, password_wrong(), LOCKED];
        by_status(token().chain(refused))
    }
}

impl IntoResponses for ConfirmSecondFactorProblems {
    fn responses() -> Responses {
        let refused =
            [malformed(), Error::SecondFactorExists, code_wrong(), nothing_to_confirm(), LOCKED];
        by_status(token().chain(refused))
    }
}

impl IntoResponses for RemoveMySecondFactorProblems {
    fn responses() -> Responses {
        let refused = [malformed(), Error::NotFound, password_wrong(), code_wrong(), LOCKED];
        grouped(token().chain(refused))
    }
}

impl IntoResponses for HandoverProblems {
    fn responses() -> Responses {
        grouped(token().chain([malformed(), Error::Forbidden]))
    }
}

impl IntoResponses for RedeemProblems {
    fn responses() -> Responses {
        by_status([malformed(), Error::HandoverInvalid, guessing()].into_iter().chain(device()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::accounts::tests::{FORBIDDEN, says};
    use super::*;

    #[test]
    fn every_way_to_be_refused_at_signing_in_is_told() {
        says::<SignInProblems>(&[
            ("400", "request-malformed"),
            ("401", "credentials-invalid, second-factor-required, second-factor-invalid"),
            ("422", "device-invalid"),
            ("429", "sign-in-locked, too-many-requests"),
        ]);
        says::<RedeemProblems>(&[
            ("400", "request-malformed"),
            ("401", "handover-invalid"),
            ("422", "device-invalid"),
            ("429", "too-many-requests"),
        ]);
    }

    #[test]
    fn what_must_be_done_first_is_told_where_it_is_asked() {
        says::<HandoverProblems>(&[
            ("400", "request-malformed"),
            ("401", "token-invalid, token-expired"),
            ("403", FORBIDDEN),
            ("429", "too-many-requests"),
        ]);
        says::<IdentifiedProblems>(&[
            ("401", "token-invalid, token-expired"),
            ("403", "scope-missing"),
            ("429", "too-many-requests"),
        ]);
    }

    #[test]
    fn so_is_what_a_password_and_a_code_are_refused_with() {
        says::<ChangePasswordProblems>(&[
            ("400", "request-malformed"),
            ("401", "token-invalid, token-expired"),
            ("403", "scope-missing"),
            ("422", "password-wrong, password-unchanged, password-weak"),
            ("429", "sign-in-locked, too-many-requests"),
        ]);
        says::<ConfirmSecondFactorProblems>(&[
            ("400", "request-malformed"),
            ("401", "token-invalid, token-expired"),
            ("403", "scope-missing"),
            ("409", "second-factor-exists"),
            ("422", "code-wrong, second-factor-not-begun"),
            ("429", "sign-in-locked, too-many-requests"),
        ]);
    }
}
