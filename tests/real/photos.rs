//! Every photo that lies beside the repository, sent by an inspector and looked at: what becomes of
//! each is stated here.

use serde_json::Value;
use support::{Picture, TestApp, report};

use super::{data, files};

/// The largest of them is 1.35 MB.
const MAX_PHOTO: u64 = 2 * 1024 * 1024;

/// Each file, and what becomes of it: refused with a code, or a state with its size upright, where the
/// camera says it was, and what is odd.
const OUTCOMES: &[(&str, &str)] = &[
    ("cameras/28-hex_value.jpg", "ready 1704×2272 2008-08-21T06:53:03Z exif-time-disagrees"),
    ("cameras/45-gps_ifd.jpg", "ready 1600×900 2012-06-22T22:55:49Z exif-time-disagrees exif-odd"),
    ("cameras/Canon_40D.jpg", "ready 100×68 2008-05-30T07:56:01Z exif-time-disagrees"),
    ("cameras/Nikon_D70.jpg", "ready 100×66 2008-03-15T01:52:01Z exif-time-disagrees"),
    ("cameras/Pentax_K10D.jpg", "ready 100×72 2008-05-04T08:47:24Z exif-time-disagrees"),
    (
        "cameras/Samsung_Digimax_i50_MP3.jpg",
        "ready 100×75 2006-08-15T09:50:57Z exif-time-disagrees",
    ),
    ("cameras/Sony_HDR-HC3.jpg", "ready 100×64 2007-06-14T20:42:32Z exif-time-disagrees"),
    ("cameras/jolla.jpg", "ready 3264×2448 2014-09-21T08:00:56Z exif-time-disagrees"),
    (
        "gps/DSCN0010.jpg",
        "ready 640×480 43.4674,11.8851 2008-10-23T14:27:07.24Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "gps/DSCN0012.jpg",
        "ready 640×480 43.4672,11.8854 2008-10-23T14:28:17.24Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "gps/DSCN0021.jpg",
        "ready 640×480 43.4671,11.8845 2008-10-23T14:36:47.23Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "gps/DSCN0025.jpg",
        "ready 640×480 43.4684,11.8816 2008-10-23T14:41:49.03Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "gps/DSCN0027.jpg",
        "ready 640×480 43.4684,11.8815 2008-10-23T14:42:29.03Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "gps/DSCN0029.jpg",
        "ready 640×480 43.4682,11.8802 2008-10-23T14:45:20.91Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "gps/DSCN0038.jpg",
        "ready 640×480 43.4673,11.8792 2008-10-23T14:50:40.9Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "gps/DSCN0040.jpg",
        "ready 640×480 43.4660,11.8791 2008-10-23T14:54:00.19Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "gps/DSCN0042.jpg",
        "ready 640×480 43.4645,11.8815 2008-10-23T14:57:41.37Z exif-position-disagrees exif-time-disagrees",
    ),
    (
        "heic/IMG_5195.HEIC",
        "kept 39.0513,-94.2888 2021-04-11T20:47:53.054Z exif-position-disagrees exif-time-disagrees",
    ),
    ("heic/samplefilehub.heif", "kept"),
    ("invalid/30-type_error.jpg", "ready 3872×2403 exif-odd"),
    ("invalid/67-0_length_string.jpg", "ready 4032×2012 51.0250,7.5919 exif-position-disagrees"),
    ("invalid/image00971.jpg", "ready 636×227"),
    ("invalid/image01137.jpg", "ready 88×64"),
    ("invalid/image01980.jpg", "ready 284×25"),
    ("malformed/Bad_badbitcount.bmp", "refused 422 photo-type-mismatch"),
    ("malformed/Bad_clrsUsed.bmp", "refused 422 photo-type-mismatch"),
    ("malformed/Bad_height.bmp", "refused 422 photo-type-mismatch"),
    ("malformed/Bad_reallybig.bmp", "refused 422 photo-type-mismatch"),
    ("malformed/Bad_shortfile.bmp", "refused 422 photo-type-mismatch"),
    ("malformed/Bad_unusual_extend_buffer_usage.bmp", "refused 422 photo-type-mismatch"),
    ("malformed/Bad_width.bmp", "refused 422 photo-type-mismatch"),
    ("orientation/Landscape_0.jpg", "ready 1800×1200 exif-odd"),
    ("orientation/Landscape_1.jpg", "ready 1800×1200"),
    ("orientation/Landscape_2.jpg", "ready 1800×1200"),
    ("orientation/Landscape_3.jpg", "ready 1800×1200"),
    ("orientation/Landscape_4.jpg", "ready 1800×1200"),
    ("orientation/Landscape_5.jpg", "ready 1800×1200"),
    ("orientation/Landscape_6.jpg", "ready 1800×1200"),
    ("orientation/Landscape_7.jpg", "ready 1800×1200"),
    ("orientation/Landscape_8.jpg", "ready 1800×1200"),
];

/// What a manifest would say of the file, by its folder.
fn media_type(name: &str) -> &'static str {
    if name.starts_with("heic/") { "image/heic" } else { "image/jpeg" }
}

/// One line of what became of a photo.
fn outcome(photo: &Value) -> String {
    let mut words = vec![photo["state"].as_str().unwrap().to_owned()];
    words.extend(photo["problem"].as_str().map(str::to_owned));
    if let (Some(width), Some(height)) = (photo["width"].as_i64(), photo["height"].as_i64()) {
        words.push(format!("{width}×{height}"));
    }
    let position = &photo["taken"]["position"];
    if let (Some(lat), Some(lon)) = (position["lat"].as_f64(), position["lon"].as_f64()) {
        words.push(format!("{lat:.4},{lon:.4}"));
    }
    words.extend(photo["taken"]["at"].as_str().map(str::to_owned));
    words.extend(
        photo["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap().into()),
    );
    words.join(" ")
}

#[tokio::test]
#[ignore = "reads real-world data"]
async fn every_real_photo_has_the_outcome_that_is_stated() {
    let town = TestApp::start_with(|config| config.max_photo_bytes = MAX_PHOTO).await;
    let ana = town.inspector("ana");
    let mut found = Vec::new();
    for folder in ["cameras", "gps", "heic", "invalid", "malformed", "orientation"] {
        for path in files(&format!("photos/{folder}")) {
            let name = path.strip_prefix(data("photos")).unwrap().to_string_lossy().into_owned();
            let picture = Picture::of(std::fs::read(&path).unwrap(), media_type(&name));
            let draft = report().at(town.spot(found.len())).picture(&picture);
            let issue = ana.submits(&draft).await.issue();
            let sent = ana.uploads(&picture).await;
            let became = match sent.said() {
                (200..300, _) => {
                    town.looks_at_photos().await;
                    let seen = ana.sees(issue).await;
                    let reports = seen["reports"].as_array().unwrap();
                    let photos = reports.iter().flat_map(|one| one["photos"].as_array().unwrap());
                    let sha256 = picture.sha256();
                    let own = photos.into_iter().find(|one| one["sha256"] == sha256.as_str());
                    outcome(own.unwrap())
                }
                (status, code) => format!("refused {status} {code}"),
            };
            found.push((name, became));
        }
    }
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, OUTCOMES);
}
