//! Settings that hold while the program runs.

use std::path::PathBuf;

mod photos;
mod rates;
mod sign_in;

pub use photos::PhotoSettings;
pub use rates::RateSettings;
pub use sign_in::SignInSettings;

const MIB: usize = 1024 * 1024;

/// Settings that hold while the program runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the database, the photos and the keys.
    pub data: PathBuf,
    /// Where clients reach the server, without a trailing slash; used in absolute links.
    pub public_url: String,
    /// The largest photo taken, bytes.
    pub max_photo_bytes: u64,
    /// The largest JSON body taken, bytes.
    pub max_json_bytes: usize,
    /// The most taken for one import of reference data, all files together, bytes.
    pub max_import_bytes: usize,
    /// Demo mode: demo accounts may exist.
    pub demo: bool,
    /// How photos are looked at and kept.
    pub photos: PhotoSettings,
    /// Passwords, second factors, and how long somebody stays signed in.
    pub sign_in: SignInSettings,
    /// How much one account and one address may ask.
    pub rates: RateSettings,
}

impl Config {
    /// The settings of an installation whose operator set none but its folder.
    pub fn new(data: PathBuf) -> Self {
        Self {
            data,
            public_url: String::new(),
            max_photo_bytes: 25 * MIB as u64,
            max_json_bytes: MIB,
            max_import_bytes: 64 * MIB,
            demo: false,
            photos: PhotoSettings::default(),
            sign_in: SignInSettings::default(),
            rates: RateSettings::default(),
        }
    }
}
