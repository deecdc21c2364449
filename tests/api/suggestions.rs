//! Complaints and suggestions 投诉建议: anybody sends them, the office answers, once.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Person, TestApp};
use uuid::Uuid;

async fn suggests(who: &Person, id: Uuid, text: &str) -> Answer {
    let body = json!({"text": text, "sent_at": "2026-11-16T01:00:00Z"});
    who.sends(who.request(Method::PUT, &format!("/suggestions/{id}")).json(&body)).await
}

async fn answers(who: &Person, id: Uuid, command: Uuid, text: &str) -> Answer {
    let body = json!({"command_id": command, "text": text});
    who.posts(&format!("/suggestions/{id}:answer"), &body).await
}

fn texts(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn whoever_suggests_something_reads_the_answer() {
    let town = TestApp::start().await;
    let (ana, office, huanwei) = (town.inspector("ana"), town.office(), town.bureau("huanwei"));
    let (bins, boots) = (Uuid::now_v7(), Uuid::now_v7());
    let sent = suggests(&ana, bins, " 西门的垃圾桶太少 ").await;
    assert_eq!(sent.status, 201);
    let sent = sent.ok();
    assert_eq!((&sent["text"], &sent["answer"]), (&json!("西门的垃圾桶太少"), &Value::Null));
    town.wait(2);
    assert_eq!(suggests(&huanwei, boots, "雨靴该换了").await.status, 201);

    let open = office.gets("/suggestions?state=open").await.ok();
    assert_eq!(texts(&open), ["雨靴该换了", "西门的垃圾桶太少"], "the newest first");
    assert_eq!(open["items"][1]["from"], json!(ana.gets("/me").await.ok()["name"]));
    let command = Uuid::now_v7();
    let answered = answers(&office, bins, command, "本周五前增设两组").await.ok();
    assert_eq!(answered["answer"], "本周五前增设两组");
    assert_eq!(answered["answered_at"], json!(town.now()));
    assert_eq!(answered["answered_by_name"], office.gets("/me").await.ok()["name"]);
    // Sent again, it changes nothing.
    town.wait(1);
    assert_eq!(answers(&office, bins, command, "本周五前增设两组").await.ok(), answered);
    assert_eq!(texts(&office.gets("/suggestions?state=open").await.ok()), ["雨靴该换了"]);
    assert_eq!(texts(&office.gets("/suggestions?state=answered").await.ok()), ["西门的垃圾桶太少"]);

    let own = ana.gets("/me/suggestions").await.ok();
    assert_eq!(own["items"], json!([answered]), "and nobody else's");
    assert_eq!(texts(&huanwei.gets("/me/suggestions").await.ok()), ["雨靴该换了"]);
}

#[tokio::test]
async fn a_suggestion_is_kept_once_and_answered_once() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let id = Uuid::now_v7();
    assert_eq!(suggests(&ana, id, "a").await.status, 201);
    assert_eq!(suggests(&ana, id, "a").await.status, 200);
    suggests(&ana, id, "b").await.is_problem(409, "suggestion-conflict");
    suggests(&town.inspector("bo"), id, "a").await.is_problem(409, "suggestion-conflict");
    let command = Uuid::now_v7();
    answers(&office, id, command, "yes").await.ok();
    assert_eq!(suggests(&ana, id, "a").await.ok()["answer"], "yes");
    answers(&office, id, command, "no").await.is_problem(409, "command-conflict");
    answers(&office, id, Uuid::now_v7(), "yes").await.is_problem(409, "suggestion-answered");
    answers(&office, Uuid::now_v7(), command, "yes").await.is_problem(404, "not-found");
}

#[tokio::test]
async fn what_says_nothing_or_too_much_is_refused_and_so_are_other_roles() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let id = Uuid::now_v7();
    suggests(&ana, id, " \n").await.is_problem(422, "text-missing");
    suggests(&ana, id, &"长".repeat(2_001)).await.is_problem(422, "text-too-long");
    suggests(&ana, id, "a\0b").await.is_problem(422, "text-invalid");
    let put = |body: Value| ana.request(Method::PUT, &format!("/suggestions/{id}")).json(&body);
    for body in [json!({"text": "a"}), json!({"text": 1, "sent_at": "2026-11-16T01:00:00Z"})] {
        ana.sends(put(body)).await.is_problem(400, "request-malformed");
    }
    assert_eq!(suggests(&ana, id, &"长".repeat(2_000)).await.status, 201);
    answers(&office, id, Uuid::now_v7(), " ").await.is_problem(422, "text-missing");
    for who in [&ana, &town.bureau("huanwei"), &town.supervisor(), &town.admin()] {
        who.gets("/suggestions").await.is_problem(403, "forbidden");
        answers(who, id, Uuid::now_v7(), "yes").await.is_problem(403, "forbidden");
    }
    office.gets("/suggestions?state=lost").await.is_problem(400, "request-malformed");
    office.gets("/suggestions?limit=0").await.is_problem(422, "limit-invalid");
}

#[tokio::test]
async fn pages_of_suggestions_lose_and_double_nothing() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    for number in 0..11 {
        if number % 3 == 0 {
            town.wait(1);
        }
        suggests(&ana, Uuid::now_v7(), &number.to_string()).await.ok();
    }
    let all = office.gets("/suggestions?limit=200").await.ok();
    for limit in [1, 4, 10, 11] {
        let pages = office.pages(&format!("/suggestions?limit={limit}")).await;
        assert_eq!(json!(pages.concat()), all["items"], "{limit} a page");
    }
}
