//! Settings that hold while the program runs, and where they come from.

use std::path::PathBuf;

mod base_map;
mod changes;
pub mod command;
mod evidence;
mod file;
mod layers;
mod limits;
mod links;
mod notices;
mod operations;
mod paper;
mod photos;
mod rates;
mod settings;
mod sign_in;
mod verification;

pub use base_map::BaseMapSettings;
pub use changes::ChangeSettings;
pub use evidence::EvidenceSettings;
pub use layers::{Effective, Finding, Given, Layers, Origin};
pub use links::LinkSettings;
pub use notices::{MailSecurity, NoticeSettings};
pub use operations::OperationSettings;
pub use paper::PaperSettings;
pub use photos::PhotoSettings;
pub use rates::RateSettings;
pub use settings::{LogFormat, Secret, Settings};
pub use sign_in::SignInSettings;
pub use verification::VerificationSettings;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

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
    /// What is drawn under the district's own map.
    pub base_map: BaseMapSettings,
    /// Pulling changes.
    pub changes: ChangeSettings,
    /// How the program is kept running.
    pub operations: OperationSettings,
    /// How photos are looked at and kept.
    pub photos: PhotoSettings,
    /// How strictly after-photos are looked at.
    pub evidence: EvidenceSettings,
    /// How what is said to be done is looked at again.
    pub verification: VerificationSettings,
    /// How papers are printed.
    pub paper: PaperSettings,
    /// Links for people without an account.
    pub links: LinkSettings,
    /// Notices, and the ways they leave by.
    pub notices: NoticeSettings,
    /// Passwords, second factors, and how long somebody stays signed in.
    pub sign_in: SignInSettings,
    /// How much one account and one address may ask.
    pub rates: RateSettings,
}

impl Config {
    /// The settings of an installation whose operator set none but its folder.
    pub fn new(data: PathBuf) -> Self {
        Self::of(&Settings { data, ..Settings::default() })
    }

    /// What these settings mean for the program while it runs.
    pub fn of(settings: &Settings) -> Self {
        Self {
            data: settings.data.clone(),
            public_url: settings.public_url.trim_end_matches('/').to_owned(),
            max_photo_bytes: settings.max_photo_mib.saturating_mul(MIB as u64),
            max_json_bytes: settings.max_json_kib.saturating_mul(KIB),
            max_import_bytes: settings.max_import_mib.saturating_mul(MIB),
            demo: settings.demo,
            base_map: settings.base_map.clone(),
            changes: settings.changes.clone(),
            operations: settings.operations.clone(),
            photos: settings.photos.clone(),
            evidence: settings.evidence.clone(),
            verification: settings.verification.clone(),
            paper: settings.paper.clone(),
            links: settings.links.clone(),
            notices: settings.notices.clone(),
            sign_in: settings.sign_in.clone(),
            rates: settings.rates.clone(),
        }
    }
}
