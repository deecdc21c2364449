//! Why no picture can be made of a file.

/// Why no picture can be made of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file ends before its picture does.
    #[error("the file ends before its picture does")]
    Truncated,
    /// The file says what its format does not allow.
    #[error("the file is damaged")]
    Corrupt,
    /// The first bytes are none of JPEG, PNG, WebP and HEIC.
    #[error("the file is none of JPEG, PNG, WebP and HEIC")]
    TypeUnknown,
    /// The header states more pixels than [`Limits::max_pixels`](crate::Limits::max_pixels).
    #[error("the picture has more pixels than are taken")]
    TooManyPixels,
    /// Looking at it would take more than [`Limits::memory`](crate::Limits::memory).
    #[error("looking at the picture takes more memory than is given")]
    TooMuchMemory,
    /// A sound file of a kind that is not decoded here: 12-bit, lossless or arithmetic JPEG, HEIC
    /// without the feature `heic`.
    #[error("pictures of this kind are not decoded")]
    Unsupported,
    /// The font given for a watermark is none.
    #[error("the font cannot be read")]
    Font,
}

impl Unreadable {
    /// The stable word for this problem, as it is stored and sent.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Truncated => "truncated",
            Self::Corrupt => "corrupt",
            Self::TypeUnknown => "type-unknown",
            Self::TooManyPixels => "too-many-pixels",
            Self::TooMuchMemory => "too-much-memory",
            Self::Unsupported => "unsupported",
            Self::Font => "font-unreadable",
        }
    }
}
