//! The steps of an issue's life, as people take them; and pulling what changed.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Answer, Person, Picture};

impl Person {
    /// Sends a command on the version that they see now.
    pub async fn commands(&self, issue: i64, verb: &str, body: Value) -> Answer {
        let seen = self.gets(&format!("/issues/{issue}")).await;
        let etag = seen.header("etag").to_owned();
        let etag = if etag.is_empty() { "\"1\"".to_owned() } else { etag };
        self.commands_at(issue, verb, &etag, Uuid::new_v4(), body).await
    }

    /// Sends a command on any version and with any id.
    pub async fn commands_at(
        &self,
        issue: i64,
        verb: &str,
        etag: &str,
        id: Uuid,
        mut body: Value,
    ) -> Answer {
        body["command_id"] = json!(id);
        let request = self.request(Method::POST, &format!("/issues/{issue}:{verb}"));
        self.send.send(request.header("if-match", etag).json(&body)).await
    }

    /// 立案.
    pub async fn files(&self, issue: i64, condition: &str) -> Answer {
        let category = &condition[..4];
        self.commands(issue, "file", json!({"category": category, "condition": condition})).await
    }

    /// 派遣.
    pub async fn dispatches(&self, issue: i64, lead: &str) -> Answer {
        self.commands(issue, "dispatch", json!({"lead": lead, "reason": "desk"})).await
    }

    /// 签收.
    pub async fn accepts(&self, issue: i64) -> Answer {
        self.commands(issue, "accept", json!({})).await
    }

    /// 退回.
    pub async fn returns(&self, issue: i64) -> Answer {
        self.commands(issue, "return", json!({"reason": "not_our_duty", "note": "not ours"})).await
    }

    /// 整改, with a picture taken here and now; its bytes are still to come.
    pub async fn announces_fix(&self, issue: i64, picture: &Picture) -> Answer {
        let seen = self.sees(issue).await;
        let mut line = picture.line(self.app.clock.now());
        line["position"] = json!({
            "lat": seen["position"]["lat"], "lon": seen["position"]["lon"], "datum": "wgs84",
        });
        self.commands(
            issue,
            "rectify",
            json!({"outcome": "rectified", "note": "done", "photos": [line]}),
        )
        .await
    }

    /// 整改 with a new picture, sent at once.
    pub async fn rectifies(&self, issue: i64) -> Picture {
        let picture = Picture::jpeg();
        self.announces_fix(issue, &picture).await.ok();
        self.uploads(&picture).await.ok();
        picture
    }

    /// 核查: it holds.
    pub async fn passes(&self, issue: i64) -> Answer {
        self.commands(issue, "verify", json!({"passed": true})).await
    }

    /// 核查: it does not.
    pub async fn fails(&self, issue: i64) -> Answer {
        self.commands(issue, "verify", json!({"passed": false, "note": "still there"})).await
    }

    /// 作废.
    pub async fn voids(&self, issue: i64) -> Answer {
        self.commands(issue, "void", json!({"reason": "false_alarm", "note": "nothing there"}))
            .await
    }

    /// Everything a pull from the beginning ends with: issue by number.
    pub async fn pulls_all(&self) -> BTreeMap<i64, Value> {
        let (mut held, mut after) = (BTreeMap::new(), None);
        loop {
            let page = self.pulls(after.as_deref(), 200).await.ok();
            let more = page["has_more"] == true;
            after = Some(page["next"].as_str().unwrap().to_owned());
            apply(&mut held, &page);
            if !more {
                return held;
            }
        }
    }

    /// Everything a snapshot and what changed since end with: issue by number.
    pub async fn starts_again(&self, limit: u32) -> BTreeMap<i64, Value> {
        let (mut held, mut after) = (BTreeMap::new(), String::new());
        loop {
            let page = self.gets(&format!("/changes/snapshot?limit={limit}{after}")).await.ok();
            for issue in page["issues"].as_array().unwrap() {
                held.insert(issue["id"].as_i64().unwrap(), issue.clone());
            }
            let next = page["next"].as_str().unwrap();
            if page["has_more"] == false {
                self.goes_on(&mut held, next).await;
                return held;
            }
            after = format!("&after={next}");
        }
    }

    /// Applies what changed since a cursor; the cursor to go on from.
    pub async fn goes_on(&self, held: &mut BTreeMap<i64, Value>, after: &str) -> String {
        let mut after = after.to_owned();
        loop {
            let page = self.pulls(Some(&after), 200).await.ok();
            page["next"].as_str().unwrap().clone_into(&mut after);
            apply(held, &page);
            if page["has_more"] == false {
                return after;
            }
        }
    }

    /// The cursor of the feed's end.
    pub async fn catches_up(&self) -> String {
        let page = self.gets("/changes/snapshot?limit=1000").await.ok();
        assert_eq!(page["has_more"], false);
        self.goes_on(&mut BTreeMap::new(), page["next"].as_str().unwrap()).await
    }

    /// One page of the pull, held for so many seconds while it is empty.
    pub async fn polls(&self, after: &str, wait_s: u64) -> Answer {
        self.gets(&format!("/changes?wait={wait_s}&after={after}")).await
    }

    /// One page of the pull.
    pub async fn pulls(&self, after: Option<&str>, limit: u32) -> Answer {
        let after = after.map(|cursor| format!("&after={cursor}")).unwrap_or_default();
        self.gets(&format!("/changes?limit={limit}{after}")).await
    }
}

/// Does to what is held what a page of changes says.
fn apply(held: &mut BTreeMap<i64, Value>, page: &Value) {
    for change in page["changes"].as_array().unwrap() {
        let id = change["id"].as_i64().unwrap();
        match change["op"].as_str() {
            Some("upsert") => drop(held.insert(id, change["issue"].clone())),
            Some("remove") => drop(held.remove(&id)),
            other => panic!("an op {other:?}"),
        }
    }
}
