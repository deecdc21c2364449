//! A plan, told to whoever imports.

use std::collections::BTreeMap;

use super::encoding::AS_UTF8;
use super::{Fate, Plan, Planned};
use crate::gazetteer::Kind;

#[derive(Debug, Default)]
struct Counts {
    added: usize,
    changed: usize,
    same: usize,
    refused: usize,
}

impl Counts {
    fn count(&mut self, fate: &Fate) {
        *match fate {
            Fate::Added => &mut self.added,
            Fate::Changed => &mut self.changed,
            Fate::Same => &mut self.same,
            Fate::Refused(_) => &mut self.refused,
        } += 1;
    }
}

impl Plan {
    /// How many rows are refused.
    pub fn refused(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.fate, Fate::Refused(_))).count()
    }

    /// How many rows would be written.
    pub fn written(&self) -> usize {
        self.rows.iter().filter(|row| row.write.is_some()).count()
    }

    /// The plan in words: a line for each row that is refused or changed (for every row if
    /// `verbose`), then the notes on the files, then the numbers by kind.
    pub fn lines(&self, verbose: bool) -> Vec<String> {
        let told = |row: &&Planned| verbose || matches!(row.fate, Fate::Refused(_) | Fate::Changed);
        let rows = self.rows.iter().filter(told).map(Planned::line);
        rows.chain(self.notes(verbose)).chain(self.summary()).collect()
    }

    fn notes(&self, verbose: bool) -> impl Iterator<Item = String> {
        let told = move |note: &&String| verbose || *note != AS_UTF8;
        self.notes.iter().flat_map(move |(source, notes)| {
            notes.iter().filter(told).map(move |note| format!("note     {source}: {note}"))
        })
    }

    fn summary(&self) -> Vec<String> {
        let mut counts: BTreeMap<Option<Kind>, Counts> = BTreeMap::new();
        for row in &self.rows {
            let kind = row.item.as_ref().map(|(kind, _)| *kind);
            counts.entry(kind).or_default().count(&row.fate);
        }
        counts.iter().map(|(kind, counts)| self.summary_of(*kind, counts)).collect()
    }

    fn summary_of(&self, kind: Option<Kind>, counts: &Counts) -> String {
        let Counts { added, changed, same, refused } = counts;
        let Some(kind) = kind else { return format!("unreadable: {refused} refused") };
        let left = self.left.get(&kind).copied().unwrap_or_default();
        let left = match left {
            0 => String::new(),
            left => format!("; {left} not in these files stay as they are"),
        };
        format!("{kind}: {added} added, {changed} changed, {same} same, {refused} refused{left}")
    }
}

impl Planned {
    fn line(&self) -> String {
        let place = if self.line == 0 { String::new() } else { format!(":{}", self.line) };
        let item = self.item.as_ref().map(|(kind, code)| format!(" {kind} {code}"));
        let (fate, why) = match &self.fate {
            Fate::Added => ("added", String::new()),
            Fate::Changed => ("changed", String::new()),
            Fate::Same => ("same", String::new()),
            Fate::Refused(why) => ("refused", format!(": {why}")),
        };
        format!("{fate:8} {}{place}{}{why}", self.source, item.unwrap_or_default())
    }
}
