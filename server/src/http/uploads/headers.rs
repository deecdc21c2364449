//! The headers of tus, read.

use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, TRANSFER_ENCODING};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

use crate::actions::upload_photo::Asked;
use crate::intake::sha256_bytes;
use crate::problem::{Error, UploadRefusal};
use crate::uploads::Sum;

/// The type of a body that is a part of a photo.
pub(super) const PART: &str = "application/offset+octet-stream";
/// Characters that `Upload-Metadata` may have.
const MAX_METADATA: usize = 4_096;

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    // What is not text is nothing that could be meant.
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

/// A number as the protocol has them: digits. One too large for anything is as large as can be.
fn number(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(i64::MAX))
}

/// `Upload-Offset`.
pub(super) fn offset(headers: &HeaderMap) -> Result<i64, UploadRefusal> {
    let unreadable = |why: &str| UploadRefusal::OffsetUnreadable(why.to_owned());
    let said = text(headers, "upload-offset").ok_or_else(|| unreadable("is missing"))?;
    number(said).ok_or_else(|| unreadable("is no number of bytes"))
}

/// How long the body is, where the client says so.
pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    if headers.contains_key(TRANSFER_ENCODING) {
        return None;
    }
    let said = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    Some(said.and_then(|length| length.parse().ok()).unwrap_or(0))
}

/// Whether the body is a part of a photo, by its type.
pub(super) fn is_part(headers: &HeaderMap) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    said.split(';').next().is_some_and(|said| said.trim().eq_ignore_ascii_case(PART))
}

/// `Upload-Checksum`, if there is one.
pub(super) fn sum(headers: &HeaderMap) -> Result<Option<Sum>, UploadRefusal> {
    text(headers, "upload-checksum").map(Sum::read).transpose()
}

/// `Upload-Length` and `Upload-Metadata` of a creation.
pub(super) fn asked(headers: &HeaderMap, limit: u64) -> Result<Asked, Error> {
    for (name, what) in
        [("upload-concat", "Concatenation"), ("upload-defer-length", "A deferred length")]
    {
        if headers.contains_key(name) {
            return Err(UploadRefusal::Extension(what).into());
        }
    }
    let length = upload_length(headers)?;
    if length.unsigned_abs() > limit {
        return Err(Error::TooLarge { limit });
    }
    let metadata = text(headers, "upload-metadata").unwrap_or_default();
    Ok(Asked { length, ..Metadata::read(metadata)?.asked()? })
}

fn upload_length(headers: &HeaderMap) -> Result<i64, UploadRefusal> {
    let invalid = |why: &str| UploadRefusal::Length(why.to_owned());
    let said = text(headers, "upload-length").ok_or_else(|| invalid("is missing"))?;
    match number(said).ok_or_else(|| invalid("is no number of bytes"))? {
        0 => Err(invalid("is 0, and a photo is never empty")),
        length => Ok(length),
    }
}

/// `Upload-Metadata`: keys with values in base64, separated by commas.
struct Metadata<'a> {
    said: &'a str,
    pairs: Vec<(&'a str, Vec<u8>)>,
}

fn invalid(why: impl Into<String>) -> UploadRefusal {
    UploadRefusal::Metadata(why.into())
}

impl<'a> Metadata<'a> {
    fn read(said: &'a str) -> Result<Self, UploadRefusal> {
        if said.len() > MAX_METADATA {
            return Err(invalid(format!("has more than {MAX_METADATA} characters")));
        }
        let mut pairs: Vec<(&str, Vec<u8>)> = Vec::new();
        for pair in said.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let value = STANDARD.decode(value.trim());
            let value = value.map_err(|_not| invalid(format!("has no base64 for {key:?}")))?;
            if pairs.iter().any(|(known, _)| *known == key) {
                return Err(invalid(format!("has {key:?} twice")));
            }
            pairs.push((key, value));
        }
        Ok(Self { said, pairs })
    }

    fn value(&self, key: &str) -> Option<&str> {
        let (_, value) = self.pairs.iter().find(|(known, _)| *known == key)?;
        Some(std::str::from_utf8(value).unwrap_or("?"))
    }

    fn id(&self, key: &str) -> Result<Option<Uuid>, UploadRefusal> {
        let read =
            |text| Uuid::try_parse(text).map_err(|_not| invalid(format!("has no UUID as {key}")));
        self.value(key).map(read).transpose()
    }

    /// The length is still to be told.
    fn asked(&self) -> Result<Asked, UploadRefusal> {
        let photo_id = self.id("photo_id")?.ok_or_else(|| invalid("has no photo_id"))?;
        let sha256 = self.value("sha256").ok_or_else(|| invalid("has no sha256"))?;
        let sha256 = sha256_bytes(sha256)
            .map_err(|_not| invalid("has a sha256 that is not 64 lower-case hexadecimal digits"))?;
        let subject = match (self.id("report")?, self.id("command")?) {
            (Some(_), Some(_)) => return Err(invalid("has both report and command")),
            (report, command) => report.or(command),
        };
        Ok(Asked { photo_id, sha256, subject, length: 0, metadata: self.said.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(key: &str, value: &str) -> String {
        format!("{key} {}", STANDARD.encode(value))
    }

    #[test]
    fn metadata_names_a_photo() {
        let (id, digest) = (Uuid::from_u128(7), "ab".repeat(32));
        let said = [
            "is_confidential".to_owned(),
            pair("filename", "街景.jpg"),
            pair("photo_id", &id.to_string()),
            pair("sha256", &digest),
        ]
        .join(",");
        let asked = Metadata::read(&said).unwrap().asked().unwrap();
        assert_eq!((asked.photo_id, asked.sha256, asked.subject), (id, vec![0xab; 32], None));
        assert_eq!(asked.metadata, said);
    }

    #[test]
    fn metadata_that_names_none_is_refused() {
        let (id, digest) =
            (pair("photo_id", &Uuid::nil().to_string()), pair("sha256", &"ab".repeat(32)));
        let report = pair("report", &Uuid::nil().to_string());
        let both = pair("command", &Uuid::nil().to_string());
        for said in [
            String::new(),
            id.clone(),
            digest.clone(),
            format!("{id},{}", pair("sha256", "AB")),
            format!("{},{digest}", pair("photo_id", "7")),
            format!("{id},{digest},{id}"),
            format!("{id},{digest},{report},{both}"),
            format!("{id},{digest},filename !"),
            format!("{id},{digest},filename {}", "A".repeat(MAX_METADATA)),
        ] {
            let read = Metadata::read(&said).and_then(|metadata| metadata.asked().map(drop));
            assert!(matches!(read, Err(UploadRefusal::Metadata(_))), "{said}");
        }
    }

    #[test]
    fn numbers_are_digits() {
        assert_eq!(number("0"), Some(0));
        assert_eq!(number("99999999999999999999999"), Some(i64::MAX));
        for none in ["", "-1", "+1", "1.0", " 1", "0x1", "一"] {
            assert_eq!(number(none), None, "{none}");
        }
    }
}
