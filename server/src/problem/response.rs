//! A problem as a response: its headers, and what the log is told.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};

use super::{Error, LinkRefusal, texts};

impl Error {
    /// Seconds after which the same request may succeed; none where waiting does not help.
    pub fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests { wait_s, .. } => Some(*wait_s),
            Self::SignInLocked { seconds } => Some(u64::try_from(*seconds).unwrap_or_default()),
            // Whatever is held ends within a minute.
            Self::WaitingTooMany { .. } => Some(10),
            Self::BodyBrokenOff(_) => Some(1),
            Self::RenditionPending | Self::Link(LinkRefusal::DraftPhotoPending) => Some(2),
            Self::FontMissing | Self::PaperFontMissing => None,
            _ => {
                let passes = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::INSUFFICIENT_STORAGE];
                passes.contains(&texts::told(self).status).then_some(2)
            }
        }
    }

    /// Tells the log of a failure of the server's own.
    pub fn log(&self) {
        // Asked every few seconds by whoever watches, who logs it.
        if texts::told(self).status.is_server_error() && !matches!(self, Self::NotReady(_)) {
            tracing::error!(error = %self, "request failed");
        }
    }

    /// How to sign in where that failed.
    fn scheme(&self) -> HeaderValue {
        match self {
            Self::NoToken(_) => HeaderValue::from_static("Basic realm=\"zhoubian\""),
            Self::Link(_) => HeaderValue::from_static("Link"),
            _ => HeaderValue::from_static("Bearer"),
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        texts::told(self).status
    }

    fn error_response(&self) -> HttpResponse {
        self.log();
        let problem = self.problem();
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, self.scheme()));
        }
        // A browser may keep a 404 or a 410 and give it to whoever asks next, with another token (RFC 9111, 4.2.2).
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Self::RangeUnsatisfiable { length } = self {
            response.insert_header((header::CONTENT_RANGE, format!("bytes */{length}")));
        }
        if let Self::Upload(refusal) = self {
            refusal.headers(&mut response);
        }
        if let Some(seconds) = self.retry_after_s() {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        response.content_type("application/problem+json").json(problem)
    }
}
