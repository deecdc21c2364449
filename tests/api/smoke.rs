use support::{TestApp, report};

#[tokio::test]
async fn it_runs() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let got = ana.submits(&report().at(town.spot(0)).photos(1)).await;
    assert_eq!(got.status, 201, "{}", got.body);
    eprintln!("{}", got.body);
    let d = ana.sees(got.issue()).await;
    eprintln!("{d:#}");
}
#[tokio::test]
async fn it_runs_again() {
    let t = std::time::Instant::now();
    let town = TestApp::start().await;
    eprintln!("start {:?}", t.elapsed());
    assert_eq!(town.office().lists("").await.len(), 0);
    eprintln!("list {:?}", t.elapsed());
    drop(town);
    eprintln!("drop {:?}", t.elapsed());
}
