//! The district itself from TOML.

use super::{Item, Lines};
use crate::gazetteer::{District, Kind};

pub(super) fn read(text: &str) -> Lines {
    Ok(vec![(1, district(text))])
}

fn district(text: &str) -> Result<Item, String> {
    let district: District = toml::from_str(text).map_err(|error| error.to_string())?;
    district.check()?;
    Item::new(Kind::District, Kind::THE_ONE, &district, Vec::new())
}
