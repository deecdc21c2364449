//! A count 计数观测: of n seen, k were right (helmets, plates, seat belts, giving way).
//!
//! It is an observation of a place in a slot of time, never an issue, and never of a person.

use jiff::{SignedDuration, Timestamp};

/// More than anybody counts by hand in one slot.
pub const MOST: u32 = 100_000;
/// The longest slot: a count is a look, not a season.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// Why there is no such count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CountRefusal {
    /// More than [`MOST`] were seen.
    #[error("more than {MOST} were seen")]
    TooMany,
    /// More were right than were seen.
    #[error("more were right than were seen")]
    MoreRightThanSeen,
    /// It ended before it began.
    #[error("it ended before it began")]
    EndsBeforeItBegins,
    /// Longer than [`LONGEST`].
    #[error("it took more than 24 hours")]
    TooLong,
}

/// Refuses what nobody can have counted. Nothing seen is a count too; it has no rate.
pub fn check(
    (seen, right): (u32, u32),
    (began_at, ended_at): (Timestamp, Timestamp),
) -> Result<(), CountRefusal> {
    let took = ended_at.duration_since(began_at);
    if seen > MOST {
        Err(CountRefusal::TooMany)
    } else if right > seen {
        Err(CountRefusal::MoreRightThanSeen)
    } else if took.is_negative() {
        Err(CountRefusal::EndsBeforeItBegins)
    } else if took > LONGEST {
        Err(CountRefusal::TooLong)
    } else {
        Ok(())
    }
}

/// When a count ended, by our clock: its arrival less how long ago the device says that was. That is
/// `age` by its monotonic clock or, where it has none, the time between its end and its sending; either
/// stands however wrong the device's clock is. One that claims to be sent before it ended ends as it arrives.
pub fn ended(
    received: Timestamp,
    age: Option<SignedDuration>,
    (ended_at, sent_at): (Timestamp, Timestamp),
) -> Timestamp {
    let age = age.unwrap_or_else(|| sent_at.duration_since(ended_at));
    let ago = if age.is_negative() { SignedDuration::ZERO } else { age };
    received.checked_sub(ago).unwrap_or(received)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_794_790_800 + seconds).unwrap()
    }

    const SLOT: SignedDuration = SignedDuration::from_mins(15);

    #[test]
    fn both_sides_of_every_bound() {
        let slot = (at(0), at(900));
        assert_eq!(check((0, 0), slot), Ok(()));
        assert_eq!(check((124, 124), slot), Ok(()));
        assert_eq!(check((124, 125), slot), Err(CountRefusal::MoreRightThanSeen));
        assert_eq!(check((MOST, 1), slot), Ok(()));
        assert_eq!(check((MOST + 1, 1), slot), Err(CountRefusal::TooMany));
        assert_eq!(check((1, 1), (at(1), at(0))), Err(CountRefusal::EndsBeforeItBegins));
        assert_eq!(check((1, 1), (at(0), at(0))), Ok(()));
        assert_eq!(check((1, 1), (at(0), at(86_400))), Ok(()));
        assert_eq!(check((1, 1), (at(0), at(86_401))), Err(CountRefusal::TooLong));
    }

    proptest! {
        #[test]
        fn a_wrong_clock_moves_no_count(wrong in -1_000_000_i64..1_000_000, ago in 0_i64..1_000_000) {
            let arrived = at(5_000_000);
            let (ended_at, sent_at) = (at(wrong), at(wrong + ago));
            let expected = arrived - SignedDuration::from_secs(ago);
            prop_assert_eq!(ended(arrived, None, (ended_at, sent_at)), expected);
            let age = Some(SignedDuration::from_secs(ago));
            prop_assert_eq!(ended(arrived, age, (at(0), at(-1))), expected);
        }
    }

    #[test]
    fn what_was_sent_before_it_ended_ends_as_it_arrives() {
        assert_eq!(ended(at(0), None, (at(900), at(0))), at(0));
        assert_eq!(ended(at(0), Some(SLOT), (at(900), at(0))), at(0) - SLOT);
        let ages = SignedDuration::MAX;
        assert_eq!(ended(at(0), Some(ages), (at(0), at(0))), at(0), "older than time itself");
    }
}
