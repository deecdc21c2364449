//! Standards as cities publish them.

use super::*;
use crate::import::Plan;
use crate::import::tests::{bare, import};

const ROWS: [[&str; 8]; 5] = [
    ["01", "公用设施", "01", "上水井盖", "市政中心、各产权单位", "缺失", "恢复", "2紧急工作时"],
    ["", "", "", "", "", "破损", "更换", "4小时"],
    ["", "", "02", "雨水井盖", "市政中心", "缺失", "恢复", "1天"],
    ["02", "交通设施", "01", "护栏", "所属街办", "歪斜", "扶正", "3工作日"],
    ["", "", "", "", "", "污损", "清洗", "5天"],
];

fn components() -> Worksheet {
    let mut sheet = sheet("部件", &ROWS);
    merge(&mut sheet, 0, (3, 5), "01");
    merge(&mut sheet, 1, (3, 5), "公用设施");
    for (column, text) in [(2, "01"), (3, "上水井盖"), (4, "市政中心、各产权单位")] {
        merge(&mut sheet, column, (3, 4), text);
    }
    for (column, text) in [(0, "02"), (1, "交通设施"), (2, "01"), (3, "护栏"), (4, "所属街办")]
    {
        merge(&mut sheet, column, (6, 7), text);
    }
    sheet
}

#[test]
fn merged_cells_say_the_same_and_codes_are_derived() {
    let reading = book([components()], MAPPING);
    assert_eq!(refused(&reading), Vec::<String>::new());
    let read = conditions(&reading);
    assert_eq!(said(&read, "code"), ["C0101A", "C0101B", "C0102A", "C0201A", "C0201B"]);
    assert_eq!(
        said(&read, "limit"),
        ["2紧急工作时", "4紧急工作时", "1自然日", "3工作日", "5自然日"]
    );
    assert_eq!(said(&read, "limit_text"), ["", "4小时", "1天", "", "5天"]);
    assert!(read.iter().all(|body| body["published"] == true));
    assert_eq!(read[1]["responsible"]["lead"], "shizheng");
    assert_eq!(read[1]["responsible"]["cooperating"][0], "@owner");
    let categories = bodies(&reading, Kind::Category);
    assert_eq!(said(&categories, "class"), ["公用设施", "公用设施", "交通设施"]);
    assert_eq!(
        (&categories[0]["group"], &categories[0]["standard"]),
        (&"component".into(), &"city".into())
    );
    let places: Vec<(String, usize)> =
        reading.iter().map(|row| (row.source.to_string(), row.line)).collect();
    assert_eq!(places[0], ("standard.xlsx[部件]".to_owned(), 3));
    assert_eq!(places[7], ("standard.xlsx[部件]".to_owned(), 7));
}

#[test]
fn a_blank_that_is_not_merged_stays_blank() {
    let mut rows = ROWS;
    rows[1] = ["", "", "", "", "", "破损", "更换", "4小时"];
    let reading = book([sheet("部件", &rows)], MAPPING);
    assert_eq!(
        refused(&reading),
        [
            "standard.xlsx[部件]:4 大类名称 is missing",
            "standard.xlsx[部件]:5 大类名称 is missing",
            "standard.xlsx[部件]:7 大类名称 is missing",
        ]
    );
}

#[test]
fn a_class_that_is_named_and_has_no_code_is_told() {
    let mut rows = ROWS;
    rows[2][1] = "公用设施";
    rows[4] = ["", "不明设施", "09", "x", "市政中心", "y", "z", "1天"];
    let reading = book([sheet("部件", &rows)], MAPPING);
    assert_eq!(said(&conditions(&reading), "code"), ["C0101A", "C0102A", "C0201A"]);
    assert!(is_noted(&reading, "部件 row 5 has no class code: it is of class 01 by its name"));
    assert_eq!(
        refused(&reading)[1],
        "standard.xlsx[部件]:7 大类代码 \"\" is not one or two digits"
    );
}

#[test]
fn both_groups_count_from_one_and_other_sheets_are_left() {
    let reading = book([components(), sheet("事件", &ROWS[..1]), sheet("说明", &[])], MAPPING);
    assert_eq!(conditions(&reading)[5]["code"], "E0101A");
    assert_eq!(bodies(&reading, Kind::Category)[3]["group"], "event");
    assert!(is_noted(&reading, "[sheets] does not name them: 说明"));
    let named = format!("{MAPPING}\n[sheets]\n\"说明\" = \"event\"");
    let reading = book([components(), sheet("说明", &ROWS[..1])], &named);
    assert_eq!(said(&conditions(&reading), "code"), ["E0101A"]);
    assert!(is_noted(&reading, "does not name them: 部件"));
}

#[test]
fn a_row_merged_into_the_one_above_is_the_same_condition() {
    let row = ["01", "公用设施", "01", "井盖", "市政中心", "缺失", "恢复", "1天"];
    let next = ["01", "公用设施", "02", "护栏", "市政中心", "歪斜", "扶正", "1天"];
    let mut once = sheet("部件", &[row, [""; 8], next]);
    for (column, text) in row.iter().enumerate() {
        merge(&mut once, u16::try_from(column).unwrap(), (3, 4), text);
    }
    let reading = book([once], MAPPING);
    assert_eq!(said(&conditions(&reading), "code"), ["C0101A", "C0101A", "C0102A"]);
    assert!(is_noted(&reading, "rows that say the same as one before: 部件 4"));
}

#[test]
fn what_the_mapping_does_not_cover_stays_unpublished_and_is_listed() {
    let reading = book([components()], "[units]\n\"市政中心\" = \"shizheng\"");
    let read = conditions(&reading);
    assert_eq!(said(&read, "limit"), ["2紧急工作时", "", "", "3工作日", ""]);
    assert_eq!(said(&read, "limit_text"), ["", "4小时", "1天", "", "5天"]);
    assert!(read.iter().all(|body| body["published"] == false));
    assert_eq!(read[0]["unpublished_why"], "the mapping does not cover the unit \"各产权单位\"");
    assert!(read[0].get("responsible").is_none(), "a part of the units is not guessed from");
    assert_eq!(read[2]["unpublished_why"], "the mapping does not cover the limit \"1天\"");
    assert!(is_noted(
        &reading,
        "limit \"4小时\" is not covered; 1 conditions stay unpublished: C0101B"
    ));
    assert!(is_noted(&reading, "unit \"所属街办\" is not covered; 2 conditions stay unpublished"));
    assert!(is_noted(&reading, "5 conditions: 0 published, 5 unpublished"));
}

#[test]
fn every_default_is_told_and_an_override_is_not() {
    let reading = book([components()], MAPPING);
    for default in [
        "standard is \"city\"",
        "the first condition of a category is the gravest",
        "codes begin with C",
        "count for every year",
        "3 categories take match_radius_m 20 for want of anything said",
        "3 categories take auto_file false for want of anything said",
        "3 categories take a family of their own",
        "部件 is of components by its name",
    ] {
        assert!(
            is_noted(&reading, default),
            "{default}: {:#?}",
            reading.iter().flat_map(|row| &row.notes).collect::<Vec<_>>()
        );
    }
    let said = format!(
        "standard = \"civilized\"\ncounts_for = [2026]\n{MAPPING}
        [gravity]\nby = \"limit\"
        [codes]\ncomponent = \"W\"\nevent = \"X\"
        [defaults]\nmatch_radius_m = 10.0\nauto_file = true
        [categories.W0101]\nfamily = \"cover\"\nmatch_radius_m = 5.0\nauto_file = false
        [categories.W9999]\n[sheets]\n\"部件\" = \"component\""
    );
    let reading = book([components()], &said);
    let categories = bodies(&reading, Kind::Category);
    let first = categories[0];
    assert_eq!((&first["code"], &first["family"]), (&"W0101".into(), &"cover".into()));
    assert_eq!((&first["match_radius_m"], &first["auto_file"]), (&5.0.into(), &false.into()));
    assert_eq!(categories[1]["match_radius_m"], 10.0);
    assert_eq!(conditions(&reading)[0]["counts_for"], serde_json::json!([2026]));
    assert!(is_noted(&reading, "2 categories take match_radius_m 10 by [defaults]"));
    assert!(is_noted(&reading, "categories.W9999 of the mapping is in no row"));
    assert!(!is_noted(&reading, "does not say") && !is_noted(&reading, "for want"));
}

#[test]
fn the_gravest_is_the_first_or_the_shortest() {
    let row = |opens, limit| ["01", "公用设施", "01", "井盖", "市政中心", opens, "恢复", limit];
    let rows = [row("a", "5天"), row("b", "2小时"), row("c", "120小时"), row("d", "不详")];
    let gravities = |mapping: &str| -> Vec<Value> {
        let reading = book([sheet("部件", &rows)], mapping);
        conditions(&reading).iter().map(|body| body["gravity"].clone()).collect()
    };
    assert_eq!(gravities(MAPPING), [1, 2, 3, 4]);
    let by_limit = format!("{MAPPING}\n[gravity]\nby = \"limit\"");
    assert_eq!(gravities(&by_limit), [2, 1, 2, 3], "equal limits are equally grave");
}

fn imported(sources: &[Source]) -> Plan {
    let bureau = "code,name,name_en,kind,authority,area,group\nshizheng,市政中心,,bureau,D,,a\n";
    let bureaus = Source::new(FileKind::Bureaus, "bureaus.csv", bureau);
    let sources: Vec<Source> = std::iter::once(bureaus).chain(sources.iter().cloned()).collect();
    import(&mut bare(), &sources)
}

#[test]
fn a_standard_is_imported_once_and_its_bureaus_must_be_known() {
    let standard = source("standard.xlsx", saved([components()]), MAPPING);
    let plan = imported(std::slice::from_ref(&standard));
    assert_eq!((plan.refused(), plan.written()), (0, 1 + 3 + 5));
    let plan = import(&mut bare(), &[standard]);
    assert_eq!(plan.refused(), 3, "those that name 市政中心");
    assert!(plan.lines(false)[0].contains("it names bureau shizheng, which is not known"));
}

#[test]
fn two_standards_stand_side_by_side_and_share_no_code() {
    let bytes = saved([components()]);
    let city = source("city.xlsx", bytes.clone(), MAPPING);
    let same = format!("standard = \"civilized\"\n{MAPPING}");
    let plan = imported(&[city.clone(), source("other.xlsx", bytes.clone(), &same)]);
    assert_eq!(plan.refused(), 3 + 5);
    let why = plan.lines(false)[0].clone();
    assert!(
        why.contains("code C0101 belongs to standard city, and cannot be of civilized too"),
        "{why}"
    );
    let apart = format!("{same}\n[codes]\ncomponent = \"W\"");
    let plan = imported(&[city, source("other.xlsx", bytes, &apart)]);
    assert_eq!((plan.refused(), plan.written()), (0, 1 + 2 * (3 + 5)));
}
