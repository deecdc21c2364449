//! What is known of an issue's after-photos: what was stated, what the camera wrote, and which earlier
//! pictures they are like.

use std::collections::{BTreeSet, HashMap};

use domain::deadline::Calendar;
use domain::evidence::{AfterPhoto, Earlier};
use jiff::Timestamp;
use schema::Conn;

use crate::actions::look_at_photo::shown;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::photo_files::{FileState, PhotoFile};
use crate::store::photos::{Part, Photo};
use crate::store::{events, photo_files, photo_marks, photos};

/// The photos that would close an issue: those of the latest rectification, as those of one that failed
/// prove nothing; or those of a report of what its finder fixed.
pub fn latest(
    conn: &mut Conn,
    issue: &Issue,
    calendar: &Calendar,
) -> Result<Vec<AfterPhoto>, Error> {
    let mut own = match events::find_last_command(conn, issue.id, "rectified")? {
        _ if issue.state.self_handled => photos::list(conn, issue.id)?,
        Some(latest) => photos::list_of(conn, issue.id, latest)?,
        None => Vec::new(),
    };
    // A report's before-photos tell when an after-photo of it was due.
    let all = own.clone();
    own.retain(|photo| photo.part == Part::After.word());
    let digests = digests(&own);
    let files = photo_files::list(conn, &digests)?;
    let files: HashMap<_, _> = files.into_iter().map(|file| (file.sha256.clone(), file)).collect();
    let earlier = earlier(conn, &own)?;
    let known = own.iter().map(|photo| {
        let beside = (files.get(&photo.sha256), &all[..]);
        of(issue, photo, beside, &earlier, calendar)
    });
    Ok(known.collect())
}

/// What is known of one after-photo, of its bytes, and of all the photos beside it.
pub fn of(
    issue: &Issue,
    photo: &Photo,
    (file, all): (Option<&PhotoFile>, &[Photo]),
    earlier: &Likenesses,
    calendar: &Calendar,
) -> AfterPhoto {
    let file = file.filter(|_| photo.stored_at.is_some());
    let shown = file.and_then(|file| file.exif.as_ref()).map(|exif| shown(exif, calendar));
    let place = issue.detail.position;
    let camera_distance = shown.and_then(|shown| Some(shown.position?.distance_to(place?).0));
    AfterPhoto {
        stored: photo.stored_at.is_some(),
        unreadable: file.is_some_and(|file| file.state == FileState::Unreadable),
        // What no picture is made of is never compared: there is nothing to wait for.
        compared: file.is_some_and(|file| file.compared || file.state == FileState::Kept),
        captured_at: photo.captured_at.0,
        camera_at: shown.and_then(|shown| shown.at),
        distance_m: photo.distance_m,
        accuracy_m: photo.stated_accuracy_m,
        camera_distance_m: camera_distance,
        before_at: before_at(photo, all),
        by_link: earlier.came_by_link(photo),
        earlier: earlier.of(photo),
    }
}

/// When its report photographed the problem; none for what a command brought.
fn before_at(photo: &Photo, all: &[Photo]) -> Option<Timestamp> {
    let before = all
        .iter()
        .filter(|other| other.subject == photo.subject && other.part == Part::Before.word());
    before.map(|other| other.captured_at.0).min()
}

/// Every announcement of the pictures that some photos are like.
#[derive(Debug, Default)]
pub struct Likenesses {
    /// By digest, the digests that it is like and how much.
    pairs: HashMap<Vec<u8>, Vec<(Vec<u8>, f64)>>,
    announced: HashMap<Vec<u8>, Vec<Photo>>,
}

/// What these photos are like: two queries, whatever their number.
pub fn earlier(conn: &mut Conn, of: &[Photo]) -> Result<Likenesses, Error> {
    let mut digests = digests(of);
    let mut found = Likenesses::default();
    if digests.is_empty() {
        return Ok(found);
    }
    for pair in photo_marks::list_alike(conn, &digests)? {
        digests.push(pair.other.clone());
        found.pairs.entry(pair.sha256).or_default().push((pair.other, pair.percent));
    }
    for photo in photos::list_by_digests(conn, &digests)? {
        found.announced.entry(photo.sha256.clone()).or_default().push(photo);
    }
    Ok(found)
}

impl Likenesses {
    /// The issues that any of the pictures belong to.
    pub fn issues(&self) -> BTreeSet<i64> {
        self.announced.values().flatten().map(|photo| photo.issue_id).collect()
    }

    /// Whether the very photo came with a draft of its issue, and was taken over.
    fn came_by_link(&self, photo: &Photo) -> bool {
        let same = self.announced.get(&photo.sha256).into_iter().flatten();
        same.filter(|other| is_draft_of(other, photo)).any(|other| other.photo_id == photo.photo_id)
    }

    /// What a photo is like of what had arrived by then with another report or command; but for drafts of
    /// its own issue, which the bureau may take over or photograph again.
    fn of(&self, photo: &Photo) -> Vec<Earlier> {
        let Some(stored_at) = photo.stored_at else { return Vec::new() };
        let before = |digest: &Vec<u8>| {
            let announced = self.announced.get(digest).into_iter().flatten();
            announced.filter(|other| {
                other.subject != photo.subject
                    && !is_draft_of(other, photo)
                    && other.stored_at.is_some_and(|at| at <= stored_at)
            })
        };
        let like = |other: &Photo, same_bytes, percent| Earlier {
            issue: other.issue_id,
            own: other.issue_id == photo.issue_id,
            same_bytes,
            percent,
        };
        let same = before(&photo.sha256).map(|other| like(other, true, 100.0));
        let pairs = self.pairs.get(&photo.sha256).into_iter().flatten();
        let nearly = pairs
            .flat_map(|(digest, percent)| before(digest).map(|other| like(other, false, *percent)));
        same.chain(nearly).collect()
    }
}

/// Whether a photo came by a link to the issue of another.
fn is_draft_of(other: &Photo, photo: &Photo) -> bool {
    other.is_of_draft() && other.issue_id == photo.issue_id
}

fn digests(of: &[Photo]) -> Vec<Vec<u8>> {
    of.iter().map(|photo| photo.sha256.clone()).collect()
}
