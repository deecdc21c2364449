//! Shows how far the story has been told.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// How often a line is written where there is no terminal to draw a bar on: once per so many
/// days told.
const DAYS_A_LINE: u64 = 10;

/// Shows how far the story has been told: a bar on a terminal, a line now and then elsewhere.
#[derive(Debug)]
pub(super) struct Progress(Face);

#[derive(Debug)]
enum Face {
    Bar(ProgressBar),
    Lines {
        days: u64,
        told: u64,
    },
    #[cfg(test)]
    Silent,
}

impl Progress {
    /// Begins to show how far of `days` it is, on standard error.
    pub(super) fn begin(days: u64) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(Face::Lines { days, told: 0 });
        }
        let style = ProgressStyle::with_template("{prefix} {bar:30} day {pos} of {len}, {msg}");
        let bar = ProgressBar::new(days)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix("Making the demo district");
        Self(Face::Bar(bar))
    }

    /// Shows nothing.
    #[cfg(test)]
    pub(super) fn silent() -> Self {
        Self(Face::Silent)
    }

    /// Says that this many days and reports have been told.
    pub(super) fn day(&mut self, day: u64, reports: usize) {
        match &mut self.0 {
            Face::Bar(bar) => {
                bar.set_position(day);
                bar.set_message(format!("{reports} reports"));
            }
            Face::Lines { days, told } if day >= *told + DAYS_A_LINE => {
                *told = day;
                eprintln!("Making the demo district: day {day} of {days}, {reports} reports");
            }
            Face::Lines { .. } => {}
            #[cfg(test)]
            Face::Silent => {}
        }
    }

    /// Takes the bar away.
    pub(super) fn end(self) {
        if let Face::Bar(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
