//! Whose report it is.

use support::TestApp;

use super::device::{Ear, Place, TUS, account, base, brings_all, proxy, seen, switched_on};

/// Case 45: somebody signs out with a full queue, the next one signs in on the same phone.
#[tokio::test]
async fn what_one_person_took_never_goes_out_under_the_next() {
    let town = TestApp::start().await;
    let proxy = proxy(&town).await;
    let (place, ear) = (Place::new(), Ear::default());
    let mut phone = switched_on(&place, &base(&proxy), TUS, &ear);
    let ana = phone.sign_in(&account("ana")).await.unwrap();
    let hers = [0, 1].map(|spot| phone.take(&seen(town.spot(spot), 1)).unwrap().unwrap());
    // No signal, and she goes off shift.
    proxy.lead_to(&[]);
    assert_eq!(phone.round().await.unwrap().waiting, 2);
    phone.sign_out().await.unwrap();
    assert_eq!(phone.take(&seen(town.spot(5), 0)).unwrap(), None, "nobody's report is taken");
    proxy.lead_to(&[town.nobody.api.split('/').nth(2).unwrap().parse().unwrap()]);

    let bo = phone.sign_in(&account("bo")).await.unwrap();
    let his = phone.take(&seen(town.spot(2), 1)).unwrap().unwrap();
    brings_all(&mut phone).await;
    let office = town.office();
    assert_eq!(office.gets(&format!("/reports/{his}")).await.ok()["reporter"], bo);
    for id in hers {
        assert_eq!(office.gets(&format!("/reports/{id}")).await.status, 404);
        assert_eq!(phone.queue.item(id).unwrap().account, ana);
    }
    drop(phone);

    // The next day, after a restart.
    let mut phone = switched_on(&place, &base(&proxy), TUS, &ear);
    phone.sign_in(&account("ana")).await.unwrap();
    brings_all(&mut phone).await;
    for id in hers {
        assert_eq!(office.gets(&format!("/reports/{id}")).await.ok()["reporter"], ana);
    }
    assert_eq!(phone.queue.items().count(), 0);
}
