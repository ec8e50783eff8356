//! `leitu serve`: opens the house, prints one line, answers until it is told to stop.
use crate::house::House;
use crate::options::{Place, Serve};
use access::Cookies;
use kernel::{Error, Result};
use tokio::net::TcpListener;

/// Connections at once; more wait in the system's queue.
const CONNECTIONS: usize = 2_000;

/// # Errors
/// A taken port, a refused way of serving, whatever [`House::open`] refuses.
pub async fn run(place: &Place, how: &Serve) -> Result<()> {
    let https = how.tls_cert.is_some() || how.public_url.as_ref().is_some_and(|u| u.starts_with("https://"));
    if !how.listen.ip().is_loopback() && !https && !how.insecure_http {
        return Err(Error::invalid("serve-plain-http").with("listen", how.listen));
    }
    let cookies = Cookies { secure: https, public_url: how.public_url.clone() };
    let listener = TcpListener::bind(how.listen).await.map_err(|e| match e.kind() {
        std::io::ErrorKind::AddrInUse => Error::invalid("port-taken").with("listen", how.listen),
        _ => Error::invalid("cannot-listen").with("listen", how.listen).with("why", e),
    })?;
    let house = House::open(place, cookies, how.insecure_http && !https).await?;
    let at = listener.local_addr().map_err(Error::internal)?;
    let scheme = if how.tls_cert.is_some() { "https" } else { "http" };
    println!("打开 {scheme}://{at}");
    if let Some(code) = &house.set_up_code {
        println!("{}", crate::words::say("set-up-code", &[("code", code)]));
    }
    tokio::spawn(figures::run(house.db.clone()));
    tokio::spawn(jobs::run(house.db.clone(), house.workers));
    web::serve(listener, web::router(house.routes, house.app), None, CONNECTIONS, stop()).await;
    Ok(())
}

/// Ctrl-C or the system's request to end.
async fn stop() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(s) => s,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
