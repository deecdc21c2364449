//! Where things are: spots of the demo district that no back street and no compound touches.

use domain::position::Position;
use zhoubian::gazetteer::Gazetteer;

/// A place to report, WGS-84 degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
    /// Index into the areas that spots are asked for by.
    area: u8,
}

/// The subdistricts that stories take place in: 新华, where ana and bo walk, 东关, where only ana
/// does, and 柳林, where only chen does.
const AREAS: [&str; 3] = ["429901005000", "429901001000", "429901100000"];

/// Degrees between neighbours: about 133 m, more than any two reports that could be one problem.
const STEP: f64 = 0.0012;

impl Spot {
    /// A spot this far north of here, metres.
    #[must_use]
    pub fn north(self, metres: f64) -> Self {
        Self { lat: self.lat + metres / 111_000.0, ..self }
    }

    /// Code of the subdistrict it lies in.
    pub fn area(self) -> &'static str {
        AREAS[usize::from(self.area)]
    }
}

/// Every spot, area by area.
pub(crate) fn spots(gazetteer: &Gazetteer) -> Vec<Spot> {
    let first = gazetteer.points().find_map(|point| point.position()).expect("no point");
    let mut found = Vec::new();
    for area in 0..AREAS.len() {
        let steps = -70..=70;
        for (row, column) in
            steps.clone().flat_map(|row| steps.clone().map(move |column| (row, column)))
        {
            let (lat, lon) =
                (first.lat + f64::from(row) * STEP, first.lon + f64::from(column) * STEP);
            let spot = Spot { lat, lon, area: u8::try_from(area).unwrap() };
            if is_plain(gazetteer, spot) {
                found.push(spot);
            }
        }
    }
    found
}

/// In its area, with all ground around it that a story may move to, and outside every place, so that
/// the rules for back streets and compounds hold nowhere here.
fn is_plain(gazetteer: &Gazetteer, spot: Spot) -> bool {
    [spot, spot.north(60.0), spot.north(-60.0)].into_iter().all(|near| {
        let position = Position { lat: near.lat, lon: near.lon };
        let located = gazetteer
            .locate(position)
            .filter(|located| !matches!(located.how, domain::areas::Placement::Nearest { .. }));
        let here = located.is_some_and(|located| {
            gazetteer.area_codes(&located).iter().any(|code| code == spot.area())
        });
        here && gazetteer.places_holding(position).is_empty()
    })
}
