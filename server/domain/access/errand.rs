//! What a machine account may be sent for: narrow scopes (RFC 6749, 3.3), each with its operations.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Role;

/// What a machine account may be sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Errand {
    /// Read the issues and reports it sees, what surrounds a point, and pull changes.
    #[serde(rename = "issues:read")]
    ReadIssues,
    /// Claim, accept, return, rectify, ask for a later limit, a deferral or shelving, and resume, as its bureau.
    #[serde(rename = "issues:work")]
    WorkIssues,
    /// Read the photos of the issues it sees.
    #[serde(rename = "photos:read")]
    ReadPhotos,
    /// Send the photos that its own rectifications announce.
    #[serde(rename = "photos:write")]
    SendPhotos,
    /// Read figures.
    #[serde(rename = "figures:read")]
    ReadFigures,
    /// Read areas, points, bureaus, the taxonomy, routing rules and whatever else is imported.
    #[serde(rename = "reference:read")]
    ReadReference,
}

/// The scopes of a machine account, or of one of its tokens.
pub type Errands = BTreeSet<Errand>;

impl Errand {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::ReadIssues,
        Self::WorkIssues,
        Self::ReadPhotos,
        Self::SendPhotos,
        Self::ReadFigures,
        Self::ReadReference,
    ];

    /// Its word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::ReadIssues => "issues:read",
            Self::WorkIssues => "issues:work",
            Self::ReadPhotos => "photos:read",
            Self::SendPhotos => "photos:write",
            Self::ReadFigures => "figures:read",
            Self::ReadReference => "reference:read",
        }
    }

    /// Whether a machine that acts as this role may have it. A bureau's system does what the bureau
    /// does; one on the office's side reads and decides nothing: files, dispatches and verdicts are
    /// signed by people.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Self::WorkIssues | Self::SendPhotos => role == Role::Bureau,
            Self::ReadIssues | Self::ReadPhotos | Self::ReadFigures | Self::ReadReference => {
                matches!(role, Role::Bureau | Role::Office)
            }
        }
    }
}

impl fmt::Display for Errand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Errand {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|errand| errand.word() == word).ok_or(())
    }
}
