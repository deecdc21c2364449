use std::net::Ipv4Addr;

use jiff::{SignedDuration, Timestamp};

use super::*;

fn rates(clock: &Clock) -> Rates {
    let settings = RateSettings {
        account_per_second: 2,
        account_burst: 10,
        sign_ins_per_minute: 3,
        refreshes_per_minute: 5,
        links_per_minute: 3,
        guests_per_minute: 4,
        trusted_proxies: Vec::new(),
    };
    Rates::new(&settings, clock)
}

fn clock() -> Clock {
    Clock::by_hand(Timestamp::constant(1_767_225_600, 0))
}

#[test]
fn a_burst_is_taken_and_then_so_many_a_second() {
    let (clock, account) = (clock(), 7);
    let rates = rates(&clock);
    for left in (0..10).rev() {
        let standing = rates.by_account(account).unwrap();
        assert_eq!((standing.left, standing.refused_for_s), (left, None));
    }
    let refused = rates.by_account(account).unwrap();
    assert_eq!((refused.left, refused.refused_for_s, refused.full_in_s), (0, Some(1), 5));
    assert_eq!(rates.by_account(8).unwrap().left, 9, "others are not held back");
    clock.advance(SignedDuration::from_millis(500));
    assert_eq!(rates.by_account(account).unwrap().refused_for_s, None);
    assert_eq!(rates.by_account(account).unwrap().refused_for_s, Some(1));
}

#[test]
fn the_policy_says_what_is_true_in_the_long_run() {
    let standing = rates(&clock()).by_account(7).unwrap();
    assert_eq!((standing.quota, standing.window_s), (10, 5));
    let standing = rates(&clock()).by_address(IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
    assert_eq!((standing.quota, standing.window_s), (3, 60));
}

#[test]
fn one_subscriber_of_ipv6_is_one_address() {
    let clock = clock();
    let rates = rates(&clock);
    let from = |text: &str| rates.by_address(text.parse().unwrap()).unwrap().refused_for_s;
    for address in ["2001:db8::1", "2001:db8::2", "2001:db8::3"] {
        assert_eq!(from(address), None);
    }
    assert_eq!(from("2001:db8::4"), Some(20));
    assert_eq!(from("2001:db8:0:1::1"), None);
    let refreshed = rates.of_refreshes("2001:db8::4".parse().unwrap()).unwrap();
    assert_eq!((refreshed.left, refreshed.refused_for_s), (4, None), "a count of its own");
}

#[test]
fn zero_is_no_limit() {
    let rates = Rates::new(&RateSettings::unlimited(), &clock());
    assert!(rates.by_account(1).is_none());
    assert!(rates.by_address(IpAddr::V4(Ipv4Addr::LOCALHOST)).is_none());
}

#[test]
fn a_flood_of_addresses_takes_no_more_room_and_is_forgotten() {
    let clock = clock();
    let rates = rates(&clock);
    let limit = rates.sign_ins.as_ref().unwrap();
    let shared = usize::try_from(SHARED).unwrap();
    for number in 0..u32::try_from(ROOM + 20 * shared).unwrap() {
        limit.count(IpAddr::V4(Ipv4Addr::from(number)));
    }
    assert!(limit.limiter.len() <= ROOM + shared, "{}", limit.limiter.len());
    let late = limit.count(IpAddr::V4(Ipv4Addr::BROADCAST));
    assert!(late.refused_for_s.is_some(), "latecomers share what the flood has used up");
    clock.advance(SignedDuration::from_secs(121));
    assert_eq!(limit.count(IpAddr::V4(Ipv4Addr::BROADCAST)).refused_for_s, None);
    assert_eq!(limit.limiter.len(), 1);
}

#[test]
fn a_clock_set_back_holds_nobody_up_for_ever() {
    let clock = clock();
    let rates = rates(&clock);
    rates.by_account(7);
    clock.advance(SignedDuration::from_hours(-1));
    assert_eq!(rates.by_account(7).unwrap().refused_for_s, None);
}
