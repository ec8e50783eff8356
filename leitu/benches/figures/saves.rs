//! Score saves through the whole stack: HTTP, session, permission, scoring, audit, durable commit.
use crate::large;
use crate::load::client::Client;
use crate::load::province::{Province, Seat};
use crate::load::server::Server;
use crate::raw;
use crate::report::{Report, ms, quantile, rate};
use kernel::Points;
use std::time::{Duration, Instant};

const WARM: Duration = Duration::from_secs(1);
const RUN: Duration = Duration::from_secs(5);
const ENDURANCE: Duration = Duration::from_secs(600);
const BRANCHES: usize = 1_000;

pub async fn rows(report: &mut Report) {
    let limits = [(16, "≥ 6,000/s, p95 ≤ 10 ms"), (64, "≥ 10,000/s, p95 ≤ 10 ms")];
    let home = tempfile::tempdir().unwrap();
    let province = Province::make(home.path(), None, BRANCHES, 64).await;
    let server = Server::start(home.path(), &[]);
    for (clients, limit) in limits {
        let raw = raw::sqlite(home.path(), clients);
        measured(report, "SQLite", &server, &province.seats[..clients], limit, format!("{raw:.0} upserts/s, same commit per group")).await;
    }
    drop(server);
    let Some(url) = std::env::var("LEITU_BENCH_PG").ok() else {
        report.row("score saves, PostgreSQL", "not run".into(), "≥ 2,500/s at 16, ≥ 4,500/s at 64", "no PostgreSQL was offered".into());
        return;
    };
    postgres(report, &url).await;
}

async fn postgres(report: &mut Report, server: &str) {
    let home = tempfile::tempdir().unwrap();
    let url = raw::fresh_database(server).await;
    let province = Province::make(home.path(), Some(&url), BRANCHES, 64).await;
    let running = Server::start(home.path(), &["--database-url", &url]);
    for (clients, limit) in [(16, "≥ 2,500/s, p95 ≤ 25 ms"), (64, "≥ 4,500/s, p95 ≤ 25 ms")] {
        let raw = raw::postgres(&url, clients).await;
        measured(report, "PostgreSQL", &running, &province.seats[..clients], limit, format!("{raw:.0} upserts/s, one a commit")).await;
    }
}

async fn measured(report: &mut Report, engine: &str, server: &Server, seats: &[Seat], limit: &str, raw: String) {
    let saved = saved(server, seats, RUN).await;
    report.row(&format!("score saves, {engine}, {} clients", seats.len()), saved.to_string(), limit, raw);
}

/// Ten minutes of it: what is done now and then (checkpoints, jobs, the engine's own tidying) keeps nobody waiting.
pub async fn long(report: &mut Report) {
    let home = tempfile::tempdir().unwrap();
    let province = Province::make(home.path(), None, BRANCHES, 16).await;
    let server = Server::start(home.path(), &[]);
    let saved = saved(&server, &province.seats, ENDURANCE).await;
    let (what, raw) =
        (format!("score saves, SQLite, 16 clients, {} minutes", ENDURANCE.as_secs() / 60), format!("{} MiB held", server.memory_mib()));
    report.row(&what, saved.to_string(), "no pause over 200 ms", raw);
}

/// The same with a larger province, beside the rate with [`BRANCHES`] in the same run.
pub async fn with_many(report: &mut Report, server: &Server, province: &Province, n: usize) {
    let many = saved(server, &province.seats, RUN).await;
    let home = tempfile::tempdir().unwrap();
    let small = Province::make(home.path(), None, BRANCHES, province.seats.len()).await;
    // As much is known of each branch here as there: a save reads all that is known of one.
    large::store_facts(&small).await;
    let few = saved(&Server::start(home.path(), &[]), &small.seats, RUN).await;
    let ours = format!("{many}: {:.2} of the rate with {BRANCHES}", many.rate() / few.rate());
    report.row(&format!("score saves, SQLite, {} clients, {n} branches", province.seats.len()), ours, "≥ 0.85", few.to_string());
}

/// How long each save took, sorted, and over what time.
struct Saved(Vec<Duration>, Duration);

impl Saved {
    fn rate(&self) -> f64 {
        rate(self.0.len(), self.1)
    }
}

impl std::fmt::Display for Saved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (p95, worst) = (ms(quantile(&self.0, 0.95)), ms(quantile(&self.0, 1.0)));
        write!(f, "{:.0}/s, p95 {p95}, longest {worst}", self.rate())
    }
}

async fn saved(server: &Server, seats: &[Seat], run: Duration) -> Saved {
    let began = Instant::now();
    let clients: Vec<_> = seats.iter().map(|seat| tokio::spawn(save_on(server.address.clone(), seat.clone(), began, run))).collect();
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await.unwrap());
    }
    times.sort();
    Saved(times, run)
}

/// Saves one indicator again and again; answers how long each save took after the warm-up.
async fn save_on(address: String, seat: Seat, began: Instant, run: Duration) -> Vec<Duration> {
    let mut client = Client::connect(&address, &seat.session).await.unwrap();
    let page = client.get(&format!("/sheets/{}/self", seat.sheet)).await.unwrap();
    let (path, mut times) = (format!("/sheets/{}/self", seat.sheet), Vec::new());
    let seen = page.body.split("data-rev-for=\"s-A1\" data-rev=\"").nth(1).or_else(|| page.body.split("name=\"v-A1\" value=\"").nth(1));
    let mut rev: i64 = seen.and_then(|rest| rest.split('"').next()?.parse().ok()).unwrap_or(0);
    for n in 0_i64.. {
        let (points, key) = (Points::hundredths(n % 200 + 1), kernel::Uuid::now_v7());
        let form = format!("_csrf={}&_key={key}&auto=1&field=s-A1&s-A1={points}&r-A1=x&rev={rev}", seat.csrf);
        let sent = Instant::now();
        let reply = client.post(&path, &form).await.unwrap();
        assert!(matches!(reply.status, 200 | 409), "{}: {}", reply.status, reply.body);
        rev = reply.body.split("data-rev=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok()).unwrap();
        let now = Instant::now();
        if now - began > WARM + run {
            return times;
        }
        if now - began > WARM && reply.status == 200 {
            times.push(now - sent);
        }
    }
    times
}
