//! `Upload-Checksum` (tus 1.0, checksum): what the bytes of one request add up to.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::problem::UploadRefusal;

/// A digest being reckoned, and what it shall be.
#[derive(Debug, Clone)]
pub struct Sum {
    reckoned: Reckoned,
    stated: Vec<u8>,
}

#[derive(Debug, Clone)]
enum Reckoned {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Sum {
    /// The algorithms that are taken, as `Tus-Checksum-Algorithm` has them.
    pub const ALGORITHMS: &'static str = "sha1,sha256";

    /// Reads `{algorithm} {base64}`.
    pub fn read(header: &str) -> Result<Self, UploadRefusal> {
        let malformed = |what: &str| UploadRefusal::Checksum(what.to_owned());
        let (algorithm, digest) = header
            .split_once(' ')
            .ok_or_else(|| malformed("it is not an algorithm, a space and a digest in base64"))?;
        let (reckoned, length) = match algorithm {
            "sha1" => (Reckoned::Sha1(Sha1::new()), 20),
            "sha256" => (Reckoned::Sha256(Sha256::new()), 32),
            _ => return Err(malformed("the algorithm is neither sha1 nor sha256")),
        };
        let stated =
            STANDARD.decode(digest).map_err(|_not| malformed("the digest is no base64"))?;
        if stated.len() != length {
            return Err(malformed("the digest has not the algorithm's length"));
        }
        Ok(Self { reckoned, stated })
    }

    /// Counts more bytes in.
    pub(crate) fn update(&mut self, part: &[u8]) {
        match &mut self.reckoned {
            Reckoned::Sha1(hash) => hash.update(part),
            Reckoned::Sha256(hash) => hash.update(part),
        }
    }

    /// Whether the bytes counted in are those that were meant.
    pub fn fits(self) -> bool {
        let reckoned = match self.reckoned {
            Reckoned::Sha1(hash) => hash.finalize().to_vec(),
            Reckoned::Sha256(hash) => hash.finalize().to_vec(),
        };
        reckoned == self.stated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_digests_of_abc_fit() {
        // FIPS 180-4's examples.
        for header in [
            "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
            "sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        ] {
            let mut sum = Sum::read(header).unwrap();
            sum.update(b"a");
            assert!(!sum.clone().fits());
            sum.update(b"bc");
            assert!(sum.fits());
        }
    }

    #[test]
    fn what_is_no_checksum_is_refused() {
        for header in [
            "",
            "sha1",
            "md5 rL0Y20zC+Fzt72VPzMSk2A==",
            "sha1 !",
            "sha256 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
        ] {
            assert!(matches!(Sum::read(header), Err(UploadRefusal::Checksum(_))), "{header}");
        }
    }
}
