//! Whether two photos are one picture: compressed anew, made smaller, a little cropped or brightened.
//!
//! A fingerprint of the whole picture cannot tell: a crop changes all of it, and two photos of one
//! street are nearly the same to it. So a picture has *marks*: what is around its most striking spots,
//! as 64 bits each, wherever the edges of the picture are. Pictures that share a mark are found by an
//! index; then they are laid over one another and compared block by block, which is what decides.

mod align;
mod anchors;
mod grey;
mod marks;

use crate::decode::{Picture, decode};
use crate::{Format, THUMBNAIL_SIDE, Unreadable, header};
use grey::Grey;
use std::io::Cursor;

pub use align::Alike;
pub use marks::{Mark, Probe, Shift};

/// The side of a square of the area that pictures are brought to before they are looked at, pixels. So
/// what is small in one and large in its copy has the same size.
const SIDE: f32 = 144.0;

/// A picture that can be compared with others.
#[derive(Clone, Debug)]
pub struct Likeness {
    picture: Picture,
}

impl Likeness {
    /// Reads a thumbnail that [`look`](crate::look) made.
    ///
    /// # Errors
    /// [`Unreadable`], where it is none.
    pub fn read(thumbnail: &[u8]) -> Result<Self, Unreadable> {
        let header = header(Cursor::new(thumbnail))?;
        if header.format != Format::Jpeg || header.width.max(header.height) > THUMBNAIL_SIDE {
            return Err(Unreadable::Unsupported);
        }
        Ok(Self { picture: decode(thumbnail, header.format)? })
    }

    /// The marks that it is found by later.
    ///
    /// # Errors
    /// [`Unreadable`], where it cannot be scaled.
    pub fn marks(&self) -> Result<Vec<Mark>, Unreadable> {
        Ok(marks::of(&self.grey(1.0)?))
    }

    /// What to look for among the marks of others.
    ///
    /// # Errors
    /// [`Unreadable`], where it cannot be scaled.
    pub fn probes(&self) -> Result<Vec<Probe>, Unreadable> {
        let mut probes = Vec::new();
        for (level, scale) in marks::LEVELS.into_iter().enumerate() {
            marks::probe(&self.grey(scale)?, level, &mut probes);
        }
        Ok(probes)
    }

    /// How alike it is to another, laid over it by one of these shifts; the best of them.
    ///
    /// # Errors
    /// [`Unreadable`], where it cannot be scaled.
    pub fn compare(&self, other: &Self, shifts: &[Shift]) -> Result<Alike, Unreadable> {
        let (own, other) = (self.grey(1.0)?.blurred(1.0), other.grey(1.0)?.blurred(1.0));
        let mut best = Alike::default();
        for shift in shifts {
            let alike = align::compare(&own, &other, *shift);
            if alike.percent > best.percent {
                best = alike;
            }
        }
        Ok(best)
    }

    fn grey(&self, scale: f32) -> Result<Grey, Unreadable> {
        Grey::of(&self.picture, SIDE * scale)
    }
}
