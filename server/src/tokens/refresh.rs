//! Refresh tokens: `zr1.<session>.<32 bytes, base64url>`. The database holds their SHA-256 only.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::keys::{Key, Keys, fill};
use crate::problem::Error;

/// How long a refresh token is good for, counted from when it was issued.
pub const REFRESH_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long a token stays good after it was exchanged: a phone may lose the answer that carried its
/// successor, and two tabs may ask at once.
pub const REFRESH_GRACE: SignedDuration = SignedDuration::from_secs(60);

const PREFIX: &str = "zr1";

/// A refresh token. It can be shown only on purpose: there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
#[allow(missing_debug_implementations)]
pub struct RefreshToken {
    /// The session it belongs to.
    pub session: Uuid,
    secret: [u8; 32],
}

impl RefreshToken {
    /// The first token of a session: random.
    pub fn random(session: Uuid) -> Result<Self, Error> {
        let mut secret = [0; 32];
        fill(&mut secret)?;
        Ok(Self { session, secret })
    }

    /// Reads a token as a client sends it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (prefix, session, secret) = (parts.next()?, parts.next()?, parts.next()?);
        if prefix != PREFIX || parts.next().is_some() {
            return None;
        }
        let secret = URL_SAFE_NO_PAD.decode(secret).ok()?;
        Some(Self { session: Uuid::try_parse(session).ok()?, secret: secret.try_into().ok()? })
    }

    /// What the database keeps. The secret is random and long, so one round of SHA-256 is enough.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.secret).to_vec()
    }

    /// The token it is exchanged for.
    ///
    /// It follows from this one and the key that signs at `now`, so that asking again gives the same answer: a
    /// client that lost the first one, or asked twice at once, ends with a token that is good.
    pub fn successor(&self, keys: &Keys, now: Timestamp) -> Result<Self, Error> {
        self.successor_by(keys.ring().signing(now))
    }

    /// The one successor, by any of the keys, that has this digest: the answer given before.
    pub fn successor_given(&self, keys: &Keys, digest: &[u8]) -> Option<Self> {
        // What is compared are digests, so the time it takes tells nothing about a secret.
        keys.ring()
            .all()
            .filter_map(|key| self.successor_by(key).ok())
            .find(|next| next.digest() == digest)
    }

    fn successor_by(&self, key: &Key) -> Result<Self, Error> {
        // The NUL keeps it apart from everything else the key signs: no JWT contains one.
        let mut message = b"refresh\0".to_vec();
        message.extend_from_slice(self.session.as_bytes());
        message.extend_from_slice(&self.secret);
        let signing = EncodingKey::from_secret(&key.secret);
        let mac = jsonwebtoken::crypto::sign(&message, &signing, Algorithm::HS256);
        let mac = mac.map_err(|error| Error::Internal(format!("signing: {error}")))?;
        Self::parse(&format!("{PREFIX}.{}.{mac}", self.session))
            .ok_or_else(|| Error::Internal("a MAC that is not 32 bytes".to_owned()))
    }
}

impl fmt::Display for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}.{}.{}", self.session, URL_SAFE_NO_PAD.encode(self.secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn keys() -> Keys {
        Keys::ephemeral(NOW).unwrap()
    }

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = RefreshToken::random(Uuid::from_u128(7)).unwrap();
        assert!(RefreshToken::parse(&token.to_string()) == Some(token));
    }

    #[test]
    fn what_is_not_a_token_is_not_read() {
        let good = RefreshToken::random(Uuid::from_u128(7)).unwrap().to_string();
        for bad in [
            String::new(),
            good.replace("zr1", "zr2"),
            format!("{good}."),
            format!("{good}A"),
            good[..good.len() - 1].to_owned(),
            good.replace("0007", "000x"),
        ] {
            assert!(RefreshToken::parse(&bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_successor_is_the_same_each_time_and_needs_the_key() {
        let (ours, theirs) = (keys(), keys());
        let token = RefreshToken::random(Uuid::from_u128(7)).unwrap();
        let next = token.successor(&ours, NOW).unwrap();
        assert!(next == token.successor(&ours, NOW).unwrap());
        assert!(next != token.successor(&theirs, NOW).unwrap());
        assert!(next != token);
        assert!(token.successor_given(&ours, &next.digest()) == Some(next.clone()));
        assert!(token.successor_given(&theirs, &next.digest()).is_none());
    }

    #[test]
    fn sessions_do_not_share_successors() {
        let keys = keys();
        let one = RefreshToken { session: Uuid::from_u128(1), secret: [9; 32] };
        let two = RefreshToken { session: Uuid::from_u128(2), secret: [9; 32] };
        assert_ne!(
            one.successor(&keys, NOW).unwrap().digest(),
            two.successor(&keys, NOW).unwrap().digest()
        );
    }
}
