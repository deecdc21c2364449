//! 公文: cards and letters as PDF.

use support::{TestApp, report};

use super::cards::delivered;

async fn led_by_huanwei(town: &TestApp) -> i64 {
    let draft = report().at(town.spot(0)).photos(1);
    let ana = town.inspector("ana");
    let issue = ana.submits(&draft).await.issue();
    ana.uploads(&draft.pictures[0]).await.ok();
    town.looks_at_photos().await;
    town.bureau("huanwei").accepts(issue).await.ok();
    issue
}

#[tokio::test]
async fn a_card_is_the_same_paper_whoever_prints_it_and_whenever() {
    let town = TestApp::start().await;
    let issue = led_by_huanwei(&town).await;
    let card = delivered(&town, "huanwei", Some("yellow"), &[issue]).await;
    let path = format!("/cards/{card}/paper.pdf");
    let printed = town.office().gets(&path).await;
    if printed.status == 503 {
        // This machine has no Chinese type; what is said then is what counts.
        return printed.is_problem(503, "paper-font-missing");
    }
    assert_eq!((printed.status, printed.header("content-type")), (200, "application/pdf"));
    assert!(printed.bytes.starts_with(b"%PDF-"));
    assert!(printed.bytes.windows(10).any(|at| at == b"/DCTDecode"), "the photo is not in it");
    assert!(printed.header("content-disposition").contains("card-"));
    town.wait(3 * 24 * 60);
    for reader in [town.bureau("huanwei"), town.person("watch")] {
        assert_eq!(reader.gets(&path).await.bytes, printed.bytes);
    }
    town.bureau("xinhua").gets(&path).await.is_problem(404, "not-found");
    town.inspector("ana").gets(&path).await.is_problem(403, "forbidden");
    town.office().gets("/cards/999/paper.pdf").await.is_problem(404, "not-found");
    if let Some(folder) = std::env::var_os("PAPERS") {
        std::fs::write(std::path::Path::new(&folder).join("card.pdf"), &printed.bytes).unwrap();
    }
}

#[tokio::test]
async fn on_it_stand_number_addressee_facts_limit_and_what_is_asked_for() {
    let town = TestApp::start().await;
    let issue = led_by_huanwei(&town).await;
    let card = delivered(&town, "huanwei", Some("yellow"), &[issue]).await;
    let on_paper = zhoubian::actions::print_card::card_on_paper;
    let (found, _, pictures) = on_paper(&town.app, town.office().actor(), card).await.unwrap();
    assert!(pictures.contains_key(&issue), "its photo");
    let paper = format!("{:?}", found.compose(&town.app.gazetteer()));
    for words in [
        "督〔2026〕1号",
        "督办卡（黄卡）",
        "（主要负责人）：",
        "反复出现",
        "请你单位于11月18日09:00前整改到位",
        "签发人：",
        "2026年11月16日",
        "未超期",
    ] {
        assert!(paper.contains(words), "{words} is not in {paper}");
    }
    assert!(paper.contains(&format!("\"{issue}\"")), "{paper}");
}

#[tokio::test]
async fn without_type_it_says_what_to_install() {
    let town =
        TestApp::start_with(|config| config.paper.fonts = vec!["/nowhere/serif.ttc".into()]).await;
    let issue = led_by_huanwei(&town).await;
    let card = delivered(&town, "huanwei", Some("white"), &[issue]).await;
    let path = format!("/cards/{card}/paper.pdf");
    town.office().gets(&path).await.is_problem(503, "paper-font-missing");
}
