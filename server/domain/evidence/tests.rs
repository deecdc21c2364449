use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

const DISPATCH: Timestamp = Timestamp::constant(1_794_790_800, 0);

fn after(minutes: i64) -> Timestamp {
    DISPATCH + SignedDuration::from_mins(minutes)
}

/// Taken half an hour after the dispatch, 12 m away ± 8 m, camera and device at one.
fn sound() -> AfterPhoto {
    AfterPhoto {
        stored: true,
        compared: true,
        captured_at: after(30),
        camera_at: Some(after(30)),
        distance_m: Some(12.0),
        accuracy_m: Some(8.0),
        camera_distance_m: Some(15.0),
        ..AfterPhoto::default()
    }
}

fn like(issue: i64, own: bool, percent: f64) -> Earlier {
    Earlier { issue, own, same_bytes: false, percent }
}

fn found(photo: &AfterPhoto) -> Vec<(Finding, bool)> {
    let thresholds = Thresholds::default();
    let found = findings(photo, Some(DISPATCH), &thresholds);
    let is_blocking = |finding: &Finding| finding.level(photo, &thresholds) == Level::Blocking;
    found.iter().map(|finding| (*finding, is_blocking(finding))).collect()
}

fn closes(photo: &AfterPhoto) -> Result<(), Rule> {
    holds(std::slice::from_ref(photo), Some(DISPATCH), &Thresholds::default())
}

#[test]
fn nothing_is_found_of_a_sound_photo() {
    assert_eq!(found(&sound()), []);
    assert_eq!(closes(&sound()), Ok(()));
}

#[test]
fn what_is_not_here_or_no_picture_says_nothing_else() {
    let absent = AfterPhoto { stored: false, distance_m: None, ..sound() };
    assert_eq!(found(&absent), [(Finding::NotArrived, true)]);
    assert_eq!(closes(&absent), Err(Rule::Stored));
    let broken = AfterPhoto { unreadable: true, ..sound() };
    assert_eq!(found(&broken), [(Finding::Unreadable, true)]);
    assert_eq!(holds(&[], Some(DISPATCH), &Thresholds::default()), Err(Rule::Stored));
}

#[test]
fn the_device_is_held_to_the_minute_and_the_camera_to_its_clock() {
    let early = AfterPhoto { captured_at: after(-192), camera_at: None, ..sound() };
    let by = SignedDuration::from_mins(192);
    let expected =
        [(Finding::BeforeDispatch(Witness::Device, by), true), (Finding::TimeByDevice, false)];
    assert_eq!(found(&early), expected);
    for (camera, is_early) in [(0, false), (-10, false), (-11, true)] {
        let photo = AfterPhoto { captured_at: after(0), camera_at: Some(after(camera)), ..sound() };
        assert_eq!(closes(&photo).is_err(), is_early, "{camera}");
    }
    let fast = AfterPhoto { camera_at: Some(after(50)), ..sound() };
    assert_eq!(found(&fast), [(Finding::TimesDisagree(SignedDuration::from_mins(20)), false)]);
    assert_eq!(holds(&[sound()], None, &Thresholds::default()), Err(Rule::InTime));
}

#[test]
fn a_distance_is_told_with_its_accuracy() {
    let at = |distance_m, accuracy_m| AfterPhoto {
        distance_m,
        accuracy_m,
        camera_distance_m: None,
        ..sound()
    };
    assert_eq!(found(&at(Some(200.0), None)), []);
    assert_eq!(found(&at(Some(220.0), Some(20.0))), []);
    let far = Finding::TooFar(Witness::Device, 640.0, Some(20.0));
    assert_eq!(found(&at(Some(640.0), Some(20.0))), [(far, true)]);
    assert_eq!(closes(&at(Some(f64::NAN), None)), Err(Rule::Near));
    assert_eq!(found(&at(None, None)), [(Finding::PlaceUnknown, true)]);
    let anywhere = at(Some(10.0), Some(501.0));
    assert_eq!(found(&anywhere), [(Finding::PlaceInaccurate(501.0), true)]);
    let told_by_camera = AfterPhoto { camera_distance_m: Some(20.0), ..anywhere };
    assert_eq!(found(&told_by_camera), []);
}

#[test]
fn the_camera_tells_the_place_where_the_device_does_not() {
    let by_camera = |far| AfterPhoto {
        distance_m: None,
        accuracy_m: None,
        camera_distance_m: Some(far),
        ..sound()
    };
    assert_eq!(found(&by_camera(199.0)), []);
    assert_eq!(found(&by_camera(900.0)), [(Finding::TooFar(Witness::Camera, 900.0, None), true)]);
    let both = AfterPhoto { camera_distance_m: Some(900.0), ..sound() };
    assert_eq!(found(&both), [(Finding::PlacesDisagree(900.0), false)]);
}

#[test]
fn a_copy_from_elsewhere_blocks_sooner_than_one_of_the_same_place() {
    let with = |earlier: Vec<Earlier>| AfterPhoto { earlier, ..sound() };
    let copied = |earlier| Finding::Copied(earlier);
    for (percent, expected) in [(90.0, Some(true)), (89.9, Some(false)), (74.9, None)] {
        let earlier = like(7, false, percent);
        let expected: Vec<_> =
            expected.map(|blocks| (copied(earlier), blocks)).into_iter().collect();
        assert_eq!(found(&with(vec![earlier])), expected, "{percent}");
    }
    let own = like(1, true, 97.0);
    assert_eq!(found(&with(vec![own])), [(copied(own), true)]);
    assert_eq!(found(&with(vec![like(1, true, 96.9)])), [], "the same framing, the problem gone");
    let bytes = Earlier { same_bytes: true, ..like(7, false, 100.0) };
    let several = with(vec![like(7, false, 99.0), bytes, like(9, false, 92.0)]);
    let expected = [(Finding::SeenBefore(bytes), true), (copied(like(9, false, 92.0)), true)];
    assert_eq!(found(&several), expected, "each issue once, by its likest");
    assert_eq!(closes(&several), Err(Rule::Unseen));
    assert_eq!(closes(&with(vec![like(9, false, 92.0)])), Err(Rule::Uncopied));
}

#[test]
fn what_its_finder_fixed_is_held_to_one_visit() {
    let fixed = |minutes: i64| AfterPhoto {
        before_at: Some(after(-60)),
        captured_at: after(-60 + minutes),
        camera_at: Some(after(-60 + minutes)),
        distance_m: None,
        accuracy_m: None,
        camera_distance_m: None,
        ..sound()
    };
    let unknown = (Finding::PlaceUnknown, false);
    assert_eq!(found(&fixed(20)), [unknown], "closed before any dispatch, where the report says");
    let minutes = SignedDuration::from_mins;
    assert_eq!(found(&fixed(-5)), [(Finding::BeforeProblem(minutes(5)), true), unknown]);
    assert_eq!(found(&fixed(241)), [(Finding::AnotherVisit(minutes(241)), true), unknown]);
}

#[test]
fn one_sound_photo_is_enough_and_two_halves_are_none() {
    let thresholds = Thresholds::default();
    let far = AfterPhoto { distance_m: Some(900.0), ..sound() };
    let early = AfterPhoto { captured_at: after(-5), ..sound() };
    let both = [early.clone(), far.clone()];
    assert_eq!(holds(&both, Some(DISPATCH), &thresholds), Err(Rule::Near));
    assert_eq!(holds(&[early, far, sound()], Some(DISPATCH), &thresholds), Ok(()));
}

fn any_photo() -> impl Strategy<Value = AfterPhoto> {
    let metres = || proptest::option::of(0.0..2_000.0);
    let earlier = (0..3_i64, any::<bool>(), any::<bool>(), 50.0..100.0)
        .prop_map(|(issue, own, same_bytes, percent)| Earlier { issue, own, same_bytes, percent });
    (
        (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()),
        (-300..300_i64, proptest::option::of(-300..300_i64)),
        (metres(), metres(), metres()),
        proptest::option::of(-300..300_i64),
        proptest::collection::vec(earlier, 0..3),
    )
        .prop_map(
            |((stored, unreadable, compared, by_link), (at, camera), metres, before, earlier)| {
                AfterPhoto {
                    stored,
                    unreadable,
                    compared,
                    captured_at: after(at),
                    camera_at: camera.map(after),
                    distance_m: metres.0,
                    accuracy_m: metres.1,
                    camera_distance_m: metres.2,
                    before_at: before.map(after),
                    by_link,
                    earlier,
                }
            },
        )
}

proptest! {
    #[test]
    fn an_issue_closes_by_exactly_the_photos_that_nothing_blocks(
        photos in proptest::collection::vec(any_photo(), 0..4),
    ) {
        let is_free = |photo: &AfterPhoto| found(photo).iter().all(|(_, blocks)| !blocks);
        let held = holds(&photos, Some(DISPATCH), &Thresholds::default());
        prop_assert_eq!(held.is_ok(), photos.iter().any(is_free));
    }

    #[test]
    fn stricter_settings_let_nothing_more_through(photo in any_photo(), by in 0.0..1.0_f64) {
        let usual = Thresholds::default();
        let strict = Thresholds {
            within_m: usual.within_m * by,
            accuracy_at_most_m: usual.accuracy_at_most_m * by,
            alike: usual.alike * by,
            own_alike: usual.own_alike * by,
            ..usual
        };
        let photos = [photo];
        if holds(&photos, Some(DISPATCH), &strict).is_ok() {
            prop_assert_eq!(holds(&photos, Some(DISPATCH), &usual), Ok(()));
        }
    }
}

#[test]
fn what_came_by_a_link_closes_and_the_verifier_is_told() {
    let by_link = AfterPhoto { by_link: true, ..sound() };
    assert_eq!(found(&by_link), [(Finding::SentByLink, false)]);
    assert_eq!(closes(&by_link), Ok(()));
}
