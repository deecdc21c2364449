//! Who works in the trial. They are created and sign in over HTTP, as people do.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::net::SocketAddr;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::measure::database::Own;
use crate::measure::process::command;

/// Everybody's.
const PASSWORD: &str = "six hundred herons of the trial";
/// Those who walk.
const INSPECTORS: usize = 20;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Person {
    /// What they sign in with.
    pub login: String,
    token: String,
    address: SocketAddr,
}

impl Person {
    /// The access token they signed in with.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A device of theirs.
    pub fn client(&self) -> Client {
        Client::new(self.address, &self.token)
    }
}

/// Everybody.
#[derive(Debug)]
pub struct Staff {
    address: SocketAddr,
    admin: Person,
    /// Who walks.
    pub inspectors: Vec<Person>,
    /// Who looks again.
    pub verifiers: Vec<Person>,
    /// The creation office.
    pub office: Person,
    /// One desk for each bureau that leads an issue.
    pub bureaus: BTreeMap<String, Person>,
}

/// The first account, from the command line.
pub fn add_admin(own: &Own) -> Outcome<()> {
    let mut command = command(&["user"], own)?;
    command.args(["add", "admin", "--name", "管理员", "--role", "admin"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    writeln!(child.stdin.take().ok_or("no stdin")?, "{PASSWORD}")?;
    if child.wait()?.success() { Ok(()) } else { Err("the admin could not be added".into()) }
}

impl Staff {
    /// Creates inspectors, verifiers and the office.
    pub async fn hire(address: SocketAddr) -> Outcome<Self> {
        Self::with(address, INSPECTORS).await
    }

    /// Creates verifiers and the office: nobody walks.
    pub async fn hire_few(address: SocketAddr) -> Outcome<Self> {
        Self::with(address, 0).await
    }

    async fn with(address: SocketAddr, walking: usize) -> Outcome<Self> {
        let admin = sign_in(address, "admin").await?;
        let office = hire(&admin, "office", "office", None).await?;
        let (mut inspectors, mut verifiers) = (Vec::new(), Vec::new());
        for number in 0..walking {
            inspectors
                .push(hire(&admin, &format!("inspector{number:02}"), "inspector", None).await?);
        }
        for number in 0..2 {
            verifiers
                .push(hire(&admin, &format!("supervisor{number:02}"), "supervisor", None).await?);
        }
        Ok(Self { address, admin, inspectors, verifiers, office, bureaus: BTreeMap::new() })
    }

    /// A desk for each bureau that leads one of these issues.
    pub async fn hire_bureaus(&mut self, issues: &[Value]) -> Outcome<()> {
        let leads: BTreeSet<&str> =
            issues.iter().filter_map(|issue| issue["lead"].as_str()).collect();
        self.hire_desks(&leads).await?;
        println!(
            "{} bureaus lead issues, each with a desk at {}",
            self.bureaus.len(),
            self.address
        );
        Ok(())
    }

    /// A desk for each of these bureaus.
    pub async fn hire_desks(&mut self, bureaus: &BTreeSet<&str>) -> Outcome<()> {
        for bureau in bureaus {
            let desk = hire(&self.admin, &format!("desk-{bureau}"), "bureau", Some(bureau)).await?;
            self.bureaus.insert((*bureau).to_owned(), desk);
        }
        Ok(())
    }

    /// Everybody signs in anew: sessions do not last for ever.
    pub async fn sign_in_again(&mut self) -> Outcome<()> {
        let everybody = [&mut self.admin, &mut self.office].into_iter();
        let others = self.inspectors.iter_mut().chain(&mut self.verifiers);
        for person in everybody.chain(others).chain(self.bureaus.values_mut()) {
            *person = sign_in(self.address, &person.login).await?;
        }
        Ok(())
    }

    /// Whoever has this login among those who send photos.
    pub fn of(&self, login: &str) -> Option<&Person> {
        self.inspectors.iter().chain(self.bureaus.values()).find(|person| person.login == login)
    }
}

async fn hire(admin: &Person, login: &str, role: &str, bureau: Option<&str>) -> Outcome<Person> {
    let account = json!({"login": login, "name": login, "role": role, "bureau": bureau, "password": PASSWORD,
        "temporary": false});
    admin.client().post("/accounts", "", &account).await?.good("an account")?;
    sign_in(admin.address, login).await
}

async fn sign_in(address: SocketAddr, login: &str) -> Outcome<Person> {
    let who = json!({"login": login, "password": PASSWORD});
    let session = Client::new(address, "").post("/sessions", "", &who).await?.good("signing in")?;
    let token = session["access_token"].as_str().ok_or("no token")?.to_owned();
    Ok(Person { login: login.to_owned(), token, address })
}
