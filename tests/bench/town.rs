//! The installation that is measured: reference data, people with their tokens, and places.

use std::sync::Arc;

use domain::access::Role;
use domain::position::{Datum, Position};
use geo::BoundingRect;
use jiff::Timestamp;
use schema::{Conn, DbConfig};
use uuid::Uuid;
use zhoubian::app::App;
use zhoubian::clock::Clock;
use zhoubian::config::{Config, RateSettings, SignInSettings};
use zhoubian::gazetteer::Gazetteer;
use zhoubian::store::accounts::{self, NewAccount};
use zhoubian::store::sessions::{self, NewSession};
use zhoubian::tokens::{Claims, REFRESH_LIFE};
use zhoubian::{boot, demo, import};

use crate::measure::Outcome;
use crate::measure::database::Own;
use crate::measure::random::Random;
use crate::measure::{beijing, process};

/// Somebody with a token that is checked like any other.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their account.
    pub id: i64,
    /// Their access token.
    pub token: String,
}

/// What is measured, before the server starts.
#[allow(missing_debug_implementations)]
pub struct Town {
    /// The program's own parts.
    pub app: Arc<App>,
    /// Whose reference data: of Beijing or the demo district.
    pub of: &'static str,
    /// Those who send reports.
    pub inspectors: Vec<Person>,
    /// Somebody of the office.
    pub office: Person,
    /// Somebody of the sanitation bureau.
    pub bureau: Person,
}

/// Sets an installation up. People's passwords are left out: nobody signs in here.
pub async fn found(own: &Own, people: usize) -> Outcome<Town> {
    let real = process::real_data();
    let sources = match &real {
        Some(folder) => beijing::sources(folder)?,
        None => demo::sources(),
    };
    let app = open(own)?;
    let rows: Vec<import::Row> = sources.iter().flat_map(import::read).collect();
    let now = app.clock.now();
    app.db.write(move |conn| take_in(conn, &rows, now)).await?;
    app.reload_gazetteer().await?;
    let mut inspectors = Vec::with_capacity(people);
    for number in 0..people {
        inspectors
            .push(person(&app, &format!("inspector{number:02}"), Role::Inspector, None).await?);
    }
    let office = person(&app, "office", Role::Office, None).await?;
    let bureau = person(&app, "huanwei", Role::Bureau, Some("huanwei")).await?;
    let of = if real.is_some() { "Beijing" } else { "the demo district" };
    Ok(Town { app: Arc::new(app), of, inspectors, office, bureau })
}

/// The program's parts on a database that is there.
pub fn open(own: &Own) -> Outcome<App> {
    Ok(boot::boot(config(own), &DbConfig::new(own.url.parse()?), Clock::machine())?)
}

fn config(own: &Own) -> Config {
    Config {
        public_url: "http://127.0.0.1".to_owned(),
        sign_in: SignInSettings::demonstration(),
        rates: RateSettings::unlimited(),
        ..Config::new(own.folder.clone())
    }
}

fn take_in(
    conn: &mut Conn,
    rows: &[import::Row],
    now: Timestamp,
) -> Result<(), zhoubian::problem::Error> {
    let plan = import::plan(conn, rows.to_vec())?;
    import::apply(conn, &plan, now).map(|_version| ())
}

async fn person(app: &App, login: &str, role: Role, bureau: Option<&str>) -> Outcome<Person> {
    let (session, now) = (Uuid::new_v4(), app.clock.now());
    let new = NewAccount {
        login: login.to_owned(),
        name: login.to_owned(),
        role,
        bureau: bureau.map(str::to_owned),
        duty_areas: Vec::new(),
        password_hash: String::new(),
        must_change_password: false,
    };
    let id = app
        .db
        .write(move |conn| {
            let account =
                accounts::insert(conn, &new, now)?.ok_or(zhoubian::problem::Error::LoginTaken)?;
            let (expires_at, refresh_hash) = (now + REFRESH_LIFE, vec![0; 32]);
            let opened = NewSession {
                id: session,
                account: account.id,
                device: None,
                refresh_hash,
                expires_at,
            };
            sessions::insert(conn, &opened, now)?;
            Ok::<_, zhoubian::problem::Error>(account.id)
        })
        .await?;
    Ok(Person { id, token: app.keys.issue(&Claims::new(id, session, role, now))? })
}

/// A place in the district, and what is wrong there.
#[derive(Debug, Clone)]
pub struct Spot {
    /// WGS-84.
    pub position: Position,
    /// Category code.
    pub category: String,
    /// Condition code.
    pub condition: String,
}

/// Places spread over all areas, each inside one.
pub fn spots(gazetteer: &Gazetteer, count: usize, random: &mut Random) -> Vec<Spot> {
    let kinds: Vec<(String, String)> = gazetteer
        .categories()
        .filter(|category| category.auto_file)
        .flat_map(|category| {
            category.conditions.iter().map(|one| (category.code.clone(), one.code.clone()))
        })
        .collect();
    let areas = gazetteer.areas().areas();
    let mut spots = Vec::with_capacity(count);
    while spots.len() < count {
        let (Some(area), Some((category, condition))) =
            (random.one_of(areas), random.one_of(&kinds))
        else {
            break;
        };
        let Some(bounds) = area.shape.bounding_rect() else { continue };
        let lat = random.between(bounds.min().y, bounds.max().y);
        let lon = random.between(bounds.min().x, bounds.max().x);
        let Ok(position) = Position::from_datum(lat, lon, Datum::Wgs84) else { continue };
        if gazetteer.locate(position).is_some() {
            spots.push(Spot { position, category: category.clone(), condition: condition.clone() });
        }
    }
    spots
}
