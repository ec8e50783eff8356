//! Serving as an administrator sees it: what is refused, what is printed, what passes through which door.
use crate::program::{Home, Ran, ask};
use access::System;
use audit::Event;
use db::Db;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tabular::{Limits, Reader};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto::ring};

fn certificate(name: &str) -> String {
    format!("{}/tests/certificate/{name}.pem", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_taken_port_is_said_so_and_nothing_is_made() {
    let home = Home::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = taken.local_addr().unwrap().to_string();
    let ran = home.run(&format!("serve --empty --listen {at}"));
    assert!(ran.code == 1 && ran.err.contains(&at) && ran.err.contains("--listen"), "{ran:?}");
    assert!(!home.path().join("data").exists());
}

#[test]
fn plain_http_beyond_this_machine_is_refused_unless_somebody_says_so() {
    let home = Home::new();
    let refused = home.run("serve --empty --listen 0.0.0.0:0");
    assert!(refused.code == 1 && ["--tls-cert", "--public-url", "--insecure-http"].iter().all(|o| refused.err.contains(o)), "{refused:?}");
    let served = home.serve("serve --empty --listen 0.0.0.0:0 --insecure-http");
    assert!(served.first.contains("http://0.0.0.0:"), "{}", served.first);
}

#[test]
fn an_empty_installation_prints_the_address_and_a_code_and_stops_when_told() {
    let home = Home::new();
    let mut served = home.serve("--empty --listen 127.0.0.1:0");
    assert!(served.first.starts_with("打开 http://127.0.0.1:"), "{}", served.first);
    assert!(served.get("/health", "").starts_with("HTTP/1.1 200"));
    assert!(served.get("/", "").contains("location: /set-up"));
    Command::new("kill").args(["-TERM", &served.child.id().to_string()]).status().unwrap();
    assert!(served.child.wait().unwrap().success());
    let mut rest = String::new();
    served.out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest.lines().count(), 1, "one line with the one-time code: {rest}");
}

#[test]
fn a_program_whose_lines_nobody_reads_serves_on() {
    let (home, free) = (Home::new(), TcpListener::bind("127.0.0.1:0").unwrap());
    let at = free.local_addr().unwrap().to_string();
    drop(free);
    let mut child = home.command().args(["serve", "--empty", "--listen", &at]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let answer = (0..600).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        TcpStream::connect(&at).ok().map(|door| ask(door, "/health", ""))
    });
    let ended = child.try_wait().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answer.is_some_and(|a| a.starts_with("HTTP/1.1 200")) && ended.is_none(), "it ended: {ended:?}");
}

#[test]
fn https_is_served_with_a_certificate_and_its_cookies_stay_with_the_host() {
    let home = Home::new();
    let served =
        home.serve(&format!("serve --empty --listen 127.0.0.1:0 --tls-cert {} --tls-key {}", certificate("cert"), certificate("key")));
    assert!(served.first.contains("https://127.0.0.1:"), "{}", served.first);
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate("cert")).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap();
    let answer = ask(StreamOwned::new(client, TcpStream::connect(served.address()).unwrap()), "/set-up", "");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("__Host-leitu-device=") && answer.contains("; Secure"), "{answer}");
    let swapped =
        home.run(&format!("serve --empty --listen 127.0.0.1:0 --tls-cert {} --tls-key {}", certificate("key"), certificate("cert")));
    assert_eq!(swapped.code, 1);
}

#[test]
fn behind_a_proxy_plain_requests_go_to_the_public_address() {
    let home = Home::new();
    // The printed address is the proxy's, so ours is chosen beforehand.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let line = format!("serve --empty --listen 127.0.0.1:{port} --public-url https://leitu.example --trusted-proxy 127.0.0.1");
    let served = home.serve(&line);
    assert_eq!(served.first, "打开 https://leitu.example\n");
    let get = |headers: &str| ask(TcpStream::connect(("127.0.0.1", port)).unwrap(), "/set-up", headers);
    assert!(get("x-forwarded-proto: https\r\n").starts_with("HTTP/1.1 200"));
    assert!(get("x-forwarded-proto: http\r\n").contains("location: https://leitu.example/set-up"));
}

#[test]
fn the_first_start_loads_the_demo_and_answers_no_page_before_it_is_there() {
    let home = Home::new();
    killed_while_it_loads(&home);
    let (served, beside) = std::thread::scope(|s| {
        let beside = s.spawn(|| while_it_loads(&home));
        (home.serve("--listen 127.0.0.1:0"), beside.join().unwrap())
    });
    // It has waited for the demo, and made no database in its place.
    assert!(beside.code == 0 && beside.out.contains("定稿结果与按当时数据重算的一致，共 1 版"), "{beside:?}");
    assert!(served.first.starts_with("打开 http://127.0.0.1:") && served.first.ends_with(" ，演示数据已装好\n"), "{}", served.first);
    let start = served.get("/", "");
    assert!(start.starts_with("HTTP/1.1 200") && start.contains("选一个身份开始体验"), "{start}");
    let identities = ["committee", "reviewer", "deputy", "secretary", "member", "inspector"];
    assert!(identities.iter().all(|role| start.contains(&format!("/start/{role}"))));
    drop(served);
    assert!(!home.path().join("data/demo.part").exists());
    assert_eq!(home.run("audit verify").code, 0);
    assert_eq!(home.run("doctor").code, 0);
    the_commands_know_its_cycles(&home);
    let again = home.serve("--demo --listen 127.0.0.1:0");
    assert!(again.first.ends_with(" ，演示数据已装好\n"));
}

/// A command begun once the start has made a new half in place of the larger one that was left.
fn while_it_loads(home: &Home) -> Ran {
    let half = home.path().join("data/demo.part/leitu.db");
    while std::fs::metadata(&half).map_or(u64::MAX, |m| m.len()) >= HALF {
        std::thread::sleep(Duration::from_millis(20));
    }
    home.run("doctor")
}

/// Bytes.
const HALF: u64 = 4 << 20;

/// Half a demo stands aside, where no start looks for a database.
fn killed_while_it_loads(home: &Home) {
    let mut child = home.command().args(["--listen", "127.0.0.1:0"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let half = home.path().join("data/demo.part/leitu.db");
    while std::fs::metadata(&half).map_or(0, |m| m.len()) < HALF {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(half.exists() && !home.path().join("data/leitu.db").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_in_which_a_demo_was_begun_and_not_ended_is_not_served() {
    let home = Home::new();
    assert_eq!(home.run("doctor").code, 0);
    let db = Db::open(&format!("sqlite:{}", home.path().join("data/leitu.db").display())).await.unwrap();
    // The first thing that loading does; it does so in place only on PostgreSQL.
    audit::note(&db, &System::job("demo"), Event::new("edition.publish", "edition:1")).await.unwrap();
    let refused = home.run("serve --listen 127.0.0.1:0");
    assert!(refused.code == 1 && refused.err.contains("中断") && refused.err.contains("--demo"), "{refused:?}");
}

#[test]
fn the_demo_goes_into_a_new_database_only() {
    let home = Home::new();
    assert_eq!(home.run("doctor").code, 0, "a command makes an empty database");
    let refused = home.run("serve --demo --listen 127.0.0.1:0");
    assert!(refused.code == 1 && refused.err.contains("--demo"), "{refused:?}");
    let served = home.serve("serve --listen 127.0.0.1:0");
    assert!(!served.first.contains("演示"), "{}", served.first);
}

/// Beside the demo's other commands, on its two cycles: 2025 is final, 2026 the only open one.
fn the_commands_know_its_cycles(home: &Home) {
    home.run("audit export log.chain");
    let chain = std::fs::read_to_string(home.path().join("log.chain")).unwrap();
    let opened = chain.lines().find(|line| line.contains("cycle.open")).unwrap();
    let last = opened.split("cycle:").nth(1).unwrap()[..32].to_owned();
    let graded = home.run(&format!("cycle grade {last} --json"));
    let grading: serde_json::Value = serde_json::from_str(&graded.out).unwrap();
    let first = &grading["rows"][0];
    assert!(grading["final"] == true && grading["branches"].as_u64() > Some(1000) && first["rank"] == 1, "{first}");
    let code = first["branch_code"].as_str().unwrap();
    let why = home.run(&format!("explain {last} {code} --json"));
    let why: serde_json::Value = serde_json::from_str(&why.out).unwrap();
    assert_eq!(why["total"], first["total"]);
    let ledger = home.run(&format!("export ledger {last} --format csv"));
    assert!(ledger.out.contains("branch_code,branch_name,total,grade,star,rank,previous_grade,change"), "{}", &ledger.out[..200]);
    the_ledger_of_the_demo_says_so(home, &last);
    home.write("facts.csv", &format!("branch_code,key,value,source\n{code},study.members_reaching_32h_ratio,0.5,x\n"));
    home.write("bad.csv", &format!("branch_code,key,value,source\n{code},study.hours,-1,x\n9999,orglife.held,1,x\n"));
    assert_eq!(home.run("import facts facts.csv").code, 0);
    let bad = home.run("import facts bad.csv --json");
    let bad: serde_json::Value = serde_json::from_str(&bad.out).unwrap();
    assert!(bad["ok"] == false && bad["bad"].as_array().unwrap().len() >= 2, "{bad}");
    assert_eq!(home.run(&format!("import facts facts.csv --cycle {last}")).code, 1, "a final cycle takes nothing in");
}

/// In the workbook, which people hand on; the other two are read by programs.
fn the_ledger_of_the_demo_says_so(home: &Home, cycle: &str) {
    assert_eq!(home.run(&format!("export ledger {cycle} --format xlsx --out ledger.xlsx")).code, 0);
    let note = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let reader = Reader::Child { exe: env!("CARGO_BIN_EXE_leitu").into() };
        let mut rows = tabular::read_sheet(&home.path().join("ledger.xlsx"), Some("说明"), &reader, Limits::default()).await.unwrap();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().await.unwrap() {
            lines.push(row.cells.join(" "));
        }
        lines
    });
    let begins = ["演示 演示数据", "内容 台账", "导出人 服务器用户 ", "导出时间 2026-", "筛选条件 2025"];
    assert!(note.len() == begins.len() && note.iter().zip(begins).all(|(line, begin)| line.starts_with(begin)), "{note:?}");
}
