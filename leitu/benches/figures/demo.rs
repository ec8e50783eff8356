//! What whoever tries it first meets: the first start, the size of the program and of its pages, idle memory.
use crate::bare;
use crate::load::client::Client;
use crate::load::server::{Server, binary};
use crate::report::{Report, ms};
use std::time::{Duration, Instant};

pub async fn rows(report: &mut Report) {
    let home = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let server = Server::start(home.path(), &[]);
    let first = began.elapsed();
    report.row("first start, demo loaded", ms(first), "≤ 20 s", bare::copy(home.path()));
    pages(report, &server).await;
    drop(server);
    let began = Instant::now();
    let server = Server::start(home.path(), &[]);
    Client::connect(&server.address, "").await.unwrap().get("/start").await.unwrap();
    let first = ms(began.elapsed());
    report.row(
        "start on the demo's data to the first page",
        first,
        "≤ 100 ms",
        format!("a process that opens nothing {}", ms(bare::process())),
    );
    tokio::time::sleep(Duration::from_secs(3)).await;
    report.row(
        "idle memory, demo",
        format!("{} MiB", server.memory_mib()),
        "≤ 40 MB",
        format!("with nothing in it {} MiB", bare::memory_mib().await),
    );
    let size = std::fs::metadata(binary()).unwrap().len();
    report.row("binary", format!("{:.1} MB", size as f64 / 1e6), "≤ 30 MB", "–".into());
}

/// Bytes on the wire of what everybody loads first, for a browser that takes gzip.
async fn pages(report: &mut Report, server: &Server) {
    let mut client = Client::connect(&server.address, "").await.unwrap();
    let start = client.get("/").await.unwrap().body;
    let kb = |n: usize| format!("{:.1} KB", n as f64 / 1e3);
    report.row(
        "weight of the first page, gzip",
        kb(client.weigh("/").await.unwrap()),
        "≤ 15 KB",
        format!("its words alone {}", kb(bare::words(&start))),
    );
    for (end, limit) in [(".css", "≤ 10 KB"), (".js", "≤ 20 KB")] {
        let (mut all, mut least) = (0, 0);
        for path in start.split('"').filter(|word| word.starts_with('/') && word.split('?').next().is_some_and(|p| p.ends_with(end))) {
            all += client.weigh(path).await.unwrap();
            least += bare::packed(client.get(path).await.unwrap().body.as_bytes());
        }
        report.row(&format!("weight of its {end} files, gzip"), kb(all), limit, format!("at the best compression {}", kb(least)));
    }
}
