//! Messages that are posted: webhooks and robots.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use sha2::Sha256;
use ureq::http::{Response, StatusCode, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};
use url::Url;

use super::compose::Sending;
use super::{Address, Tried, mail};
use crate::config::NoticeSettings;
use crate::problem::Error;
use crate::store::channels::ChannelKind;
use crate::store::messages::Message;

/// Bytes of an answer that are read, at most.
const ANSWER_MOST: u64 = 16 * 1024;
/// What robots say to whoever sends too often: WeCom, DingTalk.
const TOO_OFTEN: [i64; 4] = [45_009, 45_033, 130_101, 660_026];
/// How long they are left alone then: both count by the minute.
const A_MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Sends messages, by whatever kind of channel.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Postman {
    agent: Agent,
    settings: NoticeSettings,
}

impl Postman {
    /// As the settings say. Fails where certificates cannot be read.
    pub fn new(settings: &NoticeSettings) -> Result<Self, Error> {
        let own = root_certificates(settings).map_err(Error::Operation)?;
        let mut tls = TlsConfig::builder();
        if !own.is_empty() {
            let own: Vec<Certificate<'static>> =
                own.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
            tls = tls.root_certs(RootCerts::from(own));
        }
        let config = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(settings.timeout_s)))
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent("zhoubian")
            .tls_config(tls.build())
            .build();
        Ok(Self { agent: Agent::new_with_config(config), settings: settings.clone() })
    }

    /// Tries to send a message once. Blocks for `timeout_s` at most.
    pub fn send(
        &self,
        kind: ChannelKind,
        to: &Address,
        message: &Message,
        now: Timestamp,
    ) -> Tried {
        let no = |why: &str| Tried::Later(why.to_owned(), None);
        if kind == ChannelKind::Mail {
            let Ok(Sending::Mail { subject, text }) = serde_json::from_str(&message.body) else {
                return no("the message is no mail");
            };
            let Some(mailbox) = &to.mailbox else { return no("the channel has no mailbox") };
            return mail::send(&self.settings, mailbox, (message.id, &subject, &text));
        }
        match &to.url {
            // The settings may have changed since the channel was set.
            Some(url) if self.settings.may_send_to(url) => self.post(kind, url, to, message, now),
            Some(_) => no("notices.origins has no such server"),
            None => no("the channel has no address"),
        }
    }

    fn post(
        &self,
        kind: ChannelKind,
        url: &Url,
        to: &Address,
        message: &Message,
        now: Timestamp,
    ) -> Tried {
        let mut url = url.clone();
        if kind == ChannelKind::Dingtalk && !to.secret.is_empty() {
            let at = now.as_millisecond();
            let signed = signature(&to.secret, format!("{at}\n").as_bytes(), &to.secret);
            url.query_pairs_mut()
                .append_pair("timestamp", &at.to_string())
                .append_pair("sign", &signed);
        }
        let mut request =
            self.agent.post(url.as_str()).header(header::CONTENT_TYPE, "application/json");
        if kind == ChannelKind::Webhook {
            let (id, at) = (message.id.to_string(), now.as_second().to_string());
            let signed =
                signature(&to.secret, format!("{id}.{at}.").as_bytes(), message.body.as_bytes());
            request = request
                .header("webhook-id", id)
                .header("webhook-timestamp", at)
                .header("webhook-signature", format!("v1,{signed}"));
        }
        match request.send(&message.body) {
            // Its text may have the address, and with it a robot's key.
            Err(error) => Tried::Later(without_address(&error), None),
            Ok(answer) => read(kind, answer),
        }
    }
}

fn without_address(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "no answer in time".to_owned(),
        ureq::Error::HostNotFound => "its server was not found".to_owned(),
        ureq::Error::ConnectionFailed => "its server could not be reached".to_owned(),
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::Rustls(error) => error.to_string(),
        _ => "it could not be sent".to_owned(),
    }
}

/// Base64 of HMAC-SHA256 over both parts.
fn signature(key: &[u8], first: &[u8], then: &[u8]) -> String {
    // A key of any length will do.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    mac.update(first);
    mac.update(then);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// What robots answer, always with the status 200.
#[derive(Deserialize)]
struct RobotSays {
    errcode: i64,
    #[serde(default)]
    errmsg: String,
}

fn read(kind: ChannelKind, mut answer: Response<Body>) -> Tried {
    let status = answer.status();
    let wait = answer.headers().get(header::RETRY_AFTER);
    let wait =
        wait.and_then(|wait| wait.to_str().ok()?.parse().ok()).map(SignedDuration::from_secs);
    if kind == ChannelKind::Webhook && status == StatusCode::GONE {
        return Tried::Gone("410: it wants no more messages".to_owned());
    }
    if !status.is_success() {
        return Tried::Later(format!("it answered {}", status.as_u16()), wait);
    }
    if kind == ChannelKind::Webhook {
        return Tried::Taken;
    }
    let body = answer.body_mut().with_config().limit(ANSWER_MOST).read_to_vec();
    match body.ok().and_then(|body| serde_json::from_slice::<RobotSays>(&body).ok()) {
        Some(RobotSays { errcode: 0, .. }) => Tried::Taken,
        Some(RobotSays { errcode, errmsg }) => {
            let errmsg: String = errmsg.chars().take(200).collect();
            let wait = TOO_OFTEN.contains(&errcode).then_some(A_MINUTE);
            Tried::Later(format!("{errcode}: {errmsg}"), wait)
        }
        None => Tried::Later("its answer is not a robot's".to_owned(), None),
    }
}

/// The certificates of the file in the settings, DER.
pub(super) fn root_certificates(settings: &NoticeSettings) -> Result<Vec<Vec<u8>>, String> {
    let file = &settings.root_certificates;
    if file.as_os_str().is_empty() {
        return Ok(Vec::new());
    }
    let told = |why: String| format!("notices.root_certificates: {}: {why}", file.display());
    let pem = std::fs::read(file).map_err(|error| told(error.to_string()))?;
    let items: Result<Vec<_>, _> = parse_pem(&pem).collect();
    let items = items.map_err(|error| told(error.to_string()))?;
    let certificates = items.into_iter().filter_map(|item| match item {
        PemItem::Certificate(certificate) => Some(certificate.der().to_vec()),
        _ => None,
    });
    let certificates: Vec<Vec<u8>> = certificates.collect();
    if certificates.is_empty() {
        Err(told("it has no certificate".to_owned()))
    } else {
        Ok(certificates)
    }
}
