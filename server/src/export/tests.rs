use super::*;

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn written(cells: &[Cell]) -> String {
    String::from_utf8(line(cells).unwrap()).unwrap()
}

#[test]
fn a_line_is_what_rfc_4180_says() {
    let at = "2026-11-20T09:12:03".parse().unwrap();
    let cells = [Cell::Number(412.0), Cell::Empty, text("a,b"), text("\"x\"\ny"), Cell::Moment(at)];
    assert_eq!(written(&cells), "412,,\"a,b\",\"\"\"x\"\"\ny\",2026-11-20 09:12:03\r\n");
}

#[test]
fn no_words_are_a_formula() {
    for formula in [
        "=1+1",
        "+8613800000000",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1,1)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "  =HYPERLINK(\"http://evil.invalid\")",
        "\u{3000}=1",
        "＝1+1",
    ] {
        let line = written(&[text(formula)]);
        let first = line.trim_start_matches('"');
        assert!(first.starts_with('\''), "{line:?}");
    }
    for plain in ["菜市场西门外", "a=b", "1-2", "'quoted'"] {
        assert_eq!(written(&[text(plain)]), format!("{plain}\r\n"));
    }
    assert_eq!(written(&[Cell::Number(-113.5)]), "-113.5\r\n", "a number is one");
}

#[test]
fn the_language_is_the_one_that_weighs_more() {
    let asked = |header| Language::asked(Some(header));
    assert_eq!(Language::asked(None), Language::Chinese);
    for chinese in
        ["", "zh", "zh-CN,zh;q=0.9,en;q=0.8", "fr", "de;q=1, zh-TW;q=0.1", "en;q=x", "en;q=0"]
    {
        assert_eq!(asked(chinese), Language::Chinese, "{chinese}");
    }
    for english in ["en", "EN-gb", "fr,en;q=0.5", "zh;q=0.4,en;q=0.5", "en,zh", "en; q=1"] {
        assert_eq!(asked(english), Language::English, "{english}");
    }
}

#[test]
fn a_workbook_of_nothing_has_its_headings() {
    let folder = tempfile::tempdir().unwrap();
    let headings = [("编号", 8), ("问题描述", 40)];
    let mut book = Book::begin(folder.path(), Language::Chinese, headings.into_iter()).unwrap();
    book.add(&[vec![Cell::Number(1.0), text("bell \u{7} and\u{0} nul")]]).unwrap();
    book.add(&[vec![Cell::Empty, text(&"长".repeat(40_000))]]).unwrap();
    let (file, length) = book.end(folder.path()).unwrap();
    assert_eq!(file.metadata().unwrap().len(), length);
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "what was written has no name");
}
