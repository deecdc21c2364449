//! A limit as one sentence, whether it runs or not.

use domain::deadline::Explanation;
use jiff::Timestamp;

use super::Telling;
use crate::views::why::Words;

/// All of it in words: the explanation, and what persons agreed on after it.
pub(super) fn words(telling: &Telling<'_>, explained: Option<&Explanation>) -> Words {
    let Telling { state, then, now, says, .. } = telling;
    let Some(due_at) = state.due_at.filter(|_| state.dispatched_at.is_some()) else {
        return not_running(telling.state.self_handled, says.as_deref());
    };
    let reckoned =
        explained.map(|told| Words { zh: told.in_chinese(then), en: told.in_english(then) });
    let reckoned = reckoned.unwrap_or_else(|| Words {
        zh: format!("{} 到期；当时的办公时间和放假安排没有留存，不能逐段说明", now.in_chinese(due_at)),
        en: format!(
            "Due {}; the calendar it was reckoned with is not kept, so it cannot be told stretch by stretch",
            now.in_english(due_at)
        ),
    });
    let period = state.limit.as_ref().and_then(|limit| limit.period.as_ref());
    let reckoned = match period {
        Some(period) => Words {
            zh: format!("按“{}”缩短的时限 {}", period.name, reckoned.zh),
            en: format!("Shortened by “{}”. {}", period.name, reckoned.en),
        },
        None => reckoned,
    };
    let agreed = state.limit.as_ref().is_some_and(|limit| limit.due_at != due_at);
    if agreed { and_then(&reckoned, due_at, telling) } else { reckoned }
}

fn and_then(reckoned: &Words, due_at: Timestamp, telling: &Telling<'_>) -> Words {
    let (zh, en) = (telling.now.in_chinese(due_at), telling.now.in_english(due_at));
    Words {
        zh: format!("{}；此后经批准改为 {zh} 到期", reckoned.zh),
        en: format!("{}; since then agreed to be due {en}", reckoned.en),
    }
}

fn not_running(self_handled: bool, says: Option<&str>) -> Words {
    let (zh, en) = match says {
        _ if self_handled => (
            "自处置，不计处置时限".to_owned(),
            "Whoever found it fixed it: no limit runs".to_owned(),
        ),
        None => ("没有规定处置时限".to_owned(), "Its condition has no limit".to_owned()),
        Some(limit) => (
            format!("尚未派遣，时限未起算；派遣后按 {limit} 计算"),
            format!("Not dispatched: no limit runs yet; {limit} will, from dispatch on"),
        ),
    };
    Words { zh, en }
}
