//! What a command prints for whoever runs it.

use std::io::{self, BufWriter, ErrorKind, Write};

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
