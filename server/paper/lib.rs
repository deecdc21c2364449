//! Official papers 公文 as PDF: bytes in, bytes out.
//!
//! A [`Paper`] is words, tables and photos in their order; [`Paper::to_pdf`] sets it on A4 as GB/T 9704-2012 has an
//! official document: text area of 156 × 225 mm, body in size 三号, lines justified, no sign where Chinese lines may
//! not have it. Words are drawn as they are, so nothing in them can be markup. The same paper in the same type gives
//! the same bytes: nothing here knows what time it is.

mod block;
mod faces;
mod flow;
mod lines;
mod render;
mod table;
#[cfg(test)]
mod tests;

pub use block::{Align, Block, Column, Paper, Photo};
pub use faces::Faces;

/// Why a paper cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The bytes are no font that can be embedded.
    #[error("a font that cannot be read")]
    Font,
    /// A photo that is no JPEG.
    #[error("a photo that cannot be read: {0}")]
    Photo(String),
    /// The writer of the PDF gave up.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}
