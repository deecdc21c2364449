//! The three levels of jurisdiction.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A word that names no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no level of areas")]
pub struct UnknownLevel(pub String);

/// The level of an area, in order from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A district or county (区县).
    District,
    /// A subdistrict, town or township (街道, 镇, 乡).
    Subdistrict,
    /// A community or village (社区, 村).
    Community,
}

impl Level {
    /// All three, coarse to fine.
    pub const ALL: [Self; 3] = [Self::District, Self::Subdistrict, Self::Community];

    /// The word for it in JSON, in the database and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Subdistrict => "subdistrict",
            Self::Community => "community",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(word: &str) -> Result<Self, UnknownLevel> {
        let level = Self::ALL.into_iter().find(|level| level.word() == word);
        level.ok_or_else(|| UnknownLevel(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_go_from_coarse_to_fine_and_keep_their_words() {
        assert!(Level::ALL.is_sorted());
        for level in Level::ALL {
            assert_eq!(level.word().parse(), Ok(level));
            assert_eq!(serde_json::to_value(level).unwrap(), level.word());
        }
        assert_eq!("city".parse::<Level>(), Err(UnknownLevel("city".to_owned())));
    }
}
