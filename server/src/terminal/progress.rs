//! Shows how far long work is.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far long work is, on standard error: a bar on a terminal, a line at each step elsewhere.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    lines: bool,
}

impl Progress {
    /// Begins to show.
    pub fn begin() -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = if terminal { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        Self { bar, lines: !terminal }
    }

    /// Shows nothing.
    pub fn silent() -> Self {
        Self { bar: ProgressBar::hidden(), lines: false }
    }

    /// A step begins, of so many units where that is known.
    pub fn step(&self, what: &str, units: Option<u64>) {
        if self.lines {
            match units {
                Some(units) => eprintln!("{what}: {units}"),
                None => eprintln!("{what}"),
            }
        }
        let template = match units {
            Some(_) => "{msg} {bar:30} {pos} of {len}, {eta} left",
            None => "{msg} {pos}",
        };
        let style = ProgressStyle::with_template(template);
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_length(units.unwrap_or(0));
        self.bar.set_position(0);
        self.bar.set_message(what.to_owned());
    }

    /// So many more units are done.
    pub fn advance(&self, units: u64) {
        self.bar.inc(units);
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
