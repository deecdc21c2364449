//! From the bytes of a file to its text, whichever of two encodings it is in.

use std::borrow::Cow;

use clap::ValueEnum;
use encoding_rs::{DecoderResult, GB18030};

/// How a file writes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    /// GB18030, of which GBK and GB 2312 are parts.
    #[value(name = "gb18030", alias = "gbk", alias = "gb2312")]
    Gb18030,
}

/// A file's text, and in words how it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub note: &'static str,
}

/// The note that goes without saying.
pub(super) const AS_UTF8: &str = "read as UTF-8";

const ADVICE: &str = "save it as UTF-8, for example \"CSV UTF-8\", or say --encoding";

/// Of the two-byte characters of a Chinese text in GB18030, at least this share are of the first
/// level of GB 2312 (the 3,755 hanzi in use every day) or its symbols. Real lists have 0.9 and
/// more, names of places included; UTF-8 taken for GB18030 has 0.3 at most, as every third byte
/// pair starts with E4 to E9, where the rare hanzi are.
const EVERYDAY_SHARE: f64 = 0.6;

/// The text of a file, its byte order mark taken off.
///
/// Text that is UTF-8 is taken for UTF-8: by chance, other encodings are so only when they are
/// very short. Else it is taken for GB18030 when it is that throughout, most of its hanzi are
/// everyday ones, and no line of it is plainly UTF-8. With `said`, only that encoding is tried,
/// and its being plausible is not asked.
pub(super) fn decoded(bytes: &[u8], said: Option<Encoding>) -> Result<Decoded<'_>, String> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(format!("the file is UTF-16: {ADVICE}"));
    }
    match (std::str::from_utf8(bytes), said) {
        (Ok(text), None | Some(Encoding::Utf8)) => Ok(utf8(text)),
        (Err(error), Some(Encoding::Utf8)) => {
            let at = error.valid_up_to();
            Err(format!("the file is not UTF-8 (byte {at}): {ADVICE}"))
        }
        (_, Some(Encoding::Gb18030)) => {
            gb18030(bytes).map_err(|at| format!("the file is not GB18030 (byte {at}): {ADVICE}"))
        }
        (Err(error), None) => guessed(bytes, error),
    }
}

fn utf8(text: &str) -> Decoded<'_> {
    match text.strip_prefix('\u{feff}') {
        Some(text) => Decoded { text: text.into(), note: "read as UTF-8 with a byte order mark" },
        None => Decoded { text: text.into(), note: AS_UTF8 },
    }
}

fn guessed(bytes: &[u8], error: std::str::Utf8Error) -> Result<Decoded<'_>, String> {
    let at = error.valid_up_to();
    if bytes.starts_with("\u{feff}".as_bytes()) {
        return Err(format!("the file starts as UTF-8 and is none from byte {at}: {ADVICE}"));
    }
    if error.error_len().is_none() && !bytes[..at].is_ascii() {
        return Err(format!("the file ends within a character (byte {at}): it is cut off"));
    }
    let Ok(read) = gb18030(bytes) else {
        return Err(format!("the file is neither UTF-8 nor GB18030 (byte {at}): {ADVICE}"));
    };
    if let Some((line, at)) = line_in_utf8(bytes) {
        return Err(format!(
            "the file is in two encodings: line {line} (byte {at}) is UTF-8, others are not: {ADVICE}"
        ));
    }
    if everyday_share(bytes) < EVERYDAY_SHARE {
        return Err(format!(
            "the file is not UTF-8 (byte {at}), and read as GB18030 it makes no sense: {ADVICE}"
        ));
    }
    Ok(read)
}

/// The text, or the first byte that is not GB18030.
fn gb18030(bytes: &[u8]) -> Result<Decoded<'_>, usize> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.unwrap_or(bytes.len()));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(Decoded { text: text.into(), note: "read as GB18030" }),
        // There is room for all of it.
        DecoderResult::OutputFull => Err(read),
        DecoderResult::Malformed(bad, after) => {
            Err(read.saturating_sub(usize::from(bad) + usize::from(after)))
        }
    }
}

/// The first line, and the byte it begins at, that is UTF-8 of two or more characters of three
/// bytes each. In GB18030 a line is that by chance only where rare hanzi stand in a row.
fn line_in_utf8(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    for (line, text) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let wide = std::str::from_utf8(text).is_ok_and(|text| {
            let mut wide = text.chars().filter(|c| !c.is_ascii()).peekable();
            wide.peek().is_some() && wide.clone().all(|c| c >= '\u{800}') && wide.count() >= 2
        });
        if wide {
            return Some((line, at));
        }
        at += text.len() + 1;
    }
    None
}

/// The share of everyday hanzi and symbols among the two-byte characters of a GB18030 text; 1
/// without any.
fn everyday_share(bytes: &[u8]) -> f64 {
    let (mut everyday, mut all) = (0_u32, 0_u32);
    let mut rest = bytes;
    while let Some(first) = rest.iter().position(|byte| *byte >= 0x80) {
        rest = &rest[first..];
        let [lead, trail, ..] = rest else { break };
        let four_bytes = trail.is_ascii_digit();
        let usual = (0xB0..=0xD7).contains(lead) || (0xA1..=0xA3).contains(lead);
        all += 1;
        everyday += u32::from(usual && *trail >= 0xA1);
        rest = rest.get(if four_bytes { 4 } else { 2 }..).unwrap_or_default();
    }
    if all == 0 { 1.0 } else { f64::from(everyday) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "名称,经度\n海南大学,110.3\n琼台师范学院（府城校区）,110.4\n";

    fn gbk(text: &str) -> Vec<u8> {
        let (bytes, _, unmappable) = GB18030.encode(text);
        assert!(!unmappable);
        bytes.into_owned()
    }

    fn read(bytes: &[u8]) -> Result<(String, &'static str), String> {
        decoded(bytes, None).map(|read| (read.text.into_owned(), read.note))
    }

    #[test]
    fn what_is_utf8_is_read_as_such_and_a_byte_order_mark_taken_off() {
        assert_eq!(read(LIST.as_bytes()), Ok((LIST.to_owned(), AS_UTF8)));
        let marked = read("\u{feff}云汀".as_bytes()).unwrap();
        assert_eq!(marked, ("云汀".to_owned(), "read as UTF-8 with a byte order mark"));
        assert_eq!(read(b"code,name\n"), Ok(("code,name\n".to_owned(), AS_UTF8)));
        assert_eq!(read(b"").unwrap().0, "");
    }

    #[test]
    fn what_a_spreadsheet_exports_is_read_as_gb18030() {
        assert_eq!(read(&gbk(LIST)), Ok((LIST.to_owned(), "read as GB18030")));
        let four_bytes = format!("{LIST}㐂巷,110.5\n");
        assert_eq!(read(&gbk(&four_bytes)).unwrap().0, four_bytes);
    }

    #[test]
    fn two_encodings_in_one_file_are_refused_with_the_line() {
        let mixed = [gbk(LIST), "三亚学院,109.5\n".as_bytes().to_vec()].concat();
        let why = read(&mixed).unwrap_err();
        assert!(why.contains("two encodings: line 4 (byte "), "{why}");
        let mixed = [LIST.as_bytes(), &gbk("三亚学院\n")].concat();
        let why = read(&mixed).unwrap_err();
        assert!(why.contains("byte") && why.contains("save it as UTF-8"), "{why}");
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let whole = LIST.repeat(3);
        let cut = whole.find("大").unwrap() + 1;
        let why = read(&whole.as_bytes()[..cut]).unwrap_err();
        assert!(why.contains(&format!("byte {}", cut - 1)) && why.contains("cut off"), "{why}");
        let bytes = gbk("海南大学");
        let why = read(&bytes[..7]).unwrap_err();
        assert!(why.contains("neither UTF-8 nor GB18030"), "{why}");
    }

    #[test]
    fn utf8_with_a_flaw_is_not_taken_for_gb18030() {
        let flawed = [LIST.as_bytes(), &[0xB5, 0xC4], "琼台师范学院".as_bytes()].concat();
        assert!(read(&flawed).is_err(), "{:?}", read(&flawed));
    }

    #[test]
    fn what_is_neither_is_refused_with_the_byte_and_advice() {
        for bytes in [b"code,caf\xE9\n".to_vec(), vec![0x80; 9], b"a\xFF\xFFb".to_vec()] {
            let why = read(&bytes).unwrap_err();
            assert!(why.contains("byte ") && why.contains("--encoding"), "{why}");
        }
        let utf16 = [0xFF, 0xFE, 0x91, 0x4E];
        assert!(read(&utf16).unwrap_err().contains("UTF-16"));
    }

    #[test]
    fn an_encoding_that_is_said_is_the_only_one_tried() {
        let rare = gbk("龘靐齉");
        assert!(read(&rare).unwrap_err().contains("makes no sense"));
        let said = decoded(&rare, Some(Encoding::Gb18030)).unwrap();
        assert_eq!(said.text, "龘靐齉");
        let why = decoded(&rare, Some(Encoding::Utf8)).unwrap_err();
        assert!(why.contains("not UTF-8 (byte 0)"), "{why}");
        let why = decoded(b"ok\xFF", Some(Encoding::Gb18030)).unwrap_err();
        assert!(why.contains("not GB18030 (byte 2)"), "{why}");
    }
}
