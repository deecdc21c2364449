//! Whom a rule names: a bureau by its code, or whoever holds an office at the place.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whom a rule sends an issue to. Written as a bureau's code, or as a symbol that starts with `@`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// A bureau by its code.
    Bureau(String),
    /// `@subdistrict` 所属街办: the subdistrict office of the area.
    Subdistrict,
    /// `@enforcement` 属地行政执法部门: the enforcement team of the area.
    Enforcement,
    /// `@owner` 产权单位: the owner of the asset.
    Owner,
    /// `@duty` 包保: the unit that holds the innermost duty at the place.
    Duty,
    /// `@standard`: whoever the condition's own standard names. As a lead, the one it names as lead;
    /// as cooperating, everyone it names.
    Standard,
    /// `@claim` 认领: whoever claims it, of those an offer names. As a lead only.
    Claim,
}

impl Target {
    /// Every symbol.
    pub const SYMBOLS: [Self; 6] = [
        Self::Subdistrict,
        Self::Enforcement,
        Self::Owner,
        Self::Duty,
        Self::Standard,
        Self::Claim,
    ];

    /// The bureau's code, where it names one itself.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Bureau(code) => Some(code),
            Self::Subdistrict
            | Self::Enforcement
            | Self::Owner
            | Self::Duty
            | Self::Standard
            | Self::Claim => None,
        }
    }
}

/// A target that is neither a bureau's code nor a known symbol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is neither a bureau's code nor one of @subdistrict, @enforcement, @owner, @duty, @standard, @claim"
)]
pub struct UnknownTarget(pub String);

impl TryFrom<String> for Target {
    type Error = UnknownTarget;

    fn try_from(text: String) -> Result<Self, UnknownTarget> {
        match text.as_str() {
            "@subdistrict" => Ok(Self::Subdistrict),
            "@enforcement" => Ok(Self::Enforcement),
            "@owner" => Ok(Self::Owner),
            "@duty" => Ok(Self::Duty),
            "@standard" => Ok(Self::Standard),
            "@claim" => Ok(Self::Claim),
            code if code.trim().is_empty() || code.starts_with('@') => Err(UnknownTarget(text)),
            _ => Ok(Self::Bureau(text)),
        }
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bureau(code) => code,
            Self::Subdistrict => "@subdistrict",
            Self::Enforcement => "@enforcement",
            Self::Owner => "@owner",
            Self::Duty => "@duty",
            Self::Standard => "@standard",
            Self::Claim => "@claim",
        })
    }
}
