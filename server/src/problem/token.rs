//! Why a machine gets no token, in the words of RFC 6749, 5.2.

use actix_web::http::StatusCode;

use super::texts::{Told, say};

/// Why a machine gets no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// A parameter is missing, stands twice, or the body is no form.
    #[error("invalid request: {0}")]
    Request(String),
    /// Client id and secret do not fit, or the account is closed or over.
    #[error("invalid client")]
    Client,
    /// Another grant than `client_credentials`.
    #[error("unsupported grant type")]
    GrantType,
    /// A scope that is unknown or not this machine's.
    #[error("invalid scope: {0}")]
    Scope(String),
}

impl TokenRefusal {
    /// The member `error`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Request(_) => "invalid_request",
            Self::Client => "invalid_client",
            Self::GrantType => "unsupported_grant_type",
            Self::Scope(_) => "invalid_scope",
        }
    }

    pub(super) fn told(&self) -> Told {
        match self {
            Self::Request(detail) => say(
                StatusCode::BAD_REQUEST,
                "token-request-invalid",
                detail.clone(),
                "Send a form (application/x-www-form-urlencoded) with grant_type=client_credentials.",
            ),
            Self::Client => say(
                StatusCode::UNAUTHORIZED,
                "client-invalid",
                "Client id and secret do not belong together, or the account is closed or has ended.",
                "Check both; an administrator can give the machine another secret.",
            ),
            Self::GrantType => say(
                StatusCode::BAD_REQUEST,
                "grant-type-unsupported",
                "The only grant there is for machines is client_credentials.",
                "Send grant_type=client_credentials; people sign in with POST /sessions.",
            ),
            Self::Scope(scope) => say(
                StatusCode::BAD_REQUEST,
                "scope-invalid",
                format!("This machine has no scope {scope:?}."),
                "Leave `scope` out to get every scope it has, or ask an administrator for more.",
            ),
        }
    }
}
