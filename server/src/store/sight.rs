//! What a reader may see, as SQL.
//!
//! Macros, because an expression has another type for each back end and each table it is joined to.

/// Whether an issue is offered to a bureau.
macro_rules! is_offered_to {
    ($bureau:expr) => {{
        use schema::tables::{issue, issue_offer};
        let offered = issue_offer::table
            .filter(issue_offer::bureau.eq($bureau))
            .select(issue_offer::issue_id);
        issue::id.eq_any(offered)
    }};
}

/// Whether a bureau leads an issue or helps with it.
macro_rules! is_on {
    ($bureau:expr) => {{
        use schema::tables::{issue, issue_bureau};
        let helps = issue_bureau::table
            .filter(issue_bureau::bureau.eq($bureau))
            .select(issue_bureau::issue_id);
        issue::lead.eq($bureau).assume_not_null().or(issue::id.eq_any(helps))
    }};
}

/// Cuts a boxed query over `issue`, alone or joined, to the issues that a [`Scope`] covers. It says
/// what [`Scope::covers`] says, and a test compares them.
///
/// [`Scope`]: domain::access::Scope
/// [`Scope::covers`]: domain::access::Scope::covers
macro_rules! cut {
    ($query:expr, $scope:expr) => {{
        use domain::access::Scope;
        use schema::tables::{issue, report};
        match $scope {
            Scope::All => $query,
            Scope::AllButBlind => $query.filter(issue::blind.eq(false)),
            Scope::Bureau(code) => $query.filter(issue::blind.eq(false)).filter(
                $crate::store::sight::is_on!(code).or($crate::store::sight::is_offered_to!(code)),
            ),
            Scope::Inspector { account, areas } => {
                let own =
                    report::table.filter(report::reporter.eq(*account)).select(report::issue_id);
                // An actor's areas name every finer one too, so the issue's finest is enough.
                let on_duty = issue::area
                    .eq_any(areas)
                    .assume_not_null()
                    .and(issue::is_open.eq(true))
                    .and(issue::blind.eq(false));
                $query.filter(on_duty.or(issue::id.eq_any(own)))
            }
            Scope::Nothing => $query.filter(false.into_sql::<diesel::sql_types::Bool>()),
        }
    }};
}

pub(super) use {cut, is_offered_to, is_on};
