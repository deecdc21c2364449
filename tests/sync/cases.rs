//! The table of cases in docs/sync.md names tests that are there.

use std::path::Path;

/// A row of the table: its number, and the tests it names.
fn row(line: &str) -> Option<(usize, Vec<&str>)> {
    let number = line.strip_prefix("| ")?.split(" | ").next()?.parse().ok()?;
    let names = line.split('`').skip(1).step_by(2).filter(|name| name.contains("::"));
    Some((number, names.collect()))
}

#[test]
fn every_case_of_the_document_names_tests_that_are_there() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let document = std::fs::read_to_string(repository.join("docs/sync.md")).unwrap();
    let (_, section) = document.split_once("\n## The cases\n").expect("no section");
    let rows: Vec<_> = section.lines().filter_map(row).collect();
    let numbers: Vec<usize> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=47).collect::<Vec<_>>());
    for (number, tests) in rows {
        assert!(!tests.is_empty(), "case {number} names no test");
        for test in tests {
            let (path, name) = test.split_once("::").unwrap();
            let source = std::fs::read_to_string(repository.join(path));
            let is_there = source.is_ok_and(|source| source.contains(&format!("fn {name}(")));
            assert!(is_there, "case {number}: there is no {test}");
        }
    }
}
