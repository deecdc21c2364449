//! Who may do what: the one place where it is decided.

use serde::{Deserialize, Serialize};

/// What an account may act as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 巡查员: reports from the street, looks again at what is said to be rectified.
    Inspector,
    /// A person of a bureau 责任单位: accepts, returns, rectifies.
    Bureau,
    /// 创城办: files, dispatches, settles, reads every figure.
    Office,
    /// 督导组: inspects unannounced; what it finds can be kept blind.
    Supervisor,
    /// Keeps accounts and reference data.
    Admin,
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account's id.
    pub account: i64,
    /// What it acts as.
    pub role: Role,
    /// The bureau it belongs to; set for [`Role::Bureau`] only.
    pub bureau: Option<String>,
    /// Codes of the areas an inspector is assigned to (for a district: every subdistrict in it).
    pub duty_areas: Vec<String>,
}
