//! A supervision card 督办卡 or letter 协调函 on paper.

use std::sync::Arc;

use domain::cards::{CardKind, CardStage, CardState, Colour};
use jiff::Timestamp;
use paper::{Align, Block, Column, Paper, Photo};

use super::{date_words, moment_words};
use crate::gazetteer::Gazetteer;

/// A card with all that is printed of it.
#[derive(Debug, Clone)]
pub struct CardOnPaper {
    /// Who issues it.
    pub issuer: String,
    /// The card.
    pub state: CardState,
    /// Its addressee's name.
    pub bureau: String,
    /// The name of whoever signed it; empty before.
    pub signed_by: String,
    /// Its issues, in the order of their numbers.
    pub issues: Vec<IssueOnPaper>,
}

/// An issue of a card.
#[derive(Debug, Clone)]
pub struct IssueOnPaper {
    /// Its number.
    pub id: i64,
    /// What is wrong.
    pub what: String,
    /// Where.
    pub place: String,
    /// Its limit.
    pub due_at: Option<Timestamp>,
    /// Its clock stands still.
    pub suspended: bool,
    /// The picture before: JPEG, upright.
    pub photo: Option<Arc<Vec<u8>>>,
}

impl CardOnPaper {
    /// The paper. The same card gives the same paper, whenever it is printed: what is late is so as of its
    /// signature, or of its draft.
    pub fn compose(&self, gazetteer: &Gazetteer) -> Paper {
        let at = self.state.signed_at.unwrap_or(self.state.drafted_at);
        let date = date_words(gazetteer.calendar.date_of(at));
        let number = self.state.number.map(|number| number.to_string());
        let title = self.title();
        let mut blocks = vec![
            Block::Masthead {
                text: self.issuer.clone(),
                colour: colour(self.state.drafted.colour),
            },
            Block::Line(
                number.clone().unwrap_or_else(|| "（拟稿，未签发）".to_owned()),
                Align::Right,
            ),
            Block::Title(title.clone()),
            Block::Line(format!("{}（{}）：", self.bureau, self.state.drafted.to), Align::Left),
        ];
        blocks.extend(self.state.drafted.facts.lines().map(paragraph));
        blocks.push(Block::Heading(format!("涉及案件（共{}件）", self.issues.len())));
        blocks.push(self.table(at, gazetteer));
        blocks.push(Block::Note(format!("“超期”截至{date}。")));
        blocks.extend(self.demand(gazetteer));
        let photos = self.photos();
        if !photos.is_empty() {
            blocks.push(Block::Heading("问题照片".to_owned()));
            blocks.push(Block::Photos(photos));
        }
        if !self.signed_by.is_empty() {
            blocks.push(Block::Line(format!("签发人：{}", self.signed_by), Align::Left));
        }
        if self.state.stage == CardStage::Withdrawn {
            blocks.push(Block::Line("（本件已撤回）".to_owned(), Align::Centre));
        }
        blocks.push(Block::Closing { from: self.issuer.clone(), date });
        let title = number.map_or_else(|| title.clone(), |number| format!("{title} {number}"));
        Paper { title, author: self.issuer.clone(), blocks }
    }

    fn title(&self) -> String {
        match (self.state.drafted.kind, self.state.drafted.colour) {
            (CardKind::Letter, _) => "关于协调解决有关问题的函".to_owned(),
            (CardKind::Card, Some(Colour::White)) => "督办卡（白卡）".to_owned(),
            (CardKind::Card, Some(Colour::Yellow)) => "督办卡（黄卡）".to_owned(),
            (CardKind::Card, Some(Colour::Red)) => "督办卡（红卡）".to_owned(),
            (CardKind::Card, None) => "督办卡".to_owned(),
        }
    }

    fn table(&self, at: Timestamp, gazetteer: &Gazetteer) -> Block {
        let row = |issue: &IssueOnPaper| {
            let due = issue.due_at.map(|due| moment_words(gazetteer.calendar.civil(due)));
            vec![
                issue.id.to_string(),
                issue.what.clone(),
                issue.place.clone(),
                due.unwrap_or_else(|| "—".to_owned()),
                late(issue, at),
            ]
        };
        Block::Table {
            columns: vec![
                Column::numbers("编号", 1.1),
                Column::words("问题", 2.2),
                Column::words("地点", 3.2),
                Column::words("处置时限", 1.9),
                Column::words("超期", 1.5),
            ],
            rows: self.issues.iter().map(row).collect(),
        }
    }

    /// What is asked for, by when, and what follows.
    fn demand(&self, gazetteer: &Gazetteer) -> Vec<Block> {
        let drafted = &self.state.drafted;
        let by = match self.state.reply_due_at {
            Some(due) => format!("于{}前", moment_words(gazetteer.calendar.civil(due))),
            None => format!("自收到之日起{}个工作日内", drafted.reply_days),
        };
        let demand = match drafted.kind {
            CardKind::Card => format!(
                "请你单位{by}整改到位并书面回复，写明原因、措施和责任人，附整改后照片和加盖公章的回复件。"
            ),
            CardKind::Letter => {
                format!(
                    "请贵单位予以支持，{by}协调解决并函复，写明原因、措施和联系人，附处理后照片。"
                )
            }
        };
        let mut blocks = vec![Block::Paragraph(demand)];
        if !drafted.consequence.is_empty() {
            blocks.push(Block::Paragraph(drafted.consequence.clone()));
        }
        if drafted.kind == CardKind::Letter {
            blocks.push(Block::Paragraph("特此函达。".to_owned()));
        }
        blocks
    }

    fn photos(&self) -> Vec<Photo> {
        let photo = |issue: &IssueOnPaper| {
            let caption = format!("{}号  {}", issue.id, issue.what);
            Some(Photo { jpeg: Arc::clone(issue.photo.as_ref()?), caption })
        };
        self.issues.iter().filter_map(photo).collect()
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.trim().to_owned())
}

/// How late an issue was: whole days, and hours under one day.
fn late(issue: &IssueOnPaper, at: Timestamp) -> String {
    if issue.suspended {
        return "暂停计时".to_owned();
    }
    let over = issue.due_at.map_or(0, |due| at.duration_since(due).as_hours());
    match (over / 24, over % 24) {
        (days, _) if days > 0 => format!("{days}天"),
        (_, hours) if hours > 0 => format!("{hours}小时"),
        _ if issue.due_at.is_some_and(|due| due < at) => "不足1小时".to_owned(),
        _ => "未超期".to_owned(),
    }
}

/// Of a card's head, dark enough for paper; a letter's is red as any official document's.
fn colour(colour: Option<Colour>) -> [u8; 3] {
    match colour {
        Some(Colour::White) => [40, 40, 40],
        Some(Colour::Yellow) => [170, 110, 0],
        Some(Colour::Red) | None => [200, 16, 16],
    }
}
