//! What a poll costs the database.

use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, InstrumentationEvent};
use diesel::prelude::*;
use diesel::sql_types::Text;
use domain::access::Scope;
use schema::{Conn, on};
use support::{TestApp, report};
use zhoubian::store::feed;

#[derive(QueryableByName)]
struct Sqlite {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct Postgres {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

/// Every statement that reads of the feed send, as text without what is bound.
fn sent(conn: &mut Conn, work: impl FnOnce(&mut Conn)) -> Vec<String> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let note = move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let (statement, _) = text.split_once("-- binds").unwrap_or((&text, ""));
            notes.lock().unwrap().push(statement.trim().to_owned());
        }
    };
    on!(&mut *conn, |c| c.set_instrumentation(note));
    work(&mut *conn);
    on!(conn, |c| c.set_instrumentation(|_: InstrumentationEvent<'_>| ()));
    seen.lock().unwrap().clone()
}

/// How the database goes about a statement, whatever is bound to it.
fn plan(conn: &mut Conn, statement: &str) -> Vec<String> {
    match conn {
        Conn::Sqlite(c) => {
            let plan: Vec<Sqlite> =
                diesel::sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(c).unwrap();
            plan.into_iter().map(|step| step.detail).collect()
        }
        Conn::Postgres(c) => {
            let bound = (1..=99).take_while(|n| statement.contains(&format!("${n}"))).count();
            let nulls = vec!["NULL"; bound].join(", ");
            let run = |c: &mut PgConnection, sql: &str| diesel::sql_query(sql).execute(c).unwrap();
            // A table of few rows would be read whole for want of anything faster.
            run(c, "SET enable_seqscan = off");
            run(c, "SET plan_cache_mode = force_generic_plan");
            run(c, &format!("PREPARE poll AS {statement}"));
            let explain = format!("EXPLAIN (COSTS off) EXECUTE poll({nulls})");
            let plan: Vec<Postgres> = diesel::sql_query(explain).load(c).unwrap();
            run(c, "DEALLOCATE poll");
            plan.into_iter().map(|step| step.line).collect()
        }
    }
}

/// Whether every table is gone into by an index: none is read from end to end.
fn is_indexed(plan: &[String]) -> bool {
    let scans = |step: &String| step.contains("Seq Scan") || step.starts_with("SCAN");
    let looks = plan.iter().filter(|step| step.contains("Index") || step.starts_with("SEARCH"));
    let conditions = plan.iter().filter(|step| step.contains("Index Cond"));
    let postgres = plan.iter().any(|step| step.contains("->"));
    let (looks, conditions) = (looks.count(), conditions.count());
    !plan.iter().any(scans) && looks > 0 && (!postgres || conditions >= 2)
}

/// Whether what is read ends with the page, however far behind the reader is.
fn ends_with_the_page(plan: &[String]) -> bool {
    plan.iter().any(|step| step.contains('<'))
}

#[tokio::test]
async fn a_poll_with_nothing_new_is_one_statement_that_an_index_answers() {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    for number in 0..3 {
        ana.submits(&report().at(town.spot(number))).await.ok();
    }
    let areas = (0..40).map(|number| format!("4299010010{number:02}")).collect();
    let account = huanwei.member.account;
    let scopes = [
        Scope::All,
        Scope::AllButBlind,
        Scope::Bureau("huanwei".to_owned()),
        Scope::Inspector { account, areas },
    ];
    let mut conn = Conn::open(&town.database.url).unwrap();
    let head = feed::head(&mut conn).unwrap();
    for scope in scopes {
        let seen = sent(&mut conn, |conn| {
            let pulled = feed::pull(conn, &scope, head, 100).unwrap();
            assert_eq!((pulled.head, pulled.entries.len()), (head, 0));
        });
        let [statement] = &seen[..] else { panic!("{scope:?}: {seen:#?}") };
        let plan = plan(&mut conn, statement);
        assert!(is_indexed(&plan), "{scope:?}: {statement}\n{plan:#?}");
        assert!(ends_with_the_page(&plan), "{scope:?}: {statement}\n{plan:#?}");
    }
}

#[test]
fn a_scan_is_known_when_it_is_seen() {
    let plan = |steps: &[&str]| steps.iter().map(|&step| step.to_owned()).collect::<Vec<_>>();
    assert!(!is_indexed(&plan(&["SEARCH feed_head USING INTEGER PRIMARY KEY", "SCAN feed"])));
    assert!(!is_indexed(&plan(&["Sort", "  ->  Seq Scan on feed"])));
    assert!(!is_indexed(&plan(&["  ->  Index Scan using x on feed", "  Index Cond: (id = 1)"])));
    assert!(!is_indexed(&[]));
}
