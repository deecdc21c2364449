//! One request with its answer, disturbed or not.

use std::io::{ErrorKind, Result};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::fault::{Cut, Fault};
use super::message::{self, Head};
use super::wire::{Wire, connect, trickle};

/// Bytes passed on at once.
const PIECE: usize = 16 * 1024;

/// What a disturbed exchange leaves.
pub(super) enum After {
    /// A connection for the next request.
    Wire(Box<Wire>),
    /// Nothing; the fault came to pass.
    Gone,
    /// Nothing, and nobody disturbed it.
    Ended,
}

/// A request as it comes in: its head is read, its body is still on the way.
pub(super) struct Request {
    pub head: Head,
    /// Bytes of its body.
    pub body: usize,
}

impl Request {
    pub fn new(head: Head) -> Result<Self> {
        let body = message::of_request(&head)?;
        Ok(Self { head, body })
    }

    async fn rest(&self, client: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
        let mut body = vec![0; self.body];
        client.read_exact(&mut body).await?;
        Ok(body)
    }
}

/// Passes a request and its answer on.
pub(super) async fn pass(mut wire: Wire, request: &Request, fault: Fault) -> Result<After> {
    match fault {
        Fault::Cut(cut) => return cut_at(wire, request, cut).await,
        Fault::Delay(by) => tokio::time::sleep(by).await,
        _ => {}
    }
    let slow = match fault {
        Fault::Trickle { piece, pause } => Some((piece, pause)),
        _ => None,
    };
    if fault == Fault::Buffering || slow.is_some() {
        let body = request.rest(&mut wire.client).await?;
        let whole = [request.head.bytes.as_slice(), &body].concat();
        let (piece, pause) = slow.unwrap_or((whole.len(), Duration::ZERO));
        // The answer counts, not the broken pipe of a server that refuses early.
        drop(trickle(wire.server.get_mut(), &whole, piece, pause).await);
    } else {
        wire.server.get_mut().write_all(&request.head.bytes).await?;
        drop(forward(&mut wire, request.body).await);
    }
    let Some((head, body)) = answer(&mut wire, request).await? else { return Ok(After::Ended) };
    let whole = [head.bytes.as_slice(), &body].concat();
    let (piece, pause) = slow.unwrap_or((PIECE, Duration::ZERO));
    trickle(wire.client.get_mut(), &whole, piece, pause).await?;
    if head.closes || request.head.closes {
        return Ok(After::Ended);
    }
    Ok(After::Wire(Box::new(wire)))
}

async fn answer(wire: &mut Wire, request: &Request) -> Result<Option<(Head, Vec<u8>)>> {
    let Some(head) = message::head(&mut wire.server).await? else { return Ok(None) };
    let body = message::answer_body(&head, request.head.first_word(), &mut wire.server).await?;
    Ok(Some((head, body)))
}

/// Passes so many bytes of a body on, as they come.
async fn forward(wire: &mut Wire, mut left: usize) -> Result<()> {
    let mut piece = vec![0; PIECE];
    while left > 0 {
        let most = piece.len().min(left);
        match wire.client.read(&mut piece[..most]).await? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            read => {
                wire.server.get_mut().write_all(&piece[..read]).await?;
                left -= read;
            }
        }
    }
    Ok(())
}

async fn cut_at(mut wire: Wire, request: &Request, cut: Cut) -> Result<After> {
    let head = &request.head;
    let sizes = (head.line, head.bytes.len(), request.body);
    if let Some(passes) = cut.place.in_request(sizes.0, sizes.1, sizes.2, cut.chance) {
        let of_head = passes.min(sizes.1);
        wire.server.get_mut().write_all(&head.bytes[..of_head]).await?;
        // Small pieces may still be on their way when the line goes.
        forward(&mut wire, passes - of_head).await?;
    } else {
        wire.server.get_mut().write_all(&head.bytes).await?;
        forward(&mut wire, request.body).await?;
        let Some((head, body)) = answer(&mut wire, request).await? else { return Ok(After::Ended) };
        let whole = [head.bytes.as_slice(), &body].concat();
        let passes = cut.place.in_answer(head.bytes.len(), body.len(), cut.chance);
        wire.client.get_mut().write_all(&whole[..passes.unwrap_or(whole.len())]).await?;
    }
    wire.end(cut.ending).await;
    Ok(After::Gone)
}

/// Delivers a request twice: at once, and once more `after` that began.
pub(super) async fn twice(
    mut wire: Wire,
    request: &Request,
    to: SocketAddr,
    after: Duration,
) -> Result<After> {
    let body = request.rest(&mut wire.client).await?;
    let whole = [request.head.bytes.as_slice(), &body].concat();
    let again = (whole.clone(), request.head.first_word().to_owned());
    tokio::spawn(async move {
        tokio::time::sleep(after).await;
        let mut second = connect(to).await?;
        second.get_mut().write_all(&again.0).await?;
        if let Some(head) = message::head(&mut second).await? {
            message::answer_body(&head, &again.1, &mut second).await?;
        }
        Ok::<_, std::io::Error>(())
    });
    wire.server.get_mut().write_all(&whole).await?;
    let Some((head, body)) = answer(&mut wire, request).await? else { return Ok(After::Ended) };
    wire.client.get_mut().write_all(&[head.bytes.as_slice(), &body].concat()).await?;
    Ok(After::Wire(Box::new(wire)))
}

/// Answers in the server's place, once the request has come.
pub(super) async fn instead(
    client: &mut BufReader<TcpStream>,
    request: &Request,
    fault: Fault,
) -> Result<()> {
    let (line, more) = match fault {
        Fault::Redirect => ("302 Found".to_owned(), "Location: http://portal.invalid/\r\n"),
        Fault::TooLarge(_) => ("413 Request Entity Too Large".to_owned(), ""),
        Fault::Gateway(503) => ("503 Service Unavailable".to_owned(), "Retry-After: 1\r\n"),
        Fault::Gateway(status) => (format!("{status} Bad Gateway"), ""),
        _ => ("200 OK".to_owned(), ""),
    };
    request.rest(client).await?;
    let page = "<!doctype html><title>Welcome to the hotel's network</title>";
    let answer = format!(
        "HTTP/1.1 {line}\r\nContent-Type: text/html\r\n{more}Content-Length: {}\r\n\
         Connection: close\r\n\r\n{page}",
        page.len()
    );
    client.get_mut().write_all(answer.as_bytes()).await?;
    client.get_mut().shutdown().await
}
