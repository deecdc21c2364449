use super::*;
use jiff::tz::{TimeZone, offset};

fn calendar() -> Calendar {
    let hours = vec![(time(8, 0, 0, 0), time(12, 0, 0, 0)), (time(14, 0, 0, 0), time(18, 0, 0, 0))];
    Calendar::new(TimeZone::fixed(offset(8)), hours).unwrap()
}

fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

/// A Tuesday.
fn meeting() -> Meeting {
    Meeting::at(at("2026-11-24T08:30:00"), &calendar())
}

fn issue(stage: Stage, reported_at: &str, due_at: Option<&str>) -> Stand {
    Stand { stage, reported_at: at(reported_at), due_at: due_at.map(at) }
}

fn figures(issue: &Stand) -> Vec<Figure> {
    let meeting = meeting();
    Figure::ALL.into_iter().filter(|figure| figure.counts(issue, &meeting)).collect()
}

#[test]
fn new_is_what_came_since_the_meeting_of_the_working_day_before() {
    let calendar = calendar();
    let since = |now: &str| Meeting::at(at(now), &calendar).since;
    assert_eq!(since("2026-11-24T08:30:00"), at("2026-11-23T08:30:00"));
    assert_eq!(since("2026-11-24T23:59:59"), at("2026-11-23T08:30:00"), "all day the same");
    assert_eq!(
        since("2026-11-23T00:00:00"),
        at("2026-11-20T08:30:00"),
        "a Monday tells of Friday on"
    );
    assert_eq!(since("2026-11-22T10:00:00"), at("2026-11-20T08:30:00"), "and so does the Sunday");
}

#[test]
fn a_holiday_and_a_make_up_day_move_the_meeting_before() {
    let mut calendar = calendar();
    let date = |day: &str| day.parse::<Date>().unwrap();
    calendar.declare_year(2026, [(date("2026-11-23"), true), (date("2026-11-22"), false)]);
    let since = |now: &str| Meeting::at(at(now), &calendar).since;
    assert_eq!(since("2026-11-24T08:30:00"), at("2026-11-22T08:30:00"));
    // However long a holiday is, there is an answer.
    let off = (1..=30).map(|day| (Date::new(2026, 11, day).unwrap(), true));
    calendar.declare_year(2026, off);
    let since = Meeting::at(at("2026-11-30T08:30:00"), &calendar).since;
    assert!(since < at("2026-11-01T00:00:00") || since == at("2026-11-29T08:30:00"));
}

#[test]
fn today_ends_where_tomorrow_begins() {
    assert_eq!(meeting().tomorrow, at("2026-11-25T00:00:00"));
    let due = |limit: &str| figures(&issue(Stage::Accepted, "2026-11-01T00:00:00", Some(limit)));
    assert_eq!(due("2026-11-24T08:29:59"), [Figure::Overdue]);
    assert_eq!(due("2026-11-24T08:30:00"), [Figure::DueToday]);
    assert_eq!(due("2026-11-24T23:59:59"), [Figure::DueToday]);
    assert_eq!(due("2026-11-25T00:00:00"), []);
}

#[test]
fn only_whoever_owes_work_is_late() {
    let late = |stage| figures(&issue(stage, "2026-11-01T00:00:00", Some("2026-11-20T00:00:00")));
    assert_eq!(late(Stage::Dispatched), [Figure::Overdue]);
    assert_eq!(late(Stage::Reopened), [Figure::Overdue]);
    assert_eq!(late(Stage::Returned), [Figure::Overdue, Figure::Returned], "its clock runs on");
    assert_eq!(
        late(Stage::Rectified),
        [Figure::RectifiedWaiting],
        "whoever verifies is waited for"
    );
    for ended in Stage::ALL.into_iter().filter(|stage| !stage.is_open()) {
        assert_eq!(late(ended), [], "{ended:?}");
    }
}

#[test]
fn new_counts_what_was_closed_since_and_leaves_out_what_left_the_figures() {
    let today = |stage| figures(&issue(stage, "2026-11-24T07:00:00", None));
    assert_eq!(today(Stage::Closed), [Figure::New]);
    assert_eq!(today(Stage::Filed), [Figure::New, Figure::Unrouted]);
    assert_eq!(today(Stage::Void), []);
    assert_eq!(today(Stage::Refused), []);
    assert_eq!(figures(&issue(Stage::Closed, "2026-11-23T08:29:59", None)), []);
    assert_eq!(figures(&issue(Stage::Closed, "2026-11-23T08:30:00", None)), [Figure::New]);
}

#[test]
fn counts_are_those_of_each_figure() {
    let meeting = meeting();
    let issues = [
        issue(Stage::Filed, "2026-11-24T07:00:00", None),
        issue(Stage::Accepted, "2026-11-24T07:00:00", Some("2026-11-24T10:00:00")),
        issue(Stage::Returned, "2026-11-01T07:00:00", Some("2026-11-02T10:00:00")),
        issue(Stage::Rectified, "2026-11-01T07:00:00", Some("2026-11-02T10:00:00")),
    ];
    let mut counts = Counts::default();
    assert!(counts.is_empty());
    for issue in &issues {
        counts.add(issue, &meeting);
    }
    let Counts { new, due_today, overdue, unrouted, returned, rectified_waiting } = counts;
    assert_eq!((new, due_today, overdue), (2, 1, 1));
    assert_eq!((unrouted, returned, rectified_waiting), (1, 1, 1));
}

#[test]
fn the_countdown_ends_on_the_day_itself() {
    let date = |day: &str| day.parse::<Date>().unwrap();
    let left = |today, on| days_left(date(today), date(on));
    assert_eq!(left("2026-11-24", "2026-11-24"), Some(0));
    assert_eq!(left("2026-11-24", "2026-11-25"), Some(1));
    assert_eq!(left("2026-11-24", "2027-03-01"), Some(97));
    assert_eq!(left("2026-11-24", "2026-11-23"), None);
}
