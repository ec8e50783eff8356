//! Two processes on one database: people at either lose nothing when the other is killed, a job is run once, and both show
//! the same figures.
use crate::check::Found;
use crate::client::Client;
use crate::deep;
use crate::dice::Dice;
use crate::flow::Flow;
use crate::kill9::tell;
use crate::program::data;
use crate::report::Row;
use crate::stage::{self, Served};
use db::Db;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);
/// A change is to be seen in every figure above it within a second at most; two cores are shared with the people.
const ADDED_UP: Duration = Duration::from_secs(5);
/// Organisations that one file brings.
const ROWS: usize = 20;

pub async fn killed(name: &str, kills: usize, defect: Option<&'static str>) -> Row {
    let Served { home: _home, cluster, hands, make } = match stage::served(kills / 8 + 3, defect).await {
        Ok(served) => served,
        Err(why) => return Row::not_run(name, why),
    };
    let url = cluster.url();
    let (mut flow, mut dice, mut made) = (Flow::start_many(make, hands, 2), Dice::new(29), 0);
    for kill in 0..kills {
        made += 1;
        flow.turn(kill);
        tokio::time::sleep(Duration::from_millis(100 + dice.below(300))).await;
        flow.restart(kill % 2);
        if defect.is_some() {
            flow.compare(&url, false).await;
            if flow.found.lost > 0 {
                break;
            }
        }
        let back = flow.everybody_again().await.is_some();
        flow.found.half(back || defect.is_some(), || format!("after kill {kill} not everybody could work again"));
        flow.compare(&url, false).await;
    }
    flow.rest().await;
    flow.look(&url).await;
    same_figures(&mut flow).await;
    flow.leave().await;
    tell(name, &format!("kills={made}"), &flow.make, &flow.known, &flow.found)
}

/// Both processes are asked for the overview once nothing moves any more. What was saved last is added up a moment later, so
/// they are asked again until both say the same.
async fn same_figures(flow: &mut Flow) {
    let (mut client, start) = (Vec::new(), Instant::now());
    for address in flow.addresses() {
        client.push(Client::connect(&address, &flow.hands[0].reader.session).await.expect("a connection"));
    }
    loop {
        let mut shown = Vec::new();
        for client in &mut client {
            let page = client.get("/overview").await.expect("the overview");
            let figures: Vec<String> = page.body.split('<').filter_map(|t| t.split_once('>')).map(|(_, text)| text.trim().into()).collect();
            shown.push((page.status, figures));
        }
        let same = shown.iter().all(|s| s.0 == 200 && *s == shown[0]);
        if same || start.elapsed() > ADDED_UP {
            return flow.found.half(same, || format!("the two processes show different figures: {}", apart(&shown)));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The first that one says and the other does not.
fn apart(shown: &[(u16, Vec<String>)]) -> String {
    let [one, other] = shown else { return String::new() };
    let differing = one.1.iter().zip(&other.1).find(|(a, b)| a != b);
    format!("{} and {}, {differing:?}", one.0, other.0)
}

/// Files are handed in at both processes, which look for work at the same time.
pub async fn jobs(name: &str, files: usize, defect: Option<&'static str>) -> Row {
    let Served { home, cluster, hands, make } = match stage::served(1, defect).await {
        Ok(served) => served,
        Err(why) => return Row::not_run(name, why),
    };
    let (url, reader) = (cluster.url(), hands[0].reader.clone());
    let programs: Vec<_> = (0..2).map(|_| make.serve().expect("the program")).collect();
    let mut ids = Vec::new();
    for file in 0..files {
        let mut client = Client::connect(&programs[file % 2].address, &reader.session).await.expect("a connection");
        let body = json!({"kind": "organisations", "file": format!("{file}.csv"), "csv": table(file)}).to_string();
        let sent: Value = serde_json::from_str(&client.call("POST", "/api/v1/imports", &reader.csrf, &body).await.expect("an answer").body)
            .expect("an object");
        ids.push(sent["id"].as_str().unwrap_or_else(|| panic!("no import: {sent}")).to_owned());
    }
    let db = Db::open(&url).await.expect("the database");
    if defect.is_some() {
        let twice = begun_twice(&db).await;
        return Row::of(name, format!("processes=2 jobs={files} run_twice={twice}"), twice > 0);
    }
    let mut found = Found::default();
    for (file, id) in ids.iter().enumerate() {
        let mut client = Client::connect(&programs[file % 2].address, &reader.session).await.expect("a connection");
        let checked = reached(&mut client, &reader.csrf, id, "checked").await;
        let path = format!("/api/v1/imports/{id}/acceptance");
        let accepted = client.call("POST", &path, &reader.csrf, "{}").await.expect("an answer").status == 200;
        let done = reached(&mut client, &reader.csrf, id, "done").await;
        found.half(checked && accepted && done, || format!("file {file}: checked {checked}, accepted {accepted}, done {done}"));
    }
    let twice = once(&db, files, &mut found).await.expect("the jobs");
    found.add(deep::look(&db, &data(home.path()).join("files")).await.expect("a look"));
    for line in &found.words {
        eprintln!("  {line}");
    }
    let holds = twice == 0 && found.is_nothing() && make.panics() == 0;
    Row::of(name, format!("processes=2 jobs={} run_twice={twice} wrong={}", files * 2, found.half), holds)
}

const BEGUN_TWICE: &str = "SELECT COUNT(*) FROM job WHERE attempt > 1";

/// A control is over as soon as one has been.
async fn begun_twice(db: &Db) -> i64 {
    let start = Instant::now();
    loop {
        let twice = db.lookup::<i64>(BEGUN_TWICE, &[]).await.expect("the jobs").first().copied().unwrap_or(0);
        if twice > 0 || start.elapsed() > PATIENCE {
            return twice;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn table(file: usize) -> String {
    let mut text = format!("code,name,type,parent_code,category\n21-9{file},第{file}机关党委,611,21,\n");
    (0..ROWS).for_each(|n| text.push_str(&format!("21-9{file}-{n},第{n}支部,631,21-9{file},\n")));
    text
}

async fn reached(client: &mut Client, csrf: &str, id: &str, state: &str) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        let reply = client.call("GET", &format!("/api/v1/imports/{id}"), csrf, "").await.expect("an answer");
        let there: Value = serde_json::from_str(&reply.body).unwrap_or_default();
        if there["state"] == state || there["state"] == "done" {
            return true;
        }
        if there["state"] == "refused" {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

/// Jobs that have no end yet; an import is seen to be done a moment before its job is.
async fn unended(db: &Db) -> db::Result<i64> {
    let start = Instant::now();
    loop {
        let open = db.lookup::<i64>("SELECT COUNT(*) FROM job WHERE ended_at IS NULL", &[]).await?.first().copied().unwrap_or(0);
        if open == 0 || start.elapsed() > PATIENCE {
            return Ok(open);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Answers how many jobs were begun more than once; every file has brought its rows, by one event.
async fn once(db: &Db, files: usize, found: &mut Found) -> db::Result<i64> {
    let count = async |sql: &'static str| db::Result::Ok(db.lookup::<i64>(sql, &[]).await?.first().copied().unwrap_or(0));
    let rows = count("SELECT COUNT(*) FROM organisation WHERE code >= '21-9' AND code < '21-:'").await?;
    let events = count("SELECT COUNT(*) FROM event WHERE action = 'organisations.import'").await?;
    let all = (files * (ROWS + 1)) as i64;
    found.half(rows == all && events == files as i64, || format!("{rows} of {all} organisations, {events} events for {files} files"));
    let open = unended(db).await?;
    found.half(open == 0, || format!("{open} jobs have no end"));
    count(BEGUN_TWICE).await
}
