use totp_rs::{Builder, Secret, Totp};

use super::*;

/// An authenticator app: another program than the server.
struct App {
    totp: Totp,
    recovery: Vec<String>,
}

impl App {
    fn code(&self, town: &TestApp) -> String {
        self.totp.generate(u64::try_from(town.now().as_second()).unwrap()).to_string()
    }
}

/// Whoever the session is of sets a second factor up; the code that confirmed it is too old after.
async fn sets_up(town: &TestApp, session: &Value) -> App {
    let body = json!({"password": PASSWORD});
    let begun = asks(town, session, Method::POST, "/me/second-factor", body).await;
    assert_eq!(begun.header("cache-control"), "no-store");
    let begun = begun.ok();
    let text = begun["secret"].as_str().unwrap();
    assert!(begun["uri"].as_str().unwrap().contains(&format!("secret={text}&")));
    let secret = Secret::try_from_base32(text).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let mut app = App { totp, recovery: Vec::new() };
    let code = json!({"code": app.code(town)});
    let confirmed = asks(town, session, Method::POST, "/me/second-factor:confirm", code).await.ok();
    let recovery = confirmed["recovery_codes"].as_array().unwrap().iter();
    app.recovery = recovery.map(|code| code.as_str().unwrap().to_owned()).collect();
    town.wait(2);
    app
}

#[tokio::test]
async fn from_setting_it_up_to_removing_it() {
    let town = TestApp::signing_in(SignInSettings::default()).await;
    let session = signs_in(&town, "office", PASSWORD, None).await.ok();
    let app = sets_up(&town, &session).await;
    asks(&town, &session, Method::GET, "/issues", Value::Null).await.ok();
    let me = asks(&town, &session, Method::GET, "/me", Value::Null).await.ok();
    assert_eq!((&me["second_factor"], &me["must"]), (&json!(true), &json!([])));

    let without = signs_in(&town, "office", PASSWORD, None).await;
    without.is_problem(401, "second-factor-required");
    signs_in(&town, "office", PASSWORD, Some("")).await.is_problem(401, "second-factor-invalid");
    let unknown = signs_in(&town, "office", "wrong password", Some(&app.code(&town))).await;
    unknown.is_problem(401, "credentials-invalid");
    let code = app.code(&town);
    let opened = signs_in(&town, "office", PASSWORD, Some(&code)).await.ok();
    assert_eq!(opened["must"], json!([]));
    let again = signs_in(&town, "office", PASSWORD, Some(&code)).await;
    again.is_problem(401, "second-factor-invalid");

    let begin = json!({"password": PASSWORD});
    let twice = asks(&town, &opened, Method::POST, "/me/second-factor", begin).await;
    twice.is_problem(409, "second-factor-exists");
    let remove = |code: &str| {
        let body = json!({"password": PASSWORD, "code": code});
        asks(&town, &opened, Method::DELETE, "/me/second-factor", body)
    };
    remove(&code).await.is_problem(422, "code-wrong");
    assert_eq!(remove(&app.recovery[9].to_uppercase()).await.status, 204);
    let refused = asks(&town, &opened, Method::GET, "/issues", Value::Null).await;
    refused.is_problem(403, "second-factor-setup-required");
}

#[tokio::test]
async fn whoever_wants_one_has_it_whatever_their_role() {
    let town = TestApp::start().await;
    let session = signs_in(&town, "ana", PASSWORD, None).await.ok();
    let app = sets_up(&town, &session).await;
    signs_in(&town, "ana", PASSWORD, None).await.is_problem(401, "second-factor-required");
    signs_in(&town, "ana", PASSWORD, Some(&app.recovery[0])).await.ok();
}

#[tokio::test]
async fn of_two_at_once_with_the_same_code_one_is_let_in() {
    let town = TestApp::start().await;
    let session = signs_in(&town, "ana", PASSWORD, None).await.ok();
    let app = sets_up(&town, &session).await;
    for code in [app.code(&town), app.recovery[4].clone()] {
        let (one, two) = tokio::join!(
            signs_in(&town, "ana", PASSWORD, Some(&code)),
            signs_in(&town, "ana", PASSWORD, Some(&code))
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 401], "{code}");
    }
}

#[tokio::test]
async fn guessing_codes_locks() {
    let town = TestApp::start().await;
    let session = signs_in(&town, "ana", PASSWORD, None).await.ok();
    let app = sets_up(&town, &session).await;
    for guess in ["1", "2", "3", "4", "5"] {
        let wrong = signs_in(&town, "ana", PASSWORD, Some(guess)).await;
        wrong.is_problem(401, "second-factor-invalid");
        if guess != "5" {
            let without = signs_in(&town, "ana", PASSWORD, None).await;
            without.is_problem(401, "second-factor-required");
        }
    }
    let right = signs_in(&town, "ana", PASSWORD, Some(&app.code(&town))).await;
    right.is_problem(429, "sign-in-locked");
}

#[tokio::test]
async fn when_the_phone_is_lost_an_administrator_helps() {
    let town = TestApp::start().await;
    let session = signs_in(&town, "ana", PASSWORD, None).await.ok();
    sets_up(&town, &session).await;
    let (admin, ana) = (town.admin(), town.inspector("ana").member.account);
    let path = format!("/accounts/{ana}/second-factor");
    deletes(&town.office(), &path).await.is_problem(403, "forbidden");
    assert_eq!(deletes(&admin, &path).await.status, 204);
    signs_in(&town, "ana", PASSWORD, None).await.ok();
    let own = format!("/accounts/{}/second-factor", admin.member.account);
    deletes(&admin, &own).await.is_problem(422, "own-account");
}
