//! A list of people: a CSV file or a workbook with a header row, in Chinese or English. People are no
//! reference data: what becomes of them is [`crate::actions::import_accounts`].

use domain::access::Role;
use jiff::civil::Date;

use super::standard::sheet::{Cell, Sheet, SheetRow, from_csv, from_workbook};
use super::standard::{is_workbook, squeezed};
use super::{Encoding, encoding, text};

#[cfg(test)]
mod tests;

/// People in one list, at most: each new one's password is hashed, which takes tens of milliseconds.
pub const MOST: usize = 2_000;
/// How many rows may stand above the header row.
const HEADER_WITHIN: usize = 20;

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Login,
    Name,
    Role,
    Bureau,
    Areas,
    End,
}

const COLUMNS: [Column; 6] =
    [Column::Login, Column::Name, Column::Role, Column::Bureau, Column::Areas, Column::End];

impl Column {
    /// The words it is headed with.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Login => &["账号", "帐号", "登录名", "用户名", "login"],
            Self::Name => &["姓名", "名称", "name"],
            Self::Role => &["角色", "role"],
            Self::Bureau => &["单位", "责任单位", "bureau"],
            Self::Areas => &["责任区", "责任区域", "辖区", "duty_areas", "areas"],
            Self::End => &["截止日期", "到期日", "借调截止", "ends_on", "ends_at"],
        }
    }

    fn is_needed(self) -> bool {
        matches!(self, Self::Login | Self::Name | Self::Role)
    }
}

/// What a row says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As it was written.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they act as.
    pub role: Role,
    /// Code or name of their bureau.
    pub bureau: Option<String>,
    /// Codes or names of the areas they are assigned to; none where the list has no such column.
    pub duty_areas: Option<Vec<String>>,
    /// The last day on which they can sign in.
    pub last_day: LastDay,
}

/// What a list says of the end of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastDay {
    /// It has no such column: what there is stays.
    Unsaid,
    /// The cell is blank: there is no end.
    None,
    /// The last day.
    On(Date),
}

/// A row: its number, and the person or why there is none.
pub type PersonRow = (usize, Result<Person, String>);

/// Reads a list. Why it cannot be read as a whole is an error; rows that cannot be are told as such.
pub fn read(bytes: &[u8], said: Option<Encoding>) -> Result<(Vec<PersonRow>, String), String> {
    let (sheet, note) = sheet(bytes, said)?;
    let header = header(&sheet)?;
    let rows: Vec<PersonRow> = sheet.rows[header.rows..]
        .iter()
        .filter(|row| row.cells.iter().any(|cell| *cell != Cell::Blank))
        .map(|row| (row.number, header.person(row).map_err(|why| text::told(&why))))
        .collect();
    if rows.len() > MOST {
        return Err(format!("the list has more than {MOST} people: send it in parts"));
    }
    Ok((rows, note))
}

fn sheet(bytes: &[u8], said: Option<Encoding>) -> Result<(Sheet, String), String> {
    if !is_workbook(bytes) {
        let decoded = encoding::decoded(bytes, said)?;
        return Ok((from_csv(&decoded.text)?, decoded.note.to_owned()));
    }
    let (sheets, _) = from_workbook(bytes, |_| true)?;
    let name = |sheet: &Sheet| sheet.name.clone().unwrap_or_default();
    let found = sheets.into_iter().find(|sheet| header(sheet).is_ok());
    let found = found.ok_or("no sheet of the workbook has a row with 账号, 姓名 and 角色")?;
    let note = format!("read from sheet {}", name(&found));
    Ok((found, note))
}

/// Where the columns of a sheet are.
struct Header {
    places: [Option<usize>; COLUMNS.len()],
    /// How many rows of the sheet it ends.
    rows: usize,
}

fn header(sheet: &Sheet) -> Result<Header, String> {
    for (index, row) in sheet.rows.iter().take(HEADER_WITHIN).enumerate() {
        let places = COLUMNS.map(|column| place(row, column));
        let complete = COLUMNS
            .iter()
            .zip(places)
            .all(|(column, place)| !column.is_needed() || place.is_some());
        if complete {
            return Ok(Header { places, rows: index + 1 });
        }
    }
    Err(format!(
        "no header row with 账号 (login), 姓名 (name) and 角色 (role) is found in the first \
         {HEADER_WITHIN} rows"
    ))
}

fn place(row: &SheetRow, column: Column) -> Option<usize> {
    row.cells.iter().position(|cell| {
        matches!(cell, Cell::Text(text)
            if column.words().contains(&squeezed(text).to_lowercase().as_str()))
    })
}

impl Header {
    fn person(&self, row: &SheetRow) -> Result<Person, String> {
        let (login, name) = (self.needed(row, Column::Login)?, self.needed(row, Column::Name)?);
        let areas = self.said(row, Column::Areas)?;
        let duty_areas = self.place(Column::Areas).map(|_| list(areas.unwrap_or_default()));
        let last_day = match (self.place(Column::End), self.said(row, Column::End)?) {
            (None, _) => LastDay::Unsaid,
            (Some(_), None) => LastDay::None,
            (Some(_), Some(day)) => LastDay::On(date(day)?),
        };
        Ok(Person {
            login: login.to_owned(),
            name: name.to_owned(),
            role: role(self.needed(row, Column::Role)?)?,
            bureau: self.said(row, Column::Bureau)?.map(str::to_owned),
            duty_areas,
            last_day,
        })
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    fn said<'r>(&self, row: &'r SheetRow, column: Column) -> Result<Option<&'r str>, String> {
        let what = column.words()[0];
        match self.place(column).map(|place| row.cell(place)) {
            None | Some(Cell::Blank) => Ok(None),
            Some(Cell::Text(said)) => text::said(what, said).map(Some),
            Some(Cell::Unfit(why)) => Err(format!("{what} {why}")),
        }
    }

    fn needed<'r>(&self, row: &'r SheetRow, column: Column) -> Result<&'r str, String> {
        let said = self.said(row, column)?;
        said.ok_or_else(|| format!("{} is missing", column.words()[0]))
    }
}

/// A role by its word here or in an office.
fn role(word: &str) -> Result<Role, String> {
    match word.to_lowercase().as_str() {
        "inspector" | "巡查员" | "采集员" | "信息采集员" | "监督员" => {
            Ok(Role::Inspector)
        }
        "bureau" | "责任单位" | "处置单位" | "成员单位" => Ok(Role::Bureau),
        "office" | "创城办" | "指挥中心" => Ok(Role::Office),
        "supervisor" | "督导组" | "督导员" => Ok(Role::Supervisor),
        "admin" | "管理员" | "系统管理员" => Ok(Role::Admin),
        _ => Err(format!(
            "角色 {:?} is none of 巡查员 inspector, 责任单位 bureau, 创城办 office, 督导组 supervisor, \
             管理员 admin",
            text::start(word)
        )),
    }
}

fn list(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || ";；,，、".contains(c));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A day as people write it: 2027-01-31, 2027/1/31, 2027.1.31, 2027年1月31日.
fn date(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let numbers: Vec<i16> =
        parts.iter().filter(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect();
    let read = match numbers[..] {
        [year, month, day] => month
            .try_into()
            .ok()
            .zip(day.try_into().ok())
            .and_then(|(m, d)| Date::new(year, m, d).ok()),
        _ => None,
    };
    read.ok_or_else(|| format!("截止日期 {:?} is no day like 2027-01-31", text::start(text)))
}
