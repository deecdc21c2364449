//! Who is in town: the demo's people and a few inspectors with names to tell stories by.

use std::sync::LazyLock;

use domain::access::Role;
use jiff::SignedDuration;
use schema::Conn;
use uuid::Uuid;
use zhoubian::demo::people::people;
use zhoubian::passwords;
use zhoubian::store::accounts::{self, NewAccount};
use zhoubian::store::sessions::{self, NewSession};

use crate::START;

/// Everybody's password.
pub const PASSWORD: &str = "over the bridge";

/// One hash for all: hashing is slow on purpose.
static HASH: LazyLock<String> = LazyLock::new(|| passwords::hash(PASSWORD).unwrap());

/// Somebody with an account and a session that stays open.
#[derive(Debug, Clone)]
pub struct Member {
    /// What they sign in with.
    pub login: String,
    /// Their account.
    pub account: i64,
    /// What they act as.
    pub role: Role,
    /// Their session.
    pub session: Uuid,
}

/// The inspectors with names: ana and bo share the subdistrict 新华, chen walks a town far off.
const NAMED: [(&str, &[&str]); 3] = [
    ("ana", &["429901005000", "429901001000"]),
    ("bo", &["429901005000", "429901002000"]),
    ("chen", &["429901100000"]),
];

/// Gives everybody an account and a session.
pub(crate) fn settle(conn: &mut Conn) -> Vec<Member> {
    let named = NAMED.iter().map(|(login, areas)| NewAccount {
        login: (*login).to_owned(),
        name: (*login).to_owned(),
        role: Role::Inspector,
        bureau: None,
        duty_areas: areas.iter().map(|&area| area.to_owned()).collect(),
        password_hash: HASH.clone(),
        must_change_password: false,
    });
    let demo = people().into_iter().map(|person| NewAccount {
        login: person.login,
        name: person.name,
        role: person.role,
        bureau: person.bureau,
        duty_areas: person.duty_areas,
        password_hash: HASH.clone(),
        must_change_password: false,
    });
    named.chain(demo).map(|new| member(conn, &new)).collect()
}

fn member(conn: &mut Conn, new: &NewAccount) -> Member {
    let account = accounts::insert(conn, new, START).unwrap().expect("a login stands twice");
    let session = Uuid::new_v4();
    let expires_at = START + SignedDuration::from_hours(24 * 365);
    let open = NewSession {
        id: session,
        account: account.id,
        device: None,
        refresh_hash: vec![0; 32],
        expires_at,
    };
    sessions::insert(conn, &open, START).unwrap();
    Member { login: account.login, account: account.id, role: account.role, session }
}
