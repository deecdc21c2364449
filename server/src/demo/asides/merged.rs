//! One problem that was seen from both ends of a street, as two issues, until the desk merged them 合并.

use domain::access::Action;
use domain::position::Position;
use domain::workflow::Command;
use jiff::SignedDuration;

use super::sent::{Sent, send};
use super::step::{Step, take};
use crate::app::App;
use crate::demo::pictures::Side;
use crate::demo::story::{Cast, Month};
use crate::intake::PhotoPart;
use crate::problem::Error;

const SCENE: &[(Side, PhotoPart)] = &[(Side::Before, PhotoPart::Scene)];
/// From one end to the other, degrees of latitude: further than reports join by themselves.
const APART: f64 = 0.0011;
/// The first report, the second and the merge, hours ago.
const HOURS: [i64; 3] = [4, 3, 1];

/// Tells it in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let Some(end) = app.gazetteer().points().filter_map(|point| point.position()).nth(7) else {
        return Ok(());
    };
    let other_end = Position { lat: end.lat + APART, ..end };
    let sent = |hours, login, note| Sent {
        hours,
        login,
        category: "0101",
        condition: "0101A",
        note,
        sides: SCENE,
    };
    let first = sent(HOURS[0], "inspector03", "巷口到垃圾房一路散落垃圾");
    let second = sent(HOURS[1], "inspector07", "垃圾房外散落垃圾，一直到巷口");
    let into = send(app, (cast, month), first, end).await?;
    let issue = send(app, (cast, month), second, other_end).await?;
    app.clock.set(month.now - SignedDuration::from_hours(HOURS[2]));
    let step = Step {
        name: "one street, two issues",
        login: "office".to_owned(),
        action: Action::MergeIssue,
        command: Command::Merge { into },
    };
    take(app, cast, issue, step).await?;
    Ok(())
}
