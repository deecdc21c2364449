//! Recovery codes: each is good once, in place of the app's code.

use sha2::{Digest, Sha256};

use super::without_gaps;
use crate::problem::Error;
use crate::tokens::fill;

/// Codes that somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// Digits and letters that are not taken for each other: Crockford's Base32.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Letters of a code: 80 random bits, too many to find one from its digest.
const LETTERS: usize = 16;

/// A code that is good once. It can be shown only on purpose.
#[derive(Clone, PartialEq, Eq)]
#[allow(missing_debug_implementations)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// A random one.
    pub fn random() -> Result<Self, Error> {
        let mut bytes = [0; LETTERS];
        fill(&mut bytes)?;
        // 32 divides 256, so that every letter is as likely as the others.
        Ok(Self(bytes.map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).iter().collect()))
    }

    /// A code as somebody typed it: gaps do not matter, nor case, nor letters that are taken for
    /// digits. None when it cannot be one.
    pub fn typed(text: &str) -> Option<Self> {
        let letter = |c: char| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let code: String = without_gaps(text).chars().map(letter).collect();
        let fits = code.len() == LETTERS && code.bytes().all(|c| ALPHABET.contains(&c));
        fits.then_some(Self(code))
    }

    /// What the database keeps, hexadecimal. The code is random and long, so one round of SHA-256
    /// is enough.
    pub fn digest(&self) -> String {
        crate::actions::record::hex(&Sha256::digest(&self.0))
    }

    /// For writing down: four groups of four.
    pub fn text(&self) -> String {
        let groups: Vec<&str> = (0..LETTERS).step_by(4).map(|at| &self.0[at..at + 4]).collect();
        groups.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = RecoveryCode("0123456789abcdef".to_owned());
        assert_eq!(code.text(), "0123-4567-89ab-cdef");
        for typed in ["0123-4567-89ab-cdef", " 0123456789ABCDEF ", "oI23 4567 89ab-cdef"] {
            assert!(RecoveryCode::typed(typed) == Some(code.clone()), "{typed}");
        }
        for typed in ["", "0123", "0123-4567-89ab-cdeu", "0123-4567-89ab-cdef0", "零123456789abcde"]
        {
            assert!(RecoveryCode::typed(typed).is_none(), "{typed}");
        }
    }

    #[test]
    fn every_letter_is_drawn() {
        let drawn: String = (0..64).map(|_| RecoveryCode::random().unwrap().0).collect();
        assert!(ALPHABET.iter().all(|letter| drawn.bytes().any(|c| c == *letter)));
        assert!(RecoveryCode::random().unwrap() != RecoveryCode::random().unwrap());
    }
}
