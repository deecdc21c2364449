//! What the rules owe, and that it is the same however often it is looked for.

use std::collections::BTreeMap;

use jiff::civil::{Time, date};
use jiff::tz::TimeZone;

use super::*;
use crate::deadline::Calendar;
use crate::workflow::{IssueState, Stage};

fn calendar() -> Calendar {
    let clock = |hour| Time::new(hour, 0, 0, 0).unwrap();
    let hours = vec![(clock(8), clock(12)), (clock(14), clock(18))];
    let mut calendar = Calendar::new(TimeZone::get("Asia/Shanghai").unwrap(), hours).unwrap();
    calendar.declare_year(2027, [(date(2027, 1, 1), true)]);
    calendar
}

/// An issue of bureau `a`, dispatched at minute 0, with this limit.
fn issue(due: i64) -> IssueState {
    let mut state = IssueState::new(at(0));
    state.stage = Stage::Dispatched;
    state.lead = Some("a".to_owned());
    (state.dispatched_at, state.due_at) = (Some(at(0)), Some(at(due)));
    state
}

fn owed_at(states: &[(i64, IssueState, Vec<Timestamp>)], minute: i64) -> Vec<OwedCard> {
    let dispatch = Some(Dispatch { n: 3, at: at(0) });
    let issues: Vec<OwingIssue<'_>> = states
        .iter()
        .map(|(issue, state, failed_at)| OwingIssue { issue: *issue, state, dispatch, failed_at })
        .collect();
    due_cards(&issues, &CardRules::default(), &calendar(), at(minute))
}

fn keys(owed: &[OwedCard]) -> Vec<&str> {
    owed.iter().map(|card| card.key.as_str()).collect()
}

const DAY: i64 = 24 * 60;

#[test]
fn each_step_of_the_ladder_is_owed_once_its_time_has_come() {
    let mut accepted = issue(60);
    accepted.stage = Stage::Accepted;
    let states = [(7, accepted, Vec::new())];
    assert_eq!(keys(&owed_at(&states, 60 + DAY - 1)), Vec::<&str>::new());
    assert_eq!(keys(&owed_at(&states, 60 + DAY)), ["rule/overdue-1d/7/0"]);
    let week = owed_at(&states, 60 + 8 * DAY);
    let ladder = ["rule/overdue-1d/7/0", "rule/overdue-3d/7/0", "rule/overdue-7d/7/0"];
    assert_eq!(keys(&week), ladder);
    assert_eq!(week[1].at, at(60 + 3 * DAY), "dated by when it came true");
    assert_eq!((week[1].bureau.as_str(), &week[1].issues[..]), ("a", &[7][..]));
}

#[test]
fn nobody_is_late_while_somebody_else_has_to_look() {
    let mut rectified = issue(60);
    rectified.stage = Stage::Rectified;
    rectified.rectified_at = Some(at(60 + DAY - 1));
    assert!(owed_at(&[(7, rectified.clone(), Vec::new())], 60 + 9 * DAY).is_empty());
    rectified.rectified_at = Some(at(60 + DAY));
    let late = owed_at(&[(7, rectified, Vec::new())], 60 + 9 * DAY);
    assert_eq!(keys(&late), ["rule/overdue-1d/7/0"]);
    let mut closed = issue(60);
    closed.stage = Stage::Closed;
    assert!(owed_at(&[(7, closed, Vec::new())], 60 + 9 * DAY).is_empty());
}

#[test]
fn what_is_blind_or_nobodys_is_on_no_card() {
    let mut blind = issue(60);
    blind.blind = true;
    let mut unrouted = issue(60);
    unrouted.lead = None;
    let failed = vec![at(1), at(2), at(3)];
    let states = [(7, blind, failed.clone()), (8, unrouted, failed)];
    assert!(owed_at(&states, 60 + 9 * DAY).is_empty());
}

#[test]
fn an_extension_is_another_limit_and_a_later_dispatch_another_wait() {
    let mut state = issue(60);
    state.stage = Stage::Accepted;
    state.extensions = 1;
    assert_eq!(keys(&owed_at(&[(7, state, Vec::new())], 60 + DAY)), ["rule/overdue-1d/7/1"]);
    let waiting = owed_at(&[(7, issue(90 * DAY), Vec::new())], DAY);
    assert_eq!(keys(&waiting), ["rule/unacknowledged-1d/7/3"]);
}

#[test]
fn rework_counts_by_the_failures() {
    let mut again = issue(90 * DAY);
    again.stage = Stage::Reopened;
    assert!(owed_at(&[(7, again.clone(), vec![at(5)])], 10).is_empty());
    let twice = owed_at(&[(7, again, vec![at(5), at(9), at(12)])], 20);
    assert_eq!((keys(&twice), twice[0].at), (vec!["rule/rework-2/7/0"], at(9)));
}

#[test]
fn a_bureau_is_on_one_card_for_the_week_in_which_its_tenth_ran_over() {
    let mut states: Vec<(i64, IssueState, Vec<Timestamp>)> = Vec::new();
    for n in 0..12 {
        let mut state = issue(60 + n);
        state.stage = Stage::Accepted;
        states.push((n, state, Vec::new()));
    }
    let bureaus = |minute| {
        let mut owed = owed_at(&states, minute);
        owed.retain(|card| card.trigger == Trigger::OverdueInWeek);
        owed
    };
    assert!(bureaus(69).is_empty(), "the tenth is due at 69 and late after it");
    for minute in [70, 100, 9 * DAY] {
        let week = bureaus(minute);
        assert_eq!(keys(&week), ["rule/week-10/a/2027-01-11"]);
        assert_eq!((week[0].at, week[0].issues.len()), (at(69), 10));
    }
}

proptest! {
    /// However a time is cut into sweeps, and however long each pause is: the same drafts with the same dates.
    #[test]
    fn any_partition_of_sweeps_drafts_the_same(
        dues in prop::collection::vec((1_i64..5 * DAY, 0_usize..4, any::<bool>()), 1..25),
        cuts in prop::collection::btree_set(0_i64..12 * DAY, 0..30),
    ) {
        let states: Vec<(i64, IssueState, Vec<Timestamp>)> = (1..)
            .zip(dues)
            .map(|(id, (due, failures, accepted))| {
                let mut state = issue(due);
                if accepted {
                    state.stage = Stage::Accepted;
                }
                let failed = (0..failures).map(|n| at(0) + i64::try_from(n).unwrap().hours());
                (id, state, failed.collect())
            })
            .collect();
        let end = 12 * DAY;
        let mut swept: BTreeMap<String, OwedCard> = BTreeMap::new();
        for minute in cuts.into_iter().chain([end]) {
            for card in owed_at(&states, minute) {
                prop_assert!(card.at <= at(minute));
                // What is known by its key is not drafted again.
                swept.entry(card.key.clone()).or_insert(card);
            }
        }
        let at_once: BTreeMap<String, OwedCard> =
            owed_at(&states, end).into_iter().map(|card| (card.key.clone(), card)).collect();
        prop_assert_eq!(swept, at_once);
    }
}

#[test]
fn a_sweep_owes_nothing_before_its_time() {
    let long = SignedDuration::from_hours(24 * 400);
    let mut state = issue(0);
    state.due_at = Some(Timestamp::MAX);
    state.stage = Stage::Accepted;
    let late = at(0).checked_add(long).unwrap();
    let view = OwingIssue { issue: 1, state: &state, dispatch: None, failed_at: &[] };
    assert!(due_cards(&[view], &CardRules::default(), &calendar(), late).is_empty());
}
