//! Every kind of damage is found, and named.

use schema::Conn;
use support::{Picture, TestApp, report};
use uuid::Uuid;
use zhoubian::actions::links::{NewDraft, NewLink, make_link, send_draft};
use zhoubian::check::{Report, What, check};
use zhoubian::terminal::Progress;

use super::backup::{Folder, backed_up};

struct Scene {
    town: TestApp,
    picture: Picture,
    other: Picture,
    issue: i64,
}

async fn scene() -> Scene {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let draft = report().at(town.spot(0)).condition("0101B").photos(2);
    let issue = ana.submits(&draft).await.issue();
    for picture in &draft.pictures {
        ana.uploads(picture).await.ok();
    }
    huanwei.accepts(issue).await.ok();
    let [picture, other] = [0, 1].map(|at| draft.pictures[at].clone());
    Scene { town, picture, other, issue }
}

impl Scene {
    fn checked(&self, what: &What) -> Report {
        check(&self.town.place(), what, support::START, &Progress::silent()).unwrap()
    }

    /// The kinds found after a statement was run by hand.
    fn after(&self, statement: &str) -> Vec<&'static str> {
        Conn::open(&self.town.place().database.url).unwrap().batch(statement).unwrap();
        self.kinds()
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.checked(&ALL).wrong.keys().copied().collect()
    }

    fn file(&self, picture: &Picture) -> std::path::PathBuf {
        self.town.app.photos.path(&picture.sha256())
    }
}

const ALL: What = What { photos: Some(100), backup: None };

#[tokio::test]
async fn a_whole_installation_is_clean() {
    let scene = scene().await;
    let report = scene.checked(&ALL);
    assert!(report.is_clean(), "{:#?}", report.lines());
    assert_eq!((report.issues, report.photos, report.photos_read), (1, 2, 2));
    assert!(report.events >= 4);
    let none = scene.checked(&What { photos: None, backup: None });
    assert_eq!(none.photos, 0);
    let some = scene.checked(&What { photos: Some(0), backup: None });
    assert_eq!((some.photos, some.photos_read), (2, 0));
}

#[tokio::test]
async fn damage_to_photos_is_named() {
    let scene = scene().await;
    let file = scene.file(&scene.picture);
    let good = std::fs::read(&file).unwrap();
    let mut bad = good.clone();
    bad[20] ^= 1;
    std::fs::write(&file, &bad).unwrap();
    assert_eq!(scene.kinds(), ["photo-damaged"]);
    std::fs::write(&file, &good[..50]).unwrap();
    assert_eq!(scene.kinds(), ["photo-length-wrong"]);
    std::fs::remove_file(&file).unwrap();
    let report = scene.checked(&ALL);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(
        (report.findings[0].kind, &report.findings[0].what),
        ("photo-missing", &scene.picture.sha256())
    );
    std::fs::write(&file, &good).unwrap();
    assert_eq!(scene.kinds(), Vec::<&str>::new());
    // What nobody knows is told of, and is no damage.
    let stranger = Picture::jpeg();
    let path = scene.file(&stranger);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, &stranger.bytes).unwrap();
    let long_ago = std::time::UNIX_EPOCH;
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
    let report = scene.checked(&ALL);
    assert_eq!((report.unknown_files, report.is_clean()), (1, true));
}

#[tokio::test]
async fn damage_to_events_is_named() {
    let issue = scene().await.issue;
    for (statement, kind) in [
        (
            "UPDATE event SET payload = '{\"kind\":\"accepted\",\"x\":1}' WHERE kind = 'accepted'",
            "chain-broken",
        ),
        ("UPDATE event SET actor = actor + 1 WHERE n = 2 AND kind <> 'x'", "chain-broken"),
        ("UPDATE event SET payload = '{\"kind\":\"nonsense\"}' WHERE n = 2", "event-unreadable"),
        ("UPDATE event SET kind = 'nonsense' WHERE n = 2", "event-kind-wrong"),
        ("DELETE FROM event WHERE n = 2", "event-missing"),
        ("DELETE FROM event WHERE kind = 'accepted'", "issue-version-wrong"),
        ("UPDATE event SET issue_id = issue_id + 7 WHERE n = 2", "event-without-issue"),
        ("UPDATE feed_head SET seq = 1", "feed-number-too-high"),
    ] {
        let scene = scene().await;
        assert_eq!(scene.issue, issue);
        let found = scene.after(statement);
        assert!(found.contains(&kind), "{statement}: {found:?}");
    }
}

#[tokio::test]
async fn damage_to_issues_and_what_belongs_to_them_is_named() {
    for (statement, kind) in [
        ("UPDATE issue SET version = version + 1", "issue-version-wrong"),
        ("UPDATE issue SET stage = 'closed'", "issue-row-wrong"),
        ("UPDATE issue SET lead = 'chengguan'", "issue-row-wrong"),
        ("UPDATE issue SET state = '{}'", "issue-unreadable"),
        ("UPDATE issue_span SET blind = NOT blind", "span-wrong"),
        ("UPDATE issue_span SET to_seq = from_seq", "span-upside-down"),
        ("UPDATE issue_span SET node = 7777777", "span-misplaced"),
        ("DELETE FROM issue_span", "span-wrong"),
        ("UPDATE report SET issue_id = 77", "report-without-issue"),
        ("UPDATE photo SET issue_id = 77", "photo-without-issue"),
        ("UPDATE command SET issue_id = 77", "command-without-issue"),
        ("UPDATE feed SET issue_id = 77", "feed-without-event"),
        ("DELETE FROM account WHERE login = 'ana'", "event-without-account"),
        ("UPDATE session SET account_id = 7777", "session-without-account"),
    ] {
        let scene = scene().await;
        let found = scene.after(statement);
        assert!(found.contains(&kind), "{statement}: {found:?}");
    }
    let scene = scene().await;
    let hash = "UPDATE issue SET hash = (SELECT hash FROM event WHERE n = 1)";
    assert_eq!(scene.after(hash), ["issue-hash-wrong"]);
}

#[tokio::test]
async fn damage_to_offers_is_named() {
    for (statement, kinds) in [
        ("UPDATE issue_offer SET issue_id = 77", &["offer-without-issue", "offer-wrong"][..]),
        ("UPDATE issue_offer SET declined = NOT declined", &["offer-wrong"]),
        ("DELETE FROM issue_offer WHERE bureau = 'yidong'", &["offer-wrong"]),
    ] {
        let scene = scene().await;
        let cable = report().at(scene.town.spot(9)).category("1201").condition("1201C");
        scene.town.inspector("ana").submits(&cable).await.ok();
        assert_eq!(scene.kinds(), [""; 0]);
        assert_eq!(scene.after(statement), kinds, "{statement}");
    }
}

#[tokio::test]
async fn damage_to_links_and_drafts_is_named() {
    for (statement, kinds) in [
        ("UPDATE guest_link SET issue_id = 77", &["draft-without-link", "link-without-issue"][..]),
        ("UPDATE guest_draft SET issue_id = 77", &["draft-without-issue", "draft-without-link"]),
        ("DELETE FROM guest_link", &["draft-without-link"]),
    ] {
        let scene = scene().await;
        let (issue, huanwei) = (scene.issue, scene.town.bureau("huanwei"));
        let ask = NewLink {
            id: Uuid::new_v4(),
            issue,
            for_whom: "万家物业".to_owned(),
            task: String::new(),
            hours: 1,
        };
        let (link, _) = make_link(&scene.town.app, huanwei.actor(), ask).await.unwrap();
        let new = NewDraft { id: Uuid::new_v4(), note: "已清运".to_owned(), photos: Vec::new() };
        send_draft(&scene.town.app, link.token(), new).await.unwrap();
        assert_eq!(scene.kinds(), [""; 0]);
        assert_eq!(scene.after(statement), kinds, "{statement}");
    }
}

#[tokio::test]
async fn damage_to_a_backup_is_named() {
    let scene = scene().await;
    let folder = Folder::new();
    let made = backed_up(scene.town.place(), &folder.0).await;
    let what = What { photos: None, backup: Some(folder.0.clone()) };
    let kinds = || scene.checked(&what).wrong.keys().copied().collect::<Vec<_>>();
    assert_eq!(kinds(), Vec::<&str>::new());
    let copy = |picture: &Picture| {
        let name = picture.sha256();
        folder.0.join(format!("photos/blobs/{}/{}/{name}", &name[..2], &name[2..4]))
    };
    std::fs::write(copy(&scene.picture), "other").unwrap();
    assert_eq!(kinds(), ["backup-photo-damaged"]);
    std::fs::remove_file(copy(&scene.other)).unwrap();
    std::fs::write(folder.0.join(&made.manifest.keys[0].file), "{}").unwrap();
    let events = made.manifest.tables.iter().find(|part| part.name == "event").unwrap();
    std::fs::write(folder.0.join(&events.file), "gone").unwrap();
    let found = ["backup-damaged", "backup-photo-damaged", "backup-photo-missing"];
    assert_eq!(kinds(), found);
}
