//! The inspectors' day: reports and photos, some sent twice, some that no server should take.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;
use zhoubian::clock::Clock;

use crate::corpus::{Corpus, Picture};
use crate::day::{Again, Planned, stated};
use crate::ledger::{Acknowledged, Ledger};
use crate::measure::Outcome;
use crate::measure::client::{Answer, Client};
use crate::people::{Person, Staff};

/// One inspector at work.
struct Walker {
    number: usize,
    person: Person,
    client: Client,
    ledger: Ledger,
    corpus: Arc<Corpus>,
}

/// Every inspector walks at once; gives what all of them noted.
pub async fn everybody(
    staff: &Staff,
    planned: Vec<Planned>,
    corpus: &Arc<Corpus>,
) -> Outcome<Ledger> {
    let mut walking = JoinSet::new();
    let people = staff.inspectors.len();
    for (number, person) in staff.inspectors.iter().enumerate() {
        let share: Vec<Planned> = planned.iter().skip(number).step_by(people).cloned().collect();
        let mut walker = Walker::new(number, person, corpus);
        walking.spawn(async move {
            for report in &share {
                walker.report(report).await?;
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(walker.ledger)
        });
    }
    let mut all = Ledger::default();
    while let Some(ledger) = walking.join_next().await {
        all.merge(ledger??);
    }
    Ok(all)
}

/// What must be refused, and is counted with its reason: files that are no photos, bytes that are not
/// what was announced, bytes that were not announced.
pub async fn offer_unfit(staff: &Staff, corpus: &Arc<Corpus>, ledger: &mut Ledger) -> Outcome<()> {
    let person = staff.inspectors.first().ok_or("nobody walks")?;
    let mut walker = Walker::new(0, person, corpus);
    for picture in &corpus.unfit {
        let honest = walker.body(None, &[line(picture, picture.media_type, None)]);
        let answer = walker.client.put(&format!("/reports/{}", Uuid::now_v7()), &honest).await?;
        walker.refused(&format!("report announcing {}", picture.media_type), &answer, 422);
        let lying = walker.body(None, &[line(picture, "image/jpeg", None)]);
        walker.keep(Uuid::now_v7(), lying, Again::No).await?;
        let answer = walker.upload(&picture.sha256, "image/jpeg", &picture.bytes).await?;
        walker.refused("photo that is a bitmap", &answer, 422);
    }
    let picture = corpus.fit.first().ok_or("no photos")?;
    let announced = walker.body(None, &[line(picture, picture.media_type, None)]);
    walker.keep(Uuid::now_v7(), announced, Again::No).await?;
    let mut spoilt = picture.bytes.clone();
    spoilt.iter_mut().skip(1_000).take(1).for_each(|byte| *byte ^= 1);
    let answer = walker.upload(&picture.sha256, picture.media_type, &spoilt).await?;
    walker.refused("photo with a bit flipped", &answer, 422);
    let answer = walker.upload(&"0".repeat(64), picture.media_type, &picture.bytes).await?;
    walker.refused("photo that nobody announced", &answer, 404);
    ledger.merge(walker.ledger);
    Ok(())
}

impl Walker {
    fn new(number: usize, person: &Person, corpus: &Arc<Corpus>) -> Self {
        let (client, corpus) = (person.client(), Arc::clone(corpus));
        Self { number, person: person.clone(), client, ledger: Ledger::default(), corpus }
    }

    async fn report(&mut self, planned: &Planned) -> Outcome<()> {
        let corpus = Arc::clone(&self.corpus);
        let pictures: Vec<&Picture> =
            planned.photos.iter().filter_map(|&photo| corpus.fit.get(photo)).collect();
        let here = place(planned);
        let lines: Vec<Value> =
            pictures.iter().map(|one| line(one, one.media_type, here.as_ref())).collect();
        let body = self.body(Some(planned), &lines);
        self.keep(Uuid::now_v7(), body, planned.again).await?;
        for (number, picture) in pictures.iter().enumerate() {
            self.photo(picture).await?;
            if planned.again == Again::After && number == 0 {
                self.ledger.retries += 1;
                self.photo(picture).await?;
            }
        }
        Ok(())
    }

    fn body(&self, planned: Option<&Planned>, photos: &[Value]) -> String {
        let position = planned.and_then(place);
        let (category, condition) = planned.and_then(|planned| planned.category.clone()).unzip();
        let now = Clock::machine().now();
        json!({
            "category": category, "condition": condition, "note": format!("巡查员{:02}现场发现", self.number),
            "source": "inspector", "captured_at": now.to_string(), "captured_age_ms": 2_500,
            "sent_at": now.to_string(), "position": position, "photos": photos,
        })
        .to_string()
    }

    /// Sends a report, again if so planned, and notes what was acknowledged.
    async fn keep(&mut self, id: Uuid, body: String, again: Again) -> Outcome<()> {
        let path = format!("/reports/{id}");
        let mut other = self.client.another();
        let answers = match again {
            Again::No => vec![self.client.put(&path, &body).await?],
            Again::After => {
                vec![self.client.put(&path, &body).await?, other.put(&path, &body).await?]
            }
            Again::Meanwhile => {
                let (one, two) =
                    tokio::join!(self.client.put(&path, &body), other.put(&path, &body));
                vec![one?, two?]
            }
        };
        self.ledger.retries += answers.len() - 1;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        let expected: &[u16] = if answers.len() == 1 { &[201] } else { &[200, 201] };
        if statuses != expected {
            let said: Vec<String> = answers.iter().map(Answer::code).collect();
            self.ledger.faults.push(format!("report {id} was answered {statuses:?} {said:?}"));
        }
        let mut receipts = Vec::new();
        for answer in answers {
            self.ledger.time("PUT /reports", &answer);
            if matches!(answer.status, 200 | 201) {
                receipts.push(answer.json()?);
            }
        }
        self.acknowledged(id, body, &receipts);
        Ok(())
    }

    fn acknowledged(&mut self, id: Uuid, body: String, receipts: &[Value]) {
        let Some(first) = receipts.first() else { return };
        let told = |receipt: &Value| (receipt["issue"].as_i64(), receipt["joined"].as_bool());
        if receipts.iter().any(|receipt| told(receipt) != told(first)) {
            self.ledger
                .faults
                .push(format!("report {id}: the same report was answered differently"));
        }
        if let (Some(issue), Some(joined)) = told(first) {
            let (inspector, stored) = (self.number, Vec::new());
            self.ledger.reports.push(Acknowledged { id, inspector, body, issue, joined, stored });
        }
    }

    async fn photo(&mut self, picture: &Picture) -> Outcome<()> {
        let answer = self.upload(&picture.sha256, picture.media_type, &picture.bytes).await?;
        self.ledger.time("PUT /photos", &answer);
        if matches!(answer.status, 200 | 201) {
            self.ledger.uploads += 1;
            self.ledger.uploaded_bytes += picture.bytes.len();
            self.ledger.photos.insert((self.person.login.clone(), picture.sha256.clone()));
            // The report it belongs to is the one this inspector sent last.
            if let Some(report) = self.ledger.reports.last_mut() {
                report.stored.push(picture.sha256.clone());
            }
        } else {
            self.ledger.refuse(&format!("photo {}", picture.name), &answer);
        }
        Ok(())
    }

    async fn upload(&mut self, sha256: &str, media_type: &str, bytes: &[u8]) -> Outcome<Answer> {
        let header = format!("Content-Type: {media_type}\r\n");
        self.client.send("PUT", &format!("/photos/{sha256}"), &header, bytes).await
    }

    fn refused(&mut self, what: &str, answer: &Answer, expected: u16) {
        self.ledger.refuse(what, answer);
        if answer.status != expected {
            self.ledger.faults.push(format!("{what}: {} instead of {expected}", answer.status));
        }
    }
}

/// Where the phone says it is, if it knows.
fn place(planned: &Planned) -> Option<Value> {
    Some(stated(planned.position?, planned.datum))
}

/// A manifest's line for a picture taken there.
fn line(picture: &Picture, media_type: &str, place: Option<&Value>) -> Value {
    let now = Clock::machine().now().to_string();
    json!({
        "photo_id": Uuid::now_v7(), "sha256": picture.sha256, "bytes": picture.bytes.len(),
        "media_type": media_type, "captured_at": now, "position": place,
    })
}
