//! Everything that can go wrong between a phone and a server.

use std::time::Duration;

use crate::random::Random;

/// Where in a request or its answer the line is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Inside the request line.
    RequestLine,
    /// Inside the request's headers.
    Headers,
    /// Exactly at the end of the headers.
    EndOfHeaders,
    /// After the first byte of the body.
    FirstBodyByte,
    /// Somewhere in the body.
    MidBody,
    /// Before the last byte of the body.
    LastBodyByteButOne,
    /// Exactly after the body: the server has everything, the client nothing.
    AfterBody,
    /// Inside the head of the answer.
    AnswerHead,
    /// Before the answer's last byte.
    BeforeLastAnswerByte,
    /// After the answer.
    AfterAnswer,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 10] = [
        Self::RequestLine,
        Self::Headers,
        Self::EndOfHeaders,
        Self::FirstBodyByte,
        Self::MidBody,
        Self::LastBodyByteButOne,
        Self::AfterBody,
        Self::AnswerHead,
        Self::BeforeLastAnswerByte,
        Self::AfterAnswer,
    ];

    /// Bytes of a request that still pass, out of a head whose line ends at `line`, which ends at `head`,
    /// and a body of `body`; none where the cut is in the answer. A request without a body is cut after
    /// it instead.
    pub fn in_request(self, line: usize, head: usize, body: usize, chance: f64) -> Option<usize> {
        let within = |from: usize, to: usize| {
            let width = to.saturating_sub(from).max(1);
            // As far as the fraction goes, rounding down.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let step = (width as f64 * chance) as usize;
            from + step.min(width - 1)
        };
        let whole = head + body;
        Some(match self {
            Self::RequestLine => within(1, line),
            Self::Headers => within(line, head),
            Self::EndOfHeaders => head,
            Self::FirstBodyByte => (head + 1).min(whole),
            Self::MidBody => within((head + 1).min(whole), whole).min(whole),
            Self::LastBodyByteButOne => (whole - 1).max(head),
            Self::AfterBody => whole,
            Self::AnswerHead | Self::BeforeLastAnswerByte | Self::AfterAnswer => return None,
        })
    }

    /// Bytes of an answer that still pass; none where the cut is in the request.
    pub fn in_answer(self, head: usize, body: usize, chance: f64) -> Option<usize> {
        match self {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Self::AnswerHead => Some(((head as f64 * chance) as usize).min(head - 1)),
            Self::BeforeLastAnswerByte => Some(head + body - 1),
            Self::AfterAnswer => Some(head + body),
            _ => None,
        }
    }
}

/// How the line ends at a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Both sides see it closed.
    Closed,
    /// Both sides see it reset.
    Reset,
    /// Half-open: the client keeps a socket on which nothing comes, the server sees it closed.
    ClientHangs,
    /// Half-open: the server keeps a socket on which nothing comes, the client sees it reset.
    ServerHangs,
    /// The network is gone and nobody was told.
    BothHang,
}

impl Ending {
    /// Every ending.
    pub const ALL: [Self; 5] =
        [Self::Closed, Self::Reset, Self::ClientHangs, Self::ServerHangs, Self::BothHang];
}

/// A cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// Where.
    pub place: Place,
    /// How.
    pub ending: Ending,
    /// Where within the place, 0 to 1.
    pub chance: f64,
}

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// Nothing.
    None,
    /// It arrives so much later.
    Delay(Duration),
    /// The line is cut.
    Cut(Cut),
    /// Bytes come in small pieces, with pauses.
    Trickle {
        /// Bytes of a piece.
        piece: usize,
        /// Pause between two.
        pause: Duration,
    },
    /// The same bytes are delivered a second time on a connection of their own, so much after the first
    /// began; the second answer goes nowhere.
    Duplicate(Duration),
    /// A captive portal: a page with status 200, and the server never hears of it.
    Portal,
    /// A captive portal that sends elsewhere.
    Redirect,
    /// A proxy's own 413, where the body is larger than this.
    TooLarge(usize),
    /// A proxy's own 502, 503 or 504.
    Gateway(u16),
    /// A proxy that passes a request on, and an answer back, only once it has all of it.
    Buffering,
}

/// How often requests are disturbed, in a hundred, and by what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mix {
    /// Requests that have a fault, in a hundred.
    pub percent: u8,
    /// The longest pause that a fault brings.
    pub longest: Duration,
}

impl Mix {
    /// No faults.
    pub const NONE: Self = Self { percent: 0, longest: Duration::ZERO };

    /// What happens to the next request of a connection.
    pub fn draw(self, chance: &mut Random) -> Fault {
        // Drawn whether it comes to pass or not: a calmer mix does not change what comes later.
        let (happens, fault) = (chance.below(100) < usize::from(self.percent), self.fault(chance));
        if happens { fault } else { Fault::None }
    }

    fn fault(self, chance: &mut Random) -> Fault {
        let pause = |chance: &mut Random| self.longest.mul_f64(chance.share());
        match chance.below(20) {
            0 | 1 => Fault::Delay(pause(chance)),
            2 | 3 => Fault::Trickle {
                piece: 1_000 + chance.below(30_000),
                pause: Duration::from_millis(1 + chance.below(10) as u64),
            },
            4 | 5 => Fault::Duplicate(pause(chance)),
            6 => Fault::Portal,
            7 => Fault::Redirect,
            8 => Fault::TooLarge(20_000 + chance.below(200_000)),
            9 => Fault::Gateway([502, 503, 504][chance.below(3)]),
            10 => Fault::Buffering,
            _ => Fault::Cut(Cut {
                place: Place::ALL[chance.below(Place::ALL.len())],
                ending: Ending::ALL[chance.below(Ending::ALL.len())],
                chance: chance.share(),
            }),
        }
    }
}

impl Fault {
    /// What it is counted as.
    pub fn name(&self) -> String {
        match self {
            Self::None => "none".to_owned(),
            Self::Delay(_) => "delay".to_owned(),
            Self::Cut(cut) => format!("cut, {:?}, {:?}", cut.place, cut.ending),
            Self::Trickle { .. } => "trickle".to_owned(),
            Self::Duplicate(_) => "duplicate".to_owned(),
            Self::Portal => "portal".to_owned(),
            Self::Redirect => "redirect".to_owned(),
            Self::TooLarge(_) => "too large".to_owned(),
            Self::Gateway(status) => format!("gateway {status}"),
            Self::Buffering => "buffering".to_owned(),
        }
    }
}
