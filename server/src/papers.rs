//! Papers 公文: what stands on them, and who prints them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::civil::{Date, DateTime};
use paper::{Faces, Paper, PaperError};
use tokio::sync::Semaphore;

use crate::config::PaperSettings;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;

mod bulletin;
mod card;

pub use bulletin::{BulletinOnPaper, group_name, row_name};
pub use card::{CardOnPaper, IssueOnPaper};

/// The media type of a printed paper.
pub const PDF: &str = "application/pdf";

/// How long the type is held after it was read: it takes some 50 MB.
const HELD: Duration = Duration::from_mins(1);
/// Where packages put a CJK font with its bold one, the better ones first: Debian and Ubuntu (`fonts-noto-cjk`),
/// Fedora, Arch, Alpine (`font-noto-cjk`).
const FOLDERS: [&str; 6] = [
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/google-noto-serif-cjk-fonts",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/noto",
];
/// An official document is set in a serif type 宋体、仿宋.
const FAMILIES: [&str; 2] = ["NotoSerifCJK", "NotoSansCJK"];

/// Who prints papers, a bounded number at once, away from the async threads.
#[derive(Debug)]
pub struct Press {
    fonts: Vec<PathBuf>,
    turns: Semaphore,
    held: Arc<Mutex<Option<Faces>>>,
}

impl Press {
    /// With these fonts, or those that packages bring.
    pub fn new(settings: &PaperSettings) -> Self {
        Self { fonts: settings.fonts.clone(), turns: Semaphore::new(2), held: Arc::default() }
    }

    /// The PDF of a paper, which is composed away from the async threads, too.
    ///
    /// # Errors
    /// [`Error::PaperFontMissing`] where there is no type.
    pub async fn print(
        &self,
        compose: impl FnOnce() -> Result<Paper, Error> + Send + 'static,
    ) -> Result<Vec<u8>, Error> {
        let _turn = self.turns.acquire().await.map_err(|_closed| Error::Busy)?;
        let faces = self.faces().await?;
        let print = move || Ok(compose()?.to_pdf(&faces)?);
        apart(print).await
    }

    async fn faces(&self) -> Result<Faces, Error> {
        if let Some(held) = self.held.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(held);
        }
        let fonts = self.fonts.clone();
        let faces = apart(move || read(&fonts)).await?;
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(faces.clone());
        let held = Arc::clone(&self.held);
        tokio::spawn(async move {
            tokio::time::sleep(HELD).await;
            *held.lock().unwrap_or_else(PoisonError::into_inner) = None;
        });
        Ok(faces)
    }
}

impl From<PaperError> for Error {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::Font => Self::PaperFontMissing,
            other => Self::Internal(format!("a paper: {other}")),
        }
    }
}

async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Internal(error.to_string()))?
}

fn read(fonts: &[PathBuf]) -> Result<Faces, Error> {
    let bytes = |place: &Path| std::fs::read(place).ok().map(Arc::new);
    let named = fonts.first().map(|body| (bytes(body), fonts.get(1).and_then(|face| bytes(face))));
    let (body, heading) = named.unwrap_or_else(|| {
        let all = FAMILIES.iter().flat_map(|family| FOLDERS.map(|folder| (folder, family)));
        let face = |(folder, family): (&str, &&str), weight: &str| {
            bytes(&Path::new(folder).join(format!("{family}-{weight}.ttc")))
        };
        let mut found = all.filter_map(|at| Some((face(at, "Regular")?, face(at, "Bold"))));
        found.next().map_or((None, None), |(body, heading)| (Some(body), heading))
    });
    let body = body.ok_or(Error::PaperFontMissing)?;
    Ok(Faces::new(&body, heading.as_ref())?)
}

/// Who issues papers.
pub fn issuer(settings: &PaperSettings, gazetteer: &Gazetteer) -> String {
    if settings.issuer.is_empty() {
        format!("{}创建全国文明城市工作领导小组办公室", gazetteer.district.name)
    } else {
        settings.issuer.clone()
    }
}

/// 2026年11月16日.
fn date_words(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 11月16日09:00.
fn moment_words(at: DateTime) -> String {
    format!("{}月{}日{:02}:{:02}", at.month(), at.day(), at.hour(), at.minute())
}
