//! Text that both databases take.

/// The characters of a text that a refusal quotes.
const QUOTED: usize = 60;
/// The longest code, characters.
const CODE_MAX: usize = 64;
/// The longest name or sentence, characters.
const TEXT_MAX: usize = 2_000;

/// A text that says something. `what` names it in the refusal.
pub(super) fn said<'t>(what: &str, text: &'t str) -> Result<&'t str, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("{what} is missing"));
    }
    if text.len() > TEXT_MAX && text.chars().count() > TEXT_MAX {
        return Err(format!("{what} is longer than {TEXT_MAX} characters"));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(format!("{what} {:?} has control characters", start(text)));
    }
    Ok(text)
}

/// The longest refusal or note, characters.
const TOLD_MAX: usize = 20_000;

/// A refusal or note as it can be kept: what it quotes of a file may have any characters, a NUL among
/// them, and any length.
pub(super) fn told(text: &str) -> String {
    let plain = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
    text.chars().take(TOLD_MAX).map(plain).collect()
}

/// As much of a text as a refusal quotes.
pub(super) fn start(text: &str) -> String {
    let mut start: String = text.chars().take(QUOTED).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// A code: short, without blanks, commas, semicolons or `@`, which stand for other things in lists and rules.
pub(super) fn code<'t>(what: &str, text: &'t str) -> Result<&'t str, String> {
    let code = said(what, text)?;
    let unfit = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '@');
    if code.chars().count() > CODE_MAX || code.chars().any(unfit) {
        return Err(format!(
            "{what} {:?} is no code: blanks, commas, ; @ or too long",
            start(code)
        ));
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_can_be_kept() {
        assert_eq!(told("a\0\u{1b}b\n名"), "a\u{fffd}\u{fffd}b\n名");
        assert_eq!(told(&"名".repeat(1_000_000)).chars().count(), TOLD_MAX);
    }

    #[test]
    fn codes_and_texts_are_checked() {
        assert_eq!(said("name", " 云汀 "), Ok("云汀"));
        assert_eq!(said("name", " "), Err("name is missing".to_owned()));
        assert!(said("name", "a\0b").unwrap_err().contains("control"));
        let long = said("name", &"名".repeat(1_000_000)).unwrap_err();
        assert_eq!(long, "name is longer than 2000 characters");
        for wrong in ["a b", "a;b", "a,b", "@owner", &"x".repeat(65)] {
            assert!(code("code", wrong).unwrap_err().contains("no code"), "{wrong}");
        }
    }
}
