//! What a paper is made of.

use std::sync::Arc;

/// A paper, from its head to its last table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paper {
    /// Its title, as readers of PDF files show it.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// What stands on it, in order.
    pub blocks: Vec<Block>,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its share of the width, beside the shares of the others.
    pub share: f32,
    /// Where its words stand.
    pub align: Align,
}

impl Column {
    /// A column of words.
    pub fn words(heading: &str, share: f32) -> Self {
        Self { heading: heading.to_owned(), share, align: Align::Left }
    }

    /// A column of numbers.
    pub fn numbers(heading: &str, share: f32) -> Self {
        Self { heading: heading.to_owned(), share, align: Align::Right }
    }
}

/// A photo with what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// Its bytes: JPEG, upright.
    pub jpeg: Arc<Vec<u8>>,
    /// What stands under it.
    pub caption: String,
}

/// One piece of a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// 发文机关标志 over a rule, both in this colour (red, green, blue).
    Masthead {
        /// Who issues the paper.
        text: String,
        /// Of the words and the rule.
        colour: [u8; 3],
    },
    /// The title, in the middle.
    Title(String),
    /// A heading of a section.
    Heading(String),
    /// One line that stands somewhere.
    Line(String, Align),
    /// Words as a paragraph, its first line indented by two signs.
    Paragraph(String),
    /// Small words under or over something: the method of a table, a source.
    Note(String),
    /// Labels and what is said under each, in a frame.
    Facts(Vec<(String, String)>),
    /// A table whose headings are repeated on every page that it reaches.
    Table {
        /// Its columns.
        columns: Vec<Column>,
        /// Its rows, each as long as there are columns.
        rows: Vec<Vec<String>>,
    },
    /// Photos, two on a row.
    Photos(Vec<Photo>),
    /// 落款: who issues it and when, over a place for the seal; never alone on a page.
    Closing {
        /// Who issues it.
        from: String,
        /// The date, in words.
        date: String,
    },
}
