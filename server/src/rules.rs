//! Drafts of routing rules: read from a file, checked against what is known.

pub mod command;

use domain::routing::RuleSet;
use domain::routing::lint::{Finding, Known, lint};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::intake::Source;
use crate::problem::Error;

/// The largest file of rules that is taken, bytes.
pub const MAX_TEXT: usize = 256 * 1024;

/// The most rules a file may have.
pub const MAX_RULES: usize = 1_000;

/// Rules as they were written, and where each stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The rules.
    pub set: RuleSet,
    /// The line each rule begins at, from 1, in the order of the file.
    pub lines: Vec<usize>,
}

/// Where the rules of a file stand.
#[derive(Deserialize)]
struct Places {
    #[serde(default)]
    rule: Vec<Spanned<IgnoredAny>>,
}

impl Draft {
    /// Reads a file of rules, TOML.
    ///
    /// # Errors
    /// [`Error::TooLarge`] above [`MAX_TEXT`]; [`Error::RulesUnreadable`] with the line that is not
    /// understood.
    pub fn read(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_TEXT {
            return Err(Error::TooLarge { limit: MAX_TEXT as u64 });
        }
        let unread = |error: toml::de::Error| Error::RulesUnreadable {
            why: error.message().to_owned(),
            line: error.span().map(|span| line_at(text, span.start)),
        };
        let set: RuleSet = toml::from_str(text).map_err(unread)?;
        if set.rules.len() > MAX_RULES {
            let why = format!("there are {} rules; {MAX_RULES} are taken", set.rules.len());
            return Err(Error::RulesUnreadable { why, line: None });
        }
        let places: Places = toml::from_str(text).map_err(unread)?;
        let lines = places.rule.iter().map(|rule| line_at(text, rule.span().start)).collect();
        Ok(Self { set, lines })
    }

    /// What is wrong with it from a day on.
    pub fn lint(&self, gazetteer: &Gazetteer, on: Date) -> Vec<Finding> {
        lint(&self.set, &known(gazetteer), on)
    }

    /// The lines a finding is about.
    pub fn lines_of(&self, finding: &Finding) -> Vec<usize> {
        finding.rules.iter().filter_map(|rule| self.lines.get(*rule).copied()).collect()
    }
}

/// The number, from 1, of the line that holds a byte.
fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

/// What rules may name.
fn known(gazetteer: &Gazetteer) -> Known<'_> {
    let areas = gazetteer.areas().areas().iter();
    Known {
        categories: gazetteer.categories().collect(),
        areas: areas.map(|area| (area.code.as_str(), area.parent.as_deref())).collect(),
        bureaus: gazetteer.bureaus().map(|bureau| bureau.code.as_str()).collect(),
        places: PlaceKind::ALL.map(PlaceKind::word).into(),
        sources: Source::ALL.map(Source::word).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tests::demo;

    #[test]
    fn a_rule_stands_where_it_begins() {
        let text = "# a comment\nversion = \"v\"\nnote = 1";
        let Err(Error::RulesUnreadable { why, line }) = Draft::read(text) else { panic!() };
        assert!(why.contains("note"), "{why}");
        assert_eq!(line, Some(3));
        let text = "version = 'v'\n\n[[rule]]\nname = 'a'\nlead = 'x'\nnote = '''\n[[rule]]\n'''\n\
                    # before\n[[rule]]\nname = 'b'\nlead = 'x'\n";
        assert_eq!(Draft::read(text).unwrap().lines, [3, 10]);
    }

    #[test]
    fn too_much_is_not_read() {
        let text = format!("version = '{}'", "v".repeat(MAX_TEXT));
        assert!(matches!(Draft::read(&text), Err(Error::TooLarge { .. })));
        let rules = "[[rule]]\nname = 'r'\nlead = 'x'\n".repeat(MAX_RULES + 1);
        let read = Draft::read(&format!("version = 'v'\n{rules}"));
        assert!(matches!(read, Err(Error::RulesUnreadable { line: None, .. })));
    }

    #[test]
    fn the_demos_own_rules_are_sound() {
        let yunting = Gazetteer::load(&mut demo()).unwrap();
        let draft = Draft::read(include_str!("demo/routing.toml")).unwrap();
        let found = draft.lint(&yunting, jiff::civil::date(2026, 11, 16));
        let told: Vec<String> = found.iter().map(|finding| finding.english(&draft.set)).collect();
        assert_eq!(told, [""; 0]);
    }
}
