//! Files that are no standard, or are made to break whoever reads them.

use std::io::{Cursor, Write};

use rust_xlsxwriter::Formula;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

const ROW: [&str; 8] = ["01", "公用设施", "01", "井盖", "市政中心", "缺失", "恢复", "1天"];

/// The one refusal of a file that is refused as a whole.
fn refusal(bytes: impl Into<Vec<u8>>) -> String {
    let reading = reading("standard.xlsx", bytes, MAPPING);
    let [one] = refused(&reading).try_into().unwrap();
    one
}

/// A good workbook with one part written anew.
fn tampered(part: &str, content: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(saved([sheet("部件", &[ROW])]))).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let file = from.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let text = std::io::read_to_string(file).unwrap();
        to.start_file(&*name, SimpleFileOptions::default()).unwrap();
        let bytes = if name == part { content(&text) } else { text.into_bytes() };
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn what_is_no_workbook_is_refused_in_words() {
    assert!(refusal(*b"PK\x03\x04 not a zip").contains("no workbook"));
    assert!(refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]).contains("save it as .xlsx"));
    assert!(refusal([0xFF; 64]).contains("[sheets]"), "taken for a CSV file");
    let whole = saved([sheet("部件", &[ROW])]);
    for length in [whole.len() / 4, whole.len() / 2, whole.len() - 1] {
        assert!(!refusal(&whole[..length]).is_empty());
    }
    let mut empty = ZipWriter::new(Cursor::new(Vec::new()));
    empty.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    let refusal = refusal(empty.finish().unwrap().into_inner());
    assert!(refusal.contains("cannot be read"), "{refusal}");
}

#[test]
fn a_sheet_that_is_not_there_is_refused_with_those_that_are() {
    let why = refusal(saved([sheet("标准", &[ROW]), sheet("说明", &[])]));
    assert!(why.contains("it has 标准, 说明") && why.contains("[sheets]"), "{why}");
}

#[test]
fn a_bomb_is_refused_by_what_it_says_and_by_what_it_holds() {
    let bomb = tampered(SHEET, |_| vec![b' '; 9 * 1024 * 1024]);
    assert!(bomb.len() < 100_000);
    assert!(refusal(bomb.clone()).contains("unpacks to more than"));
    let spread = tampered("xl/theme/theme1.xml", |_| vec![b' '; 7 * 1024 * 1024]);
    assert_eq!(conditions(&reading("standard.xlsx", spread, MAPPING)).len(), 1, "within bounds");
    // The sizes stated in the archive say one byte.
    let honest = u32::try_from(9 * 1024 * 1024).unwrap().to_le_bytes();
    let mut lying = bomb;
    let places: Vec<usize> =
        (0..lying.len() - 4).filter(|place| lying[*place..*place + 4] == honest).collect();
    assert!(!places.is_empty());
    for place in places {
        lying[place..place + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    let why = refusal(lying);
    assert!(why.contains("unpacks to more than") || why.contains("damaged"), "{why}");
}

#[test]
fn declared_sizes_are_not_believed() {
    let wide = tampered(SHEET, |text| {
        assert!(text.contains("<dimension ref=\"A1:H3\"/>"));
        text.replace("A1:H3", "A1:XFD1048576").into_bytes()
    });
    assert_eq!(conditions(&reading("standard.xlsx", wide, MAPPING)).len(), 1);
    let far = tampered(SHEET, |text| {
        let cell = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
        text.replace("</sheetData>", cell).into_bytes()
    });
    assert!(refusal(far).contains("row 1048576 column 16384 is not empty"));
}

fn with_merged(ranges: impl Iterator<Item = String>) -> Vec<u8> {
    let ranges: Vec<String> = ranges.map(|range| format!("<mergeCell ref=\"{range}\"/>")).collect();
    let ranges = ranges.concat();
    tampered(SHEET, |text| {
        let (before, rest) = text.split_once("<mergeCells").unwrap();
        let (_, after) = rest.split_once("</mergeCells>").unwrap();
        format!("{before}<mergeCells>{ranges}</mergeCells>{after}").into_bytes()
    })
}

#[test]
fn merged_ranges_are_bounded_and_do_not_overlap() {
    let thousands =
        with_merged((0..15_000).map(|row| format!("J{}:J{}", 2 * row + 9, 2 * row + 10)));
    assert_eq!(conditions(&reading("standard.xlsx", thousands, MAPPING)).len(), 1);
    let more = with_merged((0..20_001).map(|row| format!("J{}:J{}", 2 * row + 9, 2 * row + 10)));
    assert!(refusal(more).contains("more than 20000 merged ranges"));
    let endless = with_merged(std::iter::once("A1:XFD1048576".to_owned()));
    assert!(refusal(endless).contains("no header row"), "every cell says the title");
    let stacked = with_merged((0..5_000).map(|_| "A1:XFD1048576".to_owned()));
    assert!(refusal(stacked).contains("overlap"));
    let odd = with_merged(std::iter::once("Z9:A1".to_owned()));
    let _refused_or_not = reading("standard.xlsx", odd, MAPPING);
}

#[test]
fn a_formula_is_refused_and_a_number_is_a_text() {
    let mut sheet = sheet("部件", &[ROW, ROW]);
    sheet.write(2, 2, 1).unwrap();
    sheet.write(3, 7, Formula::new("=1&\"天\"").set_result("1天")).unwrap();
    let reading = book([sheet], MAPPING);
    assert_eq!(conditions(&reading)[0]["code"], "C0101A");
    assert_eq!(
        refused(&reading),
        ["standard.xlsx[部件]:4 处置时限 is a formula: keep its value only"]
    );
}

#[test]
fn no_damage_makes_the_reader_panic() {
    let whole = saved([sheet("部件", &[ROW])]);
    for place in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        let _refused_or_not = reading("standard.xlsx", damaged, MAPPING);
    }
    let text = tampered(SHEET, |text| text.as_bytes().to_vec());
    assert_eq!(conditions(&reading("standard.xlsx", text, MAPPING)).len(), 1);
    for (from, to) in [
        ("<row ", "<row r=\"99999999999\" "),
        ("r=\"A3\"", "r=\"ZZZZZZZ3\""),
        ("r=\"A3\"", "r=\"A0\""),
        ("t=\"s\"", "t=\"e\""),
        ("<v>", "<v>999999"),
        ("<v>", "<v>-"),
        ("</row>", ""),
        ("<sheetData>", "<sheetData><sheetData>"),
        ("ref=\"A1:H1\"", "ref=\"H1:A1:B2\""),
        ("ref=\"A1:H1\"", "ref=\"\""),
    ] {
        let odd = tampered(SHEET, |text| text.replace(from, to).into_bytes());
        let _refused_or_not = reading("standard.xlsx", odd, MAPPING);
    }
}
