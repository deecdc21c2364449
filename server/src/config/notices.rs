//! Notices 通知, and the ways they leave by.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::{Origin, Url};

use super::Secret;

/// Notices, and the ways they leave by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoticeSettings {
    /// How long before its end a limit is told to end soon, hours.
    pub due_soon_hours: u32,
    /// How long notices, and what was sent of them, are kept, days.
    pub keep_days: u32,
    /// The servers that channels may send to, as `https://host` or `https://host:port`; nothing is sent anywhere else.
    pub origins: Vec<String>,
    /// Certificates (PEM) of those who vouch for such servers, in place of the public ones: for a private instance.
    pub root_certificates: PathBuf,
    /// How often a message is tried before it is given up.
    pub attempts: u32,
    /// How long one try may take, seconds.
    pub timeout_s: u64,
    /// The server that takes mail; empty for no mail.
    pub mail_server: String,
    /// Its port.
    pub mail_port: u16,
    /// How mail goes there.
    pub mail_security: MailSecurity,
    /// Whom mail comes from.
    pub mail_from: String,
    /// The account there; empty for none.
    pub mail_user: String,
    /// Its password.
    pub mail_password: Secret,
}

/// How mail goes to the server that takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS once asked for (RFC 3207); nothing is sent without it.
    Starttls,
    /// As it is: only to a server on the same machine or in a network of one's own.
    None,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self {
            due_soon_hours: 2,
            keep_days: 90,
            origins: vec![
                "https://qyapi.weixin.qq.com".to_owned(),
                "https://oapi.dingtalk.com".to_owned(),
            ],
            root_certificates: PathBuf::new(),
            attempts: 10,
            timeout_s: 10,
            mail_server: String::new(),
            mail_port: 465,
            mail_security: MailSecurity::Tls,
            mail_from: String::new(),
            mail_user: String::new(),
            mail_password: Secret::default(),
        }
    }
}

impl NoticeSettings {
    /// Whether an address lies on one of the servers that may be sent to.
    pub fn may_send_to(&self, address: &Url) -> bool {
        let origin = address.origin();
        origin.is_tuple() && self.origins.iter().any(|one| origin_of(one).as_ref() == Some(&origin))
    }
}

/// Whether this is an origin of HTTP, and nothing more.
pub(super) fn is_origin(text: &str) -> bool {
    origin_of(text).is_some()
}

fn origin_of(text: &str) -> Option<Origin> {
    let url = Url::parse(text).ok()?;
    let is_bare = matches!(url.scheme(), "http" | "https")
        && matches!(url.path(), "" | "/")
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    is_bare.then(|| url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sent_beside_the_origins() {
        let settings = NoticeSettings {
            origins: vec!["https://robots.example".to_owned(), "http://127.0.0.1:8081".to_owned()],
            ..NoticeSettings::default()
        };
        let may = |url: &str| settings.may_send_to(&url.parse().unwrap());
        assert!(may("https://robots.example/send?key=1"));
        assert!(may("https://robots.example:443/"));
        assert!(may("http://127.0.0.1:8081/hook"));
        for other in [
            "http://robots.example/",
            "https://robots.example:8443/",
            "https://robots.example.evil/",
            "https://robots.example@evil/",
            "http://127.0.0.1:8082/",
            "file:///etc/passwd",
        ] {
            assert!(!may(other), "{other}");
        }
        for no in ["robots.example", "https://robots.example/path", "ftp://a", "https://u@a"] {
            assert!(!is_origin(no), "{no}");
        }
    }
}
