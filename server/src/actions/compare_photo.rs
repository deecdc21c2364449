//! Compares a photo's picture with those of all other photos of the installation, and keeps which are
//! the same.
//!
//! Its marks are written before others' are looked for, so that of two photos that are compared at
//! once at least one finds the other.

use std::collections::HashMap;
use std::io::ErrorKind;

use imaging::{Likeness, Probe, Shift};
use schema::Conn;

use crate::actions::record::hex;
use crate::app::App;
use crate::photos::{Blobs, Size, blocking};
use crate::problem::Error;
use crate::store::photo_marks::{Found, number};
use crate::store::{photo_files, photo_marks};

/// Photos that share marks with one and that it is laid over, at most: those that share the most.
const CANDIDATES: usize = 12;
/// Ways to lay one over the other, at most.
const SHIFTS: usize = 3;
/// What is less alike is not kept, per cent: far below what any threshold may be set to.
const KEPT: f64 = 50.0;

/// A photo that shares marks with another, and how they may lie over one another.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its number, see [`number`].
    pub photo: i64,
    /// Marks that agree on how they lie.
    pub votes: usize,
    /// How they lie, the likeliest first.
    pub shifts: Vec<Shift>,
}

/// Compares one photo with all others.
pub async fn compare(app: &App, sha256: Vec<u8>) -> Result<(), Error> {
    let photos = app.photos.clone();
    let own = hex(&sha256);
    let read = move || {
        let Some(likeness) = likeness(&photos, &own)? else { return Ok(None) };
        let (Ok(marks), Ok(probes)) = (likeness.marks(), likeness.probes()) else {
            return Ok(None);
        };
        Ok(Some((likeness, marks, probes)))
    };
    let Some((likeness, marks, probes)) = blocking(read).await? else {
        return keep(app, sha256, Vec::new()).await;
    };
    let marked = sha256.clone();
    app.db.write(move |conn| photo_marks::insert(conn, &marked, &marks)).await?;
    let own = number(&sha256);
    let found = app.db.read(move |conn| candidates(conn, own, &probes)).await?;
    let mut others = Vec::new();
    for candidate in found {
        let first = candidate.photo.to_be_bytes();
        for digest in app.db.read(move |conn| photo_files::list_beginning(conn, first)).await? {
            if digest != sha256 {
                others.push((digest, candidate.shifts.clone()));
            }
        }
    }
    let photos = app.photos.clone();
    let alike = blocking(move || laid_over(&photos, &likeness, others)).await?;
    keep(app, sha256, alike).await
}

async fn keep(app: &App, sha256: Vec<u8>, alike: Vec<(Vec<u8>, f64)>) -> Result<(), Error> {
    let at = app.clock.now();
    app.db.write(move |conn| photo_marks::save_compared(conn, &sha256, &alike, at)).await
}

/// The photos that share the most marks with one that has this number: one statement.
pub fn candidates(conn: &mut Conn, own: i64, probes: &[Probe]) -> Result<Vec<Candidate>, Error> {
    let mut keys: Vec<i64> = probes.iter().flat_map(|probe| probe.keys.iter().copied()).collect();
    keys.sort_unstable();
    keys.dedup();
    let found = photo_marks::list_by_keys(conn, &keys)?;
    let mut by_key: HashMap<i64, Vec<Found>> = HashMap::new();
    for mark in found.into_iter().filter(|mark| mark.photo != own) {
        by_key.entry(mark.key).or_default().push(mark);
    }
    let mut shifts: HashMap<i64, Vec<Shift>> = HashMap::new();
    for probe in probes {
        for mark in probe.keys.iter().filter_map(|key| by_key.get(key)).flatten() {
            if let Some(shift) = probe.shift(mark.bits, mark.spot) {
                shifts.entry(mark.photo).or_default().push(shift);
            }
        }
    }
    let mut candidates: Vec<Candidate> =
        shifts.into_iter().map(|(photo, shifts)| candidate(photo, &shifts)).collect();
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.votes), candidate.photo));
    candidates.truncate(CANDIDATES);
    Ok(candidates)
}

fn candidate(photo: i64, shifts: &[Shift]) -> Candidate {
    let votes = |shift: &Shift| shifts.iter().filter(|other| shift.agrees(other)).count();
    let mut counted: Vec<(usize, Shift)> =
        shifts.iter().map(|shift| (votes(shift), *shift)).collect();
    counted.sort_by_key(|(votes, _)| std::cmp::Reverse(*votes));
    let mut chosen: Vec<Shift> = Vec::new();
    for (_, shift) in &counted {
        if chosen.len() < SHIFTS && !chosen.iter().any(|other| other.agrees(shift)) {
            chosen.push(*shift);
        }
    }
    Candidate { photo, votes: counted.first().map_or(0, |(votes, _)| *votes), shifts: chosen }
}

/// The thumbnail of a photo; none where there is none to be read.
fn likeness(photos: &Blobs, sha256: &str) -> std::io::Result<Option<Likeness>> {
    match std::fs::read(photos.rendition(sha256, Size::Thumbnail)) {
        Ok(jpeg) => Ok(Likeness::read(&jpeg).ok()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// How alike a picture is to each of these, of those that are.
fn laid_over(
    photos: &Blobs,
    own: &Likeness,
    others: Vec<(Vec<u8>, Vec<Shift>)>,
) -> std::io::Result<Vec<(Vec<u8>, f64)>> {
    let mut alike = Vec::new();
    for (digest, shifts) in others {
        let Some(other) = likeness(photos, &hex(&digest))? else { continue };
        let Ok(found) = own.compare(&other, &shifts) else { continue };
        let percent = f64::from(found.percent);
        if percent >= KEPT {
            alike.push((digest, percent));
        }
    }
    Ok(alike)
}
