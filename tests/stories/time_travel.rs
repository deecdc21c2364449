//! Time travel: a town lives a week, and what the figures of each of its days were they are as of that day for ever.

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use support::{Person, TestApp, report};
use uuid::Uuid;
use zhoubian::check::{What, check};
use zhoubian::terminal::Progress;

const DAYS: usize = 7;
const HOUR: i64 = 60;

/// What becomes of an issue, one of these after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    ClosedAtOnce,
    FailedFirst,
    Extended,
    Deferred,
    Voided,
    LeftAlone,
    Blind,
}

const FATES: [Fate; 7] = [
    Fate::ClosedAtOnce,
    Fate::FailedFirst,
    Fate::Extended,
    Fate::Deferred,
    Fate::Voided,
    Fate::LeftAlone,
    Fate::Blind,
];

struct Life {
    issue: i64,
    fate: Fate,
    age: usize,
}

async fn decided(town: &TestApp, issue: i64) {
    for officer in [town.office(), town.person("watch")] {
        officer.commands(issue, "decide", json!({"approved": true, "note": "属实"})).await.ok();
    }
}

/// What happens to an issue on a day of its life.
async fn lives(town: &TestApp, Life { issue, fate, age }: &Life) {
    let (issue, bo, office) = (*issue, town.inspector("bo"), town.office());
    let huanwei = town.bureau("huanwei");
    match (fate, age) {
        (Fate::LeftAlone | Fate::Voided | Fate::Blind, 0) => {}
        (_, 0) => {
            huanwei.accepts(issue).await.ok();
            if matches!(fate, Fate::ClosedAtOnce | Fate::FailedFirst) {
                huanwei.rectifies(issue).await;
            }
            if *fate == Fate::ClosedAtOnce {
                bo.passes(issue).await.ok();
            }
            let until = |hours: i64| json!(town.now() + hours.hours());
            if *fate == Fate::Extended {
                let body = json!({"until": until(50), "reason": "等配件", "photos": []});
                huanwei.commands(issue, "extend", body).await.ok();
            }
            if *fate == Fate::Deferred {
                let body = json!({"until": until(60), "reason": "冬季不能摊铺"});
                huanwei.commands(issue, "defer", body).await.ok();
            }
        }
        (Fate::FailedFirst, 1) => drop(bo.fails(issue).await.ok()),
        (Fate::FailedFirst, 2) | (Fate::Extended, 4) => {
            if *fate == Fate::FailedFirst {
                huanwei.accepts(issue).await.ok();
            }
            huanwei.rectifies(issue).await;
        }
        (Fate::FailedFirst, 3) | (Fate::Extended, 5) => drop(bo.passes(issue).await.ok()),
        (Fate::Extended | Fate::Deferred, 1) => decided(town, issue).await,
        (Fate::Voided, 2) => drop(office.voids(issue).await.ok()),
        (Fate::Blind, 3) => drop(office.commands(issue, "release", json!({})).await.ok()),
        _ => {}
    }
}

/// The digest of the day that began so many days after the first, as it was issued.
async fn digest(office: &Person, day: usize) -> Value {
    let first: Timestamp = "2026-11-15T16:00:00Z".parse().unwrap();
    let from = first + (24 * i64::try_from(day).unwrap()).hours();
    let body = json!({"id": Uuid::new_v4(), "kind": "daily", "from": from, "to": from + 24.hours(),
        "on_time": "handled", "for_all": true});
    let issued = office.posts("/bulletins", &body).await.ok();
    office.gets(&format!("/bulletins/{}", issued["id"])).await.ok()
}

#[tokio::test]
async fn the_figures_of_every_day_come_out_the_same_at_the_end_of_the_week() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let (mut living, mut digests): (Vec<Life>, Vec<Value>) = Default::default();
    for day in 0..DAYS {
        town.resumes().await;
        for n in 0..3 {
            let life = day * 3 + n;
            let fate = FATES[life % FATES.len()];
            let draft = report().at(town.spot(life * 3));
            let draft = if fate == Fate::Blind { draft.blind() } else { draft };
            let who = if fate == Fate::Blind { town.supervisor() } else { ana.clone() };
            living.push(Life { issue: who.submits(&draft).await.issue(), fate, age: 0 });
        }
        town.wait(HOUR);
        for life in &mut living {
            lives(&town, life).await;
            life.age += 1;
        }
        town.wait(10 * HOUR);
        digests.push(digest(&office, day).await);
        town.wait(13 * HOUR);
    }

    let mut moved_on = 0;
    for stored in &digests {
        let path = format!("/bulletins/{}", stored["id"]);
        assert_eq!(&office.gets(&path).await.ok(), stored);
        let replay = office.gets(&format!("{path}/replay")).await.ok();
        assert_eq!((&replay["same"], &replay["made_again"]), (&json!(true), &stored["sha256"]));
        let figures = &stored["body"]["figures"];
        let span = format!(
            "from={}&to={}&as_of={}",
            stored["from"].as_str().unwrap(),
            stored["to"].as_str().unwrap(),
            stored["position"]
        );
        let told = office.gets(&format!("/figures?{span}&by=bureau")).await.ok();
        let groups = figures["groups"].as_array().unwrap();
        let rows: Vec<&Value> =
            groups.iter().flat_map(|group| group["rows"].as_array().unwrap()).collect();
        for row in told["rows"].as_array().unwrap() {
            let same = rows.iter().find(|one| one["code"] == row["code"]).unwrap();
            for count in ["due", "handled", "handled_on_time", "closed", "rework", "suspended"] {
                assert_eq!(same["tally"][count], row[count], "{count} of {}", row["code"]);
            }
        }
        let ask = json!({"kind": "daily", "from": stored["from"], "to": stored["to"]});
        let now = office.posts("/bulletins/preview", &ask).await.ok();
        moved_on += usize::from(&now["figures"] != figures);
    }
    // As of now several of these days look otherwise: what was compared was not the present.
    assert!(moved_on >= 3, "only {moved_on} days look otherwise by now");
    let total = |count: &str| -> u64 {
        let of = |stored: &Value| stored["body"]["figures"]["total"]["tally"][count].as_u64();
        digests.iter().filter_map(of).sum()
    };
    for count in ["due", "closed", "closed_on_time", "rework", "extended"] {
        assert!(total(count) > 0, "no day has {count}");
    }
    let place = town.place();
    let found = tokio::task::spawn_blocking(move || {
        let what = What { photos: None, backup: None };
        check(&place, &what, support::START, &Progress::silent()).unwrap()
    });
    assert!(found.await.unwrap().is_clean());
}
