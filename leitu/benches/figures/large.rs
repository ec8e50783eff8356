//! A province of 100,000 branches: importing, grading, starting, the overview, a list, figures, saves.
use crate::bare;
use crate::load::client::Client;
use crate::load::province::{Province, maker};
use crate::load::server::Server;
use crate::report::{Report, ms, quantile};
use crate::{problems, saves, visible};
use assessment::import::{Take, import_facts};
use audit::Event;
use facts::NewFact;
use scheme::parse_toml;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tabular::{Cell, Column, Format, Note, Reader, Sheet};

/// Fewer with `LEITU_BENCH_BRANCHES`, to try it out.
fn branches() -> usize {
    std::env::var("LEITU_BENCH_BRANCHES").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000)
}

pub async fn rows(report: &mut Report) {
    let (home, n) = (tempfile::tempdir().unwrap(), branches());
    let began = Instant::now();
    let province = Province::make(home.path(), None, n, 16).await;
    println!("(a province of {n} branches made in {:.0} s)", began.elapsed().as_secs_f64());
    import(report, home.path(), &province).await;
    let began = Instant::now();
    let facts = store_facts(&province).await;
    println!("({facts} facts stored in {:.0} s)", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let grading = assessment::result::grade(&province.db, &leitu::house::suppliers(), province.cycle, province.today).await.unwrap();
    assert_eq!(grading.lines.len(), n);
    report.row(&format!("grading {n} × 27 from stored facts to ranks"), ms(began.elapsed()), "≤ 3 s", "see pure scoring".into());
    drop(grading);
    served(report, home.path(), &province, n).await;
}

async fn import(report: &mut Report, home: &std::path::Path, province: &Province) {
    let (csv, xlsx) = (home.join("facts.csv"), home.join("facts.xlsx"));
    let heads = ["branch_code", "key", "value", "source"];
    for (path, format) in [(&csv, Format::Csv), (&xlsx, Format::Xlsx)] {
        // Another value in the second file: what stands there already would not be written again.
        let value = if format == Format::Csv { "1" } else { "0" };
        let mut sheet = Sheet::create(path, format, "facts", heads.map(|head| Column::new(head, 14.0)).to_vec()).unwrap();
        for (_, code) in &province.branches {
            sheet.row(&[code.as_str(), "orglife.held", value, "记录"].map(Cell::text)).unwrap();
        }
        sheet.finish(&Note::default()).unwrap();
    }
    let began = Instant::now();
    let read = std::fs::read_to_string(&csv).unwrap().lines().map(|l| l.split(',').count()).sum::<usize>();
    let plain = format!("reading and splitting the file {}", ms(began.elapsed()));
    std::hint::black_box(read);
    for (path, kind, limit) in [(csv, "csv", "≤ 2 s"), (xlsx, "xlsx", "≤ 3 s")] {
        let take = Take {
            id: kernel::ImportId::new(),
            cycle: province.cycle,
            path,
            file: format!("facts.{kind}"),
            reader: Reader::Here,
            today: province.today,
            layer: None,
            dry_run: false,
            progress: organisations::import::Progress::default(),
        };
        let began = Instant::now();
        let done = import_facts(&province.db, &access::System::job("load"), &leitu::house::suppliers(), &take).await.unwrap();
        let took = began.elapsed();
        assert!(done.accepted(), "{:?}", done.refused.first());
        let what = format!("import of {} facts ({kind}), every check, durable", province.branches.len());
        report.row(&what, ms(took), limit, plain.clone());
    }
}

/// A value for every metric of the scheme, for every branch: grading shall read all it is named after. How many there are.
pub async fn store_facts(province: &Province) -> usize {
    let scheme = parse_toml(include_str!("../../../content/schemes/LN-JG-27.toml")).unwrap();
    let keys: Arc<[String]> = scheme.indicators.iter().flat_map(|i| &i.parts).map(|part| part.key.clone()).collect();
    for chunk in province.branches.chunks(500) {
        let (keys, today, at, orgs) =
            (keys.clone(), province.today, kernel::Instant::now(), chunk.iter().map(|(org, _)| *org).collect::<Vec<_>>());
        let stored = audit::change(&province.db, maker(), async move |tx| {
            let new = |org, key| NewFact {
                org,
                year: 2026,
                key,
                value: "1",
                source: "load",
                evidence: "",
                effective: today,
                received: at,
                by: "load",
            };
            let all: Vec<NewFact> = orgs.iter().flat_map(|org| keys.iter().map(|key| new(*org, key))).collect();
            facts::record_many(tx, &all).await?;
            Ok(((), Event::new("fact.import", "load")))
        });
        stored.await.unwrap();
    }
    keys.len() * province.branches.len()
}

async fn served(report: &mut Report, home: &std::path::Path, province: &Province, n: usize) {
    let began = Instant::now();
    let server = Server::start(home, &[]);
    let mut client = Client::connect(&server.address, &province.committee.session).await.unwrap();
    assert_eq!(client.get("/overview").await.unwrap().status, 200);
    let (first, least) = (ms(began.elapsed()), format!("a process that opens nothing {}", ms(bare::process())));
    report.row(&format!("start on existing data ({n} branches) to the first page"), first, "≤ 500 ms", least);
    let mut times = Vec::new();
    for _ in 0..400 {
        let began = Instant::now();
        assert_eq!(client.get("/overview").await.unwrap().status, 200);
        times.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(5).saturating_sub(began.elapsed())).await;
    }
    times.sort();
    let ours = format!("p50 {}, p99 {}", ms(quantile(&times, 0.5)), ms(quantile(&times, 0.99)));
    let least = format!("one place and those below it read in {:.0} µs", bare::node_and_children(province).await.as_secs_f64() * 1e6);
    report.row(&format!("overview page, {n} branches, 200 requests/s"), ours, "p50 ≤ 5 ms, p99 ≤ 50 ms", least);
    server.settle();
    page(report, &server, &mut client, n).await;
    visible::row(report, province, n).await;
    saves::with_many(report, &server, province, n).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    report.row(
        &format!("memory after that ({n} branches)"),
        format!("{} MiB", server.memory_mib()),
        "–",
        format!("with nothing in it {} MiB", bare::memory_mib().await),
    );
}

/// What a page of a list of everything costs the processor.
async fn page(report: &mut Report, server: &Server, client: &mut Client, n: usize) {
    let (before, times) = (server.cpu(), 1_000);
    for _ in 0..times {
        assert_eq!(client.get("/orgs").await.unwrap().status, 200);
    }
    let cpu = (server.cpu() - before).as_secs_f64() * 1e6 / f64::from(times);
    let raw = problems::nothing(server, client).await;
    report.row(&format!("table page of 50 rows of {n}"), format!("{cpu:.0} µs CPU"), "≤ 250 µs CPU", raw);
}
