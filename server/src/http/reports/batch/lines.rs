//! The lines of a body, as it comes.

use std::io;

use actix_web::web::Payload;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use tokio::io::AsyncRead;
use tokio_util::codec::{FramedRead, LinesCodec, LinesCodecError};
use tokio_util::io::StreamReader;

use super::{MAX_LINE, MAX_REPORTS, PATIENCE};
use crate::problem::Error;

/// A line that says something, or why it cannot be read.
pub(super) struct Line {
    /// Which, from 1.
    pub(super) number: usize,
    pub(super) text: Result<String, Error>,
}

/// What comes after a line.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    More,
    Nothing,
}

/// The lines until the body ends, breaks off or has too many.
pub(super) fn of(body: Payload) -> impl Stream<Item = Line> {
    let body = StreamReader::new(body.map_err(io::Error::other));
    let framed = FramedRead::new(body, LinesCodec::new_with_max_length(MAX_LINE));
    let lines = stream::unfold((framed, 1, Then::More), |(mut framed, number, then)| async move {
        if then == Then::Nothing {
            return None;
        }
        let (text, then) = match tokio::time::timeout(PATIENCE, next(&mut framed)).await {
            Ok(None) => return None,
            Ok(Some(_)) if number > MAX_REPORTS => (Err(Error::BatchTooLong), Then::Nothing),
            Ok(Some(line)) => line,
            Err(_late) => (Err(broken_off("nothing came any more")), Then::Nothing),
        };
        Some((Line { number, text }, (framed, number + 1, then)))
    });
    lines.filter(|line| {
        let is_empty = line.text.as_ref().is_ok_and(|text| text.trim().is_empty());
        std::future::ready(!is_empty)
    })
}

async fn next(
    framed: &mut FramedRead<impl AsyncRead + Unpin, LinesCodec>,
) -> Option<(Result<String, Error>, Then)> {
    let refused = match framed.next().await? {
        Ok(text) => return Some((Ok(text), Then::More)),
        Err(LinesCodecError::MaxLineLengthExceeded) => {
            Error::TooLarge { limit: u64::try_from(MAX_LINE).unwrap_or(u64::MAX) }
        }
        Err(LinesCodecError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {
            Error::Malformed("the line is not UTF-8".to_owned())
        }
        Err(LinesCodecError::Io(error)) => {
            return Some((Err(broken_off(&error.to_string())), Then::Nothing));
        }
    };
    // A line of its own was bad: the reader says once that it pauses, then goes on with the next.
    drop(framed.next().await);
    Some((Err(refused), Then::More))
}

fn broken_off(why: &str) -> Error {
    Error::BodyBrokenOff(why.to_owned())
}
