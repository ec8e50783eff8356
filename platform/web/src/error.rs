//! One error, two faces: problem+json for programs, a page for people. The one place where an error becomes words.
use crate::answers::Problem;
use crate::ended::Sent;
use crate::page::{Page, frame_of};
use crate::{App, T, Visit, again};
use access::Caller;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use db::planted::Defect;
use kernel::{Error, Kind};
use std::sync::Arc;

/// What handlers return instead of an error page.
#[derive(Debug)]
pub struct Fault(pub(crate) Error);

impl<E: Into<Error>> From<E> for Fault {
    fn from(e: E) -> Self {
        Fault(e.into())
    }
}

pub(crate) fn status(error: &Error) -> StatusCode {
    match error.kind {
        Kind::Invalid if error.key == "body-too-large" => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Invalid if error.key == "json-value" && Defect::OwnFault.is_on() => StatusCode::INTERNAL_SERVER_ERROR,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::SignIn => StatusCode::UNAUTHORIZED,
        Kind::Denied => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Busy if error.key == "too-many" => StatusCode::TOO_MANY_REQUESTS,
        Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}

/// What the answer to a failed request has to fit.
#[derive(Clone, Copy)]
struct Asked {
    /// A page, not problem+json.
    page: bool,
    /// Nothing was to be saved: what is wrong stands in the address.
    reading: bool,
}

/// Runs around every route: finds the caller once, and turns what went wrong into a page or problem+json.
pub(crate) async fn answer(State(app): State<App>, mut req: Request, next: Next) -> Response {
    let visit = Visit::read(req.uri(), req.headers(), app.gate().cookies());
    let (asked, sent) = (Asked { page: accepts_page(req.headers()), reading: req.method().is_safe() }, Sent::of(&req));
    let caller = match app.gate().caller(req.headers()).await {
        Ok(caller) => Arc::new(caller),
        Err(e) => return words(&app, &visit, &app.gate().visitor("").into(), e, asked).await,
    };
    let _turn = match app.turns().take(&caller) {
        Ok(turn) => turn,
        Err(e) => return words(&app, &visit, &caller, e, asked).await,
    };
    let object = req.extensions().get::<MatchedPath>().map(|m| m.as_str().to_owned());
    req.extensions_mut().insert(visit.clone());
    req.extensions_mut().insert(caller.clone());
    let mut response = next.run(req).await;
    if let Some(said) = again::instead_of(&response)
        && let Some(done) = again::done_before(&app, &caller, object.as_deref(), &visit.path, said).await
    {
        return done;
    }
    let failed = response.extensions_mut().remove::<Error>().or_else(|| unmatched(&response));
    let Some(error) = failed else { return response };
    let error = hide(&app, &caller, object.as_deref(), &visit.path, error).await;
    if error.kind == Kind::SignIn && asked.page && visit.part.is_none() {
        return sent.lead(&visit);
    }
    words(&app, &visit, &caller, error, asked).await
}

/// axum's own refusals carry no error of ours.
fn unmatched(response: &Response) -> Option<Error> {
    match response.status() {
        StatusCode::NOT_FOUND if !response.headers().contains_key(header::CONTENT_TYPE) => Some(Error::not_found()),
        StatusCode::METHOD_NOT_ALLOWED => Some(Error { key: "method-not-allowed", ..Error::not_found() }),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Error::invalid("body-too-large")),
        _ => None,
    }
}

/// 403 only where the object is visible and the action is not; otherwise the same 404 as missing.
async fn hide(app: &App, caller: &Arc<Caller>, route: Option<&str>, path: &str, error: Error) -> Error {
    let about_object = route.is_some_and(|r| r.contains('{'));
    let refused = matches!((error.kind, error.key), (Kind::Denied, "no-permission") | (Kind::NotFound, "outside-scope"));
    if !refused || !about_object {
        return as_missing(error);
    }
    let route = route.unwrap_or_default();
    // A page and the API name an object by the same parameter: `/sheets/{sheet}`, `/api/v1/sheets/{sheet}/adjustments`.
    let place = route.split('/').enumerate().find(|(_, part)| part.starts_with('{'));
    let sight = place.and_then(|(_, name)| app.0.sights.iter().find(|s| s.object().rsplit('/').next() == Some(name)));
    let id = place.and_then(|(at, _)| path.split('/').nth(at).map(str::to_owned));
    let seen = match (sight, id) {
        (Some(sight), Some(id)) => sight.sees(app.db().clone(), caller.clone(), id).await,
        _ => false,
    };
    if seen { Error { kind: Kind::Denied, key: "no-permission", ..error } } else { Error::not_found() }
}

/// What an address names in its query, or a form in a field, is as missing outside one's reach as what its path names.
fn as_missing(error: Error) -> Error {
    if error.key == "outside-scope" { Error::not_found() } else { error }
}

fn accepts_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|a| a.contains("text/html"))
}

async fn words(app: &App, visit: &Visit, caller: &Arc<Caller>, error: Error, asked: Asked) -> Response {
    let t = app.texts(visit.lang);
    let number = (error.kind == Kind::Internal).then(|| kernel::Uuid::now_v7().as_simple().to_string());
    if let Some(number) = &number {
        tracing::error!(number, path = visit.path, "{error}");
    }
    let mut response =
        if asked.page { page(app, visit, caller, t, &error, (number.as_deref(), asked.reading)).await } else { problem(t, &error, number) };
    if error.kind == Kind::Busy {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

fn problem(t: T, error: &Error, number: Option<String>) -> Response {
    let code = status(error);
    let problem = Problem {
        kind: format!("/problems/{}", error.key),
        title: t.of(error).to_string(),
        status: code.as_u16(),
        field: error.field,
        instance: number,
        detail: crate::error_view::who_can(t, error),
    };
    // The type after the body: the body brings a type of its own.
    let mut response = (code, axum::Json(problem)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// Whoever is sent an address that leads nowhere for them is told whom to ask; a visitor learns no names.
async fn administrators(app: &App, caller: &Caller, error: &Error) -> Vec<String> {
    if error.kind != Kind::NotFound || caller.account().is_none() {
        return Vec::new();
    }
    access::installed_holders(app.db(), "security_administrator").await.unwrap_or_default()
}

async fn page(app: &App, visit: &Visit, caller: &Arc<Caller>, t: T, error: &Error, (number, reading): (Option<&str>, bool)) -> Response {
    let trouble = crate::components::trouble(t, error, number, reading, administrators(app, caller, error).await);
    let body = crate::components::error_page(t, error, &trouble);
    let title = t.text(trouble.head()).to_string();
    let whole = match frame_of(app, visit, caller, "web/error.html", title).await {
        Ok(frame) if visit.part.is_none() => Page::whole(frame, &body, None),
        _ => Ok(Page::part(body)),
    };
    match whole {
        Ok(page) => (status(error), page).into_response(),
        Err(_) => (status(error), Body::from(t.of(error).to_string())).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_one_s_reach_is_told_as_missing_wherever_it_was_named() {
        let outside = as_missing(Error { key: "outside-scope", ..Error::not_found() });
        assert_eq!((outside.kind, outside.key), (Kind::NotFound, Error::not_found().key));
        assert_eq!(as_missing(Error::denied("no-permission")).key, "no-permission");
    }
}
