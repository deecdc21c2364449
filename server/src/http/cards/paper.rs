//! `/cards/{id}/paper.pdf`: a card on paper.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use domain::access::{Action, Subject, may};

use crate::actions::print_card::print_card;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::PaperProblems;
use crate::papers::PDF;
use crate::problem::Error;

/// Print a supervision card
///
/// As PDF, in Chinese as an official document 公文: who issues it, number, addressee, facts, its issues with
/// their limits and how late they were at its signature, what is asked for by when, photos, a place for the seal. For
/// whoever may read the card.
#[utoipa::path(tag = "cards", operation_id = "print_card",
    params(("id" = i64, Path, description = "Its id.", example = 12)),
    responses((status = 200, description = "The paper.", body = [u8], content_type = "application/pdf",
        headers(("Content-Disposition" = String, description = "A name for the file."))), PaperProblems))]
#[get("/cards/{id}/paper.pdf")]
pub async fn print_card_paper(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<HttpResponse, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::PrintCard, &Subject::None)?;
    let (name, pdf) = print_card(&app, actor, id.into_inner()).await?;
    Ok(HttpResponse::Ok()
        .content_type(PDF)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(pdf))
}
