//! What a cursor is good for.

use support::{TestApp, report};

#[tokio::test]
async fn a_cursor_goes_on_from_where_it_was_handed_out() {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let empty = huanwei.pulls(None, 5).await.ok();
    assert_eq!((&empty["changes"], &empty["has_more"]), (&serde_json::json!([]), &false.into()));
    let start = empty["next"].as_str().unwrap().to_owned();
    let mut issues = Vec::new();
    for number in 0..7 {
        issues.push(ana.submits(&report().at(town.spot(number))).await.issue());
    }
    let (mut seen, mut after) = (Vec::new(), start);
    loop {
        let page = huanwei.pulls(Some(&after), 3).await.ok();
        let changes = page["changes"].as_array().unwrap();
        assert!(changes.len() <= 3);
        seen.extend(changes.iter().map(|change| change["id"].as_i64().unwrap()));
        page["next"].as_str().unwrap().clone_into(&mut after);
        if page["has_more"] == false {
            break;
        }
    }
    assert_eq!(seen, issues, "in the order of their commits, none twice");
    let nothing_new = huanwei.pulls(Some(&after), 3).await.ok();
    assert_eq!(nothing_new["changes"], serde_json::json!([]));
}

#[tokio::test]
async fn a_cursor_of_another_installation_or_reader_is_gone() {
    let town = TestApp::start().await;
    let (ana, bo, office) = (town.inspector("ana"), town.inspector("bo"), town.office());
    ana.submits(&report().at(town.spot(0))).await.ok();
    let next = ana.pulls(None, 50).await.ok()["next"].as_str().unwrap().to_owned();
    assert_eq!(ana.pulls(Some(&next), 50).await.status, 200);
    for other in [&bo, &office, &town.bureau("huanwei")] {
        other.pulls(Some(&next), 50).await.is_problem(410, "must-refetch");
    }
    let (_, rest) = next.split_once('.').unwrap();
    let restored = format!("ffffffffffff.{rest}");
    ana.pulls(Some(&restored), 50).await.is_problem(410, "must-refetch");
    for malformed in [
        "x",
        "1.2",
        "a.b.c",
        "0123456789ab..",
        "%00",
        "1.2.3.4",
        "0123456789ab.99999999999999999999.x",
    ] {
        ana.pulls(Some(malformed), 50).await.is_problem(400, "request-malformed");
    }
    for limit in [0, 1001] {
        ana.pulls(None, limit).await.is_problem(422, "limit-invalid");
    }
}

#[tokio::test]
async fn a_cursor_ahead_of_the_feed_is_gone() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let next = ana.pulls(None, 50).await.ok()["next"].as_str().unwrap().to_owned();
    let parts: Vec<&str> = next.split('.').collect();
    let ahead = format!("{}.{}.{}", parts[0], parts[1].parse::<i64>().unwrap() + 1, parts[2]);
    ana.pulls(Some(&ahead), 50).await.is_problem(410, "must-refetch");
    ana.polls(&ahead, 60).await.is_problem(410, "must-refetch");
    let snapshot = format!("/changes/snapshot?after={ahead}.7");
    ana.gets(&snapshot).await.is_problem(410, "must-refetch");
}

#[tokio::test]
async fn a_change_of_what_the_reader_may_see_is_a_new_beginning() {
    let town = TestApp::start().await;
    let (ana, admin) = (town.inspector("ana"), town.admin());
    let next = ana.pulls(None, 50).await.ok()["next"].as_str().unwrap().to_owned();
    let moved = serde_json::json!({"duty_areas": ["429901100000"]});
    let request =
        admin.request(reqwest::Method::PATCH, &format!("/accounts/{}", ana.member.account));
    town.nobody.send(request.json(&moved)).await.ok();
    ana.pulls(Some(&next), 50).await.is_problem(410, "must-refetch");
}
