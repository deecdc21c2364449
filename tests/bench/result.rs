//! The figures, as a table for people and a line of JSON for machines.

use serde_json::{Map, Number, Value};

/// What was measured, in the order in which it is told.
#[derive(Debug, Default)]
pub struct Results {
    lines: Vec<(String, String, String)>,
    json: Map<String, Value>,
}

impl Results {
    /// A line: what it is, the figure, its unit or a word more; `key` names it in the JSON.
    pub fn add(&mut self, key: &str, what: &str, figure: f64, unit: &str) {
        let digits = match figure.abs() {
            small if small < 10.0 => 2,
            middle if middle < 1_000.0 => 1,
            _ => 0,
        };
        self.lines.push((what.to_owned(), format!("{figure:.digits$}"), unit.to_owned()));
        let number = Number::from_f64((figure * 1_000.0).round() / 1_000.0);
        self.json.insert(key.to_owned(), number.map_or(Value::Null, Value::Number));
    }

    /// Words beside the figures.
    pub fn say(&mut self, key: &str, words: &str) {
        self.json.insert(key.to_owned(), words.into());
    }

    /// Prints both.
    pub fn print(&self) {
        let width = self.lines.iter().map(|(what, ..)| what.chars().count()).max().unwrap_or(0);
        for (what, figure, unit) in &self.lines {
            let pad = width - what.chars().count();
            println!("{what}{} {figure:>12} {unit}", " ".repeat(pad));
        }
        println!("{}", Value::Object(self.json.clone()));
    }
}
