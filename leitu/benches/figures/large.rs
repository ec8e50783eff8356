//! A province of 100,000 branches: importing, grading, the overview, starting.
use crate::bare;
use crate::load::client::Client;
use crate::load::province::{Province, maker};
use crate::load::server::Server;
use crate::report::{Report, ms, quantile};
use assessment::import::{Take, import_facts};
use audit::Event;
use facts::NewFact;
use scheme::parse_toml;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tabular::Reader;

/// Fewer with `LEITU_BENCH_BRANCHES`, to try it out.
fn branches() -> usize {
    std::env::var("LEITU_BENCH_BRANCHES").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000)
}

pub async fn rows(report: &mut Report) {
    let (home, n) = (tempfile::tempdir().unwrap(), branches());
    let began = Instant::now();
    let province = Province::make(home.path(), None, n, 1).await;
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
    let path = home.join("facts.csv");
    let mut text = String::from("branch_code,key,value,source\n");
    for (_, code) in &province.branches {
        text.push_str(code);
        text.push_str(",orglife.held,1,记录\n");
    }
    std::fs::write(&path, text).unwrap();
    let began = Instant::now();
    let read = std::fs::read_to_string(&path).unwrap().lines().map(|l| l.split(',').count()).sum::<usize>();
    let plain = began.elapsed();
    std::hint::black_box(read);
    let take = Take {
        id: kernel::ImportId::new(),
        cycle: province.cycle,
        path,
        file: "facts.csv".into(),
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
    let what = format!("import of {} facts (csv), every check, durable", province.branches.len());
    report.row(&what, ms(took), "≤ 2 s", format!("reading and splitting the file {}", ms(plain)));
}

/// A value for every metric of the scheme, for every branch: grading shall read all it is named after. How many there are.
async fn store_facts(province: &Province) -> usize {
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
    tokio::time::sleep(Duration::from_secs(2)).await;
    report.row(
        &format!("memory after that ({n} branches)"),
        format!("{} MiB", server.memory_mib()),
        "–",
        format!("with nothing in it {} MiB", bare::memory_mib().await),
    );
}
