//! Files of JSON lines, compressed, each with its digest.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::manifest::Part;
use super::{at, sha256_of};
use crate::actions::record::hex;
use crate::problem::Error;

/// A file that is being written.
pub(super) struct Lines {
    out: GzEncoder<Hashed>,
    rows: u64,
}

/// Hashes what goes through.
struct Hashed {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Lines {
    pub(super) fn create(file: &Path) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, File::create(file)?);
        let out = Hashed { file, hash: Sha256::new(), bytes: 0 };
        Ok(Self { out: GzEncoder::new(out, Compression::fast()), rows: 0 })
    }

    pub(super) fn line(&mut self, row: &Value) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, row)?;
        self.rows += 1;
        self.out.write_all(b"\n")
    }

    /// Makes it durable, and tells what it is.
    pub(super) fn finish(self, name: &str, columns: &[&str], file: String) -> io::Result<Part> {
        let rows = self.rows;
        let mut out = self.out.finish()?;
        out.file.flush()?;
        out.file.get_ref().sync_all()?;
        Ok(Part {
            name: name.to_owned(),
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
            rows,
            file,
            sha256: hex(&out.hash.finalize()),
            bytes: out.bytes,
        })
    }
}

/// Whether a file is as the manifest has it; says what is wrong with it.
pub(super) fn check(folder: &Path, part: &Part) -> Option<String> {
    match sha256_of(&folder.join(&part.file)) {
        Ok(sha256) if sha256 == part.sha256 => None,
        Ok(_) => Some(format!("{} is not as it was written", part.file)),
        Err(error) => Some(format!("{} cannot be read: {error}", part.file)),
    }
}

/// Reads every line of a file, each a JSON array.
pub(super) fn each(
    folder: &Path,
    part: &Part,
    mut take: impl FnMut(Vec<Value>) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = folder.join(&part.file);
    let opened = File::open(&file).map_err(|error| at(&file, &error))?;
    let mut lines = BufReader::new(GzDecoder::new(BufReader::with_capacity(1 << 16, opened)));
    let (mut line, mut rows) = (String::new(), 0_u64);
    while lines.read_line(&mut line).map_err(|error| at(&file, &error))? > 0 {
        rows += 1;
        let row = serde_json::from_str(&line)
            .map_err(|error| Error::Operation(format!("{}, line {rows}: {error}", part.file)))?;
        take(row)?;
        line.clear();
    }
    if rows == part.rows {
        return Ok(());
    }
    Err(Error::Operation(format!("{} has {rows} lines instead of {}", part.file, part.rows)))
}
