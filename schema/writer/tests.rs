//! The writer on whichever database `ZHOUBIAN_TEST_DB` names.

use diesel::prelude::*;

use crate::news::News;
use crate::tables::feed;
use crate::{Conn, Db, DbConfig, DbError, DbUrl, dialect, migrate, on};

/// A database of its own, taken away at the end.
struct Place {
    db: Db,
    url: DbUrl,
    server: Option<DbUrl>,
}

impl Place {
    fn new() -> Self {
        let name = format!("zb_schema_{}", uuid::Uuid::new_v4().simple());
        let server = (std::env::var("ZHOUBIAN_TEST_DB").as_deref() == Ok("postgres"))
            .then(|| std::env::var("ZHOUBIAN_TEST_POSTGRES_URL").unwrap());
        let url = match &server {
            Some(server) => {
                let mut conn = Conn::open(&server.parse().unwrap()).unwrap();
                conn.batch(&format!("CREATE DATABASE {name}")).unwrap();
                let (base, _) = server.rsplit_once('/').unwrap();
                format!("{base}/{name}").parse().unwrap()
            }
            None => DbUrl::Sqlite(std::env::temp_dir().join(format!("{name}.db"))),
        };
        migrate(&mut Conn::open(&url).unwrap()).unwrap();
        let db = Db::open(&DbConfig::new(url.clone())).unwrap();
        Self { db, url, server: server.map(|server| server.parse().unwrap()) }
    }

    async fn seqs(&self) -> Vec<i64> {
        let read = |conn: &mut Conn| {
            Ok::<_, DbError>(on!(conn, |c| feed::table.select(feed::seq).order(feed::seq).load(c))?)
        };
        self.db.read(read).await.unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        match (&self.url, &self.server) {
            (DbUrl::Postgres(url), Some(server)) => {
                let name = url.rsplit('/').next().unwrap_or_default();
                let mut conn = Conn::open(server).unwrap();
                conn.batch(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
            }
            (DbUrl::Sqlite(path), _) => {
                for end in ["", "-wal", "-shm"] {
                    let mut name = path.clone().into_os_string();
                    name.push(end);
                    drop(std::fs::remove_file(name));
                }
            }
            (DbUrl::Postgres(_), None) => {}
        }
    }
}

/// Takes a feed number and writes it down.
fn note(conn: &mut Conn, audience: &str) -> Result<i64, DbError> {
    let seq = dialect::next_feed_numbers(conn, 1)?;
    on!(conn, |c| diesel::insert_into(feed::table)
        .values((feed::audience.eq(audience), feed::seq.eq(seq), feed::issue_id.eq(seq)))
        .execute(c))?;
    Ok(seq)
}

fn refused() -> DbError {
    DbError::Url("refused on purpose".to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_write_takes_nothing_of_its_group_with_it() {
    let place = Place::new();
    let writes = (0..300).map(|n| {
        let db = place.db.clone();
        tokio::spawn(async move {
            db.write(move |conn| {
                let seq = note(conn, "all")?;
                if n % 3 == 0 { Err(refused()) } else { Ok(seq) }
            })
            .await
        })
    });
    let mut kept = Vec::new();
    let mut lost = 0;
    for write in writes.collect::<Vec<_>>() {
        match write.await.unwrap() {
            Ok(seq) => kept.push(seq),
            Err(_) => lost += 1,
        }
    }
    kept.sort_unstable();
    assert_eq!(lost, 100);
    assert_eq!(place.seqs().await, kept);
    assert_eq!(kept, (1..=200).collect::<Vec<_>>(), "a number that was rolled back is given again");
}

/// Tells of a number that is taken.
fn told(conn: &mut Conn, audience: &str) -> Result<i64, DbError> {
    let seq = note(conn, audience)?;
    dialect::tell(conn, &News { seq, to: Some([audience.to_owned()].into()) })?;
    Ok(seq)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_kept_is_heard_and_what_is_not_is_not() {
    let place = Place::new();
    let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let ear = move |news: News| drop(sender.send(news));
    let _listening = place.db.listen(std::sync::Arc::new(ear), || true).unwrap();
    if place.server.is_some() {
        assert_eq!(heard.recv().await, Some(News::for_anybody()), "what came before was missed");
    }
    let writes = (0..60).map(|n| {
        let db = place.db.clone();
        tokio::spawn(async move {
            let write = move |conn: &mut Conn| {
                let seq = told(conn, &format!("{n}"))?;
                match n % 3 {
                    0 => Err(refused()),
                    1 => panic!("on purpose"),
                    _ => Ok(seq),
                }
            };
            db.write(write).await
        })
    });
    for write in writes.collect::<Vec<_>>() {
        drop(write.await.unwrap());
    }
    let last = place.db.write(|conn| told(conn, "last")).await.unwrap();
    let mut of = std::collections::BTreeSet::new();
    while !of.contains("last") {
        let news = heard.recv().await.unwrap();
        assert!(news.seq <= last);
        of.extend(news.to.unwrap());
    }
    let kept: std::collections::BTreeSet<String> =
        (0..60).filter(|n| n % 3 == 2).map(|n| n.to_string()).chain(["last".to_owned()]).collect();
    assert_eq!(of, kept);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_write_that_panics_leaves_nothing_and_harms_nobody() {
    let place = Place::new();
    let panics = place.db.write(|conn| -> Result<i64, DbError> {
        note(conn, "all")?;
        panic!("on purpose");
    });
    assert!(matches!(panics.await, Err(DbError::Panicked)));
    let after = place.db.write(|conn| note(conn, "all")).await.unwrap();
    assert_eq!(place.seqs().await, [after]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_answered_is_there_for_another_connection() {
    let place = Place::new();
    for _ in 0..20 {
        let seq = place.db.write(|conn| note(conn, "all")).await.unwrap();
        let mut other = Conn::open(&place.url).unwrap();
        let last: Option<i64> =
            on!(&mut other, |c| feed::table.select(diesel::dsl::max(feed::seq)).first(c)).unwrap();
        assert_eq!(last, Some(seq));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_poller_sees_numbers_in_their_order() {
    let place = Place::new();
    let writers = (0..16).map(|writer| {
        let db = place.db.clone();
        tokio::spawn(async move {
            for n in 0..20 {
                let work = move |conn: &mut Conn| {
                    let seq = note(conn, "all")?;
                    if (writer + n) % 5 == 0 { Err(refused()) } else { Ok(seq) }
                };
                drop(db.write(work).await);
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let mut polled: Vec<i64> = Vec::new();
    while polled.len() < 256 {
        let after = polled.last().copied().unwrap_or(0);
        let more = place.db.read(move |conn| {
            let query = feed::table.filter(feed::seq.gt(after)).order(feed::seq).select(feed::seq);
            Ok::<Vec<i64>, DbError>(on!(conn, |c| query.load(c))?)
        });
        polled.extend(more.await.unwrap());
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(polled, place.seqs().await, "nothing appeared behind the poller");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_locked_cell_loses_no_update() {
    let place = Place::new();
    let seq = place.db.write(|conn| note(conn, "0")).await.unwrap();
    // Read, then write what was read plus one: without the lock PostgreSQL would lose updates.
    let raises = (0..50).map(|_| {
        let db = place.db.clone();
        tokio::spawn(async move {
            db.write(move |conn| {
                dialect::lock_cells(conn, &[7])?;
                let row = feed::table.filter(feed::seq.eq(seq));
                let was: String = on!(conn, |c| row.select(feed::audience).first(c))?;
                let next = was.parse::<i64>().unwrap() + 1;
                on!(conn, |c| diesel::update(row)
                    .set(feed::audience.eq(next.to_string()))
                    .execute(c))?;
                Ok::<_, DbError>(())
            })
            .await
        })
    });
    for raise in raises.collect::<Vec<_>>() {
        raise.await.unwrap().unwrap();
    }
    let count = place.db.read(move |conn| {
        let row = feed::table.filter(feed::seq.eq(seq)).select(feed::audience);
        Ok::<String, DbError>(on!(conn, |c| row.first(c))?)
    });
    assert_eq!(count.await.unwrap(), "50");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_deadlocks_is_run_again() {
    let place = Place::new();
    let crossing = (0..6).map(|n| {
        let db = place.db.clone();
        tokio::spawn(async move {
            db.write(move |conn| {
                // Against the rule that keys come sorted: that is what makes them cross.
                let (first, second) = if n % 2 == 0 { (1, 2) } else { (2, 1) };
                dialect::lock_cells(conn, &[first])?;
                let seq = note(conn, "all")?;
                dialect::lock_cells(conn, &[second])?;
                Ok::<_, DbError>(seq)
            })
            .await
        })
    });
    for cross in crossing.collect::<Vec<_>>() {
        cross.await.unwrap().unwrap();
    }
    assert_eq!(place.seqs().await.len(), 6);
}
