//! What a bureau holds of the district: pulled from a cursor, kept in a file.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::{Miss, Reply};
use super::folder::Folder;
use super::upload::Caller;

const FILE: &str = "held.json";
/// Changes of a page.
const LIMIT: u32 = 50;

/// What is held, and from where to go on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Puller {
    /// `next` of the last page applied; none before the first.
    cursor: Option<String>,
    /// Version and body of every issue ever told of; no body once it has left the reader's sight.
    held: BTreeMap<i64, (i64, Option<Value>)>,
    /// How often it had to begin anew.
    #[serde(skip)]
    pub beginnings: u32,
}

impl Puller {
    /// What was held when this was last on.
    pub fn resume(folder: &Folder) -> Result<Self, Miss> {
        match folder.read(FILE)? {
            Some(bytes) => Ok(serde_json::from_slice(&bytes)?),
            None => Ok(Self::default()),
        }
    }

    /// The issues in sight, by number.
    pub fn issues(&self) -> impl Iterator<Item = (i64, &Value)> {
        self.held.iter().filter_map(|(id, (_, issue))| Some((*id, issue.as_ref()?)))
    }

    /// Pulls to the end, and keeps what came. Broken off, it goes on from the cursor it had: changes may
    /// come again, and an older version never replaces a newer one.
    pub async fn pull(&mut self, caller: &mut Caller<'_>) -> Result<(), Miss> {
        let went = self.pages(caller).await;
        caller.folder.write(FILE, &serde_json::to_vec(self)?)?;
        went
    }

    async fn pages(&mut self, caller: &mut Caller<'_>) -> Result<(), Miss> {
        loop {
            let after = self.cursor.as_ref().map(|at| format!("&after={at}")).unwrap_or_default();
            let path = format!("/changes?limit={LIMIT}{after}");
            match caller.send(caller.http.request(Method::GET, &path)).await {
                Ok(page) => {
                    if !self.apply(&page)? {
                        return Ok(());
                    }
                }
                // The cursor is of another time: what is held may be of it as well.
                Err(miss) if miss.is(410) => self.begin(caller).await?,
                Err(miss) => return Err(miss),
            }
        }
    }

    /// Forgets everything and starts from a snapshot, whose last page gives the cursor to go on from.
    async fn begin(&mut self, caller: &mut Caller<'_>) -> Result<(), Miss> {
        let mut fresh = Self { beginnings: self.beginnings + 1, ..Self::default() };
        loop {
            let after = fresh.cursor.as_ref().map(|at| format!("&after={at}")).unwrap_or_default();
            let path = format!("/changes/snapshot?limit={LIMIT}{after}");
            match caller.send(caller.http.request(Method::GET, &path)).await {
                Ok(page) if fresh.take(&page)? => {}
                Ok(_last) => break,
                // An older server, without snapshots: from the beginning of the feed.
                Err(miss) if miss.is(404) => {
                    fresh = Self { beginnings: fresh.beginnings, ..Self::default() };
                    break;
                }
                Err(miss) => return Err(miss),
            }
        }
        *self = fresh;
        Ok(())
    }

    /// Takes a page of a snapshot; whether there is more.
    fn take(&mut self, page: &Reply) -> Result<bool, Miss> {
        let odd = || Miss::silence("no page of a snapshot");
        for issue in page.body["issues"].as_array().ok_or_else(odd)? {
            let id = issue["id"].as_i64().ok_or_else(odd)?;
            let version = issue["version"].as_i64().ok_or_else(odd)?;
            self.held.insert(id, (version, Some(issue.clone())));
        }
        self.go_on(page)
    }

    fn go_on(&mut self, page: &Reply) -> Result<bool, Miss> {
        let next = page.body["next"].as_str();
        self.cursor = Some(next.ok_or_else(|| Miss::silence("no cursor"))?.to_owned());
        Ok(page.body["has_more"] == true)
    }

    /// Does what a page says; whether there is more.
    fn apply(&mut self, page: &Reply) -> Result<bool, Miss> {
        let odd = || Miss::silence("no page of changes");
        let body = &page.body;
        for change in body["changes"].as_array().ok_or_else(odd)? {
            let id = change["id"].as_i64().ok_or_else(odd)?;
            let version = change["version"].as_i64().ok_or_else(odd)?;
            if self.held.get(&id).is_some_and(|(held, _)| *held > version) {
                continue;
            }
            let issue = (change["op"] == "upsert").then(|| change["issue"].clone());
            self.held.insert(id, (version, issue));
        }
        self.go_on(page)
    }
}
