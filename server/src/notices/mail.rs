//! Mail.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, MessageId};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Message, SmtpTransport, Transport};
use uuid::Uuid;

use super::Tried;
use crate::config::{MailSecurity, NoticeSettings};

/// A mailbox as somebody wrote it.
pub(super) fn read(text: &str) -> Option<Mailbox> {
    text.parse().ok()
}

/// Hands a mail to the server. Blocks.
pub(super) fn send(
    settings: &NoticeSettings,
    to: &str,
    (id, subject, text): (Uuid, &str, &str),
) -> Tried {
    match sent(settings, to, (id, subject, text)) {
        Ok(()) => Tried::Taken,
        Err(failure) => Tried::Later(failure, None),
    }
}

fn sent(
    settings: &NoticeSettings,
    to: &str,
    (id, subject, text): (Uuid, &str, &str),
) -> Result<(), String> {
    let to = read(to).ok_or("the mailbox cannot be read")?;
    let from = read(&settings.mail_from).ok_or("notices.mail_from is no mailbox")?;
    // The same at every try: whoever got it already can tell.
    let message_id = format!("<{id}@{}>", from.email.domain());
    let mail = Message::builder()
        .from(from)
        .to(to)
        .subject(subject)
        .header(MessageId::from(message_id))
        .header(ContentType::TEXT_PLAIN)
        .body(text.to_owned())
        .map_err(|error| error.to_string())?;
    let transport = transport(settings)?;
    transport.send(&mail).map(drop).map_err(|error| error.to_string())
}

fn transport(settings: &NoticeSettings) -> Result<SmtpTransport, String> {
    let server = settings.mail_server.as_str();
    let tls = || -> Result<TlsParameters, String> {
        let mut parameters = TlsParameters::builder(server.to_owned());
        for pem in super::post::root_certificates(settings)? {
            let certificate = Certificate::from_der(pem).map_err(|error| error.to_string())?;
            parameters = parameters.add_root_certificate(certificate);
        }
        parameters.build_rustls().map_err(|error| error.to_string())
    };
    let security = match settings.mail_security {
        MailSecurity::Tls => Tls::Wrapper(tls()?),
        MailSecurity::Starttls => Tls::Required(tls()?),
        MailSecurity::None => Tls::None,
    };
    let mut transport = SmtpTransport::builder_dangerous(server)
        .port(settings.mail_port)
        .tls(security)
        .timeout(Some(Duration::from_secs(settings.timeout_s)));
    if !settings.mail_user.is_empty() {
        let password = settings.mail_password.reveal().unwrap_or_default().to_owned();
        transport = transport.credentials(Credentials::new(settings.mail_user.clone(), password));
    }
    Ok(transport.build())
}
