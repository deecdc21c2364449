use jiff::Zoned;
use jiff::fmt::rfc2822;
use reqwest::Method;
use serde_json::json;
use support::{PASSWORD, TestApp};

use super::walk;

/// Set for a newcomer by the admin.
const FIRST_PASSWORD: &str = "paper boats go downstream";

/// The pages count down by the server's `Date`, which no clock set by hand moves.
async fn set_by_the_servers_date(town: &TestApp) {
    let health = town.nobody.send(town.nobody.request(Method::GET, "/health")).await;
    let date: Zoned = rfc2822::parse(health.header("date")).unwrap();
    town.app.clock.advance(date.timestamp().duration_since(town.now()));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_look_after_their_own_accounts() {
    let town = TestApp::start().await;
    let newcomer = json!({
        "login": "dai", "name": "戴", "role": "inspector", "password": FIRST_PASSWORD,
        "duty_areas": ["429901005000"],
    });
    let created = town.admin().posts("/accounts", &newcomer).await;
    assert_eq!(created.ok()["must_change_password"], true);
    // Not before: the admin's session would have been idle for days.
    set_by_the_servers_date(&town).await;
    let now = town.now().as_second().to_string();
    let who = [
        ("LOGIN", "ana"),
        ("PASSWORD", PASSWORD),
        ("LOCKABLE", "bo"),
        ("NEWCOMER", "dai"),
        ("FIRST_PASSWORD", FIRST_PASSWORD),
        ("NOW", &now),
    ];
    walk(&town, "account.mjs", &who, async |_| ()).await;
}
