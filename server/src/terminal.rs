//! What a command reads from whoever runs it, and prints for them.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

mod progress;

pub use progress::Progress;

/// The bytes of a file named on the command line.
///
/// # Errors
/// Whatever failed, with the file's name: of several files, it would not be known which.
pub fn read(file: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| of(file, &error))
}

/// The text of a file named on the command line.
///
/// # Errors
/// As [`read`], also where it is not UTF-8.
pub fn read_text(file: &Path) -> io::Result<String> {
    std::fs::read_to_string(file).map_err(|error| of(file, &error))
}

fn of(file: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", file.display()))
}

/// Prints lines to the standard output. Where nobody reads on, as after `| head`, that is no failure.
///
/// # Errors
/// Any other failure to write, such as a full disk.
pub fn print(lines: impl IntoIterator<Item = impl AsRef<str>>) -> io::Result<()> {
    print_to(io::stdout().lock(), lines)
}

fn print_to(out: impl Write, lines: impl IntoIterator<Item = impl AsRef<str>>) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut printed = lines.into_iter().try_for_each(|line| writeln!(out, "{}", line.as_ref()));
    printed = printed.and_then(|()| out.flush());
    // What is left in the buffer would be tried once more.
    let _ = out.into_parts();
    match printed {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that takes so many bytes and is then gone for this reason.
    struct Reader(usize, ErrorKind);

    impl Write for Reader {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            if taken == 0 { Err(self.1.into()) } else { Ok(taken) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = read(Path::new("nowhere/areas.geojson")).unwrap_err();
        assert!(error.to_string().starts_with("nowhere/areas.geojson: "), "{error}");
        assert_eq!(read_text(Path::new("nowhere")).unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn whoever_stops_reading_has_seen_enough() {
        let lines = || std::iter::repeat_n("a line", 10_000);
        print_to(Reader(20, ErrorKind::BrokenPipe), lines()).unwrap();
        let full = print_to(Reader(20, ErrorKind::StorageFull), lines()).unwrap_err();
        assert_eq!(full.kind(), ErrorKind::StorageFull);
        let mut all = Vec::new();
        print_to(&mut all, ["a", "b"]).unwrap();
        assert_eq!(all, b"a\nb\n");
    }
}
