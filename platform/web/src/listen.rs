//! Connections: hyper with timeouts and caps. A plain `axum::serve` has neither, and a few hundred slow
//! connections stop it from answering anybody.
use crate::crowd::{Awaited, Crowd, Pulse};
use crate::idle::Idle;
use crate::proxy::Front;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

const HEADER: Duration = Duration::from_secs(30);
/// Between two questions whether somebody leaves.
const ROOM: Duration = Duration::from_millis(50);
/// What running requests get to finish after the request to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Connections at once. When all places are taken, those who keep us waiting make room ([`crowd`](crate::crowd)).
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connections: usize,
}

/// How to listen.
#[derive(Clone)]
pub struct Listening {
    pub tls: Option<TlsAcceptor>,
    pub limits: Limits,
    pub front: Front,
}

/// Serves until `stop` is ready, then takes no more connections and lets running requests finish.
pub async fn serve(listener: TcpListener, router: Router, how: Listening, stop: impl Future<Output = ()>) {
    let cap = Arc::new(Semaphore::new(how.limits.connections));
    let (crowd, (ending, end)) = (Crowd::new(), watch::channel(false));
    tokio::pin!(stop);
    loop {
        let (stream, permit, address) = tokio::select! {
            accepted = accept(&listener, &cap, &crowd) => match accepted {
                Some(accepted) => accepted,
                None => continue,
            },
            () = &mut stop => break,
        };
        let (standing, router, how, end) = (crowd.join(), router.clone(), how.clone(), end.clone());
        tokio::spawn(async move {
            let pulse = standing.pulse.clone();
            tokio::select! {
                () = connection(stream, address, router, how, end, pulse.clone()) => {}
                () = pulse.asked_to_leave() => {}
            }
            drop((permit, standing));
        });
    }
    drop(listener);
    let _ = ending.send(true);
    let all = u32::try_from(how.limits.connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(DRAIN, cap.acquire_many(all)).await;
}

type Accepted = (TcpStream, OwnedSemaphorePermit, IpAddr);

async fn accept(listener: &TcpListener, cap: &Arc<Semaphore>, crowd: &Crowd) -> Option<Accepted> {
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, place(cap, crowd).await?, peer.ip().to_canonical())),
        Err(_) => {
            // Out of descriptors, most likely: whoever closes one makes room.
            crowd.make_room();
            tokio::time::sleep(ROOM).await;
            None
        }
    }
}

/// A place for somebody who is there; others leave for it.
async fn place(cap: &Arc<Semaphore>, crowd: &Crowd) -> Option<OwnedSemaphorePermit> {
    loop {
        if let Ok(place) = cap.clone().try_acquire_owned() {
            return Some(place);
        }
        crowd.make_room();
        // If everybody's request is being worked on, the next answer makes room.
        if let Ok(place) = tokio::time::timeout(ROOM, cap.clone().acquire_owned()).await {
            return place.ok();
        }
    }
}

async fn connection(stream: TcpStream, peer: IpAddr, router: Router, how: Listening, end: watch::Receiver<bool>, pulse: Arc<Pulse>) {
    let _ = stream.set_nodelay(true);
    match &how.tls {
        None => requests(Idle::new(stream, pulse.clone()), peer, router, &how.front, end, pulse).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = tokio::time::timeout(HEADER, tls.accept(stream)).await {
                requests(Idle::new(stream, pulse.clone()), peer, router, &how.front, end, pulse).await;
            }
        }
    }
}

async fn requests<S>(stream: S, peer: IpAddr, router: Router, front: &Front, mut end: watch::Receiver<bool>, pulse: Arc<Pulse>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADER).max_buf_size(64 << 10);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        let (router, admitted, pulse) = (router.clone(), front.admit(peer, &mut request), pulse.clone());
        async move {
            let _working = pulse.work();
            match admitted {
                Ok(()) => router.oneshot(request.map(|body| Body::new(Awaited::new(body, pulse)))).await,
                Err(answer) => Ok(*answer),
            }
        }
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = end.wait_for(|over| *over) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a bare router stands for the whole one")]
mod tests {
    use super::*;
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    const LIMITS: Limits = Limits { connections: 2 };

    async fn start(router: Router) -> (std::net::SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (at, (stop, stopped)) = (listener.local_addr().unwrap(), oneshot::channel());
        let how = Listening { tls: None, limits: LIMITS, front: Front::default() };
        let served = tokio::spawn(serve(listener, router, how, async move { drop(stopped.await) }));
        (at, stop, served)
    }

    async fn answer(stream: &mut TcpStream) -> String {
        let mut text = String::new();
        let _ = stream.read_to_string(&mut text).await;
        text
    }

    const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

    #[tokio::test]
    async fn whoever_says_nothing_makes_room_for_who_asks() {
        let (at, _stop, _served) = start(Router::new().route("/", get(async || "here"))).await;
        let (mut silent, mut slow) = (TcpStream::connect(at).await.unwrap(), TcpStream::connect(at).await.unwrap());
        // Whoever moves later in the same millisecond is not told apart.
        tokio::time::sleep(Duration::from_millis(20)).await;
        slow.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        let mut asker = TcpStream::connect(at).await.unwrap();
        asker.write_all(ASK).await.unwrap();
        assert!(answer(&mut asker).await.ends_with("here"));
        assert_eq!(answer(&mut silent).await, "", "sent away");
    }

    #[tokio::test]
    async fn whoever_sends_a_body_slowly_makes_room_and_whoever_waits_for_an_answer_does_not() {
        let (begun, (go, wait)) = (Arc::new(tokio::sync::Notify::new()), watch::channel(false));
        let note = begun.clone();
        let slow = get(move || {
            let (note, mut wait) = (note.clone(), wait.clone());
            async move {
                note.notify_one();
                let _ = wait.wait_for(|w| *w).await;
                "done"
            }
        });
        let (at, _stop, _served) = start(Router::new().route("/", slow).route("/body", post(async |body: String| body))).await;
        let (mut asker, mut sender) = (TcpStream::connect(at).await.unwrap(), TcpStream::connect(at).await.unwrap());
        asker.write_all(ASK).await.unwrap();
        begun.notified().await;
        sender.write_all(b"POST /body HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nhalf").await.unwrap();
        let mut other = TcpStream::connect(at).await.unwrap();
        other.write_all(b"POST /body HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 4\r\n\r\nhere").await.unwrap();
        assert!(answer(&mut other).await.ends_with("here"));
        assert_eq!(answer(&mut sender).await, "");
        go.send(true).unwrap();
        assert!(answer(&mut asker).await.ends_with("done"));
    }

    /// A body of two lengths: whoever stands before us and goes by the other one would see two requests where we see one.
    #[tokio::test]
    async fn a_body_of_two_lengths_hides_no_second_request() {
        let (at, _stop, _served) =
            start(Router::new().route("/", get(async || "here")).route("/body", post(async |body: String| body))).await;
        let hidden = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
        let chunk = format!("{:x}\r\n{hidden}\r\n0\r\n\r\n", hidden.len());
        for lengths in ["content-length: 4\r\ntransfer-encoding: chunked", "transfer-encoding: chunked\r\ncontent-length: 4"] {
            let mut sender = TcpStream::connect(at).await.unwrap();
            let request = format!("POST /body HTTP/1.1\r\nhost: a\r\n{lengths}\r\n\r\n{chunk}");
            sender.write_all(&[request.as_bytes(), ASK].concat()).await.unwrap();
            let answer = answer(&mut sender).await;
            assert!(answer.contains(hidden), "it is the first one's body: {answer}");
            assert!(answer.matches("here").count() <= 1 && answer.matches("HTTP/1.1 ").count() <= 2, "{answer}");
        }
        for lengths in ["content-length: 4\r\ncontent-length: 5", "content-length: +4", "transfer-encoding: chunked, identity"] {
            let mut sender = TcpStream::connect(at).await.unwrap();
            let request = format!("POST /body HTTP/1.1\r\nhost: a\r\n{lengths}\r\n\r\nfour");
            sender.write_all(request.as_bytes()).await.unwrap();
            assert!(answer(&mut sender).await.starts_with("HTTP/1.1 400"), "{lengths}");
        }
    }

    #[tokio::test]
    async fn a_running_request_is_finished_when_the_server_is_told_to_stop() {
        let (begun, (go, wait)) = (Arc::new(tokio::sync::Notify::new()), watch::channel(false));
        let note = begun.clone();
        let slow = get(move || {
            let (note, mut wait) = (note.clone(), wait.clone());
            async move {
                note.notify_one();
                let _ = wait.wait_for(|w| *w).await;
                "done"
            }
        });
        let (at, stop, served) = start(Router::new().route("/", slow)).await;
        let mut asker = TcpStream::connect(at).await.unwrap();
        asker.write_all(ASK).await.unwrap();
        begun.notified().await;
        stop.send(()).unwrap();
        go.send(true).unwrap();
        assert!(answer(&mut asker).await.ends_with("done"));
        served.await.unwrap();
    }
}
