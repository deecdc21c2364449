//! Who signs in to the demo: inspectors and the leaders of their teams, supervisors, the office, one
//! account a unit, each subdistrict's creation officer, an administrator. Passwords are set elsewhere.

use domain::access::Role;

/// Column `code` of these tables names the bureau accounts.
const BUREAUS: [&str; 2] = [include_str!("bureaus.csv"), include_str!("further-units.csv")];

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

/// The subdistricts that each of the three team leaders 组长 answers for.
const TEAMS: [&[&str]; 3] =
    [&[XINHUA, DONGGUAN, ZHANQIAN], &[XICHENG, BEIYUAN, LIULIN], &[NANHU, BINHE, SHIQIAO]];

/// The group of units that hold no account: property managers 物业 get a link to one issue.
const WITHOUT_ACCOUNT: &str = "property";

/// The first index of [`name`] that those who hold a duty 包保 have: nobody with an account has one.
pub(in crate::demo) const DUTY_HOLDERS: usize = 120;

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
    /// Codes of the subdistricts an inspector walks or leads a team in, two or three; empty for
    /// everyone else.
    pub duty_areas: Vec<String>,
}

/// Everyone: 26 inspectors on two shifts (01 to 13 early, 14 to 26 late), 8 supervisors in pairs (01
/// with 02 and so on), 9 of the office, one account a unit with the unit's code as login, `leader01`
/// to `leader03` of the inspectors' teams, a creation officer 创城专干 in every subdistrict
/// (`dongguan-officer` and so on), and `admin`.
pub fn people() -> Vec<Person> {
    let inspectors = (1..=26).zip(BEATS.iter().cycle()).map(|(n, beat)| Person {
        duty_areas: areas(beat),
        ..person(&format!("inspector{n:02}"), Role::Inspector)
    });
    let supervisors = (1..=8).map(|n| person(&format!("supervisor{n:02}"), Role::Supervisor));
    let office = OFFICE.map(|login| person(login, Role::Office));
    let bureaus = bureaus().filter(|bureau| bureau.group != WITHOUT_ACCOUNT);
    let bureaus = bureaus.map(|bureau| of_bureau(bureau.code, bureau.code));
    let leaders = (1..).zip(TEAMS).map(|(n, team)| Person {
        duty_areas: areas(team),
        ..person(&format!("leader{n:02}"), Role::Inspector)
    });
    let subdistricts = self::bureaus().filter(|bureau| bureau.kind == "subdistrict_office");
    let officers =
        subdistricts.map(|office| of_bureau(&format!("{}-officer", office.code), office.code));
    let everyone = inspectors.chain(supervisors).chain(office).chain(bureaus).chain(leaders);
    let everyone = everyone.chain(officers).chain([person("admin", Role::Admin)]);
    everyone.zip(0..).map(|(person, index)| Person { name: name(index), ..person }).collect()
}

fn person(login: &str, role: Role) -> Person {
    let login = login.to_owned();
    Person { login, name: String::new(), role, bureau: None, duty_areas: Vec::new() }
}

fn of_bureau(login: &str, bureau: &str) -> Person {
    Person { bureau: Some(bureau.to_owned()), ..person(login, Role::Bureau) }
}

/// A line of the bureaus' table.
struct Bureau {
    code: &'static str,
    kind: &'static str,
    area: &'static str,
    group: &'static str,
}

fn bureaus() -> impl Iterator<Item = Bureau> {
    BUREAUS.iter().flat_map(|table| table.lines().skip(1)).filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        Some(Bureau {
            code: cells.first()?,
            kind: cells.get(3)?,
            area: cells.get(5)?,
            group: cells.last()?,
        })
    })
}

fn areas(stems: &[&str]) -> Vec<String> {
    stems.iter().map(|area| format!("{DISTRICT_PREFIX}{area}")).collect()
}

/// The property managers 物业 of a subdistrict, by code.
pub(in crate::demo) fn property_managers(area: &str) -> impl Iterator<Item = &'static str> {
    bureaus()
        .filter(move |bureau| bureau.group == WITHOUT_ACCOUNT && bureau.area == area)
        .map(|bureau| bureau.code)
}

/// No name twice among 600: 25 and 24 share no factor.
pub(in crate::demo) fn name(index: usize) -> String {
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
            (Role::Inspector, 29),
            (Role::Bureau, 65),
            (Role::Office, 9),
            (Role::Supervisor, 8),
            (Role::Admin, 1),
        ];
        assert_eq!(roles, BTreeMap::from(expected));
        let logins: HashSet<_> = people.iter().map(|person| &person.login).collect();
        let names: HashSet<_> = people.iter().map(|person| &person.name).collect();
        assert_eq!((logins.len(), names.len()), (people.len(), people.len()));
        assert!(people.len() <= DUTY_HOLDERS);
    }

    #[test]
    fn only_bureau_accounts_have_a_bureau() {
        for person in people() {
            let unit = person.login.strip_suffix("-officer").unwrap_or(&person.login).to_owned();
            assert_eq!(person.bureau, (person.role == Role::Bureau).then_some(unit));
        }
    }

    #[test]
    fn every_subdistrict_is_walked_on_both_shifts() {
        let mut walkers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, person) in people().into_iter().enumerate() {
            let expected = if person.role == Role::Inspector { 2..=3 } else { 0..=0 };
            assert!(expected.contains(&person.duty_areas.len()), "{}", person.login);
            for area in person.duty_areas.into_iter().filter(|_| index < 26) {
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
