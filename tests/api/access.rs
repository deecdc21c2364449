//! Who may do what: every operation of the document, every role, what is theirs, another's, blind.
//!
//! As answered over HTTP: `allowed` is whatever passed access, even if it was refused later; `hidden` is
//! answered as if there were nothing. An operation of the document that has no request here fails.

use std::fmt::Write as _;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use support::{Answer, Draft, Person, Picture, TestApp, report};
use uuid::Uuid;

use super::contract::operations;
use super::machines::Machine;

/// An issue to try operations on.
struct Thing {
    issue: i64,
    report: Uuid,
    photo: Picture,
}

async fn reported(who: &Person, draft: Draft) -> Thing {
    let draft = draft.photos(1);
    let issue = who.submits(&draft).await.issue();
    who.uploads(&draft.pictures[0]).await.ok();
    Thing { issue, report: draft.id, photo: draft.pictures[0].clone() }
}

/// A bulletin whose period ends before it begins: refused after access.
fn bulletin() -> Value {
    json!({"id": Uuid::new_v4(), "kind": "daily", "from": "2026-11-16T00:00:00Z", "to": "2026-11-15T00:00:00Z",
        "on_time": "handled", "for_all": false})
}

/// An account that there is not.
const NOBODY: i64 = 999_999;

/// What is answered as not found to whoever may ask.
const ABSENT: [&str; 21] = [
    "list_bulletin_members",
    "get_bulletin_workbook",
    "get_bulletin",
    "print_bulletin",
    "replay_bulletin",
    "get_card",
    "print_card",
    "sign_card",
    "deliver_card",
    "reply_card",
    "accept_card",
    "upgrade_card",
    "withdraw_card",
    "comment_card",
    "end_my_session",
    "send_upload",
    "end_upload",
    "remove_my_second_factor",
    "end_account_sessions",
    "remove_second_factor",
    "unlock_account",
];

/// Whoever asks, and the things that are theirs and another's.
struct Asker {
    role: &'static str,
    person: Option<Person>,
    /// A machine's.
    token: Option<String>,
    own: Thing,
    others: Thing,
}

/// One request of each operation. Commands state a version that is never current: what is allowed is
/// then refused before it changes anything.
fn request(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    thing: &Thing,
    (admin, machine): (i64, i64),
) -> RequestBuilder {
    let issue = thing.issue;
    let get = |path: &str| ask(Method::GET, path);
    if let Some((verb, body)) = command(operation, issue) {
        let verb = verb.replace('_', "-");
        let path = format!("/issues/{issue}:{verb}");
        return ask(Method::POST, &path).header("if-match", "\"99\"").json(&body);
    }
    if let Some(request) = of_its_links(operation, ask, issue) {
        return request;
    }
    match operation {
        "get_health" => get("/health"),
        "get_readiness" => get("/readiness"),
        "create_session" => {
            ask(Method::POST, "/sessions").json(&json!({"login": "ana", "password": "wrong"}))
        }
        "refresh_session" => {
            ask(Method::POST, "/sessions:refresh").json(&json!({"refresh_token": "wrong"}))
        }
        "create_token" => ask(Method::POST, "/tokens").form(&[("grant_type", "password")]),
        "end_session" => ask(Method::DELETE, "/sessions/current"),
        "redeem_handover" => ask(Method::POST, "/sessions:handover").json(&json!({"code": "x"})),
        "create_handover" => ask(Method::POST, "/me/handovers").json(&json!({})),
        "list_my_sessions" => get("/me/sessions"),
        // A device that is not there, a password that is wrong: refused after access.
        "end_my_session" => ask(Method::DELETE, &format!("/me/sessions/{}", Uuid::nil())),
        "put_my_device" => ask(Method::PUT, "/me/device").json(&json!({"unsent": 0})),
        "end_my_other_sessions" => ask(Method::DELETE, "/me/sessions"),
        "change_my_password" => {
            ask(Method::PUT, "/me/password").json(&json!({"current": "x", "new": "short"}))
        }
        "begin_second_factor" => {
            ask(Method::POST, "/me/second-factor").json(&json!({"password": "wrong"}))
        }
        "confirm_second_factor" => {
            ask(Method::POST, "/me/second-factor:confirm").json(&json!({"code": "1"}))
        }
        "remove_my_second_factor" => ask(Method::DELETE, "/me/second-factor")
            .json(&json!({"password": "wrong", "code": "1"})),
        "get_me" => get("/me"),
        "list_areas" => get("/areas"),
        "list_site_kinds" => get("/site-kinds"),
        "get_base_map" => get("/base-map"),
        "list_sites" => get("/sites"),
        "list_places" => get("/places"),
        "list_facilities" => get("/facilities"),
        "list_permitted_zones" => get("/permitted-zones"),
        "list_cameras" => get("/cameras"),
        "list_duties" => get("/duties"),
        "list_bureaus" => get("/bureaus"),
        "list_categories" => get("/categories"),
        "list_points" => get("/points"),
        "get_point_cluster" => get("/points/P001/cluster"),
        "list_issues" => get("/issues"),
        "get_report" => get(&format!("/reports/{}", thing.report)),
        // An empty body: nothing is reported.
        "put_reports" => {
            ask(Method::POST, "/reports:batch").header("content-type", "application/x-ndjson")
        }
        "put_report" => {
            ask(Method::PUT, &format!("/reports/{}", Uuid::new_v4())).json(&report().json())
        }
        "get_photo" => get(&format!("/photos/{}", thing.photo.sha256())),
        "get_photo_large" => get(&format!("/photos/{}/large", thing.photo.sha256())),
        "get_photo_thumbnail" => get(&format!("/photos/{}/thumbnail", thing.photo.sha256())),
        "get_watermarked_photo" => {
            get(&format!("/reports/{}/photos/{}/watermarked", thing.report, thing.photo.id))
        }
        "put_photo" => ask(Method::PUT, &format!("/photos/{}", thing.photo.sha256()))
            .body(thing.photo.bytes.clone()),
        "get_issue" => get(&format!("/issues/{issue}")),
        "take_task" => ask(Method::POST, &format!("/verification-tasks/{issue}:take")),
        "give_back_task" => ask(Method::POST, &format!("/verification-tasks/{issue}:give-back")),
        "hand_task" => ask(Method::POST, &format!("/verification-tasks/{issue}:hand"))
            .json(&json!({"account": NOBODY})),
        "list_task_inspectors" => get(&format!("/verification-tasks/{issue}/inspectors")),
        "list_limit_periods" => get("/limit-periods"),
        "get_issue_limit" => get(&format!("/issues/{issue}/limit")),
        "list_issue_events" => get(&format!("/issues/{issue}/events")),
        "list_viewings" => get(&format!("/issues/{issue}/viewings")),
        "get_routing" => get("/routing"),
        "list_rule_versions" => get("/routing/versions"),
        "get_rule_version" => get("/routing/versions/%E4%BA%91%E6%B1%80-2026-1"),
        "lint_routing" => ask(Method::POST, "/routing:lint").json(&json!({"text": "version = ''"})),
        "try_routing" => ask(Method::POST, "/routing:try").json(&json!({"text": "version = ''"})),
        // Nothing in the body: a dry run of a row that is refused.
        "create_reference_import" => {
            ask(Method::POST, "/reference-imports?kind=calendar&dry_run=true")
        }
        "list_reference_imports" => get("/reference-imports"),
        "get_reference_import" => get("/reference-imports/1"),
        "list_accounts" => get("/accounts"),
        // Too weak a password: whoever may is refused only then.
        "create_account" => ask(Method::POST, "/accounts").json(
            &json!({"login": "new-one", "name": "new", "role": "office", "password": "short"}),
        ),
        "list_account_sessions" => get(&format!("/accounts/{admin}/sessions")),
        "end_account_sessions" => ask(Method::DELETE, &format!("/accounts/{NOBODY}/sessions")),
        "remove_second_factor" => ask(Method::DELETE, &format!("/accounts/{NOBODY}/second-factor")),
        "unlock_account" => ask(Method::POST, &format!("/accounts/{NOBODY}:unlock")),
        "update_account" => ask(Method::PATCH, &format!("/accounts/{admin}")).json(&json!({})),
        // An empty list: whoever may is refused only then.
        "import_accounts" => ask(Method::POST, "/accounts:import?dry_run=true"),
        other => of_the_office(other, ask, machine),
    }
}

/// One request of each operation on the links of an issue: neither link nor draft is there, which is refused after
/// access. None for the other operations.
fn of_its_links(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    issue: i64,
) -> Option<RequestBuilder> {
    let (links, nothing) = (format!("/issues/{issue}/links"), Uuid::nil());
    Some(match operation {
        "list_links" => ask(Method::GET, &links),
        "make_link" => ask(Method::POST, &links)
            .json(&json!({"id": Uuid::new_v4(), "for_whom": "万家物业", "hours": 1})),
        "revoke_link" => ask(Method::POST, &format!("{links}/{nothing}:revoke")),
        "discard_draft" => ask(Method::POST, &format!("/issues/{issue}/drafts/{nothing}:discard")),
        _ => return None,
    })
}

/// The step an operation takes on an issue, and its body; none for the other operations.
fn command(operation: &str, issue: i64) -> Option<(&str, Value)> {
    let mut body = match operation {
        "file_issue" => json!({"category": "0101", "condition": "0101B"}),
        "refuse_issue" | "void_issue" => json!({"reason": "duplicate", "note": "twice"}),
        "merge_issue" => json!({"into": issue}),
        "release_issue" | "claim_issue" | "accept_issue" | "accept_part" => json!({}),
        "dispatch_issue" => json!({"lead": "huanwei", "reason": "theirs"}),
        "override_issue" => json!({"reason": "on record"}),
        "offer_issue" => {
            json!({"candidates": ["huanwei"], "within": "4工作时", "reason": "whose is it"})
        }
        "decline_claim" => json!({"reason": "not theirs"}),
        "return_issue" => json!({"reason": "gone", "note": "gone"}),
        "rectify_issue" => json!({"outcome": "rectified", "photos": []}),
        "extend_issue" => json!({"until": "2026-11-30T08:00:00Z", "reason": "rain"}),
        "defer_issue" => json!({"until": "2026-11-30T08:00:00Z", "reason": "frost"}),
        "shelve_issue" => json!({"cost_yuan": 9, "reason": "no money", "photos": []}),
        "resume_issue" | "review_issue" => json!({"note": "seen"}),
        "decide_issue" => json!({"approved": true}),
        "verify_issue" => json!({"passed": true}),
        "set_task" => json!({"bureau": "dongguan", "task": "clear it"}),
        "finish_part" | "secure_issue" => json!({"photos": []}),
        "release_part" => json!({"bureau": "dongguan", "reason": "nothing of theirs"}),
        _ => return None,
    };
    body["command_id"] = json!(Uuid::new_v4());
    Some((operation.trim_end_matches("_issue"), body))
}

/// One request of each operation that the office and others look at their work with.
fn of_the_office(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    machine: i64,
) -> RequestBuilder {
    let get = |path: &str| ask(Method::GET, path);
    match operation {
        "export_issues_csv" => get("/issues.csv"),
        "export_issues_xlsx" => get("/issues.xlsx"),
        "get_figures" => get("/figures?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z"),
        "list_suspensions" => get("/suspensions"),
        "get_desk_clocks" => get("/desk-clocks?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z"),
        "list_desk_waits" => get("/desk-waits"),
        "list_verification_tasks" => get("/verification-tasks"),
        "get_campaign" => get("/campaign"),
        // Over already: whoever may is refused only then.
        "set_campaign" => {
            ask(Method::PUT, "/campaign").json(&json!({"evaluation_on": "2020-01-01"}))
        }
        // Nothing made shorter: whoever may is refused only then.
        "set_limit_period" => ask(Method::PUT, "/limit-periods/none").json(&json!({
            "name": "x", "from": "2026-12-01T00:00:00Z", "until": "2026-12-02T00:00:00Z",
            "limit": null, "percent": null,
        })),
        "get_morning" => get("/morning"),
        "list_notices" => get("/notices"),
        "read_notices" => ask(Method::POST, "/notices:read").json(&json!({"through": 0})),
        "list_channels" => get("/channels"),
        // Nowhere: whoever may is refused only then.
        "set_channel" => ask(Method::PUT, "/channels/none").json(&json!({
            "name": "x", "audience": "office", "kind": "mail", "enabled": false,
        })),
        "remove_channel" => ask(Method::DELETE, "/channels/none"),
        "test_channel" => ask(Method::POST, "/channels/none:test"),
        "list_messages" => get("/channels/none/messages"),
        "retry_message" => {
            ask(Method::POST, "/messages/0198f3a0-0000-7000-8000-0000000000d1:retry")
        }
        "suggest_route" => ask(Method::POST, "/routing:suggest").json(&json!({})),
        other => of_pulls(other, ask, machine),
    }
}

/// One request of each operation that pulls.
fn of_pulls(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    machine: i64,
) -> RequestBuilder {
    let get = |path: &str| ask(Method::GET, path);
    match operation {
        "get_field_pack" => get("/field-pack"),
        "list_changes" => get("/changes"),
        "snapshot_changes" => get("/changes/snapshot"),
        // None may be open here: whoever may is refused only then.
        "stream_changes" => get("/changes/stream"),
        other => of_uploads(other, ask, machine),
    }
}

/// One request of each operation on uploads, of a photo that nobody announced: refused after access.
fn of_uploads(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    machine: i64,
) -> RequestBuilder {
    match operation {
        "get_upload_options" => ask(Method::OPTIONS, "/uploads"),
        "create_upload" => tus(ask(Method::POST, "/uploads")),
        "get_upload" => tus(ask(Method::HEAD, &nowhere())),
        "send_upload" => tus(ask(Method::PATCH, &nowhere()))
            .header("upload-offset", "0")
            .header("content-type", "application/offset+octet-stream"),
        "end_upload" => tus(ask(Method::DELETE, &nowhere())),
        other => of_suggestions(other, ask, machine),
    }
}

/// One request of each operation on suggestions: what says nothing is refused after access.
fn of_suggestions(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    machine: i64,
) -> RequestBuilder {
    let one = |verb: &str| format!("/suggestions/{}{verb}", Uuid::nil());
    match operation {
        "put_suggestion" => {
            let body = json!({"text": " ", "sent_at": "2026-11-20T01:12:07Z"});
            ask(Method::PUT, &one("")).json(&body)
        }
        "list_suggestions" => ask(Method::GET, "/suggestions"),
        "list_my_suggestions" => ask(Method::GET, "/me/suggestions"),
        "answer_suggestion" => ask(Method::POST, &one(":answer"))
            .json(&json!({"command_id": Uuid::new_v4(), "text": " "})),
        other => of_counts(other, ask, machine),
    }
}

/// One request of each operation on counts, of a category that is not counted (refused after access), and
/// on one's own reports.
fn of_counts(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    machine: i64,
) -> RequestBuilder {
    let at = "2026-11-20T01:12:07Z";
    let count = json!({"category": "0101", "seen": 2, "right": 1, "began_at": at, "ended_at": at,
        "sent_at": at});
    match operation {
        "put_count" => ask(Method::PUT, &format!("/counts/{}", Uuid::nil())).json(&count),
        "list_counts" => ask(Method::GET, "/counts"),
        "list_my_reports" => ask(Method::GET, "/me/reports"),
        other => of_cards(other, ask, machine),
    }
}

/// One request of each operation on supervision cards: of a card that there is not, a draft without issues and rules
/// that never come true are refused after access.
fn of_cards(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    machine: i64,
) -> RequestBuilder {
    let command = json!({"command_id": Uuid::new_v4()});
    let reply = json!({"command_id": Uuid::new_v4(), "cause": "c", "measures": "m", "person": "p"});
    let step = |verb: &str, body: &Value| {
        let request = ask(Method::POST, &format!("/cards/{NOBODY}:{verb}"));
        request.header("if-match", "\"1\"").json(body)
    };
    match operation {
        "list_bulletins" => ask(Method::GET, "/bulletins"),
        "get_bulletin" => ask(Method::GET, "/bulletins/99"),
        "print_bulletin" => ask(Method::GET, "/bulletins/99/paper.pdf"),
        "replay_bulletin" => ask(Method::GET, "/bulletins/99/replay"),
        "list_bulletin_members" => ask(Method::GET, "/bulletins/99/members"),
        "get_bulletin_workbook" => ask(Method::GET, "/bulletins/99/workbook.xlsx"),
        "preview_bulletin" => ask(Method::POST, "/bulletins/preview").json(&json!({})),
        "create_bulletin" => ask(Method::POST, "/bulletins").json(&bulletin()),
        "print_card" => ask(Method::GET, "/cards/1/paper.pdf"),
        "list_cards" => ask(Method::GET, "/cards"),
        "get_card" => ask(Method::GET, &format!("/cards/{NOBODY}")),
        "list_proposals" => ask(Method::GET, "/cards/proposals"),
        "create_card" => ask(Method::POST, "/cards").json(
            &json!({"id": Uuid::nil(), "bureau": "huanwei", "colour": "white", "facts": "x", "issues": []}),
        ),
        "reply_card" => step("reply", &reply),
        "sign_card" | "deliver_card" | "accept_card" | "upgrade_card" | "withdraw_card"
        | "comment_card" => step(operation.trim_end_matches("_card"), &command),
        "get_card_rules" => ask(Method::GET, "/card-rules"),
        "set_card_rules" => {
            let level = json!({"to": "", "reply_days": 1, "consequence": ""});
            let rules = json!({"white": level, "yellow": level, "red": level, "letter": level,
                "rules": [], "proposals": {"within_days": 90, "talk_yellow": 2, "talk_red": 1,
                    "accountability_red": 2}});
            ask(Method::PUT, "/card-rules").json(&json!({"version": 0, "rules": rules}))
        }
        other => of_links(other, ask, machine),
    }
}

/// One request of each operation of those who hold a link, which no account's token is.
fn of_links(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    machine: i64,
) -> RequestBuilder {
    let (draft, photo) = (format!("/guest/drafts/{}", Uuid::nil()), "0".repeat(64));
    match operation {
        "get_guest_issue" => ask(Method::GET, "/guest/issue"),
        "get_guest_photo" => ask(Method::GET, &format!("/guest/photos/{photo}/large")),
        "put_guest_draft" => ask(Method::PUT, &draft).json(&json!({"note": "done"})),
        "put_guest_photo" => ask(Method::PUT, &format!("{draft}/photos/{photo}")).body("x"),
        other => of_machines(other, ask, machine),
    }
}

fn tus(request: RequestBuilder) -> RequestBuilder {
    request.header("tus-resumable", "1.0.0")
}

fn nowhere() -> String {
    format!("/uploads/{}.{}.1", Uuid::nil(), Uuid::nil())
}

/// One request of each operation on machine accounts.
fn of_machines(
    operation: &str,
    ask: &dyn Fn(Method, &str) -> RequestBuilder,
    machine: i64,
) -> RequestBuilder {
    match operation {
        "list_machines" => ask(Method::GET, "/machines"),
        "create_machine" => {
            ask(Method::POST, "/machines").json(&json!({"name": "none", "scopes": []}))
        }
        "update_machine" => {
            ask(Method::PATCH, &format!("/machines/{machine}")).json(&json!({"active": true}))
        }
        // Past already.
        "create_machine_secret" => ask(Method::POST, &format!("/machines/{machine}/secrets"))
            .json(&json!({"expires_at": "2026-01-01T00:00:00Z"})),
        "revoke_machine_secret" => ask(Method::DELETE, &format!("/machines/{machine}/secrets/999")),
        other => {
            panic!("the access table has no request for {other}: add it to tests/api/access.rs")
        }
    }
}

fn word(operation: &str, answer: &Answer) -> &'static str {
    match answer.said() {
        (404, "not-found") if ABSENT.contains(&operation) => "allowed",
        // A HEAD has no body to say it in.
        (401, "token-invalid" | "token-expired" | "link-invalid" | "") => "unauthenticated",
        (403, "") => "refused",
        (403, "forbidden") => "forbidden",
        (403, "scope-missing") => "no scope",
        (404, "not-found") => "hidden",
        (500.., code) => panic!("the server failed: {code}"),
        _ => "allowed",
    }
}

/// Operations about one issue have three words, the others one.
fn is_about_an_issue(operation: &str, path: &str) -> bool {
    let photos = ["get_photo", "get_photo_large", "get_photo_thumbnail", "get_watermarked_photo"];
    path.starts_with("/issues/{id}") || operation == "get_report" || photos.contains(&operation)
}

async fn askers(town: &TestApp) -> Vec<Asker> {
    let (ana, chen, supervisor) =
        (town.inspector("ana"), town.inspector("chen"), town.supervisor());
    let (office, far) = (town.office(), town.spot_in("429901100000", 0));
    let mut askers = Vec::new();
    let elsewhere =
        |n: usize| report().at(town.spot_in("429901100000", n)).category("0301").condition("0301A");
    for (role, person, own) in [
        // Theirs: what they reported; a bureau's: what it leads. An administrator reports nothing.
        ("inspector", Some(ana.clone()), reported(&ana, report().at(town.spot(1))).await),
        ("bureau", Some(town.bureau("huanwei")), reported(&ana, report().at(town.spot(2))).await),
        ("office", Some(office.clone()), reported(&office, report().at(town.spot(3))).await),
        (
            "supervisor",
            Some(supervisor.clone()),
            reported(&supervisor, report().at(town.spot(4)).from_supervision()).await,
        ),
        ("admin", Some(town.admin()), reported(&ana, report().at(town.spot(5))).await),
        ("nobody", None, reported(&ana, report().at(town.spot(6))).await),
    ] {
        let number = askers.len() + 1;
        let others = reported(&chen, elsewhere(number)).await;
        askers.push(Asker { role, person, token: None, own, others });
    }
    let everything: &[&str] = &[
        "issues:read",
        "issues:work",
        "photos:read",
        "photos:write",
        "figures:read",
        "reference:read",
    ];
    for (role, scopes, spot) in
        [("machine", everything, 8), ("figures only", &["figures:read"][..], 9)]
    {
        let machine = Machine::of(town, Some("huanwei"), scopes).await;
        let own = reported(&ana, report().at(town.spot(spot))).await;
        let others = reported(&chen, elsewhere(askers.len() + 1)).await;
        let token = Some(machine.token(town).await);
        askers.push(Asker { role, person: None, token, own, others });
    }
    assert_ne!(far, town.spot(0));
    askers
}

#[tokio::test]
async fn every_operation_for_every_role() {
    let town = TestApp::start_with(|config| config.changes.max_waiting_per_account = 0).await;
    let askers = askers(&town).await;
    let blind = reported(&town.person("supervisor02"), report().at(town.spot(7)).blind()).await;
    let admin = town.admin().member.account;
    let machine = Machine::of(&town, None, &["figures:read"]).await.id;
    // The same as is there: it changes nothing, and stands in the log as number 1.
    let same = town.admin().request(Method::POST, "/reference-imports?kind=routing");
    town.nobody.send(same.body(zhoubian::demo::sources().pop().unwrap().bytes)).await.ok();
    let mut operations = operations();
    // Signing out comes last, since whoever did is nobody.
    operations.sort_by_key(|(_, path, id)| {
        (id == "end_session", is_about_an_issue(id, path), id.clone())
    });

    let mut table =
        String::from("own / another's / blind; or one word where no issue is concerned\n\n");
    write!(table, "{:<24}", "").unwrap();
    for asker in &askers {
        write!(table, "{:<32}", asker.role).unwrap();
    }
    for (_, path, id) in operations {
        write!(table, "\n{id:<24}").unwrap();
        for asker in &askers {
            let things = [&asker.own, &asker.others, &blind];
            let count = if is_about_an_issue(&id, &path) { 3 } else { 1 };
            let mut words = Vec::new();
            for thing in &things[..count] {
                let ask = |method: Method, path: &str| match (&asker.person, &asker.token) {
                    (Some(person), _) => person.request(method, path),
                    (None, Some(token)) => town.nobody.request(method, path).bearer_auth(token),
                    (None, None) => town.nobody.request(method, path),
                };
                let answer = request(&id, &ask, thing, (admin, machine));
                words.push(word(&id, &town.nobody.send(answer).await));
            }
            let cell = if words.iter().all(|word| *word == words[0]) {
                words[0].to_owned()
            } else {
                words.join(" / ")
            };
            write!(table, "{cell:<32}").unwrap();
        }
    }
    let trimmed: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("access", trimmed.join("\n"));
}
