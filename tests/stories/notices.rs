//! 通知: made of what happened, read in the page, and sent once to whoever is to hear of it, however often that fails.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, MailServer, Person, Receiver, TestApp, report};
use zhoubian::config::MailSecurity;
use zhoubian::jobs::deliver::deliver;
use zhoubian::jobs::forget_notices::forget;
use zhoubian::jobs::gather::gather;
use zhoubian::jobs::tell::tell;
use zhoubian::notices::Postman;

/// `whsec_` and 24 bytes.
const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

/// A town that may send to a receiver.
async fn town_and_receiver() -> (TestApp, Receiver) {
    let receiver = Receiver::start();
    let origin = receiver.origin.clone();
    let town = TestApp::start_with(move |config| config.notices.origins = vec![origin]).await;
    (town, receiver)
}

async fn sets(who: &Person, code: &str, channel: Value) -> Answer {
    who.sends(who.request(Method::PUT, &format!("/channels/{code}")).json(&channel)).await
}

fn webhook(receiver: &Receiver) -> Value {
    json!({"name": "环卫系统", "audience": "bureau:huanwei", "kind": "webhook",
        "url": format!("{}/hook", receiver.origin), "secret": SECRET, "enabled": true})
}

/// One round of the job: how many notices were made, messages made, and messages taken.
async fn round(town: &TestApp) -> (usize, usize, usize) {
    let postman = Postman::new(&town.app.config.notices).unwrap();
    let told = tell(&town.app).await.unwrap();
    let made = gather(&town.app).await.unwrap();
    (told, made, deliver(&town.app, &postman).await.unwrap())
}

fn seconds(town: &TestApp, seconds: i64) {
    town.app.clock.advance(SignedDuration::from_secs(seconds));
}

async fn submitted(town: &TestApp, spot: usize) -> i64 {
    town.inspector("ana").submits(&report().at(town.spot(spot))).await.issue()
}

async fn read(who: &Person, query: &str) -> Value {
    who.gets(&format!("/notices?{query}")).await.ok()
}

fn topics(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap();
    items.iter().map(|one| one["topic"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_bureau_reads_what_is_its_news_and_nothing_else() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let issue = submitted(&town, 0).await;
    assert_eq!(tell(&town.app).await.unwrap(), 2, "its lead and whoever helps");
    assert_eq!(tell(&town.app).await.unwrap(), 0, "nothing is told twice");
    let page = read(&huanwei, "").await;
    assert_eq!((topics(&page), &page["unread"]), (vec!["dispatched"], &json!(1)));
    let told = &page["items"][0];
    assert_eq!((&told["issue"], &told["unread"]), (&json!(issue), &json!(true)));
    assert!(told["category_name"].as_str().is_some_and(|name| !name.is_empty()));
    assert_eq!(topics(&read(&town.bureau("xinhua"), "").await), ["helping"]);
    assert_eq!(topics(&read(&town.bureau("shizheng"), "").await), Vec::<&str>::new());

    huanwei.returns(issue).await.ok();
    tell(&town.app).await.unwrap();
    assert_eq!(topics(&read(&office, "").await), ["returned"]);
    office.dispatches(issue, "huanwei").await.ok();
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
    town.inspector("bo").fails(issue).await.ok();
    tell(&town.app).await.unwrap();
    assert_eq!(topics(&read(&huanwei, "").await), ["failed", "dispatched", "dispatched"]);
    assert_eq!(topics(&read(&huanwei, "topic=failed").await), ["failed"]);

    let first = read(&huanwei, "limit=2").await;
    let next = read(&huanwei, &format!("limit=2&before={}", first["next"])).await;
    assert_eq!((topics(&next), &next["next"]), (vec!["dispatched"], &Value::Null));
    huanwei.gets("/notices?topic=gossip").await.is_problem(422, "topic-unknown");
}

#[tokio::test]
async fn each_person_has_read_as_far_as_they_have() {
    let town = TestApp::start().await;
    let huanwei = town.bureau("huanwei");
    for spot in 0..3 {
        submitted(&town, spot).await;
    }
    tell(&town.app).await.unwrap();
    let page = read(&huanwei, "").await;
    let second = &page["items"][1]["seq"];
    let reads =
        async |through: Value| huanwei.posts("/notices:read", &json!({"through": through})).await;
    assert_eq!(reads(second.clone()).await.ok()["unread"], 1);
    assert_eq!(reads(json!(0)).await.ok()["unread"], 1, "it never goes back");
    assert_eq!(reads(json!(i64::MAX)).await.ok()["unread"], 0);
    // What is yet to come was not read by that.
    submitted(&town, 4).await;
    tell(&town.app).await.unwrap();
    assert_eq!(read(&huanwei, "").await["unread"], 1);
}

#[tokio::test]
async fn what_is_blind_is_no_bureaus_news_until_it_is_released() {
    let town = TestApp::start().await;
    let watch = town.person("supervisor01");
    let issue = watch.submits(&report().at(town.spot(0)).blind()).await.issue();
    tell(&town.app).await.unwrap();
    for who in [town.bureau("huanwei"), town.office()] {
        assert_eq!(topics(&read(&who, "").await), Vec::<&str>::new());
    }
    town.office().files(issue, "0101B").await.ok();
    town.office().commands(issue, "release", json!({})).await.ok();
    town.office().dispatches(issue, "huanwei").await.ok();
    tell(&town.app).await.unwrap();
    assert_eq!(topics(&read(&town.bureau("huanwei"), "").await).last(), Some(&"dispatched"));
}

#[tokio::test]
async fn limits_are_told_once_before_they_end_and_once_when_they_have() {
    let town = TestApp::start_with(|config| config.notices.due_soon_hours = 1).await;
    let huanwei = town.bureau("huanwei");
    let issue = submitted(&town, 0).await;
    tell(&town.app).await.unwrap();
    let due: jiff::Timestamp =
        huanwei.sees(issue).await["due_at"].as_str().unwrap().parse().unwrap();
    let to_go = due.duration_since(town.app.clock.now()).as_secs() / 60;
    town.wait(to_go - 59);
    tell(&town.app).await.unwrap();
    tell(&town.app).await.unwrap();
    assert_eq!(topics(&read(&huanwei, "").await), ["due_soon", "dispatched"]);
    // Nobody looked for two days: it is told once, of when it was.
    town.wait(2 * 24 * 60);
    tell(&town.app).await.unwrap();
    let page = read(&huanwei, "").await;
    assert_eq!(topics(&page), ["overdue", "due_soon", "dispatched"]);
    assert_eq!(page["items"][0]["at"], json!(due));
}

#[tokio::test]
async fn a_card_is_its_addressees_news_once_it_is_delivered() {
    let town = TestApp::start().await;
    let issue = submitted(&town, 0).await;
    tell(&town.app).await.unwrap();
    let card = super::cards::delivered(&town, "huanwei", Some("white"), &[issue]).await;
    let page = read(&town.bureau("huanwei"), "topic=card_delivered").await;
    assert_eq!(
        (&page["items"][0]["card"], &page["items"][0]["card_number"]),
        (&json!(card), &json!("督〔2026〕1号"))
    );
    assert_eq!(topics(&read(&town.office(), "").await), ["card_drafted"]);
}

#[tokio::test]
async fn a_signed_message_says_what_happened_and_is_sent_once() {
    let (town, receiver) = town_and_receiver().await;
    submitted(&town, 0).await;
    tell(&town.app).await.unwrap();
    sets(&town.admin(), "huanwei", webhook(&receiver)).await.ok();
    let issue = submitted(&town, 1).await;
    assert_eq!(round(&town).await.1, 1);
    seconds(&town, 60);
    assert_eq!(round(&town).await, (0, 0, 0));
    let taken = receiver.takes();
    assert_eq!(taken.len(), 1);
    let (one, body) = (&taken[0], taken[0].json());
    let told = body["data"]["notices"].as_array().unwrap().iter();
    let told: Vec<i64> = told.map(|one| one["issue"].as_i64().unwrap()).collect();
    assert_eq!(told, [issue], "what happened before the channel was there is in the page alone");
    assert_eq!(
        (&body["type"], &body["data"]["audience"]),
        (&json!("notices"), &json!("bureau:huanwei"))
    );
    // Standard Webhooks: HMAC-SHA256 over id, time and body.
    let signed = format!(
        "{}.{}.{}",
        one.headers["webhook-id"],
        one.headers["webhook-timestamp"],
        String::from_utf8(one.bytes.clone()).unwrap()
    );
    let key = STANDARD.decode(SECRET.trim_start_matches("whsec_")).unwrap();
    assert_eq!(
        one.headers["webhook-signature"],
        format!("v1,{}", hmac_sha256(&key, signed.as_bytes()))
    );
}

/// RFC 2104, from the digest alone.
fn hmac_sha256(key: &[u8], text: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    assert!(key.len() <= 64);
    let padded = |byte: u8| -> Vec<u8> {
        (0..64).map(|n| key.get(n).copied().unwrap_or(0) ^ byte).collect()
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text).finalize();
    STANDARD.encode(Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize())
}

#[tokio::test]
async fn what_fails_is_tried_again_and_what_happens_meanwhile_is_one_digest() {
    let (town, receiver) = town_and_receiver().await;
    sets(&town.admin(), "huanwei", webhook(&receiver)).await.ok();
    submitted(&town, 0).await;
    receiver.says(503, "");
    assert_eq!(round(&town).await.2, 0);
    for spot in 1..6 {
        submitted(&town, spot).await;
    }
    assert_eq!(round(&town).await, (10, 0, 0), "one message is under way");
    seconds(&town, 11);
    assert_eq!(round(&town).await.2, 1);
    seconds(&town, 4);
    assert_eq!(round(&town).await, (0, 1, 1));
    let taken = receiver.takes();
    let ids: Vec<&String> = taken.iter().map(|one| &one.headers["webhook-id"]).collect();
    assert_eq!((taken.len(), ids[0] == ids[1], ids[1] == ids[2]), (3, true, false));
    assert_eq!(taken[0].bytes, taken[1].bytes);
    assert_eq!(taken[2].json()["data"]["count"], 5);
}

#[tokio::test]
async fn whoever_asks_to_wait_is_left_alone_and_whoever_wants_no_more_gets_none() {
    let (town, receiver) = town_and_receiver().await;
    sets(&town.admin(), "huanwei", webhook(&receiver)).await.ok();
    submitted(&town, 0).await;
    receiver.asks_to_wait("120");
    round(&town).await;
    seconds(&town, 100);
    round(&town).await;
    assert_eq!(receiver.takes().len(), 1);
    seconds(&town, 21);
    receiver.says(410, "");
    round(&town).await;
    assert_eq!(receiver.takes().len(), 1);
    let listed = town.admin().gets("/channels").await.ok();
    assert_eq!(
        (&listed["items"][0]["enabled"], &listed["items"][0]["dead"]),
        (&json!(false), &json!(1))
    );
    submitted(&town, 1).await;
    seconds(&town, 4_000);
    assert_eq!(round(&town).await.1, 0);
}

#[tokio::test]
async fn what_waits_when_a_channel_is_switched_off_is_given_up() {
    let (town, receiver) = town_and_receiver().await;
    let admin = town.admin();
    sets(&admin, "huanwei", webhook(&receiver)).await.ok();
    submitted(&town, 0).await;
    receiver.says(503, "");
    round(&town).await;
    let mut off = webhook(&receiver);
    off["enabled"] = json!(false);
    sets(&admin, "huanwei", off).await.ok();
    seconds(&town, 60);
    round(&town).await;
    assert_eq!(receiver.takes().len(), 1);
    let dead = admin.gets("/channels/huanwei/messages?state=dead").await.ok()["items"][0].clone();
    assert_eq!(dead["failure"], "the channel is off");
    // Switched on again it is sent when somebody says so.
    sets(&admin, "huanwei", webhook(&receiver)).await.ok();
    let retry = format!("/messages/{}:retry", dead["id"].as_str().unwrap());
    admin.posts(&retry, &json!({})).await.ok();
    seconds(&town, 4);
    assert_eq!((round(&town).await.2, receiver.takes().len()), (1, 1));
}

#[tokio::test]
async fn what_was_given_up_is_seen_and_can_be_sent_once_more() {
    let (town, receiver) = town_and_receiver().await;
    let (admin, office) = (town.admin(), town.office());
    let mut channel = webhook(&receiver);
    channel["topics"] = json!(["dispatched"]);
    sets(&admin, "huanwei", channel).await.ok();
    submitted(&town, 0).await;
    for _ in 0..town.app.config.notices.attempts {
        receiver.says(500, "");
        round(&town).await;
        seconds(&town, 3_600);
    }
    let dead = office.gets("/channels/huanwei/messages?state=dead").await.ok();
    let dead = &dead["items"][0];
    assert_eq!((&dead["attempts"], &dead["failure"]), (&json!(10), &json!("it answered 500")));
    receiver.takes();
    round(&town).await;
    assert_eq!(receiver.takes().len(), 0, "it was given up");
    let retry = format!("/messages/{}:retry", dead["id"].as_str().unwrap());
    assert_eq!(office.posts(&retry, &json!({})).await.ok()["state"], "waiting");
    assert_eq!(round(&town).await.2, 1);
    office.posts(&retry, &json!({})).await.is_problem(404, "message-not-dead");
    office.gets("/channels/none/messages").await.is_problem(404, "channel-unknown");
    assert_eq!(office.gets("/channels/huanwei/messages?state=dead").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn robots_are_written_to_as_they_read() {
    let (town, receiver) = town_and_receiver().await;
    let (admin, origin) = (town.admin(), receiver.origin.clone());
    let robot = |kind: &str, secret: Value| {
        json!({"name": "值班群", "audience": "bureau:huanwei", "kind": kind,
        "url": format!("{origin}/robot/send?key=k1"), "secret": secret, "topics": ["dispatched"], "enabled": true})
    };
    sets(&admin, "wecom", robot("wecom", Value::Null)).await.ok();
    sets(&admin, "dingtalk", robot("dingtalk", json!("SECsecret"))).await.ok();
    let issue = submitted(&town, 0).await;
    receiver.says(200, r#"{"errcode":0,"errmsg":"ok"}"#);
    receiver.says(200, r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#);
    assert_eq!(round(&town).await.1, 2);
    let taken = receiver.takes();
    let signed = taken.iter().find(|one| one.uri.contains("sign=")).unwrap();
    let plain = taken.iter().find(|one| !one.uri.contains("sign=")).unwrap();
    assert_eq!(plain.uri, "/robot/send?key=k1");
    let text = plain.json()["text"]["content"].as_str().unwrap().to_owned();
    assert!(
        text.contains(&format!("#{issue}")) && text.starts_with("【周边】区环境卫生服务中心"),
        "{text}"
    );
    let at = town.app.clock.now().as_millisecond();
    let signature = hmac_sha256(b"SECsecret", format!("{at}\nSECsecret").as_bytes());
    let encoded = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    assert_eq!(signed.uri, format!("/robot/send?key=k1&timestamp={at}&sign={encoded}"));
    // Too often: whichever it was that was told so waits for a minute.
    seconds(&town, 30);
    assert_eq!(round(&town).await.2, 0);
    seconds(&town, 31);
    assert_eq!(round(&town).await.2, 1);
}

#[tokio::test]
async fn a_mailbox_gets_mail() {
    let server = MailServer::start().await;
    let port = server.port;
    let town = TestApp::start_with(move |config| {
        let notices = &mut config.notices;
        (notices.mail_server, notices.mail_port) = ("127.0.0.1".to_owned(), port);
        notices.mail_from = "zhoubian@district.example".to_owned();
        notices.mail_security = MailSecurity::None;
    });
    let town = town.await;
    let channel = json!({"name": "邮箱", "audience": "bureau:huanwei", "kind": "mail",
        "mailbox": "duty@huanwei.example", "language": "en", "enabled": true});
    sets(&town.admin(), "mail", channel).await.ok();
    submitted(&town, 0).await;
    assert_eq!(round(&town).await.2, 1);
    let mails = server.takes();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    for header in [
        "From: zhoubian@district.example",
        "To: duty@huanwei.example",
        "Message-ID: <",
        "Subject: ",
    ] {
        assert!(mail.contains(header), "{header}: {mail}");
    }
}

#[tokio::test]
async fn old_notices_go_and_what_is_older_than_a_week_is_no_news() {
    let town = TestApp::start().await;
    submitted(&town, 0).await;
    tell(&town.app).await.unwrap();
    town.wait(89 * 24 * 60);
    assert_eq!(forget(&town.app).await.unwrap(), 0);
    submitted(&town, 1).await;
    // Nobody looked for eight days.
    town.wait(8 * 24 * 60);
    assert_eq!(forget(&town.app).await.unwrap(), 2);
    tell(&town.app).await.unwrap();
    let page = read(&town.bureau("huanwei"), "topic=dispatched").await;
    assert_eq!(page["items"], json!([]));
}

#[tokio::test]
async fn two_processes_tell_and_send_nothing_twice() {
    let (town, receiver) = town_and_receiver().await;
    sets(&town.admin(), "huanwei", webhook(&receiver)).await.ok();
    for spot in 0..4 {
        submitted(&town, spot).await;
    }
    let other = town.another().await;
    let (one, two) = tokio::join!(tell(&town.app), tell(&other.app));
    assert_eq!(
        (one.unwrap() + two.unwrap(), read(&town.bureau("huanwei"), "").await["unread"].clone()),
        (8, json!(4))
    );
    let (one, two) = tokio::join!(gather(&town.app), gather(&other.app));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    let postman = Postman::new(&town.app.config.notices).unwrap();
    let (one, two) = tokio::join!(deliver(&town.app, &postman), deliver(&other.app, &postman));
    assert_eq!((one.unwrap() + two.unwrap(), receiver.takes().len()), (1, 1));
}

#[tokio::test]
async fn a_channel_leads_nowhere_it_may_not_and_its_secret_is_never_shown() {
    let (town, receiver) = town_and_receiver().await;
    let (admin, office) = (town.admin(), town.office());
    let but = |field: &str, value: Value| {
        let mut channel = webhook(&receiver);
        channel[field] = value;
        channel
    };
    for (channel, code) in [
        (but("url", json!("http://169.254.169.254/latest")), "channel-origin-not-allowed"),
        (but("url", json!("file:///etc/passwd")), "channel-origin-not-allowed"),
        (but("url", json!("nowhere")), "channel-invalid"),
        (but("url", Value::Null), "channel-address-missing"),
        (but("secret", json!("whsec_c2hvcnQ=")), "channel-secret-weak"),
        (but("secret", json!("whsec_!")), "channel-secret-unreadable"),
        (but("audience", json!("bureau:nobody")), "channel-invalid"),
        (but("gather_minutes", json!(1_441)), "channel-invalid"),
        (but("topics", json!(["gossip"])), "topic-unknown"),
        (but("kind", json!("mail")), "channel-address-missing"),
        (
            json!({"name": "x", "audience": "office", "kind": "mail", "mailbox": "a@b.example", "enabled": true}),
            "channel-no-mail-server",
        ),
    ] {
        sets(&admin, "huanwei", channel).await.is_problem(422, code);
    }
    sets(&office, "huanwei", webhook(&receiver)).await.is_problem(403, "forbidden");
    sets(&admin, "huanwei", webhook(&receiver)).await.ok();
    let listed = office.gets("/channels").await.ok();
    assert_eq!(listed["items"][0]["address"], json!(receiver.origin));
    assert!(
        !listed.to_string().contains("whsec") && !listed.to_string().contains("/hook"),
        "{listed}"
    );
    // Another name keeps where it leads; another server does not get the secret.
    let mut renamed = webhook(&receiver);
    renamed.as_object_mut().unwrap().retain(|key, _| key != "url" && key != "secret");
    sets(&admin, "huanwei", renamed.clone()).await.ok();
    renamed["url"] = json!(format!("{}/other", receiver.origin));
    sets(&admin, "huanwei", renamed).await.is_problem(422, "channel-secret-weak");

    assert_eq!(admin.posts("/channels/huanwei:test", &json!({})).await.ok()["taken"], true);
    receiver.says(500, "");
    let failed = admin.posts("/channels/huanwei:test", &json!({})).await.ok();
    assert_eq!((&failed["taken"], &failed["failure"]), (&json!(false), &json!("it answered 500")));
    let gone = admin.sends(admin.request(Method::DELETE, "/channels/huanwei")).await;
    assert_eq!(gone.status, 204);
    admin.posts("/channels/huanwei:test", &json!({})).await.is_problem(404, "channel-unknown");
}
