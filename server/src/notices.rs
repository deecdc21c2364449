//! Notices 通知 on their way out: what is sent, and how each kind of channel takes it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::config::NoticeSettings;
use crate::problem::{ChannelRefusal, Error};
use crate::second_factor::Vault;
use crate::store::channels::{Channel, ChannelKind};

mod compose;
mod mail;
mod post;
mod texts;

pub use compose::{Listed, Sending, Tells};
pub use post::Postman;

/// Where a channel leads, and what signs: it is kept sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_debug_implementations)]
pub struct Address {
    /// The address that takes messages; none for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The mailbox that takes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<String>,
    /// What signs them; of a webhook's `whsec_…` what stands behind the prefix, decoded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret: Vec<u8>,
}

impl Address {
    /// Sealed for the channel with this code.
    pub fn seal(&self, vault: &Vault, code: &str) -> Result<Vec<u8>, Error> {
        vault.seal_for(&belongs_to(code), &serde_json::to_vec(self)?)
    }

    /// The address of a channel.
    pub fn open(vault: &Vault, channel: &Channel) -> Result<Self, Error> {
        let opened = vault.open_for(&belongs_to(&channel.code), &channel.sealed);
        let opened = opened.ok_or_else(|| {
            Error::Internal(format!(
                "where the channel {} leads cannot be read with the key at hand: set it again",
                channel.code
            ))
        })?;
        Ok(serde_json::from_slice(&opened)?)
    }

    /// What may be shown of it: of an address its server, since robots have their key in the rest.
    pub fn shown(&self) -> String {
        match (&self.url, &self.mailbox) {
            (Some(url), _) => url.origin().ascii_serialization(),
            (None, Some(mailbox)) => mailbox.clone(),
            (None, None) => String::new(),
        }
    }

    /// Whether a channel of this kind can lead there.
    pub fn check(
        &self,
        kind: ChannelKind,
        settings: &NoticeSettings,
    ) -> Result<(), ChannelRefusal> {
        match (kind, &self.url, &self.mailbox) {
            (ChannelKind::Mail, None, Some(mailbox)) => {
                if settings.mail_server.is_empty() {
                    return Err(ChannelRefusal::NoMailServer);
                }
                mail::read(mailbox).map(drop).ok_or(ChannelRefusal::MailboxUnreadable)
            }
            (ChannelKind::Mail, ..) | (_, None, _) => Err(ChannelRefusal::AddressMissing(kind)),
            (_, Some(url), _) if !settings.may_send_to(url) => {
                Err(ChannelRefusal::OriginNotAllowed)
            }
            (ChannelKind::Webhook, ..) if self.secret.len() < SECRET_LEAST => {
                Err(ChannelRefusal::SecretWeak)
            }
            _ => Ok(()),
        }
    }
}

/// Bytes of a webhook's secret, at least: Standard Webhooks asks for 24 to 64.
const SECRET_LEAST: usize = 24;

fn belongs_to(code: &str) -> Vec<u8> {
    [b"channel\0".as_slice(), code.as_bytes()].concat()
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It was taken.
    Taken,
    /// It was not; another try may succeed, not before this long if it was said.
    Later(String, Option<jiff::SignedDuration>),
    /// It was not, and no other try is to be made: nobody takes messages there any more, or the channel is off.
    Gone(String),
}

/// When a message is tried again that failed so often: 10 s, 30 s, 2 min, 10 min, 30 min, then every hour.
pub fn next_try(attempts: i32, now: Timestamp, asked: Option<jiff::SignedDuration>) -> Timestamp {
    use jiff::SignedDuration as Span;
    let own = match attempts {
        ..=1 => Span::from_secs(10),
        2 => Span::from_secs(30),
        3 => Span::from_mins(2),
        4 => Span::from_mins(10),
        5 => Span::from_mins(30),
        _ => Span::from_hours(1),
    };
    // Whoever is asked to wait for a year waits for an hour.
    now + asked.map_or(own, |asked| asked.max(own)).min(Span::from_hours(1))
}
