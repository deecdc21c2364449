//! Each fault does what it says.

use std::io::ErrorKind;
use std::time::Duration;

use support::faults::{Cut, Ending, Fault, Mix, Place, Proxy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::toy::Toy;

const LINE: &str = "PUT /x HTTP/1.1\r\n";
const BODY: usize = 5_000;
/// Long enough that what would come has come.
const A_WHILE: Duration = Duration::from_millis(300);

fn head() -> String {
    format!("{LINE}Host: toy\r\nContent-Length: {BODY}\r\n\r\n")
}

fn request() -> Vec<u8> {
    [head().into_bytes(), vec![b'x'; BODY]].concat()
}

async fn scene(fault: Fault) -> (Toy, Proxy, TcpStream) {
    let toy = Toy::start().await;
    let proxy = Proxy::start(1, Mix::NONE).await.unwrap();
    proxy.lead_to(&[toy.address]);
    proxy.script(&[fault]);
    let client = TcpStream::connect(proxy.address).await.unwrap();
    (toy, proxy, client)
}

/// What a client gets until the connection ends; whether it was reset.
async fn rest(client: &mut TcpStream) -> (String, bool) {
    let mut got = Vec::new();
    let ended = client.read_to_end(&mut got).await;
    let reset = ended.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset);
    (String::from_utf8_lossy(&got).into_owned(), reset)
}

fn cut(place: Place, ending: Ending) -> Fault {
    Fault::Cut(Cut { place, ending, chance: 0.4 })
}

#[test]
fn every_place_is_where_it_says() {
    let (line, head, body) = (20, 100, 1_000);
    let at = |place: Place, chance| place.in_request(line, head, body, chance).unwrap();
    for chance in [0.0, 0.5, 0.999_999] {
        assert!((1..line).contains(&at(Place::RequestLine, chance)));
        assert!((line..head).contains(&at(Place::Headers, chance)));
        assert!((head + 1..head + body).contains(&at(Place::MidBody, chance)));
        assert!(Place::AnswerHead.in_answer(50, 10, chance).unwrap() < 50);
    }
    assert_eq!(at(Place::EndOfHeaders, 0.5), 100);
    assert_eq!(at(Place::FirstBodyByte, 0.5), 101);
    assert_eq!(at(Place::LastBodyByteButOne, 0.5), 1_099);
    assert_eq!(at(Place::AfterBody, 0.5), 1_100);
    assert_eq!(Place::BeforeLastAnswerByte.in_answer(50, 10, 0.5), Some(59));
    assert_eq!(Place::AfterAnswer.in_answer(50, 10, 0.5), Some(60));
    // Without a body there is nothing in it to cut.
    for place in [Place::FirstBodyByte, Place::MidBody, Place::LastBodyByteButOne] {
        assert_eq!(place.in_request(line, head, 0, 0.5), Some(head));
    }
}

#[tokio::test]
async fn a_cut_lets_exactly_so_much_pass() {
    for place in Place::ALL {
        let (toy, proxy, mut client) = scene(cut(place, Ending::Closed)).await;
        client.write_all(&request()).await.unwrap();
        let (got, _) = rest(&mut client).await;
        let arrived = toy.ended(1).await[0].bytes.len();
        let whole = head().len() + BODY;
        let passes = place.in_request(LINE.len(), head().len(), BODY, 0.4);
        assert_eq!(arrived, passes.unwrap_or(whole), "{place:?}");
        match place {
            Place::AnswerHead => assert!(!got.contains("\r\n\r\n"), "{got}"),
            Place::BeforeLastAnswerByte => assert!(got.ends_with("true"), "{got}"),
            Place::AfterAnswer => assert!(got.ends_with("true}"), "{got}"),
            _ => assert_eq!(got, "", "{place:?}"),
        }
        assert_eq!(proxy.counts().by_kind()["cut"], 1);
    }
}

#[tokio::test]
async fn a_reset_is_one_and_half_open_lines_stay_half_open() {
    let (_toy, _proxy, mut client) = scene(cut(Place::MidBody, Ending::Reset)).await;
    client.write_all(&request()).await.unwrap();
    assert!(rest(&mut client).await.1, "the client sees a reset");

    let (toy, _proxy, mut client) = scene(cut(Place::AfterBody, Ending::ClientHangs)).await;
    client.write_all(&request()).await.unwrap();
    toy.ended(1).await;
    assert!(timeout(A_WHILE, rest(&mut client)).await.is_err(), "the client hears nothing");

    let (toy, _proxy, mut client) = scene(cut(Place::MidBody, Ending::ServerHangs)).await;
    client.write_all(&request()).await.unwrap();
    assert!(rest(&mut client).await.1);
    assert!(timeout(A_WHILE, toy.ended(1)).await.is_err(), "the server hears nothing");

    let (toy, _proxy, mut client) = scene(cut(Place::MidBody, Ending::BothHang)).await;
    client.write_all(&request()).await.unwrap();
    assert!(timeout(A_WHILE, rest(&mut client)).await.is_err());
    assert!(timeout(A_WHILE, toy.ended(1)).await.is_err());
}

#[tokio::test]
async fn what_is_slow_comes_whole() {
    let slow = Fault::Trickle { piece: 500, pause: Duration::from_millis(1) };
    for fault in [Fault::None, Fault::Delay(Duration::from_millis(20)), slow, Fault::Buffering] {
        let (toy, _proxy, mut client) = scene(fault).await;
        client.write_all(&request()).await.unwrap();
        client.shutdown().await.unwrap();
        assert!(rest(&mut client).await.0.ends_with("{\"ok\":true}"), "{fault:?}");
        assert_eq!(toy.ended(1).await[0].bytes, request(), "{fault:?}");
    }
}

#[tokio::test]
async fn a_buffering_proxy_passes_nothing_on_before_it_has_all() {
    let (toy, _proxy, mut client) = scene(Fault::Buffering).await;
    let request = request();
    client.write_all(&request[..request.len() - 1]).await.unwrap();
    tokio::time::sleep(A_WHILE).await;
    assert!(toy.lines().iter().all(|line| line.bytes.is_empty()));
    client.write_all(&request[request.len() - 1..]).await.unwrap();
    client.shutdown().await.unwrap();
    assert!(rest(&mut client).await.0.ends_with("true}"));
}

#[tokio::test]
async fn a_duplicate_is_delivered_twice_and_answered_once() {
    let (toy, _proxy, mut client) = scene(Fault::Duplicate(Duration::from_millis(30))).await;
    client.write_all(&request()).await.unwrap();
    client.shutdown().await.unwrap();
    let (got, _) = rest(&mut client).await;
    assert_eq!(got.matches("HTTP/1.1 200").count(), 1);
    let lines = toy.ended(2).await;
    assert_eq!(lines.iter().filter(|line| line.bytes == request()).count(), 2);
}

#[tokio::test]
async fn who_answers_in_the_server_s_place_keeps_the_request() {
    for (fault, status) in [
        (Fault::Portal, "HTTP/1.1 200 OK\r\nContent-Type: text/html"),
        (Fault::Redirect, "HTTP/1.1 302 "),
        (Fault::TooLarge(4_999), "HTTP/1.1 413 "),
        (Fault::Gateway(502), "HTTP/1.1 502 "),
        (
            Fault::Gateway(503),
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\nRetry-After: 1",
        ),
    ] {
        let (toy, _proxy, mut client) = scene(fault).await;
        client.write_all(&request()).await.unwrap();
        let (got, _) = rest(&mut client).await;
        assert!(got.starts_with(status), "{got}");
        assert!(toy.lines().is_empty(), "{fault:?}");
    }
    let (toy, _proxy, mut client) = scene(Fault::TooLarge(BODY)).await;
    client.write_all(&request()).await.unwrap();
    client.shutdown().await.unwrap();
    assert!(rest(&mut client).await.0.starts_with("HTTP/1.1 200"));
    assert_eq!(toy.lines().len(), 1);
}

#[tokio::test]
async fn the_next_request_goes_where_the_server_is_now() {
    let (old, proxy, mut client) = scene(Fault::None).await;
    let new = Toy::start().await;
    let mut answer = vec![0; super::toy::json("{\"ok\":true}").len()];
    client.write_all(&request()).await.unwrap();
    client.read_exact(&mut answer).await.unwrap();
    proxy.lead_to(&[new.address]);
    client.write_all(&request()).await.unwrap();
    client.read_exact(&mut answer).await.unwrap();
    assert_eq!((old.lines().len(), new.lines().len()), (1, 1));
    proxy.lead_to(&[]);
    client.write_all(&request()).await.unwrap();
    assert!(rest(&mut client).await.1, "nowhere to go");
}
