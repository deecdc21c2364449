//! News: who is told of a commit, heard once it is durable and never before.
//!
//! A transaction says what it has to tell with [`crate::dialect::tell`], and whoever listens
//! ([`crate::Db::listen`]) hears it after the commit; what is rolled back is not heard. On SQLite the
//! writer passes it on within the process, on PostgreSQL the database does, to every process.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

#[cfg(feature = "postgres")]
mod listener;
#[cfg(feature = "sqlite")]
mod told;

#[cfg(feature = "postgres")]
pub(crate) use listener::{CHANNEL, Listener};
#[cfg(feature = "sqlite")]
pub(crate) use told::{begin, count, forget_after, note, take};

/// A payload of PostgreSQL's `NOTIFY` must be shorter than 8,000 bytes.
#[cfg(feature = "postgres")]
const MOST_BYTES: usize = 7_000;

/// What a commit tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Its last feed number; 0 where that is not known.
    pub seq: i64,
    /// Whom it is for; none: it may be for anybody.
    pub to: Option<BTreeSet<String>>,
}

impl News {
    /// Something may have been missed: everybody should look.
    pub fn for_anybody() -> Self {
        Self { seq: 0, to: None }
    }

    /// What both tell, as one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let to = match (self.to, other.to) {
            (Some(one), Some(other)) => Some(one.into_iter().chain(other).collect()),
            _ => None,
        };
        Self { seq: self.seq.max(other.seq), to }
    }

    /// As PostgreSQL carries it; for anybody where naming all would be too long.
    #[cfg(feature = "postgres")]
    pub(crate) fn text(&self) -> String {
        let text = |news: &Self| serde_json::to_string(news).unwrap_or_default();
        let whole = text(self);
        if whole.len() < MOST_BYTES { whole } else { text(&Self { seq: self.seq, to: None }) }
    }

    /// Reads [`Self::text`]; what cannot be read may be for anybody.
    #[cfg(feature = "postgres")]
    pub(crate) fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_unreadable| Self::for_anybody())
    }
}

/// Whoever listens. It is called on the writer's thread or the listener's and must not block.
pub type Ear = Arc<dyn Fn(News) + Send + Sync>;

/// Where the writer finds who listens, if anybody does.
pub(crate) type Ears = Arc<OnceLock<Ear>>;

/// Listening goes on until this is dropped.
#[must_use]
#[allow(missing_debug_implementations)]
pub enum Listening {
    /// The writer of this process tells.
    Here,
    /// PostgreSQL tells, on a connection of its own.
    #[cfg(feature = "postgres")]
    #[allow(private_interfaces)]
    There(Listener),
}

impl Listening {
    /// Somebody has begun to wait: what is on its way should be fetched soon.
    pub fn hurry(&self) {
        match self {
            Self::Here => {}
            #[cfg(feature = "postgres")]
            Self::There(listener) => listener.hurry(),
        }
    }
}

#[cfg(all(test, feature = "postgres"))]
mod tests {
    use super::*;

    fn news(seq: i64, to: impl IntoIterator<Item = String>) -> News {
        News { seq, to: Some(to.into_iter().collect()) }
    }

    #[test]
    fn what_is_too_long_to_be_carried_is_for_anybody() {
        let short = news(7, ["bureau:环卫".to_owned(), "area:\n\"".to_owned()]);
        assert_eq!(News::read(&short.text()), short);
        let long = news(8, (0..1_000).map(|number| format!("area:{number:012}")));
        assert_eq!(News::read(&long.text()), News { seq: 8, to: None });
        assert_eq!(News::read("nonsense"), News::for_anybody());
    }

    #[test]
    fn news_of_a_group_are_for_all_of_them() {
        let one = news(3, ["a".to_owned()]);
        let both = one.clone().and(news(2, ["b".to_owned()]));
        assert_eq!(both, news(3, ["a".to_owned(), "b".to_owned()]));
        assert_eq!(one.and(News::for_anybody()), News { seq: 3, to: None });
    }
}
