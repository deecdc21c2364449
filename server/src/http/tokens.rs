//! `/tokens`: access tokens for machines, by the client credentials grant (RFC 6749, 4.4).

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, post};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::Caller;
use super::documented::TokenProblems;
use super::sessions::NO_STORE;
use crate::actions::grant_token::{MachineToken, grant_token};
use crate::app::App;
use crate::problem::{Error, TokenRefusal};
use crate::tokens::ACCESS_LIFE_S;

/// What a machine asks with.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({"grant_type": "client_credentials", "scope": "issues:read photos:read"}))]
#[allow(missing_debug_implementations, dead_code)] // for the document; the body is read by hand
pub struct TokenRequest {
    /// `client_credentials`.
    pub grant_type: String,
    /// Words with blanks between; without it, every scope the machine has.
    pub scope: Option<String>,
    /// Unless it is in the header `Authorization: Basic …`.
    pub client_id: Option<String>,
    /// Unless it is in the header `Authorization: Basic …`.
    #[schema(format = Password)]
    pub client_secret: Option<String>,
}

/// An access token (RFC 6749, 5.1).
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "access_token": "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImtpZCI6IkFCQ0RFRkdIIn0.e30.c2ln",
    "token_type": "Bearer",
    "expires_in": 900,
    "scope": "issues:read photos:read"
}))]
#[allow(missing_debug_implementations)]
pub struct Token {
    /// Send it as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds it is good for; then ask for another.
    pub expires_in: i64,
    /// What it was given for.
    pub scope: String,
}

impl From<MachineToken> for Token {
    fn from(token: MachineToken) -> Self {
        let words: Vec<&str> = token.errands.iter().map(|errand| errand.word()).collect();
        Self {
            access_token: token.access_token,
            token_type: "Bearer".to_owned(),
            expires_in: ACCESS_LIFE_S,
            scope: words.join(" "),
        }
    }
}

/// Get a machine's token
///
/// The client credentials grant: a machine shows its id and secret, in `Authorization: Basic …` or in
/// the form, and gets an access token for all its scopes or for those it names. There is no refresh
/// token; ask again when it ends. An unknown client, a wrong, revoked or expired secret and a closed
/// account get the same answer. Problems carry the member `error` of RFC 6749, 5.2.
#[utoipa::path(
    tag = "machines",
    operation_id = "create_token",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "The token.", body = Token), TokenProblems),
    security((), ("client_credentials" = []))
)]
#[post("/tokens")]
pub async fn create_token(
    app: Data<App>,
    _caller: Caller,
    request: HttpRequest,
    form: Result<Form<Vec<(String, String)>>, actix_web::Error>,
) -> Result<HttpResponse, Error> {
    let form = form.map_err(|error| TokenRefusal::Request(error.to_string()))?.into_inner();
    let asked = Asked::read(&form, basic(&request)?)?;
    let token = grant_token(&app, &asked.client_id, &asked.client_secret, asked.scope).await?;
    Ok(HttpResponse::Ok().insert_header(NO_STORE).json(Token::from(token)))
}

struct Asked {
    client_id: String,
    client_secret: String,
    scope: Option<String>,
}

impl Asked {
    fn read(
        form: &[(String, String)],
        basic: Option<(String, String)>,
    ) -> Result<Self, TokenRefusal> {
        match only(form, "grant_type")?.as_deref() {
            Some("client_credentials") => {}
            Some(_) => return Err(TokenRefusal::GrantType),
            None => return Err(missing("grant_type")),
        }
        let (id, secret) = (only(form, "client_id")?, only(form, "client_secret")?);
        let (client_id, client_secret) = match (basic, id, secret) {
            // One way at a time (RFC 6749, 2.3); the id alone may stand in both.
            (Some(basic), None, None) => basic,
            (Some(basic), Some(id), None) if id == basic.0 => basic,
            (Some(_), ..) => {
                let why = "The client shows itself in the header or in the form, not in both.";
                return Err(TokenRefusal::Request(why.to_owned()));
            }
            (None, Some(id), Some(secret)) => (id, secret),
            (None, None, _) => return Err(missing("client_id")),
            (None, Some(_), None) => return Err(missing("client_secret")),
        };
        Ok(Self { client_id, client_secret, scope: only(form, "scope")? })
    }
}

/// A parameter that may stand once; one without a value counts as left out (RFC 6749, 3.2).
fn only(form: &[(String, String)], name: &str) -> Result<Option<String>, TokenRefusal> {
    let mut found = form.iter().filter(|(given, _)| given == name);
    let value = found.next().map(|(_, value)| value.clone()).filter(|value| !value.is_empty());
    match found.next() {
        None => Ok(value),
        Some(_) => Err(TokenRefusal::Request(format!("`{name}` stands twice."))),
    }
}

fn missing(name: &str) -> TokenRefusal {
    TokenRefusal::Request(format!("`{name}` is missing."))
}

/// Client id and secret of `Authorization: Basic …`, each encoded as in a form (RFC 6749, 2.3.1).
fn basic(request: &HttpRequest) -> Result<Option<(String, String)>, TokenRefusal> {
    let Some(header) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let read = || {
        let (scheme, credentials) = header.to_str().ok()?.split_once(' ')?;
        let credentials = STANDARD.decode(credentials.trim()).ok()?;
        let credentials = String::from_utf8(credentials).ok()?;
        let (id, secret) = credentials.split_once(':')?;
        let is_basic = scheme.eq_ignore_ascii_case("basic");
        is_basic.then(|| (form_decoded(id), form_decoded(secret)))
    };
    read().map(Some).ok_or(TokenRefusal::Client)
}

/// What stands before the first `=` of a form is its first name, decoded.
fn form_decoded(text: &str) -> String {
    let pair = actix_web::web::Query::<Vec<(String, String)>>::from_query(text);
    let name = pair.ok().and_then(|pair| pair.into_inner().into_iter().next());
    name.map_or_else(|| text.to_owned(), |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Vec<(String, String)> {
        actix_web::web::Query::<Vec<(String, String)>>::from_query(text).unwrap().into_inner()
    }

    fn read(text: &str, basic: Option<(&str, &str)>) -> Result<(String, String), &'static str> {
        let basic = basic.map(|(id, secret)| (id.to_owned(), secret.to_owned()));
        let asked = Asked::read(&form(text), basic).map_err(|refusal| refusal.word())?;
        Ok((asked.client_id, asked.client_secret))
    }

    #[test]
    fn a_client_shows_itself_one_way_at_a_time() {
        let grant = "grant_type=client_credentials";
        let own = || Ok(("m".to_owned(), "s".to_owned()));
        assert_eq!(read(&format!("{grant}&client_id=m&client_secret=s"), None), own());
        assert_eq!(read(grant, Some(("m", "s"))), own());
        assert_eq!(read(&format!("{grant}&client_id=m"), Some(("m", "s"))), own());
        for (text, basic) in [
            ("", None),
            ("client_id=m&client_secret=s", None),
            ("grant_type=&client_id=m&client_secret=s", None),
            ("grant_type=client_credentials", None),
            ("grant_type=client_credentials&client_id=m", None),
            ("grant_type=client_credentials&client_secret=s", None),
            ("grant_type=client_credentials&client_id=m&client_secret=s&client_id=m", None),
            ("grant_type=client_credentials&grant_type=client_credentials", Some(("m", "s"))),
            ("grant_type=client_credentials&client_id=m&client_secret=s", Some(("m", "s"))),
            ("grant_type=client_credentials&client_id=n", Some(("m", "s"))),
        ] {
            assert_eq!(read(text, basic), Err("invalid_request"), "{text}");
        }
        let password = "grant_type=password&client_id=m&client_secret=s";
        assert_eq!(read(password, None), Err("unsupported_grant_type"));
    }

    #[test]
    fn what_stands_in_the_header_is_encoded_as_in_a_form() {
        assert_eq!(form_decoded("machine%2D1"), "machine-1");
        assert_eq!(form_decoded("a+b"), "a b");
        assert_eq!(form_decoded("zm1.aB_-"), "zm1.aB_-");
        assert_eq!(form_decoded(""), "");
    }
}
