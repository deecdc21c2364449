//! Why a channel of notices cannot be as it is asked for.

use actix_web::http::StatusCode;

use super::texts::{Told, say};
use crate::store::channels::ChannelKind;

/// Why a channel of notices cannot be as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChannelRefusal {
    /// There is no channel with this code.
    #[error("no such channel")]
    Unknown,
    /// There is no message with this id, or it was not given up.
    #[error("no such dead letter")]
    NotDead,
    /// A channel of this kind needs another address than was given.
    #[error("a channel of kind {0:?} has another kind of address")]
    AddressMissing(ChannelKind),
    /// The operator does not allow sending there.
    #[error("the address is on no server that may be sent to")]
    OriginNotAllowed,
    /// A webhook is signed with a secret of at least 24 bytes.
    #[error("the secret is too short")]
    SecretWeak,
    /// The secret of a webhook is not written as one.
    #[error("the secret cannot be read")]
    SecretUnreadable,
    /// No server takes mail.
    #[error("no server takes mail")]
    NoMailServer,
    /// The mailbox is none.
    #[error("the mailbox cannot be read")]
    MailboxUnreadable,
}

impl ChannelRefusal {
    pub(super) fn told(self) -> Told {
        use StatusCode as S;
        let unprocessable = S::UNPROCESSABLE_ENTITY;
        let (status, code, detail, hint) = match self {
            Self::Unknown => (
                S::NOT_FOUND,
                "channel-unknown",
                "There is no channel with this code.",
                "Read GET /channels again.",
            ),
            Self::NotDead => (
                S::NOT_FOUND,
                "message-not-dead",
                "There is no such message that was given up.",
                "Read GET /channels/{code}/messages again; only what is `dead` is sent once more.",
            ),
            Self::AddressMissing(ChannelKind::Mail) => (
                unprocessable,
                "channel-address-missing",
                "A channel of kind `mail` has a `mailbox` and no `url`.",
                "Give `mailbox`, as name@district.example.",
            ),
            Self::AddressMissing(_) => (
                unprocessable,
                "channel-address-missing",
                "A webhook or a robot has a `url` and no `mailbox`.",
                "Give `url` as the robot's settings show it.",
            ),
            Self::OriginNotAllowed => (
                unprocessable,
                "channel-origin-not-allowed",
                "The address is on no server that this installation may send to.",
                "Whoever runs it adds that server to `origins` in the section [notices] of its settings.",
            ),
            Self::SecretWeak => (
                unprocessable,
                "channel-secret-weak",
                "A webhook is signed with a secret of at least 24 bytes.",
                "Give `secret` as `whsec_` and 24 to 64 random bytes in Base64.",
            ),
            Self::SecretUnreadable => (
                unprocessable,
                "channel-secret-unreadable",
                "What stands behind `whsec_` is not Base64.",
                "Give `secret` as `whsec_` and 24 to 64 random bytes in Base64.",
            ),
            Self::NoMailServer => (
                unprocessable,
                "channel-no-mail-server",
                "This installation has no server that takes mail.",
                "Whoever runs it sets `mail_server` and `mail_from` in the section [notices] of its settings.",
            ),
            Self::MailboxUnreadable => (
                unprocessable,
                "channel-mailbox-unreadable",
                "The mailbox cannot be read.",
                "Give `mailbox` as name@district.example.",
            ),
        };
        say(status, code, detail.to_owned(), hint)
    }
}
