//! Lines that lie: captive portals, proxies with limits of their own, proxies that hold back.

use support::faults::{Cut, Ending, Fault, Place as Where};
use support::phone::{Capture, Phone, State, Way};
use support::{Picture, TestApp};

use super::device::{Ear, Place, TUS, account, base, brings_all, proxy, seen, switched_on};

struct Scene {
    town: TestApp,
    proxy: support::faults::Proxy,
    phone: Phone,
    ear: Ear,
    _place: Place,
}

/// A phone with one report of one large photo, behind a proxy.
async fn scene(way: Way) -> Scene {
    let town = TestApp::start().await;
    let proxy = proxy(&town).await;
    let (place, ear) = (Place::new(), Ear::default());
    let mut phone = switched_on(&place, &base(&proxy), way, &ear);
    phone.sign_in(&account("ana")).await.unwrap();
    let large = Picture::of_sizes()[2].clone();
    assert!(large.len() > 100_000);
    phone.take(&Capture { photos: vec![large], ..seen(town.spot(0), 0) }).unwrap();
    Scene { town, proxy, phone, ear, _place: place }
}

impl Scene {
    async fn is_all_there(&mut self) {
        brings_all(&mut self.phone).await;
        assert_eq!(self.phone.queue.items().count(), 0);
        let issue = self.town.office().lists("").await[0];
        assert_eq!(self.town.office().sees(issue).await["photos"]["stored"], 1);
    }
}

/// Case 39: a captive portal answers everything with 200 and a page, or sends elsewhere.
#[tokio::test]
async fn a_captive_portal_acknowledges_nothing() {
    let mut scene = scene(TUS).await;
    for portal in [Fault::Portal, Fault::Redirect, Fault::Gateway(502)] {
        scene.proxy.script(&[portal]);
        let round = scene.phone.round().await.unwrap();
        assert_eq!((round.waiting, scene.ear.reports()), (1, 0), "{portal:?}");
        tokio::time::sleep(round.next.unwrap()).await;
    }
    assert_eq!(scene.town.office().lists("").await, Vec::<i64>::new());
    scene.is_all_there().await;
}

/// Case 40: a proxy refuses bodies that the server would take: the phone sends smaller pieces.
#[tokio::test]
async fn a_proxy_with_a_limit_of_its_own_gets_smaller_pieces() {
    let mut scene = scene(Way::Tus { piece: 256 * 1024, checksum: false, ask: false }).await;
    scene.proxy.script(&[Fault::TooLarge(40_000); 100]);
    scene.is_all_there().await;
    assert!(scene.proxy.counts().all()["too large"] >= 2);
}

/// Case 40: a client that cannot send less waits, and gives nothing up: the limit is nobody's final no.
#[tokio::test]
async fn what_a_proxy_refuses_is_not_refused() {
    let mut scene = scene(Way::Whole).await;
    scene.proxy.script(&[Fault::TooLarge(40_000); 20]);
    for _ in 0..5 {
        let round = scene.phone.round().await.unwrap();
        assert_eq!(round.waiting, 1);
        tokio::time::sleep(round.next.unwrap()).await;
    }
    assert!(scene.phone.queue.items().all(|item| item.state == State::Waiting));
    let issue = scene.town.office().lists("").await[0];
    assert_eq!(scene.town.office().sees(issue).await["photos"]["stored"], 0);
    // The next network has no such proxy.
    scene.proxy.script(&[Fault::None; 20]);
    scene.is_all_there().await;
}

/// Case 40: a proxy passes everything on only once it has all of it.
#[tokio::test]
async fn a_proxy_that_holds_back_is_only_slow() {
    let mut scene = scene(TUS).await;
    scene.proxy.script(&[Fault::Buffering; 40]);
    scene.is_all_there().await;
}

/// Cases 2 to 4: cut anywhere in a PATCH, or its answer lost, also the last one's.
#[tokio::test]
async fn an_upload_that_is_cut_anywhere_goes_on() {
    let mut scene = scene(TUS).await;
    let mut faults = Vec::new();
    for place in Where::ALL {
        let cut = Fault::Cut(Cut { place, ending: Ending::Reset, chance: 0.5 });
        // The report, HEAD, and the first PATCH of each round is hit.
        faults.extend([Fault::None, Fault::None, cut]);
    }
    scene.proxy.script(&faults);
    scene.is_all_there().await;
    let cuts = scene.proxy.counts().by_kind()["cut"];
    assert!(cuts >= 5, "only {cuts}");
}
