//! Slow clients: thousands send their headers by the line, their bodies by the byte, or read an answer by the byte, and whoever
//! asks properly is answered as if they were not there. All of them come from one address, as from behind one wall; so do
//! those who ask.
use crate::client::Client;
use crate::kill9::serve;
use crate::people::Town;
use crate::probe::{Memory, Probe, Sight};
use crate::program::{OURS, Program};
use crate::report::Row;
use crate::{Size, crowds};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep};

/// Between two bytes of a slow client.
const DRIP: Duration = Duration::from_secs(5);
/// Until one that was sent away comes again.
const AGAIN: Duration = Duration::from_secs(10);
/// Style sheets that a slow reader asks for at once.
const ANSWERS: usize = 8;
/// A body of this length never ends.
const ENDLESS: usize = 1_900_000;
/// What the endless ones together may cost, MiB: what the server's store takes, and a quarter for each connection.
fn most(bodies: usize) -> u64 {
    192 + bodies as u64 / 4
}

pub async fn rows(size: Size) -> Vec<Row> {
    let (many, lasts) = (size.of(600, 5_000), Duration::from_secs(if size == Size::Long { 30 } else { 3 }));
    let (all, some, endless) = ("slow clients", "slow clients, more than there are places", "slow clients, bodies without an end");
    let places = many / 5;
    let mut rows = vec![
        slow(all, many, None, lasts, None).await,
        slow(some, many, Some(places), lasts, None).await,
        slow(&format!("{some}, control: who keeps the server waiting keeps their place"), many, Some(places), lasts, Some("hold-on")).await,
        bodies(endless, size.of(300, 1_000), None).await,
        bodies(&format!("{endless}, control: whatever comes is held"), 300, Some("keep-all")).await,
    ];
    rows.extend(crowds::rows(size).await);
    rows
}

/// Slow clients of three kinds, with room for all or for some.
async fn slow(name: &str, many: usize, places: Option<usize>, lasts: Duration, defect: Option<&'static str>) -> Row {
    let town = Town::make(1, defect).await;
    let program = match places {
        Some(places) => town.make.serve_within(places + OURS).expect("the program starts"),
        None => serve(&town.make),
    };
    // Somebody was here before, somebody else comes only now.
    let kept = Probe::start(sight(&program, &town.reader, true));
    let attack: Vec<_> = (0..many).map(|n| tokio::spawn(slowly(program.address.clone(), n))).collect();
    sleep(Duration::from_secs(2)).await;
    let anew = Probe::start(sight(&program, &town.reader, false));
    sleep(lasts).await;
    let (kept, anew, memory) = (kept.end().await, anew.end().await, Memory::of(program.id()).idle());
    let open = attack.iter().filter(|a| !a.is_finished()).count();
    attack.iter().for_each(tokio::task::JoinHandle::abort);
    let failed = kept.failed + anew.failed;
    let text = format!(
        "clients={open}{} looks={} failed={} p95_kept={} p95_new={} of 100ms memory={memory}MiB panics={}",
        places.map_or(String::new(), |n| format!(" places={n}")),
        kept.number() + anew.number(),
        failed,
        kept.p95(),
        anew.p95(),
        town.make.panics(),
    );
    Row::of(
        name,
        text,
        if defect.is_some() { failed > 0 } else { failed == 0 && open == many && anew.number() > 0 && town.make.panics() == 0 },
    )
}

fn sight(program: &Program, session: &str, kept: bool) -> Sight {
    Sight { address: program.address.clone(), session: session.into(), path: "/todo", kept }
}

/// One that is never done; whoever is sent away comes again.
async fn slowly(address: String, number: usize) {
    // Not all in the same millisecond.
    sleep(Duration::from_millis((number % 1000) as u64)).await;
    loop {
        let _ = match number % 3 {
            0 => headers(&address).await,
            1 => body(&address).await,
            _ => reading(&address).await,
        };
        sleep(AGAIN).await;
    }
}

async fn headers(address: &str) -> io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"GET /sign-in HTTP/1.1\r\nhost: localhost\r\n").await?;
    loop {
        pause(&mut stream).await?;
        stream.write_all(b"x-slow: 1\r\n").await?;
    }
}

async fn body(address: &str) -> io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(&post(4096)).await?;
    loop {
        pause(&mut stream).await?;
        stream.write_all(b"x").await?;
    }
}

/// Asks for more than the system's own buffers take, of what costs the server nothing to make, and reads a byte at a time.
async fn reading(address: &str) -> io::Result<()> {
    let page = Client::connect(address, "").await?.get("/sign-in").await?.body;
    let style = page.split('"').find(|text| text.ends_with(".css")).ok_or_else(|| io::Error::other("a page without style"))?;
    let asked = format!("GET {style} HTTP/1.1\r\nhost: localhost\r\n\r\n").repeat(ANSWERS);
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(2048)?;
    let address: SocketAddr = address.parse().map_err(io::Error::other)?;
    let mut stream = socket.connect(address).await?;
    stream.write_all(asked.as_bytes()).await?;
    let mut byte = [0];
    loop {
        sleep(DRIP).await;
        if stream.read(&mut byte).await? == 0 {
            return Ok(());
        }
    }
}

/// The beginning of a form that anybody may send.
fn post(length: usize) -> Vec<u8> {
    let head =
        "POST /sign-in HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded";
    format!("{head}\r\ncontent-length: {length}\r\n\r\n_csrf=").into_bytes()
}

/// Until the next byte; an end of the connection is noticed at once.
async fn pause(stream: &mut TcpStream) -> io::Result<()> {
    let mut answer = [0; 512];
    match tokio::time::timeout(DRIP, stream.read(&mut answer)).await {
        Ok(Ok(0)) => Err(io::ErrorKind::UnexpectedEof.into()),
        Ok(Ok(_)) | Err(_) => Ok(()),
        Ok(Err(e)) => Err(e),
    }
}

/// Each sends nearly two megabytes of a form, and then nothing more.
async fn bodies(name: &str, many: usize, defect: Option<&'static str>) -> Row {
    let town = Town::make(1, defect).await;
    let program = serve(&town.make);
    let memory = Memory::of(program.id());
    let probe = Probe::start(sight(&program, &town.reader, false));
    let sending: Vec<_> = (0..many).map(|_| tokio::spawn(endless(program.address.clone()))).collect();
    let (start, mut held) = (Instant::now(), Vec::new());
    for sender in sending {
        held.push(sender.await.expect("a sender"));
    }
    // Nothing more comes, and whoever looks goes on looking.
    sleep(Duration::from_secs(2)).await;
    let looks = probe.end().await;
    let (more, most) = (memory.more(), most(many));
    let text = format!(
        "bodies={many} of {}KB after={:.0}s memory=+{more}MiB of {most} looks={} failed={} p95={}",
        ENDLESS / 1000,
        start.elapsed().as_secs_f64(),
        looks.number(),
        looks.failed,
        looks.p95(),
    );
    drop(held);
    Row::of(name, text, if defect.is_some() { more > most } else { more <= most && looks.failed == 0 })
}

/// The connection on which the server waits for the rest.
async fn endless(address: String) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(&address).await?;
    stream.write_all(&post(ENDLESS)).await?;
    stream.write_all(&vec![b'x'; ENDLESS - 100]).await?;
    Ok(stream)
}
