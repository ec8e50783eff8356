//! A start is killed while it brings an older database up to date; the next start goes on and comes to the very schema.
//!
//! How old a database is, is drawn: any first part of the program's migrations may be there already.
use crate::Size;
use crate::dice::Dice;
use crate::postgres::{Cluster, open_up};
use crate::program::{Make, data};
use crate::report::Row;
use db::{Db, Migration};
use std::path::Path;
use std::time::{Duration, Instant};

/// Starts of a control at most: it must fail once in them, and is over then.
const CONTROL: usize = 40;
/// Starts for each interruption that is wanted: many are killed when they are through.
const TRIES: usize = 12;

pub async fn rows(size: Size) -> Vec<Row> {
    let (wanted, name) = (size.of(3, 50), "interrupted migrations");
    let control = "control: each is committed, and noted later";
    let mut rows = vec![
        embedded(&format!("{name}, SQLite"), wanted, None).await,
        embedded(&format!("{name}, SQLite, {control}"), CONTROL, Some("migrate-apart")).await,
    ];
    if !size.is_short() {
        rows.push(served(&format!("{name}, PostgreSQL"), wanted, None).await);
        rows.push(served(&format!("{name}, PostgreSQL, {control}"), CONTROL, Some("migrate-apart")).await);
    }
    rows
}

async fn embedded(name: &str, wanted: usize, defect: Option<&'static str>) -> Row {
    let fresh = tempfile::tempdir().expect("a folder");
    let mut sum = Sum::at(&format!("sqlite:{}", fresh.path().join("fresh.db").display())).await;
    while sum.wants(wanted, defect) {
        let home = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", data(home.path()).join("leitu.db").display());
        leitu::ground::make_private(&data(home.path())).expect("a data directory");
        sum.round(&url, Make { defect, url: None, home: home.path().into(), log: home.path().join("log") }).await;
    }
    sum.row(name, defect)
}

async fn served(name: &str, wanted: usize, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    open_up(home.path());
    let cluster = match Cluster::make(&home.path().join("pg"), &[]) {
        Ok(cluster) => cluster,
        Err(why) => return Row::not_run(name, why),
    };
    let mut sum = Sum::at(&cluster.database("fresh").await.expect("a database")).await;
    while sum.wants(wanted, defect) {
        let (home, database) = (tempfile::tempdir().expect("a folder"), format!("old{}", sum.starts));
        let url = cluster.database(&database).await.expect("a database");
        sum.round(&url, Make { defect, url: Some(url.clone()), home: home.path().into(), log: home.path().join("log") }).await;
    }
    sum.row(name, defect)
}

struct Sum {
    starts: usize,
    /// Killed before all migrations were there.
    interrupted: usize,
    resumed: usize,
    /// What went wrong, the first few.
    wrong: Vec<String>,
    /// Within so long after its beginning a start is killed; at first, how long one takes that nobody kills.
    window: Duration,
    /// What a database that was made at once comes to.
    schema: String,
}

impl Sum {
    async fn at(fresh: &str) -> Sum {
        let schema = schema(fresh, &leitu::house::migrations(&leitu::house::slices())).await;
        Sum { starts: 0, interrupted: 0, resumed: 0, wrong: Vec::new(), window: Duration::ZERO, schema }
    }
    fn wants(&self, wanted: usize, defect: Option<&'static str>) -> bool {
        if defect.is_some() {
            self.wrong.is_empty() && self.starts < wanted
        } else {
            self.interrupted < wanted && self.starts < wanted * TRIES
        }
    }
    async fn round(&mut self, url: &str, make: Make) {
        let all = leitu::house::migrations(&leitu::house::slices());
        let mut dice = Dice::new(7_000 + self.starts as u64);
        let there = dice.below(all.len() as u64) as usize;
        let db = Db::open(url).await.expect("a database");
        db.migrate(&all[..there]).await.expect("an older database");
        let before = noted(&db).await;
        if self.window.is_zero() {
            self.window = whole(&make.home, make.defect);
        }
        let mut child = make.begin(&["serve", "--empty", "--listen", "127.0.0.1:0"]);
        tokio::time::sleep(self.window.mul_f64(dice.below(1000) as f64 / 1000.0)).await;
        child.kill().expect("a process to kill");
        child.wait().expect("its end");
        let after = noted(&db).await;
        self.starts += 1;
        // Killed too late, the next one is killed sooner; in time, and the next may come later.
        let in_time = after < all.len();
        self.window = self.window.mul_f64(if in_time { 1.2 } else { 0.8 });
        self.interrupted += usize::from(in_time);
        match make.serve_empty() {
            Ok(program) => {
                program.stop();
                let checked = make.run(&["doctor"]);
                let same = db.schema().await.expect("a schema") == self.schema;
                if same && checked.status.success() && noted(&db).await == all.len() {
                    self.resumed += 1;
                } else {
                    self.wrong.push(format!("of {before} migrations: doctor {}, schema equal: {same}", checked.status));
                }
            }
            Err(said) => self.wrong.push(format!("of {before} migrations, {after} noted after the kill: {said}")),
        }
    }
    fn row(self, name: &str, defect: Option<&'static str>) -> Row {
        let first = self.wrong.first().map_or(String::new(), |w| format!(" first: {}", w.lines().next().unwrap_or_default()));
        let text =
            format!("starts={} interrupted={} resumed={} wrong={}{first}", self.starts, self.interrupted, self.resumed, self.wrong.len());
        let good = self.wrong.is_empty() && self.interrupted > 0 && self.resumed == self.starts;
        Row::of(name, text, if defect.is_some() { !self.wrong.is_empty() } else { good })
    }
}

/// How many migrations the database says it has.
async fn noted(db: &Db) -> usize {
    db.lookup::<String>("SELECT name FROM migration", &[]).await.map_or(0, |names| names.len())
}

/// The schema of a database that is brought up to date at once.
async fn schema(url: &str, all: &[Migration]) -> String {
    let db = Db::open(url).await.expect("a database");
    db.migrate(all).await.expect("migrations");
    db.schema().await.expect("a schema")
}

/// How long it takes on an empty database until the address is printed.
fn whole(beside: &Path, defect: Option<&'static str>) -> Duration {
    let home = beside.join("whole");
    std::fs::create_dir(&home).expect("a folder");
    let make = Make { defect: defect.map(|_| "none"), url: None, log: home.join("log"), home };
    let began = Instant::now();
    drop(make.serve_empty());
    began.elapsed()
}
