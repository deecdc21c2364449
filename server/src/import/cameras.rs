//! Cameras 视频点位 from `GeoJSON`, CSV or a JSON array.

use domain::surroundings::Footprint;

use super::record::{self, Record};
use super::{Item, Lines, Need, Options, located};
use crate::gazetteer::items::CameraItem;
use crate::gazetteer::{Kind, ground};

pub(super) fn read(text: &str, options: &Options) -> Lines {
    let records = located::records(text, &["name", "lat", "lon"], options)?;
    Ok(record::lines(records, |record| camera(&record, options)))
}

fn camera(record: &Record, options: &Options) -> Result<Item, String> {
    let name = record.text("name")?;
    let ground = located::ground(record, options)?;
    let Footprint::Location(_) = ground.footprint else {
        return Err("a camera is a point".to_owned());
    };
    let code = located::code(record, name, &ground, options)?;
    let bureau = record.optional_code("bureau")?;
    let needs = bureau.iter().map(|bureau| Need::Item(Kind::Bureau, bureau.clone())).collect();
    let geometry = ground::geometry(&ground.footprint);
    let item = CameraItem { code: code.clone(), name: name.to_owned(), bureau, geometry };
    Ok(Item::new(Kind::Camera, &code, &item, needs)?.on(ground))
}
