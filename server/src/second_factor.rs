//! The second factor: codes of an authenticator app, made from a secret that the app and the server
//! share (TOTP, RFC 6238: SHA-1, six digits, 30 seconds, which every app knows), and recovery codes
//! for the day the phone is gone.

use jiff::Timestamp;
use totp_rs::{Builder, Totp};

use crate::problem::Error;
use crate::tokens::fill;

mod recovery;
mod vault;

pub use recovery::{RECOVERY_CODES, RecoveryCode};
pub use vault::Vault;

/// Bytes of a secret: as long as the hash, as RFC 4226 (4, R6) recommends.
const SECRET_LEN: usize = 20;

/// Who the codes are for, as the app shows it.
const ISSUER: &str = "zhoubian";

/// The secret that an authenticator app and the server share. It can be shown only on purpose.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A random one.
    pub fn random() -> Result<Self, Error> {
        let mut bytes = vec![0; SECRET_LEN];
        fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The secret as it was before it was sealed.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// For sealing.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret for typing into an app: Base32 (RFC 4648) without padding.
    pub fn text(&self) -> String {
        self.totp().secret().to_base32()
    }

    /// The secret as a QR code carries it to an app: `otpauth://totp/…` (Key Uri Format of Google
    /// Authenticator). A login needs no escaping.
    pub fn uri(&self, login: &str) -> String {
        let secret = self.text();
        format!(
            "otpauth://totp/{ISSUER}:{login}?secret={secret}&issuer={ISSUER}\
             &algorithm=SHA1&digits=6&period=30"
        )
    }

    /// The step that a code belongs to: the one now, the one before or the one after it (RFC 6238,
    /// 5.2), since clocks differ and people type. None when it belongs to neither.
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let seconds = u64::try_from(now.as_second()).ok()?;
        let step = self.totp().check(code, seconds)?;
        i64::try_from(step).ok()
    }

    fn totp(&self) -> Totp {
        // "Noncompliant" only in that a length is not checked.
        Builder::new().with_secret(self.0.clone()).build_noncompliant()
    }
}

/// Whether this is written like an app's code and not like a recovery code.
pub fn is_app_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|c| c.is_ascii_digit())
}

/// A code as somebody typed it, without the blanks and hyphens that make it readable.
pub fn without_gaps(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    impl Secret {
        /// What the app shows.
        pub(crate) fn code_at(&self, now: Timestamp) -> String {
            self.totp().generate(u64::try_from(now.as_second()).unwrap()).to_string()
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    /// RFC 6238, appendix B, its last six digits.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = Secret::of(b"12345678901234567890".to_vec());
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(secret.step_of(code, at(seconds)), Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_and_one_late() {
        let secret = Secret::random().unwrap();
        let code = secret.code_at(at(3_000_000));
        for step in [-1, 0, 1] {
            assert_eq!(secret.step_of(&code, at(3_000_000 + 30 * step)), Some(100_000));
        }
        for step in [-2, 2] {
            assert_ne!(secret.step_of(&code, at(3_000_000 + 30 * step)), Some(100_000));
        }
    }

    #[test]
    fn what_is_no_code_fits_nothing() {
        let secret = Secret::random().unwrap();
        for text in ["", "12345", "1234567", "+12345", "１２３４５６", "abcdef", "\0\0\0\0\0\0"]
        {
            assert_eq!(secret.step_of(text, at(3_000_000)), None, "{text:?}");
            assert!(!is_app_code(text), "{text:?}");
        }
    }

    #[test]
    fn it_is_told_for_typing_and_for_a_qr_code() {
        let secret = Secret::of(b"12345678901234567890".to_vec());
        assert_eq!(secret.text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let uri = "otpauth://totp/zhoubian:ana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
                   &issuer=zhoubian&algorithm=SHA1&digits=6&period=30";
        assert_eq!(secret.uri("ana"), uri);
    }
}
