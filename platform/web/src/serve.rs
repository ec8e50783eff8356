//! The server: hyper with a header timeout, a body limit and a connection cap; `axum::serve` has none of these.
use crate::{App, Routes, assets, error};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

/// A form is small; uploads and imports raise the limit on their own routes.
const BODY: usize = 160 << 20;
const HEADER_SECONDS: u64 = 30;

/// The whole router: routes, assets, errors, headers.
pub fn router(routes: Routes, app: App) -> Router {
    let secure = app.gate().cookies().secure;
    routes
        .into_router()
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(from_fn_with_state(app.clone(), error::answer))
        .layer(from_fn(assets_first))
        .layer(from_fn(move |req: Request, next: Next| headers(secure, req, next)))
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(app)
}

/// Styles and script are for everybody, cost no look-up and never change under their name.
async fn assets_first(req: Request, next: Next) -> Response {
    let Some(asset) = assets::asset(req.uri().path()) else { return next.run(req).await };
    let gz = req.headers().get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("gzip"));
    let gz = gz && !asset.gz.is_empty();
    let body = if gz { Body::from(asset.gz.as_slice()) } else { Body::from(asset.bytes) };
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
        h.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Serves until `stop` is ready, then lets running requests finish for a few seconds.
pub async fn serve(listener: TcpListener, router: Router, tls: Option<TlsAcceptor>, connections: usize, stop: impl Future<Output = ()>) {
    let cap = Arc::new(Semaphore::new(connections));
    tokio::pin!(stop);
    loop {
        let Ok(permit) = cap.clone().acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (router, tls) = (router.clone(), tls.clone());
        tokio::spawn(async move {
            connection(stream, router, tls).await;
            drop(permit);
        });
    }
    drop(listener);
    let all = u32::try_from(connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(Duration::from_secs(3), cap.acquire_many(all)).await;
}

async fn connection(stream: TcpStream, router: Router, tls: Option<TlsAcceptor>) {
    let _ = stream.set_nodelay(true);
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(HEADER_SECONDS)).max_buf_size(64 << 10);
    let service = TowerToHyperService::new(router);
    match tls {
        None => drop(builder.serve_connection(TokioIo::new(stream), service).await),
        Some(tls) => {
            let shaken = tokio::time::timeout(Duration::from_secs(HEADER_SECONDS), tls.accept(stream)).await;
            if let Ok(Ok(stream)) = shaken {
                drop(builder.serve_connection(TokioIo::new(stream), service).await);
            }
        }
    }
}
