//! Why a link 链接, or what is sent by it, is not taken.

use actix_web::http::StatusCode;

use super::texts::{Told, say};

/// Why a link, or what is sent by it, is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    /// No token of a link, or none of ours: forged, cut off, of another installation, of no link.
    #[error("no good link")]
    Invalid,
    /// It was good, and its time is over.
    #[error("the link has expired")]
    Expired,
    /// Whoever made it took it back.
    #[error("the link was revoked")]
    Revoked,
    /// The issue has ended, or is no longer the bureau's.
    #[error("the link is over")]
    Over,
    /// The issue has no link with this id.
    #[error("no such link")]
    Unknown,
    /// The id is another link's.
    #[error("another link has this id")]
    Conflict,
    /// As many links of the issue are good as may be.
    #[error("{0} links are good")]
    LinksTooMany(u32),
    /// There is no draft with this id by this link or of this issue.
    #[error("no such draft")]
    DraftUnknown,
    /// The id is another draft's.
    #[error("another draft has this id")]
    DraftConflict,
    /// As many drafts were sent by the link as may be.
    #[error("{0} drafts were sent")]
    DraftsSpent(u32),
    /// A photo that is to be taken over is in no draft that waits, or has not arrived.
    #[error("no such photo in a draft")]
    DraftPhotoUnknown,
    /// A photo that is to be taken over is still being looked at.
    #[error("the photo is still being looked at")]
    DraftPhotoPending,
}

impl LinkRefusal {
    pub(super) fn told(self) -> Told {
        use StatusCode as S;
        let over = "Ask whoever gave you the link for another one.";
        let (status, code, detail, hint) = match self {
            Self::Invalid => (
                S::UNAUTHORIZED,
                "link-invalid",
                "This is no link of ours, or not the whole of it.".to_owned(),
                "Open the link as it was sent, or scan its code again. As a client: `Authorization: Link …`.",
            ),
            Self::Expired => (S::GONE, "link-expired", "The link has expired.".to_owned(), over),
            Self::Revoked => (S::GONE, "link-revoked", "The link was taken back.".to_owned(), over),
            Self::Over => (
                S::GONE,
                "link-over",
                "What this link was for has been settled, or somebody else sees to it now."
                    .to_owned(),
                "Nothing is left to be done. Ask whoever gave you the link if you think otherwise.",
            ),
            Self::Unknown => (
                S::NOT_FOUND,
                "link-unknown",
                "The issue has no such link.".to_owned(),
                "Read GET /issues/{id}/links again.",
            ),
            Self::Conflict => (
                S::CONFLICT,
                "link-conflict",
                "Another link has this id.".to_owned(),
                "Make another id (UUIDv7) for another link.",
            ),
            Self::LinksTooMany(most) => (
                S::CONFLICT,
                "links-too-many",
                format!("{most} links of this issue are good already."),
                "Revoke one that is no longer needed, or wait until one is over.",
            ),
            Self::DraftUnknown => (
                S::NOT_FOUND,
                "draft-unknown",
                "There is no such draft here.".to_owned(),
                "Send the draft first, then its photos; a bureau reads GET /issues/{id}/links again.",
            ),
            Self::DraftConflict => (
                S::CONFLICT,
                "draft-conflict",
                "Another draft has this id.".to_owned(),
                "What was sent stays as it is; send more as another draft, with an id of its own.",
            ),
            Self::DraftsSpent(most) => (
                S::CONFLICT,
                "drafts-spent",
                format!("{most} drafts were sent by this link, which is all that may be."),
                "Ask whoever gave you the link for another one.",
            ),
            Self::DraftPhotoUnknown => (
                S::UNPROCESSABLE_ENTITY,
                "draft-photo-unknown",
                "`adopt` names a photo that is in no draft of yours, or has not arrived."
                    .to_owned(),
                "Read GET /issues/{id}/links again and name photos of drafts that were not discarded.",
            ),
            Self::DraftPhotoPending => (
                S::CONFLICT,
                "draft-photo-pending",
                "A photo in `adopt` arrived just now and is still being looked at.".to_owned(),
                "Send the same again in a few seconds.",
            ),
        };
        say(status, code, detail, hint)
    }
}
