//! Two sockets, and the ways in which they can end.

use std::io::Result;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::fault::Ending;

/// How long a half-open socket is kept before the proxy forgets it.
pub(super) const HELD: Duration = Duration::from_secs(20);

/// Both sides of a connection.
pub(super) struct Wire {
    pub client: BufReader<TcpStream>,
    pub server: BufReader<TcpStream>,
}

impl Wire {
    /// Ends it at a cut.
    pub async fn end(mut self, ending: Ending) {
        match ending {
            Ending::Closed => {
                let _ = self.client.get_mut().shutdown().await;
                let _ = self.server.get_mut().shutdown().await;
            }
            Ending::Reset => {
                let _ = self.client.get_ref().set_zero_linger();
                let _ = self.server.get_ref().set_zero_linger();
            }
            Ending::ClientHangs => {
                drop(self.server);
                tokio::time::sleep(HELD).await;
            }
            Ending::ServerHangs => {
                let _ = self.client.get_ref().set_zero_linger();
                drop(self.client);
                tokio::time::sleep(HELD).await;
            }
            Ending::BothHang => tokio::time::sleep(HELD).await,
        }
    }
}

/// A connection to the server.
pub(super) async fn connect(to: SocketAddr) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(to).await?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

/// Writes in pieces with pauses between.
pub(super) async fn trickle(
    to: &mut TcpStream,
    bytes: &[u8],
    piece: usize,
    pause: Duration,
) -> Result<()> {
    for part in bytes.chunks(piece.max(1)) {
        to.write_all(part).await?;
        tokio::time::sleep(pause).await;
    }
    Ok(())
}
