//! What both languages put a limit in words with.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Stage, Stretch, Used};
use crate::deadline::{Calendar, Why};

impl Stage {
    /// What a sentence tells of: the office hours of a day as one, and no nights or lunches.
    pub(super) fn told(&self) -> Vec<Stretch> {
        let mut told: Vec<Stretch> = Vec::new();
        let mut broken = false;
        for stretch in &self.stretches {
            match (stretch.segment.why, told.last_mut()) {
                (Why::Night, _) => broken = false,
                (Why::Break, _) => broken = true,
                (why, Some(last)) if broken && last.segment.why == why => {
                    last.segment.to = stretch.segment.to;
                    if let (Used::Time(sum), Used::Time(more)) = (last.used, stretch.used) {
                        last.used = Used::Time(sum + more);
                    }
                }
                _ => {
                    broken = false;
                    told.push(stretch.clone());
                }
            }
        }
        told
    }
}

impl Stretch {
    /// From when to when: dates where it is made of whole ones, else with times of day.
    pub(super) fn span(
        &self,
        calendar: &Calendar,
        called: impl Fn(Date) -> String,
        to: &str,
    ) -> String {
        let (from, end) = (calendar.civil(self.segment.from), calendar.civil(self.segment.to));
        let midnight = |at: jiff::civil::DateTime| at.time() == jiff::civil::Time::midnight();
        let (first, last) = (from.date(), end.date());
        let before = last.checked_sub(1.day()).unwrap_or(last);
        let (open, close) = (clock(self.segment.from, calendar), clock(self.segment.to, calendar));
        if midnight(from) && midnight(end) {
            let first = called(first);
            return if from.date() == before {
                first
            } else {
                format!("{first} {to} {}", called(before))
            };
        }
        if first == last {
            return format!("{} {open}–{close}", called(first));
        }
        if midnight(end) && first == before {
            return format!("{} {open}–24:00", called(first));
        }
        format!("{} {open} {to} {} {close}", called(first), called(last))
    }
}

/// The time of day, to the minute.
pub(super) fn clock(at: Timestamp, calendar: &Calendar) -> String {
    let at = calendar.civil(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// Whole hours and minutes, to the nearest minute.
pub(super) fn whole(length: SignedDuration) -> (i64, i64) {
    let minutes = (length.as_secs() + 30) / 60;
    (minutes / 60, minutes % 60)
}
