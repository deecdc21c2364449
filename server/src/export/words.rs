//! The words of the trade in both languages, as the pages have them.

use domain::workflow::Stage;

use super::Language;

/// Where an issue stands.
pub fn stage(stage: Stage, language: Language) -> &'static str {
    let (chinese, english) = match stage {
        Stage::Reported => ("待立案", "Reported"),
        Stage::Filed => ("待派遣", "Filed"),
        Stage::Dispatched => ("待签收", "Dispatched"),
        Stage::Accepted => ("处置中", "Accepted"),
        Stage::Rectified => ("待核查", "Rectified"),
        Stage::Closed => ("已结案", "Closed"),
        Stage::Refused => ("不予立案", "Refused"),
        Stage::Void => ("作废", "Void"),
        Stage::Returned => ("已退回", "Returned"),
        Stage::Reopened => ("返工", "Reopened"),
        Stage::Deferred => ("缓办", "Deferred"),
        Stage::Shelved => ("挂账", "Shelved"),
        Stage::Merged => ("已合并", "Merged"),
    };
    language.pick(chinese, english)
}

/// Where its first report came from, by its word.
pub fn source(word: &str, language: Language) -> String {
    let (chinese, english) = match word {
        "inspector" => ("采集员", "Inspector"),
        "supervisor" => ("督导", "Supervisor"),
        "leader" => ("领导交办", "Leader"),
        "chat_group" => ("微信群", "Chat group"),
        "hotline_12345" => ("12345", "12345"),
        "citizen" => ("随手拍", "Citizen"),
        "media" => ("媒体", "Media"),
        "video" => ("视频", "Video"),
        other => (other, other),
    };
    language.pick(chinese, english).to_owned()
}

/// Yes or no.
pub fn whether(is: bool, language: Language) -> &'static str {
    if is { language.pick("是", "yes") } else { language.pick("否", "no") }
}
