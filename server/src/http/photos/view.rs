//! How far a photo is, and what its camera wrote, as every face sees it.

use domain::deadline::Calendar;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::look_at_photo::shown;
use crate::store::photo_files::{FileState, PhotoFile, Written};
use crate::store::photos::Photo;
use crate::views::PositionView;

/// How far a photo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// Still to come.
    Announced,
    /// Here, whole, its digest verified; to be looked at.
    Stored,
    /// Looked at; its renditions are here.
    Ready,
    /// Looked at; no picture can be made of it. Its bytes are kept.
    Unreadable,
    /// Here, and of a type that no pictures are made of.
    Kept,
}

/// How far a photo is, and why no picture can be made of it.
pub fn state(photo: &Photo, file: Option<&PhotoFile>) -> (PhotoState, Option<String>) {
    if photo.stored_at.is_none() {
        return (PhotoState::Announced, None);
    }
    match file.map(|file| file.state) {
        None | Some(FileState::Waiting) => (PhotoState::Stored, None),
        Some(FileState::Ready) => (PhotoState::Ready, None),
        Some(FileState::Kept) => (PhotoState::Kept, None),
        Some(FileState::Unreadable) => {
            (PhotoState::Unreadable, file.and_then(|file| file.problem.clone()))
        }
    }
}

/// When and where a photo was taken, as the camera wrote.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Taken {
    /// When: by the camera's clock, in the district's zone where it does not say in which.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// Where.
    pub position: Option<PositionView>,
}

/// When and where a photo was taken; none where the camera wrote neither.
pub fn taken(exif: &Written, calendar: &Calendar) -> Option<Taken> {
    let shown = shown(exif, calendar);
    let position = shown.position.map(|at| PositionView { lat: at.lat, lon: at.lon });
    (shown.at.is_some() || position.is_some()).then_some(Taken { at: shown.at, position })
}
