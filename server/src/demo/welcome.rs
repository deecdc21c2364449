//! Says where to look.

use jiff::{SignedDuration, Timestamp};

use super::prepare::{MACHINE, MACHINE_SECRET, PASSWORD};
use crate::clock::Clock;
use crate::tokens::ClientSecret;

/// Says where to look: the pages, the API's description, who can sign in, and three requests that
/// work as they stand. Written to standard error.
pub fn welcome(public_url: &str) {
    eprintln!("{}", text(public_url, Clock::machine().now()));
}

fn text(url: &str, now: Timestamp) -> String {
    // Whole hours read better, and the last one is in.
    let hour = SignedDuration::from_hours(1);
    let to = now.round(jiff::Unit::Hour).unwrap_or(now) + hour;
    let from = to - SignedDuration::from_hours(30 * 24);
    let secret = ClientSecret::of(MACHINE_SECRET);
    format!(
        r#"
周边 zhoubian shows the fictional district 云汀区 Yunting.

  Pages         {url}/
  API           {url}/api/v1/docs/

  Everybody's password is {PASSWORD}. Sign in as
    office        创城办, files, dispatches, follows the figures
    huanwei       环卫中心, a bureau: accepts, rectifies (every unit's login is its code)
    inspector01   采集员, reports and looks again (01 to 26; leader01 to 03 lead the teams)
    supervisor01  督导组, inspects unannounced (01 to 08)
    admin         keeps the accounts
  and 环卫中心's own system as the machine {MACHINE}
    secret        {secret}

  Or ask the API: sign in, what is due next, the closure rates by bureau
    TOKEN=$(curl -s {url}/api/v1/sessions -H 'Content-Type: application/json' -d '{{"login":"office","password":"{PASSWORD}"}}' | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
    curl -s "{url}/api/v1/issues?open=true&sort=due&limit=3" -H "Authorization: Bearer $TOKEN"
    curl -s "{url}/api/v1/figures?from={from}&to={to}&by=bureau" -H "Authorization: Bearer $TOKEN"

Ctrl-C ends it."#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_the_address_it_is_reached_at() {
        let text = text("http://127.0.0.1:9000", Timestamp::UNIX_EPOCH);
        assert_eq!(text.matches("curl -s").count(), 3);
        assert_eq!(text.matches("http://127.0.0.1:9000/").count(), 5);
        assert!(text.contains("from=1969-12-02T01:00:00Z&to=1970-01-01T01:00:00Z"));
    }
}
