//! Answers travel compressed: a page of 80 KB is 8 KB on a phone's line. What a page must keep secret from an onlooker who
//! sees only its length, its token, is another text each time (see `access`).
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// Bytes; less travels in one packet anyway.
const SMALL: u64 = 1_000;
/// Bytes; more is a file for the desk, not worth the time of everybody else's requests.
const LARGE: u64 = 2 << 20;

/// Whether the caller can unpack.
pub fn wanted(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("gzip"))
}

/// Compresses texts whose length is known; the rest goes as it is.
pub async fn packed(req: Request, next: Next) -> Response {
    let wanted = wanted(req.headers());
    let response = next.run(req).await;
    let size = response.body().size_hint().exact().unwrap_or_default();
    if !wanted || !(SMALL..LARGE).contains(&size) || !is_text(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body is whole in memory: its length was known.
    let plain = to_bytes(body, LARGE as usize).await.unwrap_or_default();
    let mut gz = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::default());
    let Ok(gz) = gz.write_all(&plain).and_then(|()| gz.finish()) else { return Response::from_parts(parts, Body::from(plain)) };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Response::from_parts(parts, Body::from(gz))
}

fn is_text(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    !headers.contains_key(header::CONTENT_ENCODING) && (media.starts_with("text/") || media.starts_with("application/json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::http::Uri;
    use axum::middleware::from_fn;
    use axum::response::{Html, IntoResponse};
    use std::io::Read;
    use tower::ServiceExt;

    async fn answer(path: &str, accepts: &str) -> (Option<String>, Vec<u8>) {
        let given = async |uri: Uri| match uri.path() {
            "/long" => Html("<p>支部</p>".repeat(1_000)).into_response(),
            "/short" => Html("<p>支部</p>").into_response(),
            _ => ([(header::CONTENT_TYPE, "application/octet-stream")], "行".repeat(1_000)).into_response(),
        };
        let routes = Router::new().fallback(given).layer(from_fn(packed));
        let req = Request::builder().uri(path).header(header::ACCEPT_ENCODING, accepts).body(Body::empty()).unwrap();
        let response = routes.oneshot(req).await.unwrap();
        let how = response.headers().get(header::CONTENT_ENCODING).map(|v| v.to_str().unwrap().to_owned());
        (how, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn a_long_page_travels_packed_for_whoever_can_unpack_it_and_nothing_else_does() {
        let (how, sent) = answer("/long", "br, gzip").await;
        assert_eq!(how.as_deref(), Some("gzip"));
        let mut text = String::new();
        flate2::read::GzDecoder::new(&sent[..]).read_to_string(&mut text).unwrap();
        assert!(text == "<p>支部</p>".repeat(1_000) && sent.len() < text.len() / 20);
        for (path, accepts) in [("/long", "br"), ("/short", "gzip"), ("/file", "gzip")] {
            assert_eq!(answer(path, accepts).await.0, None, "{path} {accepts}");
        }
        assert_eq!(answer("/long", "").await.1.len(), text.len());
    }
}
