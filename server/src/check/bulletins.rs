//! Every bulletin that was issued, made again from the log.

use schema::Conn;
use sha2::{Digest, Sha256};

use super::Report;
use crate::actions::bulletins::made_again;
use crate::problem::Error;
use crate::store::bulletins;
use crate::terminal::Progress;

/// Bulletins that are read together.
const PAGE: i64 = 50;

/// Goes through every bulletin: its digest, and whether the log as of its position gives the same bytes.
pub(super) fn check(
    conn: &mut Conn,
    report: &mut Report,
    progress: &Progress,
) -> Result<(), Error> {
    progress.step("bulletins", None);
    let mut after = 0;
    loop {
        let page = bulletins::list_after(conn, after, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = *last;
        for (id, issued) in &page {
            if Sha256::digest(&issued.body).to_vec() != issued.head.sha256 {
                report.add("bulletin-changed", format!("bulletin {id} is not what was issued"));
            } else if made_again(conn, issued)? != issued.body {
                report
                    .add("bulletin-differs", format!("the log does not give bulletin {id} again"));
            }
        }
    }
}
