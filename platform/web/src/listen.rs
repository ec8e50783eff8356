//! Connections: hyper with timeouts and caps. A plain `axum::serve` has neither, and a few hundred slow
//! connections stop it from answering anybody.
use crate::idle::Idle;
use crate::proxy::Front;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

const HEADER: Duration = Duration::from_secs(30);
/// What running requests get to finish after the request to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Connections at once; more wait in the system's queue.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connections: usize,
    /// Of one address; further ones are closed at once. The proxy's own address has no such limit.
    pub per_address: usize,
}

/// How to listen.
#[derive(Clone)]
pub struct Listening {
    pub tls: Option<TlsAcceptor>,
    pub limits: Limits,
    pub front: Front,
}

/// Open connections by address.
#[derive(Clone, Default)]
struct Crowd(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection's place in the crowd; left when it is dropped.
struct Standing {
    crowd: Crowd,
    address: IpAddr,
}

impl Crowd {
    fn join(&self, address: IpAddr, most: usize) -> Option<Standing> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let open = all.entry(address).or_default();
        if *open >= most {
            return None;
        }
        *open += 1;
        Some(Standing { crowd: self.clone(), address })
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        let mut all = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = all.get_mut(&self.address) {
            *open -= 1;
            if *open == 0 {
                all.remove(&self.address);
            }
        }
    }
}

/// Serves until `stop` is ready, then takes no more connections and lets running requests finish.
pub async fn serve(listener: TcpListener, router: Router, how: Listening, stop: impl Future<Output = ()>) {
    let cap = Arc::new(Semaphore::new(how.limits.connections));
    let (crowd, (ending, end)) = (Crowd::default(), watch::channel(false));
    tokio::pin!(stop);
    loop {
        let (stream, permit, address) = tokio::select! {
            accepted = accept(&listener, &cap) => match accepted {
                Some(accepted) => accepted,
                None => continue,
            },
            () = &mut stop => break,
        };
        let most = if how.front.trusts(address) { usize::MAX } else { how.limits.per_address };
        let Some(standing) = crowd.join(address, most) else { continue };
        let (router, how, end) = (router.clone(), how.clone(), end.clone());
        tokio::spawn(async move {
            connection(stream, address, router, how, end).await;
            drop((permit, standing));
        });
    }
    drop(listener);
    let _ = ending.send(true);
    let all = u32::try_from(how.limits.connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(DRAIN, cap.acquire_many(all)).await;
}

type Accepted = (TcpStream, tokio::sync::OwnedSemaphorePermit, IpAddr);

async fn accept(listener: &TcpListener, cap: &Arc<Semaphore>) -> Option<Accepted> {
    let permit = cap.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, permit, peer.ip().to_canonical())),
        Err(_) => {
            // Out of descriptors, most likely: whoever closes one makes room.
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn connection(stream: TcpStream, peer: IpAddr, router: Router, how: Listening, end: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    match &how.tls {
        None => requests(Idle::new(stream), peer, router, &how.front, end).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = tokio::time::timeout(HEADER, tls.accept(stream)).await {
                requests(Idle::new(stream), peer, router, &how.front, end).await;
            }
        }
    }
}

async fn requests<S>(stream: S, peer: IpAddr, router: Router, front: &Front, mut end: watch::Receiver<bool>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADER).max_buf_size(64 << 10);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        let (router, admitted) = (router.clone(), front.admit(peer, &mut request));
        async move {
            match admitted {
                Ok(()) => router.oneshot(request.map(Body::new)).await,
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
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    const LIMITS: Limits = Limits { connections: 8, per_address: 2 };

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
    async fn one_address_cannot_take_all_connections_and_gets_its_place_back() {
        let (at, _stop, _served) = start(Router::new().route("/", get(async || "here"))).await;
        let (first, second) = (TcpStream::connect(at).await.unwrap(), TcpStream::connect(at).await.unwrap());
        let mut third = TcpStream::connect(at).await.unwrap();
        let _ = third.write_all(ASK).await;
        assert_eq!(answer(&mut third).await, "");
        drop((first, second));
        let mut last = String::new();
        // The server notices the closed ones when it is polled.
        while last.is_empty() {
            let mut again = TcpStream::connect(at).await.unwrap();
            let _ = again.write_all(ASK).await;
            last = answer(&mut again).await;
        }
        assert!(last.ends_with("here"));
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
