//! What was found of an after-photo, as whoever verifies and whoever took it are shown it.

use std::collections::HashSet;

use domain::access::{Actor, Subject, may};
use domain::evidence::{Earlier, Finding, Level, Thresholds, Witness, findings};

use super::{Action, Conn, Deserialize, Error, Issue, Photo, Serialize, ToSchema, facets, issues};
use crate::actions::evidence::{self, Likenesses};
use crate::gazetteer::Gazetteer;
use crate::store::photo_files::PhotoFile;
use crate::store::photos::Part;

/// Something that was found of an after-photo. What does not apply to its code is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "too-far", "blocking": true, "by": "device", "seconds": null,
    "metres": 640.2, "accuracy_m": 20.0, "percent": null, "same_issue": null, "issue": null}))]
pub struct PhotoFinding {
    /// `not-arrived`, `unreadable`, `not-compared` (its picture is still being compared with the others),
    /// `seen-before` (the same file), `copied` (the same picture, or nearly), `before-dispatch`,
    /// `before-problem`, `another-visit`, `time-by-device` (the camera says nothing of the time),
    /// `times-disagree`, `place-unknown`, `place-inaccurate`, `too-far`, `places-disagree` or
    /// `sent-by-link` (somebody without an account took it, and the bureau took it over).
    pub code: String,
    /// It keeps this photo from closing the issue; else the verifier should know.
    pub blocking: bool,
    /// Whose word it is: `device` or `camera` (EXIF).
    pub by: Option<String>,
    /// How long before the dispatch or the problem, how long after the problem, or how far the times are
    /// apart.
    pub seconds: Option<i64>,
    /// How far from the issue.
    pub metres: Option<f64>,
    /// How far that may be off.
    pub accuracy_m: Option<f64>,
    /// Share of the picture that is the same as in the earlier one.
    pub percent: Option<f64>,
    /// Whether the earlier picture is of this very issue.
    pub same_issue: Option<bool>,
    /// The issue of the earlier picture; null where the reader may not see it.
    pub issue: Option<i64>,
}

/// What is needed to tell what was found.
pub(super) struct Evidence {
    likenesses: Likenesses,
    /// Issues of earlier pictures that the reader may see.
    seen: HashSet<i64>,
}

impl Evidence {
    /// Four queries at most, whatever there is.
    pub(super) fn find(conn: &mut Conn, all: &[Photo], reader: &Actor) -> Result<Self, Error> {
        let after: Vec<Photo> =
            all.iter().filter(|photo| photo.part == Part::After.word()).cloned().collect();
        let likenesses = evidence::earlier(conn, &after)?;
        let others: Vec<i64> = likenesses.issues().into_iter().collect();
        let mut seen = HashSet::new();
        if !others.is_empty() {
            for issue in issues::list(conn, &others)? {
                if may(Some(reader), Action::GetIssue, &Subject::Issue(facets(&issue))).is_ok() {
                    seen.insert(issue.id);
                }
            }
        }
        Ok(Self { likenesses, seen })
    }

    /// What was found of one photo; nothing of what is no after-photo.
    pub(super) fn of(
        &self,
        issue: &Issue,
        photo: &Photo,
        beside: (Option<&PhotoFile>, &[Photo]),
        gazetteer: &Gazetteer,
        thresholds: &Thresholds,
    ) -> Vec<PhotoFinding> {
        if photo.part != Part::After.word() {
            return Vec::new();
        }
        let calendar = &gazetteer.calendar;
        let known = evidence::of(issue, photo, beside, &self.likenesses, calendar);
        let found = findings(&known, issue.state.dispatched_at, thresholds);
        let view = |finding: &Finding| {
            let blocking = finding.level(&known, thresholds) == Level::Blocking;
            self.view(finding, blocking)
        };
        found.iter().map(view).collect()
    }

    fn view(&self, finding: &Finding, blocking: bool) -> PhotoFinding {
        let mut view = PhotoFinding {
            code: finding.code().to_owned(),
            blocking,
            by: None,
            seconds: None,
            metres: None,
            accuracy_m: None,
            percent: None,
            same_issue: None,
            issue: None,
        };
        match finding {
            Finding::NotArrived
            | Finding::Unreadable
            | Finding::NotCompared
            | Finding::TimeByDevice
            | Finding::PlaceUnknown
            | Finding::SentByLink => {}
            Finding::SeenBefore(earlier) | Finding::Copied(earlier) => {
                self.tell(&mut view, earlier);
            }
            Finding::BeforeDispatch(witness, by) => {
                view.by = Some(word(*witness));
                view.seconds = Some(by.as_secs());
            }
            Finding::BeforeProblem(by) | Finding::AnotherVisit(by) | Finding::TimesDisagree(by) => {
                view.seconds = Some(by.as_secs());
            }
            Finding::PlaceInaccurate(radius) => view.accuracy_m = Some(*radius),
            Finding::TooFar(witness, far, radius) => {
                view.by = Some(word(*witness));
                (view.metres, view.accuracy_m) = (Some(*far), *radius);
            }
            Finding::PlacesDisagree(far) => view.metres = Some(*far),
        }
        view
    }

    fn tell(&self, view: &mut PhotoFinding, earlier: &Earlier) {
        view.percent = Some(earlier.percent);
        view.same_issue = Some(earlier.own);
        view.issue = Some(earlier.issue).filter(|issue| self.seen.contains(issue));
    }
}

fn word(witness: Witness) -> String {
    match witness {
        Witness::Device => "device".to_owned(),
        Witness::Camera => "camera".to_owned(),
    }
}
