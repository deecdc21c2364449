//! Many at once.

use support::TestApp;

use super::device::{Ear, Place, TUS, account, brings_all, seen, switched_on};

const PHONES: usize = 50;
const REPORTS: usize = 2;
const TICK: std::time::Duration = std::time::Duration::from_millis(50);

/// Case 41: fifty phones return at once. What is refused is refused for now and says for how long, and
/// in the end everything is there once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_phones_that_return_at_once_all_get_in() {
    let town = TestApp::start_with(|config| {
        config.rates.account_per_second = 8;
        config.rates.account_burst = 15;
        config.photos.uploads_at_once = 8;
    })
    .await;
    let address = town.nobody.api.trim_end_matches("/api/v1").to_owned();
    let mut phones = Vec::new();
    for number in 0..PHONES {
        let (place, ear) = (Place::new(), Ear::default());
        let mut phone = switched_on(&place, &address, TUS, &ear);
        // Two devices an account.
        let login = format!("inspector{:02}", number / 2 + 1);
        phone.sign_in(&account(&login)).await.unwrap();
        for report in 0..REPORTS {
            phone.take(&seen(town.spot(number * REPORTS + report), 1)).unwrap();
        }
        phones.push((phone, place));
    }
    // Limits count by the town's clock, which goes like the phones' here.
    let clock = town.app.clock.clone();
    let ticking = tokio::spawn(async move {
        loop {
            tokio::time::sleep(TICK).await;
            clock.advance(TICK.try_into().unwrap());
        }
    });
    let returning: Vec<_> = phones
        .into_iter()
        .map(|(mut phone, place)| {
            tokio::spawn(async move {
                brings_all(&mut phone).await;
                (phone, place)
            })
        })
        .collect();
    let mut refused = 0;
    for phone in returning {
        let (phone, _place) = phone.await.unwrap();
        assert_eq!(phone.queue.items().count(), 0);
        for (why, count) in &phone.misses {
            let for_now = why.starts_with("429 ") || why.starts_with("503 ");
            assert!(for_now, "{why}");
            refused += count;
        }
    }
    ticking.abort();
    assert!(refused > 0, "nobody was ever asked to wait");
    let issues = town.office().pages("/issues?limit=200").await.concat();
    let stored = |issue: &serde_json::Value| issue["photos"]["stored"].as_u64().unwrap();
    assert_eq!(issues.iter().map(stored).sum::<u64>(), (PHONES * REPORTS) as u64);
}
