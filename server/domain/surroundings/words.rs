//! The six kinds of points and the three bands, with the words they are written as.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::position::Metres;

/// A word that names no kind of point and no band.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no {of}")]
pub struct UnknownWord {
    /// What the word should have named.
    pub of: &'static str,
    /// The word as given.
    pub word: String,
}

/// The six kinds of points that evaluators start from, "the six surroundings" (六个周边).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    /// A farmers' market (农贸市场).
    Market,
    /// A shopping mall or supermarket (商场超市).
    Mall,
    /// A school (学校).
    School,
    /// A hospital (医院).
    Hospital,
    /// A station, stop or terminal (交通场站).
    Transit,
    /// An urban community (城市社区).
    Community,
}

impl PointKind {
    /// All six, in the order the evaluation lists them.
    pub const ALL: [Self; 6] =
        [Self::Market, Self::Mall, Self::School, Self::Hospital, Self::Transit, Self::Community];

    /// The word for it in JSON, in the database and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Market => "market",
            Self::Mall => "mall",
            Self::School => "school",
            Self::Hospital => "hospital",
            Self::Transit => "transit",
            Self::Community => "community",
        }
    }
}

impl fmt::Display for PointKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for PointKind {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let kind = Self::ALL.into_iter().find(|kind| kind.word() == word);
        kind.ok_or_else(|| UnknownWord { of: "kind of point", word: word.to_owned() })
    }
}

/// How near to a point something lies; bands are disjoint, each ends where the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Up to 500 m, the footprint itself included.
    Core,
    /// Beyond 500 m, up to 1,000 m.
    Near,
    /// Beyond 1,000 m, up to 2,000 m.
    Wide,
}

impl Band {
    /// All three, nearest first.
    pub const ALL: [Self; 3] = [Self::Core, Self::Near, Self::Wide];

    /// The greatest distance of the band, itself included.
    pub const fn limit(self) -> Metres {
        match self {
            Self::Core => Metres(500.0),
            Self::Near => Metres(1_000.0),
            Self::Wide => Metres(2_000.0),
        }
    }

    /// The band that `distance` falls in; none beyond 2,000 m.
    pub fn of(distance: Metres) -> Option<Self> {
        Self::ALL.into_iter().find(|band| distance <= band.limit())
    }

    /// The word for it in JSON, in the database and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Near => "near",
            Self::Wide => "wide",
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Band {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let band = Self::ALL.into_iter().find(|band| band.word() == word);
        band.ok_or_else(|| UnknownWord { of: "band", word: word.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_in_json_and_text() {
        for kind in PointKind::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
        for band in Band::ALL {
            assert_eq!(band.word().parse(), Ok(band));
            assert_eq!(serde_json::to_value(band).unwrap(), band.word());
        }
    }

    #[test]
    fn unknown_words_are_named_in_the_error() {
        let error = "Market".parse::<PointKind>().unwrap_err();
        assert_eq!(error.to_string(), "`Market` is no kind of point");
        assert_eq!("far".parse::<Band>().unwrap_err().to_string(), "`far` is no band");
    }

    #[test]
    fn bands_include_their_limit() {
        let of = |metres| Band::of(Metres(metres));
        assert_eq!(of(0.0), Some(Band::Core));
        assert_eq!(of(500.0), Some(Band::Core));
        assert_eq!(of(500.01), Some(Band::Near));
        assert_eq!(of(1_000.0), Some(Band::Near));
        assert_eq!(of(2_000.0), Some(Band::Wide));
        assert_eq!(of(2_000.01), None);
        assert_eq!(of(f64::NAN), None);
    }
}
