//! Reference data of Beijing: its real areas, campuses and calendar; the demo district's taxonomy and
//! division of work, with an office for each real subdistrict.

use std::path::{Path, PathBuf};

use domain::areas::Level;
use domain::position::Datum;
use domain::surroundings::PointKind;
use serde_json::Value;
use zhoubian::demo;
use zhoubian::import::{FileKind, Options, Source};

use super::Outcome;

/// The file of campuses.
pub const CAMPUSES: &str = "points/universities_bd09_8084.json";
/// How far a campus's surroundings reach, metres.
const CAMPUS_RADIUS_M: f64 = 1_000.0;

/// Everything to import, in its order.
pub fn sources(real: &Path) -> Outcome<Vec<Source>> {
    let mut sources = vec![Source::new(FileKind::District, "district.toml", DISTRICT)];
    sources.extend(files(&real.join("calendar"), "json", FileKind::Calendar, &Options::default())?);
    for (folder, level) in [("district", Level::District), ("subdistrict", Level::Subdistrict)] {
        let options = Options { level: Some(level), ..Options::default() };
        sources.extend(files(
            &real.join("areas_beijing").join(folder),
            "geojson",
            FileKind::Areas,
            &options,
        )?);
    }
    let campuses = Options {
        datum: Datum::Bd09,
        kind: Some(PointKind::School),
        radius_m: Some(CAMPUS_RADIUS_M),
        only: Some(("city".to_owned(), "北京市".to_owned())),
        ..Options::default()
    };
    sources.push(source(FileKind::Points, &real.join(CAMPUSES), &campuses)?);
    let offices = offices(real)?;
    for demo in demo::essentials() {
        let text = String::from_utf8(demo.bytes)?;
        let bytes = match demo.kind {
            FileKind::Bureaus => format!("{}{offices}", without_offices(&text)),
            FileKind::Taxonomy => text,
            FileKind::Routing => without_areas(&text),
            _ => continue,
        };
        sources.push(Source::new(demo.kind, &demo.name, bytes));
    }
    Ok(sources)
}

const DISTRICT: &str = r#"
name = "北京市"
name_en = "Beijing"
time_zone = "Asia/Shanghai"
office_hours = ["08:00-12:00", "14:00-18:00"]
margin_m = 300
max_accuracy_m = 100
return_window_hours = 4
"#;

fn source(kind: FileKind, path: &Path, options: &Options) -> Outcome<Source> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Source { kind, name: path.display().to_string(), bytes, options: options.clone() })
}

fn files(folder: &Path, ending: &str, kind: FileKind, options: &Options) -> Outcome<Vec<Source>> {
    listed(folder, ending)?.iter().map(|path| source(kind, path, options)).collect()
}

/// The files of a folder with this ending, by name.
fn listed(folder: &Path, ending: &str) -> Outcome<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Outcome<Vec<PathBuf>>>()?;
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    Ok(paths)
}

/// One office for each subdistrict, as lines of the bureaus' CSV.
fn offices(real: &Path) -> Outcome<String> {
    let mut lines = String::new();
    for path in listed(&real.join("areas_beijing/subdistrict"), "geojson")? {
        let file: Value = serde_json::from_slice(&std::fs::read(path)?)?;
        for feature in file["features"].as_array().into_iter().flatten() {
            let (code, name) = (&feature["properties"]["code"], &feature["properties"]["Name"]);
            let name = name.as_str().ok_or("a subdistrict without a name")?;
            let line = format!(
                "o{code},{name}办事处,Office {code},subdistrict_office,D,{code},subdistricts\n"
            );
            lines.push_str(&line);
        }
    }
    Ok(lines)
}

fn without_offices(bureaus: &str) -> String {
    let kept = bureaus.lines().filter(|line| !line.contains(",subdistrict_office,"));
    kept.fold(String::new(), |text, line| text + line + "\n")
}

/// The division of work: the demo district's, but for rules on its own areas.
pub fn rules() -> Outcome<String> {
    let rules = demo::essentials().into_iter().find(|file| file.kind == FileKind::Routing);
    Ok(without_areas(&String::from_utf8(rules.ok_or("no rules")?.bytes)?))
}

/// The rules that name no area: the demo district's areas are not there.
fn without_areas(rules: &str) -> String {
    let mut parts = rules.split("[[rule]]");
    let head = parts.next().unwrap_or_default().to_owned();
    let kept = parts.filter(|rule| !rule.contains("area = ["));
    kept.fold(head, |text, rule| format!("{text}[[rule]]{rule}"))
}
