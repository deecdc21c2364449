use super::*;

/// All that an answer tells, but for when it was sent.
fn told(answer: &Answer) -> (u16, Vec<u8>, Vec<(String, String)>) {
    let headers = answer.headers.iter().filter(|(name, _)| *name != "date");
    let headers = headers.map(|(name, value)| (name.to_string(), format!("{value:?}")));
    (answer.status, answer.bytes.clone(), headers.collect())
}

#[tokio::test]
async fn a_login_that_nobody_has_is_answered_like_one_that_somebody_has() {
    let town = TestApp::start().await;
    for round in 0..12 {
        let known = signs_in(&town, "ana", "wrong password", None).await;
        for login in ["nobody-at-all", "王芳", "x\u{0}y"] {
            let unknown = signs_in(&town, login, "wrong password", None).await;
            assert_eq!(told(&known), told(&unknown), "round {round}, {login}");
        }
        if known.status == 429 {
            assert_eq!(known.header("retry-after"), if round < 6 { "900" } else { "1800" });
            known.is_problem(429, "sign-in-locked");
            town.app.clock.advance(seconds(known.header("retry-after").parse().unwrap()));
        } else {
            known.is_problem(401, "credentials-invalid");
        }
    }
}

#[tokio::test]
async fn a_wrong_password_takes_as_long_for_a_login_that_nobody_has() {
    let town =
        TestApp::signing_in(SignInSettings { lock_after: 0, ..SignInSettings::demonstration() })
            .await;
    // A hash is what takes the time, and nobody's takes as much of it as anybody's.
    for (number, login) in ["ana", "nobody-at-all"].into_iter().enumerate() {
        signs_in(&town, login, "wrong password", None).await;
        let page = town.app.metrics.page(&town.app).await.unwrap();
        let line = format!("zhoubian_passwords_checked_total {}\n", number + 1);
        assert!(page.contains(&line), "{login}: {page}");
    }
}

#[tokio::test]
async fn five_failures_lock_even_the_right_password_out_until_it_is_over() {
    let town = TestApp::start().await;
    for _ in 0..4 {
        signs_in(&town, "ana", "wrong password", None).await.is_problem(401, "credentials-invalid");
    }
    signs_in(&town, "ana", PASSWORD, None).await.ok();
    for _ in 0..5 {
        signs_in(&town, " ANA ", "wrong password", None)
            .await
            .is_problem(401, "credentials-invalid");
    }
    signs_in(&town, "ana", PASSWORD, None).await.is_problem(429, "sign-in-locked");
    town.app.clock.advance(seconds(15 * 60 - 1));
    let last = signs_in(&town, "ana", PASSWORD, None).await;
    assert_eq!(last.header("retry-after"), "1");
    assert!(town.inspector("ana").gets("/me").await.status == 200, "who is signed in stays so");
    town.app.clock.advance(seconds(1));
    signs_in(&town, "ana", PASSWORD, None).await.ok();
}

#[tokio::test]
async fn a_flood_at_once_gets_no_more_tries_than_one_after_the_other() {
    let town = TestApp::start().await;
    let many = (0..40).map(|_| signs_in(&town, "ana", "wrong password", None));
    let mut set = Vec::new();
    for answer in join_all(many).await {
        set.push(answer.said().1.to_owned());
    }
    let tried = set.iter().filter(|code| *code == "credentials-invalid").count();
    let locked = set.iter().filter(|code| *code == "sign-in-locked").count();
    assert_eq!((tried, locked), (5, 35));
}

async fn join_all<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (future, done) in waiting.iter_mut().zip(&mut done) {
            if done.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if done.iter().all(Option::is_some) {
            return std::task::Poll::Ready(done.iter_mut().filter_map(Option::take).collect());
        }
        std::task::Poll::Pending
    })
    .await
}

#[tokio::test]
async fn an_administrator_sees_the_lock_and_opens_it() {
    let town = TestApp::start().await;
    let (admin, bo) = (town.admin(), town.inspector("bo").member.account);
    let locked = async || {
        let page = admin.gets(&format!("/accounts?limit=1&after={}", bo - 1)).await.ok();
        page["items"][0]["locked_until"].clone()
    };
    assert_eq!(locked().await, Value::Null);
    for _ in 0..5 {
        signs_in(&town, "bo", "wrong password", None).await;
    }
    assert_eq!(locked().await, json!(town.now() + seconds(900)));
    let unlock = format!("/accounts/{bo}:unlock");
    town.office().posts(&unlock, &Value::Null).await.is_problem(403, "forbidden");
    assert_eq!(admin.posts(&unlock, &Value::Null).await.status, 204);
    assert_eq!(locked().await, Value::Null);
    signs_in(&town, "bo", PASSWORD, None).await.ok();
    assert_eq!(admin.posts(&unlock, &Value::Null).await.status, 204, "twice is as good");
    admin.posts("/accounts/999999:unlock", &Value::Null).await.is_problem(404, "not-found");
}
