//! What seals the secrets of second factors and where channels of notices lead: they must be read again to check a code, so they cannot
//! be kept as digests. Whoever reads the database alone, or a copy of it, does not have them.

use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use super::Secret;
use crate::key_file;
use crate::problem::Error;
use crate::tokens::fill;

const FILE: &str = "second-factor-key.json";
/// Long enough that random ones never meet.
const NONCE_LEN: usize = 24;
/// The first byte of what is sealed, so that another way can be told apart one day.
const VERSION: u8 = 1;

/// Seals secrets with XChaCha20-Poly1305 and a key in a file of the data folder. What is sealed for
/// one account does not open for another.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Vault(XChaCha20Poly1305);

impl Vault {
    /// Reads the key from the data folder, or makes it there.
    ///
    /// Fails when the file cannot be read or written, or holds no key of 32 bytes.
    pub fn load_or_create(data: &Path) -> Result<Self, Error> {
        Ok(Self::with(key_file::load_or_create(data, FILE)?))
    }

    /// With a random key that is kept nowhere.
    pub fn ephemeral() -> Result<Self, Error> {
        Ok(Self::with(key_file::random()?))
    }

    fn with(key: key_file::Key) -> Self {
        Self(XChaCha20Poly1305::new(&Key::from(key)))
    }

    /// Seals a secret for the account.
    pub fn seal(&self, account: i64, secret: &Secret) -> Result<Vec<u8>, Error> {
        self.seal_for(&belongs_to(account), secret.bytes())
    }

    /// Seals bytes for whatever this names; they open for nothing else.
    pub fn seal_for(&self, aad: &[u8], bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; NONCE_LEN];
        fill(&mut nonce)?;
        let payload = Payload { msg: bytes, aad };
        let text = self.0.encrypt(&XNonce::from(nonce), payload);
        let text = text.map_err(|_| Error::Internal("a secret could not be sealed".to_owned()))?;
        Ok([&[VERSION][..], &nonce, &text].concat())
    }

    /// Opens what was sealed for the account. Fails when it was sealed with another key, for another
    /// account, or was changed.
    pub fn open(&self, account: i64, sealed: &[u8]) -> Result<Secret, Error> {
        let opened = self.open_for(&belongs_to(account), sealed).map(Secret::of);
        opened.ok_or_else(|| {
            Error::Internal(format!("the second factor of account {account} does not open: {FILE} is not the one it was sealed with"))
        })
    }

    /// What was sealed for whatever this names; none where it was sealed with another key, for something else, or was
    /// changed.
    pub fn open_for(&self, aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (version, rest) = sealed.split_first()?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_LEN>()?;
        let payload = Payload { msg: text, aad };
        let opened = self.0.decrypt(&XNonce::from(*nonce), payload).ok()?;
        (*version == VERSION).then_some(opened)
    }
}

/// What a sealed secret is bound to.
fn belongs_to(account: i64) -> Vec<u8> {
    [b"second-factor\0".as_slice(), &account.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn secret() -> Secret {
        Secret::of(vec![7; 20])
    }

    #[test]
    fn what_is_sealed_opens_for_its_account_alone() {
        let vault = Vault::ephemeral().unwrap();
        let sealed = vault.seal(1, &secret()).unwrap();
        assert_eq!(vault.open(1, &sealed).unwrap().bytes(), secret().bytes());
        assert!(vault.open(2, &sealed).is_err());
        assert!(Vault::ephemeral().unwrap().open(1, &sealed).is_err());
        assert_ne!(vault.seal(1, &secret()).unwrap(), sealed, "each has a nonce of its own");
    }

    #[test]
    fn no_byte_of_it_can_be_changed() {
        let vault = Vault::ephemeral().unwrap();
        let sealed = vault.seal(1, &secret()).unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(vault.open(1, &changed).is_err(), "byte {at}");
            assert!(vault.open(1, &sealed[..at]).is_err(), "{at} bytes");
        }
    }

    #[test]
    fn the_key_outlives_a_restart_and_is_its_owners() {
        let folder = std::env::temp_dir().join(format!("zhoubian-vault-{}", uuid::Uuid::new_v4()));
        fs::create_dir(&folder).unwrap();
        let sealed = Vault::load_or_create(&folder).unwrap().seal(1, &secret()).unwrap();
        assert!(Vault::load_or_create(&folder).unwrap().open(1, &sealed).is_ok());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no draft is left behind");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        for content in ["", "{}", r#"{"key": "c2hvcnQ"}"#] {
            fs::write(folder.join(FILE), content).unwrap();
            assert!(Vault::load_or_create(&folder).is_err(), "{content}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
