//! Status, code, detail and hint of every [`Error`].

use std::io::ErrorKind;

use actix_web::http::StatusCode;
use schema::DbError;

use super::Error;

mod cards;
mod refusals;

/// What a client is told.
pub(super) struct Told {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: String,
    pub hint: &'static str,
}

pub(super) fn say(
    status: StatusCode,
    code: &'static str,
    detail: impl Into<String>,
    hint: &'static str,
) -> Told {
    Told { status, code, detail: detail.into(), hint }
}

const REPORT_IT: &str = "Try again; if it stays, tell the operator the time and this code.";

#[allow(clippy::too_many_lines)]
pub(super) fn told(error: &Error) -> Told {
    use StatusCode as S;
    match error {
        Error::Unauthenticated => say(
            S::UNAUTHORIZED,
            "token-invalid",
            "There is no bearer token, or it is not one of ours.",
            "Sign in with POST /sessions and send the access token as `Authorization: Bearer …`.",
        ),
        Error::TokenExpired => say(
            S::UNAUTHORIZED,
            "token-expired",
            "The access token has expired.",
            "Get a new one with POST /sessions:refresh and send the request again.",
        ),
        Error::Forbidden => say(
            S::FORBIDDEN,
            "forbidden",
            "Your account may not do this.",
            "Ask the creation office, or sign in with an account that may.",
        ),
        Error::ScopeMissing(Some(errand)) => say(
            S::FORBIDDEN,
            "scope-missing",
            format!("This needs the scope {errand}, and the machine's token has it not."),
            "Ask an administrator for the scope, or for a token with it if the machine has it.",
        ),
        Error::ScopeMissing(None) => say(
            S::FORBIDDEN,
            "scope-missing",
            "No machine may do this: a person has to.",
            "Leave it to somebody who signs in with a password.",
        ),
        Error::NoToken(refusal) => refusal.told(),
        Error::Link(refusal) => refusal.told(),
        Error::Channel(refusal) => refusal.told(),
        Error::SecretsTooMany => say(
            S::CONFLICT,
            "secrets-too-many",
            "The machine has two good secrets already.",
            "Revoke the one that is no longer used, then make another.",
        ),
        Error::TooManyRequests { wait_s, .. } => say(
            S::TOO_MANY_REQUESTS,
            "too-many-requests",
            format!("Too many requests came in too short a time; the next is taken in {wait_s} s."),
            "Wait as long as Retry-After says. RateLimit on every answer tells how many are left.",
        ),
        Error::NotFound => say(
            S::NOT_FOUND,
            "not-found",
            "There is nothing here that you may see.",
            "Check the id; what another bureau answers for is not shown.",
        ),
        Error::CredentialsInvalid => say(
            S::UNAUTHORIZED,
            "credentials-invalid",
            "Login and password do not belong together, or the account is closed.",
            "Check both; an administrator can set a new password.",
        ),
        Error::RefreshTokenInvalid => say(
            S::UNAUTHORIZED,
            "refresh-token-invalid",
            "The refresh token is unknown, spent, revoked or expired.",
            "Sign in again. What waits on the device to be sent stays there.",
        ),
        Error::SignInLocked { .. } => say(
            S::TOO_MANY_REQUESTS,
            "sign-in-locked",
            "Too many attempts to sign in with this login failed. It is locked for a while.",
            "Wait as long as Retry-After says. An administrator can unlock it.",
        ),
        Error::SecondFactorRequired => say(
            S::UNAUTHORIZED,
            "second-factor-required",
            "The password is right; this account also needs a code.",
            "Send login and password again, with the authenticator app's `code` or a recovery code.",
        ),
        Error::SecondFactorInvalid => say(
            S::UNAUTHORIZED,
            "second-factor-invalid",
            "The code is wrong, too old, or was used before.",
            "Wait for the app's next code, or use a recovery code that is left. Phone lost: ask an administrator.",
        ),
        Error::SecondFactorExists => say(
            S::CONFLICT,
            "second-factor-exists",
            "This account has a second factor already.",
            "Remove it first with DELETE /me/second-factor, then set another one up.",
        ),
        Error::PasswordChangeRequired => say(
            S::FORBIDDEN,
            "password-change-required",
            "Before anything else a password of your own must be set.",
            "Set one with PUT /me/password and send the request again.",
        ),
        Error::SecondFactorSetUpRequired => say(
            S::FORBIDDEN,
            "second-factor-setup-required",
            "Your role needs a second factor, and there is none yet.",
            "Set one up with POST /me/second-factor and POST /me/second-factor:confirm.",
        ),
        Error::PasswordWeak(weakness) => say(
            S::UNPROCESSABLE_ENTITY,
            "password-weak",
            weakness.english(),
            "Choose another password; a few unrelated words are good. `words` says it in Chinese too.",
        ),
        Error::HandoverInvalid => say(
            S::UNAUTHORIZED,
            "handover-invalid",
            "The code is unknown, was used before, or its time is over.",
            "Make a new one on the old device, or sign in with login and password.",
        ),
        Error::Malformed(detail) => say(
            S::BAD_REQUEST,
            "request-malformed",
            detail.clone(),
            "Compare the request with the OpenAPI document at /api/v1/openapi.json.",
        ),
        Error::Invalid { code, detail } => say(
            S::UNPROCESSABLE_ENTITY,
            code,
            detail.clone(),
            "Correct the named field and send the request again.",
        ),
        Error::BodyBrokenOff(why) => say(
            S::BAD_REQUEST,
            "body-broken-off",
            format!("The body broke off: {why}."),
            "Send the same request again. Nothing is wrong with what it says.",
        ),
        Error::TooLarge { limit } => say(
            S::PAYLOAD_TOO_LARGE,
            "too-large",
            format!("The body is larger than the {limit} bytes allowed."),
            "Send less at once, or a smaller photo.",
        ),
        Error::RulesUnreadable { why, line } => say(
            S::UNPROCESSABLE_ENTITY,
            "rules-unreadable",
            line.map_or_else(|| why.clone(), |line| format!("Line {line}: {why}")),
            "Correct the named line; docs/reference-data.md says how rules are written.",
        ),
        Error::ReportConflict => say(
            S::CONFLICT,
            "report-conflict",
            "Another report has this id, with other content.",
            "A report never changes once sent. Give the new one an id of its own (UUIDv7).",
        ),
        Error::CountConflict => say(
            S::CONFLICT,
            "count-conflict",
            "Another count has this id, with other content.",
            "A count never changes once sent. Give the new one an id of its own (UUIDv7).",
        ),
        Error::SuggestionConflict => say(
            S::CONFLICT,
            "suggestion-conflict",
            "Another suggestion has this id.",
            "Send it under an id of its own (UUIDv7).",
        ),
        Error::SuggestionAnswered => say(
            S::CONFLICT,
            "suggestion-answered",
            "This suggestion was answered before.",
            "Load it again and read the answer that was given.",
        ),
        Error::CardConflict => say(
            S::CONFLICT,
            "card-conflict",
            "Another card was drafted under this id.",
            "Send it under an id of its own (UUIDv7).",
        ),
        Error::BulletinConflict => say(
            S::CONFLICT,
            "bulletin-id-taken",
            "You issued another bulletin under this id.",
            "Give the new one an id of its own.",
        ),
        Error::CardStale { version } => say(
            S::PRECONDITION_FAILED,
            "card-stale",
            format!("It has changed since you read it: it is at version {version}."),
            "Read it again, decide again, and send that version in If-Match.",
        ),
        Error::TaskTaken => say(
            S::CONFLICT,
            "task-taken",
            "Somebody else has the task.",
            "Take another one of GET /verification-tasks, or wait until its time is over.",
        ),
        Error::CardRefused(refusal) => cards::refused(*refusal),
        Error::CommandConflict => say(
            S::CONFLICT,
            "command-conflict",
            "Another command has this id, with other content.",
            "Give the new command an id of its own.",
        ),
        Error::LoginTaken => say(
            S::CONFLICT,
            "login-taken",
            "Another account has this login.",
            "Choose another login, or change the account that has it.",
        ),
        Error::VersionMissing => say(
            S::PRECONDITION_REQUIRED,
            "precondition-required",
            "A command on an issue needs the version it was decided on.",
            "Read the issue and send its ETag as If-Match.",
        ),
        Error::VersionStale { .. } => say(
            S::PRECONDITION_FAILED,
            "version-stale",
            "The issue has changed since you read it.",
            "Look at `current`, decide again, and send the command with its version in If-Match.",
        ),
        Error::Refused(refusal) => refusals::refused(*refusal),
        Error::PhotoNotInManifest => say(
            S::NOT_FOUND,
            "photo-not-in-manifest",
            "None of your reports or commands announces a photo with this digest.",
            "Send the report (or command) with the photo in its manifest first, then the bytes.",
        ),
        Error::Upload(refusal) => refusal.told(),
        Error::RangeUnsatisfiable { length } => say(
            S::RANGE_NOT_SATISFIABLE,
            "range-unsatisfiable",
            format!("The part that was asked for lies beyond the {length} bytes that there are."),
            "Ask for a part within Content-Range, or for all of it without Range.",
        ),
        Error::RenditionPending => say(
            S::NOT_FOUND,
            "rendition-pending",
            "The photo is here and has not been looked at yet.",
            "Ask again in two seconds.",
        ),
        Error::PhotoUnreadable { problem } => say(
            S::NOT_FOUND,
            "photo-unreadable",
            format!("No picture can be made of this photo: {problem}."),
            "Its bytes are kept as they came: GET /photos/{sha256}. Ask for a new photo.",
        ),
        Error::RenditionUnsupported => say(
            S::NOT_FOUND,
            "rendition-unsupported",
            "No pictures are made of photos of this type; it is kept as it came.",
            "Read its bytes with GET /photos/{sha256} and open them with a program for HEIC.",
        ),
        Error::FontMissing => say(
            S::SERVICE_UNAVAILABLE,
            "watermark-font-missing",
            "The server has no Chinese type to set a watermark in.",
            "The operator installs the package fonts-noto-cjk, or names a font with Chinese in the \
             setting photos.watermark_font.",
        ),
        Error::PaperFontMissing => say(
            S::SERVICE_UNAVAILABLE,
            "paper-font-missing",
            "The server has no Chinese type to set a paper in.",
            "The operator installs the package fonts-noto-cjk, or names fonts with Chinese in the \
             setting paper.fonts.",
        ),
        Error::MustRefetch => say(
            S::GONE,
            "must-refetch",
            "This cursor no longer fits: the installation was restored, what you may see changed, or it \
             lies further back than the feed is kept.",
            "Drop what you hold, read GET /changes/snapshot to its last page, and pull on from its `next`.",
        ),
        Error::WaitingFull => say(
            S::SERVICE_UNAVAILABLE,
            "waiting-full",
            "The server holds as many polls and streams as it may.",
            "Ask without `wait` for now, every half minute, or try again in a moment.",
        ),
        Error::WaitingTooMany { most } => say(
            S::TOO_MANY_REQUESTS,
            "waiting-too-many",
            format!("Your account has {most} polls and streams open already."),
            "End those that nobody reads; one for each device is enough.",
        ),
        Error::ImportRefused { .. } => say(
            S::UNPROCESSABLE_ENTITY,
            "import-refused",
            "Rows cannot be used. Nothing was imported.",
            "`plan` says which and why. Correct them, or send it again with allow_refused=true.",
        ),
        Error::PeopleRefused { .. } => say(
            S::UNPROCESSABLE_ENTITY,
            "people-refused",
            "Rows of the list cannot be used. Nobody was taken in.",
            "`rows` says which and why. Correct them, or send the list again with partial=true.",
        ),
        Error::ImportRunning => say(
            S::CONFLICT,
            "import-running",
            "Another import is under way in this installation.",
            "Wait until it is done, look at what it did, and send this one again.",
        ),
        Error::ReferenceStale { .. } => say(
            S::PRECONDITION_FAILED,
            "reference-stale",
            "The reference data has changed since the dry run.",
            "Make the dry run again and decide on what it shows now.",
        ),
        Error::MediaType { taken } => say(
            S::UNSUPPORTED_MEDIA_TYPE,
            "media-type-unsupported",
            format!("The body's Content-Type is not {taken}."),
            "Say the Content-Type, and send a body of that type.",
        ),
        Error::BatchTooLong => say(
            S::PAYLOAD_TOO_LARGE,
            "batch-too-long",
            format!("A batch has at most {} lines.", crate::http::reports::MAX_REPORTS),
            "Send this line and those after it in another batch.",
        ),
        Error::ExportTooLong { most } => say(
            S::UNPROCESSABLE_ENTITY,
            "export-too-long",
            format!("The list has more than {most} issues."),
            "Narrow the filters, by month or bureau for example, and get the list in parts.",
        ),
        Error::Busy => say(
            S::SERVICE_UNAVAILABLE,
            "busy",
            "The server does as much of this at a time as it may.",
            "Send the same request again after the seconds in Retry-After.",
        ),
        Error::Overtaken => say(
            S::SERVICE_UNAVAILABLE,
            "overtaken",
            "Something else changed while the request was being worked on.",
            "Send the same request again.",
        ),
        Error::Storage(error) => storage(error),
        Error::File(error)
            if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) =>
        {
            full()
        }
        Error::NotReady(why) => say(
            S::SERVICE_UNAVAILABLE,
            "not-ready",
            format!("The server should not be sent requests now: {why}."),
            "Ask another server, or this one again in a moment.",
        ),
        Error::File(_) | Error::Operation(_) | Error::Internal(_) => say(
            S::INTERNAL_SERVER_ERROR,
            "internal",
            "The server failed. Nothing of this request was kept.",
            REPORT_IT,
        ),
    }
}

fn full() -> Told {
    say(
        StatusCode::INSUFFICIENT_STORAGE,
        "storage-full",
        "The server has no room left. Nothing of this request was kept.",
        "Keep what you hold and try again later; the operator has to make room.",
    )
}

fn storage(error: &DbError) -> Told {
    match error {
        error if error.is_full() => full(),
        DbError::Connect(_) | DbError::Unavailable | DbError::GroupLost(_) => say(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The database cannot be reached. Nothing of this request was kept.",
            "Send the same request again in a moment.",
        ),
        // It may have been the commit whose answer was lost.
        DbError::Query(_) if error.is_outage() => say(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The database broke off, and it is not known whether this request was kept.",
            "Send the same request again: what was kept is answered as it was, and nothing is doubled.",
        ),
        DbError::Panicked => say(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "The server failed, and it is not known whether this request was kept.",
            "Send the same request again: what was kept is answered as it was, and nothing is doubled.",
        ),
        DbError::Url(_) | DbError::Query(_) | DbError::Migration(_) => say(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "The server failed. Nothing of this request was kept.",
            REPORT_IT,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_shares_an_outage_is_told_what_it_was() {
        let status = |reason: &str| told(&DbError::GroupLost(reason.to_owned()).into()).status;
        assert_eq!(status("database: database or disk is full"), StatusCode::INSUFFICIENT_STORAGE);
        assert_eq!(status("No space left on device"), StatusCode::INSUFFICIENT_STORAGE);
        assert_eq!(
            status("the connection was lost in full flight"),
            StatusCode::SERVICE_UNAVAILABLE
        );
    }

    #[test]
    fn a_database_that_broke_off_is_to_be_asked_again() {
        use diesel::result::{DatabaseErrorKind, Error as Query};
        let status = |kind, said: &str| {
            told(&Query::DatabaseError(kind, Box::new(said.to_owned())).into()).status
        };
        for said in [
            "server closed the connection unexpectedly",
            "terminating connection because of crash of another server process",
            "the database system is starting up",
            "could not receive data from server: Connection reset by peer",
        ] {
            let told = status(DatabaseErrorKind::Unknown, said);
            assert_eq!(told, StatusCode::SERVICE_UNAVAILABLE, "{said}");
        }
        let closed = status(DatabaseErrorKind::ClosedConnection, "");
        assert_eq!(closed, StatusCode::SERVICE_UNAVAILABLE);
        let defect = status(DatabaseErrorKind::Unknown, "column \"x\" does not exist");
        assert_eq!(defect, StatusCode::INTERNAL_SERVER_ERROR);
    }
}
