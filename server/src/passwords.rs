//! People's passwords: argon2id, off the async threads, a few at once.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::metrics::Metrics;
use crate::problem::Error;

mod first;
mod strength;

pub use first::random;
pub use strength::{Advice, Weakness};

/// Memory of one hash, KiB: 19 MiB, t = 2, p = 1 is OWASP's recommendation for argon2id (Password
/// Storage Cheat Sheet).
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// A hash that needs more memory than this was not made here, KiB.
const MOST_KIB: u32 = 2 * MEMORY_KIB;

/// Hashes computed at once, at most: a flood of sign-ins waits instead of taking
/// `AT_ONCE` × 19 MiB and more.
pub const AT_ONCE: usize = 4;

static PERMITS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Characters a new password has at least and at most.
pub const LENGTH: std::ops::RangeInclusive<usize> = 10..=200;

/// Checked when there is no account, so that the time an answer takes does not tell which logins
/// exist. No password is known to fit it, and what fits it is refused all the same.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$M5ZoAo8oe3SA+3Gk1VVQEA$\
                      EjvtYjVQak749iXetJ4wKq47AqdTwDwal0JrYSyOx6A";

/// Hashes a password for keeping: a PHC string with a salt of its own.
///
/// Takes tens of milliseconds and 19 MiB; in async code call [`hashed`].
pub fn hash(password: &str) -> Result<String, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| broken(&error))?;
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(|error| broken(&error))?;
    phc(&params, &salt, password).map_err(|error| broken(&error))
}

fn phc(params: &Params, salt: &[u8], password: &str) -> argon2::password_hash::Result<String> {
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    derive(Algorithm::Argon2id, Version::V0x13, params, salt, password, &mut output)?;
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params)?,
        salt: Some(Salt::new(salt)?),
        hash: Some(Output::new(&output)?),
    };
    Ok(phc.to_string())
}

/// Whether the password fits the PHC string; a string that cannot be read fits nothing.
///
/// Takes as long as [`hash`]; in async code call [`fits`].
pub fn verify(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|kept| fits_kept(password, &kept).unwrap_or(false))
}

fn fits_kept(password: &str, kept: &PasswordHash) -> argon2::password_hash::Result<bool> {
    let (Some(salt), Some(expected)) = (&kept.salt, &kept.hash) else { return Ok(false) };
    let algorithm = Algorithm::try_from(kept.algorithm.as_str())?;
    let version = kept.version.map_or(Ok(Version::V0x13), Version::try_from)?;
    let params = Params::try_from(kept)?;
    let mut output = vec![0; expected.len()];
    derive(algorithm, version, &params, salt, password, &mut output)?;
    // Compared in a time that does not tell how much of it fits.
    Ok(Output::new(&output)? == *expected)
}

fn derive(
    algorithm: Algorithm,
    version: Version,
    params: &Params,
    salt: &[u8],
    password: &str,
    output: &mut [u8],
) -> argon2::password_hash::Result<()> {
    if params.m_cost() > MOST_KIB {
        return Err(argon2::Error::OutOfMemory.into());
    }
    let argon2 = Argon2::new(algorithm, version, params.clone());
    Ok(argon2.hash_password_into(password.as_bytes(), salt, output)?)
}

/// [`hash`] in async code.
pub async fn hashed(password: String) -> Result<String, Error> {
    away(move || hash(&password)).await?
}

/// [`verify`] in async code, counted; without a PHC string it takes as long and says no.
pub async fn fits(password: String, phc: Option<String>, counts: &Metrics) -> Result<bool, Error> {
    let fits = away(move || {
        let fits = verify(&password, phc.as_deref().unwrap_or(NOBODY));
        fits && phc.is_some()
    });
    let fits = fits.await?;
    counts.password_checked();
    Ok(fits)
}

/// Refuses a new password that is too short or too long, the login itself, or easier to guess than
/// `least` (a score of zxcvbn, 0 to 4) for one who knows login and name:
/// [`Error::PasswordWeak`].
///
/// Takes some milliseconds; in async code call [`checked_new`].
pub fn check_new(password: &str, login: &str, name: &str, least: u8) -> Result<(), Error> {
    if !LENGTH.contains(&password.chars().count()) {
        return Err(Error::PasswordWeak(Weakness::Length));
    }
    if password.to_lowercase() == login.to_lowercase() {
        return Err(Error::PasswordWeak(Weakness::Login));
    }
    strength::check(password, &[login, name], least).map_err(Error::PasswordWeak)
}

/// [`check_new`] in async code.
pub async fn checked_new(
    password: String,
    login: String,
    name: String,
    least: u8,
) -> Result<(), Error> {
    away(move || check_new(&password, &login, &name, least)).await?
}

async fn away<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let permit: SemaphorePermit<'static> = PERMITS.acquire().await.map_err(|e| broken(&e))?;
    // The permit goes along: a client that hangs up does not stop the hash, nor free its memory.
    let done = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    });
    done.await.map_err(|error| broken(&error))
}

fn broken(error: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("password hashing: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let phc = hash("correct horse").unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(verify("correct horse", &phc));
        assert!(!verify("correct horsf", &phc));
        assert!(!verify("", &phc));
        assert_ne!(hash("correct horse").unwrap(), phc, "each hash has a salt of its own");
    }

    #[test]
    fn what_is_not_a_hash_fits_nothing() {
        for phc in [
            "",
            "correct horse",
            "$argon2id$v=19$m=19456,t=2,p=1$",
            "$argon2id$v=19$m=19456,t=2,p=1$M5ZoAo8oe3SA+3Gk1VVQEA",
            "$argon2id$v=19$m=4294967295,t=2,p=1$M5ZoAo8oe3SA+3Gk1VVQEA$\
             EjvtYjVQak749iXetJ4wKq47AqdTwDwal0JrYSyOx6A",
            "$2b$10$abc",
        ] {
            assert!(!verify("correct horse", phc), "{phc}");
        }
    }

    #[test]
    fn nobody_costs_what_somebody_costs() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = PasswordHash::new(&hash("correct horse").unwrap()).unwrap();
        assert_eq!(nobody.params, somebody.params);
        assert_eq!(nobody.algorithm, somebody.algorithm);
        assert_eq!(nobody.hash.unwrap().len(), somebody.hash.unwrap().len());
    }

    #[tokio::test]
    async fn without_a_hash_nothing_fits() {
        let phc = hash("correct horse").unwrap();
        let counts = Metrics::default();
        assert!(fits("correct horse".to_owned(), Some(phc), &counts).await.unwrap());
        assert!(!fits("correct horse".to_owned(), None, &counts).await.unwrap());
    }

    #[test]
    fn length_is_counted_in_characters() {
        let check = |password: &str| check_new(password, "ana", "王芳", 0);
        assert!(check("九个字的密码不够长").is_err());
        assert!(check("十个字的密码刚刚好呀").is_ok());
        assert!(check(&"x".repeat(200)).is_ok());
        assert!(check(&"x".repeat(201)).is_err());
    }

    #[test]
    fn the_login_is_no_password() {
        let check = |password: &str| check_new(password, "inspector01", "王芳", 0);
        assert!(check("inspector01").is_err());
        assert!(check("INSPECTOR01").is_err());
        assert!(check("inspector01!").is_ok());
    }
}
