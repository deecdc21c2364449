//! The issues behind a row of a bulletin, each with what it counts there.

use std::collections::{BTreeMap, BTreeSet};

use super::made::is_overdue;
use super::{Basis, Counted, HelpingPart, Member};
use crate::figures::{Span, Tally};

/// A table of a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// All together: one row.
    Total,
    /// By lead bureau.
    Bureau,
    /// By bureau that helps.
    Cooperating,
    /// By subdistrict.
    Subdistrict,
    /// By kind of point.
    PointKind,
    /// By category.
    Category,
}

impl Table {
    /// The table of a word.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "total" => Self::Total,
            "bureau" => Self::Bureau,
            "cooperating" => Self::Cooperating,
            "subdistrict" => Self::Subdistrict,
            "point_kind" => Self::PointKind,
            "category" => Self::Category,
            _ => return None,
        })
    }
}

/// What an issue counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// 应结案: the denominator of every rate.
    Due,
    /// 处置.
    Handled,
    /// 按期处置.
    HandledOnTime,
    /// 结案.
    Closed,
    /// 按期结案.
    ClosedOnTime,
    /// 返工: at least one.
    Rework,
    /// 延期.
    Extended,
    /// 缓办、挂账.
    Suspended,
    /// 自处置.
    SelfHandled,
    /// 超期未结案.
    Overdue,
}

impl Figure {
    /// Every figure.
    pub const ALL: [Self; 10] = [
        Self::Due,
        Self::Handled,
        Self::HandledOnTime,
        Self::Closed,
        Self::ClosedOnTime,
        Self::Rework,
        Self::Extended,
        Self::Suspended,
        Self::SelfHandled,
        Self::Overdue,
    ];

    /// The word used on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Handled => "handled",
            Self::HandledOnTime => "handled_on_time",
            Self::Closed => "closed",
            Self::ClosedOnTime => "closed_on_time",
            Self::Rework => "rework",
            Self::Extended => "extended",
            Self::Suspended => "suspended",
            Self::SelfHandled => "self_handled",
            Self::Overdue => "overdue",
        }
    }
}

/// An issue in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// It, as it stood; of one who helps, with the limit and the end of the sub-task.
    pub member: Member,
    /// What it adds to the row.
    pub tally: Tally,
    /// Past its limit and not closed at the cut-off.
    pub overdue: bool,
}

impl Counts {
    fn of(member: &Member, span: Span, basis: &Basis) -> Self {
        let mut tally = Tally::default();
        tally.add(&span, basis.period);
        let member = Member { span, ..member.clone() };
        Self { overdue: is_overdue(&member, basis), member, tally }
    }

    /// How often it counts for this: once or not at all, but of rework once for each failed verification.
    pub fn times(&self, figure: Figure) -> u64 {
        match figure {
            Figure::Due => self.tally.due,
            Figure::Handled => self.tally.handled,
            Figure::HandledOnTime => self.tally.handled_on_time,
            Figure::Closed => self.tally.closed,
            Figure::ClosedOnTime => self.tally.closed_on_time,
            Figure::Rework => self.tally.rework,
            Figure::Extended => self.tally.extended,
            Figure::Suspended => self.tally.suspended,
            Figure::SelfHandled => self.tally.self_handled,
            Figure::Overdue => u64::from(self.overdue),
        }
    }
}

/// The issues of a row, by their number: those that count for anything there. `code` is the row's; none is the row of
/// those that have none.
pub fn members(basis: &Basis, counted: &Counted, table: Table, code: Option<&str>) -> Vec<Counts> {
    let counts = |member: &Member| Counts::of(member, member.span, basis);
    let mut found: Vec<Counts> = match table {
        Table::Cooperating => of_parts(basis, counted, code),
        Table::PointKind => {
            let around = around(basis, counted, code);
            let inside = |member: &&Member| around.contains(&member.issue);
            counted.members.iter().filter(inside).map(counts).collect()
        }
        Table::Total | Table::Bureau | Table::Subdistrict | Table::Category => {
            let inside = |member: &&Member| is_in(member, basis, table, code);
            counted.members.iter().filter(inside).map(counts).collect()
        }
    };
    found.retain(|one| one.tally != Tally::default());
    found.sort_by_key(|one| one.member.issue);
    found
}

fn is_in(member: &Member, basis: &Basis, table: Table, code: Option<&str>) -> bool {
    match table {
        Table::Bureau => code.is_some() && member.lead.as_deref() == code,
        Table::Subdistrict => basis.subdistrict(member) == code,
        Table::Category => member.category.as_deref() == code,
        _ => true,
    }
}

fn of_parts(basis: &Basis, counted: &Counted, code: Option<&str>) -> Vec<Counts> {
    let members: BTreeMap<i64, &Member> =
        counted.members.iter().map(|member| (member.issue, member)).collect();
    let own = counted.parts.iter().filter(|part| Some(part.bureau.as_str()) == code);
    let count = |part: &HelpingPart| {
        // Its issue may count in another period than the sub-task.
        let alone = || Member {
            issue: part.issue,
            lead: None,
            area: None,
            category: None,
            span: part.span,
        };
        let member = members.get(&part.issue).map_or_else(alone, |member| (*member).clone());
        Counts::of(&member, part.span, basis)
    };
    own.map(count).collect()
}

/// The issues around a point of this kind.
fn around(basis: &Basis, counted: &Counted, kind: Option<&str>) -> BTreeSet<i64> {
    let is_kind = |code: &String| {
        let point = basis.points.get(code);
        kind.is_some() && point.map(|point| point.kind.as_str()) == kind
    };
    counted.points.iter().filter(|(_, code)| is_kind(code)).map(|(issue, _)| *issue).collect()
}
