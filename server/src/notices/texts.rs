//! The words of messages.

use domain::notices::Topic;

use crate::store::channels::Language;

/// What a topic is called.
pub(super) fn topic(topic: Topic, language: Language) -> &'static str {
    let (zh, en) = match topic {
        Topic::Dispatched => ("新派遣", "Dispatched"),
        Topic::Offered => ("待认领", "To claim"),
        Topic::Helping => ("协办", "To help with"),
        Topic::SubTaskSet => ("子任务", "Sub-task"),
        Topic::PartDone => ("协办完成", "Part done"),
        Topic::Failed => ("核查未通过", "Failed verification"),
        Topic::Disputed => ("整改后又有上报", "Reported again after rectification"),
        Topic::Raised => ("情形加重", "Graver condition"),
        Topic::Answered => ("申请已答复", "Request decided"),
        Topic::LimitChanged => ("时限变动", "Limit changed"),
        Topic::DraftSent => ("收到草稿", "Draft received"),
        Topic::DueSoon => ("即将到期", "Due soon"),
        Topic::Overdue => ("已超期", "Overdue"),
        Topic::CardDelivered => ("督办卡送达", "Card delivered"),
        Topic::CardSettled => ("督办卡办结", "Card settled"),
        Topic::Unrouted => ("无责任单位", "Unrouted"),
        Topic::Returned => ("退回", "Returned"),
        Topic::Asked => ("申请待批", "Request to decide"),
        Topic::CardDrafted => ("督办卡待签发", "Card to sign"),
        Topic::CardReplied => ("督办卡已回复", "Card replied to"),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// Which topic is told first: what is late, then what is about to be, then what is new.
pub(super) fn rank(topic: Topic) -> u8 {
    match topic {
        Topic::Overdue | Topic::CardDelivered => 0,
        Topic::DueSoon | Topic::Failed | Topic::Disputed | Topic::Raised => 1,
        Topic::Dispatched | Topic::Offered | Topic::Returned | Topic::Unrouted | Topic::Asked => 2,
        Topic::CardDrafted | Topic::CardReplied | Topic::CardSettled | Topic::Answered => 3,
        Topic::Helping | Topic::SubTaskSet | Topic::PartDone => 4,
        Topic::DraftSent | Topic::LimitChanged => 5,
    }
}
