//! What one row of a standard says, before the mapping is asked.

use std::collections::BTreeMap;

use super::codes::two_digits;
use super::mapping::Field;
use super::notes::Notes;
use super::table::Entry;
use crate::import::text;

/// What a row says of a category and of one of its conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Number of the row.
    pub number: usize,
    /// Big class, two digits.
    pub class_code: String,
    /// Big class, by name.
    pub class: String,
    /// Small class, two digits.
    pub code: String,
    /// Small class, by name.
    pub name: String,
    /// What the row says of the condition.
    pub condition: Texts,
}

/// What a row says of a condition. Rows of one category that say the same are one condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Texts {
    pub opens_when: String,
    pub closes_when: String,
    /// May be empty.
    pub limit: String,
    /// May be empty.
    pub units: String,
}

/// The big classes of a sheet.
#[derive(Debug, Default)]
pub(super) struct Classes {
    /// The first name of each code.
    names: BTreeMap<String, String>,
}

impl Classes {
    /// The big classes that a sheet's rows name.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut classes = Self::default();
        for entry in entries {
            if let Ok(code) = two_digits("", entry.text(Field::ClassCode)) {
                let name = entry.text(Field::Class).trim().to_owned();
                if !name.is_empty() {
                    classes.names.entry(code).or_insert(name);
                }
            }
        }
        classes
    }

    /// The one code that has this name.
    fn code_of(&self, name: &str) -> Option<&str> {
        let mut codes = self.names.iter().filter(|(_, known)| *known == name);
        let (code, _) = codes.next()?;
        codes.next().is_none().then_some(code)
    }
}

/// Reads a row. A row that names its big class and not the code is taken where another row of the
/// sheet says the code; that, and a second name of one big class, is noted.
pub(super) fn said(entry: &Entry, classes: &Classes, notes: &mut Notes) -> Result<Said, String> {
    entry.fit()?;
    let must = |field: Field| text::said(field.headers()[0], entry.text(field));
    let may = |field: Field| match entry.text(field) {
        "" => Ok(String::new()),
        text => text::said(field.headers()[0], text).map(str::to_owned),
    };
    let class = must(Field::Class)?;
    let class_code = match (entry.text(Field::ClassCode), classes.code_of(class)) {
        ("", Some(known)) => {
            notes.class_by_name(entry.number, class, known);
            known.to_owned()
        }
        (said, _) => two_digits(Field::ClassCode.headers()[0], said)?,
    };
    let first = classes.names.get(&class_code).map_or(class, String::as_str);
    if first != class {
        notes.class_renamed(&class_code, first, class);
    }
    Ok(Said {
        number: entry.number,
        class: first.to_owned(),
        code: two_digits(Field::Code.headers()[0], must(Field::Code)?)?,
        name: must(Field::Name)?.to_owned(),
        condition: Texts {
            opens_when: must(Field::OpensWhen)?.to_owned(),
            closes_when: must(Field::ClosesWhen)?.to_owned(),
            limit: may(Field::Limit)?,
            units: may(Field::Units)?,
        },
        class_code,
    })
}
