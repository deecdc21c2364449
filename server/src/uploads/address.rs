//! The last part of an upload's address.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::store::uploads::UploadKey;

/// Names an upload to its owner: `{subject}.{photo_id}.{attempt}`, both ids as UUIDs in lower case with
/// hyphens, the attempt from 1 without leading zeros. There is one way to write each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadId {
    /// The report or command that announced the photo.
    pub subject: Uuid,
    /// Its id in that manifest.
    pub photo_id: Uuid,
    /// 1, 2, ….
    pub attempt: i32,
}

impl UploadId {
    /// The same, of this account's uploads.
    pub fn of(self, owner: i64) -> UploadKey {
        UploadKey { owner, subject: self.subject, photo_id: self.photo_id, attempt: self.attempt }
    }

    /// Where clients find it.
    pub fn url(self, public_url: &str) -> String {
        format!("{public_url}{}/uploads/{self}", crate::routes::API)
    }
}

impl From<UploadKey> for UploadId {
    fn from(key: UploadKey) -> Self {
        Self { subject: key.subject, photo_id: key.photo_id, attempt: key.attempt }
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.subject, self.photo_id, self.attempt)
    }
}

impl FromStr for UploadId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let mut id = || Uuid::try_parse(parts.next().unwrap_or_default()).map_err(|_not_one| ());
        let (subject, photo_id) = (id()?, id()?);
        let attempt = parts.next().and_then(|number| number.parse().ok()).ok_or(())?;
        let id = Self { subject, photo_id, attempt };
        // Written again it must be the same: neither braces nor capitals nor zeros.
        if attempt > 0 && id.to_string() == text { Ok(id) } else { Err(()) }
    }
}

/// What the file of an upload is called: its owner's number, and its address.
pub(crate) fn file_name(key: UploadKey) -> String {
    format!("{}.{}", key.owner, UploadId::from(key))
}

/// The upload whose file this is; none where it is no upload's.
pub(crate) fn key_of_file(name: &str) -> Option<UploadKey> {
    let (owner, id) = name.split_once('.')?;
    Some(id.parse::<UploadId>().ok()?.of(owner.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0198f3a0-0000-7000-8000-00000000000a.0198f3a0-0000-7000-8000-000000000001.12";

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let id: UploadId = ID.parse().unwrap();
        assert_eq!((id.attempt, id.to_string().as_str()), (12, ID));
        assert_eq!(key_of_file(&file_name(id.of(7))), Some(id.of(7)));
        assert_eq!(id.url("https://a.example"), format!("https://a.example/api/v1/uploads/{ID}"));
    }

    #[test]
    fn nothing_else_is_an_address() {
        let simple = ID.replace('-', "");
        let zero = ID.replace(".12", ".0");
        let padded = ID.replace(".12", ".012");
        let plus = ID.replace(".12", ".+1");
        let more = format!("{ID}.1");
        let huge = ID.replace(".12", ".99999999999");
        let upper = ID.to_uppercase();
        for text in ["", "..", "a.b.1", &simple, &zero, &padded, &plus, &more, &huge, &upper] {
            assert_eq!(text.parse::<UploadId>(), Err(()), "{text}");
        }
    }
}
