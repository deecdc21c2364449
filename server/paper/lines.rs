//! Words as lines, by the rules of Chinese type (GB/T 15834, W3C clreq 3.1): no closing sign begins a line, no opening
//! one ends it, and Latin words and numbers stay whole.

use crate::faces::Ruler;

/// Signs that no line begins with.
const NO_START: &str = "，。、；：？！）】》〉」』〕］｝”’％‰℃…—～·,.;:?!)]}%°";
/// Signs that no line ends with.
const NO_END: &str = "（【《〈「『〔［｛“‘￥￡＄([{$";

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    /// How wide it is by itself, points.
    pub(crate) width: f32,
    /// Whether its paragraph ends with it.
    pub(crate) is_last: bool,
}

/// Words set in lines of this width (points), the first one shorter by the indent; at least one line.
pub(crate) fn lines(words: &str, ruler: &Ruler, size: f32, indent: f32, width: f32) -> Vec<Line> {
    let mut all = Vec::new();
    for paragraph in words.lines() {
        let first = if all.is_empty() { indent } else { 0.0 };
        all.extend(paragraph_lines(paragraph, ruler, size, first, width));
    }
    if all.is_empty() {
        all.push(Line { text: String::new(), width: 0.0, is_last: true });
    }
    all
}

fn paragraph_lines(words: &str, ruler: &Ruler, size: f32, indent: f32, width: f32) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::new();
    let (mut text, mut used) = (String::new(), 0.0);
    for atom in atoms(words) {
        for piece in fitting(&atom, ruler, size, width) {
            let wide = ruler.width(&piece, size);
            let room = if all.is_empty() { width - indent } else { width };
            if !text.is_empty() && used + wide > room + 0.01 {
                all.push(ended(&text, ruler, size));
                (text, used) = (String::new(), 0.0);
            }
            if text.is_empty() && piece == " " {
                continue;
            }
            text.push_str(&piece);
            used += wide;
        }
    }
    all.push(ended(&text, ruler, size));
    if let Some(last) = all.last_mut() {
        last.is_last = true;
    }
    all
}

fn ended(text: &str, ruler: &Ruler, size: f32) -> Line {
    let text = text.trim_end().to_owned();
    Line { width: ruler.width(&text, size), text, is_last: false }
}

/// An atom as it is, or sign by sign where it alone is wider than a line.
fn fitting(atom: &str, ruler: &Ruler, size: f32, width: f32) -> Vec<String> {
    if ruler.width(atom, size) <= width {
        return vec![atom.to_owned()];
    }
    atom.chars().map(String::from).collect()
}

/// What a line is never broken within.
fn atoms(words: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for sign in words.chars().map(plain).filter(|sign| !sign.is_control()) {
        let joins = all.last().is_some_and(|atom| {
            let before = atom.chars().next_back().unwrap_or(' ');
            before != ' '
                && (NO_START.contains(sign) || NO_END.contains(before) || is_one_word(before, sign))
        });
        match all.last_mut().filter(|_| joins) {
            Some(atom) => atom.push(sign),
            None => all.push(sign.into()),
        }
    }
    all
}

fn plain(sign: char) -> char {
    if sign == '\t' || sign == '\u{a0}' { ' ' } else { sign }
}

fn is_one_word(before: char, sign: char) -> bool {
    let latin = |sign: char| sign.is_ascii_graphic() || ('\u{c0}'..'\u{250}').contains(&sign);
    latin(before) && latin(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stay_with_what_they_belong_to() {
        assert_eq!(
            atoms("（东关）市场，第12.5号"),
            ["（东", "关）", "市", "场，", "第", "12.5", "号"]
        );
        assert_eq!(atoms("见“红黄蓝”。"), ["见", "“红", "黄", "蓝”。"]);
        assert_eq!(atoms("a b\u{7}c"), ["a", " ", "bc"]);
    }
}
