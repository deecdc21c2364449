//! Blocks onto pages. Points from the top left corner of the page throughout.

use std::sync::Arc;

use crate::block::{Align, Block, Paper, Photo};
use crate::faces::{Rulers, Weight};
use crate::lines::lines;

/// A millimetre, points.
const MM: f32 = 72.0 / 25.4;
/// A4.
pub(crate) const PAGE: (f32, f32) = (210.0 * MM, 297.0 * MM);
/// GB/T 9704-2012, 5.2: 37 mm above, 28 mm on the left, 156 × 225 mm for the text.
const TOP: f32 = 37.0 * MM;
pub(crate) const LEFT: f32 = 28.0 * MM;
pub(crate) const WIDTH: f32 = 156.0 * MM;
const BOTTOM: f32 = TOP + 225.0 * MM;
/// 三号, 二号, 小四 and 五号; lines stand 22 to a page.
const BODY: f32 = 16.0;
const TITLE: f32 = 22.0;
const SMALL: f32 = 10.5;
const LEAD: f32 = 28.9;
/// Between two photos of a row, and the most height that one has.
const GUTTER: f32 = 12.0;
const PHOTO_MAX: f32 = 190.0;
const BLACK: [u8; 3] = [0, 0, 0];

/// Something that stands somewhere on a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    /// Words from `x` on the baseline `y`; each sign but the last is followed by `stretch` points more.
    Words { x: f32, y: f32, size: f32, weight: Weight, text: String, stretch: f32, colour: [u8; 3] },
    /// A straight line.
    Rule { from: (f32, f32), to: (f32, f32), width: f32, colour: [u8; 3] },
    /// A photo in this place.
    Picture { jpeg: Arc<Vec<u8>>, x: f32, y: f32, width: f32, height: f32 },
}

/// Words that stand in lines of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) lead: f32,
    pub(crate) weight: Weight,
    pub(crate) align: Align,
}

/// The pages so far, and where the next piece stands.
pub(crate) struct Flow<'a> {
    pub(crate) rulers: &'a Rulers<'a>,
    pub(crate) pages: Vec<Vec<Item>>,
    pub(crate) y: f32,
}

/// A paper on its pages.
pub(crate) fn flow(paper: &Paper, rulers: &Rulers) -> Vec<Vec<Item>> {
    let mut flow = Flow { rulers, pages: vec![Vec::new()], y: TOP };
    for block in &paper.blocks {
        flow.block(block);
    }
    flow.numbers();
    flow.pages
}

impl Flow<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Masthead { text, colour } => self.masthead(text, *colour),
            Block::Title(text) => {
                self.gap(LEAD * 0.5);
                let style = Style {
                    size: TITLE,
                    lead: 34.0,
                    weight: Weight::Heading,
                    align: Align::Centre,
                };
                self.words(text, style, 0.0);
                self.gap(LEAD * 0.4);
            }
            Block::Heading(text) => {
                self.gap(10.0);
                // Never the last line of a page: with a note, the headings of a table and a row of it.
                self.room(LEAD * 4.5);
                let style = Style { weight: Weight::Heading, size: 15.0, ..body(Align::Left) };
                self.words(text, style, 0.0);
            }
            Block::Line(text, align) => self.words(text, body(*align), 0.0),
            Block::Paragraph(text) => self.words(text, body(Align::Left), 2.0 * BODY),
            Block::Note(text) => {
                self.words(text, Style { size: SMALL, lead: 16.0, ..body(Align::Left) }, 0.0);
                self.gap(4.0);
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table { columns, rows } => self.table(columns, rows),
            Block::Photos(photos) => photos.chunks(2).for_each(|row| self.photo_row(row)),
            Block::Closing { from, date } => self.closing(from, date),
        }
    }

    fn masthead(&mut self, text: &str, colour: [u8; 3]) {
        let ruler = self.rulers.of(Weight::Heading);
        let size = (WIDTH / ruler.width(text, 1.0).max(1.0)).min(30.0);
        let x = LEFT + (WIDTH - ruler.width(text, size)) / 2.0;
        self.y += size * 1.1;
        let (y, text) = (self.y, text.to_owned());
        self.put(Item::Words { x, y, size, weight: Weight::Heading, text, stretch: 0.0, colour });
        self.y += 16.0;
        self.rule((LEFT, self.y), (LEFT + WIDTH, self.y), 1.6, colour);
        self.y += 10.0;
    }

    /// Lines of words, page after page.
    pub(crate) fn words(&mut self, text: &str, style: Style, indent: f32) {
        let ruler = self.rulers.of(style.weight);
        let set = lines(text, ruler, style.size, indent, WIDTH);
        for (n, line) in set.into_iter().enumerate() {
            self.room(style.lead);
            let indent = if n == 0 { indent } else { 0.0 };
            let spare = WIDTH - indent - line.width;
            let x = LEFT + indent + offset(style.align, spare);
            let gaps = line.text.chars().count().saturating_sub(1) as f32;
            // Only what a last sign would not fit into is spread.
            let spread = style.align == Align::Left
                && !line.is_last
                && gaps > 0.0
                && spare < 4.0 * style.size;
            let stretch = if spread { spare / gaps } else { 0.0 };
            let y = self.y + f32::midpoint(style.lead, style.size * 0.76);
            let (size, weight) = (style.size, style.weight);
            self.put(Item::Words { x, y, size, weight, text: line.text, stretch, colour: BLACK });
            self.y += style.lead;
        }
    }

    fn photo_row(&mut self, row: &[Photo]) {
        let width = (WIDTH - GUTTER) / 2.0;
        let note = Style { size: SMALL, lead: 15.0, ..body(Align::Left) };
        let ruler = self.rulers.of(Weight::Body);
        let captions: Vec<_> =
            row.iter().map(|photo| lines(&photo.caption, ruler, SMALL, 0.0, width)).collect();
        let most = captions.iter().map(Vec::len).max().unwrap_or(0) as f32;
        let fitted: Vec<_> = row.iter().map(|photo| fit(&photo.jpeg, width)).collect();
        let height = fitted.iter().map(|(_, height)| *height).fold(0.0, f32::max);
        self.gap(8.0);
        self.room(height + most * note.lead + 8.0);
        let top = self.y;
        for (column, ((photo, (wide, high)), caption)) in
            row.iter().zip(fitted).zip(captions).enumerate()
        {
            let left = LEFT + column as f32 * (width + GUTTER);
            let (x, y) = (left + (width - wide) / 2.0, top + height - high);
            let jpeg = Arc::clone(&photo.jpeg);
            self.put(Item::Picture { jpeg, x, y, width: wide, height: high });
            for (n, line) in caption.into_iter().enumerate() {
                let x = left + (width - line.width) / 2.0;
                let y = top + height + note.lead * (n as f32 + 0.85);
                self.put(small(x, y, SMALL, Weight::Body, line.text));
            }
        }
        self.y = top + height + most * note.lead + 8.0;
    }

    /// The seal covers the name and the date; a dotted place says where.
    fn closing(&mut self, from: &str, date: &str) {
        self.room(LEAD * 5.0);
        self.gap(LEAD * 1.5);
        let ruler = self.rulers.of(Weight::Body);
        let wide = ruler.width(from, BODY).max(ruler.width(date, BODY)).min(WIDTH - 2.0 * BODY);
        let middle = LEFT + WIDTH - 2.0 * BODY - wide / 2.0;
        for text in [from, date] {
            let x = middle - ruler.width(text, BODY).min(wide) / 2.0;
            let y = self.y + BODY;
            self.put(small(x, y, BODY, Weight::Body, text.to_owned()));
            self.y += LEAD;
        }
        let (x, y) = (middle - ruler.width("（盖章）", SMALL) / 2.0, self.y + SMALL);
        self.put(small(x, y, SMALL, Weight::Body, "（盖章）".to_owned()));
        self.y += LEAD;
    }

    /// — 1 — on every page, as 7.5 has it.
    fn numbers(&mut self) {
        let ruler = self.rulers.of(Weight::Body);
        for (n, page) in (1_usize..).zip(&mut self.pages) {
            let text = format!("— {n} —");
            let x = LEFT + (WIDTH - ruler.width(&text, 14.0)) / 2.0;
            page.push(small(x, BOTTOM + 7.0 * MM + 14.0, 14.0, Weight::Body, text));
        }
    }

    /// Room for as much; on the next page where this one has it no longer.
    pub(crate) fn room(&mut self, height: f32) -> bool {
        let turns = self.y + height > BOTTOM + 0.5 && self.y > TOP;
        if turns {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
        turns
    }

    /// Nothing, unless at the top of a page.
    pub(crate) fn gap(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    pub(crate) fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    pub(crate) fn rule(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: [u8; 3]) {
        self.put(Item::Rule { from, to, width, colour });
    }
}

fn body(align: Align) -> Style {
    Style { size: BODY, lead: LEAD, weight: Weight::Body, align }
}

/// Words in black that are not spread.
pub(crate) fn small(x: f32, y: f32, size: f32, weight: Weight, text: String) -> Item {
    Item::Words { x, y, size, weight, text, stretch: 0.0, colour: BLACK }
}

/// Where a line begins that leaves so much of the width.
pub(crate) fn offset(align: Align, spare: f32) -> f32 {
    match align {
        Align::Left => 0.0,
        Align::Centre => spare / 2.0,
        Align::Right => spare,
    }
}

/// How large a photo stands in a column of this width.
fn fit(jpeg: &Arc<Vec<u8>>, width: f32) -> (f32, f32) {
    let (wide, high) = crate::render::size(jpeg).unwrap_or((4.0, 3.0));
    let scale = (width / wide).min(PHOTO_MAX / high);
    (wide * scale, high * scale)
}
