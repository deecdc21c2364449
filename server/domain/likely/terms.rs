//! Terms: pairs of Chinese signs, and words of other scripts.

use std::collections::BTreeSet;

/// A pair of Chinese signs, or a word in small letters.
pub(super) type Term = String;

/// Letters of a word, at least: shorter ones are units and articles.
const LETTERS: usize = 3;

/// A stretch of text that terms are made of.
enum Run {
    Chinese(Vec<char>),
    Word(String),
}

fn is_chinese(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for sign in text.chars().chain([' ']) {
        match (is_chinese(sign), sign.is_alphanumeric(), runs.last_mut()) {
            (true, _, Some(Run::Chinese(signs))) => signs.push(sign),
            (true, ..) => runs.push(Run::Chinese(vec![sign])),
            (_, true, Some(Run::Word(word))) => word.extend(sign.to_lowercase()),
            (_, true, _) => runs.push(Run::Word(sign.to_lowercase().collect())),
            // What is between two runs ends the one before it.
            _ => runs.push(Run::Word(String::new())),
        }
    }
    runs
}

/// The terms of a text.
pub(super) fn terms(text: &str) -> BTreeSet<Term> {
    let mut terms = BTreeSet::new();
    for run in runs(text) {
        match run {
            Run::Chinese(signs) => terms.extend(signs.windows(2).map(|pair| pair.iter().collect())),
            Run::Word(word) if word.chars().count() >= LETTERS => {
                terms.insert(word);
            }
            Run::Word(_) => {}
        }
    }
    terms
}

/// The stretches of a text that are made of these terms, as they stand there, each once.
pub(super) fn found(text: &str, known: &BTreeSet<Term>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for run in runs(text) {
        match run {
            Run::Chinese(signs) => found.extend(stretches(&signs, known)),
            Run::Word(word) if known.contains(&word) => found.push(word),
            Run::Word(_) => {}
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|words| seen.insert(words.clone()));
    found
}

/// Pairs that overlap are one stretch.
fn stretches(signs: &[char], known: &BTreeSet<Term>) -> Vec<String> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (start, pair) in signs.windows(2).enumerate() {
        if !known.contains(&pair.iter().collect::<String>()) {
            continue;
        }
        match stretches.last_mut() {
            Some((_, end)) if *end > start => *end = start + 2,
            _ => stretches.push((start, start + 2)),
        }
    }
    stretches.into_iter().map(|(from, to)| signs[from..to].iter().collect()).collect()
}
