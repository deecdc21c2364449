//! Lists: paged by key, narrowed by filters, cut to what the reader may see.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use support::{TestApp, report};

fn ids(issues: &[Value]) -> Vec<i64> {
    issues.iter().map(|issue| issue["id"].as_i64().unwrap()).collect()
}

/// A town with issues of every sort; the office's list of them.
pub(super) async fn varied() -> (TestApp, Vec<Value>) {
    let town = TestApp::start().await;
    let (ana, chen, office) = (town.inspector("ana"), town.inspector("chen"), town.office());
    let notes =
        ["100% wet", "100 wet", "a_b", "a-b", "back\\slash", "西门外散落垃圾", "", "Ana", "ana"];
    for (number, note) in notes.iter().enumerate() {
        ana.submits(&report().at(town.spot(number)).note(note)).await.ok();
    }
    for (number, condition) in
        ["0102A", "1102B", "0301B", "0702A", "1101A", "0404A"].iter().enumerate()
    {
        let draft =
            report().at(town.spot(20 + number)).category(&condition[..4]).condition(condition);
        ana.submits(&draft).await.ok();
    }
    for number in 0..4 {
        town.wait(7);
        chen.submits(&report().at(town.spot_in("429901100000", number)).note("far")).await.ok();
    }
    for number in 0..3 {
        ana.submits(&report().at(town.spot_in("429901001000", number)).unsorted()).await.ok();
    }
    chen.submits(&report().unsorted().note("nowhere")).await.ok();
    let huanwei = town.bureau("huanwei");
    for issue in [1, 2, 3] {
        huanwei.accepts(issue).await.ok();
    }
    huanwei.rectifies(2).await;
    office.commands(3, "override", json!({"reason": "on record"})).await.ok();
    office.voids(4).await.ok();
    huanwei.returns(5).await.ok();
    let all = office.pages("/issues?limit=200").await.concat();
    assert_eq!(all.len(), 23);
    (town, all)
}

#[tokio::test]
async fn paging_over_equal_limits_loses_and_doubles_nothing() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    for number in 0..120 {
        ana.submits(&report().at(town.spot_in("429901100000", number))).await.ok();
    }
    let office = town.office();
    for (sort, ascending) in [("due", true), ("newest", false)] {
        for limit in [1, 7, 40, 119, 120, 121] {
            let pages = office.pages(&format!("/issues?sort={sort}&limit={limit}")).await;
            assert!(
                pages.iter().all(|page| page.len() <= limit && !page.is_empty()),
                "{sort} {limit}"
            );
            assert_eq!(pages.len(), 120_usize.div_ceil(limit), "{sort} {limit}");
            let mut found = ids(&pages.concat());
            if !ascending {
                found.reverse();
            }
            assert_eq!(found, (1..=120).collect::<Vec<_>>(), "{sort} {limit}");
        }
    }
    // What changes between two pages moves nothing that is still to come.
    let first = office.gets("/issues?limit=50").await.ok();
    office.voids(60).await.ok();
    let next = first["next"].as_str().unwrap();
    let second = office.gets(&format!("/issues?limit=70&after={next}")).await.ok();
    assert_eq!(ids(second["items"].as_array().unwrap()), (51..=120).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_nearest_limit_comes_first_and_none_comes_last() {
    let (_, all) = varied().await;
    let key = |issue: &Value| {
        let due = issue["next_due_at"].as_str().unwrap_or("9999").to_owned();
        (due, issue["id"].as_i64().unwrap())
    };
    let keys: Vec<_> = all.iter().map(key).collect();
    assert!(keys.is_sorted(), "{keys:?}");
    assert!(keys.last().unwrap().0 == "9999" && keys[0].0 != "9999");
}

/// Whether an issue should be listed.
type Holds<'a> = Box<dyn Fn(&Value) -> bool + 'a>;

#[tokio::test]
async fn each_filter_narrows_rightly() {
    let (town, all) = varied().await;
    let office = town.office();
    let word = |issue: &Value, field: &str| issue[field].as_str().unwrap_or_default().to_owned();
    let helps =
        |issue: &Value, code: &str| issue["cooperating"].as_array().unwrap().contains(&code.into());
    let within = |issue: &Value, [west, south, east, north]: [f64; 4]| {
        let at = |axis: &str| issue["position"][axis].as_f64();
        at("lat")
            .zip(at("lon"))
            .is_some_and(|(lat, lon)| south <= lat && lat <= north && west <= lon && lon <= east)
    };
    let spot = town.spot(1);
    let bbox = [spot.lon - 0.002, spot.lat - 0.002, spot.lon + 0.002, spot.lat + 0.002];
    let open =
        |issue: &Value| !["closed", "void", "refused"].contains(&issue["stage"].as_str().unwrap());
    let due = |issue: &Value| issue["next_due_at"].as_str().map(str::to_owned);
    let limit = "2026-11-16T03:10:00Z";
    let is: Vec<(String, Holds<'_>)> = vec![
        (
            "bureau=huanwei".into(),
            Box::new(|i| word(i, "lead") == "huanwei" || helps(i, "huanwei")),
        ),
        ("bureau=xinhua".into(), Box::new(|i| word(i, "lead") == "xinhua" || helps(i, "xinhua"))),
        ("stage=rectified".into(), Box::new(|i| word(i, "stage") == "rectified")),
        (
            "stage=void,closed".into(),
            Box::new(|i| ["void", "closed"].contains(&&*word(i, "stage"))),
        ),
        ("open=true".into(), Box::new(open)),
        ("open=false".into(), Box::new(move |i| !open(i))),
        ("category=1102".into(), Box::new(|i| word(i, "category") == "1102")),
        (
            "category=0102,0301".into(),
            Box::new(|i| ["0102", "0301"].contains(&&*word(i, "category"))),
        ),
        // A community's code begins with its subdistrict's.
        ("area=429901100000".into(), Box::new(|i| word(i, "area").starts_with("429901100"))),
        ("area=429901000000".into(), Box::new(|i| i["area"].is_string())),
        (
            format!("bbox={},{},{},{}", bbox[0], bbox[1], bbox[2], bbox[3]),
            Box::new(move |i| within(i, bbox)),
        ),
        (
            format!("due_before={limit}"),
            Box::new(move |i| due(i).is_some_and(|due| due.as_str() < limit)),
        ),
        (
            format!("due_after={limit}"),
            Box::new(move |i| due(i).is_none_or(|due| due.as_str() >= limit)),
        ),
        ("unrouted=true".into(), Box::new(|i| i["unrouted"] == true)),
        ("unrouted=false".into(), Box::new(|i| i["unrouted"] == false)),
        ("returned=true".into(), Box::new(|i| word(i, "stage") == "returned")),
        ("returned=false".into(), Box::new(|i| word(i, "stage") != "returned")),
        ("lead=huanwei".into(), Box::new(|i| word(i, "lead") == "huanwei")),
        ("lead=-".into(), Box::new(|i| i["lead"].is_null())),
        (
            "new_since=2026-11-16T01:07:00Z".into(),
            Box::new(|i| {
                let counted = !["void", "refused"].contains(&&*word(i, "stage"));
                counted && word(i, "reported_at").as_str() >= "2026-11-16T01:07:00Z"
            }),
        ),
        ("text=100%25".into(), Box::new(|i| word(i, "note").contains("100%"))),
        ("text=a_b".into(), Box::new(|i| word(i, "note").contains("a_b"))),
        ("text=%5C".into(), Box::new(|i| word(i, "note").contains('\\'))),
        ("text=%E5%9E%83%E5%9C%BE".into(), Box::new(|i| word(i, "note").contains("垃圾"))),
        ("text=7".into(), Box::new(|i| i["id"] == 7)),
        (
            "open=true&bureau=huanwei&stage=returned".into(),
            Box::new(|i| word(i, "stage") == "returned"),
        ),
    ];
    for (query, holds) in is {
        let expected: Vec<i64> =
            ids(&all.iter().filter(|issue| holds(issue)).cloned().collect::<Vec<_>>());
        assert!(
            !expected.is_empty() && expected.len() < all.len(),
            "{query} tells nothing: {expected:?}"
        );
        assert_eq!(office.lists(&query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_text_is_found_in_any_case() {
    let (town, all) = varied().await;
    let wanted = |issue: &&Value| issue["note"].as_str().unwrap().to_lowercase() == "ana";
    let expected: Vec<i64> = ids(&all.iter().filter(wanted).cloned().collect::<Vec<_>>());
    assert_eq!(expected.len(), 2);
    assert_eq!(town.office().lists("text=ANA").await, expected, "alike on both databases");
}

#[tokio::test]
async fn lists_are_cut_to_what_the_reader_may_see() {
    let (town, all) = varied().await;
    let blind = town.supervisor().submits(&report().at(town.spot(40)).blind()).await.issue();
    let sorted = |mut ids: Vec<i64>| {
        ids.sort_unstable();
        ids
    };
    for reader in
        ["ana", "bo", "chen", "huanwei", "xinhua", "zhifa", "supervisor01", "admin", "office"]
    {
        let reader = town.person(reader);
        let listed = sorted(reader.lists("").await);
        let mut seen = Vec::new();
        for issue in ids(&all).into_iter().chain([blind]) {
            if reader.gets(&format!("/issues/{issue}")).await.status == 200 {
                seen.push(issue);
            }
        }
        assert_eq!(listed, sorted(seen), "{}", reader.member.login);
        let pulled: Vec<i64> = reader.pulls_all().await.into_keys().collect();
        assert_eq!(listed, pulled, "{}", reader.member.login);
    }
    assert_eq!(town.bureau("zhifa").lists("bureau=huanwei&open=true").await, Vec::<i64>::new());
}

/// How many of each code.
fn shares(listed: &Value) -> BTreeMap<String, (i64, i64)> {
    let share = |share: &Value| {
        let code = share["code"].as_str().unwrap().to_owned();
        (code, (share["total"].as_i64().unwrap(), share["open"].as_i64().unwrap()))
    };
    listed.as_array().unwrap().iter().map(share).collect()
}

#[tokio::test]
async fn a_cluster_counts_what_lies_around_its_point() {
    let (town, all) = varied().await;
    let office = town.office();
    let mut around: BTreeMap<String, Vec<(Value, String)>> = BTreeMap::new();
    for issue in ids(&all) {
        let detail = office.sees(issue).await;
        for point in detail["points"].as_array().unwrap() {
            let code = point["code"].as_str().unwrap().to_owned();
            around
                .entry(code)
                .or_default()
                .push((detail.clone(), point["band"].as_str().unwrap().to_owned()));
        }
    }
    let (code, issues) = around.iter().max_by_key(|(_, issues)| issues.len()).unwrap();
    assert!(issues.len() > 10, "a point with something to count");
    let cluster = office.gets(&format!("/points/{code}/cluster?limit=200")).await.ok();
    let recount = |part: &dyn Fn(&(Value, String)) -> Option<String>| {
        let mut counts: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for entry in issues {
            let Some(key) = part(entry) else { continue };
            let open = !["closed", "void", "refused"].contains(&entry.0["stage"].as_str().unwrap());
            let count = counts.entry(key).or_default();
            *count = (count.0 + 1, count.1 + i64::from(open));
        }
        counts
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    assert_eq!(shares(&cluster["by_band"]), recount(&|entry| Some(entry.1.clone())));
    assert_eq!(shares(&cluster["by_category"]), recount(&|entry| text(&entry.0["category"])));
    assert_eq!(shares(&cluster["by_stage"]), recount(&|entry| text(&entry.0["stage"])));
    assert_eq!(cluster["total"], issues.len());
    let listed: BTreeSet<i64> = ids(cluster["issues"].as_array().unwrap()).into_iter().collect();
    assert_eq!(listed, issues.iter().map(|(issue, _)| issue["id"].as_i64().unwrap()).collect());
    let mut listed: Vec<i64> = listed.into_iter().collect();
    assert_eq!(
        {
            let mut by_point = office.lists(&format!("point={code}")).await;
            by_point.sort_unstable();
            by_point
        },
        listed
    );

    // Page by page, the newest first, the same.
    listed.reverse();
    let (mut paged, mut after) = (Vec::new(), String::new());
    loop {
        let page = office.gets(&format!("/points/{code}/cluster?limit=4{after}")).await.ok();
        paged.extend(ids(page["issues"].as_array().unwrap()));
        assert_eq!(page["total"], cluster["total"], "counts are of the whole");
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(paged, listed);

    // What a bureau sees of it is its own part.
    let part = town.bureau("zhifa").gets(&format!("/points/{code}/cluster")).await.ok();
    let own = issues.iter().filter(|(issue, _)| {
        issue["lead"] == "zhifa"
            || issue["cooperating"].as_array().unwrap().contains(&"zhifa".into())
    });
    assert_eq!(part["total"], own.count());
    let accepted = office.gets(&format!("/points/{code}/cluster?stage=accepted")).await.ok();
    assert_eq!(
        accepted["total"],
        issues.iter().filter(|(issue, _)| issue["stage"] == "accepted").count()
    );
}
