//! How notices and channels can fail.

use utoipa::IntoResponses;

use super::{Responses, grouped, signed_in};
use crate::problem::{ChannelRefusal, Error};
use crate::store::channels::ChannelKind;

/// Reading notices.
#[derive(Debug)]
pub struct NoticeListProblems;

/// Setting a channel.
#[derive(Debug)]
pub struct SetChannelProblems;

/// Naming a channel.
#[derive(Debug)]
pub struct ChannelProblems;

/// Reading what was sent by a channel.
#[derive(Debug)]
pub struct ChannelMessageProblems;

/// Trying a message once more.
#[derive(Debug)]
pub struct RetryProblems;

fn limit() -> Error {
    Error::invalid("limit-invalid", "`limit` is 0, not 1 to 200.")
}

fn topic() -> Error {
    Error::invalid("topic-unknown", "`news` is no topic.")
}

impl IntoResponses for NoticeListProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([limit(), topic()]))
    }
}

impl IntoResponses for SetChannelProblems {
    fn responses() -> Responses {
        let refused = [
            ChannelRefusal::AddressMissing(ChannelKind::Mail),
            ChannelRefusal::OriginNotAllowed,
            ChannelRefusal::SecretWeak,
            ChannelRefusal::SecretUnreadable,
            ChannelRefusal::NoMailServer,
            ChannelRefusal::MailboxUnreadable,
        ];
        let invalid = Error::invalid("channel-invalid", "`url` is no address.");
        grouped(signed_in().chain([invalid, topic()]).chain(refused.map(Error::from)))
    }
}

impl IntoResponses for ChannelProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([ChannelRefusal::Unknown.into()]))
    }
}

impl IntoResponses for ChannelMessageProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([limit(), ChannelRefusal::Unknown.into()]))
    }
}

impl IntoResponses for RetryProblems {
    fn responses() -> Responses {
        grouped(signed_in().chain([ChannelRefusal::NotDead.into()]))
    }
}
