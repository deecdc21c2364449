//! SQLite's checkpoints, on a thread of their own.
//!
//! Copying the write-ahead log back into the database writes pages all over it. Left to itself,
//! SQLite does that within some commit, whose callers then wait for the disk.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use diesel::RunQueryDsl;

use crate::{Conn, DbError, DbUrl, on};

/// The log is copied back when it has grown by this much, bytes. More at a time would copy pages that
/// are written again and again less often, but commits wait longer while the disk takes them.
const EVERY: u64 = 16 * 1024 * 1024;
/// From here on the writer is made to wait once, so that the log starts from its beginning, bytes. A
/// copy that the writer overtakes never comes to the end of the log.
const MOST: u64 = 512 * 1024 * 1024;
/// How long such a copy waits for readers of the log; otherwise it is tried again later.
const PATIENCE: Duration = Duration::from_millis(100);
/// What the log has before each page, bytes (sqlite.org/fileformat2.html, "WAL frame header").
const FRAME_HEADER: u64 = 24;

/// Tells the thread of checkpoints that something was committed.
pub(super) struct Checkpoints(SyncSender<()>);

impl Checkpoints {
    /// Starts the thread; it ends when this is dropped. From now on `writer` does no checkpoints.
    pub(super) fn take_over(writer: &mut Conn, url: &DbUrl) -> Result<Self, DbError> {
        let DbUrl::Sqlite(path) = url else {
            return Err(DbError::Url("only SQLite has checkpoints".to_owned()));
        };
        // Without a limit the log's file would stay as large as it once was.
        writer.batch("PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 0")?;
        let mut conn = Conn::open(url)?;
        conn.batch(&format!("PRAGMA busy_timeout = {}", PATIENCE.as_millis()))?;
        let mut log = path.clone().into_os_string();
        log.push("-wal");
        let log = Log::open(conn, log.into())?;
        let (sender, committed) = sync_channel(1);
        std::thread::Builder::new()
            .name("checkpoints".to_owned())
            .spawn(move || follow(log, &committed))
            .map_err(|error| DbError::Connect(error.to_string()))?;
        Ok(Self(sender))
    }

    /// Something was committed.
    pub(super) fn committed(&self) {
        // When the thread is at work already, it looks again afterwards.
        let _ = self.0.try_send(());
    }
}

fn follow(mut log: Log, committed: &Receiver<()>) {
    while committed.recv().is_ok() {
        if let Err(error) = log.look() {
            tracing::warn!(%error, "a checkpoint failed; it is tried again after the next commit");
        }
    }
}

/// The write-ahead log.
struct Log {
    conn: Conn,
    file: PathBuf,
    /// A page with its header, bytes.
    frame: u64,
    /// How much of it is in the database, bytes.
    copied: u64,
}

#[derive(diesel::QueryableByName)]
struct PageSize {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    page_size: i64,
}

#[derive(diesel::QueryableByName)]
struct Done {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    checkpointed: i64,
}

impl Log {
    fn open(mut conn: Conn, file: PathBuf) -> Result<Self, DbError> {
        let size: PageSize =
            on!(&mut conn, |c| diesel::sql_query("PRAGMA page_size").get_result(c))?;
        let frame = u64::try_from(size.page_size).unwrap_or(0) + FRAME_HEADER;
        Ok(Self { conn, file, frame, copied: 0 })
    }

    fn look(&mut self) -> Result<(), DbError> {
        let length = std::fs::metadata(&self.file).map_or(0, |file| file.len());
        if length < self.copied {
            // The writer began at the log's beginning again.
            self.copied = 0;
        }
        if length - self.copied >= EVERY {
            self.copy("PRAGMA wal_checkpoint(PASSIVE)")?;
        }
        if length >= MOST {
            self.copy("PRAGMA wal_checkpoint(RESTART)")?;
        }
        Ok(())
    }

    fn copy(&mut self, how: &str) -> Result<(), DbError> {
        let done: Done = on!(&mut self.conn, |c| diesel::sql_query(how).get_result(c))?;
        // -1 where there is no log.
        self.copied = u64::try_from(done.checkpointed).unwrap_or(0) * self.frame;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(conn: &mut Conn, rows: u32) {
        let fill = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) \
             INSERT INTO t SELECT randomblob(4000) FROM n"
        );
        conn.batch(&fill).unwrap();
    }

    #[test]
    fn a_log_that_has_grown_is_copied_and_begins_again() {
        let name = format!("zb_log_{}.db", uuid::Uuid::new_v4().simple());
        let path = std::env::temp_dir().join(name);
        let url = DbUrl::Sqlite(path.clone());
        let mut writer = Conn::open(&url).unwrap();
        writer.batch("CREATE TABLE t (x BLOB)").unwrap();
        let file = path.with_extension("db-wal");
        let length = || std::fs::metadata(&file).unwrap().len();
        writer.batch("PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 0").unwrap();
        let mut log = Log::open(Conn::open(&url).unwrap(), file.clone()).unwrap();

        write(&mut writer, 1_000);
        log.look().unwrap();
        assert_eq!(log.copied, 0, "too little to be copied");
        write(&mut writer, 4_000);
        assert!(length() > EVERY);
        log.look().unwrap();
        assert!(log.copied > EVERY);
        write(&mut writer, 10);
        assert!(length() < EVERY, "the log begins again once all of it was copied");
        log.look().unwrap();
        assert_eq!(log.copied, 0);
        drop((writer, log));
        std::fs::remove_file(path).unwrap();
    }
}
