use super::*;
use crate::taxonomy::Condition;
use serde_json::json;

fn category(code: &str, name: &str, aliases: &[&str], conditions: &[&str]) -> Category {
    let condition = |(n, opens_when): (usize, &&str)| -> Condition {
        serde_json::from_value(json!({"code": format!("{code}{n}"), "opens_when": opens_when,
            "closes_when": "", "gravity": 1, "limit": ""}))
        .unwrap()
    };
    let conditions: Vec<Condition> = conditions.iter().enumerate().map(condition).collect();
    serde_json::from_value(
        json!({"code": code, "group": "event", "name": name, "name_en": "Manhole cover",
        "class": "x", "family": code, "match_radius_m": 10.0, "auto_file": true, "aliases": aliases,
        "conditions": conditions}),
    )
    .unwrap()
}

fn lexicon() -> Lexicon {
    let mut covers =
        category("1102", "井盖缺失破损", &[], &["井盖缺失、移位", "井盖破裂、松动有响声"]);
    let mut rubbish = category("0101", "暴露垃圾", &["垃圾"], &["散落垃圾达到1平方米"]);
    let mut bins = category("0102", "垃圾桶满溢脏污", &["垃圾箱"], &["桶满外溢", "桶身脏污、无盖"]);
    covers.name_en = Some("Manhole cover".to_owned());
    rubbish.name_en = Some("Exposed rubbish".to_owned());
    bins.name_en = None;
    Lexicon::new([rubbish, bins, covers].iter())
}

fn first(note: &str) -> Option<Likely> {
    lexicon().likely(note, 3).into_iter().next()
}

#[test]
fn a_name_in_the_note_is_found_with_the_words_it_rests_on() {
    let likely = first("菜场西门有一片暴露垃圾，没人清").unwrap();
    assert_eq!((likely.category.as_str(), likely.condition.as_deref()), ("0101", Some("01010")));
    assert!(likely.score >= CLEAR);
    assert_eq!(likely.words, ["暴露垃圾"]);
}

#[test]
fn an_alias_counts_as_a_name_and_the_longer_match_wins() {
    assert_eq!(first("路边一堆垃圾").unwrap().category, "0101");
    assert_eq!(first("垃圾桶满了").unwrap().category, "0102");
}

#[test]
fn conditions_tell_which_one_it_is() {
    let condition = |note: &str| first(note).unwrap().condition;
    assert_eq!(condition("井盖松动，车过有响声").as_deref(), Some("11021"));
    assert_eq!(condition("井盖缺失").as_deref(), Some("11020"));
    assert_eq!(condition("井盖").as_deref(), None, "level");
}

#[test]
fn english_is_read_in_words() {
    let likely = first("The MANHOLE cover is gone").unwrap();
    assert_eq!(
        (likely.category.as_str(), likely.words),
        ("1102", vec!["manhole".to_owned(), "cover".to_owned()])
    );
}

#[test]
fn nothing_is_made_of_nothing() {
    for note in ["", "   ", "。，！", "今天天气很好", "x", "1平方", "\u{0}\u{202e}😀"]
    {
        assert_eq!(lexicon().likely(note, 3), [], "{note:?}");
    }
    assert_eq!(Lexicon::default().likely("暴露垃圾", 3), []);
    assert_eq!(lexicon().likely("暴露垃圾", 0), []);
}

#[test]
fn what_cannot_be_filed_is_not_suggested() {
    let mut unpublished = category("0101", "暴露垃圾", &[], &["x"]);
    unpublished.conditions[0].published = false;
    assert_eq!(Lexicon::new([unpublished].iter()).likely("暴露垃圾", 3), []);
}

#[test]
fn scores_lie_between_nothing_and_one_whatever_is_written() {
    let long = "垃圾桶满溢脏污井盖缺失破损".repeat(400);
    for note in ["暴露垃圾垃圾桶", long.as_str(), "圾垃露暴"] {
        for likely in lexicon().likely(note, 9) {
            assert!((0.0..=1.0).contains(&likely.score), "{likely:?}");
        }
    }
}
