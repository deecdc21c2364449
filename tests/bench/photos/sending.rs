//! A client that spends as little as can be, since it shares the processors with the server that is
//! measured: threads of its own, large pieces, no parsing beyond what is needed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use super::uploads::Photo;
use crate::measure::Outcome;
use crate::town::Person;

/// Bytes read and sent at once.
const PIECE: usize = 256 * 1024;

/// Sends them all, each client its own; gives bytes a second.
pub fn send(address: SocketAddr, people: &[Person], photos: &[Photo]) -> Outcome<f64> {
    let of_each = photos.len().div_ceil(people.len().max(1));
    let (began, mut bytes) = (Instant::now(), 0);
    std::thread::scope(|scope| {
        let pairs = people.iter().zip(photos.chunks(of_each));
        let sending: Vec<_> =
            pairs.map(|(person, own)| scope.spawn(move || all(address, person, own))).collect();
        for thread in sending {
            bytes += thread.join().map_err(|_panic| "sending panicked")??;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    })?;
    Ok(bytes as f64 / began.elapsed().as_secs_f64())
}

fn all(address: SocketAddr, person: &Person, photos: &[Photo]) -> io::Result<u64> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let mut piece = vec![0; PIECE];
    photos.iter().map(|photo| one(&stream, &mut answers, person, photo, &mut piece)).sum()
}

fn one(
    mut stream: &TcpStream,
    answers: &mut impl BufRead,
    person: &Person,
    photo: &Photo,
    piece: &mut [u8],
) -> io::Result<u64> {
    let mut file = File::open(&photo.path)?;
    let (length, token, sha256) = (file.metadata()?.len(), &person.token, &photo.sha256);
    write!(
        stream,
        "PUT /api/v1/photos/{sha256} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n"
    )?;
    loop {
        match file.read(piece)? {
            0 => break,
            read => stream.write_all(&piece[..read])?,
        }
    }
    let (mut first, mut answered) = (String::new(), 0);
    answers.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        answers.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            answered = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; answered];
    answers.read_exact(&mut body)?;
    if !first.starts_with("HTTP/1.1 20") {
        return Err(io::Error::other(format!("{first}{}", String::from_utf8_lossy(&body))));
    }
    Ok(length)
}
