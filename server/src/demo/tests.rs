//! The reference tables agree with each other and with the map.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::geography;

const DISTRICT: &str = include_str!("district.toml");
const BUREAUS: [&str; 2] = [include_str!("bureaus.csv"), include_str!("further-units.csv")];
const TAXONOMY: &str = include_str!("taxonomy.csv");
const ROUTING: &str = include_str!("routing.toml");
const CALENDARS: [(i64, &str); 2] =
    [(2025, include_str!("calendar-2025.json")), (2026, include_str!("calendar-2026.json"))];

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn bureaus() -> Vec<Row> {
    BUREAUS.iter().flat_map(|table| rows(table)).collect()
}

fn column<'a>(rows: &'a [Row], name: &str) -> HashSet<&'a str> {
    rows.iter().map(|row| row[name].as_str()).collect()
}

fn rules() -> Vec<toml::Table> {
    let file: toml::Table = ROUTING.parse().unwrap();
    assert!(file["version"].as_str().is_some_and(|version| !version.is_empty()));
    let rules = file["rule"].as_array().unwrap().iter();
    rules.map(|rule| rule.as_table().unwrap().clone()).collect()
}

fn words(value: Option<&toml::Value>) -> Vec<&str> {
    let list = value.and_then(toml::Value::as_array);
    list.into_iter().flatten().map(|word| word.as_str().unwrap()).collect()
}

/// The district, then its subdistricts.
fn area_codes() -> Vec<String> {
    let areas: Value = serde_json::from_str(&geography::files().areas).unwrap();
    let areas = areas["features"].as_array().unwrap().iter().map(|area| &area["properties"]);
    let coarse = areas.filter(|area| area["level"] != "community");
    coarse.map(|area| area["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_district_says_when_its_offices_are_open() {
    let district: toml::Table = DISTRICT.parse().unwrap();
    assert_eq!(words(district.get("office_hours")), ["08:00-12:00", "14:00-18:00"]);
    assert_eq!(district["name"].as_str(), Some("云汀区"));
    assert_eq!(district["time_zone"].as_str(), Some("Asia/Shanghai"));
    for number in ["margin_m", "max_accuracy_m", "return_window_hours"] {
        assert!(district[number].as_integer().is_some_and(|n| n > 0), "{number}");
    }
}

#[test]
fn bureaus_are_unique_and_of_known_kinds() {
    let bureaus = bureaus();
    for name in ["code", "name", "name_en"] {
        assert_eq!(column(&bureaus, name).len(), bureaus.len(), "{name}");
    }
    let groups = ["departments", "subdistricts", "teams", "companies", "property"];
    for bureau in &bureaus {
        assert!(bureau["code"].chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        let kinds = ["bureau", "subdistrict_office", "enforcement_team", "company", "owner"];
        assert!(kinds.contains(&bureau["kind"].as_str()));
        assert!(["D", "V", "X"].contains(&bureau["authority"].as_str()));
        assert!(groups.contains(&bureau["group"].as_str()));
        let outside = ["companies", "property"].contains(&bureau["group"].as_str());
        assert_eq!(bureau["authority"] == "X", outside);
    }
    let count = |group: &&str| bureaus.iter().filter(|bureau| bureau["group"] == *group).count();
    assert_eq!(groups.each_ref().map(count), [27, 9, 9, 11, 38]);
}

#[test]
fn every_subdistrict_has_exactly_one_office_and_one_enforcement_team() {
    let bureaus = bureaus();
    let (offices, others): (Vec<Row>, Vec<Row>) =
        bureaus.into_iter().partition(|bureau| bureau["kind"] == "subdistrict_office");
    let mut served: Vec<_> = offices.iter().map(|office| office["area"].clone()).collect();
    served.sort();
    assert_eq!(served, area_codes()[1..]);
    let teams = others.iter().filter(|bureau| bureau["kind"] == "enforcement_team");
    let mut policed: Vec<_> = teams.map(|team| team["area"].clone()).collect();
    policed.sort();
    assert_eq!(policed, served);
    let of_an_area = |bureau: &Row| ["teams", "property"].contains(&bureau["group"].as_str());
    assert!(others.iter().all(|bureau| bureau["area"].is_empty() != of_an_area(bureau)));
    assert!(others.iter().all(|bureau| !of_an_area(bureau) || served.contains(&bureau["area"])));
}

#[test]
fn forty_categories_with_conditions_gravest_first() {
    let taxonomy = rows(TAXONOMY);
    assert_eq!(column(&taxonomy, "code").len(), 40);
    assert_eq!(column(&taxonomy, "condition").len(), taxonomy.len());
    for conditions in taxonomy.chunk_by(|a, b| a["code"] == b["code"]) {
        assert!(conditions.len() <= 3);
        for (condition, (gravity, letter)) in conditions.iter().zip((1..).zip('A'..)) {
            assert_eq!(condition["gravity"], format!("{gravity}"));
            assert_eq!(condition["condition"], format!("{}{letter}", condition["code"]));
        }
        for name in ["group", "class", "name", "name_en", "family", "match_radius_m", "auto_file"] {
            assert_eq!(column(conditions, name).len(), 1, "{name} {:?}", conditions[0]);
        }
    }
}

#[test]
fn what_a_city_standard_lacks_is_of_another() {
    let taxonomy = rows(TAXONOMY);
    let standards: BTreeMap<&str, &str> =
        taxonomy.iter().map(|row| (row["code"].as_str(), row["standard"].as_str())).collect();
    let of = |standard| standards.values().filter(|other| **other == standard).count();
    assert_eq!(["city", "civilized"].map(of), [30, 10]);
    for conditions in taxonomy.chunk_by(|a, b| a["code"] == b["code"]) {
        assert_eq!(column(conditions, "standard").len(), 1, "{:?}", conditions[0]);
    }
}

#[test]
fn a_class_is_one_number_and_one_group() {
    let taxonomy = rows(TAXONOMY);
    let classes: BTreeSet<_> = taxonomy
        .iter()
        .map(|row| (&row["code"][..2], row["class"].as_str(), row["group"].as_str()))
        .collect();
    assert_eq!(classes.len(), column(&taxonomy, "class").len());
    assert!(classes.iter().all(|(.., group)| ["component", "event"].contains(group)));
}

#[test]
fn taxonomy_values_are_in_range() {
    let taxonomy = rows(TAXONOMY);
    let codes = column(&taxonomy, "code");
    for row in &taxonomy {
        assert!(row["code"].len() == 4 && row["code"].parse::<u16>().is_ok());
        assert!(codes.contains(row["family"].as_str()));
        assert!((10.0..=60.0).contains(&row["match_radius_m"].parse::<f64>().unwrap()));
        assert!(row["auto_file"].parse::<bool>().is_ok());
        assert!(!row["opens_when"].is_empty() && !row["closes_when"].is_empty());
    }
}

#[test]
fn limits_are_in_canonical_words() {
    let is_stage = |stage: &str| {
        let digits = stage.chars().take_while(char::is_ascii_digit).count();
        let units = ["紧急工作时", "紧急工作日", "工作时", "工作日", "自然日"];
        digits > 0 && units.contains(&&stage[digits..])
    };
    for row in rows(TAXONOMY) {
        let limit = &row["limit"];
        assert_eq!(limit.is_empty(), row["code"] == "0404", "{row:?}");
        assert!(limit.is_empty() || limit.split('+').all(is_stage), "{limit}");
    }
}

#[test]
fn rules_name_only_what_exists() {
    let (bureaus, taxonomy, areas) = (bureaus(), rows(TAXONOMY), area_codes());
    let symbols = HashSet::from(["@subdistrict", "@enforcement", "@owner", "@claim"]);
    let targets = &column(&bureaus, "code") | &symbols;
    let known = BTreeMap::from([
        ("category", column(&taxonomy, "code")),
        ("condition", column(&taxonomy, "condition")),
        ("class", column(&taxonomy, "class")),
        ("area", areas.iter().map(String::as_str).collect()),
        ("place", HashSet::from(["back_street", "compound"])),
    ]);
    let mut names = HashSet::new();
    for rule in rules() {
        assert!(names.insert(rule["name"].to_string()));
        let lead = rule["lead"].as_str().unwrap();
        let cooperating = words(rule.get("cooperating"));
        assert!(targets.contains(lead), "{lead}");
        assert!(cooperating.iter().all(|unit| targets.contains(unit) && *unit != lead));
        for (criterion, value) in rule["when"].as_table().unwrap() {
            let words = words(Some(value));
            assert!(!words.is_empty());
            assert!(words.iter().all(|word| known[criterion.as_str()].contains(word)), "{value}");
        }
    }
}

/// What a rule is held against: the row of the taxonomy, the area, the places around.
fn holds(rule: &toml::Table, row: &Row, area: &str, places: &[&str]) -> bool {
    rule["when"].as_table().unwrap().iter().all(|(criterion, value)| {
        let any = words(Some(value));
        match criterion.as_str() {
            "category" => any.contains(&row["code"].as_str()),
            "area" => any.contains(&area),
            "place" => any.iter().any(|place| places.contains(place)),
            column => any.contains(&row[column].as_str()),
        }
    })
}

fn rank(rule: &toml::Table) -> (i64, usize) {
    let priority = rule.get("priority").and_then(toml::Value::as_integer);
    (priority.unwrap_or(0), rule["when"].as_table().unwrap().len())
}

#[test]
fn one_rule_wins_everywhere() {
    let (rules, taxonomy, areas) = (rules(), rows(TAXONOMY), area_codes());
    let surroundings: [&[&str]; 4] =
        [&[], &["back_street"], &["compound"], &["back_street", "compound"]];
    for row in &taxonomy {
        for (area, places) in areas[1..].iter().flat_map(|area| surroundings.map(|p| (area, p))) {
            let ranks: Vec<_> =
                rules.iter().filter(|rule| holds(rule, row, area, places)).map(rank).collect();
            let winners = ranks.iter().filter(|rank| Some(*rank) == ranks.iter().max()).count();
            assert_eq!(winners, 1, "{} {area} {places:?}", row["condition"]);
        }
    }
}

#[test]
fn no_rule_is_idle() {
    let (taxonomy, areas) = (rows(TAXONOMY), area_codes());
    for rule in rules() {
        let held = taxonomy.iter().any(|row| {
            areas.iter().any(|area| holds(&rule, row, area, &["back_street", "compound"]))
        });
        assert!(held, "{}", rule["name"]);
    }
}

#[test]
fn calendars_hold_their_own_year_in_order() {
    for (year, text) in CALENDARS {
        let calendar: Value = serde_json::from_str(text).unwrap();
        assert_eq!(calendar["year"], year);
        let days = calendar["days"].as_array().unwrap();
        let dates: Vec<_> = days.iter().map(|day| day["date"].as_str().unwrap()).collect();
        assert!(dates.is_sorted() && dates.iter().collect::<HashSet<_>>().len() == dates.len());
        assert!(dates.iter().all(|date| date.starts_with(&year.to_string())));
        assert!(days.iter().all(|day| day["name"].is_string() && day["isOffDay"].is_boolean()));
    }
}

#[test]
fn statutory_holidays_are_as_announced() {
    let count = |text: &str, off: bool| {
        let calendar: Value = serde_json::from_str(text).unwrap();
        let days = calendar["days"].as_array().unwrap();
        days.iter().filter(|day| day["isOffDay"] == off).count()
    };
    assert_eq!(CALENDARS.map(|(_, text)| count(text, true)), [28, 33]);
    assert_eq!(CALENDARS.map(|(_, text)| count(text, false)), [5, 6]);
}
