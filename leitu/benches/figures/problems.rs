//! A list of a million problems: its pages under each filter, what a page costs the processor, and a file of a tenth of it.
use crate::load::client::Client;
use crate::load::province::{Province, maker};
use crate::load::server::Server;
use crate::report::{Report, ms, quantile};
use audit::Event;
use kernel::{OrgId, OrgPath, Points};
use rectification::{By, NewProblem};
use std::sync::Arc;
use std::time::{Duration, Instant};

const BRANCHES: usize = 1_000;
/// Opened in one unit of work.
const CHUNK: usize = 500;
/// Requests of each kind.
const ASKED: usize = 200;
/// Pages turned before the one that lies deep in the list.
const DEEP: usize = 20;

/// Fewer with `LEITU_BENCH_PROBLEMS`, to try it out.
fn problems() -> usize {
    std::env::var("LEITU_BENCH_PROBLEMS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000)
}

pub async fn rows(report: &mut Report) {
    let (home, n) = (tempfile::tempdir().unwrap(), problems());
    let began = Instant::now();
    let province = Province::make(home.path(), None, BRANCHES, 0).await;
    open(&province, n / BRANCHES).await;
    println!("({n} problems opened in {:.0} s)", began.elapsed().as_secs_f64());
    let server = Server::start(home.path(), &[]);
    server.settle();
    let mut client = Client::connect(&server.address, &province.committee.session).await.unwrap();
    lists(report, &server, &mut client, n).await;
    file(report, &server, &mut client, &province).await;
}

/// So many of each branch, opened over two months: some are late, some due soon.
async fn open(province: &Province, each: usize) {
    let calendar = Arc::new(administration::calendar(&province.db).await.unwrap());
    for (org, code) in &province.branches {
        let path = tree::path(&province.db, *org).await.unwrap().unwrap();
        for from in (0..each).step_by(CHUNK) {
            let (calendar, code, path, org) = (calendar.clone(), code.clone(), path.clone(), *org);
            let (board, today, to) = (province.cycle.to_string(), province.today, each.min(from + CHUNK));
            let opened = audit::change(&province.db, maker(), async move |tx| {
                for n in from..to {
                    let new = problem(&(org, code.clone()), path.clone(), board.clone(), format!("A1-{n}"));
                    rectification::open(tx, &new, &calendar, &By::system(maker(), today.plus_days(-(n as i64 % 60)))).await?;
                }
                Ok(((), Event::new("problem.open", "load")))
            });
            opened.await.unwrap();
        }
    }
}

/// One that an acceptance opens.
pub fn problem((org, code): &(OrgId, String), path: OrgPath, board: String, item: String) -> NewProblem {
    NewProblem {
        org: *org,
        org_code: code.clone(),
        path,
        year: 2026,
        board,
        source: "source-acceptance",
        href: String::new(),
        item,
        title: "组织生活记录".into(),
        text: "会议记录缺少应到、实到人数,两次主题党日没有签到".into(),
        lost: Points::hundredths(100),
        workdays: 10,
    }
}

async fn lists(report: &mut Report, server: &Server, client: &mut Client, n: usize) {
    let deep = deep(client).await;
    let kinds = [
        ("open", "/problems?view=list&f=open".into()),
        ("late", "/problems?view=list&f=late".into()),
        ("due soon", "/problems?view=list&f=soon".into()),
        ("deep in the list", deep),
        ("board", "/problems?view=board&f=open".into()),
    ];
    for (name, path) in kinds {
        let (before, mut times) = (server.cpu(), Vec::new());
        for _ in 0..ASKED {
            let began = Instant::now();
            assert_eq!(client.get(&path).await.unwrap().status, 200, "{path}");
            times.push(began.elapsed());
        }
        times.sort();
        let cpu = (server.cpu() - before) / ASKED as u32;
        let ours = format!("p99 {}, {:.2} ms CPU", ms(quantile(&times, 0.99)), cpu.as_secs_f64() * 1e3);
        report.row(&format!("list of {n} problems, {name}"), ours, "p99 ≤ 50 ms, ≤ 1 ms CPU", nothing(server, client).await);
    }
}

/// The address of a page that one comes to by turning pages.
async fn deep(client: &mut Client) -> String {
    let mut path = String::from("/problems?view=list&f=open");
    for _ in 0..DEEP {
        let page = client.get(&path).await.unwrap().body;
        let Some(after) = page.split("after=").nth(1).and_then(|rest| rest.split(['"', '&']).next()) else { break };
        path = format!("/problems?view=list&f=open&after={after}");
    }
    path
}

/// What a request costs that asks for nothing.
pub async fn nothing(server: &Server, client: &mut Client) -> String {
    let before = server.cpu();
    for _ in 0..1_000 {
        assert_eq!(client.get("/health").await.unwrap().status, 200);
    }
    format!("a request for nothing {:.0} µs CPU", (server.cpu() - before).as_secs_f64() * 1e3)
}

async fn file(report: &mut Report, server: &Server, client: &mut Client, province: &Province) {
    let (org, _) = province.branches[0];
    let path = tree::path(&province.db, org).await.unwrap().unwrap();
    let unit = path.parent().unwrap();
    server.forget_peak();
    let (before, began) = (server.own_mib(), Instant::now());
    let asked = format!("/problems/export?format=xlsx&f=open&cycle={}&under={}", province.cycle, unit.as_str());
    let mut reply = client.get(&asked).await.unwrap();
    // So many rows are written while one waits.
    let place = reply.head.lines().find_map(|l| l.strip_prefix("location: ")).map(|at| format!("{at}/file"));
    while let (303 | 404, Some(place)) = (reply.status, &place) {
        assert!(began.elapsed() < Duration::from_secs(120), "no file comes of {asked}");
        tokio::time::sleep(Duration::from_millis(20)).await;
        reply = client.get(place).await.unwrap();
    }
    assert_eq!(reply.status, 200, "{asked}");
    let took = began.elapsed();
    let more = server.peak_mib().saturating_sub(before);
    let ours = format!("{}, +{more} MiB, {:.1} MB", ms(took), reply.bytes as f64 / 1e6);
    let raw = plain(&mut Vec::new(), 100_000);
    report.row("export of a tenth of them, 9 columns, to xlsx over HTTP", ours, "≤ 1.5 s, ≤ 60 MB more", raw);
}

/// The same number of lines put together in memory.
fn plain(out: &mut Vec<u8>, rows: usize) -> String {
    let began = Instant::now();
    for n in 0..rows {
        out.extend_from_slice(
            format!("21-{n}-2026-0001,组织生活记录,会议记录缺少应到、实到人数,第{n}支部,,,2026-11-27,待整改,1.00\n").as_bytes(),
        );
    }
    std::hint::black_box(&out);
    let took: Duration = began.elapsed();
    format!("as text in memory {}", ms(took))
}
