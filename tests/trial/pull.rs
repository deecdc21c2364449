//! Reading a list to its end, and the feed from its beginning.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::measure::Outcome;
use crate::measure::client::Client;

/// Every issue of a list.
pub async fn list(client: &mut Client, path: &str) -> Outcome<Vec<Value>> {
    let mut issues = Vec::new();
    let mut next = path.to_owned();
    loop {
        let mut page = client.get(&next).await?.good("a list of issues")?;
        issues.extend(page["items"].as_array_mut().map(std::mem::take).unwrap_or_default());
        let Some(after) = page["next"].as_str() else { return Ok(issues) };
        next = format!("{path}&after={after}");
    }
}

/// What a device holds that pulled everything from the beginning: issues by number.
pub async fn replayed(client: &mut Client) -> Outcome<BTreeMap<i64, Value>> {
    let mut held = BTreeMap::new();
    let mut path = "/changes?limit=50".to_owned();
    loop {
        let page = client.get(&path).await?.good("a page of changes")?;
        for change in page["changes"].as_array().into_iter().flatten() {
            let id = change["id"].as_i64().ok_or("a change without a number")?;
            match change["op"].as_str() {
                Some("upsert") => held.insert(id, change["issue"].clone()),
                _ => held.remove(&id),
            };
        }
        if page["has_more"] != true {
            return Ok(held);
        }
        path = format!("/changes?limit=50&after={}", page["next"].as_str().ok_or("no cursor")?);
    }
}

/// What a reader's feed, replayed from its beginning, and their list say otherwise, in words.
pub async fn disagreement(client: &mut Client) -> Outcome<Option<String>> {
    let held = replayed(client).await?;
    let listed = list(client, "/issues?sort=newest&limit=200").await?;
    let listed: BTreeMap<i64, _> =
        listed.into_iter().filter_map(|issue| Some((issue["id"].as_i64()?, issue))).collect();
    let differ = || format!("{} issues by the feed, {} by the list", held.len(), listed.len());
    Ok((held != listed).then(differ))
}
