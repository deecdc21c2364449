//! Whoever takes messages: a server that notes what it was sent, and a mailbox.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::town::SERVERS;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Path and query.
    pub uri: String,
    /// Headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body as it was.
    pub bytes: Vec<u8>,
}

impl Taken {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }
}

#[derive(Debug, Clone)]
struct Saying {
    status: u16,
    header: Option<(&'static str, &'static str)>,
    body: &'static str,
}

#[derive(Debug, Default)]
struct Notes {
    taken: Vec<Taken>,
    says: VecDeque<Saying>,
}

/// A server that notes what it was sent, and answers 200 `{"errcode":0}` unless told otherwise.
#[allow(missing_debug_implementations)]
pub struct Receiver {
    /// Where it is, without a path.
    pub origin: String,
    notes: Arc<Mutex<Notes>>,
    server: ServerHandle,
}

async fn take(request: HttpRequest, body: Bytes, notes: Data<Mutex<Notes>>) -> HttpResponse {
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| {
        (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned())
    });
    let taken =
        Taken { uri: request.uri().to_string(), headers: headers.collect(), bytes: body.to_vec() };
    let mut notes = notes.lock().unwrap();
    notes.taken.push(taken);
    let says = notes.says.pop_front();
    let says = says.unwrap_or(Saying { status: 200, header: None, body: r#"{"errcode":0}"# });
    let mut answer = HttpResponse::build(StatusCode::from_u16(says.status).unwrap());
    if let Some(header) = says.header {
        answer.insert_header(header);
    }
    answer.body(says.body)
}

impl Receiver {
    /// Starts one on a free port of this machine.
    pub fn start() -> Self {
        let notes = Data::new(Mutex::new(Notes::default()));
        let app_notes = notes.clone();
        let _runtime = SERVERS.enter();
        let server = HttpServer::new(move || {
            App::new().app_data(app_notes.clone()).default_service(web::to(take))
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let origin = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        SERVERS.spawn(server);
        Self { origin, notes: notes.into_inner(), server: handle }
    }

    /// The next answer is this one.
    pub fn says(&self, status: u16, body: &'static str) {
        self.notes.lock().unwrap().says.push_back(Saying { status, header: None, body });
    }

    /// The next answer asks to be left alone for so many seconds.
    pub fn asks_to_wait(&self, seconds: &'static str) {
        let header = Some(("retry-after", seconds));
        self.notes.lock().unwrap().says.push_back(Saying { status: 429, header, body: "" });
    }

    /// What came since this was last asked.
    pub fn takes(&self) -> Vec<Taken> {
        std::mem::take(&mut self.notes.lock().unwrap().taken)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        SERVERS.spawn(self.server.stop(false));
    }
}

/// A server that takes mail (RFC 5321), as much of it as one that sends it plainly needs.
#[allow(missing_debug_implementations)]
pub struct MailServer {
    /// Its port on this machine.
    pub port: u16,
    mails: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    /// Starts one on a free port of this machine.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&mails);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Some(mail) = converse(stream).await {
                    kept.lock().unwrap().push(mail);
                }
            }
        });
        Self { port, mails }
    }

    /// What came since this was last asked: headers, an empty line, and the text.
    pub fn takes(&self) -> Vec<String> {
        std::mem::take(&mut self.mails.lock().unwrap())
    }
}

async fn converse(stream: TcpStream) -> Option<String> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.test\r\n").await.ok()?;
    let mut mail = None;
    while let Ok(Some(line)) = lines.next_line().await {
        let word = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        let says: &[u8] = match word.as_str() {
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.ok()?;
                let mut text = String::new();
                while let Ok(Some(line)) = lines.next_line().await
                    && line != "."
                {
                    text.push_str(&line);
                    text.push('\n');
                }
                mail = Some(text);
                b"250 kept\r\n"
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await.ok()?;
                break;
            }
            _ => b"250 ok\r\n",
        };
        write.write_all(says).await.ok()?;
    }
    mail
}
