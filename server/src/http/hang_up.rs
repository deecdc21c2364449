//! Whether a client hung up while its answer is held. HTTP alone does not tell: a connection that is
//! closed for sending may still be read from, so actix-web goes on working at an answer.

use std::any::Any;
use std::future::pending;
use std::io;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;
use tokio::io::Interest;
use tokio::net::TcpStream;

/// The connection's socket, a second time.
struct Socket(std::net::TcpStream);

/// Keeps what [`hung_up`] looks at; to be called for each new connection.
pub fn remember(connection: &dyn Any, data: &mut Extensions) {
    if let Some(Ok(socket)) = connection.downcast_ref().map(again) {
        data.insert(Socket(socket));
    }
}

#[cfg(unix)]
fn again(stream: &TcpStream) -> io::Result<std::net::TcpStream> {
    use std::os::fd::AsFd;
    stream.as_fd().try_clone_to_owned().map(Into::into)
}

#[cfg(not(unix))]
fn again(_stream: &TcpStream) -> io::Result<std::net::TcpStream> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Waits until the client has closed its end of the connection: whoever waits for an answer and closes
/// it no longer wants it. Goes on for ever where that cannot be found out.
pub async fn hung_up(request: &HttpRequest) {
    let socket = request.conn_data::<Socket>().and_then(|socket| socket.0.try_clone().ok());
    let watched = socket.and_then(|socket| TcpStream::from_std(socket).ok());
    match watched {
        Some(watched) if is_closed(&watched).await => {}
        _ => pending::<()>().await,
    }
}

/// Waits until the other end is closed; false where that cannot be found out.
async fn is_closed(watched: &TcpStream) -> bool {
    while let Ok(ready) = watched.ready(Interest::READABLE).await {
        if ready.is_read_closed() {
            return true;
        }
        // The next request on the connection has come: nothing to do with this one. Nothing is read
        // here; it only waits for more to come.
        let nothing = || Err::<(), _>(io::ErrorKind::WouldBlock.into());
        drop(watched.try_io(Interest::READABLE, nothing));
    }
    false
}
