use super::*;
use crate::accounts::tests::Town;

const NOW: Timestamp = Timestamp::constant(1_767_225_600, 0);
const FRESH: Failures = Failures { count: 0, last_at: NOW, locked_until: None };

fn settings() -> SignInSettings {
    SignInSettings { lock_after: 3, lock_minutes: 10, ..SignInSettings::default() }
}

/// So many failures, each as soon as it is taken; the lengths of the locks between, in minutes.
fn locks(failures: i64) -> Vec<i64> {
    let (mut known, mut now, mut locks) = (FRESH, NOW, Vec::new());
    for _ in 0..failures {
        known = counted(known, &settings(), now).unwrap();
        if let Some(until) = known.locked_until {
            locks.push(until.duration_since(now).as_mins());
            now = until;
        }
    }
    locks
}

#[test]
fn each_lock_is_twice_as_long_as_the_one_before_up_to_a_day() {
    assert_eq!(locks(2), [0; 0]);
    assert_eq!(locks(3), [10]);
    assert_eq!(locks(5), [10]);
    assert_eq!(locks(27), [10, 20, 40, 80, 160, 320, 640, 1280, 1440]);
    assert_eq!(lock(3 * 1_000_000, &settings()), Some(LONGEST));
}

#[test]
fn while_it_is_locked_nothing_is_counted_and_the_time_left_is_told() {
    let locked =
        Failures { count: 3, locked_until: Some(NOW + SignedDuration::from_mins(10)), ..FRESH };
    let later = NOW + SignedDuration::from_millis(1);
    let told = counted(locked, &settings(), later);
    assert!(matches!(told, Err(Error::SignInLocked { seconds: 600 })), "rounded up");
    let over = NOW + SignedDuration::from_mins(10);
    assert_eq!(counted(locked, &settings(), over).unwrap().count, 4);
}

#[test]
fn a_quiet_day_after_the_lock_forgets() {
    let until = NOW + SignedDuration::from_mins(10);
    let locked = Failures { count: 3, locked_until: Some(until), ..FRESH };
    let almost = until + FORGOTTEN - SignedDuration::from_micros(1);
    assert_eq!(counted(locked, &settings(), almost).unwrap().count, 4);
    assert_eq!(counted(locked, &settings(), until + FORGOTTEN).unwrap().count, 1);
}

#[test]
fn without_a_limit_nothing_is_locked() {
    let open = SignInSettings { lock_after: 0, ..settings() };
    let many = Failures { count: 1_000, ..FRESH };
    assert_eq!(counted(many, &open, NOW).unwrap().locked_until, None);
}

#[test]
fn a_login_is_counted_in_the_form_it_is_kept_in() {
    assert_eq!(login_hash(" Ana "), login_hash("ana"));
    assert_ne!(login_hash("ana"), login_hash("bo"));
}

impl Town {
    async fn known(&self, login: &str) -> Failures {
        let (hash, now) = (login_hash(login), self.app.clock.now());
        let find = move |conn: &mut Conn| sign_in_failures::find_held(conn, &hash, now);
        self.app.db.write(find).await.unwrap()
    }

    async fn takes_back(&self, attempt: &Attempt) {
        let (attempt, now) = (attempt.clone(), self.app.clock.now());
        self.app.db.write(move |conn| attempt.take_back(conn, now)).await.unwrap();
    }
}

#[actix_web::test]
async fn what_is_taken_back_counts_no_more_and_those_before_it_do() {
    let town = Town::new().await;
    for _ in 0..4 {
        Attempt::begin(&town.app, "ana").await.unwrap();
    }
    let fifth = Attempt::begin(&town.app, "ana").await.unwrap();
    assert!(town.known("ana").await.locked_until.is_some(), "until it is known better");
    town.takes_back(&fifth).await;
    let known = town.known("ana").await;
    assert_eq!((known.count, known.locked_until), (4, None));
    let first = Attempt::begin(&town.app, "bo").await.unwrap();
    town.takes_back(&first).await;
    assert_eq!(town.known("bo").await.count, 0);
}

#[actix_web::test]
async fn of_many_at_once_so_many_begin() {
    let town = Town::new().await;
    let attempts = (0..40).map(|_| Attempt::begin(&town.app, "ana"));
    let begun = futures_util::future::join_all(attempts).await;
    assert_eq!(begun.iter().filter(|attempt| attempt.is_ok()).count(), 5);
}
