//! Puts settings together: defaults, then a file, then the environment, then the command line. Every
//! value knows where it came from, and everything wrong is found at once.

mod fields;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::Value;

use super::{Settings, SignInSettings, file, limits};

/// What the names of the environment begin with.
const PREFIX: &str = "ZHOUBIAN_";
/// Settings whose value is never printed.
const SECRET: &[&str] = &["database", "notices.mail_password"];
/// Read in the data folder when no other file is named.
const FILE: &str = "zhoubian.toml";

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// A line of a file.
    File {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A variable of the environment.
    Environment(String),
    /// An argument of the command line.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line } => write!(f, "{}:{line}", file.display()),
            Self::Environment(name) => f.write_str(name),
            Self::Flag(name) => write!(f, "--{name}"),
        }
    }
}

/// One value that somebody set.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Its dotted key, such as `photos.workers`.
    pub key: String,
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub origin: Origin,
}

/// Something wrong with what was set, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub origin: Origin,
    /// What, and what to do.
    pub says: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.says)
    }
}

/// What was set, by rising precedence.
#[derive(Debug, Default)]
pub struct Layers {
    given: Vec<Given>,
    findings: Vec<Finding>,
    /// Variables of the environment that look like settings and are none.
    pub unknown_variables: Vec<String>,
}

/// The settings in force and where each came from.
#[derive(Debug)]
pub struct Effective {
    /// The settings.
    pub settings: Settings,
    values: Vec<(String, Option<Value>, Origin)>,
}

impl Layers {
    /// Reads a file (the one named, or `zhoubian.toml` in the data folder where it is there), the
    /// environment, and what the command line gave.
    ///
    /// # Errors
    /// A file that was named and cannot be read.
    pub fn read(
        named: Option<&Path>,
        environment: &BTreeMap<String, String>,
        flags: Vec<Given>,
    ) -> std::io::Result<Self> {
        let mut layers = Self::default();
        let mut later = layers.variables(environment);
        later.extend(flags);
        let named = named.map(Path::to_path_buf);
        let named = named.or_else(|| environment.get("ZHOUBIAN_CONFIG").map(PathBuf::from));
        let beside = data_folder(&later).join(FILE);
        let file = named.clone().or_else(|| beside.is_file().then_some(beside));
        if let Some(file) = file {
            layers.file(&file, &crate::terminal::read_text(&file)?, named.is_none());
        }
        layers.given.extend(later);
        Ok(layers)
    }

    fn file(&mut self, file: &Path, text: &str, in_data: bool) {
        let (given, findings) = file::read(file, text);
        self.findings.extend(findings);
        for given in given {
            if in_data && given.key == "data" {
                let says = "the file lies in the data folder already; take the line out, or name the file with --config";
                self.findings.push(Finding { origin: given.origin, says: says.to_owned() });
            } else if let Some(says) = unknown(&given.key) {
                self.findings.push(Finding { origin: given.origin, says });
            } else {
                self.given.push(given);
            }
        }
    }

    fn variables(&mut self, environment: &BTreeMap<String, String>) -> Vec<Given> {
        let defaults = defaults(false);
        let named: BTreeMap<String, String> =
            fields::known().map(|key| (variable(&key), key)).collect();
        let (mut given, others) = (Vec::new(), ["CONFIG", "DEMO_REPORTS"]);
        for (name, text) in environment.iter().filter(|(name, _)| name.starts_with(PREFIX)) {
            match named.get(name) {
                _ if text.is_empty() => {}
                Some(key) => given.push(Given {
                    key: key.clone(),
                    value: parsed(text, get(&defaults, key)),
                    origin: Origin::Environment(name.clone()),
                }),
                None if others.contains(&&name[PREFIX.len()..]) => {}
                None => self.unknown_variables.push(name.clone()),
            }
        }
        given
    }

    /// The settings in force, or everything that is wrong with what was set.
    pub fn settle(self) -> Result<Effective, Vec<Finding>> {
        let is_demo = self.given.iter().rfind(|given| given.key == "demo");
        let is_demo = is_demo.is_some_and(|given| given.value.as_bool() == Some(true));
        let (mut table, mut findings) = (defaults(is_demo), self.findings);
        let mut origins: BTreeMap<String, Origin> = BTreeMap::new();
        for Given { key, value, origin } in self.given {
            match tried(&table, &key, value) {
                Ok(with_it) => {
                    table = with_it;
                    origins.insert(key, origin);
                }
                Err(says) => findings.push(Finding { origin, says }),
            }
        }
        let settings = Settings::deserialize_from(&table);
        let origin = |key: &str| origins.get(key).cloned().unwrap_or(Origin::Default);
        if let Ok(settings) = &settings {
            let wrong = limits::together(settings).into_iter();
            findings.extend(wrong.map(|(key, says)| Finding {
                origin: origin(key),
                says: format!("{key}: {says}"),
            }));
        }
        match settings {
            Ok(settings) if findings.is_empty() => {
                let value = |key: String| {
                    let (value, from) = (get(&table, &key).cloned(), origin(&key));
                    (key, value, from)
                };
                Ok(Effective { settings, values: fields::known().map(value).collect() })
            }
            _ => Err(findings),
        }
    }
}

impl Effective {
    /// Every setting as a file would have it, with where it came from; secrets are hidden.
    pub fn lines(&self) -> Vec<String> {
        let line = |(key, value, origin): &(String, Option<Value>, Origin)| {
            let shown = match value {
                Some(Value::String(text)) if text.is_empty() => "\"\"".to_owned(),
                Some(_) if SECRET.contains(&key.as_str()) => "(hidden)".to_owned(),
                Some(value) => value.to_string(),
                None => "\"\"".to_owned(),
            };
            format!("{key} = {shown}    # {origin}")
        };
        self.values.iter().map(line).collect()
    }
}

impl Settings {
    fn deserialize_from(table: &Value) -> Result<Self, toml::de::Error> {
        table.clone().try_into()
    }
}

/// Where the data is before any file was read.
fn data_folder(given: &[Given]) -> PathBuf {
    let set = given.iter().rfind(|given| given.key == "data");
    let set = set.and_then(|given| given.value.as_str()).map(PathBuf::from);
    set.unwrap_or_else(|| Settings::default().data)
}

/// The variable that sets a key.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_uppercase())
}

fn defaults(is_demo: bool) -> Value {
    let mut settings = Settings::default();
    if is_demo {
        settings.sign_in = SignInSettings::demonstration();
    }
    // Numbers, texts and lists of them: nothing that TOML could not say.
    Value::try_from(settings).unwrap_or(Value::Table(toml::Table::new()))
}

fn get<'a>(table: &'a Value, key: &str) -> Option<&'a Value> {
    key.split('.').try_fold(table, |value, name| value.get(name))
}

/// The settings with one more, or what is wrong with it and what to write instead.
fn tried(table: &Value, key: &str, value: Value) -> Result<Value, String> {
    let before = get(table, key);
    // How a file and the environment say that something is not set.
    if before.is_none() && value.as_str() == Some("") {
        return Ok(table.clone());
    }
    if let Some(says) = limits::wrong(key, &value) {
        return Err(format!("{key}: {says}"));
    }
    let mut with_it = table.clone();
    let (section, name) = key.split_once('.').map_or((None, key), |(s, name)| (Some(s), name));
    let into = match section {
        Some(section) => with_it.get_mut(section),
        None => Some(&mut with_it),
    };
    if let Some(into) = into.and_then(Value::as_table_mut) {
        into.insert(name.to_owned(), value);
    }
    match Settings::deserialize_from(&with_it) {
        Ok(_) => Ok(with_it),
        Err(_) if SECRET.contains(&key) => Err(format!("{key}: it is no text; write it in quotes")),
        Err(error) => {
            let example = before.map(|value| format!("; write for example {name} = {value}"));
            let message = error.message().to_owned();
            Err(format!("{key}: {message}{}", example.unwrap_or_default()))
        }
    }
}

/// What the text of a variable says, by what is there by default.
fn parsed(text: &str, default: Option<&Value>) -> Value {
    let as_text = || Value::String(text.to_owned());
    match default {
        Some(Value::Integer(_)) => text.trim().parse().map_or_else(|_| as_text(), Value::Integer),
        Some(Value::Float(_)) => text.trim().parse().map_or_else(|_| as_text(), Value::Float),
        Some(Value::Boolean(_)) => match text.trim() {
            "true" | "1" => Value::Boolean(true),
            "false" | "0" => Value::Boolean(false),
            _ => as_text(),
        },
        Some(Value::Array(_)) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
        }
        _ => as_text(),
    }
}

/// That nothing is called so, and what was probably meant.
fn unknown(key: &str) -> Option<String> {
    if fields::known().any(|known| known == key) {
        return None;
    }
    let near = fields::known().map(|known| (strsim::jaro_winkler(&known, key), known));
    let nearest = near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness > 0.8);
    Some(match nearest {
        Some((_, known)) => format!("nothing is called {key}; was {known} meant?"),
        None => format!("nothing is called {key}; `zhoubian config show` lists every setting"),
    })
}
