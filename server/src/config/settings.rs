//! Everything that can be set, as a file has it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{
    BaseMapSettings, ChangeSettings, EvidenceSettings, LinkSettings, NoticeSettings,
    OperationSettings, PaperSettings, PhotoSettings, RateSettings, SignInSettings,
    VerificationSettings,
};

/// Everything that can be set. The keys of a configuration file are the names here, those of a
/// section stand under its name; the environment's are the same in capitals after `ZHOUBIAN_`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Folder of the database, the photos and the keys.
    pub data: PathBuf,
    /// `sqlite:FILE` or `postgres://…`; empty for a SQLite file in the data folder.
    pub database: Secret,
    /// Address to listen on.
    pub host: IpAddr,
    /// Port to listen on; 0 takes a free one.
    pub port: u16,
    /// Where clients reach the server; empty for the address it listens on.
    pub public_url: String,
    /// Threads that serve requests.
    pub threads: usize,
    /// The largest photo taken, MiB.
    pub max_photo_mib: u64,
    /// The largest JSON body taken, KiB.
    pub max_json_kib: usize,
    /// The largest import of reference data taken over the API, all files together, MiB.
    pub max_import_mib: usize,
    /// Make a demonstration district with demonstration accounts, once.
    pub demo: bool,
    /// Allow demonstration accounts, whose password is public, on an address others can reach.
    pub demo_reachable_by_others: bool,
    /// What is logged, as `tracing_subscriber::EnvFilter` reads it.
    pub log: String,
    /// How it is logged.
    pub log_format: LogFormat,
    /// How the program is kept running.
    pub operations: OperationSettings,
    /// How photos are looked at and kept.
    pub photos: PhotoSettings,
    /// How strictly after-photos are looked at.
    pub evidence: EvidenceSettings,
    /// How what is said to be done is looked at again, and how long the office may take.
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
    /// Pulling changes.
    pub changes: ChangeSettings,
    /// What is drawn under the district's own map.
    pub base_map: BaseMapSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            database: Secret::default(),
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            public_url: String::new(),
            threads: 2,
            max_photo_mib: 25,
            max_json_kib: 1024,
            max_import_mib: 64,
            demo: false,
            demo_reachable_by_others: false,
            log: "info".to_owned(),
            log_format: LogFormat::Lines,
            operations: OperationSettings::default(),
            photos: PhotoSettings::default(),
            evidence: EvidenceSettings::default(),
            verification: VerificationSettings::default(),
            paper: PaperSettings::default(),
            links: LinkSettings::default(),
            notices: NoticeSettings::default(),
            sign_in: SignInSettings::default(),
            rates: RateSettings::default(),
            changes: ChangeSettings::default(),
            base_map: BaseMapSettings::default(),
        }
    }
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// Lines for people.
    Lines,
    /// One JSON object a line.
    Json,
}

/// Text that is never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text, if there is any.
    pub fn reveal(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}
