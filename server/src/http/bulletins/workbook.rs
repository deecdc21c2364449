//! `/bulletins/{id}/workbook.xlsx`: a bulletin for a spreadsheet.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use domain::access::{Action, Role};
use domain::bulletin::{Table, members};
use schema::Conn;

use super::found;
use crate::actions::bulletins::count;
use crate::app::App;
use crate::export::{BulletinBook, XLSX};
use crate::http::actor::SignedIn;
use crate::http::documented::ReadProblems;
use crate::photos::blocking;
use crate::problem::Error;

/// Get a bulletin as a workbook
///
/// In Chinese: its figures with numerator and denominator, the ranking, its other tables, and every issue that it
/// counts (of a bureau, its own), from the log as of its position. The same bulletin is the same bytes.
#[utoipa::path(tag = "figures", operation_id = "get_bulletin_workbook",
    params(("id" = i64, Path, description = "Its id.", example = 3)),
    responses((status = 200, description = "The workbook.", body = [u8],
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers(("Content-Disposition" = String, description = "A name for the file."))), ReadProblems))]
#[get("/bulletins/{id}/workbook.xlsx")]
pub async fn get_bulletin_workbook(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<HttpResponse, Error> {
    let actor = who.actor(&app);
    let (id, issued) = found(&app, &actor, Action::GetBulletinWorkbook, *id).await?;
    let _turn = app.exporting.acquire().await.map_err(|_closed| Error::Busy)?;
    let (number, bulletin) = (issued.head.number()?.to_string(), issued.read()?);
    let read = move |conn: &mut Conn| Ok::<_, Error>((count(conn, &bulletin.basis)?, bulletin));
    let (mut counted, bulletin) = app.db.read(read).await?;
    if actor.role == Role::Bureau {
        counted.keep_of(actor.bureau.as_deref().unwrap_or_default());
    }
    let (gazetteer, folder) = (app.gazetteer(), app.config.data.join("exports"));
    let write = move || {
        let members = members(&bulletin.basis, &counted, Table::Total, None);
        let book =
            BulletinBook { number, bulletin: &bulletin, members: &members, gazetteer: &gazetteer };
        Ok(book.bytes(&folder))
    };
    let bytes = blocking(write).await??;
    Ok(HttpResponse::Ok()
        .content_type(XLSX)
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"bulletin-{id}.xlsx\""),
        ))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes))
}
