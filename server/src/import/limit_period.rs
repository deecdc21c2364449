//! A period with shorter limits, as JSON.

use domain::deadline::Period;

use super::{Item, Need};
use crate::gazetteer::Kind;

/// One item for the whole file.
pub(super) fn read(text: &str) -> Result<Item, String> {
    let period: Period = serde_json::from_str(text).map_err(|error| error.to_string())?;
    period.check().map_err(|error| error.to_string())?;
    let categories = period.categories.iter().map(|code| (Kind::Category, code));
    let named = categories.chain(period.bureaus.iter().map(|code| (Kind::Bureau, code)));
    let needs = named.map(|(kind, code)| Need::Item(kind, code.clone())).collect();
    Item::new(Kind::LimitPeriod, &period.code, &period, needs)
}
