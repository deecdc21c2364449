//! The problems of accounts. What a value is refused with is asked of the rules
//! themselves.

use domain::access::Role;
use jiff::Timestamp;
use serde_json::json;
use utoipa::IntoResponses;

use super::{Responses, grouped, signed_in};
use crate::accounts;
use crate::actions::second_factor;
use crate::http::accounts::page_size;
use crate::passwords;
use crate::problem::Error;

/// Listing accounts.
#[derive(Debug)]
pub struct AccountListProblems;

/// Creating an account.
#[derive(Debug)]
pub struct CreateAccountProblems;

/// Changing an account.
#[derive(Debug)]
pub struct UpdateAccountProblems;

/// Importing people.
#[derive(Debug)]
pub struct ImportAccountsProblems;

/// Looking after somebody's devices, or unlocking them.
#[derive(Debug)]
pub struct AccountCareProblems;

/// Removing somebody's second factor.
#[derive(Debug)]
pub struct RemoveSecondFactorProblems;

impl IntoResponses for AccountListProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain(page_size(Some(0)).err()))
    }
}

impl IntoResponses for CreateAccountProblems {
    fn responses() -> Responses {
        let login = accounts::login("王芳").err();
        grouped(signed_in().chain([Error::LoginTaken]).chain(login).chain(account()).chain(ends()))
    }
}

impl IntoResponses for UpdateAccountProblems {
    fn responses() -> Responses {
        let own = accounts::check_own(Role::Admin, false, None).err();
        grouped(signed_in().chain([Error::NotFound]).chain(own).chain(account()).chain(ends()))
    }
}

impl IntoResponses for ImportAccountsProblems {
    fn responses() -> Responses {
        let row = json!({"line": 3, "login": "liqiang", "fate": "refused",
            "why": "单位 \"城管\" is not known", "password": null});
        grouped(signed_in().chain([
            Error::ImportRunning,
            Error::TooLarge { limit: 4_194_304 },
            Error::PeopleRefused { rows: Box::new(json!([row])) },
            Error::invalid("list-unreadable", "no header row with 账号 (login), 姓名 (name) and 角色 (role) is found in the first 20 rows"),
            Error::invalid("option-invalid", "`encoding` is neither utf-8 nor gb18030."),
            Error::Overtaken,
        ]))
    }
}

impl IntoResponses for AccountCareProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::NotFound]))
    }
}

impl IntoResponses for RemoveSecondFactorProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([Error::NotFound, second_factor::not_ones_own()]))
    }
}

/// What is counted by address, since it can be guessed.
pub(super) fn guessing() -> Error {
    Error::TooManyRequests { policy: crate::rates::SIGN_INS, wait_s: 12 }
}

/// An end that lies behind already.
pub(super) fn ends() -> impl Iterator<Item = Error> {
    accounts::check_end(Some(Timestamp::UNIX_EPOCH), Timestamp::MAX).err().into_iter()
}

/// An account that cannot be.
fn account() -> impl Iterator<Item = Error> {
    let place = |role: Role, bureau: Option<&str>, areas: &[String]| {
        accounts::check_place(role, bureau, areas, &|_| false, &|_| false)
    };
    let refused = [
        accounts::name("").map(drop),
        passwords::check_new("qwertyuiop1", "inspector01", "王芳", 3),
        place(Role::Bureau, None, &[]),
        place(Role::Office, Some("chengguan"), &[]),
        place(Role::Bureau, Some("chengguang"), &[]),
        place(Role::Inspector, None, &["340199".to_owned()]),
    ];
    refused.into_iter().filter_map(Result::err)
}

#[cfg(test)]
pub(super) mod tests {
    use utoipa::openapi::RefOr;

    use super::*;

    fn told<P: IntoResponses>() -> Vec<(String, String)> {
        let told = P::responses().into_iter().map(|(status, response)| match response {
            RefOr::T(response) => (status, response.description),
            RefOr::Ref(_) => panic!("{status} is told elsewhere"),
        });
        told.collect()
    }

    pub(in crate::http::documented) fn says<P: IntoResponses>(expected: &[(&str, &str)]) {
        let expected = expected
            .iter()
            .map(|(status, codes)| ((*status).to_owned(), format!("A problem: {codes}.")));
        assert_eq!(told::<P>(), expected.collect::<Vec<_>>());
    }

    pub(in crate::http::documented) const FORBIDDEN: &str =
        "password-change-required, second-factor-setup-required, forbidden, scope-missing";

    #[test]
    fn every_rule_of_an_account_is_told() {
        let rules = "name-invalid, password-weak, bureau-missing, bureau-unexpected, \
                     bureau-unknown, area-unknown, ends-at-past";
        says::<CreateAccountProblems>(&[
            ("400", "request-malformed"),
            ("401", "token-invalid, token-expired"),
            ("403", FORBIDDEN),
            ("409", "login-taken"),
            ("422", &format!("login-invalid, {rules}")),
            ("429", "too-many-requests"),
        ]);
        says::<UpdateAccountProblems>(&[
            ("400", "request-malformed"),
            ("401", "token-invalid, token-expired"),
            ("403", FORBIDDEN),
            ("404", "not-found"),
            ("422", &format!("own-account, {rules}")),
            ("429", "too-many-requests"),
        ]);
    }

    #[test]
    fn so_is_the_size_of_a_page() {
        says::<AccountListProblems>(&[
            ("400", "request-malformed"),
            ("401", "token-invalid, token-expired"),
            ("403", FORBIDDEN),
            ("422", "limit-invalid"),
            ("429", "too-many-requests"),
        ]);
    }

    #[test]
    fn and_what_looking_after_somebody_is_refused_with() {
        says::<RemoveSecondFactorProblems>(&[
            ("400", "request-malformed"),
            ("401", "token-invalid, token-expired"),
            ("403", FORBIDDEN),
            ("404", "not-found"),
            ("422", "own-account"),
            ("429", "too-many-requests"),
        ]);
    }
}
