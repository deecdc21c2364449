//! Tables, whose headings are repeated on every page that they reach.

use crate::block::{Align, Column};
use crate::faces::Weight;
use crate::flow::{Flow, LEFT, WIDTH, offset, small};
use crate::lines::{Line, lines};

const SIZE: f32 = 10.5;
const LEAD: f32 = 15.0;
/// Between words and the frame.
const PAD: f32 = 4.0;
const FRAME: f32 = 0.6;
const BLACK: [u8; 3] = [0, 0, 0];
/// Of the width that labels of facts have.
const LABELS: f32 = 0.2;

/// A cell as it is set.
struct Cell {
    lines: Vec<Line>,
    align: Align,
    weight: Weight,
}

impl Flow<'_> {
    pub(crate) fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) {
        let all: f32 = columns.iter().map(|column| column.share).sum();
        let widths: Vec<f32> =
            columns.iter().map(|column| WIDTH * column.share / all.max(0.01)).collect();
        let head: Vec<_> = columns
            .iter()
            .zip(&widths)
            .map(|(column, width)| {
                self.cell(&column.heading, *width, Align::Centre, Weight::Heading)
            })
            .collect();
        self.gap(4.0);
        // Headings with at least one row.
        self.room(height(&head) + LEAD + 2.0 * PAD);
        self.row(&head, &widths);
        for row in rows {
            let cells: Vec<_> = row
                .iter()
                .zip(columns.iter().zip(&widths))
                .map(|(words, (column, width))| {
                    self.cell(words, *width, column.align, Weight::Body)
                })
                .collect();
            if self.room(height(&cells)) {
                self.row(&head, &widths);
            }
            self.row(&cells, &widths);
        }
        self.gap(8.0);
    }

    pub(crate) fn facts(&mut self, facts: &[(String, String)]) {
        let widths = [WIDTH * LABELS, WIDTH * (1.0 - LABELS)];
        self.gap(4.0);
        for (label, words) in facts {
            let label = self.cell(label, widths[0], Align::Centre, Weight::Heading);
            let cells = [label, self.cell(words, widths[1], Align::Left, Weight::Body)];
            self.room(height(&cells));
            self.row(&cells, &widths);
        }
        self.gap(8.0);
    }

    fn cell(&self, words: &str, width: f32, align: Align, weight: Weight) -> Cell {
        let ruler = self.rulers.of(weight);
        Cell { lines: lines(words, ruler, SIZE, 0.0, width - 2.0 * PAD), align, weight }
    }

    /// One row with the frame around each of its cells.
    fn row(&mut self, cells: &[Cell], widths: &[f32]) {
        let (top, high) = (self.y, height(cells));
        let mut left = LEFT;
        for (cell, width) in cells.iter().zip(widths) {
            let begin = top + (high - cell.lines.len() as f32 * LEAD) / 2.0;
            for (n, line) in cell.lines.iter().enumerate() {
                let x = left + PAD + offset(cell.align, width - 2.0 * PAD - line.width);
                let y = begin + LEAD * n as f32 + f32::midpoint(LEAD, SIZE * 0.76);
                self.put(small(x, y, SIZE, cell.weight, line.text.clone()));
            }
            self.rule((left, top), (left, top + high), FRAME, BLACK);
            left += width;
        }
        self.rule((left, top), (left, top + high), FRAME, BLACK);
        for y in [top, top + high] {
            self.rule((LEFT, y), (left, y), FRAME, BLACK);
        }
        self.y = top + high;
    }
}

fn height(cells: &[Cell]) -> f32 {
    cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1) as f32 * LEAD + 2.0 * PAD
}
