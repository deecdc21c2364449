use encoding_rs::GB18030;

use super::*;

const LIST: &str = "云汀区创城办人员名单,,,,,\n\
    账号,姓 名,角色,责任单位,责任区,截止日期\n\
    Wang01,王芳,巡查员,,429901005000；429901001000,2027年1月31日\n\
    li,李强,bureau,huanwei,,\n\
    ,,,,,\n\
    chen,陈静,帮忙,,,\n\
    zhao,,创城办,,,2027-02-30\n";

fn people(bytes: &[u8]) -> Vec<PersonRow> {
    read(bytes, None).unwrap().0
}

fn checks(rows: &[PersonRow]) {
    let lines: Vec<usize> = rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 6, 7]);
    let wang = rows[0].1.as_ref().unwrap();
    assert_eq!((wang.login.as_str(), wang.name.as_str()), ("Wang01", "王芳"));
    assert_eq!(wang.duty_areas.as_ref().unwrap().len(), 2);
    assert_eq!(wang.last_day, LastDay::On(Date::constant(2027, 1, 31)));
    let li = rows[1].1.as_ref().unwrap();
    assert_eq!((li.role, li.bureau.as_deref()), (Role::Bureau, Some("huanwei")));
    assert_eq!((li.duty_areas.as_deref(), li.last_day), (Some(&[][..]), LastDay::None));
    assert!(rows[2].1.as_ref().unwrap_err().contains("\"帮忙\" is none of"));
    assert_eq!(rows[3].1, Err("姓名 is missing".to_owned()));
}

#[test]
fn a_list_is_read_in_either_encoding_with_a_title_above_it() {
    checks(&people(LIST.as_bytes()));
    checks(&people(format!("\u{feff}{LIST}").as_bytes()));
    let (bytes, _, unmappable) = GB18030.encode(LIST);
    assert!(!unmappable);
    checks(&people(&bytes));
}

#[test]
fn a_workbook_is_read_from_the_sheet_with_the_header() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("说明").unwrap().write(0, 0, "不是名单").unwrap();
    let sheet = book.add_worksheet().set_name("人员").unwrap();
    for (row, line) in (0..).zip(LIST.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let (rows, note) = read(&bytes, None).unwrap();
    checks(&rows);
    assert_eq!(note, "read from sheet 人员");
}

#[test]
fn columns_that_are_not_there_say_nothing() {
    let rows = people(b"role,login,name\ninspector,ana,Ana\n");
    let ana = rows[0].1.as_ref().unwrap();
    assert_eq!((ana.duty_areas.clone(), ana.last_day), (None, LastDay::Unsaid));
}

#[test]
fn what_is_no_list_is_refused_as_a_whole() {
    assert!(read(b"", None).unwrap_err().contains("no header row"));
    assert!(read(b"login,name\nana,Ana\n", None).unwrap_err().contains("no header row"));
    assert!(read(b"PK nonsense", None).is_err());
    let many = format!("login,name,role\n{}", "a,A,office\n".repeat(MOST + 1));
    assert!(read(many.as_bytes(), None).unwrap_err().contains("send it in parts"));
}

#[test]
fn days_are_read_as_people_write_them() {
    let day = Ok(Date::constant(2027, 1, 31));
    for text in ["2027-01-31", "2027/1/31", "2027.1.31", "2027年1月31日"] {
        assert_eq!(date(text), day, "{text}");
    }
    for text in ["2027-02-30", "31.1.", "soon", "46053"] {
        assert!(date(text).is_err(), "{text}");
    }
}
