//! Backups made while 32 people work, each put back where nothing is yet: what was acknowledged before it began is there, nothing
//! is half there, every table has the very content the backup tells of, and nothing is ever put over what is there.
use crate::Size;
use crate::check::There;
use crate::deep;
use crate::flow::Flow;
use crate::postgres::{Cluster, open_up};
use crate::program::{Make, data};
use crate::report::Row;
use crate::stage::{self, Served};
use db::{Content, Db};
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

/// Drills of a control at most: it must fail in one of them, and is over then.
const CONTROL: usize = 20;
/// So long people work beside a backup; if they never rested, each would be larger than the last by a multiple.
const LOAD: Duration = Duration::from_secs(1);
/// Sheets that each inspector may hand in.
const SHEETS: usize = 6;

pub async fn rows(size: Size) -> Vec<Row> {
    let (drills, name) = (size.of(2, 20), "backups under load");
    let control = "control: evidence is copied before the database";
    let mut rows = vec![
        embedded(&format!("{name}, SQLite"), drills, None).await,
        embedded(&format!("{name}, SQLite, {control}"), CONTROL, Some("evidence-first")).await,
    ];
    if !size.is_short() {
        rows.push(served(&format!("{name}, PostgreSQL"), drills).await);
    }
    rows
}

async fn embedded(name: &str, drills: usize, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    let hands = stage::make(home.path(), None, SHEETS).await;
    let make = Make { defect, url: None, home: home.path().into(), log: home.path().join("log") };
    let mut course = Course::of(Flow::start(make, hands));
    while course.wants(drills) {
        let to = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", data(to.path()).join("leitu.db").display());
        course.drill(to.path(), None, &url).await;
    }
    course.end(name).await
}

async fn served(name: &str, drills: usize) -> Row {
    let Served { cluster, home: _home, hands, make } = match stage::served(SHEETS, None).await {
        Ok(served) => served,
        Err(why) => return Row::not_run(name, why),
    };
    let mut course = Course::of(Flow::start(make, hands));
    while course.wants(drills) {
        let to = tempfile::tempdir().expect("a folder");
        open_up(to.path());
        let url = fresh(&cluster, course.drills).await;
        course.drill(to.path(), Some(url.clone()), &url).await;
    }
    course.end(name).await
}

async fn fresh(cluster: &Cluster, n: usize) -> String {
    cluster.database(&format!("drill{n}")).await.expect("a database")
}

struct Course {
    flow: Flow,
    drills: usize,
    /// Attempts to put a backup over what is there that were refused.
    refused: usize,
    /// Making one and putting it back.
    slowest: Duration,
    events: u64,
    evidence: u64,
    wrong: Vec<String>,
}

impl Course {
    fn of(flow: Flow) -> Course {
        Course { flow, drills: 0, refused: 0, slowest: Duration::ZERO, events: 0, evidence: 0, wrong: Vec::new() }
    }
    fn wants(&self, drills: usize) -> bool {
        self.drills < drills && !(self.flow.make.defect.is_some() && self.has_failed())
    }
    fn has_failed(&self) -> bool {
        !self.wrong.is_empty() || !self.flow.found.is_nothing()
    }
    /// One backup, put back below `home` and read at `url`.
    async fn drill(&mut self, home: &Path, server: Option<String>, url: &str) {
        self.flow.go_on();
        self.flow.everybody_again().await;
        self.flow.turn(self.drills);
        self.drills += 1;
        let make = self.flow.make.clone();
        let to = Make { url: server, home: home.into(), log: make.log.clone(), ..make.clone() };
        let copy = tempfile::tempdir().expect("a folder");
        let dir = copy.path().join("backup");
        let floor = self.flow.journals();
        let work = async {
            tokio::time::sleep(LOAD).await;
            self.flow.rest().await;
        };
        let ((made, making), ()) = tokio::join!(run(&make, "backup", Some(&dir)), work);
        let ceiling = self.flow.journals();
        if !self.good("backup", &made) {
            return;
        }
        // Keys travel by another way (docs/operations.md).
        leitu::ground::make_private(&data(home)).expect("a data directory");
        carry(&data(&make.home).join("keys"), &data(home).join("keys"));
        let (back, putting_back) = run(&to, "restore", Some(&dir)).await;
        self.slowest = self.slowest.max(making + putting_back);
        if !self.good("restore", &back) {
            return;
        }
        let db = Db::open(url).await.expect("the restored database");
        // First: whoever looks at the figures folds what is to be added to them.
        self.same(&dir, &db.contents().await.expect("its content"));
        let there = There::read(&db).await.expect("what is there");
        self.flow.found.add(there.compare(&self.flow.hands, &floor, &ceiling));
        self.flow.found.add(deep::look(&db, &data(home).join("files")).await.expect("a look"));
        drop(db);
        let (looked, _) = run(&to, "doctor", None).await;
        self.good("doctor", &looked);
        let (over, _) = run(&to, "restore", Some(&dir)).await;
        self.refused += usize::from(!over.status.success());
    }
    fn good(&mut self, what: &str, ran: &Output) -> bool {
        if !ran.status.success() {
            let said = [&ran.stdout, &ran.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
            self.wrong.push(format!("{what}: {}", said.lines().last().unwrap_or_default()));
        }
        ran.status.success()
    }
    /// Table by table as the backup tells; to the log one event has come, that it was restored.
    fn same(&mut self, dir: &Path, found: &[Content]) {
        let text = std::fs::read_to_string(dir.join("manifest.json")).expect("a manifest");
        let told: Value = serde_json::from_str(&text).expect("a manifest");
        self.events = self.events.max(told["audit"]["events"].as_u64().unwrap_or(0));
        self.evidence = self.evidence.max(told["evidence"]["files"].as_u64().unwrap_or(0));
        let tables = told["tables"].as_array().expect("tables");
        if tables.len() != found.len() {
            self.wrong.push(format!("{} tables of {}", found.len(), tables.len()));
        }
        for table in tables {
            let (name, rows) = (table["name"].as_str().unwrap_or_default(), table["rows"].as_u64().unwrap_or(0));
            let more = u64::from(name == "event");
            let is_same = found.iter().any(|c| {
                let digest: String = c.digest.iter().map(|b| format!("{b:02x}")).collect();
                c.table == name && c.rows == rows + more && (more > 0 || table["digest"] == digest.as_str())
            });
            if !is_same {
                self.wrong.push(format!("table {name} is not what the backup tells"));
            }
        }
    }
    async fn end(mut self, name: &str) -> Row {
        self.flow.leave().await;
        let (acknowledged, panics) = (self.flow.acknowledged(), self.flow.make.panics());
        let Course { flow, drills, refused, slowest, events, evidence, wrong } = self;
        let found = &flow.found;
        let text = format!(
            "drills={drills} slowest={:.1}s events={events} evidence={evidence} acknowledged={acknowledged} lost={} doubled={} half={} wrong={} \
             refused_over_data={refused} panics={panics}",
            slowest.as_secs_f64(),
            found.lost,
            found.doubled,
            found.half,
            wrong.len()
        );
        let all_well = found.is_nothing() && wrong.is_empty() && refused == drills && panics == 0 && evidence > 0;
        let holds = if flow.make.defect.is_some() { !found.is_nothing() || !wrong.is_empty() } else { all_well };
        let first =
            wrong.iter().chain(&found.words).next().filter(|_| !holds).map_or(String::new(), |w| format!(": {}", w.replace('|', "/")));
        Row::of(name, text + &first, holds)
    }
}

/// Runs a command of the program; how long it took.
async fn run(make: &Make, command: &'static str, dir: Option<&Path>) -> (Output, Duration) {
    let (make, dir) = (make.clone(), dir.map(|d| d.to_string_lossy().into_owned()));
    let run = move || {
        let began = Instant::now();
        (make.run(&[Some(command), dir.as_deref()].into_iter().flatten().collect::<Vec<_>>()), began.elapsed())
    };
    tokio::task::spawn_blocking(run).await.expect("a command")
}

/// A folder of files, with their permissions.
fn carry(from: &Path, to: &Path) {
    leitu::ground::make_private(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a file");
    }
}
