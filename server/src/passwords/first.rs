//! First passwords, which nobody has to think of.

use crate::problem::Error;

/// Letters and digits that are not taken for each other when they are read out or typed off paper.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS: usize = 4;
const GROUP: usize = 4;

/// A random password of four groups of four: 79 bits.
pub fn random() -> Result<String, Error> {
    let mut password = String::with_capacity(GROUPS * (GROUP + 1));
    for group in 0..GROUPS {
        if group > 0 {
            password.push('-');
        }
        for _ in 0..GROUP {
            password.push(letter()?);
        }
    }
    Ok(password)
}

fn letter() -> Result<char, Error> {
    loop {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|error| super::broken(&error))?;
        // The one number of 32 without a letter is thrown away: each letter is as likely.
        if let Some(letter) = LETTERS.get(usize::from(byte[0] & 31)) {
            return Ok(char::from(*letter));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_all_can_be_read_out() {
        let (one, two) = (random().unwrap(), random().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 19);
        assert!(one.bytes().all(|byte| byte == b'-' || LETTERS.contains(&byte)), "{one}");
    }
}
