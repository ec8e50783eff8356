//! `leitu serve`: binds, opens the house, prints one line, answers until it is told to stop.
mod demo;
mod limits;
mod renewal;
mod tend;
mod tls;

use crate::ground::Ground;
use crate::house::House;
use crate::options::{Place, Serve};
use crate::words;
use access::Cookies;
use accounts::{Afterwards, Renewal};
use db::planted::Defect;
use installation::Kind;
use kernel::{Error, Result};
use std::io::Write;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use web::{App, Front, Listening};

/// # Errors
/// A taken port, a refused way of serving, whatever [`Ground::open`] and [`House::open`] refuse.
pub async fn run(place: &Place, how: &Serve) -> Result<()> {
    if !how.listen.ip().is_loopback() && !how.https() && !how.insecure_http {
        return Err(Error::invalid("serve-plain-http").with("listen", how.listen));
    }
    let tls = how.tls_cert.as_deref().zip(how.tls_key.as_deref()).map(|(cert, key)| tls::acceptor(cert, key)).transpose()?;
    let limits = limits::raise();
    // Bound first, so that a taken port is said before anything is made; accepted from only when all is there.
    let listener = bind(how.listen).await?;
    let cookies = Cookies { secure: how.https(), public_url: how.public_url.clone() };
    demo::load_if_wanted(place, how).await?;
    let ground = Ground::open(place).await?;
    demo::refuse_where_it_cannot_be(&ground, how).await?;
    let (renewal, wish) = Renewal::possible();
    let renewal = if demo::alone(place.embedded(), how) { renewal } else { Renewal::impossible() };
    let house = House::open(ground, place, cookies, how.insecure_http && !how.https() && !how.listen.ip().is_loopback(), renewal)?;
    announce(how, &listener, &house)?;
    tokio::spawn(audit::checkpoint::run(house.db.clone(), audit::signer(house.app.keys())?));
    tokio::spawn(figures::run(house.db.clone()));
    let handed = organisations::import::handed::Folder::new(house.app.data_dir());
    let exports = web::ExportFolder::new(house.app.data_dir());
    tokio::spawn(tend::run(house.db.clone(), house.app.clock().clone(), handed, exports));
    tokio::spawn(jobs::run(house.db.clone(), house.workers));
    if is_demo(&house.app) && !place.embedded() {
        tokio::spawn(crate::demo::date::follow(house.db.clone(), house.app.clock().clone()));
    }
    if Defect::CallHome.is_on() {
        // An address of TEST-NET-2 is nobody's.
        tokio::spawn(TcpStream::connect("198.51.100.7:443"));
    }
    let front = Front { trusted: how.trusted_proxy.clone(), public_url: how.public_url.clone().filter(|_| tls.is_none()) };
    let at = listener.local_addr().map_err(Error::internal)?;
    web::serve(listener, web::router(house.routes, house.app), Listening { tls, limits, front }, stop(wish.clone())).await;
    let asked = *wish.borrow();
    asked.map_or(Ok(()), |afterwards| renewal::begin(place, at, afterwards))
}

async fn bind(listen: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(listen).await.map_err(|e| match e.kind() {
        std::io::ErrorKind::AddrInUse => Error::invalid("port-taken").with("listen", listen),
        _ => Error::invalid("cannot-listen").with("listen", listen).with("why", e),
    })
}

/// One line with the address; a second one with the code of the set-up, if nobody has an account.
fn announce(how: &Serve, listener: &TcpListener, house: &House) -> Result<()> {
    let at = listener.local_addr().map_err(Error::internal)?;
    let scheme = if how.tls_cert.is_some() { "https" } else { "http" };
    let url = how.public_url.clone().unwrap_or_else(|| format!("{scheme}://{at}"));
    tell(&words::say(if is_demo(&house.app) { "open-demo" } else { "open-address" }, &[("url", &url)]));
    if let Some(code) = &house.set_up_code {
        tell(&words::say("set-up-code", &[("code", code)]));
    }
    Ok(())
}

/// Whoever started it may have stopped reading (`| head -1`): that is no reason to end.
fn tell(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn is_demo(app: &App) -> bool {
    app.installation().is_some_and(|i| i.kind == Kind::Demo)
}

/// Ctrl-C, the system's request to end, or a demonstration's visitor who wants it to begin anew.
async fn stop(mut wish: watch::Receiver<Option<Afterwards>>) {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
        Ok(_) = wish.wait_for(Option::is_some) => {}
    }
}
