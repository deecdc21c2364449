use proptest::prelude::*;

use super::*;

/// Longitude, latitude in WGS-84, then the same in GCJ-02 and BD-09 by gcoord 1.0.7.
const GCOORD: &[[f64; 6]] = &[
    [
        116.391_275_7,
        39.906_217,
        116.397_516_705_3,
        39.907_618_208_5,
        116.403_890_644_6,
        39.913_961_933_9,
    ],
    [121.473_7, 31.230_4, 121.478_223_059_3, 31.228_457_737_6, 121.484_781_468_5, 31.234_310_593_7],
    [113.264_4, 23.129_1, 113.269_729_592_1, 23.126_423_339_9, 113.276_150_751_6, 23.132_711_257_2],
    [87.616_8, 43.825_6, 87.619_649_949_5, 43.826_805_393_1, 87.626_099_770_8, 43.832_949_794_8],
    [91.140_9, 29.645_6, 91.142_429_336_5, 29.642_863_987_4, 91.149_020_387_7, 29.648_593_693_1],
    [126.534_9, 45.803_8, 126.540_940_717_4, 45.805_781_774_7, 126.547_559_618_5, 45.811_395_970_1],
    [109.4, 18.3, 109.404_282_356_0, 18.298_499_818_0, 109.410_800_093_8, 18.304_403_279_3],
    [104.066_8, 30.572_8, 104.069_305_477_2, 30.570_346_141_1, 104.075_782_956_8, 30.576_351_856_2],
    [134.7, 48.3, 134.707_637_628_9, 48.302_338_872_2, 134.714_268_802_1, 48.307_965_810_7],
    [73.6, 39.4, 73.603_067_650_1, 39.399_995_670_8, 73.609_657_632_8, 39.405_864_279_3],
    [112.3, 3.9, 112.304_329_251_4, 3.899_090_514_4, 112.310_822_226_9, 3.905_320_268_9],
    [122.3, 53.5, 122.307_365_331_3, 53.501_943_500_6, 122.313_828_403_6, 53.507_987_458_9],
    [105.0, 35.0, 105.003_286_241_5, 34.999_098_632_2, 105.009_666_828_3, 35.005_403_668_5],
];

fn position(lat: f64, lon: f64) -> Position {
    Position::from_datum(lat, lon, Datum::Wgs84).unwrap()
}

/// The box around all Chinese land and sea.
fn in_china() -> impl Strategy<Value = Position> {
    (3.0..53.6_f64, 73.4..135.1_f64).prop_map(|(lat, lon)| Position { lat, lon })
}

#[test]
fn forward_shifts_agree_with_gcoord() {
    for &[lon, lat, gcj_lon, gcj_lat, bd_lon, bd_lat] in GCOORD {
        let here = position(lat, lon);
        for (datum, expected) in
            [(Datum::Gcj02, (gcj_lat, gcj_lon)), (Datum::Bd09, (bd_lat, bd_lon))]
        {
            let given = here.to_datum(datum);
            assert!((given.0 - expected.0).abs() < 1e-8, "{here:?} {datum:?} {given:?}");
            assert!((given.1 - expected.1).abs() < 1e-8, "{here:?} {datum:?} {given:?}");
        }
    }
}

#[test]
fn the_datums_coincide_outside_the_box_of_china() {
    for (lat, lon) in [(0.0, 0.0), (48.85, 2.35), (0.829, 110.0), (56.0, 110.0), (35.0, 137.9)] {
        for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
            assert_eq!(position(lat, lon).to_datum(datum), (lat, lon));
            assert_eq!(Position::from_datum(lat, lon, datum), Ok(position(lat, lon)));
        }
    }
}

#[test]
fn the_shift_reaches_to_the_border_of_the_box() {
    assert_ne!(position(55.8271, 137.8347).to_datum(Datum::Gcj02), (55.8271, 137.8347));
    assert_ne!(position(0.8293, 72.004).to_datum(Datum::Gcj02), (0.8293, 72.004));
}

#[test]
fn coordinates_off_the_earth_are_refused() {
    let refused = |lat, lon| Position::from_datum(lat, lon, Datum::Gcj02).unwrap_err();
    assert_eq!(refused(f64::NAN, 116.0), PositionError::NotFinite);
    assert_eq!(refused(39.9, f64::INFINITY), PositionError::NotFinite);
    assert_eq!(refused(116.4, 39.9), PositionError::OutOfRange { lat: 116.4, lon: 39.9 });
    assert_eq!(refused(39.9, -180.1), PositionError::OutOfRange { lat: 39.9, lon: -180.1 });
    assert!(Position::from_datum(-90.0, 180.0, Datum::Bd09).is_ok());
}

#[test]
fn the_meridian_where_gcj02_has_a_root_converges() {
    let here = position(35.0, 105.0);
    let (lat, lon) = here.to_datum(Datum::Gcj02);
    let back = Position::from_datum(lat, lon, Datum::Gcj02).unwrap();
    assert!(back.distance_to(here).0 < 0.001);
}

#[test]
fn distance_is_geodesic() {
    // A degree of the equator is a·π/180 by definition; the first degree of a meridian is
    // 110 574.389 m by every table of WGS-84.
    assert!((position(0.0, 0.0).distance_to(position(0.0, 1.0)).0 - 111_319.491).abs() < 0.001);
    assert!((position(0.0, 0.0).distance_to(position(1.0, 0.0)).0 - 110_574.389).abs() < 0.001);
}

#[test]
fn null_island_is_a_missing_fix_only() {
    assert!(position(0.0, -0.0).is_null_island());
    assert!(position(4.9e-324, 4.9e-324).is_null_island());
    assert!(!position(0.0, 116.4).is_null_island());
    assert!(!position(0.001, 0.001).is_null_island());
}

proptest! {
    #[test]
    fn a_round_trip_through_any_datum_ends_within_a_millimetre(here in in_china()) {
        for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
            let (lat, lon) = here.to_datum(datum);
            let back = Position::from_datum(lat, lon, datum).unwrap();
            prop_assert!(back.distance_to(here).0 < 0.001, "{datum:?} {back:?}");
        }
    }

    #[test]
    fn the_datums_differ_inside_china(here in in_china()) {
        let (lat, lon) = here.to_datum(Datum::Gcj02);
        let apart = here.distance_to(position(lat, lon)).0;
        prop_assert!((20.0..2_000.0).contains(&apart), "{apart}");
    }
}
