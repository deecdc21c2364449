//! The oracle: everything that was acknowledged is read back and compared, and nothing else is there.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use domain::workflow::Event;
use schema::columns::{Doc, Uid};
use schema::on;
use schema::tables::{event, report};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zhoubian::actions::record::hex;
use zhoubian::intake::Submission;

use crate::ledger::{Acknowledged, Ledger};
use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::measure::database::Own;
use crate::people::Staff;
use crate::pull;

/// Every fault that is found.
pub async fn everything(own: &Own, staff: &Staff, ledger: &Ledger) -> Outcome<Vec<String>> {
    let mut faults = ledger.faults.clone();
    let lost = reports(staff, ledger, &mut faults).await?;
    let lost_photos = photos(staff, ledger, &mut faults).await?;
    let doubled = doubled(own, ledger, &mut faults)?;
    let pulled = feeds(staff, &mut faults).await?;
    println!(
        "lost: {lost} reports, {lost_photos} photos; doubled: {doubled}; {pulled} feeds replayed and equal"
    );
    Ok(faults)
}

/// Reads every acknowledged report; gives how many are not there as they were sent.
async fn reports(staff: &Staff, ledger: &Ledger, faults: &mut Vec<String>) -> Outcome<usize> {
    let mut clients: Vec<Client> =
        staff.inspectors.iter().map(crate::people::Person::client).collect();
    let mut lost = 0;
    for sent in &ledger.reports {
        let client = clients.get_mut(sent.inspector).ok_or("an unknown inspector")?;
        if let Err(fault) = reads_back(client, sent).await {
            faults.push(format!("report {}: {fault}", sent.id));
            lost += 1;
        }
    }
    Ok(lost)
}

async fn reads_back(client: &mut Client, sent: &Acknowledged) -> Outcome<()> {
    let held = client.get(&format!("/reports/{}", sent.id)).await?.good("reading it")?;
    let body: Submission = serde_json::from_value(held["body"].clone())?;
    let receipt = &held["receipt"];
    if body != serde_json::from_str::<Submission>(&sent.body)? {
        return Err("it is not as it was sent".into());
    }
    if receipt["issue"] != sent.issue || receipt["joined"] != sent.joined {
        return Err("it is at another issue than was said".into());
    }
    for photo in receipt["photos"].as_array().into_iter().flatten() {
        let acknowledged = photo["sha256"]
            .as_str()
            .is_some_and(|sha256| sent.stored.iter().any(|one| one == sha256));
        if acknowledged && photo["state"] == "announced" {
            return Err(
                format!("photo {} was acknowledged and is still to come", photo["sha256"]).into()
            );
        }
    }
    Ok(())
}

/// Reads every acknowledged photo; gives how many are not there as they were sent.
async fn photos(staff: &Staff, ledger: &Ledger, faults: &mut Vec<String>) -> Outcome<usize> {
    let mut clients: BTreeMap<&str, Client> = BTreeMap::new();
    let mut lost = 0;
    for (login, sha256) in &ledger.photos {
        let person = staff.of(login).ok_or("an unknown sender")?;
        let client = clients.entry(login).or_insert_with(|| person.client());
        let answer = client.get(&format!("/photos/{sha256}")).await?;
        if answer.status != 200 || hex(&Sha256::digest(&answer.body)) != *sha256 {
            faults.push(format!("photo {sha256} of {login}: {} and other bytes", answer.status));
            lost += 1;
        }
    }
    Ok(lost)
}

/// Looks into the database itself: as many reports as were acknowledged, each told once in the log.
fn doubled(own: &Own, ledger: &Ledger, faults: &mut Vec<String>) -> Outcome<usize> {
    let mut conn = own.open()?;
    let ids: Vec<Uid> = on!(&mut conn, |c| report::table.select(report::id).load(c))?;
    let payloads: Vec<Doc> = on!(&mut conn, |c| event::table
        .filter(event::kind.eq("reported").or(event::kind.eq("joined")))
        .select(event::payload)
        .load(c))?;
    let mut told: HashMap<Uuid, usize> = HashMap::new();
    for payload in &payloads {
        let (Event::Reported { report, .. } | Event::Joined { report, .. }) = payload.read()?
        else {
            return Err("an event of no report".into());
        };
        *told.entry(Uuid::parse_str(&report)?).or_default() += 1;
    }
    let acknowledged: HashMap<Uuid, &Acknowledged> =
        ledger.reports.iter().map(|sent| (sent.id, sent)).collect();
    if ids.len() != acknowledged.len() || payloads.len() != acknowledged.len() {
        let (rows, events, sent) = (ids.len(), payloads.len(), acknowledged.len());
        faults.push(format!(
            "{sent} reports were acknowledged, {rows} are in the database, {events} in the log"
        ));
    }
    let twice: Vec<Uuid> =
        told.iter().filter(|(_, count)| **count > 1).map(|(id, _)| *id).collect();
    faults.extend(twice.iter().map(|id| format!("report {id} is in the log more than once")));
    let unknown = ids.iter().filter(|id| !acknowledged.contains_key(&id.0)).count();
    Ok(twice.len() + unknown + (ledger.reports.len() - acknowledged.len()))
}

/// Each desk's feed, replayed from its beginning, gives the list that the desk sees.
async fn feeds(staff: &Staff, faults: &mut Vec<String>) -> Outcome<usize> {
    let mut equal = 0;
    for (bureau, desk) in &staff.bureaus {
        match pull::disagreement(&mut desk.client()).await? {
            None => equal += 1,
            Some(differ) => faults.push(format!("{bureau}: {differ}")),
        }
    }
    Ok(equal)
}
