//! How papers are printed.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How papers are printed as PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PaperSettings {
    /// The fonts papers are set in (TTF, OTF or TTC; they must have Chinese): the body's, then that of
    /// headings. Without any, Noto Serif CJK, or Noto Sans CJK, where packages put it.
    pub fonts: Vec<PathBuf>,
    /// Who issues papers; empty for the district's office.
    pub issuer: String,
    /// Photos on one paper, at most.
    pub photos: usize,
}

impl Default for PaperSettings {
    fn default() -> Self {
        Self { fonts: Vec::new(), issuer: String::new(), photos: 12 }
    }
}
