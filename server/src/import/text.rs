//! From bytes to text that both databases take.

/// The longest code, characters.
const CODE_MAX: usize = 64;
/// The longest name or sentence, characters.
const TEXT_MAX: usize = 2_000;

/// The text of a file in UTF-8, its byte order mark taken off.
pub(super) fn decoded(bytes: &[u8]) -> Result<&str, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        format!("the file is not UTF-8 (byte {at}): save it as UTF-8, for example \"CSV UTF-8\"")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// A text that says something. `what` names it in the refusal.
pub(super) fn said<'t>(what: &str, text: &'t str) -> Result<&'t str, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("{what} is missing"));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(format!("{what} {text:?} has control characters"));
    }
    if text.chars().count() > TEXT_MAX {
        return Err(format!("{what} is longer than {TEXT_MAX} characters"));
    }
    Ok(text)
}

/// A code: short, without blanks, commas or `@`, which stand for other things in lists and rules.
pub(super) fn code<'t>(what: &str, text: &'t str) -> Result<&'t str, String> {
    let code = said(what, text)?;
    let unfit = |c: char| c.is_whitespace() || c == ',' || c == '@';
    if code.chars().count() > CODE_MAX || code.chars().any(unfit) {
        return Err(format!("{what} {code:?} is no code: blanks, commas, @ or too long"));
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        assert_eq!(decoded("\u{feff}code".as_bytes()), Ok("code"));
        assert_eq!(decoded("云汀".as_bytes()), Ok("云汀"));
    }

    #[test]
    fn other_encodings_are_refused_with_advice() {
        let gbk = [0xD4, 0xC6, 0xCD, 0xA1];
        assert!(decoded(&gbk).unwrap_err().contains("save it as UTF-8"));
    }

    #[test]
    fn codes_and_texts_are_checked() {
        assert_eq!(said("name", " 云汀 "), Ok("云汀"));
        assert_eq!(said("name", " "), Err("name is missing".to_owned()));
        assert!(said("name", "a\0b").unwrap_err().contains("control"));
        for wrong in ["a b", "a,b", "@owner", &"x".repeat(65)] {
            assert!(code("code", wrong).unwrap_err().contains("no code"), "{wrong}");
        }
    }
}
