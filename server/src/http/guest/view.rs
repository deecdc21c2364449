//! An issue as the holder of a link is shown it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::links::Opened;
use crate::actions::record::hex;
use crate::config::LinkSettings;
use crate::gazetteer::Gazetteer;
use crate::intake::ManifestPhoto;
use crate::store::drafts::Draft;
use crate::store::photos::Photo;
use crate::views::PositionView;

/// Parts of a degree that a position is rounded to: about ten metres.
const TO_THE: f64 = 10_000.0;

/// An issue as the holder of a link is shown it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"issue": 412, "for_whom": "万家物业", "task": "请清理西门外垃圾并拍照", "bureau_name": "环卫中心",
    "expires_at": "2026-11-23T01:12:07Z", "category_name": "暴露垃圾", "category_name_en": "Exposed rubbish",
    "opens_when": "有零星垃圾", "closes_when": "垃圾清理干净", "due_at": "2026-11-20T03:12:07Z",
    "areas": ["东关社区", "东关街道"], "point_name": "东关农贸市场", "point_distance_m": 80,
    "position": {"lat": 30.6612, "lon": 113.1644},
    "before": ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    "takes_drafts": true, "drafts_left": 19, "photos_most": 9, "photo_bytes_most": 15_728_640, "drafts": [{
        "id": "0198f3a0-0000-7000-8000-00000000001d", "sent_at": "2026-11-20T02:00:00Z", "note": "已清运",
        "photos": [{"photo_id": "0198f3a0-0000-7000-8000-00000000001e",
            "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", "stored": true}]}]}))]
pub struct GuestIssue {
    /// Its number.
    pub issue: i64,
    /// Whom the link is for.
    pub for_whom: String,
    /// What they are asked to do, in the bureau's words; may be empty.
    pub task: String,
    /// The bureau whose draft it will be.
    pub bureau_name: Option<String>,
    /// Until when the link is good.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// What is wrong, in a word.
    pub category_name: Option<String>,
    /// The same in English.
    pub category_name_en: Option<String>,
    /// What was seen: the condition.
    pub opens_when: Option<String>,
    /// What has to be seen afterwards.
    pub closes_when: Option<String>,
    /// Until when it has to be done; null where it has no limit.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
    /// The areas it lies in, the finest first.
    pub areas: Vec<String>,
    /// The nearest fixed point.
    pub point_name: Option<String>,
    /// How far from that, to ten metres.
    pub point_distance_m: Option<i64>,
    /// Where it is, to about ten metres.
    pub position: Option<PositionView>,
    /// SHA-256 of photos of the problem: `/guest/photos/{sha256}/thumbnail` is a picture.
    pub before: Vec<String>,
    /// Whether drafts are taken: not while somebody looks at what was done.
    pub takes_drafts: bool,
    /// How many may still be sent by this link.
    pub drafts_left: usize,
    /// Photos of one draft, at most.
    pub photos_most: u32,
    /// Bytes of one photo, at most.
    pub photo_bytes_most: u64,
    /// What was sent by this link, the newest first.
    pub drafts: Vec<SentDraft>,
}

/// What was sent by the link.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SentDraft {
    /// Its id.
    pub id: Uuid,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub sent_at: Timestamp,
    /// In words.
    pub note: String,
    /// Its photos.
    pub photos: Vec<SentPhoto>,
}

/// A photo that was sent by the link.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SentPhoto {
    /// Its id, made on the device.
    pub photo_id: Uuid,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Whether all of it has arrived.
    pub stored: bool,
}

impl GuestIssue {
    /// What the link shows, with the names that reference data gives its codes now.
    pub fn new(opened: &Opened, gazetteer: &Gazetteer, settings: &LinkSettings) -> Self {
        let Opened { link, issue, .. } = opened;
        let state = &issue.state;
        let category = state.category.as_deref().and_then(|code| gazetteer.category(code));
        let condition = state.condition.as_deref().and_then(|code| gazetteer.condition(code));
        let condition = condition.map(|(_, condition)| condition);
        let near = issue.detail.points.first();
        let point = near.and_then(|near| gazetteer.point(&near.code));
        // The district itself tells nobody where to go.
        let areas = issue.detail.areas.iter().filter_map(|code| gazetteer.area_name(code));
        let whole = issue.detail.areas.len().saturating_sub(1).max(1);
        let most = usize::try_from(settings.drafts).unwrap_or(usize::MAX);
        let rounded = |degrees: f64| (degrees * TO_THE).round() / TO_THE;
        Self {
            issue: issue.id,
            for_whom: link.for_whom.clone(),
            task: link.task.clone(),
            bureau_name: gazetteer.bureau(&link.bureau).map(|bureau| bureau.name.clone()),
            expires_at: link.expires_at.0,
            category_name: category.map(|known| known.name.clone()),
            category_name_en: category.and_then(|known| known.name_en.clone()),
            opens_when: condition.map(|known| known.opens_when.clone()),
            closes_when: condition.map(|known| known.closes_when.clone()),
            due_at: state.due_at,
            areas: areas.take(whole).map(str::to_owned).collect(),
            point_name: point.map(|point| point.name.to_owned()),
            point_distance_m: near.filter(|_| point.is_some()).map(|near| tens(near.distance_m)),
            position: issue
                .detail
                .position
                .map(|at| PositionView { lat: rounded(at.lat), lon: rounded(at.lon) }),
            before: opened.before.iter().map(|photo| hex(&photo.sha256)).collect(),
            takes_drafts: opened.takes_drafts && opened.drafts.len() < most,
            drafts_left: most.saturating_sub(opened.drafts.len()),
            photos_most: settings.photos,
            photo_bytes_most: settings.max_photo_mib.saturating_mul(1024 * 1024),
            drafts: opened.drafts.iter().map(sent).collect(),
        }
    }
}

impl SentDraft {
    /// A draft without its photos.
    pub(super) fn of(draft: &Draft) -> Self {
        Self {
            id: draft.id.0,
            sent_at: draft.sent_at.0,
            note: draft.note.clone(),
            photos: Vec::new(),
        }
    }
}

fn sent((draft, photos): &(Draft, Vec<Photo>)) -> SentDraft {
    let photo = |photo: &Photo| SentPhoto {
        photo_id: photo.photo_id.0,
        sha256: hex(&photo.sha256),
        stored: photo.stored_at.is_some(),
    };
    SentDraft { photos: photos.iter().map(photo).collect(), ..SentDraft::of(draft) }
}

/// The photos of a draft that was announced just now.
pub(super) fn announced(photos: &[ManifestPhoto]) -> Vec<SentPhoto> {
    let photo = |photo: &ManifestPhoto| SentPhoto {
        photo_id: photo.photo_id,
        sha256: photo.sha256.clone(),
        stored: false,
    };
    photos.iter().map(photo).collect()
}

#[allow(clippy::cast_possible_truncation)] // metres within a district
fn tens(metres: f64) -> i64 {
    (metres / 10.0).round() as i64 * 10
}
