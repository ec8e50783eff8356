//! What a refused form or upload still sends is read and dropped, so that the browser comes to read the answer. A connection closed
//! on a sender shows its owner "connection reset" instead of the sentence that says what is wrong with the file.
use axum::body::{Body, BodyDataStream, HttpBody};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes dropped at most; who sends more is cut off after all. Nobody chooses a file of gigabytes in earnest, and a form that
/// is longer than this was not filled by hand.
const MOST_OF_FILES: usize = 512 << 20;
const MOST_OF_A_FORM: usize = 32 << 20;

/// Around everything that sends something.
pub(crate) async fn drained(req: Request, next: Next) -> Response {
    if req.body().is_end_stream() {
        return next.run(req).await;
    }
    let media = req.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let most = if media.starts_with("application/x-www-form-urlencoded") { MOST_OF_A_FORM } else { MOST_OF_FILES };
    let (parts, body) = req.into_parts();
    let shared = Arc::new(Mutex::new(body.into_data_stream()));
    let response = next.run(Request::from_parts(parts, lent(&shared))).await;
    rest(&shared, most).await;
    response
}

/// The body as the handler reads it, and may leave it.
fn lent(shared: &Arc<Mutex<BodyDataStream>>) -> Body {
    let shared = shared.clone();
    Body::from_stream(stream::poll_fn(move |cx| shared.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(cx)))
}

async fn rest(shared: &Arc<Mutex<BodyDataStream>>, most: usize) {
    let (mut left, mut body) = (most, lent(shared).into_data_stream());
    while let Some(Ok(chunk)) = body.next().await {
        match left.checked_sub(chunk.len()) {
            Some(n) => left = n,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, middleware::from_fn};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    #[tokio::test]
    async fn who_sends_what_nobody_reads_still_gets_the_answer() {
        for (media, mebibytes) in [("multipart/form-data; boundary=b", 40), ("application/x-www-form-urlencoded", 12)] {
            let answer = sent(media, mebibytes << 20).await;
            assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("too large"), "{media}: {answer}");
        }
    }

    async fn sent(media: &str, size: usize) -> String {
        let app = Router::new().fallback(async || "too large").layer(from_fn(drained));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let served = tokio::spawn(async move { axum::serve(listener, app).await });
        let mut stream = TcpStream::connect(at).await.unwrap();
        let head = format!("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {media}\r\ncontent-length: {size}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let chunk = vec![0; 1 << 20];
        for _ in 0..size >> 20 {
            stream.write_all(&chunk).await.expect("the server still takes what comes");
        }
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        served.abort();
        answer
    }
}
