//! Whether a client hung up while its answer is held. HTTP alone does not tell: a connection that is
//! closed for sending may still be read from, so actix-web goes on working at an answer.

use std::any::Any;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;

#[cfg(unix)]
use std::os::fd::{AsFd, OwnedFd};
#[cfg(unix)]
use std::sync::Arc;

/// The connection's socket, a second time.
#[cfg(unix)]
#[derive(Clone)]
struct Socket(Arc<OwnedFd>);

/// Keeps what [`hung_up`] looks at; to be called for each new connection.
#[cfg(unix)]
pub fn remember(connection: &dyn Any, data: &mut Extensions) {
    let stream = connection.downcast_ref::<actix_web::rt::net::TcpStream>();
    if let Some(socket) = stream.and_then(|stream| stream.as_fd().try_clone_to_owned().ok()) {
        data.insert(Socket(Arc::new(socket)));
    }
}

/// Waits until the client has closed its end of the connection: whoever waits for an answer and closes
/// it no longer wants it.
#[cfg(unix)]
pub async fn hung_up(request: &HttpRequest) {
    use tokio::io::Interest;
    use tokio::io::unix::AsyncFd;
    let socket = request.conn_data::<Socket>().map(|socket| Arc::clone(&socket.0));
    let watched =
        socket.and_then(|socket| AsyncFd::register_with_interest(socket, Interest::READABLE).ok());
    let Some(watched) = watched else { return std::future::pending().await };
    while let Ok(mut guard) = watched.readable().await {
        if guard.ready().is_read_closed() {
            return;
        }
        // The next request on the connection has come: nothing to do with this one.
        guard.clear_ready();
    }
    std::future::pending().await
}

/// Nothing is kept where sockets are not files.
#[cfg(not(unix))]
pub fn remember(_connection: &dyn Any, _data: &mut Extensions) {}

/// Never, where sockets are not files.
#[cfg(not(unix))]
pub async fn hung_up(_request: &HttpRequest) {
    std::future::pending().await
}
