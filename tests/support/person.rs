//! Somebody who asks the server.

use std::sync::Arc;

use domain::access::{Actor, Role};
use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;
use zhoubian::app::App;
use zhoubian::tokens::Claims;

use crate::{Answer, Draft, Member, Picture};

/// Somebody signed in; their access token is made anew for each request, however the clock moves.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Person {
    /// Who they are.
    pub member: Member,
    pub(crate) app: Arc<App>,
    pub(crate) send: Send,
}

/// A way to the server, for whoever has a token and for whoever has none.
#[derive(Debug, Clone)]
pub struct Send {
    pub(crate) client: reqwest::Client,
    /// `http://127.0.0.1:<port>/api/v1`.
    pub api: String,
}

impl Send {
    /// A request under `/api/v1`.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.api))
    }

    /// Sends a request and reads its answer.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        Answer::read(request.send().await.expect("the server does not answer")).await
    }
}

impl Person {
    /// A good access token.
    pub fn token(&self) -> String {
        let claims = Claims::new(
            self.member.account,
            self.member.session,
            self.member.role,
            self.app.clock.now(),
        );
        self.app.keys.issue(&claims).unwrap()
    }

    /// The server that they ask, from inside.
    pub fn app(&self) -> Arc<App> {
        Arc::clone(&self.app)
    }

    /// An access token that ends in so many seconds.
    pub fn token_for(&self, seconds: i64) -> String {
        let (member, now) = (&self.member, self.app.clock.now());
        let mut claims = Claims::new(member.account, member.session, member.role, now);
        claims.exp = now.as_second() + seconds;
        self.app.keys.issue(&claims).unwrap()
    }

    /// Who they are to the rules, for what is done without HTTP.
    pub fn actor(&self) -> Actor {
        let bureau = (self.member.role == Role::Bureau).then(|| self.member.login.clone());
        let (account, role) = (self.member.account, self.member.role);
        Actor { account, role, bureau, duty_areas: Vec::new(), errands: None }
    }

    /// Where the server listens, `127.0.0.1:<port>`: for whoever writes to it byte by byte.
    pub fn address(&self) -> String {
        let host = self.send.api.trim_start_matches("http://").split('/').next();
        host.unwrap_or_default().to_owned()
    }

    /// A request with their token.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.send.request(method, path).bearer_auth(self.token())
    }

    /// Sends a request made by [`Person::request`].
    pub async fn sends(&self, request: reqwest::RequestBuilder) -> Answer {
        self.send.send(request).await
    }

    /// Reads.
    pub async fn gets(&self, path: &str) -> Answer {
        self.send.send(self.request(Method::GET, path)).await
    }

    /// Sends JSON.
    pub async fn posts(&self, path: &str, body: &Value) -> Answer {
        self.send.send(self.request(Method::POST, path).json(body)).await
    }

    /// Sends a report.
    pub async fn submits(&self, draft: &Draft) -> Answer {
        self.puts_report(draft.id, &draft.json()).await
    }

    /// Sends a report with any body.
    pub async fn puts_report(&self, id: Uuid, body: &Value) -> Answer {
        self.send.send(self.request(Method::PUT, &format!("/reports/{id}")).json(body)).await
    }

    /// Sends a photo's bytes.
    pub async fn uploads(&self, picture: &Picture) -> Answer {
        self.puts_photo(&picture.sha256(), picture.bytes.clone(), picture.media_type).await
    }

    /// Sends any bytes under any digest.
    pub async fn puts_photo(&self, sha256: &str, bytes: Vec<u8>, media_type: &str) -> Answer {
        let request = self.request(Method::PUT, &format!("/photos/{sha256}"));
        self.send.send(request.header("content-type", media_type).body(bytes)).await
    }

    /// Reads an issue that they may see.
    pub async fn sees(&self, issue: i64) -> Value {
        self.gets(&format!("/issues/{issue}")).await.ok()
    }

    /// Says that an issue is hidden from them: by its number, in their list, in their pull.
    pub async fn sees_nothing_of(&self, issue: i64) {
        self.gets(&format!("/issues/{issue}")).await.is_problem(404, "not-found");
        assert!(!self.lists("").await.contains(&issue), "{} lists {issue}", self.member.login);
        let held = self.pulls_all().await;
        assert!(!held.contains_key(&issue), "{} pulls {issue}", self.member.login);
    }

    /// The numbers of the issues on every page of a list; `filters` as in a URL.
    pub async fn lists(&self, filters: &str) -> Vec<i64> {
        let pages = self.pages(&format!("/issues?limit=200&{filters}")).await;
        pages.iter().flatten().map(|issue| issue["id"].as_i64().unwrap()).collect()
    }

    /// Every page of a list, as far as its cursors lead.
    pub async fn pages(&self, path: &str) -> Vec<Vec<Value>> {
        let (mut pages, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.gets(&format!("{path}{after}")).await.ok();
            pages.push(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { return pages };
            after = format!("&after={next}");
        }
    }
}
