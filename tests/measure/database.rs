//! A database and a data folder of one's own, on a real disk, gone afterwards.

use std::path::{Path, PathBuf};

use schema::{Conn, DbUrl};

use super::Outcome;

/// A data folder and a database that go away with it.
#[derive(Debug)]
pub struct Own {
    /// The data folder.
    pub folder: PathBuf,
    /// The database's URL.
    pub url: String,
    /// The server to drop the database from.
    server: Option<(String, String)>,
}

/// Which database is asked for: `sqlite` or `postgres`.
pub fn kind() -> String {
    std::env::var("ZHOUBIAN_TEST_DB").unwrap_or_else(|_unset| "sqlite".to_owned())
}

impl Own {
    /// An empty one on SQLite, whatever is asked for.
    pub fn on_sqlite(name: &str) -> Outcome<Self> {
        let (folder, _) = folder(name)?;
        let url = format!("sqlite:{}", folder.join("zhoubian.db").display());
        Ok(Self { folder, url, server: None })
    }

    /// An empty one.
    pub fn new(name: &str) -> Outcome<Self> {
        if kind() == "sqlite" {
            return Self::on_sqlite(name);
        }
        let (folder, id) = folder(name)?;
        let server = std::env::var("ZHOUBIAN_TEST_POSTGRES_URL");
        let server = server.map_err(
            |_unset| "ZHOUBIAN_TEST_POSTGRES_URL is not set: use `make bench` or `make trial`",
        )?;
        Self::on_server(folder, &server, &id, &format!("CREATE DATABASE {id}"))
    }

    /// A copy of one that nobody is connected to.
    pub fn copy_of(other: &Self, name: &str) -> Outcome<Self> {
        let (folder, id) = folder(name)?;
        match &other.server {
            None => {
                // Closing the last connection has folded the log into the file.
                let target = folder.join("zhoubian.db");
                std::fs::copy(other.folder.join("zhoubian.db"), &target)?;
                Ok(Self { url: format!("sqlite:{}", target.display()), folder, server: None })
            }
            Some((server, source)) => {
                let create = format!("CREATE DATABASE {id} TEMPLATE {source}");
                Self::on_server(folder, server, &id, &create)
            }
        }
    }

    fn on_server(folder: PathBuf, server: &str, id: &str, create: &str) -> Outcome<Self> {
        Conn::open(&server.parse()?)?.batch(create)?;
        let (base, _) = server.rsplit_once('/').ok_or("the URL of the server names no database")?;
        let url = format!("{base}/{id}");
        Ok(Self { folder, url, server: Some((server.to_owned(), id.to_owned())) })
    }

    /// A connection of its own.
    pub fn open(&self) -> Outcome<Conn> {
        Ok(Conn::open(&self.url.parse::<DbUrl>()?)?)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some((server, id)) = &self.server
            && let Ok(url) = server.parse::<DbUrl>()
            && let Ok(mut conn) = Conn::open(&url)
        {
            // The cluster itself is thrown away by whoever started it.
            drop(conn.batch(&format!("DROP DATABASE IF EXISTS {id} WITH (FORCE)")));
        }
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// A new folder: /tmp may be kept in memory, where a measured fsync costs nothing.
fn folder(name: &str) -> Outcome<(PathBuf, String)> {
    let id = format!("zhoubian_{name}_{}", std::process::id());
    let folder = Path::new("/var/tmp").join(&id);
    std::fs::create_dir_all(&folder)?;
    // Whoever is measured has a password alone, and is not signed out for waiting.
    let settings = "[sign_in]\nsecond_factor = []\nidle_minutes = 0\n";
    std::fs::write(folder.join("zhoubian.toml"), settings)?;
    Ok((folder, id))
}
