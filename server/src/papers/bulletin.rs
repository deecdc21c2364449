//! A bulletin 通报, digest 简报 or dispatch 调度 on paper.

use domain::bulletin::{Bulletin, Figures, OnTime, Row};
use domain::deadline::Calendar;
use domain::figures::Period;
use jiff::SignedDuration;
use jiff::civil::Time;
use paper::{Align, Block, Column, Paper};

use super::{date_words, moment_words};
use crate::gazetteer::Gazetteer;

/// A bulletin as it is printed.
#[derive(Debug, Clone)]
pub struct BulletinOnPaper {
    /// Who issues it.
    pub issuer: String,
    /// Its number.
    pub number: String,
    /// What it says.
    pub bulletin: Bulletin,
}

impl BulletinOnPaper {
    /// The paper. It holds what was issued and nothing of today.
    pub fn compose(&self, gazetteer: &Gazetteer) -> Paper {
        let (basis, figures) = (&self.bulletin.basis, &self.bulletin.figures);
        let date = date_words(gazetteer.calendar.date_of(basis.made_at));
        let mut blocks = vec![
            Block::Masthead { text: self.issuer.clone(), colour: [200, 16, 16] },
            Block::Line(self.number.clone(), Align::Centre),
            Block::Title(basis.title.clone()),
            Block::Paragraph(self.summary(gazetteer)),
        ];
        blocks.extend(units(figures, basis.on_time));
        blocks.extend(tables(figures, basis.on_time));
        blocks.extend(worst(figures));
        blocks.extend(overdue(figures, gazetteer));
        blocks.push(Block::Note(format!(
            "数据截至流水号{}；各项比率四舍五入保留两位小数，分母为0的不计；缓办、挂账按规定扣除；未公开的暗访问题不计入。",
            basis.position
        )));
        blocks.push(Block::Closing { from: self.issuer.clone(), date });
        Paper {
            title: format!("{} {}", basis.title, self.number),
            author: self.issuer.clone(),
            blocks,
        }
    }

    fn summary(&self, gazetteer: &Gazetteer) -> String {
        let (basis, figures) = (&self.bulletin.basis, &self.bulletin.figures);
        let (total, cards) = (&figures.total, &figures.cards);
        format!(
            "{}，全区新增问题{}件，应结案{}件。处置{}件，处置率{}；按期处置{}件，按期处置率{}。\
             结案{}件，结案率{}；按期结案{}件，按期结案率{}。返工{}次，返工率{}；延期{}件，延期率{}；缓办、挂账{}件；\
             自处置{}件。超期未结案{}件。送达白卡{}张、黄卡{}张、红卡{}张，协调函{}件。",
            period_words(basis.period, &gazetteer.calendar),
            figures.reported,
            total.tally.due,
            total.tally.handled,
            total.handle_rate,
            total.tally.handled_on_time,
            total.on_time_handle_rate,
            total.tally.closed,
            total.close_rate,
            total.tally.closed_on_time,
            total.on_time_close_rate,
            total.tally.rework,
            total.rework_rate,
            total.tally.extended,
            total.extension_rate,
            total.tally.suspended,
            total.tally.self_handled,
            figures.overdue_count,
            cards.white,
            cards.yellow,
            cards.red,
            cards.letters,
        )
    }
}

/// 2026年11月16日, 2026年11月16日至11月22日; to the minute where it is not whole days.
fn period_words(period: Period, calendar: &Calendar) -> String {
    let (from, to) = (calendar.civil(period.from()), calendar.civil(period.to()));
    let last = calendar.civil(period.to() - SignedDuration::from_nanos(1)).date();
    let days = [from, to].iter().all(|at| at.time() == Time::midnight());
    let year =
        if last.year() == from.year() { String::new() } else { format!("{}年", last.year()) };
    match (days, last == from.date()) {
        (true, true) => date_words(last),
        (true, false) => {
            format!("{}至{year}{}月{}日", date_words(from.date()), last.month(), last.day())
        }
        _ => format!("{}年{}至{year}{}", from.year(), moment_words(from), moment_words(to)),
    }
}

/// Tables by bureau, one a group, with the method of ranking.
fn units(figures: &Figures, on_time: OnTime) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("一、责任单位（牵头）".to_owned())];
    for group in &figures.groups {
        blocks.push(Block::Note(format!("{}组", group_name(&group.group))));
        blocks.push(table(&group.rows, on_time, true));
    }
    blocks.push(Block::Note(format!("{}。", figures.ranking)));
    blocks
}

fn tables(figures: &Figures, on_time: OnTime) -> Vec<Block> {
    let all = [
        ("二、配合单位（按子任务时限）", &figures.cooperating),
        ("三、街道", &figures.subdistricts),
        ("四、点位类型", &figures.point_kinds),
        ("五、问题类别", &figures.categories),
    ];
    let section = |(heading, rows): (&str, &Vec<Row>)| {
        let body = if rows.is_empty() {
            Block::Note("本期没有。".to_owned())
        } else {
            table(rows, on_time, false)
        };
        [Block::Heading(heading.to_owned()), body]
    };
    all.into_iter().flat_map(section).collect()
}

fn table(rows: &[Row], on_time: OnTime, ranked: bool) -> Block {
    let words = match on_time {
        OnTime::Handled => ["处置", "处置率", "按期", "按期处置率"],
        OnTime::Closed => ["结案", "结案率", "按期", "按期结案率"],
    };
    let mut columns = vec![Column::words("名称", 3.4), Column::numbers("应结案", 1.2)];
    let widths = [1.0, 1.5, 1.0, 2.0];
    columns.extend(words.into_iter().zip(widths).map(|(word, width)| Column::numbers(word, width)));
    columns.push(Column::numbers("返工", 0.9));
    columns.push(Column::numbers("延期", 0.9));
    if ranked {
        columns.insert(0, Column::numbers("名次", 0.9));
    }
    let line = |row: &Row| {
        let tally = &row.tally;
        let (done, rate, in_time) = match on_time {
            OnTime::Handled => (tally.handled, row.handle_rate, tally.handled_on_time),
            OnTime::Closed => (tally.closed, row.close_rate, tally.closed_on_time),
        };
        let mut cells = vec![
            row_name(row),
            tally.due.to_string(),
            done.to_string(),
            rate.to_string(),
            in_time.to_string(),
            row.on_time(on_time).to_string(),
            tally.rework.to_string(),
            tally.extended.to_string(),
        ];
        if ranked {
            cells.insert(0, row.rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string()));
        }
        cells
    };
    Block::Table { columns, rows: rows.iter().map(line).collect() }
}

/// What a group is called.
pub fn group_name(group: &str) -> &str {
    match group {
        "departments" => "部门",
        "subdistricts" => "街道",
        "companies" => "企业",
        "" => "其他",
        other => other,
    }
}

/// What a row is called.
pub fn row_name(row: &Row) -> String {
    let kind = |code: &str| match code {
        "market" => "农贸市场".to_owned(),
        "mall" => "商场超市".to_owned(),
        "school" => "学校".to_owned(),
        "hospital" => "医院".to_owned(),
        "transit" => "交通场站".to_owned(),
        "community" => "城市社区".to_owned(),
        other => other.to_owned(),
    };
    let code = || row.code.as_deref().map_or_else(|| "未定".to_owned(), kind);
    row.name.clone().unwrap_or_else(code)
}

fn worst(figures: &Figures) -> Vec<Block> {
    if figures.worst_points.is_empty() {
        return Vec::new();
    }
    let rows = figures.worst_points.iter().map(|point| {
        let name = point.name.clone().unwrap_or_else(|| point.code.clone());
        vec![name, point.overdue.to_string(), point.due.to_string()]
    });
    let columns = vec![
        Column::words("点位", 4.0),
        Column::numbers("超期未结案", 1.5),
        Column::numbers("应结案", 1.5),
    ];
    vec![
        Block::Heading("六、问题突出的点位".to_owned()),
        Block::Table { columns, rows: rows.collect() },
    ]
}

fn overdue(figures: &Figures, gazetteer: &Gazetteer) -> Vec<Block> {
    let mut blocks =
        vec![Block::Heading(format!("七、超期未结案清单（共{}件）", figures.overdue_count))];
    let said = |words: &Option<String>| words.clone().unwrap_or_else(|| "—".to_owned());
    let rows = figures.overdue.iter().map(|one| {
        vec![
            one.issue.to_string(),
            said(&one.lead),
            said(&one.category),
            said(&one.subdistrict),
            moment_words(gazetteer.calendar.civil(one.due_at)),
            format!("{}小时", one.hours),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.len() as u64 != figures.overdue_count {
        blocks.push(Block::Note(format!("列出超期最久的{}件。", rows.len())));
    }
    if !rows.is_empty() {
        let columns = vec![
            Column::numbers("编号", 1.0),
            Column::words("责任单位", 2.4),
            Column::words("类别", 1.8),
            Column::words("街道", 1.6),
            Column::words("时限", 1.7),
            Column::numbers("超期", 1.2),
        ];
        blocks.push(Block::Table { columns, rows });
    }
    blocks
}

#[cfg(test)]
mod tests {
    use domain::deadline::Calendar;
    use domain::figures::Period;
    use jiff::tz::TimeZone;

    use super::period_words;

    #[test]
    fn a_period_is_told_in_whole_days_where_it_is() {
        let hours = vec![(jiff::civil::time(8, 0, 0, 0), jiff::civil::time(18, 0, 0, 0))];
        let calendar = Calendar::new(TimeZone::get("Asia/Shanghai").unwrap(), hours).unwrap();
        let told = |from: &str, to: &str| {
            let period = Period::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
            period_words(period, &calendar)
        };
        let first = "2026-11-15T16:00:00Z";
        assert_eq!(told(first, "2026-11-16T16:00:00Z"), "2026年11月16日");
        assert_eq!(told(first, "2026-11-22T16:00:00Z"), "2026年11月16日至11月22日");
        assert_eq!(told(first, "2027-01-01T16:00:00Z"), "2026年11月16日至2027年1月1日");
        assert_eq!(told(first, "2026-11-16T04:30:00Z"), "2026年11月16日00:00至11月16日12:30");
    }
}
