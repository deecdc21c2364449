//! One issue with everything around it.

use std::collections::HashMap;

use domain::access::{Actor, Subject, may};
use domain::evidence::Thresholds;
use domain::workflow::NearPoint;

use super::findings::{Evidence, PhotoFinding};
use super::steps::{
    PartDoneView, RectificationView, RequestOf, ReviewView, SecuredView, Steps, VerificationView,
};
use super::{
    Action, Conn, Deserialize, Error, Issue, IssueView, Photo, PhotoState, Serialize, Timestamp,
    ToSchema, Uuid, events, facets, hex, issues, photos, reports,
};
use crate::gazetteer::Gazetteer;
use crate::http::photos::{Taken, state, taken};
use crate::intake::{StatedPosition, Submission};
use crate::store::photo_files::{self, PhotoFile};
use crate::store::reports::Report;

/// An issue with everything around it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct IssueDetail {
    /// The issue.
    #[serde(flatten)]
    pub issue: IssueView,
    /// Its reports, in order of arrival.
    pub reports: Vec<ReportOf>,
    /// What bureaus said they did, in order.
    pub rectifications: Vec<RectificationView>,
    /// Stages of its limit that were done before the last, in order.
    pub secured: Vec<SecuredView>,
    /// What cooperating bureaus said they did, in order.
    pub parts_done: Vec<PartDoneView>,
    /// What others found who looked again, in order.
    pub verifications: Vec<VerificationView>,
    /// What was asked for – later limits, deferrals, shelving – and what was decided, in order.
    pub requests: Vec<RequestOf>,
    /// How often it was looked at while it was shelved, in order.
    pub reviews: Vec<ReviewView>,
    /// Issues that were the same problem and were merged into this one, in order.
    pub merged: Vec<i64>,
    /// The points in whose surroundings it lies, the nearest first.
    pub points: Vec<PointNear>,
    /// What must be seen to file and to close it, and how long that may take.
    pub condition_text: Option<ConditionText>,
    /// What is odd about its first report, by code.
    pub flags: Vec<String>,
    /// The commands this reader may now use: `file`, `refuse`, `void`, `release`, `dispatch`,
    /// `offer`, `claim`, `decline-claim`, `accept`, `return`, `rectify`, `secure`, `extend`, `defer`, `shelve`, `decide`, `resume`, `review`, `verify`, `override`,
    /// `merge`, `set-task`, `accept-part`, `finish-part`, `release-part`.
    pub allowed: Vec<String>,
}

/// A report as its issue shows it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReportOf {
    /// Its id.
    pub id: Uuid,
    /// Who sent it.
    pub reporter_name: Option<String>,
    /// Where it came from.
    pub source: String,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// When the device says it was.
    #[schema(value_type = String, format = DateTime)]
    pub captured_at: Timestamp,
    /// In words.
    pub note: String,
    /// Whoever sent it had fixed it; its photos are `before` and `after`.
    pub self_handled: bool,
    /// What the device itself said, where a person put the place elsewhere.
    pub device_position: Option<StatedPosition>,
    /// Its photos.
    pub photos: Vec<PhotoView>,
}

/// A photo as its issue shows it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "photo_id": "0198f3a0-0000-7000-8000-000000000001",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "state": "ready", "problem": null, "width": 3024, "height": 4032,
    "flags": ["exif-position-disagrees"],
    "taken": {"at": "2026-11-20T01:12:01Z", "position": {"lat": 30.6702, "lon": 113.1644}},
    "media_type": "image/jpeg", "part": "before", "captured_at": "2026-11-20T01:12:03Z",
    "distance_m": 12.4, "findings": []
}))]
pub struct PhotoView {
    /// Its id.
    pub photo_id: Uuid,
    /// SHA-256 of its bytes: its address under `/photos`.
    pub sha256: String,
    /// How far it is: `announced`, `stored` (to be looked at), `ready` (its renditions are here),
    /// `unreadable` or `kept` (of a type that no pictures are made of).
    pub state: PhotoState,
    /// Why no picture can be made of it, by code; null unless it is `unreadable`.
    pub problem: Option<String>,
    /// Pixels across, upright; null before it was looked at.
    pub width: Option<i32>,
    /// Pixels down, upright.
    pub height: Option<i32>,
    /// What the camera wrote that does not fit what was stated: `exif-position-disagrees`,
    /// `exif-time-disagrees`, `exif-time-future`, `exif-odd`.
    pub flags: Vec<String>,
    /// When and where it was taken, as the camera wrote; null where it wrote neither.
    pub taken: Option<Taken>,
    /// Its media type.
    pub media_type: String,
    /// What it shows: `before`, `after`, `check`, `form` for a stamped form, or `draft` for what
    /// came by a link.
    pub part: String,
    /// When it was taken, as stated.
    #[schema(value_type = String, format = DateTime)]
    pub captured_at: Timestamp,
    /// How far from the issue it was taken, metres.
    pub distance_m: Option<f64>,
    /// What speaks against it, where it is an after-photo: blocking ones keep it from closing the issue.
    pub findings: Vec<PhotoFinding>,
}

/// A point in whose surroundings an issue lies.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "P001", "name": "东关农贸市场", "kind": "market", "band": "core", "distance_m": 84.2}))]
pub struct PointNear {
    /// Its code.
    pub code: String,
    /// Its name; null when it is no longer in the reference data.
    pub name: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// `core`, `near` or `wide`.
    pub band: String,
    /// From its edge, metres.
    pub distance_m: f64,
}

/// What a condition asks for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConditionText {
    /// 立案条件.
    pub opens_when: String,
    /// 结案条件.
    pub closes_when: String,
    /// 处置时限.
    pub limit: String,
}

/// An issue and its rows.
pub(super) struct Found {
    pub issue: Issue,
    reports: Vec<(Report, Option<String>)>,
    events: Vec<(events::Entry, Option<String>)>,
    photos: Vec<Photo>,
    /// What is known of the bytes that are here, by digest.
    files: HashMap<Vec<u8>, PhotoFile>,
    /// What speaks against its after-photos.
    evidence: Evidence,
}

/// Everything around an issue that this reader may see: eight queries, whatever its size.
pub(super) fn find(conn: &mut Conn, id: i64, reader: &Actor) -> Result<Found, Error> {
    let issue = issues::find(conn, id)?.ok_or(Error::NotFound)?;
    may(Some(reader), Action::GetIssue, &Subject::Issue(facets(&issue)))?;
    let photos = photos::list(conn, id)?;
    let digests: Vec<Vec<u8>> = photos.iter().map(|photo| photo.sha256.clone()).collect();
    let files = photo_files::list(conn, &digests)?;
    Ok(Found {
        reports: reports::list(conn, id)?,
        events: events::list(conn, id)?,
        evidence: Evidence::find(conn, &photos, reader)?,
        photos,
        files: files.into_iter().map(|file| (file.sha256.clone(), file)).collect(),
        issue,
    })
}

impl Found {
    pub(super) fn render(
        self,
        gazetteer: &Gazetteer,
        thresholds: &Thresholds,
        allowed: Vec<String>,
    ) -> Result<IssueDetail, Error> {
        let mut photos = self.photo_views(gazetteer, thresholds)?;
        let mut photos_of = |subject: Uuid| photos.remove(&subject).unwrap_or_default();
        let reports: Vec<_> = self
            .reports
            .iter()
            .map(|(report, name)| report_of(report, name.as_deref(), photos_of(report.id)))
            .collect();
        let steps = Steps::read(&self.events, photos_of)?;
        Ok(IssueDetail {
            reports: reports.into_iter().collect::<Result<_, Error>>()?,
            rectifications: steps.rectifications,
            secured: steps.secured,
            parts_done: steps.parts_done,
            verifications: steps.verifications,
            requests: steps.requests,
            reviews: steps.reviews,
            merged: steps.merged,
            points: points_of(&self.issue, gazetteer),
            condition_text: condition_text(&self.issue, gazetteer),
            flags: self.issue.detail.flags.clone(),
            issue: IssueView::new(&self.issue, gazetteer),
            allowed,
        })
    }

    /// The photos of each report and command.
    fn photo_views(
        &self,
        gazetteer: &Gazetteer,
        thresholds: &Thresholds,
    ) -> Result<HashMap<Uuid, Vec<PhotoView>>, Error> {
        let mut views: HashMap<Uuid, Vec<PhotoView>> = HashMap::new();
        for photo in &self.photos {
            let file = self.files.get(&photo.sha256).filter(|_| photo.stored_at.is_some());
            let beside = (file, &self.photos[..]);
            let found = self.evidence.of(&self.issue, photo, beside, gazetteer, thresholds);
            let view = PhotoView { findings: found, ..photo_view(photo, file, gazetteer)? };
            views.entry(photo.subject.0).or_default().push(view);
        }
        Ok(views)
    }
}

/// A photo as its issue shows it, without what speaks against it.
pub fn photo_view(
    photo: &Photo,
    file: Option<&PhotoFile>,
    gazetteer: &Gazetteer,
) -> Result<PhotoView, Error> {
    let (state, problem) = state(photo, file);
    let exif = file.and_then(|file| file.exif.as_ref());
    Ok(PhotoView {
        photo_id: photo.photo_id.0,
        sha256: hex(&photo.sha256),
        state,
        problem,
        width: file.and_then(|file| file.width),
        height: file.and_then(|file| file.height),
        flags: photo.flags()?.iter().map(|flag| flag.code().to_owned()).collect(),
        taken: exif.and_then(|exif| taken(exif, &gazetteer.calendar)),
        media_type: photo.media_type.clone(),
        part: photo.part.clone(),
        captured_at: photo.captured_at.0,
        distance_m: photo.distance_m,
        findings: Vec::new(),
    })
}

fn report_of(
    report: &Report,
    name: Option<&str>,
    photos: Vec<PhotoView>,
) -> Result<ReportOf, Error> {
    let said: Submission = report.body.read()?;
    Ok(ReportOf {
        id: report.id,
        reporter_name: name.map(str::to_owned),
        source: said.source.word().to_owned(),
        received_at: report.received_at,
        captured_at: said.captured_at,
        note: said.note,
        self_handled: said.self_handled,
        device_position: said.device_position,
        photos,
    })
}

/// The points in whose surroundings an issue lies, as everybody is shown them.
pub fn points_of(issue: &Issue, gazetteer: &Gazetteer) -> Vec<PointNear> {
    near_points(&issue.detail.points, gazetteer)
}

/// Points with the names that reference data gives them now.
pub fn near_points(points: &[NearPoint], gazetteer: &Gazetteer) -> Vec<PointNear> {
    let near = points.iter().map(|near| {
        let known = gazetteer.point(&near.code);
        PointNear {
            code: near.code.clone(),
            name: known.map(|point| point.name.to_owned()),
            kind: known.map(|point| point.kind.word().to_owned()),
            band: near.band.clone(),
            distance_m: near.distance_m,
        }
    });
    near.collect()
}

fn condition_text(issue: &Issue, gazetteer: &Gazetteer) -> Option<ConditionText> {
    let (_, condition) = gazetteer.condition(issue.state.condition.as_deref()?)?;
    Some(ConditionText {
        opens_when: condition.opens_when.clone(),
        closes_when: condition.closes_when.clone(),
        limit: condition.limit.clone(),
    })
}
