//! A spreadsheet export from another province, in GBK, with headers of its own: every row that lies
//! elsewhere is refused, each with its reason.

use std::collections::BTreeMap;
use std::path::Path;

use domain::surroundings::PointKind;
use zhoubian::import::{FileKind, Options, Source};

use crate::intake;
use crate::measure::Outcome;
use crate::measure::database::Own;

const FILE: &str = "points/hainan_wgs84_gbk.csv";
const RADIUS_M: f64 = 1_000.0;

/// Offers the file; gives what is not as it should be.
pub fn offer(own: &Own, real: &Path) -> Outcome<Vec<String>> {
    let path = real.join(FILE);
    let columns = [("lon", "经度_84"), ("lat", "纬度_84"), ("name", "名称")];
    let options = Options {
        kind: Some(PointKind::School),
        radius_m: Some(RADIUS_M),
        columns: columns.map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned())).to_vec(),
        derive_codes: true,
        ..Options::default()
    };
    // What means something to CSV is the same byte in GBK.
    let rows = csv::Reader::from_path(&path)?.into_byte_records().count();
    let name = path.display().to_string();
    let source = Source { kind: FileKind::Points, name, bytes: Vec::new(), options };
    let said = intake::import(own, &[source], &[])?;
    let mut why: BTreeMap<&str, usize> = BTreeMap::new();
    for line in said.refused() {
        let outside =
            if line.contains("outside") { "lies outside" } else { "says no position on Earth" };
        *why.entry(outside).or_default() += 1;
    }
    let refused: usize = why.values().sum();
    println!(
        "  {rows} rows of Hainan: {refused} refused: {why:?}; {} lie in Beijing",
        rows - refused
    );
    let mut faults = Vec::new();
    if said.is_whole || refused * 100 < rows * 99 {
        faults.push(format!("of {rows} rows of Hainan only {refused} were refused"));
    }
    Ok(faults)
}
