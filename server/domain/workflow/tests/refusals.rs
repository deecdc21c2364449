//! One test per rule that refuses, named as the rule is.

use super::*;

fn filed() -> Life {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life
}

fn dispatched() -> Life {
    let mut life = filed();
    life.later(10).does(&office(), &dispatch("power", &["mobile"])).unwrap();
    life
}

fn rectified() -> Life {
    let mut life = dispatched();
    life.later(20).does(&of_bureau("power"), &Command::Accept).unwrap();
    life.later(30).does(&of_bureau("power"), &rectify()).unwrap();
    life.with_photo(25, 12.0);
    life
}

/// It is refused by that rule, and neither the log nor the state has moved.
#[track_caller]
fn refused(life: &mut Life, actor: &Actor, command: &Command, rule: Refusal) {
    let (state, entries) = (life.state.clone(), life.log.len());
    assert_eq!(life.does(actor, command), Err(rule));
    assert_eq!((&life.state, life.log.len()), (&state, entries));
}

#[test]
fn wrong_stage() {
    let reported = Refusal::WrongStage(Stage::Reported);
    refused(&mut Life::new(false), &of_bureau("power"), &Command::Accept, reported);
    refused(&mut Life::new(false), &office(), &dispatch("power", &[]), reported);
    refused(&mut filed(), &office(), &file(), Refusal::WrongStage(Stage::Filed));
    refused(&mut filed(), &office(), &Command::Release, Refusal::WrongStage(Stage::Filed));
    let dispatched_only = Refusal::WrongStage(Stage::Dispatched);
    refused(&mut dispatched(), &of_bureau("power"), &rectify(), dispatched_only);
    refused(&mut dispatched(), &inspector(), &verify(true), dispatched_only);
}

#[test]
fn wrong_stage_once_it_is_over() {
    let mut life = Life::new(true);
    let note = words("nothing there");
    let reason = DismissReason::FalseAlarm;
    life.does(&office(), &Command::Refuse { reason, note: note.clone() }).unwrap();
    let over = Refusal::WrongStage(Stage::Refused);
    refused(&mut life, &office(), &Command::Release, over);
    refused(&mut life, &office(), &Command::Void { reason, note }, over);
    refused(&mut life, &office(), &file(), over);
}

#[test]
fn not_lead() {
    refused(&mut dispatched(), &of_bureau("mobile"), &Command::Accept, Refusal::NotLead);
    refused(&mut dispatched(), &of_bureau("water"), &give_back(), Refusal::NotLead);
    refused(&mut dispatched(), &office(), &Command::Accept, Refusal::NotLead);
    let adrift = person(3, Role::Bureau, None);
    refused(&mut dispatched(), &adrift, &Command::Accept, Refusal::NotLead);
    let mut accepted = dispatched();
    accepted.does(&of_bureau("power"), &Command::Accept).unwrap();
    refused(&mut accepted, &of_bureau("mobile"), &rectify(), Refusal::NotLead);
}

#[test]
fn blind() {
    let mut life = Life::new(true);
    life.does(&office(), &file()).unwrap();
    refused(&mut life, &office(), &dispatch("power", &[]), Refusal::Blind);
}

#[test]
fn return_window_over() {
    let power = of_bureau("power");
    let mut life = dispatched();
    life.facts.now = at(131);
    refused(&mut life, &power, &give_back(), Refusal::ReturnWindowOver);
    life.facts.now = at(130);
    life.does(&power, &give_back()).unwrap();
}

#[test]
fn returns_spent() {
    let power = of_bureau("power");
    let mut life = filed();
    for _ in 0..RETURNS_ALLOWED {
        life.does(&office(), &dispatch("power", &[])).unwrap();
        life.does(&power, &give_back()).unwrap();
    }
    life.does(&office(), &dispatch("power", &[])).unwrap();
    refused(&mut life, &power, &give_back(), Refusal::ReturnsSpent);
}

#[test]
fn reason_missing() {
    let reason = DismissReason::FalseAlarm;
    let blank = || words(" \n");
    let wordless = Command::Refuse { reason, note: blank() };
    refused(&mut Life::new(false), &office(), &wordless, Refusal::ReasonMissing);
    let wordless = Command::Void { reason, note: blank() };
    refused(&mut filed(), &office(), &wordless, Refusal::ReasonMissing);
    let wordless = Command::Return { reason: ReturnReason::Gone, note: blank() };
    refused(&mut dispatched(), &of_bureau("power"), &wordless, Refusal::ReasonMissing);
    let wordless = Command::Override { reason: blank() };
    refused(&mut rectified(), &office(), &wordless, Refusal::ReasonMissing);
    let wordless = Command::Verify { passed: false, note: blank(), photos: Vec::new(), way: None };
    refused(&mut rectified(), &inspector(), &wordless, Refusal::ReasonMissing);
    let wordless = Command::Dispatch {
        lead: words("power"),
        cooperating: Vec::new(),
        because: None,
        reason: blank(),
    };
    refused(&mut filed(), &office(), &wordless, Refusal::ReasonMissing);
}

#[test]
fn after_photo_missing() {
    let mut life = dispatched();
    life.does(&of_bureau("power"), &Command::Accept).unwrap();
    let bare = Command::Rectify {
        outcome: Outcome::NoLongerThere,
        note: words("gone"),
        photos: Vec::new(),
    };
    refused(&mut life, &of_bureau("power"), &bare, Refusal::AfterPhotoMissing);
}

#[test]
fn after_photo_not_stored() {
    let mut life = rectified();
    life.facts.after_photos[0].stored = false;
    refused(&mut life, &inspector(), &verify(true), Refusal::AfterPhotoNotStored);
    life.facts.after_photos.clear();
    refused(&mut life, &inspector(), &verify(true), Refusal::AfterPhotoNotStored);
    life.does(&inspector(), &verify(false)).unwrap();
}

#[test]
fn after_photo_unreadable() {
    let mut life = rectified();
    life.facts.after_photos[0].unreadable = true;
    refused(&mut life, &inspector(), &verify(true), Refusal::AfterPhotoUnreadable);
    let sound = AfterPhoto { unreadable: false, ..life.facts.after_photos[0].clone() };
    life.facts.after_photos.push(sound);
    life.does(&inspector(), &verify(true)).unwrap();
}

#[test]
fn after_photo_seen_before() {
    let mut life = rectified();
    let earlier = Earlier { issue: 7, own: false, same_bytes: true, percent: 100.0 };
    life.facts.after_photos[0].earlier = vec![earlier];
    refused(&mut life, &inspector(), &verify(true), Refusal::AfterPhotoSeenBefore);
    life.facts.after_photos[0].earlier = vec![Earlier { same_bytes: false, ..earlier }];
    refused(&mut life, &inspector(), &verify(true), Refusal::AfterPhotoCopied);
    life.with_photo(25, 12.0).does(&inspector(), &verify(true)).unwrap();
}

#[test]
fn after_photo_too_early() {
    let mut life = rectified();
    life.with_photo(9, 12.0);
    refused(&mut life, &inspector(), &verify(true), Refusal::AfterPhotoTooEarly);
    life.with_photo(10, 12.0).does(&inspector(), &verify(true)).unwrap();
}

#[test]
fn after_photo_too_far() {
    let mut life = rectified();
    for distance_m in [None, Some(200.5), Some(f64::NAN)] {
        life.facts.after_photos[0].distance_m = distance_m;
        refused(&mut life, &inspector(), &verify(true), Refusal::AfterPhotoTooFar);
    }
    // One near and one in time are not one photo that is both.
    life.facts.after_photos[0].distance_m = Some(500.0);
    let early = AfterPhoto {
        captured_at: at(1),
        distance_m: Some(1.0),
        ..life.facts.after_photos[0].clone()
    };
    life.facts.after_photos.push(early);
    refused(&mut life, &inspector(), &verify(true), Refusal::AfterPhotoTooFar);
    life.with_photo(25, 200.0).does(&inspector(), &verify(true)).unwrap();
}

#[test]
fn verifier_rectified() {
    // The same person, moved from the bureau to the inspectors in between.
    let moved = person(of_bureau("power").account, Role::Inspector, None);
    refused(&mut rectified(), &moved, &verify(true), Refusal::VerifierRectified);
    refused(&mut rectified(), &moved, &verify(false), Refusal::VerifierRectified);
}

#[test]
fn verifier_of_bureau() {
    for bureau in ["power", "mobile"] {
        let colleague = person(9, Role::Bureau, Some(bureau));
        refused(&mut rectified(), &colleague, &verify(true), Refusal::VerifierOfBureau);
    }
    let mut life = filed();
    life.does(&office(), &dispatch("water", &[])).unwrap();
    life.does(&office(), &dispatch("power", &[])).unwrap();
    life.does(&of_bureau("power"), &Command::Accept).unwrap();
    life.does(&of_bureau("power"), &rectify()).unwrap();
    let once_on_it = person(9, Role::Bureau, Some("water"));
    refused(&mut life, &once_on_it, &verify(true), Refusal::VerifierOfBureau);
}
