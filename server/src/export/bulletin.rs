//! A bulletin as a workbook: its figures, its ranking, its other tables, and every issue that it counts.

use std::path::Path;

use domain::bulletin::{Bulletin, Counts, Figure, Figures, Row};
use domain::figures::Rate;
use jiff::Timestamp;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, Worksheet};

use super::Cell;
use super::xlsx::{failed, moment, write};
use crate::gazetteer::Gazetteer;
use crate::papers::{group_name, row_name};
use crate::problem::Error;

/// What follows a row's name in every table, with how wide it is.
const COUNTED: [(&str, u16); 15] = [
    ("应结案", 9),
    ("处置", 9),
    ("处置率（%）", 12),
    ("按期处置", 10),
    ("按期处置率（%）", 16),
    ("结案", 9),
    ("结案率（%）", 12),
    ("按期结案", 10),
    ("按期结案率（%）", 16),
    ("返工", 9),
    ("返工率（%）", 12),
    ("延期", 9),
    ("延期率（%）", 12),
    ("缓办、挂账", 12),
    ("自处置", 9),
];
/// What stands of an issue before what it counts for.
const OF_ISSUE: [(&str, u16); 7] = [
    ("编号", 9),
    ("牵头单位", 22),
    ("类别", 18),
    ("街道", 16),
    ("时限", 17),
    ("处置时间", 17),
    ("结案时间", 17),
];

/// A bulletin with the issues behind it.
#[derive(Debug)]
pub struct BulletinBook<'a> {
    /// Its number.
    pub number: String,
    /// What it says.
    pub bulletin: &'a Bulletin,
    /// The issues that it counts, as far as the reader may list them.
    pub members: &'a [Counts],
    /// Whose time of day.
    pub gazetteer: &'a Gazetteer,
}

impl BulletinBook<'_> {
    /// The workbook. The same bulletin is the same bytes; what is written meanwhile lies in `folder`.
    pub fn bytes(&self, folder: &Path) -> Result<Vec<u8>, Error> {
        std::fs::create_dir_all(folder)?;
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(failed)?;
        let made =
            moment(self.gazetteer.calendar.civil(self.bulletin.basis.made_at)).map_err(failed)?;
        let title = &self.bulletin.basis.title;
        let properties = DocProperties::new().set_title(title).set_subject(&self.number);
        workbook.set_properties(&properties.set_creation_datetime(&made));
        self.figures(&mut Sheet::begin(
            &mut workbook,
            "数据",
            &[("", 18), ("", 24), ("", 18), ("", 14)],
        )?)?;
        self.ranking(&mut Sheet::begin(
            &mut workbook,
            "排名",
            &headed(&[("组", 10), ("名次", 7), ("责任单位", 24)]),
        )?)?;
        self.tables(&mut Sheet::begin(
            &mut workbook,
            "分项",
            &headed(&[("表", 12), ("名称", 24)]),
        )?)?;
        let counts = Figure::ALL.map(|figure| (words(figure), 11));
        self.issues(&mut Sheet::begin(&mut workbook, "案件", &[&OF_ISSUE[..], &counts].concat())?)?;
        workbook.save_to_buffer().map_err(failed)
    }

    fn at(&self, at: Option<Timestamp>) -> Cell {
        at.map_or(Cell::Empty, |at| Cell::Moment(self.gazetteer.calendar.civil(at)))
    }

    /// What it is, and every figure of all with its numerator and denominator.
    fn figures(&self, sheet: &mut Sheet<'_>) -> Result<(), Error> {
        let Bulletin { basis, figures } = self.bulletin;
        let (from, to) = (Some(basis.period.from()), Some(basis.period.to()));
        sheet.add(&[Cell::text("标题"), Cell::text(&*basis.title)])?;
        sheet.add(&[Cell::text("文号"), Cell::text(&*self.number)])?;
        sheet.add(&[Cell::text("时段"), self.at(from), self.at(to)])?;
        sheet.add(&[Cell::text("编制时间"), self.at(Some(basis.made_at))])?;
        sheet.add(&[Cell::text("数据截至流水号"), Cell::Number(basis.position as f64)])?;
        sheet.add(&[Cell::text("排名方法"), Cell::text(&*figures.ranking)])?;
        sheet.add(&[])?;
        sheet.add(&["指标", "件数", "应结案（分母）", "比率（%）"].map(Cell::text))?;
        let tally = &figures.total.tally;
        let plain = [
            ("新增", figures.reported),
            ("应结案", tally.due),
            ("缓办、挂账", tally.suspended),
            ("自处置", tally.self_handled),
            ("超期未结案", figures.overdue_count),
            ("送达白卡", figures.cards.white),
            ("送达黄卡", figures.cards.yellow),
            ("送达红卡", figures.cards.red),
            ("送达协调函", figures.cards.letters),
        ];
        for (name, rate) in rates(&figures.total) {
            sheet.add(&[
                Cell::text(name),
                count(rate.numerator),
                count(rate.denominator),
                percent(rate),
            ])?;
        }
        for (name, n) in plain {
            sheet.add(&[Cell::text(name), count(n)])?;
        }
        Ok(())
    }

    fn ranking(&self, sheet: &mut Sheet<'_>) -> Result<(), Error> {
        for group in &self.bulletin.figures.groups {
            for row in &group.rows {
                let rank = row.rank.map_or_else(|| Cell::text("不排名"), |rank| count(rank.into()));
                let head = [Cell::text(group_name(&group.group)), rank, Cell::text(row_name(row))];
                sheet.add(&[&head[..], &counted(row)].concat())?;
            }
        }
        Ok(())
    }

    fn tables(&self, sheet: &mut Sheet<'_>) -> Result<(), Error> {
        let Figures { cooperating, subdistricts, point_kinds, categories, .. } =
            &self.bulletin.figures;
        let tables = [
            ("配合单位", cooperating),
            ("街道", subdistricts),
            ("点位类型", point_kinds),
            ("问题类别", categories),
        ];
        for (table, rows) in tables {
            for row in rows {
                let head = [Cell::text(table), Cell::text(row_name(row))];
                sheet.add(&[&head[..], &counted(row)].concat())?;
            }
        }
        Ok(())
    }

    /// Each issue with a number under what it counts for, so that a column sums to the figure.
    fn issues(&self, sheet: &mut Sheet<'_>) -> Result<(), Error> {
        let basis = &self.bulletin.basis;
        let said = |words: Option<String>| words.map_or(Cell::Empty, Cell::text);
        for one in self.members {
            let (member, span) = (&one.member, &one.member.span);
            let mut cells = vec![
                Cell::Number(member.issue as f64),
                said(basis.unit_name(member.lead.as_deref())),
                said(basis.category_name(member.category.as_deref())),
                said(basis.subdistrict_name(member)),
                self.at(span.due_at),
                self.at(span.handled_at),
                self.at(span.closed_at),
            ];
            let times = Figure::ALL.map(|figure| one.times(figure));
            cells.extend(times.map(|times| if times == 0 { Cell::Empty } else { count(times) }));
            sheet.add(&cells)?;
        }
        Ok(())
    }
}

/// Rows of one sheet, one below the other.
struct Sheet<'a> {
    lines: &'a mut Worksheet,
    moments: Format,
    row: u32,
}

impl<'a> Sheet<'a> {
    /// A sheet with its headings, where there are any.
    fn begin(
        workbook: &'a mut Workbook,
        name: &str,
        columns: &[(&str, u16)],
    ) -> Result<Self, Error> {
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        let bold = Format::new().set_bold().set_align(FormatAlign::Center);
        let headed = columns.iter().any(|(heading, _)| !heading.is_empty());
        for (column, (heading, width)) in (0..).zip(columns) {
            sheet.set_column_width(column, *width).map_err(failed)?;
            if headed {
                sheet.write_with_format(0, column, *heading, &bold).map_err(failed)?;
            }
        }
        if headed {
            sheet.set_freeze_panes(1, 0).map_err(failed)?;
        }
        let moments = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        Ok(Self { lines: sheet, moments, row: u32::from(headed) })
    }

    fn add(&mut self, cells: &[Cell]) -> Result<(), Error> {
        for (column, cell) in (0..).zip(cells) {
            write(self.lines, self.row, column, cell, &self.moments).map_err(failed)?;
        }
        self.row += 1;
        Ok(())
    }
}

fn headed(first: &[(&'static str, u16)]) -> Vec<(&'static str, u16)> {
    [first, &COUNTED].concat()
}

fn count(n: u64) -> Cell {
    Cell::Number(n as f64)
}

/// Nothing to count is said, and is not nought.
fn percent(rate: Rate) -> Cell {
    rate.percent.map_or_else(|| Cell::text("—"), Cell::Number)
}

fn rates(row: &Row) -> [(&'static str, Rate); 6] {
    [
        ("处置率", row.handle_rate),
        ("按期处置率", row.on_time_handle_rate),
        ("结案率", row.close_rate),
        ("按期结案率", row.on_time_close_rate),
        ("返工率", row.rework_rate),
        ("延期率", row.extension_rate),
    ]
}

fn counted(row: &Row) -> Vec<Cell> {
    let pairs = rates(row).into_iter().flat_map(|(_, rate)| [count(rate.numerator), percent(rate)]);
    let apart = [count(row.tally.suspended), count(row.tally.self_handled)];
    std::iter::once(count(row.tally.due)).chain(pairs).chain(apart).collect()
}

fn words(figure: Figure) -> &'static str {
    match figure {
        Figure::Due => "应结案",
        Figure::Handled => "处置",
        Figure::HandledOnTime => "按期处置",
        Figure::Closed => "结案",
        Figure::ClosedOnTime => "按期结案",
        Figure::Rework => "返工",
        Figure::Extended => "延期",
        Figure::Suspended => "缓办、挂账",
        Figure::SelfHandled => "自处置",
        Figure::Overdue => "超期未结案",
    }
}
