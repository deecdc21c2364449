//! Events as the log keeps them.

use super::*;
use crate::capture::PhotoFlag;
use crate::routing::{Because, Criterion, Named, Offering, Sought, Target, Unrouted};

pub(super) fn by_rule() -> Because {
    let named = |bureau: &str| Named { bureau: words(bureau), sought: None };
    Because {
        version: words("2026-11"),
        rule: words("overhead cables"),
        met: vec![(Criterion::Category, words("27"))],
        lead: named("power"),
        cooperating: vec![named("mobile")],
        task: None,
        left_out: Vec::new(),
    }
}

pub(super) fn offering(others_help: bool) -> Offering {
    let named = |bureau: &str| Named { bureau: words(bureau), sought: None };
    let subdistrict = Sought { target: Target::Subdistrict, standard: None };
    Offering {
        version: words("2026-11"),
        offer: words("whose cable"),
        met: vec![(Criterion::Category, words("27"))],
        nobody: Unrouted::NoRule,
        candidates: ["power", "mobile", "unicom"].map(named).to_vec(),
        left_out: Vec::new(),
        within: "2紧急工作时".parse().unwrap(),
        others_help,
        task: others_help.then(|| words("look for your own")),
        otherwise: Some(Named { bureau: words("office-1"), sought: Some(subdistrict) }),
    }
}

fn one_of_each() -> Vec<Event> {
    let (note, photos) = (|| words("a note"), || vec![words("p1"), words("p2")]);
    let reason = DismissReason::OutsideDistrict;
    vec![
        Event::Reported {
            report: words("r1"),
            category: Some(words("27")),
            condition: None,
            blind: true,
        },
        Event::Joined { report: words("r2"), distance_m: 12.625, against_rectification: true },
        Event::Raised { condition: words("27a"), due_at: Some(at(5)), limit: None },
        Event::Filed { category: words("27"), condition: words("27a"), automatic: true },
        Event::Refused { reason, note: note() },
        Event::Unrouted { version: words("2026-11"), because: Unrouted::NoRule },
        Event::Dispatched {
            lead: words("power"),
            cooperating: vec![words("mobile")],
            because: Some(Box::new(by_rule())),
            reason: String::new(),
            due_at: None,
            limit: Some(Box::new(four_hours(at(3)))),
            return_until: at(9),
        },
        offered(offering(true), at(9)),
        Event::Offered {
            candidates: vec![words("power")],
            until: at(9),
            others_help: false,
            otherwise: None,
            because: None,
            reason: note(),
        },
        Event::Claimed { bureau: words("power") },
        Event::ClaimDeclined { bureau: words("power"), reason: note() },
        Event::OfferLapsed { over_at: at(9), all_declined: true },
        Event::Unrouted {
            version: words("2026-11"),
            because: Unrouted::Unclaimed { offer: Some(words("whose cable")) },
        },
        Event::Accepted,
        Event::Returned { reason: ReturnReason::WrongPlace, note: note() },
        Event::Rectified {
            outcome: Outcome::NoLongerThere,
            note: note(),
            photos: photos(),
            check: Some(Box::new(verification::left_out())),
        },
        Event::Asked { wish: Wish::Extension { until: at(9) }, reason: note(), photos: photos() },
        Event::Asked { wish: Wish::Shelving { cost_yuan: 9 }, reason: note(), photos: photos() },
        Event::Endorsed { note: note() },
        Event::Extended { due_at: at(9), note: note() },
        Event::Deferred { until: at(9), stopped_at: at(8), note: note() },
        Event::Shelved { cost_yuan: 9, stopped_at: at(8), review_by: at(9), note: note() },
        Event::Declined { note: note() },
        Event::Reviewed { review_by: at(9), note: note() },
        Event::Resumed {
            due_at: None,
            stages: vec![at(8)],
            return_until: Some(at(9)),
            note: note(),
        },
        Event::Secured { note: note(), photos: photos() },
        Event::SubTaskSet { bureau: words("mobile"), task: note(), due_at: Some(at(9)) },
        Event::PartAccepted { bureau: words("mobile") },
        Event::PartDone { bureau: words("mobile"), note: note(), photos: photos() },
        Event::PartReleased { bureau: words("mobile"), reason: note() },
        Event::Closed { note: note(), photos: photos(), way: Some(Way::Video) },
        Event::Overridden { reason: note() },
        Event::Reopened { note: note(), photos: photos(), way: None },
        Event::Voided { reason, note: note() },
        Event::SelfHandled { photos: vec![words("p")], check: None },
        Event::Checked { note: words("n"), way: Some(Way::Desk) },
        Event::CheckFailed { note: words("n"), way: Some(Way::Desk) },
        Event::LimitRecomputed {
            because: Recomputed::Calendar,
            due_at: at(5),
            first_due_at: at(6),
            limit: Box::new(four_hours(at(3))),
            first_limit: None,
        },
        Event::Released,
        Event::PhotoStored { photo: words("p1"), sha256: "0f".repeat(32) },
        Event::PhotoUnreadable {
            photo: words("p1"),
            sha256: "0f".repeat(32),
            problem: words("truncated"),
        },
        Event::PhotoFlagged {
            photo: words("p1"),
            flags: vec![PhotoFlag::ExifPositionDisagrees, PhotoFlag::ExifOdd],
        },
        Event::Reassigned {
            areas: vec![words("c9"), words("s1")],
            points: vec![NearPoint { code: words("P1"), band: words("core"), distance_m: 84.2 }],
            places: vec![words("compound")],
            flags: vec![words("position-near-border")],
            reference_version: 7,
        },
    ]
}

#[test]
fn every_event_reads_back_as_it_was_written() {
    for event in one_of_each() {
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event, "{text}");
    }
}

/// What is in the log stays in it for years: these words must not change.
#[test]
fn the_words_of_the_log_are_fixed() {
    let kinds: Vec<String> = one_of_each()
        .iter()
        .map(|event| serde_json::to_value(event).unwrap()["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        kinds.join(" "),
        "reported joined raised filed refused unrouted dispatched \
         offered offered claimed claim_declined offer_lapsed unrouted accepted returned rectified \
         asked asked endorsed extended deferred shelved declined reviewed resumed secured \
         sub_task_set part_accepted part_done part_released \
         closed overridden reopened voided self_handled checked \
         check_failed limit_recomputed released photo_stored photo_unreadable photo_flagged reassigned"
    );
    let wish = Wish::Deferral { until: at(0) };
    let asked = Event::Asked { wish, reason: words("r"), photos: Vec::new() };
    assert_eq!(
        serde_json::to_string(&asked).unwrap(),
        r#"{"kind":"asked","wish":"deferral","until":"2027-01-15T08:00:00Z","reason":"r","photos":[]}"#
    );
    let returned = Event::Returned { reason: ReturnReason::NotOurDuty, note: words("n") };
    assert_eq!(
        serde_json::to_string(&returned).unwrap(),
        r#"{"kind":"returned","reason":"not_our_duty","note":"n"}"#
    );
    let flagged =
        Event::PhotoFlagged { photo: words("p1"), flags: vec![PhotoFlag::ExifTimeFuture] };
    assert_eq!(
        serde_json::to_string(&flagged).unwrap(),
        r#"{"kind":"photo_flagged","photo":"p1","flags":["exif-time-future"]}"#
    );
}

#[test]
fn a_stage_is_written_as_its_word() {
    for stage in Stage::ALL {
        assert_eq!(serde_json::to_value(stage).unwrap(), stage.word());
    }
}
