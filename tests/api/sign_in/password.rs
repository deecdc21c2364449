use super::*;

const NEW: &str = "three herons over the weir";

async fn changes(town: &TestApp, session: &Value, current: &str, new: &str) -> Answer {
    let body = json!({"current": current, "new": new});
    asks(town, session, Method::PUT, "/me/password", body).await
}

#[tokio::test]
async fn what_an_administrator_set_is_changed_before_anything_else() {
    let town = TestApp::start().await;
    let admin = town.admin();
    let new = json!({"login": "fang", "name": "王芳", "role": "inspector", "password": PASSWORD});
    let made = admin.posts("/accounts", &new).await.ok();
    assert_eq!(
        (&made["must_change_password"], &made["locked_until"]),
        (&json!(true), &Value::Null)
    );
    let fang = signs_in(&town, "fang", PASSWORD, None).await.ok();
    assert_eq!(fang["must"], json!(["change_password"]));
    let refused = asks(&town, &fang, Method::GET, "/issues", Value::Null).await;
    refused.is_problem(403, "password-change-required");
    let me = asks(&town, &fang, Method::GET, "/me", Value::Null).await.ok();
    assert_eq!(me["must"], json!(["change_password"]));
    let refreshed = json!({"refresh_token": fang["refresh_token"]});
    let fang = post(&town, "/sessions:refresh", &refreshed).await.ok();
    assert_eq!(fang["must"], json!(["change_password"]));

    changes(&town, &fang, PASSWORD, PASSWORD).await.is_problem(422, "password-unchanged");
    changes(&town, &fang, PASSWORD, "fang-fang-fang").await.is_problem(422, "password-weak");
    assert_eq!(changes(&town, &fang, PASSWORD, NEW).await.status, 204);
    asks(&town, &fang, Method::GET, "/issues", Value::Null).await.ok();
    assert_eq!(signs_in(&town, "fang", NEW, None).await.ok()["must"], json!([]));

    let path = format!("/accounts/{}", made["id"]);
    let reset = |body: Value| admin.request(Method::PATCH, &path).json(&body);
    let again = admin.sends(reset(json!({"password": PASSWORD, "temporary": false}))).await.ok();
    assert_eq!(again["must_change_password"], json!(false));
    asks(&town, &fang, Method::GET, "/issues", Value::Null).await.is_problem(401, "token-invalid");
    let again = admin.sends(reset(json!({"password": NEW}))).await.ok();
    assert_eq!(again["must_change_password"], json!(true));
}

#[tokio::test]
async fn somebody_who_must_can_still_leave() {
    let town = TestApp::signing_in(SignInSettings::default()).await;
    let office = signs_in(&town, "office", PASSWORD, None).await.ok();
    assert_eq!(office["must"], json!(["set_up_second_factor"]));
    let refused = asks(&town, &office, Method::GET, "/issues", Value::Null).await;
    refused.is_problem(403, "second-factor-setup-required");
    let handover = asks(&town, &office, Method::POST, "/me/handovers", json!({})).await;
    handover.is_problem(403, "second-factor-setup-required");
    let left = asks(&town, &office, Method::DELETE, "/sessions/current", Value::Null).await;
    assert_eq!(left.status, 204);
}

#[tokio::test]
async fn an_old_password_is_changed_on_its_day() {
    let town = TestApp::signing_in(SignInSettings {
        password_days: 90,
        idle_minutes: 0,
        handheld_idle_days: 0,
        ..SignInSettings::demonstration()
    })
    .await;
    let ana = town.inspector("ana");
    town.wait(90 * 24 * 60 - 1);
    ana.gets("/issues").await.ok();
    town.wait(1);
    ana.gets("/issues").await.is_problem(403, "password-change-required");
    let body = json!({"current": PASSWORD, "new": NEW});
    assert_eq!(ana.sends(ana.request(Method::PUT, "/me/password").json(&body)).await.status, 204);
    ana.gets("/issues").await.ok();
}

#[tokio::test]
async fn changing_it_signs_the_other_devices_out_and_guessing_it_locks() {
    let town = TestApp::start().await;
    let here = signs_in(&town, "ana", PASSWORD, None).await.ok();
    let there = signs_in(&town, "ana", PASSWORD, None).await.ok();
    assert_eq!(changes(&town, &here, PASSWORD, NEW).await.status, 204);
    asks(&town, &here, Method::GET, "/me", Value::Null).await.ok();
    asks(&town, &there, Method::GET, "/me", Value::Null).await.is_problem(401, "token-invalid");
    let refresh = json!({"refresh_token": there["refresh_token"]});
    post(&town, "/sessions:refresh", &refresh).await.is_problem(401, "refresh-token-invalid");
    for _ in 0..5 {
        changes(&town, &here, "a guess of mine", "seven otters in a boat")
            .await
            .is_problem(422, "password-wrong");
    }
    changes(&town, &here, NEW, PASSWORD).await.is_problem(429, "sign-in-locked");
    signs_in(&town, "ana", NEW, None).await.is_problem(429, "sign-in-locked");
}

#[tokio::test]
async fn it_is_told_in_both_languages_why_a_password_is_weak() {
    let town = TestApp::start().await;
    let session = signs_in(&town, "ana", PASSWORD, None).await.ok();
    let weak = changes(&town, &session, PASSWORD, "qwertyuiop123").await;
    weak.is_problem(422, "password-weak");
    assert_eq!(weak.body["words"]["en"], weak.body["detail"]);
    assert!(weak.body["words"]["zh"].as_str().unwrap().starts_with("密码太容易被猜到。"));
    let short = changes(&town, &session, PASSWORD, "kQ7#vW2").await;
    assert!(short.body["words"]["zh"].as_str().unwrap().contains("10 至 200"), "{}", short.body);
}
