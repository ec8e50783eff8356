//! What a refused upload still sends is read and dropped, so that the browser comes to read the answer. A connection closed
//! on a sender shows its owner "connection reset" instead of the sentence that says what is wrong with the file.
use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes dropped at most; who sends more is cut off after all.
const MOST: usize = 512 << 20;

/// Around every form with files.
pub(crate) async fn drained(req: Request, next: Next) -> Response {
    let media = req.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !media.starts_with("multipart/") {
        return next.run(req).await;
    }
    let (parts, body) = req.into_parts();
    let shared = Arc::new(Mutex::new(body.into_data_stream()));
    let response = next.run(Request::from_parts(parts, lent(&shared))).await;
    rest(&shared).await;
    response
}

/// The body as the handler reads it, and may leave it.
fn lent(shared: &Arc<Mutex<BodyDataStream>>) -> Body {
    let shared = shared.clone();
    Body::from_stream(stream::poll_fn(move |cx| shared.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(cx)))
}

async fn rest(shared: &Arc<Mutex<BodyDataStream>>) {
    let (mut left, mut body) = (MOST, lent(shared).into_data_stream());
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

    const SIZE: usize = 40 << 20;

    #[tokio::test]
    async fn who_sends_a_file_that_nobody_reads_still_gets_the_answer() {
        let app = Router::new().fallback(async || "too large").layer(from_fn(drained));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let served = tokio::spawn(async move { axum::serve(listener, app).await });
        let mut stream = TcpStream::connect(at).await.unwrap();
        let head = format!(
            "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: {SIZE}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let chunk = vec![0; 1 << 20];
        for _ in 0..SIZE >> 20 {
            stream.write_all(&chunk).await.expect("the server still takes what comes");
        }
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("too large"), "{answer}");
        served.abort();
    }
}
