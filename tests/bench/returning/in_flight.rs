//! The server's memory while everybody is in the middle of a piece.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use super::backlog;
use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::measure::database::Own;
use crate::measure::process::Server;
use crate::photos::picture::unlike_any_other;
use crate::photos::uploads::target;
use crate::town::{Spot, Town};

/// A piece as large as clients send them.
const LENGTH: usize = 1024 * 1024;
/// Time for the last bytes to be taken.
const SETTLE: Duration = Duration::from_secs(2);

/// As many uploads as spots, each lacking its last byte; gives the most memory held until all were in.
pub async fn measure(own: &Own, town: &Town, spots: &[Spot], jpeg: &[u8]) -> Outcome<f64> {
    let server = Server::start(own)?;
    let mut lines = Vec::with_capacity(spots.len());
    for (number, spot) in spots.iter().enumerate() {
        let person = &town.inspectors[number % town.inspectors.len()];
        let mut photo = unlike_any_other(jpeg, u64::MAX - number as u64);
        // What follows the end of a JPEG is nobody's concern.
        photo.resize(LENGTH, 0);
        let mut client = Client::new(server.address, &person.token);
        let body = backlog::body(spot, std::slice::from_ref(&photo));
        let receipt = client.put(&format!("/reports/{}", Uuid::now_v7()), &body).await?;
        let receipt = receipt.good("a report")?;
        let path = target(&receipt["photos"][0])?;
        let head = format!(
            "PATCH /api/v1{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n\
             Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: {LENGTH}\r\n\
             Content-Type: application/offset+octet-stream\r\nConnection: close\r\n\r\n",
            person.token
        );
        let mut line = TcpStream::connect(server.address).await?;
        line.write_all(head.as_bytes()).await?;
        line.write_all(&photo[..LENGTH - 1]).await?;
        lines.push(line);
    }
    tokio::time::sleep(SETTLE).await;
    for line in &mut lines {
        line.write_all(&[0]).await?;
    }
    for mut line in lines {
        let mut answer = String::new();
        line.read_to_string(&mut answer).await?;
        if !answer.starts_with("HTTP/1.1 204") {
            return Err(format!("an upload in flight: {answer}").into());
        }
    }
    server.peak_mib()
}
