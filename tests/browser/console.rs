//! The console: a bureau's day, people, reference data, rules, points and the wall.

use support::{PASSWORD, TestApp, report};

use super::walk;

/// A town with so many issues, each at a spot of its own.
async fn town_with(issues: usize) -> TestApp {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    for spot in 0..issues {
        ana.submits(&report().at(town.spot(spot))).await.issue();
    }
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bureau_works_sixty_issues_at_its_desk() {
    let town = town_with(60).await;
    let ana = town.inspector("ana");
    let now = town.now().as_second().to_string();
    let who = [("LOGIN", "huanwei"), ("PASSWORD", PASSWORD), ("NOW", &now)];
    let more = async |step: &str| {
        if step.contains("a new report arrives") {
            ana.submits(&report().at(town.spot(60))).await.issue();
        }
    };
    let said = walk(&town, "bureau.mjs", &who, more).await;
    assert!(said.contains("every step held"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_looks_after_people_and_machines() {
    let town = TestApp::start().await;
    let who =
        [("ADMIN", "admin"), ("OFFICE", "office"), ("SOMEBODY", "ana"), ("PASSWORD", PASSWORD)];
    walk(&town, "people.mjs", &who, async |_| ()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reference_data_is_tried_taken_in_and_followed() {
    let town = town_with(4).await;
    let who =
        [("ADMIN", "admin"), ("OFFICE", "office"), ("BUREAU", "huanwei"), ("PASSWORD", PASSWORD)];
    walk(&town, "reference.mjs", &who, async |_| town.follows().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_the_rules_is_checked_tried_and_published() {
    let town = town_with(4).await;
    let who = [
        ("ADMIN", "admin"),
        ("OFFICE", "office"),
        ("FROM", "huanwei"),
        ("TO", "shizheng"),
        ("PASSWORD", PASSWORD),
    ];
    walk(&town, "rules.mjs", &who, async |_| town.follows().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn points_lead_to_what_is_open_around_them_and_the_wall_stays_up() {
    let town = town_with(12).await;
    let who = [("LOGIN", "office"), ("PASSWORD", PASSWORD)];
    walk(&town, "points.mjs", &who, async |_| ()).await;
}
