//! Requests made and closed, one after another, each at its instant.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::district;
use super::requests::Request;
use super::town::Town;
use crate::drawn;
use crate::measure::Outcome;
use crate::measure::client::{Answer, Client};
use crate::measure::latency::Latencies;

/// What came of the requests, by what the server said.
#[derive(Debug, Default)]
pub struct Told {
    /// The report of each request and the issue it was given, in the order of the requests.
    pub reports: Vec<(Uuid, i64)>,
    /// Each issue, from its first report on.
    pub issues: BTreeMap<i64, Life>,
    /// Answers that should not have been.
    pub faults: Vec<String>,
    /// How long answers took.
    pub took: Latencies,
    /// Sends to agencies that no rule made, by the reason that was given.
    pub by_hand: BTreeMap<String, usize>,
}

/// What happened to an issue.
#[derive(Debug, Clone, Default)]
pub struct Life {
    /// When it was first sent to an agency.
    pub dispatched: Option<Timestamp>,
    /// When it was closed.
    pub closed: Option<Timestamp>,
    /// Whether the office closed it without a look: it has no place to look at.
    pub overridden: bool,
}

/// Replays everything.
pub async fn all(town: &mut Town, requests: &[Request]) -> Outcome<Told> {
    let mut replay = Replay {
        town,
        requests,
        codes: district::codes(requests),
        given: HashMap::new(),
        told: Told::default(),
    };
    for (at, number, is_closing) in moments(requests) {
        replay.town.now_is(at).await?;
        if is_closing { replay.closed(number, at).await? } else { replay.made(number, at).await? }
    }
    Ok(replay.told)
}

/// When what happens: request by index, made or closed.
fn moments(requests: &[Request]) -> Vec<(Timestamp, usize, bool)> {
    let made = requests.iter().enumerate().map(|(number, one)| (one.created, number, false));
    let closed = requests.iter().enumerate();
    let closed = closed.filter_map(|(number, one)| Some((one.closed?, number, true)));
    let mut moments: Vec<_> = made.chain(closed).collect();
    moments.sort_by_key(|&(at, number, is_closing)| (at, is_closing, number));
    moments
}

struct Replay<'t> {
    town: &'t mut Town,
    requests: &'t [Request],
    codes: BTreeMap<(String, String), (String, String)>,
    /// The issue of each request.
    given: HashMap<usize, i64>,
    told: Told,
}

impl Replay<'_> {
    async fn made(&mut self, number: usize, at: Timestamp) -> Outcome<()> {
        let request = &self.requests[number];
        let id = Uuid::now_v7();
        let mut office = self.town.office()?;
        let body = self.body(request, at)?;
        let answer = office.put(&format!("/reports/{id}"), &body.to_string()).await?;
        self.told.took.add(answer.took);
        if answer.status != 201 {
            self.told.faults.push(format!("request {}: {}", request.key, answer.code()));
            return Ok(());
        }
        let receipt = answer.json()?;
        let issue = receipt["issue"].as_i64().ok_or("a receipt without an issue")?;
        self.given.insert(number, issue);
        self.told.reports.push((id, issue));
        if receipt["joined"] != true {
            self.told.issues.insert(issue, Life::default());
            self.file(&mut office, issue, request, at).await?;
        }
        Ok(())
    }

    fn body(&self, request: &Request, at: Timestamp) -> Outcome<Value> {
        let (category, condition) = self.codes_of(request)?;
        let position = request.position.map(
            |here| json!({"lat": here.lat, "lon": here.lon, "datum": "wgs84", "accuracy_m": 15.0}),
        );
        Ok(json!({
            "category": category, "condition": condition,
            "note": format!("{} {}", request.key, request.descriptor),
            "source": if request.by_phone { "hotline_12345" } else { "citizen" },
            "captured_at": at.to_string(), "sent_at": at.to_string(), "position": position, "photos": [],
        }))
    }

    fn codes_of(&self, request: &Request) -> Outcome<(String, String)> {
        let known = (request.complaint.clone(), request.descriptor.clone());
        Ok(self.codes.get(&known).ok_or("an unknown complaint")?.clone())
    }

    /// What the public says is looked at by the desk, which files it; the rules send it on, or the
    /// desk does where they do not say.
    async fn file(
        &mut self,
        office: &mut Client,
        issue: i64,
        request: &Request,
        at: Timestamp,
    ) -> Outcome<()> {
        let (category, condition) = self.codes_of(request)?;
        let filing = json!({"category": category, "condition": condition});
        let Some(mut filed) = self.step(office, issue, "file", filing).await? else {
            return Ok(());
        };
        if filed["stage"] == "filed" {
            let why =
                filed["routing"]["words"]["en"].as_str().unwrap_or("no reason given").to_owned();
            *self.told.by_hand.entry(why).or_default() += 1;
            let to = json!({"lead": request.agency, "reason": "the agency that took it"});
            let Some(sent) = self.step(office, issue, "dispatch", to).await? else { return Ok(()) };
            filed = sent;
        }
        if filed["stage"] == "dispatched" {
            self.life(issue).dispatched = Some(at);
        } else {
            self.told.faults.push(format!("issue {issue} is {} after filing", filed["stage"]));
        }
        Ok(())
    }

    fn life(&mut self, issue: i64) -> &mut Life {
        self.told.issues.entry(issue).or_default()
    }

    /// The agency did it; whoever looks again passes it. Requests that joined an issue that was closed
    /// with an earlier one are done with it.
    async fn closed(&mut self, number: usize, at: Timestamp) -> Outcome<()> {
        let Some(&issue) = self.given.get(&number) else { return Ok(()) };
        if self.life(issue).closed.is_some() {
            return Ok(());
        }
        let held = self.read(issue).await?;
        let mut agency = self.town.agency(held["lead"].as_str().unwrap_or_default())?;
        self.step(&mut agency, issue, "accept", json!({})).await?;
        let overridden = held["position"].is_null();
        if overridden {
            let reason = json!({"reason": "no position: nobody can look again"});
            self.step(&mut self.town.office()?, issue, "override", reason).await?;
        } else {
            self.rectify(&mut agency, issue, at, &held["position"]).await?;
            let pass = json!({"passed": true, "note": "closed by the agency"});
            self.step(&mut self.town.verifier()?, issue, "verify", pass).await?;
        }
        let held = self.read(issue).await?;
        if held["stage"] == "closed" {
            *self.life(issue) = Life { closed: Some(at), overridden, ..self.life(issue).clone() };
        } else {
            self.told.faults.push(format!("issue {issue} is {} and not closed", held["stage"]));
        }
        Ok(())
    }

    async fn rectify(
        &mut self,
        agency: &mut Client,
        issue: i64,
        at: Timestamp,
        place: &Value,
    ) -> Outcome<()> {
        let after = drawn::photo(u64::try_from(issue)?)?;
        let place = json!({"lat": place["lat"], "lon": place["lon"], "datum": "wgs84"});
        let line = json!({
            "photo_id": Uuid::now_v7(), "sha256": after.sha256, "bytes": after.bytes.len(),
            "media_type": after.media_type, "captured_at": at.to_string(), "position": place,
        });
        let done = json!({"outcome": "rectified", "note": "done", "photos": [line]});
        self.step(agency, issue, "rectify", done).await?;
        let path = format!("/photos/{}", after.sha256);
        let answer =
            agency.send("PUT", &path, "Content-Type: image/jpeg\r\n", &after.bytes).await?;
        self.told.took.add(answer.took);
        if answer.status != 201 {
            self.told.faults.push(format!("after-photo of issue {issue}: {}", answer.code()));
        }
        Ok(())
    }

    async fn read(&mut self, issue: i64) -> Outcome<Value> {
        let answer = self.town.office()?.get(&format!("/issues/{issue}")).await?;
        self.told.took.add(answer.took);
        answer.good("an issue")
    }

    /// One command on the issue as it stands; none where it was refused, which is a fault.
    async fn step(
        &mut self,
        client: &mut Client,
        issue: i64,
        verb: &str,
        mut body: Value,
    ) -> Outcome<Option<Value>> {
        let seen = self.read(issue).await?["version"].as_i64().unwrap_or(0);
        body["command_id"] = json!(Uuid::now_v7());
        let path = format!("/issues/{issue}:{verb}");
        let answer: Answer =
            client.post(&path, &format!("If-Match: \"{seen}\"\r\n"), &body).await?;
        self.told.took.add(answer.took);
        if answer.status == 200 {
            return Ok(Some(answer.json()?));
        }
        self.told.faults.push(format!("{verb} of issue {issue}: {}", answer.code()));
        Ok(None)
    }
}
