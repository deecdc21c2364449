use futures_util::FutureExt;

use super::*;

fn heard(max_waiting: usize, max_waiting_per_account: usize) -> Arc<Heard> {
    Arc::new(Heard::new(&ChangeSettings { keep_days: 0, max_waiting, max_waiting_per_account }))
}

fn audiences(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn waits(heard: &Arc<Heard>, account: i64, names: &[&str]) -> Place {
    heard.wait(account, Uuid::from_u128(account.unsigned_abs().into()), audiences(names)).unwrap()
}

fn news(seq: i64, to: &[&str]) -> News {
    News { seq, to: Some(to.iter().map(|&name| name.to_owned()).collect()) }
}

#[test]
fn only_those_it_is_for_are_woken() {
    let heard = heard(9, 9);
    let one = waits(&heard, 1, &["area:1", "person:1"]);
    let other = waits(&heard, 2, &["area:2"]);
    heard.hear(&news(5, &["area:1", "person:1", "bureau:x"]));
    heard.hear(&news(4, &["area:1"]));
    assert_eq!(one.woken().now_or_never(), Some(Wake::News(Some(5))), "both as one");
    assert_eq!(one.woken().now_or_never(), None);
    assert_eq!(other.woken().now_or_never(), None);
    assert_eq!(heard.wakes(), 2);
    heard.hear(&News::for_anybody());
    assert_eq!(other.woken().now_or_never(), Some(Wake::News(None)));
}

#[test]
fn an_account_that_changed_wakes_its_own() {
    let heard = heard(9, 9);
    let (one, other) = (waits(&heard, 1, &["a"]), waits(&heard, 2, &["a"]));
    heard.account_changed(1);
    heard.session_changed(Uuid::from_u128(3));
    assert_eq!(one.woken().now_or_never(), Some(Wake::Account));
    assert_eq!(other.woken().now_or_never(), None);
    heard.session_changed(Uuid::from_u128(2));
    assert_eq!(other.woken().now_or_never(), Some(Wake::Account));
    assert_eq!(one.woken().now_or_never(), None);
}

#[test]
fn places_are_counted_and_given_back() {
    let heard = heard(3, 2);
    let first = waits(&heard, 1, &["a"]);
    let _second = waits(&heard, 1, &["a"]);
    let refused = heard.wait(1, Uuid::nil(), Vec::new());
    assert!(matches!(refused, Err(Error::WaitingTooMany { most: 2 })));
    let third = waits(&heard, 2, &["b"]);
    let refused = heard.wait(3, Uuid::nil(), Vec::new());
    assert!(matches!(refused, Err(Error::WaitingFull)));
    drop((first, third));
    assert_eq!(heard.count(), 1);
    assert_eq!(heard.lock().by_audience.keys().collect::<Vec<_>>(), ["a"]);
    drop(waits(&heard, 3, &["b"]));
}

#[test]
fn news_that_comes_before_the_wait_is_not_lost() {
    let heard = heard(9, 9);
    let place = waits(&heard, 1, &["a"]);
    heard.hear(&news(1, &["a"]));
    assert_eq!(place.woken().now_or_never(), Some(Wake::News(Some(1))));
    // As if it had waited, been woken and found another reason first.
    heard.hear(&news(2, &["a"]));
    heard.account_changed(1);
    assert_eq!(place.woken().now_or_never(), Some(Wake::Account));
    assert_eq!(place.woken().now_or_never(), Some(Wake::News(Some(2))));
}
