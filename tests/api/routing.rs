//! The division of work: read, checked, tried, published.

use serde_json::{Value, json};
use support::{Answer, Person, TestApp, report};
use zhoubian::import::{self, Fate, FileKind, Source};
use zhoubian::problem::Error;

const PUBLISHED: &str = include_str!("../../server/src/demo/routing.toml");

/// Rubbish goes to another bureau, manhole covers to somebody at last, posters to nobody any more.
const DRAFT: &str = r#"
version = "draft"

[[rule]]
name = "rubbish"
when = { category = ["0101"], area = ["429901000000"], source = ["inspector"] }
lead = "zhifa"
cooperating = ["@subdistrict"]

[[rule]]
name = "covers"
from = "2026-11-01"
when = { category = ["1102"] }
lead = "gongdian"

[[rule]]
name = "posters"
when = { condition = ["0301A"] }
lead = "@owner"
"#;

/// Two pieces of rubbish, a poster, a manhole cover, and something blind.
async fn some_issues(town: &TestApp) -> Vec<i64> {
    let ana = town.inspector("ana");
    let drafts = [("0101", "0101A"), ("0101", "0101A"), ("0301", "0301A"), ("1102", "1102A")];
    let mut issues = Vec::new();
    for (number, (category, condition)) in drafts.into_iter().enumerate() {
        let draft = report().at(town.spot(number)).category(category).condition(condition);
        issues.push(ana.submits(&draft).await.issue());
    }
    let blind = report().at(town.spot(9)).blind();
    town.supervisor().submits(&blind).await.ok();
    issues
}

async fn tries(who: &Person, with: Value) -> Answer {
    let mut body = json!({"text": DRAFT});
    for (field, value) in with.as_object().unwrap() {
        body[field] = value.clone();
    }
    who.posts("/routing:try", &body).await
}

/// Lead before, lead after, gained, lost.
fn bureau<'t>(tried: &'t Value, code: &str) -> [&'t Value; 4] {
    let all = tried["bureaus"].as_array().unwrap();
    let found = all.iter().find(|one| one["bureau"] == code).unwrap();
    ["lead_before", "lead_after", "gained", "lost"].map(|field| &found[field])
}

#[tokio::test]
async fn a_draft_is_tried_against_what_the_published_rules_do() {
    let town = TestApp::start().await;
    let (office, issues) = (town.office(), some_issues(&town).await);
    let tried = tries(&office, json!({})).await.ok();
    let counts = ["looked_at", "same", "changed", "newly_unrouted", "newly_routed"];
    assert_eq!(counts.map(|field| tried[field].as_i64().unwrap()), [4, 0, 2, 1, 1]);
    assert_eq!((&tried["more"], &tried["version"]), (&false.into(), &"draft".into()));
    assert_eq!(bureau(&tried, "huanwei"), [2, 0, 0, 2]);
    assert_eq!(bureau(&tried, "zhifa"), [0, 2, 2, 0]);
    assert_eq!(bureau(&tried, "gongdian"), [0, 1, 1, 0]);
    assert_eq!(bureau(&tried, "xinhua"), [1, 0, 0, 1]);
    assert_eq!(tried["unrouted"][0]["issues"], 1);
    assert_eq!(tried["unrouted"][0]["routing"]["because"]["kind"], "unresolved");
    let used: Vec<&Value> =
        tried["rules"].as_array().unwrap().iter().map(|rule| &rule["issues"]).collect();
    assert_eq!(used, [1, 0, 2], "covers, posters, rubbish");
    let examples = tried["examples"].as_array().unwrap();
    let numbers: Vec<i64> = examples.iter().map(|one| one["issue"].as_i64().unwrap()).collect();
    assert_eq!(numbers, issues.iter().rev().copied().collect::<Vec<_>>(), "the newest first");
    let cover = &examples[0];
    assert_eq!(cover["difference"], "newly_routed");
    assert_eq!(cover["before"]["routing"]["because"]["kind"], "unresolved");
    assert_eq!(cover["after"]["lead"], "gongdian");
    let rubbish = &examples[3]["after"]["routing"];
    let met = &rubbish["because"]["met"];
    assert_eq!(met[1], json!({"criterion": "area", "value": "429901000000"}));
    let zh = rubbish["words"]["zh"].as_str().unwrap();
    assert!(zh.contains("小类 暴露垃圾（0101）") && zh.contains("来源 采集员"), "{zh}");
    assert_eq!(office.sees(issues[0]).await["lead"], "huanwei", "nothing was changed");
}

#[tokio::test]
async fn a_draft_is_tried_within_bounds() {
    let town = TestApp::start().await;
    let (admin, issues) = (town.admin(), some_issues(&town).await);
    let newest = tries(&admin, json!({"limit": 1, "examples": 0})).await.ok();
    assert_eq!((&newest["looked_at"], &newest["more"]), (&1.into(), &true.into()));
    assert_eq!((&newest["newly_routed"], &newest["examples"]), (&1.into(), &json!([])));
    for (span, count) in [
        (json!({"from": "2026-11-16", "to": "2026-11-16"}), 4),
        (json!({"to": "2026-11-15"}), 0),
        (json!({"from": "2026-11-17"}), 0),
    ] {
        assert_eq!(tries(&admin, span.clone()).await.ok()["looked_at"], count, "{span}");
    }
    let then = tries(&admin, json!({"on": "2026-10-31"})).await.ok();
    assert_eq!(then["newly_routed"], 0, "the rule for covers begins in November");
    // Where issues were first sent, whatever became of them later.
    let office = town.office();
    office.dispatches(issues[3], "gongdian").await.ok();
    let happened = tries(&admin, json!({"against": "happened"})).await.ok();
    assert_eq!((&happened["newly_routed"], &happened["changed"]), (&1.into(), &2.into()));
    for wrong in [json!({"limit": 0}), json!({"limit": 100_001}), json!({"examples": 501})] {
        tries(&admin, wrong).await.is_problem(422, "limit-invalid");
    }
    tries(&admin, json!({"against": "nothing"})).await.is_problem(400, "request-malformed");
}

#[tokio::test]
async fn only_the_office_and_administrators_handle_drafts() {
    let town = TestApp::start().await;
    for who in [town.inspector("ana"), town.bureau("huanwei"), town.supervisor()] {
        tries(&who, json!({})).await.is_problem(403, "forbidden");
        who.posts("/routing:lint", &json!({"text": DRAFT})).await.is_problem(403, "forbidden");
        assert!(who.gets("/routing").await.ok()["text"].as_str().unwrap().contains("[[rule]]"));
    }
}

#[tokio::test]
async fn a_draft_that_cannot_be_read_is_refused_with_its_line() {
    let town = TestApp::start().await;
    let office = town.office();
    for path in ["/routing:lint", "/routing:try"] {
        let text = "version = \"v\"\n[[rule]]\nname = \"a\"\nlede = \"zhifa\"\n";
        let refused = office.posts(path, &json!({ "text": text })).await;
        refused.is_problem(422, "rules-unreadable");
        assert_eq!(refused.body["line"], 4, "{}", refused.body);
        let broken = office.posts(path, &json!({"text": "version = "})).await;
        broken.is_problem(422, "rules-unreadable");
        assert_eq!(broken.body["line"], 1);
        let large = format!("# {}\n{DRAFT}", "x".repeat(256 * 1024));
        office.posts(path, &json!({ "text": large })).await.is_problem(413, "too-large");
        office.posts(path, &json!({"rules": 1})).await.is_problem(400, "request-malformed");
    }
}

#[tokio::test]
async fn a_lint_says_what_where_and_in_both_languages() {
    let town = TestApp::start().await;
    let office = town.office();
    let sound = office.posts("/routing:lint", &json!({"text": PUBLISHED})).await.ok();
    assert_eq!((&sound["errors"], &sound["warnings"]), (&0.into(), &0.into()), "{sound}");
    let covers = "[[rule]]\nname = \"井盖\"\nwhen = { category = [\"1102\"] }\nlead = \"@owner\"\n";
    let fewer = PUBLISHED.replace(covers, "");
    let gap = office.posts("/routing:lint", &json!({ "text": fewer })).await.ok();
    assert_eq!((&gap["errors"], &gap["warnings"]), (&0.into(), &1.into()), "{gap}");
    assert_eq!(gap["findings"][0]["code"], "uncovered");
    let text = format!(
        "{DRAFT}\n[[rule]]\nname = \"again\"\nwhen = {{ condition = [\"1102A\"] }}\nlead = \"nobody\"\n\
         [[rule]]\nname = \"also\"\nwhen = {{ condition = [\"0301A\"] }}\nlead = \"zhifa\"\n\
         [[rule]]\nname = \"hidden\"\nwhen = {{ class = [\"宣传广告\"], category = [\"0301\"], \
         condition = [\"0301A\"] }}\npriority = -1\nlead = \"zhifa\"\n"
    );
    let found =
        office.posts("/routing:lint", &json!({"text": text, "on": "2026-12-01"})).await.ok();
    let told = |one: &Value| (one["code"].clone(), one["rules"].clone(), one["lines"].clone());
    let findings: Vec<_> = found["findings"].as_array().unwrap().iter().map(told).collect();
    let line = |name: &str| {
        let at = text.lines().position(|line| line == format!("name = \"{name}\"")).unwrap();
        // The rule begins at the line before, and lines count from 1.
        json!(at)
    };
    assert!(findings.contains(&(
        "unknown-bureau".into(),
        json!(["again"]),
        json!([line("again")])
    )));
    assert!(findings.contains(&(
        "tie".into(),
        json!(["posters", "also"]),
        json!([line("posters"), line("also")])
    )));
    assert!(findings.contains(&("unreachable".into(), json!(["hidden"]), json!([line("hidden")]))));
    let words = &found["findings"][0]["words"];
    assert!(words["zh"].as_str().unwrap().contains("规则"), "{words}");
}

/// Imports a file of rules, or says why it is refused.
async fn publishes(town: &TestApp, text: &str) -> Result<(), String> {
    let source = Source::new(FileKind::Routing, "routing.toml", text);
    let (rows, now) = (import::read(&source), town.now());
    let import = move |conn: &mut schema::Conn| {
        let plan = import::plan(conn, rows.clone())?;
        import::apply(conn, &plan, now)?;
        Ok::<_, Error>(plan)
    };
    let plan = town.app.db.write(import).await.unwrap();
    town.app.reload_gazetteer().await.unwrap();
    match &plan.rows[0].fate {
        Fate::Refused(why) => Err(why.clone()),
        _ => Ok(()),
    }
}

#[tokio::test]
async fn rules_that_were_in_force_can_be_read_as_long_as_issues_name_them() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let before = office.gets("/routing").await;
    assert_eq!(before.body["text"], PUBLISHED, "with its comments");
    let etag = before.header("etag").to_owned();
    let request = office.request(reqwest::Method::GET, "/routing").header("if-none-match", &etag);
    assert_eq!(town.nobody.send(request).await.status, 304);
    town.wait(60);
    assert_eq!(publishes(&town, DRAFT).await, Ok(()));
    let now = office.gets("/routing").await;
    assert_eq!((&now.body["version"], &now.body["in_force"]), (&"draft".into(), &true.into()));
    assert_eq!(now.body["imported_at"], "2026-11-16T02:00:00Z");
    assert_ne!(now.header("etag"), etag);
    let versions = office.gets("/routing/versions").await.ok();
    let versions: Vec<_> = versions["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["version"].clone(), one["in_force"].clone()))
        .collect();
    assert_eq!(versions, [("draft".into(), true.into()), ("云汀-2026-1".into(), false.into())]);
    let old = ana.gets("/routing/versions/%E4%BA%91%E6%B1%80-2026-1").await.ok();
    assert_eq!((&old["text"], &old["in_force"]), (&PUBLISHED.into(), &false.into()));
    office.gets("/routing/versions/none").await.is_problem(404, "not-found");
    let why = publishes(&town, &format!("{DRAFT}# otherwise")).await.unwrap_err();
    assert!(why.contains("raise `version`"), "{why}");
    assert_eq!(publishes(&town, PUBLISHED).await, Ok(()), "back to what was, under its own name");
    assert_eq!(office.gets("/routing").await.ok()["version"], "云汀-2026-1");
}

#[tokio::test]
async fn every_issue_says_why_it_went_where_it_did() {
    let town = TestApp::start().await;
    let (office, issues) = (town.office(), some_issues(&town).await);
    let routing = &office.sees(issues[0]).await["routing"];
    assert_eq!((&routing["rule"], &routing["reason"]), (&"暴露垃圾".into(), &Value::Null));
    assert_eq!(
        routing["because"],
        json!({"kind": "rule", "version": "云汀-2026-1", "rules": ["暴露垃圾"],
            "met": [{"criterion": "category", "value": "0101"}],
            "lead": {"bureau": "huanwei", "target": null, "standard": null},
            "cooperating": [{"bureau": "xinhua", "target": "@subdistrict", "standard": null}],
            "left_out": [], "task": null})
    );
    assert_eq!(
        routing["words"]["zh"],
        "规则“暴露垃圾”（云汀-2026-1）：小类 暴露垃圾（0101）。牵头：区环境卫生服务中心（huanwei）；\
         配合：所属街办 新华街道办事处（xinhua）"
    );
    let nobody = &office.sees(issues[3]).await["routing"];
    assert_eq!(nobody["because"]["kind"], "unresolved");
    let words = nobody["words"]["en"].as_str().unwrap();
    assert!(words.contains("井盖"), "{words}");
    office.dispatches(issues[3], "gongdian").await.ok();
    let by_desk = &office.sees(issues[3]).await["routing"];
    assert_eq!((&by_desk["reason"], &by_desk["because"]), (&"desk".into(), &Value::Null));
    let events = office.gets(&format!("/issues/{}/events", issues[3])).await.ok();
    let words: Vec<&Value> =
        events["items"].as_array().unwrap().iter().map(|event| &event["words"]["zh"]).collect();
    let nothing = &Value::Null;
    assert!(words[2].as_str().unwrap().contains("井盖"), "{words:?}");
    assert_eq!([words[0], words[1], words[3]], [nothing, nothing, &"desk".into()]);
}
