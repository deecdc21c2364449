//! 链接: a property manager without an account sees one issue, photographs, sends; the bureau takes it over.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Person, Picture, TestApp, any_seed, report, view};
use uuid::Uuid;
use zhoubian::config::RateSettings;

use super::kinds;

/// Whoever has the link.
struct Guest<'t> {
    town: &'t TestApp,
    token: String,
}

impl Guest<'_> {
    async fn asks(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.town.nobody.request(method, path);
        let request = request.header("authorization", format!("Link {}", self.token));
        let request = if let Some(body) = body { request.json(&body) } else { request };
        self.town.nobody.send(request).await
    }

    async fn looks(&self) -> Answer {
        self.asks(Method::GET, "/guest/issue", None).await
    }

    async fn sends(&self, draft: Uuid, note: &str, photos: &[Value]) -> Answer {
        let body = json!({"note": note, "photos": photos});
        self.asks(Method::PUT, &format!("/guest/drafts/{draft}"), Some(body)).await
    }

    async fn uploads(&self, draft: Uuid, picture: &Picture) -> Answer {
        let path = format!("/guest/drafts/{draft}/photos/{}", picture.sha256());
        let request = self.town.nobody.request(Method::PUT, &path);
        let request = request.header("authorization", format!("Link {}", self.token));
        self.town.nobody.send(request.body(picture.bytes.clone())).await
    }

    async fn sees(&self, picture: &Picture) -> u16 {
        let path = format!("/guest/photos/{}/thumbnail", picture.sha256());
        self.asks(Method::GET, &path, None).await.status
    }
}

fn asked(hours: u32) -> Value {
    json!({"id": Uuid::new_v4(), "for_whom": "万家物业", "task": "清理并拍照", "hours": hours})
}

async fn makes(who: &Person, issue: i64, hours: u32) -> Value {
    who.posts(&format!("/issues/{issue}/links"), &asked(hours)).await.ok()
}

fn holder<'t>(town: &'t TestApp, link: &Value) -> Guest<'t> {
    let url = link["url"].as_str().unwrap();
    let (page, token) = url.split_once('#').unwrap();
    assert!(page.ends_with("/l"), "{url}");
    Guest { town, token: token.to_owned() }
}

/// Accepted by huanwei, with a photo of the problem that was looked at.
async fn accepted(town: &TestApp) -> (i64, Picture) {
    let ana = town.inspector("ana");
    let draft = report().at(town.spot(0)).note("垃圾，联系人王女士").photos(1);
    let issue = ana.submits(&draft).await.issue();
    ana.uploads(&draft.pictures[0]).await.ok();
    town.looks_at_photos().await;
    town.bureau("huanwei").accepts(issue).await.ok();
    (issue, draft.pictures[0].clone())
}

/// A photo of a street that nobody has seen before.
fn taken() -> Picture {
    Picture::of_scene(&view(640, 480, &any_seed()), 85)
}

async fn links_of(who: &Person, issue: i64) -> Value {
    who.gets(&format!("/issues/{issue}/links")).await.ok()
}

#[tokio::test]
async fn a_property_manager_sends_what_the_bureau_takes_over_and_the_verifier_is_told() {
    let town = TestApp::start().await;
    let (huanwei, bo) = (town.bureau("huanwei"), town.inspector("bo"));
    let (issue, before) = accepted(&town).await;
    let link = makes(&huanwei, issue, 72).await;
    let guest = holder(&town, &link);

    let shown = guest.looks().await.ok();
    assert_eq!((&shown["issue"], &shown["task"]), (&json!(issue), &json!("清理并拍照")));
    assert_eq!(shown["before"], json!([before.sha256()]));
    assert_eq!(guest.sees(&before).await, 200);

    town.wait(30);
    let (draft, picture) = (Uuid::new_v4(), taken());
    let announced = [picture.line_at(town.now(), town.spot(0))];
    assert_eq!(guest.sends(draft, "已清运", &announced).await.status, 201);
    assert_eq!(guest.sends(draft, "已清运", &announced).await.status, 200, "the same again");
    guest.sends(draft, "没清", &announced).await.is_problem(409, "draft-conflict");
    assert_eq!(huanwei.sees(issue).await["drafts"], 1);
    let adopt = json!({"outcome": "rectified", "note": "物业已清运", "photos": [],
        "adopt": [{"draft": draft, "photo_id": picture.id}]});
    huanwei.commands(issue, "rectify", adopt.clone()).await.is_problem(422, "draft-photo-unknown");
    assert_eq!(guest.uploads(draft, &picture).await.status, 201);
    assert_eq!(guest.uploads(draft, &picture).await.status, 200, "here already");
    huanwei.commands(issue, "rectify", adopt.clone()).await.is_problem(409, "draft-photo-pending");
    town.looks_at_photos().await;
    assert_eq!(guest.sees(&picture).await, 200, "what they sent themselves");
    assert_eq!(guest.looks().await.ok()["drafts"][0]["photos"][0]["stored"], true);

    let waiting = links_of(&huanwei, issue).await["drafts"][0].clone();
    assert_eq!((&waiting["note"], &waiting["waiting"]), (&json!("已清运"), &json!(true)));
    assert_eq!(waiting["photos"][0]["state"], "ready");
    let path = format!("/photos/{}/large", picture.sha256());
    assert_eq!(huanwei.gets(&path).await.status, 200);
    bo.gets(&path).await.is_problem(404, "not-found");

    town.wait(5);
    huanwei.commands(issue, "rectify", adopt).await.ok();
    let seen = bo.sees(issue).await;
    let after = &seen["rectifications"][0]["photos"][0];
    assert_eq!((&after["sha256"], &after["part"]), (&json!(picture.sha256()), &json!("after")));
    let found: Vec<&str> = after["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(found, ["time-by-device", "sent-by-link"], "it is no copy of itself");
    assert_eq!(bo.gets(&path).await.status, 200, "what is shown as proof is seen by who checks it");
    assert_eq!(seen["drafts"], 0);
    assert!(links_of(&huanwei, issue).await["drafts"][0]["adopted_at"].is_string());

    assert_eq!(guest.looks().await.ok()["takes_drafts"], false);
    guest.sends(Uuid::new_v4(), "还有一张", &[]).await.is_problem(409, "wrong-stage");
    bo.passes(issue).await.ok();
    guest.looks().await.is_problem(410, "link-over");
    assert_eq!(guest.sees(&before).await, 410);
    let told = kinds(&huanwei, issue).await;
    for kind in ["link_made", "draft_sent", "rectified", "closed"] {
        assert!(told.contains(&kind.to_owned()), "{kind}: {told:?}");
    }
}

#[tokio::test]
async fn a_link_shows_its_issue_and_nothing_else() {
    let town = TestApp::start().await;
    let (issue, before) = accepted(&town).await;
    let (other, secret) = {
        let draft = report().at(town.spot(40)).photos(1);
        let other = town.inspector("chen").submits(&draft).await.issue();
        town.inspector("chen").uploads(&draft.pictures[0]).await.ok();
        town.looks_at_photos().await;
        (other, draft.pictures[0].clone())
    };
    let guest = holder(&town, &makes(&town.bureau("huanwei"), issue, 1).await);
    let shown = guest.looks().await.ok();
    let text = shown.to_string();
    for hidden in ["ana", "王女士", "huanwei", &secret.sha256(), "events", "version"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    let lat = shown["position"]["lat"].as_f64().unwrap();
    assert!((lat * 10_000.0 - (lat * 10_000.0).round()).abs() < 1e-6, "{lat}");
    assert_eq!(guest.sees(&secret).await, 404);
    for path in
        ["/issues", "/me", &format!("/issues/{issue}"), &format!("/photos/{}", before.sha256())]
    {
        guest.asks(Method::GET, path, None).await.is_problem(401, "token-invalid");
    }
    let huanwei = town.bureau("huanwei");
    let request = town.nobody.request(Method::GET, "/guest/issue").bearer_auth(huanwei.token());
    town.nobody.send(request).await.is_problem(401, "link-invalid");
    assert_ne!(issue, other);
}

#[tokio::test]
async fn what_is_forged_over_or_taken_back_opens_nothing() {
    let town = TestApp::start().await;
    let huanwei = town.bureau("huanwei");
    let (issue, _) = accepted(&town).await;
    let link = makes(&huanwei, issue, 2).await;
    let good = holder(&town, &link);
    good.looks().await.ok();
    let elsewhere = TestApp::start().await;
    let (theirs, _) = accepted(&elsewhere).await;
    let foreign = makes(&elsewhere.bureau("huanwei"), theirs, 2).await;
    let foreign = holder(&town, &foreign).token;
    let token = good.token.clone();
    let changed = format!("{}{}", &token[..75], if token.ends_with('A') { "B" } else { "A" });
    for forged in [String::new(), token[..60].to_owned(), changed, foreign, "A".repeat(76)] {
        Guest { town: &town, token: forged }.looks().await.is_problem(401, "link-invalid");
    }
    town.wait(1);
    let second = makes(&huanwei, issue, 48).await;
    let path = format!("/issues/{issue}/links/{}:revoke", second["id"].as_str().unwrap());
    let revoked = huanwei.posts(&path, &json!({})).await.ok();
    assert_eq!((&revoked["state"], &revoked["url"]), (&json!("revoked"), &Value::Null));
    huanwei.posts(&path, &json!({})).await.ok();
    let told = kinds(&huanwei, issue).await;
    assert_eq!(told.iter().filter(|kind| *kind == "link_revoked").count(), 1);
    let revoked = holder(&town, &second);
    revoked.looks().await.is_problem(410, "link-revoked");
    revoked.sends(Uuid::new_v4(), "done", &[]).await.is_problem(410, "link-revoked");
    town.wait(2 * 60);
    good.looks().await.is_problem(410, "link-expired");
    let states: Vec<Value> = links_of(&huanwei, issue).await["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| link["state"].clone())
        .collect();
    assert_eq!(states, ["revoked", "expired"]);
}

#[tokio::test]
async fn a_link_is_made_by_who_works_on_the_issue_and_never_of_what_is_blind() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let (issue, _) = accepted(&town).await;
    let path = format!("/issues/{issue}/links");
    for who in [&town.inspector("ana"), &town.supervisor()] {
        who.posts(&path, &asked(1)).await.is_problem(403, "forbidden");
        who.gets(&path).await.is_problem(403, "forbidden");
    }
    town.bureau("zhifa").posts(&path, &asked(1)).await.is_problem(404, "not-found");
    // Whoever helps makes links of its own, and sees those alone.
    let helper = town.bureau("xinhua");
    let own = makes(&helper, issue, 1).await;
    assert_eq!((&own["bureau"], &own["state"]), (&json!("xinhua"), &json!("good")));
    let of_lead = makes(&office, issue, 1).await;
    assert_eq!(of_lead["bureau"], "huanwei", "the office's are the lead's");
    let seen = async |who: &Person| links_of(who, issue).await["items"].as_array().unwrap().len();
    assert_eq!((seen(&helper).await, seen(&huanwei).await, seen(&office).await), (1, 2, 2));
    let theirs = format!("{path}/{}:revoke", of_lead["id"].as_str().unwrap());
    helper.posts(&theirs, &json!({})).await.is_problem(404, "link-unknown");
    let body = asked(24);
    assert_eq!(huanwei.posts(&path, &body).await.status, 201);
    assert_eq!(huanwei.posts(&path, &body).await.status, 200, "the same again");
    let mut other = body.clone();
    other["for_whom"] = json!("别的物业");
    huanwei.posts(&path, &other).await.is_problem(409, "link-conflict");
    for (field, value, code) in [
        ("hours", json!(0), "link-hours"),
        ("hours", json!(15 * 24), "link-hours"),
        ("for_whom", json!(" "), "link-for-whom"),
        ("for_whom", json!("王经理 13800138000"), "link-for-whom"),
        ("for_whom", json!("某".repeat(41)), "link-for-whom"),
        ("task", json!("某".repeat(501)), "text-too-long"),
    ] {
        let mut wrong = asked(1);
        wrong[field] = value;
        huanwei.posts(&path, &wrong).await.is_problem(422, code);
    }
    for _ in 0..7 {
        huanwei.posts(&path, &asked(1)).await.ok();
    }
    huanwei.posts(&path, &asked(1)).await.is_problem(409, "links-too-many");

    let blind = report().at(town.spot(60)).from_supervision().blind();
    let blind = town.supervisor().submits(&blind).await.issue();
    office.files(blind, "0101B").await.ok();
    let refused = office.posts(&format!("/issues/{blind}/links"), &asked(1)).await;
    refused.is_problem(409, "blind-unreleased");
    huanwei.posts(&format!("/issues/{blind}/links"), &asked(1)).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn what_is_sent_is_bounded_and_no_link_reaches_another_s_drafts() {
    let town = TestApp::start_with(|config| {
        (config.links.drafts, config.links.photos, config.links.max_photo_mib) = (2, 2, 1);
    })
    .await;
    let huanwei = town.bureau("huanwei");
    let (issue, _) = accepted(&town).await;
    let guest = holder(&town, &makes(&huanwei, issue, 24).await);
    let other = holder(&town, &makes(&huanwei, issue, 24).await);
    let now = town.now();
    guest.sends(Uuid::new_v4(), " ", &[]).await.is_problem(422, "draft-empty");
    let three: Vec<Value> = (0..3).map(|_| taken().line(now)).collect();
    guest.sends(Uuid::new_v4(), "", &three).await.is_problem(422, "manifest-invalid");
    let mut large = taken().line(now);
    large["bytes"] = json!(1024 * 1024 + 1);
    guest.sends(Uuid::new_v4(), "", &[large]).await.is_problem(422, "manifest-invalid");

    let (draft, picture) = (Uuid::new_v4(), taken());
    guest.sends(draft, "", &[picture.line(now)]).await.ok();
    other.sends(draft, "", &[picture.line(now)]).await.is_problem(409, "draft-conflict");
    other.uploads(draft, &picture).await.is_problem(404, "draft-unknown");
    guest.uploads(draft, &taken()).await.is_problem(404, "photo-not-in-manifest");
    let mut wrong = picture.clone();
    wrong.bytes.push(0);
    let path = format!("/guest/drafts/{draft}/photos/{}", picture.sha256());
    let request = town.nobody.request(Method::PUT, &path);
    let request = request.header("authorization", format!("Link {}", guest.token));
    let sent = town.nobody.send(request.body(wrong.bytes)).await;
    sent.is_problem(422, "photo-digest-mismatch");

    // Whoever announces what another one sends is given nothing by that.
    let theirs = Uuid::new_v4();
    other.sends(theirs, "", &[picture.line(now)]).await.ok();
    guest.uploads(draft, &picture).await.ok();
    town.looks_at_photos().await;
    assert_eq!(guest.sees(&picture).await, 200);
    assert_eq!(other.sees(&picture).await, 404);

    guest.sends(Uuid::new_v4(), "two", &[]).await.ok();
    guest.sends(Uuid::new_v4(), "three", &[]).await.is_problem(409, "drafts-spent");
}

#[tokio::test]
async fn a_draft_that_is_thrown_away_is_no_more_taken_over() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let (issue, _) = accepted(&town).await;
    let guest = holder(&town, &makes(&huanwei, issue, 24).await);
    let (draft, picture) = (Uuid::new_v4(), taken());
    guest.sends(draft, "", &[picture.line_at(town.now(), town.spot(0))]).await.ok();
    guest.uploads(draft, &picture).await.ok();
    town.looks_at_photos().await;
    let path = format!("/issues/{issue}/drafts/{draft}:discard");
    town.inspector("ana").posts(&path, &json!({})).await.is_problem(403, "forbidden");
    let left = huanwei.posts(&path, &json!({})).await.ok();
    assert_eq!(left["drafts"][0]["waiting"], false);
    assert!(left["drafts"][0]["discarded_at"].is_string());
    office.posts(&path, &json!({})).await.ok();
    let told = kinds(&office, issue).await;
    assert_eq!(told.iter().filter(|kind| *kind == "draft_discarded").count(), 1);
    let adopt = |photo: &Picture, draft: Uuid| json!({"outcome": "rectified", "photos": [], "adopt": [{"draft": draft, "photo_id": photo.id}]});
    let refused = huanwei.commands(issue, "rectify", adopt(&picture, draft)).await;
    refused.is_problem(422, "draft-photo-unknown");
    let again = Uuid::new_v4();
    guest.sends(again, "", &[picture.line_at(town.now(), town.spot(0))]).await.ok();
    guest.uploads(again, &picture).await.ok();
    town.looks_at_photos().await;
    let twice = json!({"outcome": "rectified", "photos": [picture.line(town.now())],
        "adopt": [{"draft": again, "photo_id": picture.id}]});
    huanwei.commands(issue, "rectify", twice).await.is_problem(422, "manifest-invalid");
    huanwei.commands(issue, "rectify", adopt(&picture, again)).await.ok();
}

#[tokio::test]
async fn a_link_and_an_address_are_held_back() {
    let town = TestApp::start_with(|config| {
        config.rates =
            RateSettings { links_per_minute: 3, guests_per_minute: 5, ..RateSettings::unlimited() };
    })
    .await;
    let (issue, _) = accepted(&town).await;
    let guest = holder(&town, &makes(&town.bureau("huanwei"), issue, 1).await);
    for _ in 0..3 {
        guest.looks().await.ok();
    }
    let refused = guest.looks().await;
    refused.is_problem(429, "too-many-requests");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    let forged = Guest { town: &town, token: "A".repeat(76) };
    forged.looks().await.is_problem(401, "link-invalid");
    forged.looks().await.is_problem(429, "too-many-requests");
}
