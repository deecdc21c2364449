//! What an account may look like.

use domain::access::{Errands, Role};
use jiff::Timestamp;

use crate::problem::Error;

/// Characters a name has, at most.
const NAME: usize = 100;
/// Characters the label of a device has, at most.
const DEVICE: usize = 200;
/// Characters a login has.
const LOGIN: std::ops::RangeInclusive<usize> = 2..=64;

/// A login as it is kept, from the way somebody typed it: phones put capitals in front and blanks
/// behind. `login-invalid` unless it then is 2 to 64 of `a-z 0-9 . _ -`.
pub fn login(typed: &str) -> Result<String, Error> {
    let login = typed.trim().to_ascii_lowercase();
    let fits = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || b"._-".contains(&c);
    if LOGIN.contains(&login.len()) && login.bytes().all(fits) {
        return Ok(login);
    }
    Err(Error::invalid("login-invalid", "`login` must be 2 to 64 of a-z, 0-9, dot, _ and -."))
}

/// A person's or desk's name without blanks around it; `name-invalid` when nothing is left, it has
/// more than 100 characters, or a control character.
pub fn name(typed: &str) -> Result<String, Error> {
    let name = typed.trim();
    if name.is_empty() || !is_line(name, NAME) {
        return Err(Error::invalid(
            "name-invalid",
            "`name` must be a line of 1 to 100 characters.",
        ));
    }
    Ok(name.to_owned())
}

/// What a client calls its device; `device-invalid` when it has more than 200 characters or a
/// control character.
pub fn device(label: String) -> Result<String, Error> {
    if is_line(&label, DEVICE) {
        return Ok(label);
    }
    Err(Error::invalid("device-invalid", "`device` must be a line of at most 200 characters."))
}

fn is_line(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(char::is_control)
}

/// Refuses a role without its bureau (`bureau-missing`), a bureau without its role
/// (`bureau-unexpected`), and codes that are not known (`bureau-unknown`, `area-unknown`).
pub fn check_place(
    role: Role,
    bureau: Option<&str>,
    duty_areas: &[String],
    known_bureau: &dyn Fn(&str) -> bool,
    known_area: &dyn Fn(&str) -> bool,
) -> Result<(), Error> {
    match (role == Role::Bureau, bureau) {
        (true, None) => {
            return Err(Error::invalid("bureau-missing", "The role `bureau` needs a `bureau`."));
        }
        (false, Some(_)) => {
            let detail = "Only the role `bureau` has a `bureau`.";
            return Err(Error::invalid("bureau-unexpected", detail));
        }
        (true, Some(code)) if !known_bureau(code) => {
            return Err(Error::invalid("bureau-unknown", format!("There is no bureau {code:?}.")));
        }
        (true, Some(_)) | (false, None) => {}
    }
    match duty_areas.iter().find(|code| !known_area(code)) {
        Some(code) => {
            Err(Error::invalid("area-unknown", format!("`duty_areas`: there is no area {code:?}.")))
        }
        None => Ok(()),
    }
}

/// Refuses a machine without scopes (`scopes-empty`), and scopes that are not for what it acts as
/// (`scope-unfit`).
pub fn check_errands(errands: &Errands, role: Role) -> Result<(), Error> {
    if errands.is_empty() {
        return Err(Error::invalid("scopes-empty", "`scopes` names nothing the machine may do."));
    }
    match errands.iter().find(|errand| !errand.is_for(role)) {
        Some(errand) => {
            let detail = format!("`scopes`: {errand} is for a bureau's system; name its `bureau`.");
            Err(Error::invalid("scope-unfit", detail))
        }
        None => Ok(()),
    }
}

/// A new end of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It can sign in until then.
    At(Timestamp),
    /// It has no end any more.
    Never,
}

impl Ending {
    /// The instant, if there is one.
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Self::At(instant) => Some(instant),
            Self::Never => None,
        }
    }
}

/// Refuses an end that lies behind already (`ends-at-past`): closing an account is said as such.
pub fn check_end(ends_at: Option<Timestamp>, now: Timestamp) -> Result<(), Error> {
    if ends_at.is_none_or(|end| now < end) {
        return Ok(());
    }
    let detail = "`ends_at` is past; to close the account now, say `active`: false.";
    Err(Error::invalid("ends-at-past", detail))
}

/// Refuses what admins cannot make of their own account (`own-account`): one that is closed, ends or
/// has another role. Nobody might be left to undo it.
pub fn check_own(role: Role, active: bool, ends_at: Option<Timestamp>) -> Result<(), Error> {
    if active && role == Role::Admin && ends_at.is_none() {
        return Ok(());
    }
    let detail = "You cannot close or end your own account or give up its role; another admin can.";
    Err(Error::invalid("own-account", detail))
}

#[cfg(test)]
mod tests {
    use domain::access::{Action, Actor, Denied, Subject, may};

    use super::*;

    fn code(result: Result<(), Error>) -> &'static str {
        match result {
            Ok(()) => "",
            Err(Error::Invalid { code, .. }) => code,
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_login_is_kept_in_lower_case() {
        assert_eq!(login(" Inspector01 ").unwrap(), "inspector01");
        assert_eq!(login("a.b_c-9").unwrap(), "a.b_c-9");
        assert_eq!(login(&"x".repeat(64)).unwrap().len(), 64);
    }

    #[test]
    fn a_login_has_plain_letters_only() {
        let long = "x".repeat(65);
        for typed in ["", "a", " a ", "a b", "王芳", "ana@home", "ana\0", "İna", "ａｎａ", &long]
        {
            assert!(login(typed).is_err(), "{typed:?}");
        }
    }

    #[test]
    fn a_name_is_a_line() {
        assert_eq!(name(" 王芳 ").unwrap(), "王芳");
        assert!(name(&"芳".repeat(100)).is_ok());
        for typed in ["", " ", "王\n芳", "王\0芳", &"芳".repeat(101)] {
            assert!(name(typed).is_err(), "{typed:?}");
        }
    }

    #[test]
    fn bureau_and_role_go_together() {
        let check = |role, bureau| {
            code(check_place(role, bureau, &[], &|code| code == "chengguan", &|_| true))
        };
        assert_eq!(check(Role::Bureau, Some("chengguan")), "");
        assert_eq!(check(Role::Bureau, Some("nowhere")), "bureau-unknown");
        assert_eq!(check(Role::Bureau, None), "bureau-missing");
        for role in [Role::Inspector, Role::Office, Role::Supervisor, Role::Admin] {
            assert_eq!(check(role, None), "");
            assert_eq!(check(role, Some("chengguan")), "bureau-unexpected");
        }
    }

    #[test]
    fn every_duty_area_must_be_known() {
        let areas = ["yunting".to_owned(), "atlantis".to_owned()];
        let check =
            |areas| check_place(Role::Inspector, None, areas, &|_| true, &|code| code == "yunting");
        assert_eq!(code(check(&areas[..1])), "");
        assert_eq!(code(check(&areas)), "area-unknown");
    }

    #[test]
    fn only_admins_keep_accounts() {
        let actor =
            |role| Actor { account: 1, role, bureau: None, duty_areas: Vec::new(), errands: None };
        for action in [Action::ListAccounts, Action::CreateAccount, Action::UpdateAccount] {
            let may_keep_accounts = |role| may(Some(&actor(role)), action, &Subject::None);
            assert!(may_keep_accounts(Role::Admin).is_ok());
            for role in [Role::Inspector, Role::Bureau, Role::Office, Role::Supervisor] {
                assert_eq!(may_keep_accounts(role), Err(Denied::Forbidden));
            }
        }
    }
}
