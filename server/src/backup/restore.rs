//! Makes an installation from a backup: photos first, the tables last and in one transaction.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use schema::listed::{self, Listed};
use schema::rows::{self, Cell};
use schema::{Conn, dialect, migrate, migrations};
use serde::{Deserialize, Serialize};

use super::files::{copy_secret, folder, sync_folders};
use super::manifest::{Manifest, Part};
use super::{Copied, LEFT_OUT, Place, at, copy_photo, lines};
use crate::boot;
use crate::photos::Blobs;
use crate::problem::Error;
use crate::store::installation;
use crate::terminal::Progress;

/// In the data folder while a restore is under way; the program does not start beside it.
pub const MARKER: &str = "restore-unfinished";
/// What may lie in a data folder that something is restored into.
const HARMLESS: [&str; 2] = ["zhoubian.toml", "lost+found"];

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// The backup.
    pub manifest: Manifest,
    /// Rows of all tables.
    pub rows: u64,
    /// The new epoch: every cursor handed out before is known to be stale.
    pub epoch: String,
    /// Photos that the backup does not hold, or damaged: the first hundred.
    pub lost: Vec<String>,
}

/// Restores a backup into an empty folder and an empty database, of either kind. Broken off, it is
/// begun again with the same command.
pub fn restore(
    from: &Path,
    to: &Place,
    now: Timestamp,
    progress: &Progress,
) -> Result<Restored, Error> {
    let manifest = Manifest::read(from)?;
    if let Some(broken) = damaged(from, &manifest) {
        return Err(Error::Operation(format!("the backup is damaged: {broken}")));
    }
    let (begun, begun_before) = begin(&to.data, &manifest)?;
    let prepared = match prepared(to, &manifest, &begun) {
        Ok(prepared) => prepared,
        Err(error) => {
            if !begun_before {
                drop(fs::remove_file(to.data.join(MARKER)));
            }
            return Err(error);
        }
    };
    let lost = photos(from, to, &manifest, progress)?;
    keys(from, to, &manifest)?;
    if let Prepared::Empty(mut conn) = prepared {
        conn.batch("BEGIN")?;
        tables(&mut conn, from, &manifest, &begun.epoch, now, progress)?;
        dialect::count_on(&mut conn)?;
        conn.batch("COMMIT")?;
    }
    let rows = manifest.tables.iter().map(|part| part.rows).sum();
    let ended =
        fs::remove_file(to.data.join(MARKER)).and_then(|()| File::open(&to.data)?.sync_all());
    ended.map_err(|error| at(&to.data, &error))?;
    progress.end();
    Ok(Restored { manifest, rows, epoch: begun.epoch, lost })
}

/// What is wrong with the first part of a backup that is not as it was written.
fn damaged(from: &Path, manifest: &Manifest) -> Option<String> {
    let mut parts = manifest.tables.iter().chain([&manifest.photos.list]);
    parts.find_map(|part| lines::check(from, part))
}

/// What the marker says of the restore that it marks.
#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    /// The epoch that the installation gets: a database that has it was filled to the end.
    epoch: String,
    /// The epoch of the backup.
    of: String,
    /// When the backup was begun.
    made_at: Timestamp,
}

/// Marks the folder, if it is empty or was marked before; tells which.
fn begin(data: &Path, manifest: &Manifest) -> Result<(Begun, bool), Error> {
    folder(data).map_err(|error| at(data, &error))?;
    let marker = data.join(MARKER);
    let is_marked = marker.exists();
    if !is_marked {
        must_be_empty(data)?;
    }
    // One that was cut off while it was written says nothing, and nothing was done after it.
    let before = fs::read(&marker).ok();
    if let Some(begun) = before.and_then(|text| serde_json::from_slice::<Begun>(&text).ok()) {
        return if begun.of == manifest.epoch && begun.made_at == manifest.made_at {
            Ok((begun, true))
        } else {
            Err(Error::Operation(format!(
                "another backup, made at {}, was being restored into {}; finish that, or empty the \
                 folder and the database",
                begun.made_at,
                data.display()
            )))
        };
    }
    let begun = Begun {
        epoch: new_epoch(&manifest.epoch),
        of: manifest.epoch.clone(),
        made_at: manifest.made_at,
    };
    let mark = || {
        let mut file = File::create(&marker)?;
        file.write_all(&serde_json::to_vec(&begun)?)?;
        file.sync_all()?;
        File::open(data)?.sync_all()
    };
    mark().map_err(|error| at(&marker, &error))?;
    Ok((begun, is_marked))
}

fn must_be_empty(data: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(data).map_err(|error| at(data, &error))? {
        let name = entry.map_err(|error| at(data, &error))?.file_name();
        let name = name.to_string_lossy();
        if !HARMLESS.contains(&name.as_ref()) {
            return Err(Error::Operation(format!(
                "{} is not empty ({name} lies there); name an empty folder",
                data.display()
            )));
        }
    }
    Ok(())
}

/// A database that is restored into.
enum Prepared {
    /// Its tables are there, and nothing is in them.
    Empty(Conn),
    /// This restore was killed after it had filled them.
    Filled,
}

/// These have a row from the start.
const BEGUN_WITH: [&str; 3] = ["installation", "feed_head", "notice_head"];

/// Opens the database and makes its tables; fails where something else is in them.
fn prepared(to: &Place, manifest: &Manifest, begun: &Begun) -> Result<Prepared, Error> {
    let mut conn = Conn::open(&to.database.url)?;
    let (own, _) = migrations(&mut conn)?;
    if own != manifest.schema {
        return Err(Error::Operation(format!(
            "the backup was made by version {} with other tables; restore it with that version, \
             then start this one",
            manifest.program
        )));
    }
    migrate(&mut conn)?;
    if installation::find_epoch(&mut conn)?.is_some_and(|epoch| epoch == begun.epoch) {
        return Ok(Prepared::Filled);
    }
    let others = |table: &&Listed| !BEGUN_WITH.contains(&table.name);
    for table in listed::all().iter().filter(others) {
        let mut is_empty = true;
        rows::each(&mut conn, &format!("SELECT 1 FROM {} LIMIT 1", table.name), |_row| {
            is_empty = false;
            Ok::<(), Error>(())
        })?;
        if !is_empty {
            return Err(Error::Operation(format!(
                "the database is not empty ({} has rows); name an empty one",
                table.name
            )));
        }
    }
    Ok(Prepared::Empty(conn))
}

fn photos(
    from: &Path,
    to: &Place,
    manifest: &Manifest,
    progress: &Progress,
) -> Result<Vec<String>, Error> {
    let (source, target) = (Blobs::new(from.join("photos")), Blobs::new(to.data.join("photos")));
    let (mut missing, mut folders) = (Vec::new(), BTreeSet::new());
    let list = &manifest.photos.list;
    progress.step("photos", Some(list.rows));
    lines::each(from, list, |row| {
        progress.advance(1);
        let Some(sha256) = row.first().and_then(|cell| cell.as_str()) else { return Ok(()) };
        let path = target.path(sha256);
        let copied = copy_photo(&source.path(sha256), &path, sha256, false);
        match copied.map_err(|error| at(&path, &error))? {
            Copied::Before | Copied::Now(_) => {
                folders.extend(path.parent().map(Path::to_path_buf));
            }
            Copied::Missing | Copied::Damaged if missing.len() < 100 => {
                missing.push(sha256.to_owned());
            }
            Copied::Missing | Copied::Damaged => {}
        }
        Ok(())
    })?;
    sync_folders(&to.data, folders).map_err(|error| at(&to.data, &error))?;
    Ok(missing)
}

fn keys(from: &Path, to: &Place, manifest: &Manifest) -> Result<(), Error> {
    for key in &manifest.keys {
        let file = from.join(&key.file);
        // A name, not a path out of the folder.
        let name = Path::new(&key.name).file_name().unwrap_or_default();
        let sha256 = copy_secret(&file, &to.data.join(name)).map_err(|error| at(&file, &error))?;
        if sha256 != key.sha256 {
            return Err(Error::Operation(format!("{} is not as it was written", key.file)));
        }
    }
    Ok(())
}

/// A demonstration stays one.
fn new_epoch(before: &str) -> String {
    let new = boot::new_epoch();
    if before.starts_with("demo") { format!("demo{}", &new[4..]) } else { new }
}

fn tables(
    conn: &mut Conn,
    from: &Path,
    manifest: &Manifest,
    epoch: &str,
    now: Timestamp,
    progress: &Progress,
) -> Result<(), Error> {
    for table in BEGUN_WITH {
        conn.batch(&format!("DELETE FROM {table}"))?;
    }
    for table in listed::all().into_iter().filter(|table| !LEFT_OUT.contains(&table.name)) {
        let part = manifest.tables.iter().find(|part| part.name == table.name);
        let part = part
            .ok_or_else(|| Error::Operation(format!("the backup has no table {}", table.name)))?;
        progress.step(&format!("table {}", table.name), Some(part.rows));
        fill(conn, from, part, &table, &|row| adapt(&table, row, epoch, now), progress)?;
    }
    Ok(())
}

fn fill(
    conn: &mut Conn,
    from: &Path,
    part: &Part,
    table: &Listed,
    adapt: &dyn Fn(&mut [Cell]),
    progress: &Progress,
) -> Result<(), Error> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    if part.columns != names {
        return Err(Error::Operation(format!("the backup's {} has other columns", table.name)));
    }
    let most = rows::at_once(table);
    let mut batch: Vec<Vec<Cell>> = Vec::with_capacity(most);
    lines::each(from, part, |row| {
        let mut row = rows::cells(table, row).map_err(Error::Operation)?;
        adapt(&mut row);
        batch.push(row);
        if batch.len() == most {
            progress.advance(most as u64);
            rows::insert(conn, table, std::mem::take(&mut batch))?;
        }
        Ok(())
    })?;
    Ok(rows::insert(conn, table, batch)?)
}

/// What is another in an installation that was restored.
fn adapt(table: &Listed, row: &mut [Cell], epoch: &str, now: Timestamp) {
    let text = |text: &str| Cell::Text(text.to_owned());
    // Renditions are not backed up: they are made again.
    let is_ready = table.name == "photo_file" && row.contains(&text("ready"));
    let new: Vec<(&str, Cell)> = match table.name {
        "installation" => vec![("epoch", text(epoch)), ("importing_until", Cell::Null)],
        "photo_file" if is_ready => vec![
            ("state", text("waiting")),
            ("attempts", Cell::Whole(0)),
            ("next_at", Cell::Whole(now.as_microsecond())),
        ],
        _ => Vec::new(),
    };
    for (name, cell) in new {
        let at = table.columns.iter().position(|column| column.name == name);
        if let Some(place) = at.and_then(|at| row.get_mut(at)) {
            *place = cell;
        }
    }
}
