//! Lists and clusters, as the database cuts them, against what the rules say of each issue.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::access::{Actor, Scope, scope};
use domain::workflow::IssueState;
use schema::columns::Doc;
use schema::tables::issue;
use schema::{Conn, on};
use support::{TestApp, report};
use zhoubian::actions::command_issue::facets;
use zhoubian::problem::Error;
use zhoubian::store::accounts;
use zhoubian::store::issue_list::{self, Filter, Order};
use zhoubian::store::issues::{self, Issue};
use zhoubian::store::points::{self, Part};

use super::lists::varied;

/// More than there are.
const ALL: i64 = 1000;

/// Makes an issue blind that has its bureaus already. No command does: that bureaus do not see it has
/// to hold all the same.
fn hide(conn: &mut Conn, id: i64) -> Result<(), Error> {
    let row = issue::table.find(id);
    let state: Doc = on!(conn, |c| row.select(issue::state).first(c))?;
    let state = IssueState { blind: true, ..state.read()? };
    let change = (issue::blind.eq(true), issue::state.eq(Doc::of(&state)?));
    on!(conn, |c| diesel::update(row).set(change).execute(c))?;
    Ok(())
}

/// Issues of every sort, blind ones with and without bureaus among them.
async fn town_with_issues() -> (TestApp, Vec<Issue>) {
    let (town, seen) = varied().await;
    let supervisor = town.supervisor();
    supervisor.submits(&report().at(town.spot(40)).blind()).await.ok();
    supervisor.submits(&report().at(town.spot_in("429901100000", 9)).blind()).await.ok();
    // What is offered is seen by those who may own it.
    let cable = report().at(town.spot(41)).category("1201").condition("1201C");
    town.inspector("ana").submits(&cable).await.ok();
    let helped = seen.iter().find(|issue| issue["cooperating"][0].is_string()).unwrap();
    let helped = helped["id"].as_i64().unwrap();
    let hide_both = move |conn: &mut Conn| hide(conn, 6).and_then(|()| hide(conn, helped));
    town.app.db.write(hide_both).await.unwrap();
    let count = i64::try_from(seen.len()).unwrap() + 3;
    let find = move |conn: &mut Conn| (1..=count).map(|id| issues::find(conn, id)).collect();
    let found: Result<Vec<Option<Issue>>, Error> = town.app.db.read(find).await;
    let found: Vec<Issue> = found.unwrap().into_iter().flatten().collect();
    assert_eq!(i64::try_from(found.len()).unwrap(), count);
    (town, found)
}

/// What each of these people sees, and what nobody in town does.
async fn scopes(town: &TestApp) -> Vec<Scope> {
    let gazetteer = town.app.gazetteer();
    let mut scopes = vec![Scope::All, Scope::AllButBlind, Scope::Nothing];
    let people = [
        "ana",
        "bo",
        "chen",
        "inspector01",
        "huanwei",
        "xinhua",
        "zhifa",
        "chengguan",
        "yidong",
        "admin",
    ];
    for login in people {
        let account = town.person(login).member.account;
        let read = move |conn: &mut Conn| accounts::find(conn, account);
        let actor = town.app.db.read(read).await.unwrap().unwrap().actor();
        scopes.push(scope(&Actor { duty_areas: gazetteer.expand(&actor.duty_areas), ..actor }));
    }
    let supervisor = town.supervisor().member.account;
    let everywhere = gazetteer.expand(&["429901000000".to_owned()]);
    for (account, areas) in
        [(supervisor, vec![]), (supervisor, everywhere.clone()), (0, everywhere)]
    {
        scopes.push(Scope::Inspector { account, areas });
    }
    scopes.push(Scope::Bureau("nobody".to_owned()));
    scopes
}

/// A list's issues; and for each point, its cluster's issues and how many are counted there.
type Shown = (BTreeSet<i64>, Vec<(BTreeSet<i64>, i64)>);

fn shown(conn: &mut Conn, scope: &Scope, codes: &BTreeSet<String>) -> Result<Shown, Error> {
    let listed = issue_list::list(conn, scope, &Filter::default(), Order::Newest, None, ALL)?;
    let part = Part::default();
    let mut around = Vec::new();
    for code in codes {
        let cluster = points::list(conn, code, scope, &part, None, ALL)?;
        let counted = points::list_alike(conn, code, scope, &part)?;
        let cluster = cluster.iter().map(|(issue, ..)| issue.id).collect();
        around.push((cluster, counted.iter().map(|alike| alike.count).sum()));
    }
    Ok((listed.iter().map(|issue| issue.id).collect(), around))
}

fn expected(all: &[Issue], scope: &Scope, codes: &BTreeSet<String>) -> Shown {
    let covered: Vec<&Issue> = all.iter().filter(|issue| scope.covers(&facets(issue))).collect();
    let around = codes.iter().map(|code| {
        let near = |issue: &&&Issue| issue.detail.points.iter().any(|point| point.code == *code);
        let ids: BTreeSet<i64> = covered.iter().filter(near).map(|issue| issue.id).collect();
        let count = i64::try_from(ids.len()).unwrap();
        (ids, count)
    });
    let around = around.collect();
    (covered.iter().map(|issue| issue.id).collect(), around)
}

#[tokio::test]
async fn lists_and_clusters_show_what_a_scope_covers() {
    let (town, all) = town_with_issues().await;
    let codes = all.iter().flat_map(|issue| &issue.detail.points).map(|point| point.code.clone());
    let codes: BTreeSet<String> = codes.collect();
    let mut parts = 0;
    for scope in scopes(&town).await {
        let (asked, around) = (scope.clone(), codes.clone());
        let read = move |conn: &mut Conn| shown(conn, &asked, &around);
        let shown = town.app.db.read(read).await.unwrap();
        assert_eq!(shown, expected(&all, &scope, &codes), "{scope:?}");
        parts += usize::from(!shown.0.is_empty() && shown.0.len() < all.len());
    }
    assert!(parts >= 10, "scopes that show all or nothing tell nothing: {parts}");
}
