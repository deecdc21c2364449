//! Who is signed in on the device.

use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::{Miss, Reply};
use super::folder::Folder;
use super::http::Http;

/// The file of the session.
const FILE: &str = "session.json";

/// What somebody types to sign in. A real client asks for it; it is never kept.
#[derive(Debug, Clone)]
pub struct Account {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
}

/// A session: what is kept of it, and an access token that is not.
#[derive(Debug, Clone)]
pub struct Session {
    kept: Kept,
    access: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    account: i64,
    refresh_token: String,
}

impl Session {
    /// The one that was open when the device was last on.
    pub fn resume(folder: &Folder) -> Result<Option<Self>, Miss> {
        let Some(bytes) = folder.read(FILE)? else { return Ok(None) };
        Ok(Some(Self { kept: serde_json::from_slice(&bytes)?, access: None }))
    }

    /// Opens one.
    pub async fn open(http: &Http, folder: &Folder, who: &Account) -> Result<Self, Miss> {
        let body = json!({"login": who.login, "password": who.password, "device": "simulator"});
        let asked = http.request(Method::POST, "/sessions").json(&body);
        Self::take(&http.send(asked).await?, folder)
    }

    /// The account that is signed in.
    pub fn account(&self) -> i64 {
        self.kept.account
    }

    /// An access token, for requests that are made otherwise.
    pub async fn token(&mut self, http: &Http, folder: &Folder) -> Result<String, Miss> {
        if self.access.is_none() {
            self.refresh(http, folder).await?;
        }
        Ok(self.access.clone().unwrap_or_default())
    }

    /// Sends a request with a good token: refreshes it where there is none and, once, where it is
    /// refused.
    pub async fn send(
        &mut self,
        http: &Http,
        folder: &Folder,
        request: RequestBuilder,
    ) -> Result<Reply, Miss> {
        if self.access.is_none() {
            self.refresh(http, folder).await?;
        }
        let again = request.try_clone();
        match (http.send(self.bear(request)).await, again) {
            (Err(miss), Some(again)) if miss.is(401) => {
                self.refresh(http, folder).await?;
                http.send(self.bear(again)).await
            }
            (answer, _) => answer,
        }
    }

    fn bear(&self, request: RequestBuilder) -> RequestBuilder {
        request.bearer_auth(self.access.as_deref().unwrap_or_default())
    }

    /// Exchanges the refresh token. The next one is durable before it is used; if the answer is lost,
    /// the same request gives the same token for a minute, and after that somebody signs in again.
    async fn refresh(&mut self, http: &Http, folder: &Folder) -> Result<(), Miss> {
        let body = json!({"refresh_token": self.kept.refresh_token});
        let asked = http.request(Method::POST, "/sessions:refresh").json(&body);
        *self = Self::take(&http.send(asked).await?, folder)?;
        Ok(())
    }

    fn take(reply: &Reply, folder: &Folder) -> Result<Self, Miss> {
        let body = &reply.body;
        let read = || {
            let access = body["access_token"].as_str()?.to_owned();
            let refresh_token = body["refresh_token"].as_str()?.to_owned();
            Some((Kept { account: body["account"]["id"].as_i64()?, refresh_token }, access))
        };
        let (kept, access) = read().ok_or_else(|| Miss::silence("no session in the answer"))?;
        folder.write(FILE, &serde_json::to_vec(&kept)?)?;
        Ok(Self { kept, access: Some(access) })
    }

    /// Signs out. Without an answer the device forgets all the same: its owner has gone.
    pub async fn close(mut self, http: &Http, folder: &Folder) -> Result<(), Miss> {
        let request = http.request(Method::DELETE, "/sessions/current");
        let _told_or_not = self.send(http, folder, request).await;
        Ok(folder.remove(FILE)?)
    }

    /// Whether the server wants the password again.
    pub fn is_over(miss: &Miss) -> bool {
        miss.is(401)
    }
}
