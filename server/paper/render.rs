//! Pages as a PDF.

use std::collections::HashMap;
use std::sync::Arc;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::KrillaGlyph;

use crate::faces::{Faces, Rulers};
use crate::flow::{Item, PAGE, flow};
use crate::{Block, Paper, PaperError};

impl Paper {
    /// The paper as a PDF, its type and photos in it.
    ///
    /// # Errors
    /// A photo that is none, or a font that cannot be embedded.
    pub fn to_pdf(&self, faces: &Faces) -> Result<Vec<u8>, PaperError> {
        let rulers = faces.rulers()?;
        let images = self.images()?;
        let mut document = Document::new();
        let metadata = Metadata::new()
            .title(self.title.clone())
            .authors(vec![self.author.clone()])
            .language("zh-CN".to_owned())
            .document_id(self.title.clone());
        document.set_metadata(metadata);
        for items in flow(self, &rulers) {
            let settings = PageSettings::from_wh(PAGE.0, PAGE.1);
            let settings =
                settings.ok_or_else(|| PaperError::Pdf("a page without size".to_owned()))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for item in &items {
                draw(&mut surface, item, faces, &rulers, &images);
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| PaperError::Pdf(format!("{error:?}")))
    }

    /// Every photo once, by where its bytes are.
    fn images(&self) -> Result<HashMap<*const u8, Image>, PaperError> {
        let photos = self.blocks.iter().filter_map(|block| match block {
            Block::Photos(photos) => Some(photos),
            _ => None,
        });
        let image = |jpeg: &Arc<Vec<u8>>| {
            let image = Image::from_jpeg(Arc::clone(jpeg).into(), true);
            Ok((jpeg.as_ptr(), image.map_err(PaperError::Photo)?))
        };
        photos.flatten().map(|photo| image(&photo.jpeg)).collect()
    }
}

/// How wide and high a photo is, pixels.
pub(crate) fn size(jpeg: &Arc<Vec<u8>>) -> Option<(f32, f32)> {
    let image = Image::from_jpeg(Arc::clone(jpeg).into(), true).ok()?;
    let (width, height) = image.size();
    Some((width as f32, height as f32))
}

fn draw(
    surface: &mut Surface,
    item: &Item,
    faces: &Faces,
    rulers: &Rulers,
    images: &HashMap<*const u8, Image>,
) {
    match item {
        Item::Words { x, y, size, weight, text, stretch, colour } => {
            let ruler = rulers.of(*weight);
            let glyph = |(at, sign): (usize, char)| {
                let (glyph_id, advance) = ruler.glyph(sign);
                KrillaGlyph {
                    glyph_id,
                    text_range: at..at + sign.len_utf8(),
                    x_advance: advance + stretch / size,
                    x_offset: 0.0,
                    y_offset: 0.0,
                    y_advance: 0.0,
                    location: None,
                }
            };
            let glyphs: Vec<KrillaGlyph> = text.char_indices().map(glyph).collect();
            if glyphs.is_empty() {
                return;
            }
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            let at = Point::from_xy(*x, *y);
            surface.draw_glyphs(at, &glyphs, faces.font(*weight), text, *size, false);
        }
        Item::Rule { from, to, width, colour } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            let Some(path) = path.finish() else { return };
            let paint = rgb::Color::new(colour[0], colour[1], colour[2]).into();
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint, width: *width, ..Stroke::default() }));
            surface.draw_path(&path);
        }
        Item::Picture { jpeg, x, y, width, height } => {
            let found = images.get(&jpeg.as_ptr()).zip(Size::from_wh(*width, *height));
            let Some((image, size)) = found else { return };
            surface.push_transform(&Transform::from_translate(*x, *y));
            surface.draw_image(image.clone(), size);
            surface.pop();
        }
    }
}

fn fill(colour: [u8; 3]) -> Fill {
    let paint = rgb::Color::new(colour[0], colour[1], colour[2]).into();
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::default() }
}
