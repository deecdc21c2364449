//! A client that spends as little as can be, since it shares the processors with the server that is
//! measured: threads of its own, no copies, no parsing beyond what is needed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use super::uploads::Photo;
use crate::measure::Outcome;
use crate::town::Person;

/// How photos are sent.
#[derive(Debug, Clone, Copy)]
pub enum How {
    /// Each in one PUT.
    Whole,
    /// By tus, in pieces of so many bytes.
    InPieces(u64),
}

/// Sends them all, each client its own; gives bytes a second.
pub fn send(address: SocketAddr, people: &[Person], photos: &[Photo], how: How) -> Outcome<f64> {
    let of_each = photos.len().div_ceil(people.len().max(1));
    let (began, mut bytes) = (Instant::now(), 0);
    std::thread::scope(|scope| {
        let pairs = people.iter().zip(photos.chunks(of_each));
        let sending: Vec<_> = pairs
            .map(|(person, own)| scope.spawn(move || all(address, person, own, how)))
            .collect();
        for thread in sending {
            bytes += thread.join().map_err(|_panic| "sending panicked")??;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    })?;
    Ok(bytes as f64 / began.elapsed().as_secs_f64())
}

fn all(address: SocketAddr, person: &Person, photos: &[Photo], how: How) -> io::Result<u64> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let answers = BufReader::new(stream.try_clone()?);
    let mut line = Line { stream, answers };
    let mut bytes = 0;
    for photo in photos {
        let mut file = File::open(&photo.path)?;
        let length = file.metadata()?.len();
        match how {
            How::Whole => line.whole(person, photo, &mut file, length)?,
            How::InPieces(piece) => line.in_pieces(person, photo, &mut file, (length, piece))?,
        }
        bytes += length;
    }
    Ok(bytes)
}

/// A connection that is kept.
struct Line {
    stream: TcpStream,
    answers: BufReader<TcpStream>,
}

impl Line {
    fn whole(
        &mut self,
        person: &Person,
        photo: &Photo,
        file: &mut File,
        length: u64,
    ) -> io::Result<()> {
        let (token, sha256) = (&person.token, &photo.sha256);
        write!(
            self.stream,
            "PUT /api/v1/photos/{sha256} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n"
        )?;
        self.body(file, length)
    }

    fn in_pieces(
        &mut self,
        person: &Person,
        photo: &Photo,
        file: &mut File,
        (length, piece): (u64, u64),
    ) -> io::Result<()> {
        let (token, path) = (&person.token, &photo.upload);
        let mut at = 0;
        while at < length {
            let now = piece.min(length - at);
            write!(
                self.stream,
                "PATCH /api/v1{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
                 Tus-Resumable: 1.0.0\r\nUpload-Offset: {at}\r\nContent-Length: {now}\r\n\
                 Content-Type: application/offset+octet-stream\r\n\r\n"
            )?;
            self.body(file, now)?;
            at += now;
        }
        Ok(())
    }

    /// Sends so many bytes of a file, and reads the answer. The kernel moves them by itself (`sendfile(2)`,
    /// which `io::copy` takes for this pair).
    fn body(&mut self, file: &mut File, length: u64) -> io::Result<()> {
        let sent = io::copy(&mut file.take(length), &mut self.stream)?;
        if sent == length { self.answer() } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    fn answer(&mut self) -> io::Result<()> {
        let (mut first, mut answered) = (String::new(), 0);
        self.answers.read_line(&mut first)?;
        loop {
            let mut line = String::new();
            self.answers.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                answered = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        let mut body = vec![0; answered];
        self.answers.read_exact(&mut body)?;
        if first.starts_with("HTTP/1.1 20") {
            return Ok(());
        }
        Err(io::Error::other(format!("{first}{}", String::from_utf8_lossy(&body))))
    }
}
