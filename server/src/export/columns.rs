//! The columns of a list of issues.

use std::sync::Arc;

use domain::areas::Level;
use domain::workflow::Stage;
use jiff::Timestamp;

use super::{Cell, Language, words};
use crate::gazetteer::Gazetteer;
use crate::store::issues::Issue;
use crate::views::why;

/// The headings in both languages, and how wide a column is in a workbook, in digits.
const HEADINGS: [(&str, &str, u16); 30] = [
    ("编号", "Number", 8),
    ("状态", "Stage", 10),
    ("是否超期", "Late", 8),
    ("大类", "Class", 14),
    ("小类", "Category", 16),
    ("立案条件", "Condition", 28),
    ("问题描述", "Note", 40),
    ("来源", "Source", 10),
    ("街道", "Subdistrict", 14),
    ("社区", "Community", 14),
    ("周边点位", "Nearest point", 20),
    ("距点位（米）", "Distance (m)", 10),
    ("牵头单位", "Lead", 20),
    ("配合单位", "Cooperating", 24),
    ("上报时间", "Reported", 18),
    ("立案时间", "Filed", 18),
    ("派遣时间", "Dispatched", 18),
    ("签收时间", "Accepted", 18),
    ("处置时限", "Due", 18),
    ("整改时间", "Rectified", 18),
    ("结案时间", "Closed", 18),
    ("上报次数", "Reports", 8),
    ("退回次数", "Returns", 8),
    ("返工次数", "Rework", 8),
    ("应有照片", "Photos announced", 8),
    ("已到照片", "Photos stored", 8),
    ("暗访", "Blind", 6),
    ("派遣依据", "Routed by", 40),
    ("纬度（WGS-84）", "Latitude (WGS-84)", 14),
    ("经度（WGS-84）", "Longitude (WGS-84)", 14),
];

/// What rows are made with.
#[derive(Debug, Clone)]
pub struct Columns {
    /// The names of codes.
    pub gazetteer: Arc<Gazetteer>,
    /// Whose words.
    pub language: Language,
    /// Now: what is not handled yet is late or not as of then.
    pub now: Timestamp,
}

impl Columns {
    /// The heading and width of every column.
    pub fn headings(&self) -> impl Iterator<Item = (&'static str, u16)> {
        let language = self.language;
        HEADINGS.into_iter().map(move |(zh, en, width)| (language.pick(zh, en), width))
    }

    /// The row of an issue.
    pub fn row(&self, issue: &Issue) -> Vec<Cell> {
        let state = &issue.state;
        let count = |count: u32| Cell::Number(f64::from(count));
        let mut row = vec![
            Cell::Number(issue.id as f64),
            Cell::text(words::stage(state.stage, self.language)),
            self.late(issue),
        ];
        row.extend(self.what(issue));
        row.extend(self.place(issue));
        row.extend(self.bureaus(issue));
        row.extend([
            self.moment(Some(state.reported_at)),
            self.moment(state.filed_at),
            self.moment(state.dispatched_at),
            self.moment(state.accepted_at),
            self.moment(state.due_at),
            self.moment(state.rectified_at),
            self.moment(state.closed_at),
            count(state.reports),
            count(state.returns),
            count(state.rework),
            Cell::Number(f64::from(issue.photos_expected)),
            Cell::Number(f64::from(issue.photos_stored)),
            Cell::text(words::whether(state.blind, self.language)),
            self.routed_by(issue),
        ]);
        let position = issue.detail.position;
        let degrees = |axis: Option<f64>| axis.map_or(Cell::Empty, Cell::Number);
        row.extend([degrees(position.map(|p| p.lat)), degrees(position.map(|p| p.lon))]);
        row
    }

    fn moment(&self, at: Option<Timestamp>) -> Cell {
        at.map_or(Cell::Empty, |at| Cell::Moment(self.gazetteer.calendar.civil(at)))
    }

    /// Whether its bureau was late, or is; empty where no limit counts.
    fn late(&self, issue: &Issue) -> Cell {
        let state = &issue.state;
        let Some(due) = state.due_at.filter(|_| state.stage.is_counted()) else {
            return Cell::Empty;
        };
        let rectified = state.rectified_at.filter(|_| state.stage == Stage::Rectified);
        let done = state.handled_at.or(rectified).unwrap_or(self.now);
        Cell::text(words::whether(due < done, self.language))
    }

    fn what(&self, issue: &Issue) -> [Cell; 5] {
        let code = issue.state.category.as_deref();
        let category = code.and_then(|code| self.gazetteer.category(code));
        let condition = issue.state.condition.as_deref();
        let condition = condition.and_then(|code| self.gazetteer.condition(code));
        let name = category.map(|known| {
            let english = known.name_en.as_ref().unwrap_or(&known.name);
            self.language.pick(&known.name, english).clone()
        });
        [
            Cell::text(category.map(|known| known.class.as_str()).unwrap_or_default()),
            Cell::text(name.or_else(|| code.map(str::to_owned)).unwrap_or_default()),
            Cell::text(condition.map(|(_, known)| known.opens_when.as_str()).unwrap_or_default()),
            Cell::text(issue.note.as_str()),
            Cell::text(words::source(&issue.source, self.language)),
        ]
    }

    fn place(&self, issue: &Issue) -> [Cell; 4] {
        let areas = self.gazetteer.areas();
        let named = |level| {
            let area = issue.area().and_then(|code| areas.at_level(code, level));
            Cell::text(area.map(|area| area.name.as_str()).unwrap_or_default())
        };
        let points = issue.detail.points.iter();
        let nearest = points.min_by(|one, other| one.distance_m.total_cmp(&other.distance_m));
        let name = nearest.map(|near| {
            self.gazetteer.point(&near.code).map_or(near.code.as_str(), |point| point.name)
        });
        [
            named(Level::Subdistrict),
            named(Level::Community),
            Cell::text(name.unwrap_or_default()),
            nearest.map_or(Cell::Empty, |near| Cell::Number(near.distance_m.round())),
        ]
    }

    fn bureaus(&self, issue: &Issue) -> [Cell; 2] {
        let name = |code: &String| match self.gazetteer.bureau(code) {
            Some(known) if !known.name_en.is_empty() => {
                self.language.pick(&known.name, &known.name_en).clone()
            }
            Some(known) => known.name.clone(),
            None => code.clone(),
        };
        let lead = issue.state.lead.as_ref().map(name).unwrap_or_default();
        let cooperating: Vec<String> = issue.state.cooperating.iter().map(name).collect();
        [Cell::text(lead), Cell::text(cooperating.join(self.language.pick("、", ", ")))]
    }

    fn routed_by(&self, issue: &Issue) -> Cell {
        let words = issue.state.why.as_ref().map(|why| why::words(why, &self.gazetteer));
        Cell::text(words.map(|words| self.language.pick(words.zh, words.en)).unwrap_or_default())
    }
}
