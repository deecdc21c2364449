//! What a client shows to be known again: access tokens (JWT, RFC 7519) and refresh tokens.

use jiff::Timestamp;
use jsonwebtoken::errors::Error as JwtError;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::Error;
use domain::access::{Errands, Role};

mod client_secret;
mod keys;
mod link;
mod refresh;

pub use client_secret::{ClientSecret, random_login};
pub(crate) use keys::fill;
pub use keys::{KeyLine, Keys, KeysCommand, SIGNS_AFTER, list, rotate, run as run_keys, withdraw};
pub use link::{LinkKey, LinkToken};
pub use refresh::{REFRESH_GRACE, REFRESH_LIFE, RefreshToken};

/// Seconds an access token is good for.
pub const ACCESS_LIFE_S: i64 = 15 * 60;

const ISSUER: &str = "zhoubian";
const AUDIENCE: &str = "zhoubian-api";
/// Pinned: the header's `alg` is never believed.
const ALGORITHM: Algorithm = Algorithm::HS256;

/// What an access token says. Only who it is for is used; what they may do is read anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// What it is for.
    pub aud: String,
    /// The account's id, as text (RFC 7519 wants a string).
    #[serde(with = "decimal")]
    pub sub: i64,
    /// The session.
    pub sid: Uuid,
    /// What the account acted as when the token was issued: for display.
    pub role: Role,
    /// Issued, seconds since 1970.
    pub iat: i64,
    /// Good until, not including, seconds since 1970.
    pub exp: i64,
    /// What a machine was sent for, words with blanks between (RFC 9068, 2.2.3); a person's has none.
    /// What the account may is read anew, and what neither has is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl Claims {
    /// A machine's token for what it was sent for.
    #[must_use]
    pub fn of_machine(self, errands: &Errands) -> Self {
        let words: Vec<&str> = errands.iter().map(|errand| errand.word()).collect();
        Self { scope: Some(words.join(" ")), ..self }
    }

    /// The scopes in it that there are.
    pub fn errands(&self) -> Errands {
        let words = self.scope.iter().flat_map(|scope| scope.split(' '));
        words.filter_map(|word| word.parse().ok()).collect()
    }

    /// A token for the account in the session, good from `now` for [`ACCESS_LIFE_S`].
    pub fn new(account: i64, session: Uuid, role: Role, now: Timestamp) -> Self {
        Self {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: account,
            sid: session,
            role,
            iat: now.as_second(),
            exp: now.as_second() + ACCESS_LIFE_S,
            scope: None,
        }
    }
}

impl Keys {
    /// Signs an access token with the key that signs when it is issued.
    pub fn issue(&self, claims: &Claims) -> Result<String, Error> {
        let (ring, issued) = (self.ring(), Timestamp::from_second(claims.iat));
        let key = ring.signing(issued.unwrap_or(Timestamp::MIN));
        let header = Header { kid: Some(key.kid.clone()), ..Header::new(ALGORITHM) };
        let secret = EncodingKey::from_secret(&key.secret);
        jsonwebtoken::encode(&header, claims, &secret).map_err(|error| unsigned(&error))
    }

    /// Reads an access token.
    ///
    /// [`Error::Unauthenticated`] unless one of our keys signed it for us, [`Error::TokenExpired`]
    /// when it did but `now` is past its life.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Claims, Error> {
        let claims = self.signed(token).ok_or(Error::Unauthenticated)?;
        if now.as_second() >= claims.exp {
            return Err(Error::TokenExpired);
        }
        Ok(claims)
    }

    fn signed(&self, token: &str) -> Option<Claims> {
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let secret = DecodingKey::from_secret(&self.ring().of(&kid)?.secret);
        let read = jsonwebtoken::decode::<Claims>(token, &secret, &validation()).ok()?;
        Some(read.claims)
    }
}

fn validation() -> Validation {
    let mut validation = Validation::new(ALGORITHM);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    // The library would read the machine's clock; ours is in App.
    validation.validate_exp = false;
    validation.leeway = 0;
    validation
}

fn unsigned(error: &JwtError) -> Error {
    Error::Internal(format!("signing a token: {error}"))
}

/// Numbers as text.
mod decimal {
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
    pub(super) fn serialize<S: Serializer>(number: &i64, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(number)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
