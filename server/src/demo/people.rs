//! Who signs in to the demo: inspectors, supervisors, the office, one account a bureau, an
//! administrator. Passwords are set elsewhere.

use domain::access::Role;

/// Column `code` of this table names the bureau accounts.
const BUREAUS: &str = include_str!("bureaus.csv");

/// Digits that every subdistrict's area code begins with.
const DISTRICT_PREFIX: &str = "429901";

/// The rest of a subdistrict's area code, by how it is called.
const DONGGUAN: &str = "001000";
const XICHENG: &str = "002000";
const NANHU: &str = "003000";
const BEIYUAN: &str = "004000";
const XINHUA: &str = "005000";
const BINHE: &str = "006000";
const ZHANQIAN: &str = "007000";
const LIULIN: &str = "100000";
const SHIQIAO: &str = "101000";

/// Neighbouring subdistricts that one inspector covers. Two inspectors share each of the
/// thirteen: one on the early shift, one on the late.
const BEATS: [&[&str]; 13] = [
    &[XINHUA, DONGGUAN],
    &[XINHUA, XICHENG],
    &[XINHUA, NANHU],
    &[XINHUA, BEIYUAN],
    &[DONGGUAN, ZHANQIAN],
    &[DONGGUAN, NANHU],
    &[ZHANQIAN, BEIYUAN],
    &[BEIYUAN, XICHENG],
    &[XICHENG, BINHE],
    &[BINHE, NANHU],
    &[BINHE, XINHUA, ZHANQIAN],
    &[LIULIN, XICHENG, BEIYUAN],
    &[SHIQIAO, NANHU, BINHE],
];

/// Logins of the creation office 创城办: general, intake 受理员, dispatch 派遣员, watch leader
/// 值班长, declaration material 资料组, publicity 宣传.
const OFFICE: [&str; 9] = [
    "office",
    "intake01",
    "intake02",
    "intake03",
    "dispatch01",
    "dispatch02",
    "watch",
    "material",
    "publicity",
];

#[rustfmt::skip]
const SURNAMES: [&str; 25] = [
    "周", "陈", "李", "王", "张", "刘", "杨", "黄", "赵", "吴", "徐", "孙", "胡", "朱", "高",
    "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩",
];

#[rustfmt::skip]
const GIVEN_NAMES: [&str; 24] = [
    "敏", "建国", "晓燕", "志强", "丽", "海涛", "秀英", "伟", "静", "文博", "春梅", "勇",
    "雪", "国庆", "小雨", "磊", "玉兰", "俊", "婷", "立新", "佳", "明远", "红", "思源",
];

/// One account of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What the person types to sign in: ASCII, unique.
    pub login: String,
    /// The person's Chinese name, made up, unique.
    pub name: String,
    /// What the account may act as.
    pub role: Role,
    /// Code of the bureau it belongs to; set for [`Role::Bureau`] only.
    pub bureau: Option<String>,
    /// Codes of the subdistricts an inspector walks, two or three; empty for everyone else.
    pub duty_areas: Vec<String>,
}

/// Everyone: 26 inspectors, 8 supervisors, 9 of the office, one account a bureau with the
/// bureau's code as login, and `admin`.
pub fn people() -> Vec<Person> {
    let inspectors = (1..=26).map(|n| (format!("inspector{n:02}"), Role::Inspector));
    let supervisors = (1..=8).map(|n| (format!("supervisor{n:02}"), Role::Supervisor));
    let office = OFFICE.map(|login| (login.to_owned(), Role::Office));
    let bureaus = bureau_codes().map(|code| (code.to_owned(), Role::Bureau));
    let admin = [("admin".to_owned(), Role::Admin)];
    inspectors
        .chain(supervisors)
        .chain(office)
        .chain(bureaus)
        .chain(admin)
        .enumerate()
        .map(|(index, (login, role))| person(index, login, role))
        .collect()
}

fn person(index: usize, login: String, role: Role) -> Person {
    let bureau = (role == Role::Bureau).then(|| login.clone());
    let duty_areas = if role == Role::Inspector { beat(index) } else { Vec::new() };
    Person { login, name: name(index), role, bureau, duty_areas }
}

fn bureau_codes() -> impl Iterator<Item = &'static str> {
    BUREAUS.lines().skip(1).filter_map(|line| line.split(',').next())
}

fn beat(index: usize) -> Vec<String> {
    BEATS[index % BEATS.len()].iter().map(|area| format!("{DISTRICT_PREFIX}{area}")).collect()
}

/// No name twice among 600: 25 and 24 share no factor.
fn name(index: usize) -> String {
    format!("{}{}", SURNAMES[index % SURNAMES.len()], GIVEN_NAMES[index % GIVEN_NAMES.len()])
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use super::*;

    #[test]
    fn everyone_is_there_once() {
        let people = people();
        let mut roles = BTreeMap::new();
        for person in &people {
            *roles.entry(person.role).or_insert(0) += 1;
        }
        let expected = [
            (Role::Inspector, 26),
            (Role::Bureau, 47),
            (Role::Office, 9),
            (Role::Supervisor, 8),
            (Role::Admin, 1),
        ];
        assert_eq!(roles, BTreeMap::from(expected));
        let logins: HashSet<_> = people.iter().map(|person| &person.login).collect();
        let names: HashSet<_> = people.iter().map(|person| &person.name).collect();
        assert_eq!((logins.len(), names.len()), (people.len(), people.len()));
    }

    #[test]
    fn only_bureau_accounts_have_a_bureau() {
        for person in people() {
            let expected = (person.role == Role::Bureau).then(|| person.login.clone());
            assert_eq!(person.bureau, expected);
        }
    }

    #[test]
    fn every_subdistrict_is_walked_on_both_shifts() {
        let mut walkers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, person) in people().into_iter().enumerate() {
            let expected = if person.role == Role::Inspector { 2..=3 } else { 0..=0 };
            assert!(expected.contains(&person.duty_areas.len()), "{}", person.login);
            for area in person.duty_areas {
                walkers.entry(area).or_default().push(index);
            }
        }
        assert_eq!(walkers.len(), 9);
        for early in walkers.values() {
            assert!(early.iter().any(|index| *index < 13));
            assert!(early.iter().any(|index| *index >= 13));
        }
    }
}
