//! Puts an [`App`] together from a configuration: database, keys, reference data.

use std::path::Path;

use schema::{Conn, Db, DbConfig, DbUrl, migrate};
use uuid::Uuid;

use crate::app::App;
use crate::backup::MARKER;
use crate::clock::Clock;
use crate::config::Config;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::second_factor::Vault;
use crate::store::installation;
use crate::tokens::{Keys, LinkKey};

/// Opens the database (bringing its tables up to date), reads keys and reference data.
///
/// Blocks: call it before the server starts, or off the async threads.
pub fn boot(config: Config, database: &DbConfig, clock: Clock) -> Result<App, Error> {
    prepare_folder(&config.data)?;
    if config.data.join(MARKER).exists() {
        return Err(Error::Operation(format!(
            "a restore into {} was not finished; run it again",
            config.data.display()
        )));
    }
    let mut conn = Conn::open(&database.url)?;
    let ran = migrate(&mut conn)?;
    if ran > 0 {
        tracing::info!(migrations = ran, "database brought up to date");
    }
    let epoch = installation::insert_epoch(&mut conn, &new_epoch(), clock.now())?;
    let gazetteer = Gazetteer::load(&mut conn)?;
    let keys = Keys::load_or_create(&config.data, clock.now())?;
    let vault = Vault::load_or_create(&config.data)?;
    let link_key = LinkKey::load_or_create(&config.data)?;
    let db = Db::open(database)?;
    Ok(App::new(db, clock, config, keys, (vault, link_key), gazetteer, epoch))
}

/// The database of a data folder, unless another is named.
pub fn database(url: Option<&str>, data: &Path) -> Result<DbConfig, Error> {
    let url = match url {
        Some(url) => url.parse()?,
        None => DbUrl::Sqlite(data.join("zhoubian.db")),
    };
    Ok(DbConfig::new(url))
}

/// Twelve hexadecimal digits: enough that no two installations or restores are taken for one.
pub(crate) fn new_epoch() -> String {
    Uuid::new_v4().simple().to_string()[..12].to_owned()
}

/// The folder holds keys and photos of people: its owner alone may read it.
fn prepare_folder(data: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(data)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(data, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
