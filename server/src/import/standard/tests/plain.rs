//! Standards as CSV files, headers of other cities, and the drafted mapping.

use super::*;
use crate::import::standard::draft::draft;
use crate::import::standard::mapping::Mapping;
use crate::import::standard::read_with;

const PLAIN: &str = "\u{feff}某市标准（部件）,Unnamed: 1\n\
大类代码,大类名称,小类代码,小类名称,立案条件,处置时限,结案条件,监管主体,责任主体\n\
01,公用设施,01,上水井盖,缺失,2紧急工作时,恢复,住建局,\"市政中心、\n各产权单位\"\n\
,,,,破损,4小时,更换,,\n\
,,02,雨水井盖,缺失,1天,恢复,,市政中心\n\
02,交通设施,01,护栏,歪斜,3工作日,扶正,,所属街办\n\
02,交通部件,,,污损,,清洗,,\n\
,,,,,5天,清洗,,\n";

fn plain(text: &str) -> Vec<Row> {
    reading("standard.csv", text, &format!("{MAPPING}\n[sheets]\n\"standard.csv\" = \"component\""))
}

#[test]
fn blanks_in_a_csv_file_mean_the_same_as_above() {
    let reading = plain(PLAIN);
    let read = conditions(&reading);
    assert_eq!(said(&read, "code"), ["C0101A", "C0101B", "C0102A", "C0201A", "C0201B"]);
    assert_eq!(read[1]["responsible"], read[0]["responsible"]);
    assert_eq!(read[4]["responsible"]["lead"], "@subdistrict");
    assert!(is_noted(&reading, "columns not read: 监管主体"));
    assert!(is_noted(&reading, "class 02 is called 交通设施 and 交通部件: 交通设施 is kept"));
}

#[test]
fn a_blank_condition_is_refused_and_a_blank_limit_stays_unpublished() {
    let reading = plain(PLAIN);
    assert_eq!(refused(&reading), ["standard.csv:9 立案条件 is missing"]);
    let last = conditions(&reading)[4];
    assert_eq!((&last["limit"], &last["published"]), (&"".into(), &false.into()));
    assert_eq!(last["unpublished_why"], "the standard gives no limit");
}

#[test]
fn a_new_class_or_category_takes_no_name_over() {
    let header = "大类代码,大类名称,小类代码,小类名称,立案条件,处置时限,结案条件,责任主体\n";
    let first = "01,公用设施,01,井盖,缺失,1天,恢复,市政中心\n";
    for (row, why) in [
        (",,02,,缺失,1天,恢复,", "小类名称 is missing"),
        ("02,,01,护栏,缺失,1天,恢复,", "大类名称 is missing"),
        ("02,交通设施,,,缺失,1天,恢复,", "小类代码 is missing"),
        (",,,护栏,缺失,1天,恢复,", "小类代码 is missing"),
        (",,01,护栏,缺失,1天,恢复,", "category C0101 is 井盖 in row 2"),
        (",,101,护栏,缺失,1天,恢复,", "小类代码 \"101\" is not one or two digits"),
    ] {
        let reading = plain(&format!("{header}{first}{row}\n"));
        assert_eq!(refused(&reading), [format!("standard.csv:3 {why}")], "{row}");
    }
}

#[test]
fn a_csv_file_must_be_said_to_be_of_a_group() {
    let unsaid = refused(&reading("standard.csv", PLAIN, MAPPING));
    assert_eq!(unsaid.len(), 1);
    assert!(unsaid[0].contains("name it in [sheets]"), "{unsaid:?}");
    let by_name = reading("in/部件.csv", PLAIN, MAPPING);
    assert!(is_noted(&by_name, "部件.csv is of components by its name"));
}

#[test]
fn headers_are_found_by_the_mappings_words() {
    let other = PLAIN.replace("处置时限", "完成 时间").replace("监管主体", "主办单位");
    let unknown = refused(&plain(&other));
    assert!(unknown[0].contains("lacks limit (处置时限 or"), "{unknown:?}");
    let words = "sheets = { \"standard.csv\" = \"event\" }\ncolumns.limit = [\"完成时间\"]\n";
    let found = reading("standard.csv", other.clone(), &format!("{words}{MAPPING}"));
    assert_eq!(said(&conditions(&found), "code")[0], "E0101A");
    let twice = other.replace("主办单位", "处置单位");
    let both = refused(&reading("standard.csv", twice, &format!("{words}{MAPPING}")));
    assert!(
        both[0].contains("columns 8 and 9") && both[0].contains("name one in [columns]"),
        "{both:?}"
    );
}

#[test]
fn a_draft_lists_what_is_not_covered_and_becomes_a_mapping() {
    let said = "lead = [\"@owner\"]\nsheets = { \"a.csv\" = \"component\" }\n[gravity]\nby = \"limit\"\n\
        [categories.C0101]\nfamily = \"f\"\nmatch_radius_m = 5.0\nauto_file = true\nname_en = \"x\"\n\
        counts_for = [2026]\n[units]\n\"市政中心\" = \"shizheng\"\n\"甲、乙\" = [\"a\", \"b\"]\n\
        [limits.units]\n\"日\" = \"自然日\"\n\"天\" = \"\"\n";
    let mapping = Mapping::read(said).unwrap();
    let rows = PLAIN.replace("4小时", "4小时制止").replace("3工作日", "尽快");
    let (_, notes) = read_with(&source("a.csv", rows.clone(), said), &mapping).unwrap();
    let text = draft("a\n.csv", &mapping, &notes);
    let drafted = Mapping::read(&text).unwrap();
    assert_eq!(drafted.limits.units["天"], "");
    assert_eq!(drafted.limits.units["日"], "自然日");
    assert_eq!(drafted.limits.units["小时制止"], "");
    assert_eq!(drafted.limits.texts["尽快"], "");
    assert_eq!(drafted.units["所属街办"].named(), Vec::<&str>::new());
    assert_eq!(drafted.units["甲、乙"].named(), ["a", "b"]);
    assert_eq!((&drafted.categories, &drafted.lead), (&mapping.categories, &mapping.lead));
    assert_eq!((&drafted.gravity, &drafted.sheets), (&mapping.gravity, &mapping.sheets));
    let (_, again) = read_with(&source("a.csv", rows, &text), &drafted).unwrap();
    assert_eq!(
        (again.limits, again.units),
        (notes.limits, notes.units),
        "an empty line covers nothing"
    );
}
