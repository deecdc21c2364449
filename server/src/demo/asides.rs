//! What is told beside the month's reports: counts 计数观测 at points, what inspectors fixed themselves 自处置,
//! one problem reported as two, later limits 延期, supervision cards 督办卡, and two suggestions 投诉建议, one of them answered;
//! a link 链接 for a property manager; cables that are offered to those who may own them 认领; who looks again 核查; and a
//! channel of notices 通知.

mod cards;
mod channel;
mod claimed;
mod extended;
mod fixed;
mod form;
mod link;
mod merged;
mod sent;
mod step;
mod suspended;
mod verified;

use domain::position::Datum;
use jiff::{SignedDuration, Timestamp};

use super::geography::Dice;
use super::ids::id;
use super::story::{Cast, Month};
use crate::actions::count::put_count;
use crate::actions::suggest::{answer_suggestion, put_suggestion};
use crate::app::App;
use crate::intake::{CountDraft, StatedPosition};
use crate::problem::Error;

/// Counts in the demo's month, today's still to come left out.
const COUNTS: usize = 124;
/// When a day's four counts end, minutes after five in the morning: rush hours, noon, evening.
const ENDS: [i64; 4] = [165, 405, 735, 790];
/// How long each takes.
const SLOT: SignedDuration = SignedDuration::from_mins(15);

/// Tells them in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    count(app, cast, month).await?;
    fixed::tell(app, cast, month).await?;
    merged::tell(app, cast, month).await?;
    extended::tell(app, cast, month).await?;
    cards::tell(app, cast, month).await?;
    channel::tell(app).await?;
    let ago = |hours: i64| -> Timestamp { month.now - SignedDuration::from_hours(hours) };
    app.clock.set(ago(51));
    let bins = id("suggestion of bins");
    let text = "东关农贸市场西门只有一组垃圾桶，下午三点后就满了，建议再加两组。".to_owned();
    put_suggestion(app, cast.account("inspector01")?, bins, text).await?;
    app.clock.set(ago(28));
    let answer = "已请环卫中心在西门增设两组分类桶，本周五前到位；谢谢提醒。".to_owned();
    answer_suggestion(app, cast.account("office")?, bins, id("answer on bins"), answer).await?;
    app.clock.set(ago(5));
    let text = "雨天戴手套点不准“上报”，按钮能不能再大一点？".to_owned();
    put_suggestion(app, cast.account("inspector02")?, id("suggestion of gloves"), text).await?;
    suspended::tell(app, cast, month).await?;
    link::tell(app, cast, month).await?;
    claimed::tell(app, cast, month).await?;
    Box::pin(verified::tell(app, cast, month)).await?;
    app.clock.set(month.now);
    Ok(())
}

/// Helmets and traffic lights at the first points, better from week to week.
async fn count(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let mut dice = Dice::new(124);
    let gazetteer = app.gazetteer();
    let points: Vec<(String, StatedPosition)> = gazetteer
        .points()
        .take(6)
        .filter_map(|point| {
            let at = point.position()?;
            let stated = StatedPosition {
                lat: at.lat,
                lon: at.lon,
                datum: Datum::Wgs84,
                accuracy_m: Some(10.0),
            };
            Some((point.code.to_owned(), stated))
        })
        .collect();
    let dawn = month.dawn()?;
    for (number, (place, position)) in (0..COUNTS).zip(points.iter().cycle()) {
        let day = SignedDuration::from_hours(24) * i32::try_from(number / 4).unwrap_or(0);
        let ended_at = dawn + day + SignedDuration::from_mins(ENDS[number % 4]);
        if ended_at >= month.now {
            break;
        }
        let seen = dice.within(40, 220);
        let helmets = number % 3 != 0;
        let percent =
            dice.within(if helmets { 55 } else { 78 }, 80) + i32::try_from(number / 8).unwrap_or(0);
        let draft = CountDraft {
            category: "0404".to_owned(),
            condition: Some(if helmets { "0404B" } else { "0404A" }.to_owned()),
            position: Some(*position),
            place: Some(place.clone()),
            seen: u32::try_from(seen).unwrap_or_default(),
            right: u32::try_from(seen * percent / 100).unwrap_or_default(),
            began_at: ended_at - SLOT,
            ended_at,
            captured_age_ms: None,
            sent_at: ended_at,
            note: String::new(),
        };
        app.clock.set(ended_at);
        let who = cast.account(&format!("inspector{:02}", 1 + number % 26))?;
        put_count(app, who, id(&format!("count {number}")), draft).await?;
    }
    Ok(())
}
