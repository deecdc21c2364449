use super::*;

fn ids(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn somebody_sees_their_devices_and_signs_them_out() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    town.wait(5);
    let phone = signs_in(&town, "ana", PASSWORD, None).await.ok();
    let tablet = signs_in(&town, "ana", PASSWORD, None).await.ok();
    let list = asks(&town, &phone, Method::GET, "/me/sessions", Value::Null).await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 3);
    let own = list["items"].as_array().unwrap().iter().find(|one| one["current"] == true).unwrap();
    assert_eq!(own["device"], "phone");
    assert_eq!(own["created_at"], json!(town.now()));
    let (own, kept) = (own["id"].as_str().unwrap(), ana.member.session.to_string());
    let other = ids(&list).into_iter().find(|id| *id != own && *id != kept).unwrap();

    // Somebody else's is not there for them.
    let path = format!("/me/sessions/{other}");
    deletes(&town.inspector("bo"), &path).await.is_problem(404, "not-found");
    assert_eq!(deletes(&ana, &path).await.status, 204);
    deletes(&ana, &path).await.is_problem(404, "not-found");
    deletes(&ana, "/me/sessions/not-an-id").await.is_problem(400, "request-malformed");
    asks(&town, &tablet, Method::GET, "/me", Value::Null).await.is_problem(401, "token-invalid");

    assert_eq!(deletes(&ana, "/me/sessions").await.status, 204);
    asks(&town, &phone, Method::GET, "/me", Value::Null).await.is_problem(401, "token-invalid");
    assert_eq!(ids(&ana.gets("/me/sessions").await.ok()), [kept]);
}

#[tokio::test]
async fn an_administrator_signs_somebody_out_everywhere() {
    let town = TestApp::start().await;
    let (admin, ana) = (town.admin(), town.inspector("ana"));
    let phone = signs_in(&town, "ana", PASSWORD, None).await.ok();
    let path = format!("/accounts/{}/sessions", ana.member.account);
    town.office().gets(&path).await.is_problem(403, "forbidden");
    deletes(&town.office(), &path).await.is_problem(403, "forbidden");
    assert_eq!(ids(&admin.gets(&path).await.ok()).len(), 2);
    assert_eq!(deletes(&admin, &path).await.status, 204);
    assert_eq!(ids(&admin.gets(&path).await.ok()).len(), 0);
    ana.gets("/me").await.is_problem(401, "token-invalid");
    let refresh = json!({"refresh_token": phone["refresh_token"]});
    post(&town, "/sessions:refresh", &refresh).await.is_problem(401, "refresh-token-invalid");
    admin.gets("/accounts/999999/sessions").await.is_problem(404, "not-found");
    deletes(&admin, "/accounts/999999/sessions").await.is_problem(404, "not-found");
}

#[tokio::test]
async fn when_a_device_was_last_used_is_known_to_the_minute() {
    let town = TestApp::start().await;
    let (admin, ana) = (town.admin(), town.inspector("ana"));
    let path = format!("/accounts/{}/sessions", ana.member.account);
    let seen = async || admin.gets(&path).await.ok()["items"][0]["last_seen_at"].clone();
    let started = town.now();
    assert_eq!(seen().await, json!(started));
    town.app.clock.advance(seconds(59));
    ana.gets("/me").await.ok();
    assert_eq!(seen().await, json!(started), "less than a minute is not written");
    town.app.clock.advance(seconds(6));
    ana.gets("/me").await.ok();
    let expected = json!(town.now());
    // It is written off the request's way.
    for _ in 0..500 {
        if seen().await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} is still {}", expected, seen().await);
}

#[tokio::test]
async fn whoever_does_nothing_is_signed_out_desks_sooner_than_handhelds() {
    let town = TestApp::signing_in(SignInSettings::demonstration()).await;
    let (office, ana) = (town.office(), town.inspector("ana"));
    for _ in 0..3 {
        town.wait(29);
        office.gets("/me").await.ok();
    }
    let desk = signs_in(&town, "office", PASSWORD, None).await.ok();
    town.wait(30);
    office.gets("/me").await.is_problem(401, "token-invalid");
    let refresh = json!({"refresh_token": desk["refresh_token"]});
    post(&town, "/sessions:refresh", &refresh).await.is_problem(401, "refresh-token-invalid");
    ana.gets("/me").await.ok();
    town.wait(30 * 24 * 60);
    ana.gets("/me").await.is_problem(401, "token-invalid");
}
