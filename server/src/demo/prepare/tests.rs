use crate::config::SignInSettings;
use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::access::Role;
use domain::workflow::Stage;
use schema::DbUrl;

use super::*;
use crate::store::issues::{self, Issue};

/// Sunday 22 November 2026, 13:07 in Yunting.
const NOW: Timestamp = Timestamp::constant(1_795_324_020, 0);

/// A data folder of its own.
struct Place {
    config: Config,
    database: DbConfig,
}

impl Place {
    fn new() -> Self {
        let data: PathBuf = std::env::temp_dir().join(format!("zhoubian-{}", uuid::Uuid::new_v4()));
        let database = DbConfig::new(DbUrl::Sqlite(data.join("zhoubian.db")));
        std::fs::create_dir(&data).unwrap();
        let config = Config {
            public_url: "http://town.test".to_owned(),
            demo: true,
            sign_in: SignInSettings::demonstration(),
            ..Config::new(data)
        };
        Self { config, database }
    }

    async fn prepare(&self, reports: usize) -> Result<(), Error> {
        prepare_at(&self.config, &self.database, NOW, reports, |_| Progress::silent()).await
    }

    fn conn(&self) -> Conn {
        Conn::open(&self.database.url).unwrap()
    }

    fn issues(&self) -> Vec<Issue> {
        let mut conn = self.conn();
        (1..).map_while(|id| issues::find(&mut conn, id).unwrap()).collect()
    }

    fn epoch(&self) -> String {
        installation::insert_epoch(&mut self.conn(), "other", NOW).unwrap()
    }

    /// Somebody's own account.
    fn add(&self, login: &str) {
        let new = NewAccount {
            login: login.to_owned(),
            name: login.to_owned(),
            role: Role::Office,
            bureau: None,
            duty_areas: Vec::new(),
            password_hash: String::new(),
            must_change_password: false,
            ends_at: None,
            errands: None,
        };
        new_account(&mut self.conn(), new, NOW).unwrap();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.config.data));
    }
}

/// Reports told beside the story's: four whose finder fixed it, two of one problem, and three of cables that are to be
/// claimed.
const BESIDE: u32 = 9;

#[actix_web::test]
async fn the_story_shows_every_stage_and_comes_out_the_same() {
    let (one, other) = (Place::new(), Place::new());
    one.prepare(40).await.unwrap();
    other.prepare(40).await.unwrap();
    let issues = one.issues();
    assert_eq!(issues, other.issues());
    let stages: BTreeSet<Stage> = issues.iter().map(|issue| issue.state.stage).collect();
    assert_eq!(stages, BTreeSet::from(Stage::ALL));
    assert_eq!(issues.iter().map(|issue| issue.state.reports).sum::<u32>(), 40 + BESIDE);
    assert!(issues.iter().any(|issue| issue.photos_stored < issue.photos_expected));
    assert!(issues.iter().any(Issue::is_unrouted));
    let offered = |issue: &&Issue| !issue.state.offered_to.is_empty();
    let led: Vec<Option<&str>> =
        issues.iter().filter(offered).map(|issue| issue.state.lead.as_deref()).collect();
    assert!(led.contains(&Some("yidong")) && led.contains(&None) && led.len() == 3, "{led:?}");
    let last = issues.iter().filter_map(|issue| issue.state.rectified_at).max();
    assert!(last.is_some_and(|last| last < NOW));
}

#[actix_web::test]
async fn a_demo_is_made_once() {
    let place = Place::new();
    place.prepare(8).await.unwrap();
    let (issues, epoch) = (place.issues(), place.epoch());
    assert!(epoch.starts_with(EPOCH) && !issues.is_empty());
    place.add("newcomer");
    place.prepare(8).await.unwrap();
    assert_eq!((place.issues(), place.epoch()), (issues, epoch));
    assert!(accounts::find_by_login(&mut place.conn(), "newcomer").unwrap().is_some());
}

#[actix_web::test]
async fn a_demo_that_was_cut_off_is_made_anew() {
    let place = Place::new();
    begin(&place.database, NOW).unwrap();
    let app = boot::boot(place.config.clone(), &place.database, Clock::by_hand(NOW)).unwrap();
    import_district(&app).await.unwrap();
    add(&app, people::people().into_iter().take(3).collect(), "").await.unwrap();
    let epoch = app.epoch.clone();
    drop(app);
    assert_eq!(standing(&place.database).unwrap(), Standing::CutOff);
    place.prepare(5).await.unwrap();
    assert_eq!(standing(&place.database).unwrap(), Standing::Whole);
    assert_ne!(place.epoch(), epoch);
}

#[actix_web::test]
async fn what_is_somebodys_own_is_refused_and_left_alone() {
    let place = Place::new();
    drop(boot::boot(place.config.clone(), &place.database, Clock::by_hand(NOW)).unwrap());
    place.add(LAST);
    let refused = place.prepare(5).await.unwrap_err().to_string();
    assert!(refused.contains("--data"), "{refused}");
    assert!(place.issues().is_empty());
    // Not even a demo that was cut off, once somebody has put their own into it.
    let other = Place::new();
    begin(&other.database, NOW).unwrap();
    other.add("newcomer");
    assert!(other.prepare(5).await.is_err());
}

#[actix_web::test]
async fn only_one_process_makes_it() {
    let place = Place::new();
    let held = hold(&place.config).unwrap();
    assert!(place.prepare(5).await.is_err());
    drop(held);
    assert_eq!(standing(&place.database).unwrap(), Standing::Empty);
}
