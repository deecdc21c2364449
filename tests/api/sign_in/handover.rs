use super::*;

async fn offers(who: &Person, keep: bool) -> Value {
    let offered = who.posts("/me/handovers", &json!({"keep": keep})).await;
    assert_eq!((offered.status, offered.header("cache-control")), (201, "no-store"));
    offered.ok()
}

async fn redeems(town: &TestApp, code: &Value) -> Answer {
    post(town, "/sessions:handover", &json!({"code": code, "device": "new phone"})).await
}

#[tokio::test]
async fn a_new_phone_takes_over() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let offered = ana.posts("/me/handovers", &json!({})).await.ok();
    let code = offered["code"].as_str().unwrap();
    assert!(code.len() >= 22, "128 bits: {code}");
    let base = town.app.config.public_url.as_str();
    assert_eq!(offered["url"], format!("{base}/handover#{code}"));
    assert_eq!(offered["expires_at"], json!(town.now() + seconds(300)));
    let opened = redeems(&town, &offered["code"]).await;
    assert_eq!((opened.status, opened.header("cache-control")), (201, "no-store"));
    let opened = opened.ok();
    assert_eq!((&opened["account"]["login"], &opened["must"]), (&json!("ana"), &json!([])));
    ana.gets("/me").await.is_problem(401, "token-invalid");
    let list = asks(&town, &opened, Method::GET, "/me/sessions", Value::Null).await.ok();
    assert_eq!(list["items"][0]["device"], "new phone");
    redeems(&town, &offered["code"]).await.is_problem(401, "handover-invalid");
    let refresh = json!({"refresh_token": opened["refresh_token"]});
    post(&town, "/sessions:refresh", &refresh).await.ok();
}

#[tokio::test]
async fn both_stay_signed_in_when_that_was_asked_for() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    redeems(&town, &offers(&ana, true).await["code"]).await.ok();
    ana.gets("/me").await.ok();
}

#[tokio::test]
async fn of_many_who_read_it_at_once_one_is_let_in() {
    let town = TestApp::start().await;
    let code = offers(&town.inspector("ana"), false).await["code"].clone();
    let (a, b, c, d) = tokio::join!(
        redeems(&town, &code),
        redeems(&town, &code),
        redeems(&town, &code),
        redeems(&town, &code)
    );
    let mut statuses = [a.status, b.status, c.status, d.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 401, 401, 401]);
}

#[tokio::test]
async fn what_is_not_a_code_that_holds_is_refused_alike() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let first = offers(&ana, true).await;
    let second = offers(&ana, true).await;
    let bos = offers(&town.inspector("bo"), true).await;
    let replaced = redeems(&town, &first["code"]).await;
    replaced.is_problem(401, "handover-invalid");
    for code in ["", "x", "\u{0}", &"x".repeat(10_000)] {
        let refused = redeems(&town, &json!(code)).await;
        assert_eq!(refused.bytes, replaced.bytes, "{code:?}");
    }
    town.wait(5);
    redeems(&town, &second["code"]).await.is_problem(401, "handover-invalid");
    town.app.clock.advance(seconds(-1));
    redeems(&town, &second["code"]).await.ok();
    let path = format!("/accounts/{}/sessions", town.inspector("bo").member.account);
    assert_eq!(deletes(&town.admin(), &path).await.status, 204);
    redeems(&town, &bos["code"]).await.is_problem(401, "handover-invalid");
}
