//! Reads what a channel is to be.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::notices::Audience;

use super::SetChannel;
use crate::app::App;
use crate::http::notices::topic;
use crate::notices::Address;
use crate::problem::{ChannelRefusal, Error};
use crate::store::channels::{Channel, ChannelKind};

/// The longest code, characters.
const CODE_MAX: usize = 40;
/// The longest time notices are gathered, minutes.
const GATHER_MOST: i32 = 1_440;
/// What stands before a webhook's secret.
const SECRET_PREFIX: &str = "whsec_";

/// The channel as it is to be kept. What leads somewhere stays with it as it was where nothing is said of that.
pub(super) fn channel(
    app: &App,
    code: String,
    set: SetChannel,
    there: Option<&Channel>,
) -> Result<Channel, Error> {
    let invalid = |why: String| Error::invalid("channel-invalid", why);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if code.is_empty() || code.chars().count() > CODE_MAX || !code.chars().all(plain) {
        let why = format!("the code is not 1 to {CODE_MAX} letters, digits, `-` and `_`.");
        return Err(invalid(why));
    }
    if !(0..=GATHER_MOST).contains(&set.gather_minutes) {
        return Err(invalid(format!("`gather_minutes` is not 0 to {GATHER_MOST}.")));
    }
    let audience = Audience::of(&set.audience).filter(|audience| match audience {
        Audience::Bureau(code) => app.gazetteer().bureau(code).is_some(),
        Audience::Office => true,
    });
    let audience = audience.ok_or_else(|| {
        invalid("`audience` is neither `office` nor `bureau:` and the code of a bureau.".to_owned())
    })?;
    let address = address(app, &set, there)?;
    address.check(set.kind, &app.config.notices)?;
    let mut topics = set.topics.iter().map(|word| topic(word)).collect::<Result<Vec<_>, _>>()?;
    topics.sort_unstable();
    topics.dedup();
    Ok(Channel {
        sealed: address.seal(&app.vault, &code)?,
        shown: address.shown(),
        code,
        name: set.name,
        audience,
        kind: set.kind,
        topics,
        gather_minutes: set.gather_minutes,
        language: set.language,
        enabled: set.enabled,
        cursor: 0,
        tried_at: None,
    })
}

fn address(app: &App, set: &SetChannel, there: Option<&Channel>) -> Result<Address, Error> {
    let mut address = match there.filter(|there| there.kind == set.kind) {
        // A secret of one server is not sent to another.
        Some(there) if set.url.is_none() => Address::open(&app.vault, there)?,
        _ => Address::default(),
    };
    if let Some(url) = &set.url {
        let url = url.parse();
        let url =
            url.map_err(|_| Error::invalid("channel-invalid", "`url` is no address.".to_owned()))?;
        address.url = Some(url);
    }
    if let Some(mailbox) = &set.mailbox {
        address.mailbox = Some(mailbox.clone());
    }
    if let Some(secret) = &set.secret {
        address.secret = match (set.kind, secret.strip_prefix(SECRET_PREFIX)) {
            (ChannelKind::Webhook, Some(encoded)) => {
                STANDARD.decode(encoded).map_err(|_| ChannelRefusal::SecretUnreadable)?
            }
            _ => secret.clone().into_bytes(),
        };
    }
    Ok(address)
}
