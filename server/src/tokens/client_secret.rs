//! Secrets of machine accounts: `zm1.<32 bytes, base64url>`. The database holds their SHA-256 only.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::keys::fill;
use crate::problem::Error;

const PREFIX: &str = "zm1.";

/// A login for a machine: nobody has to think of one, and nobody guesses it.
pub fn random_login() -> Result<String, Error> {
    let mut bytes = [0; 8];
    fill(&mut bytes)?;
    Ok(format!("machine-{:012x}", u64::from_be_bytes(bytes) >> 16))
}

/// A machine's secret. It can be shown only on purpose: there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
#[allow(missing_debug_implementations)]
pub struct ClientSecret([u8; 32]);

impl ClientSecret {
    /// A new one.
    pub fn random() -> Result<Self, Error> {
        let mut secret = [0; 32];
        fill(&mut secret)?;
        Ok(Self(secret))
    }

    /// One that is known: for the demonstration, whose secret is public.
    pub fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a secret as a machine sends it.
    pub fn parse(text: &str) -> Option<Self> {
        let secret = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        Some(Self(secret.try_into().ok()?))
    }

    /// What the database keeps. The secret is random and long, so one round of SHA-256 is enough;
    /// comparing digests tells nothing of a secret by the time it takes.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

impl fmt::Display for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", URL_SAFE_NO_PAD.encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let secret = ClientSecret::random().unwrap();
        let written = secret.to_string();
        assert!(ClientSecret::parse(&written) == Some(secret.clone()));
        assert_ne!(ClientSecret::random().unwrap().digest(), secret.digest());
        for bad in ["", "zm1.", "zm1", &written[4..], &written[..40], &format!("{written}A")] {
            assert!(ClientSecret::parse(bad).is_none(), "{bad}");
        }
    }
}
