//! Time limits (处置时限) on the statutory calendar.
//!
//! A [`Limit`] is what a condition prescribes (`4工作时`), a [`Calendar`] says when the office is
//! open, and [`due`] puts the two together: until when, and which stretches of time counted. The
//! five units are those of the 数字城管 standards; plain 小时 and 天 say nothing about nights and
//! holidays, so they are refused here and mapped by whoever imports the standard.

mod calendar;
mod explain;
mod limit;
mod period;
#[cfg(test)]
mod properties;
mod run;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, CalendarError};
pub use explain::{Explanation, Stage, Stretch, Used, explain};
pub use limit::{AMOUNT_MAX, Limit, LimitError, STAGES_MAX, Stint, Unit};
pub use period::{PERIOD_NAME_MAX, Period, PeriodError, Shorter};
pub use run::{Due, DueError, IDLE_DAYS_MAX, Segment, Why, due, resumed, working_time};
