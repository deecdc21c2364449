//! Codes that are made from those of a standard.

use domain::taxonomy::Group;

use super::mapping::Mapping;
use super::squeezed;

/// What codes begin with unless the mapping says otherwise.
pub(super) const COMPONENT: &str = "C";
/// See [`COMPONENT`].
pub(super) const EVENT: &str = "E";

impl Mapping {
    /// The code of a category: what its group begins with, then the big class and the small class
    /// with two digits each; both groups of a standard count from 01-01.
    pub(super) fn category_code(&self, group: Group, class: &str, small: &str) -> String {
        format!("{}{class}{small}", self.prefix(group))
    }

    fn prefix(&self, group: Group) -> &str {
        let (said, usual) = match group {
            Group::Component => (&self.codes.component, COMPONENT),
            Group::Event => (&self.codes.event, EVENT),
        };
        said.as_deref().unwrap_or(usual)
    }
}

/// One or two digits as two.
pub(super) fn two_digits(what: &str, text: &str) -> Result<String, String> {
    let digits: Option<u32> = squeezed(text).chars().try_fold(0, |number: u32, c| {
        let digit = c.to_digit(10).or_else(|| {
            let full_width = u32::from(c).checked_sub(u32::from('０'))?;
            (full_width < 10).then_some(full_width)
        });
        number.checked_mul(10)?.checked_add(digit?)
    });
    match digits {
        Some(number @ 0..=99) if !text.is_empty() => Ok(format!("{number:02}")),
        _ => Err(format!("{what} {text:?} is not one or two digits")),
    }
}

/// `A` to `Z`, then `AA`, `AB` and so on.
pub(super) fn letter(index: usize) -> String {
    let last = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    match index / 26 {
        0 => last.to_string(),
        more => letter(more - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_two_digits_however_they_are_written() {
        for (text, code) in [("1", "01"), ("01", "01"), (" 9 9", "99"), ("０７", "07"), ("0", "00")]
        {
            assert_eq!(two_digits("小类代码", text), Ok(code.to_owned()));
        }
        for text in ["", "100", "1.5", "-1", "一", "x", "99999999999"] {
            assert!(two_digits("小类代码", text).unwrap_err().contains("小类代码"), "{text}");
        }
    }

    #[test]
    fn letters_go_on_after_z() {
        let letters: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letter).into();
        assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn groups_have_codes_of_their_own() {
        let usual = Mapping::default();
        assert_eq!(usual.category_code(Group::Component, "01", "02"), "C0102");
        assert_eq!(usual.category_code(Group::Event, "01", "02"), "E0102");
        let said = Mapping::read("codes = { component = \"B-\", event = \"S-\" }").unwrap();
        assert_eq!(said.category_code(Group::Event, "01", "02"), "S-0102");
    }
}
