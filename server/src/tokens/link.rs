//! What the holder of a link 链接 shows: `version ‖ link ‖ expiry ‖ HMAC-SHA256`, base64url. It follows from the
//! link and a key in the data folder, so that whoever may make links can be shown one again, and the database
//! alone opens none.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use uuid::Uuid;

use crate::key_file::{self, Key};
use crate::problem::Error;

const FILE: &str = "link-key.json";
/// The first byte, so that another way can be told apart one day.
const VERSION: u8 = 1;
/// Version, link, expiry.
const SAID_LEN: usize = 1 + 16 + 8;
const MAC_LEN: usize = 32;

/// The key of all links. Whoever has it makes links; without it, none that was given out is good.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct LinkKey(Key);

/// What a token says, once it is known to be one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkToken {
    /// The link.
    pub link: Uuid,
    /// Until when it is good, to the second.
    pub expires_at: Timestamp,
}

impl LinkKey {
    /// Reads the key from the data folder, or makes it there.
    ///
    /// Fails when the file cannot be read or written, or holds no key of 32 bytes.
    pub fn load_or_create(data: &Path) -> Result<Self, Error> {
        key_file::load_or_create(data, FILE).map(Self)
    }

    /// A random key that is kept nowhere.
    pub fn ephemeral() -> Result<Self, Error> {
        key_file::random().map(Self)
    }

    /// The token of a link.
    pub fn token(&self, link: LinkToken) -> Result<String, Error> {
        let said = said(link);
        let mac = jsonwebtoken::crypto::sign(
            &message(&said),
            &EncodingKey::from_secret(&self.0),
            Algorithm::HS256,
        );
        let mac = mac.ok().and_then(|mac| URL_SAFE_NO_PAD.decode(mac).ok());
        let mac = mac.filter(|mac| mac.len() == MAC_LEN);
        let mac = mac.ok_or_else(|| Error::Internal("a link could not be signed".to_owned()))?;
        Ok(URL_SAFE_NO_PAD.encode([&said[..], &mac].concat()))
    }

    /// What a token says; none where it is none of ours. Whether it is still good is another question.
    pub fn verify(&self, token: &str) -> Option<LinkToken> {
        // Checked before anything is decoded: nobody makes us read megabytes.
        let is_long = token.len() > (SAID_LEN + MAC_LEN).div_ceil(3) * 4;
        let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|_| !is_long)?;
        let (said, mac) = bytes.split_first_chunk::<SAID_LEN>()?;
        if mac.len() != MAC_LEN || said[0] != VERSION {
            return None;
        }
        // Compared in constant time.
        let is_ours = jsonwebtoken::crypto::verify(
            &URL_SAFE_NO_PAD.encode(mac),
            &message(said),
            &DecodingKey::from_secret(&self.0),
            Algorithm::HS256,
        );
        let link = Uuid::from_slice(&said[1..17]).ok()?;
        let seconds = i64::from_be_bytes(said[17..].try_into().ok()?);
        let expires_at = Timestamp::from_second(seconds).ok()?;
        is_ours.unwrap_or(false).then_some(LinkToken { link, expires_at })
    }
}

fn said(link: LinkToken) -> [u8; SAID_LEN] {
    let mut said = [0; SAID_LEN];
    said[0] = VERSION;
    said[1..17].copy_from_slice(link.link.as_bytes());
    said[17..].copy_from_slice(&link.expires_at.as_second().to_be_bytes());
    said
}

/// What is signed: kept apart from everything else that the key may sign one day.
fn message(said: &[u8]) -> Vec<u8> {
    [b"link\0".as_slice(), said].concat()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn link() -> LinkToken {
        let expires_at = Timestamp::constant(1_794_790_800, 0);
        LinkToken { link: Uuid::from_u128(7), expires_at }
    }

    #[test]
    fn a_token_is_read_as_it_was_written_by_its_key_alone() {
        let key = LinkKey::ephemeral().unwrap();
        let token = key.token(link()).unwrap();
        assert_eq!((key.verify(&token), token.len()), (Some(link()), 76));
        assert_eq!(LinkKey::ephemeral().unwrap().verify(&token), None);
    }

    #[test]
    fn no_byte_of_it_can_be_changed_and_nothing_left_out_or_added() {
        let key = LinkKey::ephemeral().unwrap();
        let token = key.token(link()).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
        for at in 0..bytes.len() {
            for bit in [1, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= bit;
                assert_eq!(key.verify(&URL_SAFE_NO_PAD.encode(changed)), None, "byte {at}");
            }
            assert_eq!(key.verify(&URL_SAFE_NO_PAD.encode(&bytes[..at])), None, "{at} bytes");
        }
        let long = "A".repeat(1 << 20);
        for other in ["", "AQ", "🔗", &format!("{token}A"), &format!("{token}="), &long] {
            assert_eq!(key.verify(other), None);
        }
    }

    #[test]
    fn the_signature_of_one_link_opens_no_other() {
        let key = LinkKey::ephemeral().unwrap();
        let other = LinkToken { link: Uuid::from_u128(8), ..link() };
        let read = |link| URL_SAFE_NO_PAD.decode(key.token(link).unwrap()).unwrap();
        let swapped = [&read(other)[..SAID_LEN], &read(link())[SAID_LEN..]].concat();
        assert_eq!(key.verify(&URL_SAFE_NO_PAD.encode(swapped)), None);
    }

    #[test]
    fn the_key_outlives_a_restart_and_is_its_owners() {
        let folder = std::env::temp_dir().join(format!("zhoubian-link-{}", Uuid::new_v4()));
        fs::create_dir(&folder).unwrap();
        let token = LinkKey::load_or_create(&folder).unwrap().token(link()).unwrap();
        assert_eq!(LinkKey::load_or_create(&folder).unwrap().verify(&token), Some(link()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        for content in ["", "{}", r#"{"key": "c2hvcnQ"}"#] {
            fs::write(folder.join(FILE), content).unwrap();
            assert!(LinkKey::load_or_create(&folder).is_err(), "{content}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
