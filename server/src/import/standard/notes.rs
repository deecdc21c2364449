//! What whoever imports a standard must know: what was assumed, and what is not covered.

use std::collections::BTreeMap;

use domain::taxonomy::{CITY, Group};

use super::codes;
use super::mapping::Mapping;
use super::rows::RADIUS_M;
use super::said::Texts;

/// Codes of conditions by a text that the mapping does not cover.
pub(super) type Uncovered = BTreeMap<String, Vec<String>>;

/// What is to be told.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The sheet at hand; empty for a CSV file.
    sheet: String,
    /// As it came up, none twice.
    lines: Vec<String>,
    /// Codes of categories that say no match radius, no `auto_file`, no family of their own.
    unsaid: [usize; 3],
    /// Every category's code.
    categories: Vec<String>,
    /// Sheets whose group their name tells.
    pub(super) groups: BTreeMap<String, Group>,
    /// Rows that repeat another.
    repeated: Vec<String>,
    /// Codes of conditions, and whether each is published.
    conditions: BTreeMap<String, bool>,
    /// Conditions that name no unit.
    without_units: Vec<String>,
    /// Texts of limits that are not covered.
    pub(super) limits: Uncovered,
    /// Texts of units that are not covered.
    pub(super) units: Uncovered,
}

impl Notes {
    /// Goes on to a sheet.
    pub(super) fn of_sheet(&mut self, sheet: Option<&str>) {
        self.sheet = sheet.map(|name| format!("{name} ")).unwrap_or_default();
    }

    fn say(&mut self, line: String) {
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    /// The encoding a CSV file was read in.
    pub(super) fn read_as(&mut self, note: &str) {
        self.say(note.to_owned());
    }

    /// Sheets that are not read.
    pub(super) fn sheets_left(&mut self, names: &[String]) {
        if !names.is_empty() {
            self.say(format!(
                "sheets not read, because [sheets] does not name them: {}",
                names.join(", ")
            ));
        }
    }

    /// A sheet whose group its name tells.
    pub(super) fn group_by_name(&mut self, name: &str, group: Group) {
        self.groups.insert(name.to_owned(), group);
        let group = match group {
            Group::Component => "components",
            Group::Event => "events",
        };
        self.say(format!("{name} is of {group} by its name: [sheets] does not say"));
    }

    /// Columns that are not read.
    pub(super) fn columns_left(&mut self, headers: &[String]) {
        if !headers.is_empty() {
            self.say(format!("{}columns not read: {}", self.sheet, headers.join(", ")));
        }
    }

    /// A row that names its big class and not the code.
    pub(super) fn class_by_name(&mut self, row: usize, class: &str, code: &str) {
        let sheet = &self.sheet;
        self.say(format!(
            "{sheet}row {row} has no class code: it is of class {code} by its name {class}"
        ));
    }

    /// A big class with a second name.
    pub(super) fn class_renamed(&mut self, code: &str, first: &str, other: &str) {
        self.say(format!(
            "{}class {code} is called {first} and {other}: {first} is kept",
            self.sheet
        ));
    }

    /// A row that says the same as one before.
    pub(super) fn repeated(&mut self, row: usize) {
        self.repeated.push(format!("{}{row}", self.sheet));
    }

    /// A category, and whether it says no match radius, no `auto_file`, no family of its own.
    pub(super) fn category(&mut self, code: &str, unsaid: [bool; 3]) {
        self.categories.push(code.to_owned());
        for (count, unsaid) in self.unsaid.iter_mut().zip(unsaid) {
            *count += usize::from(unsaid);
        }
    }

    /// A condition; the answer is why it stays unpublished, if it does.
    pub(super) fn condition(
        &mut self,
        code: &str,
        texts: &Texts,
        limit_is_known: bool,
        unknown: &[String],
    ) -> Option<String> {
        let mut why = Vec::new();
        if !limit_is_known {
            why.push(match texts.limit.as_str() {
                "" => "the standard gives no limit".to_owned(),
                text => format!("the mapping does not cover the limit {text:?}"),
            });
            list(&mut self.limits, &texts.limit, code);
        }
        for unit in unknown {
            why.push(format!("the mapping does not cover the unit {unit:?}"));
            list(&mut self.units, unit, code);
        }
        if texts.units.is_empty() {
            push(&mut self.without_units, code);
        }
        self.conditions.insert(code.to_owned(), why.is_empty());
        (!why.is_empty()).then(|| why.join("; "))
    }

    /// How many conditions there are, and how many of them are published.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.conditions.len(), self.conditions.values().filter(|published| **published).count())
    }

    /// Everything, in words.
    pub(super) fn told(&self, mapping: &Mapping) -> Vec<String> {
        let mut told = self.lines.clone();
        if !self.repeated.is_empty() {
            told.push(format!(
                "rows that say the same as one before: {}",
                self.repeated.join(", ")
            ));
        }
        told.extend(self.defaults(mapping));
        for code in mapping.categories.keys().filter(|code| !self.categories.contains(code)) {
            told.push(format!("categories.{code} of the mapping is in no row"));
        }
        if !self.without_units.is_empty() {
            told.push(format!("no unit is named for {}", self.without_units.join(", ")));
        }
        told.extend(uncovered("limit", &self.limits));
        told.extend(uncovered("unit", &self.units));
        let (conditions, published) = self.counts();
        let unpublished = conditions - published;
        told.push(format!(
            "{conditions} conditions: {published} published, {unpublished} unpublished"
        ));
        told
    }

    /// What the mapping leaves to a default.
    fn defaults(&self, mapping: &Mapping) -> Vec<String> {
        let mut told = Vec::new();
        let mut unsaid = |is_said: bool, line: String| {
            if !is_said {
                told.push(line);
            }
        };
        unsaid(
            mapping.standard.is_some(),
            format!("standard is {CITY:?}: the mapping does not say"),
        );
        unsaid(
            mapping.lead.is_some(),
            "lead is the first unit named: the mapping does not say".into(),
        );
        unsaid(
            mapping.gravity.by.is_some(),
            "the first condition of a category is the gravest: [gravity] does not say".into(),
        );
        unsaid(
            mapping.codes.component.is_some() && mapping.codes.event.is_some(),
            format!(
                "codes begin with {} for components and {} for events unless [codes] says",
                codes::COMPONENT,
                codes::EVENT
            ),
        );
        unsaid(
            mapping.counts_for.is_some(),
            "conditions count for every year: counts_for is not said".into(),
        );
        told.extend(self.category_defaults(mapping));
        told
    }

    fn category_defaults(&self, mapping: &Mapping) -> Vec<String> {
        let from = |said: bool| if said { "by [defaults]" } else { "for want of anything said" };
        let radius = mapping.defaults.match_radius_m;
        let auto_file = mapping.defaults.auto_file;
        let [no_radius, no_auto_file, no_family] = self.unsaid;
        let lines = [
            (
                no_radius,
                format!("match_radius_m {} {}", radius.unwrap_or(RADIUS_M), from(radius.is_some())),
            ),
            (
                no_auto_file,
                format!("auto_file {} {}", auto_file.unwrap_or(false), from(auto_file.is_some())),
            ),
            (no_family, "a family of their own".to_owned()),
        ];
        let told = |(count, line)| format!("{count} categories take {line}");
        lines.into_iter().filter(|(count, _)| *count > 0).map(told).collect()
    }
}

fn list(texts: &mut Uncovered, text: &str, code: &str) {
    push(texts.entry(text.to_owned()).or_default(), code);
}

fn push(codes: &mut Vec<String>, code: &str) {
    if !codes.iter().any(|known| known == code) {
        codes.push(code.to_owned());
    }
}

/// A line for each text, the most frequent first.
pub(super) fn by_count(texts: &Uncovered) -> Vec<(&String, &Vec<String>)> {
    let mut texts: Vec<_> = texts.iter().collect();
    texts.sort_by_key(|(text, codes)| (std::cmp::Reverse(codes.len()), *text));
    texts
}

fn uncovered(what: &str, texts: &Uncovered) -> Vec<String> {
    let line = |(text, codes): (&String, &Vec<String>)| {
        let (count, codes) = (codes.len(), codes.join(", "));
        format!("{what} {text:?} is not covered; {count} conditions stay unpublished: {codes}")
    };
    by_count(texts).into_iter().map(line).collect()
}
