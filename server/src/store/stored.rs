//! Which photos should be here.

use std::collections::HashSet;

use diesel::prelude::*;
use schema::tables::{photo, photo_file};
use schema::{Conn, on};

use crate::problem::Error;

/// A photo whose bytes are here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Digest.
    pub sha256: Vec<u8>,
    /// Length, bytes.
    pub bytes: i64,
}

/// How many there are, about: lines of manifests whose photo is here.
pub fn count(conn: &mut Conn) -> Result<u64, Error> {
    let here = photo::table.filter(photo::stored_at.is_not_null()).count();
    let count: i64 = on!(conn, |c| here.get_result(c))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The next ones after a digest, in the order of digests.
pub fn list_after(conn: &mut Conn, after: &[u8], most: usize) -> Result<Vec<Stored>, Error> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let files: Vec<(Vec<u8>, i64)> = on!(conn, |c| photo_file::table
        .filter(photo_file::sha256.gt(after))
        .order(photo_file::sha256)
        .limit(limit)
        .select((photo_file::sha256, photo_file::bytes))
        .load(c))?;
    let lines: Vec<(Vec<u8>, i64)> = on!(conn, |c| photo::table
        .filter(photo::sha256.gt(after))
        .filter(photo::stored_at.is_not_null())
        .order(photo::sha256)
        .limit(limit)
        .select((photo::sha256, photo::bytes))
        .load(c))?;
    // Beyond the end of a list that was cut off, the other one may not be complete.
    let ends = [&files, &lines].into_iter().filter(|list| list.len() == most);
    let end = ends.filter_map(|list| list.last()).map(|(sha256, _)| sha256.clone()).min();
    let mut all: Vec<(Vec<u8>, i64)> = files.into_iter().chain(lines).collect();
    all.retain(|(sha256, _)| end.as_ref().is_none_or(|end| sha256 <= end));
    all.sort_unstable();
    all.dedup();
    Ok(all.into_iter().map(|(sha256, bytes)| Stored { sha256, bytes }).collect())
}

/// Those of these digests that some row names.
pub fn list_known(conn: &mut Conn, digests: &[Vec<u8>]) -> Result<HashSet<Vec<u8>>, Error> {
    let files = photo_file::table.filter(photo_file::sha256.eq_any(digests));
    let files: Vec<Vec<u8>> = on!(conn, |c| files.select(photo_file::sha256).load(c))?;
    let lines = photo::table.filter(photo::sha256.eq_any(digests));
    let lines: Vec<Vec<u8>> = on!(conn, |c| lines.select(photo::sha256).load(c))?;
    Ok(files.into_iter().chain(lines).collect())
}

/// Photos that wait to be looked at.
pub fn count_waiting(conn: &mut Conn) -> Result<i64, Error> {
    let waiting = photo_file::table.filter(photo_file::state.eq("waiting")).count();
    Ok(on!(conn, |c| waiting.get_result(c))?)
}
