//! Bulletins 通报, daily digests 简报 and weekly dispatches 每周调度: which figures stand in them.
//!
//! [`figures`] is a function of what a bulletin rests on ([`Basis`]) and of the issues as they stood at its position
//! of the log ([`Counted`]), so that one that was issued can be made again from the log and come out the same.

mod made;
mod members;
mod rank;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::figures::{Period, Rate, Span, Tally};

pub use made::figures;
pub use members::{Counts, Figure, Table, members};

/// Units with fewer issues due are in the table and not ranked.
pub const RANKED_FROM: u64 = 10;
/// Overdue issues that are listed, at most; all of them are counted.
pub const LISTED: usize = 200;
/// Characters of a title, at most.
pub const LONGEST_TITLE: usize = 60;
/// Points that are named as the worst, at most.
pub const WORST: usize = 10;

/// What is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulletinKind {
    /// 每日简报: for the daily meeting.
    Daily,
    /// 每周调度: for the weekly one.
    Weekly,
    /// 通报: of any period.
    Notice,
}

impl BulletinKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Daily, Self::Weekly, Self::Notice];

    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Notice => "notice",
        }
    }

    /// What its numbers begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Daily => "简报",
            Self::Weekly => "调度",
            Self::Notice => "通报",
        }
    }

    /// Its title where it is given none.
    pub fn title(self) -> &'static str {
        match self {
            Self::Daily => "创建全国文明城市每日简报",
            Self::Weekly => "创建全国文明城市每周调度",
            Self::Notice => "关于创建全国文明城市问题整改情况的通报",
        }
    }
}

/// The number of a bulletin, counted in its year and kind: 通报〔2026〕3号.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BulletinNumber {
    /// What was issued.
    pub kind: BulletinKind,
    /// The year, where the district is.
    pub year: i16,
    /// The count, from 1.
    pub n: i32,
}

impl fmt::Display for BulletinNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.kind.prefix(), self.year, self.n)
    }
}

/// Which rate "on time" means in a bulletin, and what units are ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnTime {
    /// 按期处置率: the bureau's clock.
    #[default]
    Handled,
    /// 按期结案率: the office's clock, verification included.
    Closed,
}

/// What a unit was called and ranked with when the bulletin was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// The group it is ranked in.
    pub group: String,
}

/// Where a finest area lay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Code of its subdistrict, or its own where it is none's.
    pub subdistrict: String,
    /// That one's name.
    pub name: String,
}

/// A point as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
}

/// What a bulletin rests on, beside the log: its period and position, what was counted as on time, and what reference
/// data called things. It is issued with the bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// What is issued.
    pub kind: BulletinKind,
    /// What it is headed by.
    pub title: String,
    /// Of which time.
    pub period: Period,
    /// The position of the log.
    pub position: i64,
    /// When it was made.
    pub made_at: Timestamp,
    /// What "on time" means in it.
    pub on_time: OnTime,
    /// Units, by code.
    pub units: BTreeMap<String, Unit>,
    /// Finest areas, by code.
    pub areas: BTreeMap<String, Area>,
    /// Points, by code.
    pub points: BTreeMap<String, Point>,
    /// Names of categories, by code.
    pub categories: BTreeMap<String, String>,
    /// The cards that were delivered in the period, and how many events each had.
    pub cards: Vec<(i64, i64)>,
}

impl Basis {
    /// Until when what is late is counted: the period's end, or when it was made if that was before.
    pub fn cut_off(&self) -> Timestamp {
        self.period.to().min(self.made_at)
    }

    /// What a bureau was called.
    pub fn unit_name(&self, code: Option<&str>) -> Option<String> {
        code.and_then(|code| self.units.get(code)).map(|unit| unit.name.clone())
    }

    /// What a category was called.
    pub fn category_name(&self, code: Option<&str>) -> Option<String> {
        code.and_then(|code| self.categories.get(code)).cloned()
    }

    /// The code of the subdistrict that an issue lay in; its area's own, where that is none's.
    pub fn subdistrict<'a>(&'a self, member: &'a Member) -> Option<&'a str> {
        let code = member.area.as_deref()?;
        Some(self.areas.get(code).map_or(code, |area| &area.subdistrict))
    }

    /// That subdistrict's name.
    pub fn subdistrict_name(&self, member: &Member) -> Option<String> {
        let area = member.area.as_deref().and_then(|code| self.areas.get(code));
        area.map(|area| area.name.clone())
    }
}

/// An issue as it stood at the bulletin's position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its number.
    pub issue: i64,
    /// Code of the bureau that answers for it.
    pub lead: Option<String>,
    /// Its finest area.
    pub area: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// How it counts.
    pub span: Span,
}

/// A sub-task of a bureau that helps, as it stood at the bulletin's position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpingPart {
    /// Its issue.
    pub issue: i64,
    /// Code of the bureau.
    pub bureau: String,
    /// How it counts.
    pub span: Span,
}

/// What of the log a bulletin counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// Every issue that can count in the period; nothing blind.
    pub members: Vec<Member>,
    /// The sub-tasks of those who help.
    pub parts: Vec<HelpingPart>,
    /// The points in whose surroundings each of the issues lies.
    pub points: Vec<(i64, String)>,
    /// 新增: issues reported in the period.
    pub reported: u64,
    /// The cards of the period.
    pub cards: CardCounts,
}

impl Counted {
    /// Leaves what one bureau answers for or helps with, as much of it as members are listed by.
    pub fn keep_of(&mut self, bureau: &str) {
        self.parts.retain(|part| part.bureau == bureau);
        self.members.retain(|member| member.lead.as_deref() == Some(bureau));
    }
}

/// Cards that were delivered in the period, without those withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CardCounts {
    /// 白卡.
    pub white: u64,
    /// 黄卡.
    pub yellow: u64,
    /// 红卡.
    pub red: u64,
    /// 协调函.
    pub letters: u64,
}

/// The figures of one unit, area, kind or category, or of all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its code; none for all, and for issues that have none.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its place within its group; none where it is not ranked.
    pub rank: Option<u32>,
    /// What was counted.
    pub tally: Tally,
    /// 处置率.
    pub handle_rate: Rate,
    /// 按期处置率.
    pub on_time_handle_rate: Rate,
    /// 结案率.
    pub close_rate: Rate,
    /// 按期结案率.
    pub on_time_close_rate: Rate,
    /// 返工率.
    pub rework_rate: Rate,
    /// 延期率.
    pub extension_rate: Rate,
}

impl Row {
    /// The rate that counts as "on time".
    pub fn on_time(&self, by: OnTime) -> Rate {
        match by {
            OnTime::Handled => self.on_time_handle_rate,
            OnTime::Closed => self.on_time_close_rate,
        }
    }
}

/// Units that are ranked among each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its name in the reference data; empty for units that have none.
    pub group: String,
    /// Its units, the ranked ones first.
    pub rows: Vec<Row>,
}

/// An issue that was past its limit and not closed at the cut-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueIssue {
    /// Its number.
    pub issue: i64,
    /// Name of the bureau that answers for it.
    pub lead: Option<String>,
    /// Name of its category.
    pub category: Option<String>,
    /// Name of its subdistrict.
    pub subdistrict: Option<String>,
    /// Its limit.
    pub due_at: Timestamp,
    /// Whole hours past it.
    pub hours: i64,
}

/// A point with what is overdue around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorstPoint {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Option<String>,
    /// Overdue issues in its surroundings.
    pub overdue: u64,
    /// Issues due there.
    pub due: u64,
}

/// The figures of a bulletin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// How rates are rounded.
    pub rounding: String,
    /// How units are ranked, in words.
    pub ranking: String,
    /// 新增.
    pub reported: u64,
    /// All together.
    pub total: Row,
    /// By lead bureau, within groups.
    pub groups: Vec<Group>,
    /// Of those who help, by the limits of their own sub-tasks.
    pub cooperating: Vec<Row>,
    /// By subdistrict.
    pub subdistricts: Vec<Row>,
    /// By kind of point; an issue around several of a kind counts once there.
    pub point_kinds: Vec<Row>,
    /// By category.
    pub categories: Vec<Row>,
    /// How many issues were overdue.
    pub overdue_count: u64,
    /// The longest overdue of them.
    pub overdue: Vec<OverdueIssue>,
    /// The points with most overdue around them.
    pub worst_points: Vec<WorstPoint>,
    /// The cards of the period.
    pub cards: CardCounts,
}

/// A bulletin: what it rests on and its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bulletin {
    /// What it rests on.
    pub basis: Basis,
    /// What it says.
    pub figures: Figures,
}

impl Bulletin {
    /// The bulletin of what was counted.
    pub fn new(basis: Basis, counted: &Counted) -> Self {
        Self { figures: figures(&basis, counted), basis }
    }
}
