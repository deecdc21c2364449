//! What an after-photo proves, and what speaks against it.
//!
//! A photo can be taken elsewhere, or before, or of another's work. None of that can be excluded, but it
//! can be made dear: every photo is held against the dispatch, the place and every picture that the
//! installation has seen. What is found is shown to whoever verifies; what is blocking keeps the photo
//! from closing anything.

use jiff::{SignedDuration, Timestamp};

use crate::capture::TIME_WITHIN;

#[cfg(test)]
mod tests;

/// How strict the checks are: the installation's settings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// How near to the issue an after-photo must be taken, metres.
    pub within_m: f64,
    /// A position that may be off by more than this, metres, is none.
    pub accuracy_at_most_m: f64,
    /// How far a camera's clock may be off.
    pub camera_clock: SignedDuration,
    /// How long whoever fixes what they found may take, from the picture before to the one after.
    pub visit: SignedDuration,
    /// From what share on a picture is a copy of one from elsewhere, per cent.
    pub alike: f64,
    /// From what share on the verifier is told, per cent.
    pub alike_notice: f64,
    /// From what share on a picture is a copy of one of the same issue, per cent. It is meant to resemble
    /// that: the same place, and the problem gone.
    pub own_alike: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            within_m: 200.0,
            accuracy_at_most_m: 500.0,
            camera_clock: SignedDuration::from_mins(10),
            visit: SignedDuration::from_hours(4),
            alike: 90.0,
            alike_notice: 75.0,
            own_alike: 97.0,
        }
    }
}

/// What is known of one after-photo.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(clippy::struct_excessive_bools)] // facts, each of its own
pub struct AfterPhoto {
    /// All its bytes have arrived.
    pub stored: bool,
    /// They were looked at, and no picture can be made of them. What was not looked at yet is not.
    pub unreadable: bool,
    /// Its picture was compared with all others.
    pub compared: bool,
    /// When it was taken, by the device.
    pub captured_at: Timestamp,
    /// When it was taken, by the camera (EXIF).
    pub camera_at: Option<Timestamp>,
    /// How far from the issue it was taken, by the device, metres; none without a position.
    pub distance_m: Option<f64>,
    /// Radius of 68 % confidence of that position, metres.
    pub accuracy_m: Option<f64>,
    /// How far from the issue it was taken, by the camera (EXIF), metres.
    pub camera_distance_m: Option<f64>,
    /// When the problem was photographed that whoever found it fixed; none where a bureau did.
    pub before_at: Option<Timestamp>,
    /// It came by a link 链接: somebody without an account took it, and the bureau took it over.
    pub by_link: bool,
    /// What had arrived before and is the same picture, or nearly.
    pub earlier: Vec<Earlier>,
}

/// An earlier photo that an after-photo is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Earlier {
    /// The issue it belongs to.
    pub issue: i64,
    /// That is the very issue.
    pub own: bool,
    /// The very same bytes.
    pub same_bytes: bool,
    /// Share of what both show that is the same, per cent.
    pub percent: f64,
}

/// Whose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// The device, as stated.
    Device,
    /// The camera, in the file (EXIF).
    Camera,
}

/// Whether a photo may close an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It may; the verifier should know.
    Notice,
    /// It may not.
    Blocking,
}

/// What a photo must be to close an issue, in the order in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Here.
    Stored,
    /// A picture.
    Readable,
    /// Not sent before.
    Unseen,
    /// No copy of one that was.
    Uncopied,
    /// Taken after the dispatch.
    InTime,
    /// Taken near the issue.
    Near,
}

const RULES: [Rule; 6] =
    [Rule::Stored, Rule::Readable, Rule::Unseen, Rule::Uncopied, Rule::InTime, Rule::Near];

/// Something that was found of an after-photo.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Finding {
    /// Its bytes have not arrived.
    NotArrived,
    /// No picture can be made of it.
    Unreadable,
    /// It is not compared with the others yet.
    NotCompared,
    /// The very same bytes came with something else before.
    SeenBefore(Earlier),
    /// It is a copy of an earlier picture, or may be one.
    Copied(Earlier),
    /// It was taken before the dispatch, by so much.
    BeforeDispatch(Witness, SignedDuration),
    /// It was taken before the problem was photographed, by so much.
    BeforeProblem(SignedDuration),
    /// It was taken in another visit, so long after the problem was photographed.
    AnotherVisit(SignedDuration),
    /// The camera says nothing of when it was taken.
    TimeByDevice,
    /// Camera and device say times so far apart.
    TimesDisagree(SignedDuration),
    /// Nobody says where it was taken.
    PlaceUnknown,
    /// Its position may be off by so many metres.
    PlaceInaccurate(f64),
    /// It was taken so many metres away, give or take so many.
    TooFar(Witness, f64, Option<f64>),
    /// The device was near, and the camera says so many metres away.
    PlacesDisagree(f64),
    /// It came by a link: whoever took it has no account.
    SentByLink,
}

impl Finding {
    /// Its code, as on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotArrived => "not-arrived",
            Self::Unreadable => "unreadable",
            Self::NotCompared => "not-compared",
            Self::SeenBefore(_) => "seen-before",
            Self::Copied(_) => "copied",
            Self::BeforeDispatch(..) => "before-dispatch",
            Self::BeforeProblem(_) => "before-problem",
            Self::AnotherVisit(_) => "another-visit",
            Self::TimeByDevice => "time-by-device",
            Self::TimesDisagree(_) => "times-disagree",
            Self::PlaceUnknown => "place-unknown",
            Self::PlaceInaccurate(_) => "place-inaccurate",
            Self::TooFar(..) => "too-far",
            Self::PlacesDisagree(_) => "places-disagree",
            Self::SentByLink => "sent-by-link",
        }
    }

    /// The rule that it breaks where it is blocking.
    fn rule(&self) -> Option<Rule> {
        match self {
            Self::NotArrived => Some(Rule::Stored),
            Self::Unreadable => Some(Rule::Readable),
            Self::SeenBefore(_) => Some(Rule::Unseen),
            Self::Copied(_) => Some(Rule::Uncopied),
            Self::BeforeDispatch(..) | Self::BeforeProblem(_) | Self::AnotherVisit(_) => {
                Some(Rule::InTime)
            }
            Self::PlaceUnknown | Self::PlaceInaccurate(_) | Self::TooFar(..) => Some(Rule::Near),
            Self::NotCompared
            | Self::TimeByDevice
            | Self::TimesDisagree(_)
            | Self::PlacesDisagree(_)
            | Self::SentByLink => None,
        }
    }

    /// Whether it keeps this photo from closing anything.
    pub fn level(&self, photo: &AfterPhoto, thresholds: &Thresholds) -> Level {
        let is_blocking = match self {
            Self::Copied(earlier) => {
                let from = if earlier.own { thresholds.own_alike } else { thresholds.alike };
                earlier.percent >= from
            }
            // What its finder fixed was closed on the spot: the report itself says where that was.
            Self::NotArrived
            | Self::Unreadable
            | Self::PlaceUnknown
            | Self::PlaceInaccurate(_)
            | Self::TooFar(..) => photo.before_at.is_none(),
            other => other.rule().is_some(),
        };
        if is_blocking { Level::Blocking } else { Level::Notice }
    }
}

/// Everything that is found of a photo of an issue that was first dispatched then.
pub fn findings(
    photo: &AfterPhoto,
    dispatched_at: Option<Timestamp>,
    thresholds: &Thresholds,
) -> Vec<Finding> {
    if !photo.stored {
        return vec![Finding::NotArrived];
    }
    if photo.unreadable {
        return vec![Finding::Unreadable];
    }
    let mut found = likenesses(photo, thresholds);
    found.extend(times(photo, dispatched_at, thresholds));
    found.extend(places(photo, thresholds));
    if photo.by_link {
        found.push(Finding::SentByLink);
    }
    if !photo.compared {
        found.push(Finding::NotCompared);
    }
    found
}

/// Whether one of the photos may close the issue; if none may, the first rule that none keeps.
///
/// # Errors
/// The rule.
pub fn holds(
    photos: &[AfterPhoto],
    dispatched_at: Option<Timestamp>,
    thresholds: &Thresholds,
) -> Result<(), Rule> {
    let broken = |photo: &AfterPhoto| -> Vec<Rule> {
        let found = findings(photo, dispatched_at, thresholds);
        let blocking =
            found.iter().filter(|finding| finding.level(photo, thresholds) == Level::Blocking);
        blocking.filter_map(Finding::rule).collect()
    };
    let mut left: Vec<Vec<Rule>> = photos.iter().map(broken).collect();
    for rule in RULES {
        left.retain(|broken| !broken.contains(&rule));
        if left.is_empty() {
            return Err(rule);
        }
    }
    Ok(())
}

/// What it is like, the likest of each issue.
fn likenesses(photo: &AfterPhoto, thresholds: &Thresholds) -> Vec<Finding> {
    let mut earlier = photo.earlier.clone();
    let rank = |earlier: &Earlier| if earlier.same_bytes { 101.0 } else { earlier.percent };
    earlier.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.issue.cmp(&b.issue)));
    let mut issues = Vec::new();
    earlier.retain(|one| {
        let is_first = !issues.contains(&one.issue);
        issues.push(one.issue);
        is_first
    });
    let told = |one: Earlier| {
        let elsewhere = thresholds.alike_notice.min(thresholds.alike);
        let from = if one.own { thresholds.own_alike } else { elsewhere };
        if one.same_bytes {
            Some(Finding::SeenBefore(one))
        } else {
            (one.percent >= from).then_some(Finding::Copied(one))
        }
    };
    earlier.into_iter().filter_map(told).collect()
}

fn times(
    photo: &AfterPhoto,
    dispatched_at: Option<Timestamp>,
    thresholds: &Thresholds,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let slack = thresholds.camera_clock;
    if let Some(before) = photo.before_at {
        let later = photo.captured_at.duration_since(before);
        if later.is_negative() {
            found.push(Finding::BeforeProblem(later.abs()));
        } else if later > thresholds.visit {
            found.push(Finding::AnotherVisit(later));
        }
    } else {
        // What was never dispatched has no after-photo that could be in time.
        let start = dispatched_at.unwrap_or(Timestamp::MAX);
        let early = start.duration_since(photo.captured_at);
        let by_camera = photo.camera_at.map(|at| start.duration_since(at));
        if early.is_positive() {
            found.push(Finding::BeforeDispatch(Witness::Device, early));
        } else if let Some(early) = by_camera.filter(|early| *early > slack) {
            found.push(Finding::BeforeDispatch(Witness::Camera, early));
        }
    }
    match photo.camera_at.map(|at| at.duration_since(photo.captured_at).abs()) {
        None => found.push(Finding::TimeByDevice),
        Some(apart) if apart > TIME_WITHIN.max(slack) => {
            found.push(Finding::TimesDisagree(apart));
        }
        Some(_) => {}
    }
    found
}

fn places(photo: &AfterPhoto, thresholds: &Thresholds) -> Vec<Finding> {
    // Written so that what is no number is too far.
    let is_near = |far: f64, give: f64| far - give <= thresholds.within_m;
    let by_camera = photo.camera_distance_m;
    let Some(far) = photo.distance_m else {
        return match by_camera {
            None => vec![Finding::PlaceUnknown],
            Some(far) if is_near(far, 0.0) => Vec::new(),
            Some(far) => vec![Finding::TooFar(Witness::Camera, far, None)],
        };
    };
    let accuracy = photo.accuracy_m.filter(|radius| radius.is_finite());
    if let Some(radius) = accuracy.filter(|radius| *radius > thresholds.accuracy_at_most_m) {
        let camera_was_near = by_camera.is_some_and(|far| is_near(far, 0.0));
        return if camera_was_near { Vec::new() } else { vec![Finding::PlaceInaccurate(radius)] };
    }
    if !is_near(far, accuracy.unwrap_or_default()) {
        return vec![Finding::TooFar(Witness::Device, far, accuracy)];
    }
    let elsewhere = by_camera.filter(|far| !is_near(*far, accuracy.unwrap_or_default()));
    elsewhere.map(Finding::PlacesDisagree).into_iter().collect()
}
