//! The district itself from TOML.

use super::Item;
use crate::gazetteer::{District, Kind};

/// One item for the whole file.
pub(super) fn read(text: &str) -> Result<Item, String> {
    let district: District = toml::from_str(text).map_err(|error| error.to_string())?;
    district.check()?;
    Item::new(Kind::District, Kind::THE_ONE, &district, Vec::new())
}
