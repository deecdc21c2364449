//! `/issues.csv`, `/issues.xlsx`: a list of issues as a file.

use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LANGUAGE, VARY,
};
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get};
use domain::access::{Action, Subject, may};
use futures_util::stream;
use tokio_util::io::ReaderStream;

use crate::app::App;
use crate::export::{BOM, Book, Cell, Columns, Language, Pages, XLSX, line};
use crate::http::actor::SignedIn;
use crate::http::documented::ExportProblems;
use crate::http::issues::{IssueQuery, Sought};
use crate::photos::blocking;
use crate::problem::Error;

/// Get a list of issues as CSV
///
/// The same filters as of `GET /issues`; the whole list, at most 100,000 issues, so `after` and `limit`
/// mean nothing. UTF-8 with a byte order mark, lines as RFC 4180 has them, times where the district is.
/// Words that a spreadsheet would take for a formula stand behind an apostrophe.
#[utoipa::path(
    tag = "issues",
    operation_id = "export_issues_csv",
    params(
        IssueQuery,
        ("Accept-Language" = Option<String>, Header, description = "`zh` (unless said) or `en`: headings and words.", example = "zh-CN"),
    ),
    responses(
        (status = 200, description = "The list.", content_type = "text/csv", body = String, headers(
            ("Content-Disposition" = String, description = "A name for the file."),
            ("Content-Language" = String, description = "`zh-CN` or `en`."),
        ), example = "\u{feff}编号,状态,是否超期,大类,小类,…\r\n412,已派遣,否,市容环境,暴露垃圾,…\r\n"),
        ExportProblems,
    )
)]
#[get("/issues.csv")]
pub async fn export_issues_csv(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<IssueQuery>,
) -> Result<HttpResponse, Error> {
    let language = language(&request);
    let pages = begin(&app, &who, Action::ExportIssuesCsv, query.into_inner(), language).await?;
    let columns = pages.columns();
    let mut head = BOM.to_vec();
    let headings = columns.headings().map(|(heading, _)| Cell::Text(heading.to_owned()));
    head.extend(line(&headings.collect::<Vec<_>>())?);
    let (name, head) = (name(columns, "csv"), Bytes::from(head));
    let rows = stream::try_unfold((Some(head), pages), |(head, mut pages)| async move {
        if let Some(head) = head {
            return Ok(Some((head, (None, pages))));
        }
        let Some(rows) = pages.next().await? else { return Ok::<_, Error>(None) };
        let lines = rows.iter().map(|row| line(row)).collect::<Result<Vec<_>, _>>()?;
        Ok(Some((Bytes::from(lines.concat()), (None, pages))))
    });
    Ok(answer(language, &name).content_type("text/csv; charset=utf-8").streaming(Box::pin(rows)))
}

/// Get a list of issues as a workbook
///
/// As `GET /issues.csv`; times are times of the spreadsheet and numbers numbers, and no words are a formula.
#[utoipa::path(
    tag = "issues",
    operation_id = "export_issues_xlsx",
    params(
        IssueQuery,
        ("Accept-Language" = Option<String>, Header, description = "`zh` (unless said) or `en`: headings and words.", example = "zh-CN"),
    ),
    responses(
        (status = 200, description = "The list.", body = [u8],
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", headers(
            ("Content-Disposition" = String, description = "A name for the file."),
            ("Content-Language" = String, description = "`zh-CN` or `en`."),
        )),
        ExportProblems,
    )
)]
#[get("/issues.xlsx")]
pub async fn export_issues_xlsx(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<IssueQuery>,
) -> Result<HttpResponse, Error> {
    let language = language(&request);
    let mut pages =
        begin(&app, &who, Action::ExportIssuesXlsx, query.into_inner(), language).await?;
    let name = name(pages.columns(), "xlsx");
    let _turn = app.exporting.acquire().await.map_err(|_closed| Error::Busy)?;
    let folder = app.config.data.join("exports");
    let (headings, at) = (pages.columns().headings().collect::<Vec<_>>(), folder.clone());
    let mut book = blocking(move || Ok(Book::begin(&at, language, headings.into_iter()))).await??;
    while let Some(rows) = pages.next().await? {
        book = blocking(move || Ok(book.add(&rows).map(|()| book))).await??;
    }
    let (file, length) = blocking(move || Ok(book.end(&folder))).await??;
    let bytes = ReaderStream::new(tokio::fs::File::from_std(file));
    Ok(answer(language, &name).content_type(XLSX).body(SizedStream::new(length, bytes)))
}

async fn begin(
    app: &Data<App>,
    who: &SignedIn,
    action: Action,
    query: IssueQuery,
    language: Language,
) -> Result<Pages, Error> {
    let reader = who.actor(app);
    may(Some(&reader), action, &Subject::None)?;
    let Sought { filter, order } = query.sought(app)?;
    let columns = Columns { gazetteer: app.gazetteer(), language, now: app.clock.now() };
    Pages::begin(Arc::clone(app), reader, filter, order, columns).await
}

fn language(request: &HttpRequest) -> Language {
    let header = request.headers().get(ACCEPT_LANGUAGE);
    Language::asked(header.and_then(|value| value.to_str().ok()))
}

/// `issues-2026-11-20.csv`, by the day where the district is.
fn name(columns: &Columns, ending: &str) -> String {
    format!("issues-{}.{ending}", columns.gazetteer.calendar.date_of(columns.now))
}

fn answer(language: Language, name: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CONTENT_LANGUAGE, language.tag()))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((VARY, "Accept-Language"));
    answer
}
