//! Our datums against gcoord's, which many maps in China rest on.

use std::path::Path;
use std::process::Command;

use domain::position::{Datum, Position};
use serde_json::Value;

/// Forward shifts may differ by this, metres.
const FORWARD: f64 = 0.05;
/// There and back again, metres.
const ROUND_TRIP: f64 = 0.2;

/// The positions and what gcoord makes of each, as `oracle/gcoord.mjs` prints them.
fn asked() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(
        folder.join("node_modules/gcoord").is_dir(),
        "gcoord is not installed: run `make setup`"
    );
    let answer = Command::new("node").arg("oracle/gcoord.mjs").current_dir(folder).output();
    let answer = answer.expect("node does not run: run `make setup`");
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// `[longitude, latitude]`, as gcoord writes them.
fn pair(value: &Value) -> (f64, f64) {
    (value[1].as_f64().unwrap(), value[0].as_f64().unwrap())
}

fn metres((lat, lon): (f64, f64), other: (f64, f64)) -> f64 {
    Position { lat, lon }.distance_to(Position { lat: other.0, lon: other.1 }).0
}

#[test]
fn both_shifts_are_gcoords() {
    let asked = asked();
    assert_eq!(asked.len(), 2000);
    for line in asked {
        let (lat, lon) = pair(&line["wgs84"]);
        let here = Position { lat, lon };
        for (datum, name) in [(Datum::Gcj02, "gcj02"), (Datum::Bd09, "bd09")] {
            let theirs = pair(&line[name]);
            let forward = metres(here.to_datum(datum), theirs);
            assert!(forward < FORWARD, "{name} of {here:?}: {forward} m apart");
            let back = Position::from_datum(theirs.0, theirs.1, datum).unwrap();
            let round_trip = metres((back.lat, back.lon), (lat, lon));
            assert!(round_trip < ROUND_TRIP, "{name} of {here:?}: {round_trip} m off");
        }
    }
}
