//! Somebody who reads over the API, in peace.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use crate::chaos::Outcome;
use crate::chaos::world::World;
use crate::phone::{Folder, Http, Miss, Reply, Session};

/// A reader.
pub struct Reader {
    http: Http,
    folder: Folder,
    session: Session,
    base: String,
}

impl Reader {
    /// Signs somebody in.
    pub async fn open(world: &World, login: &str) -> Outcome<Self> {
        let base = format!("http://{}", world.proxy.address);
        let patience = Duration::from_secs(30);
        let http = Http::new(&base, patience).map_err(|miss| miss.reason())?;
        let folder = Folder::open(&world.device(&format!("reader-{login}")))?;
        let session = Session::open(&http, &folder, &World::account(login)).await;
        let session = session.map_err(|miss| miss.reason())?;
        Ok(Self { http, folder, session, base })
    }

    /// Reads; what is refused is none.
    pub async fn get(&mut self, path: &str) -> Outcome<Option<Value>> {
        let request = self.http.request(Method::GET, path);
        match self.session.send(&self.http, &self.folder, request).await {
            Ok(Reply { body, .. }) => Ok(Some(body)),
            Err(Miss::Refused { .. }) => Ok(None),
            Err(miss) => Err(format!("{path}: {miss:?}").into()),
        }
    }

    /// Reads what must be there.
    pub async fn must(&mut self, path: &str) -> Outcome<Value> {
        self.get(path).await?.ok_or_else(|| format!("{path} is refused").into())
    }

    /// The bytes of a photo; none where there are none.
    pub async fn photo(&mut self, sha256: &str) -> Outcome<Option<Vec<u8>>> {
        let token = self.session.token(&self.http, &self.folder).await;
        let token = token.map_err(|miss| miss.reason())?;
        let client = reqwest::Client::builder().no_proxy().build()?;
        let request = client.get(format!("{}/api/v1/photos/{sha256}", self.base));
        let response = request.bearer_auth(token).send().await?;
        let found = response.status().is_success();
        let bytes = response.bytes().await?.to_vec();
        Ok(found.then_some(bytes))
    }

    /// The numbers of all issues, with their versions.
    pub async fn issues(&mut self) -> Outcome<Vec<(i64, i64)>> {
        let (mut issues, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.must(&format!("/issues?limit=200{after}")).await?;
            let items = page["items"].as_array().ok_or("no items")?;
            issues.extend(
                items
                    .iter()
                    .filter_map(|issue| Some((issue["id"].as_i64()?, issue["version"].as_i64()?))),
            );
            let Some(next) = page["next"].as_str() else { return Ok(issues) };
            after = format!("&after={next}");
        }
    }
}
