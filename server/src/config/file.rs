//! Reads a configuration file, remembering on which line each setting stands.

use std::path::Path;

use toml::Value;
use toml::de::{DeTable, DeValue};

use super::layers::{Finding, Given, Origin};

/// What a file sets, and what is wrong with it as TOML.
pub(super) fn read(file: &Path, text: &str) -> (Vec<Given>, Vec<Finding>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let finding = |error: toml::de::Error| Finding {
            origin: at(file, text, error.span().map_or(0, |span| span.start)),
            says: format!("this is not TOML: {}", error.message()),
        };
        return (Vec::new(), errors.into_iter().map(finding).collect());
    }
    let values: toml::Table = text.parse().unwrap_or_default();
    let mut given = Vec::new();
    collect(table.get_ref(), &values, "", &mut |key, value, start| {
        given.push(Given { key, value, origin: at(file, text, start) });
    });
    (given, Vec::new())
}

/// Every value that is no table, under its dotted key. An empty table that nobody knows is told of too.
fn collect(
    table: &DeTable<'_>,
    values: &toml::Table,
    prefix: &str,
    take: &mut impl FnMut(String, Value, usize),
) {
    for (name, spanned) in table {
        let key = format!("{prefix}{}", name.get_ref());
        let Some(value) = values.get(name.get_ref().as_ref()) else { continue };
        match (spanned.get_ref(), value) {
            (DeValue::Table(inner), Value::Table(values)) if prefix.is_empty() => {
                if inner.is_empty() {
                    take(key.clone(), value.clone(), name.span().start);
                }
                collect(inner, values, &format!("{key}."), take);
            }
            _ => take(key, value.clone(), name.span().start),
        }
    }
}

fn at(file: &Path, text: &str, offset: usize) -> Origin {
    let before = text.as_bytes().iter().take(offset);
    let line = before.filter(|byte| **byte == b'\n').count() + 1;
    Origin::File { file: file.to_path_buf(), line }
}
