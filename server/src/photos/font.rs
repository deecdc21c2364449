//! The type that watermarks are set in: some 19 MB, read when it is needed and held for a minute.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::problem::Error;

/// How long it is held after it was read.
const HELD: Duration = Duration::from_mins(1);
/// Where packages put Noto Sans CJK: Debian and Ubuntu (`fonts-noto-cjk`), Fedora
/// (`google-noto-sans-cjk-fonts`), Arch (`noto-fonts-cjk`), Alpine (`font-noto-cjk`).
const KNOWN: [&str; 5] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto/NotoSansCJK-Regular.ttc",
];

/// The type that watermarks are set in.
#[derive(Debug)]
pub struct Font {
    at: Option<PathBuf>,
    held: Arc<Mutex<Option<Arc<[u8]>>>>,
}

impl Font {
    /// The font at this place or, without one, wherever packages are known to put one.
    pub fn new(at: Option<PathBuf>) -> Self {
        Self { at, held: Arc::default() }
    }

    /// Its bytes. [`Error::FontMissing`] where there is none.
    pub async fn read(&self) -> Result<Arc<[u8]>, Error> {
        if let Some(held) = self.held.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(held);
        }
        let known = KNOWN.map(PathBuf::from).to_vec();
        let places = self.at.clone().map_or(known, |at| vec![at]);
        let find = move || Ok(places.iter().find_map(|place| read(place)));
        let font = super::blocking(find).await?.ok_or(Error::FontMissing)?;
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&font));
        let held = Arc::clone(&self.held);
        tokio::spawn(async move {
            tokio::time::sleep(HELD).await;
            *held.lock().unwrap_or_else(PoisonError::into_inner) = None;
        });
        Ok(font)
    }
}

fn read(place: &Path) -> Option<Arc<[u8]>> {
    std::fs::read(place).ok().map(Arc::from)
}
