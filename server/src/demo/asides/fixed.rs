//! What inspectors fixed themselves 自处置, shown before and after in one report.

use domain::position::Position;

use super::sent::{Sent, send};
use crate::app::App;
use crate::demo::pictures::Side;
use crate::demo::story::{Cast, Month};
use crate::intake::PhotoPart;
use crate::problem::Error;

const BOTH: &[(Side, PhotoPart)] =
    &[(Side::Before, PhotoPart::Before), (Side::After, PhotoPart::After)];

/// Hours ago, who, category, condition, what they say.
const FIXED: [(i64, &str, &str, &str, &str); 4] = [
    (2, "inspector01", "0301", "0301B", "公交站牌上两张小广告，已当场清除"),
    (6, "inspector14", "0402", "0402A", "三辆电动车倒在盲道上，已扶起摆齐"),
    (30, "inspector05", "0101", "0101B", "花坛边一袋垃圾，已捡起投放"),
    (54, "inspector09", "0402", "0402A", "共享单车挡住坡道口，已挪开摆齐"),
];

/// Tells them in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let gazetteer = app.gazetteer();
    let places: Vec<Position> =
        gazetteer.points().filter_map(|point| point.position()).take(FIXED.len()).collect();
    for ((hours, login, category, condition, note), place) in FIXED.into_iter().zip(places) {
        let sent = Sent { hours, login, category, condition, note, sides: BOTH };
        send(app, (cast, month), sent, place).await?;
    }
    Ok(())
}
