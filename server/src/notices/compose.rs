//! What is sent: one message for all that was gathered, however much that is.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::notices::Topic;
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::texts;
use crate::problem::Error;
use crate::store::channels::{ChannelKind, Language};

/// Bytes of a robot's text, at most: what WeCom takes.
const TEXT_MOST: usize = 2_048;
/// Notices of a message that are told one by one, at most.
const LISTED_MOST: usize = 8;

/// What a message tells.
#[derive(Debug, Clone)]
pub struct Tells {
    /// Its id.
    pub id: Uuid,
    /// When it was made.
    pub at: Timestamp,
    /// Whose notices they are: `office`, or `bureau:` and the code.
    pub audience: String,
    /// What that is called.
    pub name: String,
    /// How many notices there are of each topic.
    pub counts: BTreeMap<Topic, i64>,
    /// Some of them, in their order.
    pub listed: Vec<Listed>,
    /// Where people read them.
    pub public_url: String,
}

/// One notice with what is told of it.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// Its number.
    pub seq: i64,
    /// What it is about.
    pub topic: Topic,
    /// When it happened.
    pub at: Timestamp,
    /// The issue it is about.
    pub issue: Option<i64>,
    /// The card it is about.
    pub card: Option<i64>,
    /// What is wrong, in the channel's language.
    pub what: Option<String>,
    /// The issue's limit now.
    pub due_at: Option<Timestamp>,
    /// The same by the district's clock.
    #[serde(skip)]
    pub due_there: Option<DateTime>,
}

/// A message's body, as it is kept and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Sending {
    /// A mail.
    Mail {
        /// Its subject.
        subject: String,
        /// Its text.
        text: String,
    },
    /// JSON, posted as it is.
    Json(serde_json::Value),
}

impl Tells {
    /// How many notices it tells of.
    pub fn count(&self) -> i64 {
        self.counts.values().sum()
    }

    /// What is sent by a channel of this kind.
    pub fn body(&self, kind: ChannelKind, language: Language) -> Result<String, Error> {
        let body = match kind {
            ChannelKind::Webhook => Sending::Json(self.json()),
            // The same for both robots: https://developer.work.weixin.qq.com/document/path/91770,
            // https://open.dingtalk.com/document/orgapp/custom-robot-access.
            ChannelKind::Wecom | ChannelKind::Dingtalk => Sending::Json(json!({
                "msgtype": "text", "text": {"content": self.text(language, TEXT_MOST)}
            })),
            ChannelKind::Mail => Sending::Mail {
                subject: self.heading(language),
                text: self.text(language, usize::MAX),
            },
        };
        Ok(serde_json::to_string(&body)?)
    }

    fn json(&self) -> serde_json::Value {
        json!({
            "type": "notices",
            "timestamp": self.at,
            "data": {
                "audience": self.audience,
                "count": self.count(),
                "topics": self.counts,
                "notices": self.listed,
            }
        })
    }

    fn heading(&self, language: Language) -> String {
        let count = self.count();
        match language {
            Language::Zh => format!("【周边】{}：{count} 条通知", self.name),
            Language::En => format!("[zhoubian] {}: {count} notices", self.name),
        }
    }

    /// Heading, how many of what, the most pressing one by one, and where the rest is: as much of it as fits.
    fn text(&self, language: Language, most: usize) -> String {
        let mut text = self.heading(language);
        if self.count() > 1 {
            let topics = self.topics_by_rank().into_iter();
            let of_each = topics
                .map(|topic| format!("{} {}", texts::topic(topic, language), self.counts[&topic]));
            let (open, between) =
                if language == Language::Zh { ("\n", "，") } else { ("\n", ", ") };
            let _ = write!(text, "{open}{}", of_each.collect::<Vec<_>>().join(between));
        }
        let rest = format!("\n{}/notices", self.public_url);
        let mut pressing: Vec<&Listed> = self.listed.iter().collect();
        pressing.sort_by_key(|one| (texts::rank(one.topic), one.seq));
        for one in pressing.into_iter().take(LISTED_MOST) {
            let line = line(one, language);
            if text.len() + line.len() + rest.len() > most {
                break;
            }
            text.push_str(&line);
        }
        text + &rest
    }

    fn topics_by_rank(&self) -> Vec<Topic> {
        let mut topics: Vec<Topic> = self.counts.keys().copied().collect();
        topics.sort_by_key(|topic| (texts::rank(*topic), *topic));
        topics
    }
}

fn line(one: &Listed, language: Language) -> String {
    let mut line = format!("\n· {}", texts::topic(one.topic, language));
    let about = one.issue.or(one.card);
    let _ = about.map(|number| write!(line, " #{number}"));
    if let Some(what) = &one.what {
        let _ = write!(line, " {what}");
    }
    if let Some(due) = one.due_there {
        let due = due.strftime("%m-%d %H:%M");
        let _ = match language {
            Language::Zh => write!(line, "（时限 {due}）"),
            Language::En => write!(line, " (due {due})"),
        };
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tells(listed: usize) -> Tells {
        let one = |n: usize| Listed {
            seq: i64::try_from(n).unwrap(),
            topic: if n.is_multiple_of(3) { Topic::Overdue } else { Topic::Dispatched },
            at: Timestamp::UNIX_EPOCH,
            issue: Some(400 + i64::try_from(n).unwrap()),
            card: None,
            what: Some("井盖缺失".repeat(20)),
            due_at: Some(Timestamp::UNIX_EPOCH),
            due_there: Some(DateTime::constant(2026, 11, 16, 11, 0, 0, 0)),
        };
        let listed: Vec<Listed> = (1..=listed).map(one).collect();
        let mut counts = BTreeMap::new();
        for one in &listed {
            *counts.entry(one.topic).or_default() += 1;
        }
        Tells {
            id: Uuid::nil(),
            at: Timestamp::UNIX_EPOCH,
            audience: "bureau:huanwei".to_owned(),
            name: "环卫中心".to_owned(),
            counts,
            listed,
            public_url: "https://zhoubian.example".to_owned(),
        }
    }

    #[test]
    fn a_robot_gets_no_more_than_it_takes_and_the_most_pressing_first() {
        let body = tells(40).body(ChannelKind::Wecom, Language::Zh).unwrap();
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let text = body["text"]["content"].as_str().unwrap();
        assert!(text.len() <= TEXT_MOST, "{}", text.len());
        assert!(
            text.starts_with("【周边】环卫中心：40 条通知\n已超期 13，新派遣 27\n· 已超期 #403 "),
            "{text}"
        );
        assert!(text.ends_with("\nhttps://zhoubian.example/notices"));
        assert!(text.contains("（时限 11-16 11:00）"));
    }

    #[test]
    fn one_notice_is_told_by_itself() {
        let body = tells(1).body(ChannelKind::Mail, Language::En).unwrap();
        let Ok(Sending::Mail { subject, text }) = serde_json::from_str(&body) else {
            panic!("{body}")
        };
        assert_eq!(subject, "[zhoubian] 环卫中心: 1 notices");
        assert_eq!(text.lines().count(), 3, "{text}");
    }
}
