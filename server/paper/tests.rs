//! Papers set in the type that is on the machine; where there is none, nothing is proved and nothing fails.

use std::sync::Arc;

use crate::{Align, Block, Column, Faces, Paper};

const BODY: &str = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";

fn faces() -> Option<Faces> {
    let bytes: Arc<Vec<u8>> = Arc::new(std::fs::read(BODY).ok()?);
    Faces::new(&bytes, None).ok()
}

fn paper(rows: usize) -> Paper {
    let row = |n: usize| vec![n.to_string(), "东关街道办事处（含所辖社区）".to_owned()];
    Paper {
        title: "督办卡".to_owned(),
        author: "区创城办".to_owned(),
        blocks: vec![
            Block::Masthead { text: "区创城办".to_owned(), colour: [200, 0, 0] },
            Block::Title("督办卡".to_owned()),
            Block::Line("督〔2026〕1号".to_owned(), Align::Right),
            Block::Paragraph(
                "<b>#set</b> \\textbf{东关}农贸市场周边暴露垃圾反复出现，两次核查均不合格。"
                    .repeat(9),
            ),
            Block::Facts(vec![("责任单位".to_owned(), "环卫中心\n二中队".to_owned())]),
            Block::Table {
                columns: vec![Column::numbers("序号", 1.0), Column::words("单位", 3.0)],
                rows: (0..rows).map(row).collect(),
            },
            Block::Closing {
                from: "区创城办".to_owned(), date: "2026年11月16日".to_owned()
            },
        ],
    }
}

fn pages(pdf: &[u8]) -> usize {
    String::from_utf8_lossy(pdf).matches("/Type /Page\n").count()
        + String::from_utf8_lossy(pdf).matches("/Type/Page/").count()
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    let Some(faces) = faces() else { return };
    let first = paper(3).to_pdf(&faces).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    assert!(first.len() < 200_000, "only the signs used are in it, not {} bytes", first.len());
    assert_eq!(first, paper(3).to_pdf(&faces).unwrap());
    assert_ne!(first, paper(4).to_pdf(&faces).unwrap());
}

#[test]
fn a_long_table_goes_on_over_pages_with_its_headings() {
    let Some(faces) = faces() else { return };
    let rulers = faces.rulers().unwrap();
    let set = crate::flow::flow(&paper(100), &rulers);
    assert!(set.len() > 2, "{} pages", set.len());
    let heads = |page: &Vec<crate::flow::Item>| {
        let is_head = |item: &&crate::flow::Item| matches!(item, crate::flow::Item::Words { text, .. } if text == "序号");
        page.iter().filter(is_head).count()
    };
    assert!(set[..set.len() - 1].iter().all(|page| heads(page) == 1));
    assert!(pages(&paper(100).to_pdf(&faces).unwrap()) <= set.len());
}

#[test]
fn bytes_that_are_no_font_are_told() {
    let bytes: Arc<Vec<u8>> = Arc::new(vec![0_u8; 100]);
    assert!(Faces::new(&bytes, None).is_err());
}

#[test]
fn nothing_leaves_the_text_area() {
    let Some(faces) = faces() else { return };
    let rulers = faces.rulers().unwrap();
    let right = crate::flow::LEFT + crate::flow::WIDTH + 0.6;
    for page in crate::flow::flow(&paper(40), &rulers) {
        for item in page {
            let crate::flow::Item::Words { x, size, weight, text, stretch, .. } = item else {
                continue;
            };
            let gaps = text.chars().count().saturating_sub(1) as f32;
            let end = x + rulers.of(weight).width(&text, size) + stretch * gaps;
            assert!(x >= crate::flow::LEFT - 0.1 && end <= right, "{text} from {x} to {end}");
        }
    }
}
