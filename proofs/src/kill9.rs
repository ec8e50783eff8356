//! kill -9 while 32 people work: whatever was acknowledged is there after the restart, once, and nothing is half there.
//!
//! A kill alone says little of the disk, since the system's cache survives it. It proves that no answer leaves before the
//! commit, that what is begun is rolled back as a whole, and that a request sent again with its key is done once.
use crate::Size;
use crate::check::{Found, There};
use crate::deep;
use crate::dice::Dice;
use crate::kill9pg::killed;
use crate::program::{Make, Program, data};
use crate::report::Row;
use crate::stage::{self, Hand, PEOPLE, Served};
use crate::work::{Gate, Journal, Known, work};
use db::Db;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Rounds between two looks at everything.
const DEEP: usize = 100;
/// In each round every eighth person may hand in a sheet.
const TURN: usize = 8;
/// Kills of a control at most: it must lose at least once in them, and is over then.
const CONTROL: usize = 20;
const PATIENCE: Duration = Duration::from_secs(5);

pub async fn rows(size: Size) -> Vec<Row> {
    let kills = size.of(4, 1000);
    let mut rows = vec![
        sqlite("kill9 SQLite", kills, None).await,
        sqlite("kill9 SQLite, control: answers before the commit", CONTROL, Some("answer-first")).await,
        killed("kill9 PostgreSQL, killing PostgreSQL", size.of(2, 200), None).await,
    ];
    if !size.is_short() {
        let (server, program) = ("kill9 PostgreSQL, killing PostgreSQL", "kill9 PostgreSQL, killing Leitu");
        rows.push(killed(&format!("{server}, control: synchronous_commit=off"), CONTROL, Some("commit-off")).await);
        rows.push(postgres(program, kills, None).await);
        rows.push(postgres(&format!("{program}, control: answers before the commit"), CONTROL, Some("answer-first")).await);
    }
    rows
}

async fn sqlite(name: &str, kills: usize, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    let hands = stage::make(home.path(), None, kills / TURN + 3).await;
    let make = Make { defect, url: None, home: home.path().into(), log: home.path().join("log") };
    let url = format!("sqlite:{}", data(home.path()).join("leitu.db").display());
    Scene::new(make, url, hands).kill(name, kills).await
}

async fn postgres(name: &str, kills: usize, defect: Option<&'static str>) -> Row {
    match stage::served(kills / TURN + 3, defect).await {
        Ok(Served { home: _home, cluster, hands, make }) => Scene::new(make, cluster.url(), hands).kill(name, kills).await,
        Err(why) => Row::not_run(name, why),
    }
}

/// A program that is killed again and again over the same data.
pub struct Scene {
    make: Make,
    /// Where the proof itself reads.
    url: String,
    hands: Vec<Hand>,
    known: Vec<Known>,
    found: Found,
    rounds: usize,
    dice: Dice,
}

impl Scene {
    pub fn new(make: Make, url: String, hands: Vec<Hand>) -> Scene {
        let known = hands.iter().map(|_| Known::default()).collect();
        Scene { make, url, hands, known, found: Found::default(), rounds: 0, dice: Dice::new(7) }
    }
    /// A control has done its work once it has lost something.
    async fn kill(mut self, name: &str, kills: usize) -> Row {
        while self.rounds < kills && !(self.make.defect.is_some() && self.found.lost > 0) {
            self.round().await;
        }
        self.close(name).await
    }
    /// The program serves, people work, it is killed.
    pub async fn round(&mut self) {
        let program = serve(&self.make);
        self.compare().await;
        let people = send(&self.hands, &self.known, &[Gate::to(&program.address, false)], self.rounds);
        self.first_answer().await;
        tokio::time::sleep(Duration::from_millis(self.dice.below(300))).await;
        program.kill();
        for person in people {
            person.await.expect("a person");
        }
        self.rounds += 1;
    }
    /// On a slow machine the first pages take their time; a kill before them would prove nothing.
    async fn first_answer(&self) {
        let all = || self.known.iter().map(|k| k.lock().tally.acknowledged).sum::<u64>();
        let (before, start) = (all(), Instant::now());
        while all() == before && start.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
    /// The program has recovered by itself and serves; nobody works yet.
    async fn compare(&mut self) {
        let db = Db::open(&self.url).await.expect("the database");
        let there = There::read(&db).await.expect("what is there");
        let said: Vec<Journal> = self.known.iter().map(Known::copy).collect();
        self.found.add(there.compare(&self.hands, &said, &said));
        adopt(&there, &self.hands, &self.known);
        if self.rounds % DEEP == DEEP - 1 {
            self.look().await;
        }
    }
    /// Looks at everything, whether anybody serves it or not.
    pub async fn look(&mut self) {
        let db = Db::open(&self.url).await.expect("the database");
        self.found.add(deep::look(&db, &data(&self.make.home).join("files")).await.expect("a look"));
    }
    /// What was found so far, and how much was acknowledged.
    pub fn outcome(&self) -> (&Found, u64) {
        (&self.found, self.known.iter().map(|k| k.lock().tally.acknowledged).sum())
    }
    /// Everybody repeats what got no answer, and everything is looked at once more.
    async fn close(mut self, name: &str) -> Row {
        let program = serve(&self.make);
        self.compare().await;
        self.look().await;
        drop(program);
        tell(name, &format!("kills={}", self.rounds), &self.make, &self.known, &self.found)
    }
}

/// A program with a planted defect may stumble over it while it starts.
pub fn serve(make: &Make) -> Program {
    let mut tries = if make.defect.is_some() { 5 } else { 1 };
    loop {
        tries -= 1;
        match make.serve() {
            Ok(program) => return program,
            Err(why) if tries == 0 => panic!("the program does not start: {why}"),
            Err(_) => {}
        }
    }
}

/// Everybody goes to work.
pub fn send(hands: &[Hand], known: &[Known], gates: &[Arc<Gate>], turn: usize) -> Vec<tokio::task::JoinHandle<()>> {
    let people = hands.iter().zip(known).enumerate();
    people
        .map(|(person, (hand, known))| {
            known.lock().may_hand_in = usize::from((person + turn).is_multiple_of(TURN));
            tokio::spawn(work(person, hand.clone(), known.clone(), gates[person % gates.len()].clone()))
        })
        .collect()
}

/// From now on everybody knows what is there; after a loss they would ask for what nobody has.
pub fn adopt(there: &There, hands: &[Hand], known: &[Known]) {
    for (person, hand) in hands.iter().enumerate() {
        let (sheets, saved, files) = there.journal(person, hand);
        let mut journal = known[person].lock();
        let before = (journal.sheets, journal.saved, journal.files);
        if before == (sheets, saved, files) {
            continue;
        }
        // What was in flight has arrived: its answer is still asked for.
        if journal.pending.is_none() || (sheets, saved, files) < before {
            (journal.sheets, journal.saved, journal.files) = (sheets, saved, files);
            journal.pending = None;
        }
    }
}

/// The row: a program as it ships loses nothing, a control loses something.
pub fn tell(name: &str, how: &str, make: &Make, known: &[Known], found: &Found) -> Row {
    let all: Vec<Journal> = known.iter().map(Known::copy).collect();
    let acknowledged: u64 = all.iter().map(|j| j.tally.acknowledged).sum();
    let refused: u64 = all.iter().map(|j| j.tally.refused).sum();
    let surprises: Vec<&String> = all.iter().flat_map(|j| &j.tally.surprises).collect();
    let panics = make.panics();
    let Found { lost, doubled, half, words } = found;
    let text = format!(
        "{how} acknowledged={acknowledged} lost={lost} doubled={doubled} half={half} refused={refused} surprises={} panics={panics}",
        surprises.len()
    );
    let holds = match make.defect {
        Some(_) => *lost > 0,
        None => found.is_nothing() && surprises.is_empty() && panics == 0 && acknowledged > PEOPLE as u64,
    };
    let told: Vec<&String> = words.iter().chain(surprises.into_iter().take(5)).collect();
    if !holds || make.defect.is_none() {
        told.iter().for_each(|line| eprintln!("  {line}"));
    }
    // Numbers alone have told nobody afterwards what it was.
    let first = told.first().filter(|_| !holds).map_or(String::new(), |line| format!(": {}", line.replace('|', "/")));
    Row::of(name, text + &first, holds)
}
