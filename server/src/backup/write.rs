//! Makes a backup: the tables in one snapshot, then the photos they name.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use schema::rows::{self, Cell};
use schema::{Conn, DbUrl, dialect, listed, migrations};
use uuid::Uuid;

use super::files::{copy_secret, folder, sync_folders};
use super::lines::{self, Lines};
use super::manifest::{KeyFile, Manifest, Part, PhotoList};
use super::{Copied, LEFT_OUT, Place, at, copy_photo};
use crate::photos::Blobs;
use crate::problem::Error;
use crate::terminal::Progress;

/// Photos that every backup holds: those that the tables in the snapshot say are here.
const PHOTOS: [&str; 2] = [
    "SELECT sha256, bytes FROM photo_file",
    "SELECT sha256, bytes FROM photo WHERE stored_at IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM photo_file WHERE photo_file.sha256 = photo.sha256)",
];
/// A file of keys is not larger, bytes.
const KEYS_AT_MOST: u64 = 1 << 20;

/// How a backup is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Give photos a second name instead of copying them, where that is possible.
    pub link: bool,
    /// Leave the keys out.
    pub without_keys: bool,
}

/// What was backed up.
#[derive(Debug)]
pub struct Made {
    /// The backup.
    pub manifest: Manifest,
    /// Photos that were not in the folder before.
    pub new_photos: u64,
    /// Photos that the installation should have and has not, or damaged: the first hundred.
    pub lost: Vec<String>,
}

/// Backs an installation up into a folder. What another backup left there of photos is used again;
/// that backup stays good until this one is done.
pub fn make(
    from: &Place,
    to: &Path,
    options: Options,
    now: Timestamp,
    progress: &Progress,
) -> Result<Made, Error> {
    let mut conn = from.open()?;
    let outside = |path: &Path| path.canonicalize().map_err(|error| at(path, &error));
    folder(to).map_err(|error| at(to, &error))?;
    if outside(to)?.starts_with(outside(&from.data)?) {
        return Err(Error::Operation("a backup cannot lie in the data folder itself".to_owned()));
    }
    let _held = hold(to)?;
    let id = Uuid::new_v4().simple().to_string()[..12].to_owned();
    let tables = format!("tables-{id}");
    folder(&to.join(&tables)).map_err(|error| at(to, &error))?;
    let mut manifest = snapshot(&mut conn, &from.database.url, to, &tables, now, progress)?;
    drop(conn);
    let (new_photos, lost) = photos(from, to, &mut manifest.photos, options.link, progress)?;
    if !options.without_keys {
        manifest.keys = keys(&from.data, to, &format!("keys-{id}"))?;
    }
    let synced = sync_folders(to, manifest.folders().into_iter().map(|name| to.join(name)));
    synced.map_err(|error| at(to, &error))?;
    manifest.write(to)?;
    sweep(to, &manifest);
    progress.end();
    Ok(Made { manifest, new_photos, lost })
}

/// Keeps another process from backing up into the same folder meanwhile.
fn hold(to: &Path) -> Result<File, Error> {
    let name = to.join("backup.lock");
    let file = File::create(&name).map_err(|error| at(&name, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Operation(format!(
            "another process is backing up into {} right now; wait until it is done",
            to.display()
        ))),
        Err(TryLockError::Error(error)) => Err(at(&name, &error)),
    }
}

/// Writes every table as it stands at one moment.
fn snapshot(
    conn: &mut Conn,
    url: &DbUrl,
    to: &Path,
    tables: &str,
    now: Timestamp,
    progress: &Progress,
) -> Result<Manifest, Error> {
    let (schema, _) = migrations(conn)?;
    dialect::begin_snapshot(conn)?;
    let mut parts = Vec::new();
    for table in listed::all().into_iter().filter(|table| !LEFT_OUT.contains(&table.name)) {
        progress.step(&format!("table {}", table.name), None);
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        parts.push(part(to, tables, table.name, &columns, |lines| {
            rows::each_of(conn, &table, |row| {
                progress.advance(1);
                Ok::<(), Error>(lines.line(&rows::json(&row))?)
            })
        })?);
    }
    let list = part(to, tables, "photos", &["sha256", "bytes"], |lines| {
        PHOTOS.iter().try_for_each(|query| {
            rows::each(conn, query, |row| Ok::<(), Error>(lines.line(&rows::json(&row))?))
        })
    })?;
    let epoch = one(conn, "SELECT epoch FROM installation")?.text().unwrap_or_default();
    let feed = one(conn, "SELECT seq FROM feed_head")?.whole().unwrap_or(0);
    conn.batch("COMMIT")?;
    Ok(Manifest {
        format: Manifest::FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        made_at: now,
        database: if matches!(url, DbUrl::Sqlite(_)) { "sqlite" } else { "postgres" }.to_owned(),
        epoch,
        feed,
        tables: parts,
        photos: PhotoList { list, lost: 0 },
        keys: Vec::new(),
    })
}

fn one(conn: &mut Conn, query: &str) -> Result<Cell, Error> {
    let mut found = Cell::Null;
    rows::each(conn, query, |row| {
        found = row.into_iter().next().unwrap_or(Cell::Null);
        Ok::<(), Error>(())
    })?;
    Ok(found)
}

fn part(
    to: &Path,
    tables: &str,
    name: &str,
    columns: &[&str],
    write: impl FnOnce(&mut Lines) -> Result<(), Error>,
) -> Result<Part, Error> {
    let file = format!("{tables}/{name}.jsonl.gz");
    let path = to.join(&file);
    let mut lines = Lines::create(&path).map_err(|error| at(&path, &error))?;
    write(&mut lines)?;
    lines.finish(name, columns, file).map_err(|error| at(&path, &error))
}

/// Copies the photos of the list that are not in the folder yet.
fn photos(
    from: &Place,
    to: &Path,
    photos: &mut PhotoList,
    link: bool,
    progress: &Progress,
) -> Result<(u64, Vec<String>), Error> {
    let (source, target) = (Blobs::new(from.data.join("photos")), Blobs::new(to.join("photos")));
    let (mut new, mut missing, mut folders) = (0, Vec::new(), BTreeSet::new());
    folder(&to.join("photos")).map_err(|error| at(to, &error))?;
    progress.step("photos", Some(photos.list.rows));
    let list = photos.list.clone();
    lines::each(to, &list, |row| {
        progress.advance(1);
        let Some(sha256) = row.first().and_then(|cell| cell.as_str()) else { return Ok(()) };
        let path = target.path(sha256);
        let copied = copy_photo(&source.path(sha256), &path, sha256, link);
        let copied = copied.map_err(|error| at(&path, &error))?;
        match copied {
            Copied::Before | Copied::Now(_) => {
                new += u64::from(matches!(copied, Copied::Now(_)));
                // One that was here before may be of a backup that was killed before it synced.
                folders.extend(path.parent().map(Path::to_path_buf));
            }
            Copied::Missing | Copied::Damaged => {
                photos.lost += 1;
                if missing.len() < 100 {
                    missing.push(sha256.to_owned());
                }
            }
        }
        Ok(())
    })?;
    sync_folders(to, folders).map_err(|error| at(to, &error))?;
    Ok((new, missing))
}

/// Copies every file of the data folder that is kept for its owner alone, other than the database:
/// those are keys.
fn keys(data: &Path, to: &Path, name: &str) -> Result<Vec<KeyFile>, Error> {
    let target = to.join(name);
    folder(&target).map_err(|error| at(&target, &error))?;
    let mut keys = Vec::new();
    for (name_of, path) in secrets(data).map_err(|error| at(data, &error))? {
        let copied = copy_secret(&path, &target.join(&name_of));
        if copied.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            continue;
        }
        let sha256 = copied.map_err(|error| at(&path, &error))?;
        keys.push(KeyFile { file: format!("{name}/{name_of}"), name: name_of, sha256 });
    }
    Ok(keys)
}

fn secrets(data: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        // What is gone again was no key.
        let (Ok(name), Ok(about)) = (entry.file_name().into_string(), entry.metadata()) else {
            continue;
        };
        let other = name.starts_with("zhoubian.")
            || name.starts_with("readiness-")
            || entry.path().extension().is_some_and(|end| end == "lock");
        if about.is_file() && about.len() <= KEYS_AT_MOST && !other && is_owners(&about) {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// The six lowest bits are the others' rights.
#[cfg(unix)]
fn is_owners(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    about.permissions().mode().trailing_zeros() >= 6
}

#[cfg(not(unix))]
fn is_owners(_about: &fs::Metadata) -> bool {
    true
}

/// Takes away what other backups left here that is not this one's. That it stays does no harm.
fn sweep(to: &Path, manifest: &Manifest) {
    let own = manifest.folders();
    let entries = fs::read_dir(to).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_old = (name.starts_with("tables-") || name.starts_with("keys-"))
            && !own.contains(&name.as_str());
        if is_old && let Err(error) = fs::remove_dir_all(entry.path()) {
            tracing::warn!(%error, "what an earlier backup left could not be removed");
        }
    }
}
