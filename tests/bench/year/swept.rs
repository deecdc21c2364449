//! The sweep for overdue work over all that is open at the year's end.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use schema::on;
use zhoubian::app::App;
use zhoubian::jobs::sweep::sweep;

use crate::measure::Outcome;
use crate::result::Results;

/// Sweeps that find nothing new.
const TIMES: usize = 5;

#[derive(diesel::QueryableByName)]
struct Open {
    #[diesel(sql_type = BigInt)]
    open: i64,
}

/// Sweeps once with everything still to be drafted, then with nothing.
pub async fn measure(app: &App, results: &mut Results) -> Outcome<()> {
    let began = Instant::now();
    let drafted = sweep(app).await?;
    let first = began.elapsed();
    let mut again = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let began = Instant::now();
        if sweep(app).await? != 0 {
            return Err("a card was drafted twice".into());
        }
        again.push(began.elapsed());
    }
    let slowest = again.into_iter().max().unwrap_or(Duration::ZERO);
    // The baseline reads every open issue, as a sweep without indexes would.
    let began = Instant::now();
    let open = app
        .db
        .read(|conn| {
            let statement = "SELECT COUNT(*) AS open FROM issue \
                WHERE CAST(state AS TEXT) LIKE '%due_at%' AND stage NOT IN ('closed', 'void', 'refused', 'merged')";
            let found: Open = on!(conn, |c| diesel::sql_query(statement).get_result(c))?;
            Ok::<_, zhoubian::problem::Error>(found.open)
        })
        .await?;
    let scan = began.elapsed();
    results.add("sweep_open", "issues open at the year's end", open as f64, "");
    results.add("sweep_drafted", "cards that the first sweep of them drafted", drafted as f64, "");
    results.add("sweep_first_ms", "  it took", first.as_secs_f64() * 1_000.0, "ms");
    let ms = slowest.as_secs_f64() * 1_000.0;
    results.add("sweep_max_ms", "sweep with nothing new: the slowest", ms, "ms, goal ≤ 1000");
    results.add(
        "sweep_scan_ms",
        "  a plain scan of all issues",
        scan.as_secs_f64() * 1_000.0,
        "ms",
    );
    Ok(())
}
