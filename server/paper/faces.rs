//! The type that papers are set in.

use std::sync::Arc;

use krilla::text::{Font, GlyphId};
use ttf_parser::{Face, name_id};

use crate::PaperError;

/// How heavy words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Of the body.
    Body,
    /// Of headings.
    Heading,
}

/// A face for the body and one for headings.
#[derive(Clone)]
pub struct Faces {
    body: Known,
    heading: Known,
}

#[derive(Clone)]
struct Known {
    bytes: Arc<Vec<u8>>,
    index: u32,
    font: Font,
}

impl std::fmt::Debug for Faces {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Faces").finish_non_exhaustive()
    }
}

impl Faces {
    /// The faces in these bytes (TTF, OTF or TTC); without one for headings, they are set like the body.
    ///
    /// # Errors
    /// [`PaperError::Font`] where the bytes are none.
    pub fn new(body: &Arc<Vec<u8>>, heading: Option<&Arc<Vec<u8>>>) -> Result<Self, PaperError> {
        let body = Known::new(Arc::clone(body))?;
        let heading = heading.map(|bytes| Known::new(Arc::clone(bytes))).transpose()?;
        Ok(Self { heading: heading.unwrap_or_else(|| body.clone()), body })
    }

    pub(crate) fn font(&self, weight: Weight) -> Font {
        self.known(weight).font.clone()
    }

    pub(crate) fn rulers(&self) -> Result<Rulers<'_>, PaperError> {
        Ok(Rulers { body: self.body.ruler()?, heading: self.heading.ruler()? })
    }

    fn known(&self, weight: Weight) -> &Known {
        match weight {
            Weight::Body => &self.body,
            Weight::Heading => &self.heading,
        }
    }
}

impl Known {
    fn new(bytes: Arc<Vec<u8>>) -> Result<Self, PaperError> {
        let index = simplified(&bytes);
        let font = Font::new(Arc::clone(&bytes).into(), index).ok_or(PaperError::Font)?;
        Ok(Self { bytes, index, font })
    }

    fn ruler(&self) -> Result<Ruler<'_>, PaperError> {
        let face = Face::parse(&self.bytes, self.index).map_err(|_unreadable| PaperError::Font)?;
        Ok(Ruler { em: f32::from(face.units_per_em()), face })
    }
}

/// Which face of a collection draws signs as they are written in China; the first where none says so.
fn simplified(bytes: &[u8]) -> u32 {
    let count = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    let says_so = |index: &u32| {
        let Ok(face) = Face::parse(bytes, *index) else { return false };
        let names = face.names().into_iter().filter(|name| name.name_id == name_id::FAMILY);
        let families: Vec<String> = names.filter_map(|name| name.to_string()).collect();
        families.iter().any(|name| name.ends_with(" SC") && !name.contains("Mono"))
    };
    (0..count).find(says_so).unwrap_or(0)
}

/// Both faces, for measuring.
pub(crate) struct Rulers<'a> {
    body: Ruler<'a>,
    heading: Ruler<'a>,
}

impl<'a> Rulers<'a> {
    pub(crate) fn of(&self, weight: Weight) -> &Ruler<'a> {
        match weight {
            Weight::Body => &self.body,
            Weight::Heading => &self.heading,
        }
    }
}

/// How wide signs are.
pub(crate) struct Ruler<'a> {
    face: Face<'a>,
    em: f32,
}

impl Ruler<'_> {
    /// The glyph of a sign, and how far it advances, in ems.
    pub(crate) fn glyph(&self, sign: char) -> (GlyphId, f32) {
        let id = self.face.glyph_index(sign).unwrap_or_default();
        let advance =
            self.face.glyph_hor_advance(id).map_or(1.0, |units| f32::from(units) / self.em);
        (GlyphId::new(u32::from(id.0)), advance)
    }

    /// How wide words are at a size, points.
    pub(crate) fn width(&self, words: &str, size: f32) -> f32 {
        words.chars().map(|sign| self.glyph(sign).1).sum::<f32>() * size
    }
}
