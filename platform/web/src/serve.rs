//! The whole router with what surrounds every answer. Connections are [`listen`](crate::listen)'s.
use crate::{App, Routes, assets, cookies, drain, error, packed};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};

/// Files and imports as JSON; a form has its own, much smaller limit.
pub(crate) const BODY: usize = 160 << 20;

/// The whole router: routes, assets, errors, headers.
pub fn router(routes: Routes, app: App) -> Router {
    let secure = app.gate().cookies().secure;
    routes
        .into_router()
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(from_fn_with_state(app.clone(), error::answer))
        .layer(from_fn(packed::packed))
        .layer(from_fn(assets_first))
        .layer(from_fn(move |req: Request, next: Next| headers(secure, req, next)))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn(drain::drained))
        .with_state(app)
}

/// Styles and script are for everybody, cost no look-up and never change under their name.
async fn assets_first(req: Request, next: Next) -> Response {
    let Some(asset) = assets::asset(req.uri().path()) else { return next.run(req).await };
    let gz = packed::wanted(req.headers()) && !asset.gz.is_empty();
    let body = if gz { Body::from(asset.gz.as_slice()) } else { Body::from(asset.bytes.as_slice()) };
    let mut response = ([(header::CONTENT_TYPE, asset.media), (header::CACHE_CONTROL, assets::CACHE_CONTROL)], body).into_response();
    if gz {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// Strict headers on every answer; a handler's own (a file's sandbox) stand.
async fn headers(secure: bool, req: Request, next: Next) -> Response {
    let mut response = next.run(req).await;
    let h = response.headers_mut();
    let csp = "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    h.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(csp));
    h.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    h.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    h.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    h.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    h.insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    if secure {
        cookies::bind(h);
        h.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    response
}
