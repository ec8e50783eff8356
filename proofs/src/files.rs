//! Hostile files: each is handed in where people hand in theirs, by somebody who may, and is refused in words or lies there
//! without harm; within a second, without much memory, while somebody else goes on looking at pages.
use crate::client::Client;
use crate::hostile::{Bait, End, Hostile, To, all};
use crate::kill9::serve;
use crate::probe::{Probe, Sight};
use crate::program::{Make, Program};
use crate::province::{Province, Seat};
use crate::report::{Row, is_timed};
use crate::sender::{Answer, Form, send};
use crate::stage::INDICATOR;
use crate::weigh::Scales;
use crate::{Size, cells};
use db::Db;
use kernel::{CycleId, FileId, Uuid};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// An unoptimised build may take five times as long: it is not what people use.
fn most() -> Duration {
    Duration::from_secs(if is_timed() { 1 } else { 5 })
}
/// What the server and the child that reads may hold more than before, MiB.
const MORE: u64 = 64;
/// How long an import is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn rows(size: Size) -> Vec<Row> {
    let name = "hostile files";
    // A test run hands in every third.
    let step = size.of(3, 1);
    let mut rows = vec![
        handed_in(name, None, |at, _| at % step == 0).await,
        handed_in(&format!("{name}, control: a kind is what the name says"), Some("believe-names"), |_, h| h.to == To::Evidence).await,
        handed_in(&format!("{name}, control: tables are read by the server itself"), Some("read-here"), |_, h| h.what.contains("strings"))
            .await,
    ];
    rows.extend(cells::rows(size).await);
    rows
}

/// Everything around the files.
struct Office {
    home: TempDir,
    make: Make,
    db: Db,
    cycle: CycleId,
    committee: Seat,
    secretary: Seat,
    address: String,
}

/// What came of one file.
struct Outcome {
    /// `Err` with what is wrong.
    end: Result<(), String>,
    status: u16,
    took: Duration,
}

/// All together.
#[derive(Default)]
struct Sum {
    files: usize,
    refused: usize,
    wrong: usize,
    failures: usize,
    slowest: Duration,
    heaviest: u64,
}

async fn handed_in(name: &str, defect: Option<&'static str>, wanted: impl Fn(usize, &Hostile) -> bool) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    let trap = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let bait =
        Bait { path: home.path().join("bait").to_string_lossy().into(), address: trap.local_addr().expect("an address").to_string() };
    let province = Province::make(home.path(), None, 120, 1).await;
    let make = Make { defect, url: None, home: home.path().into(), log: home.path().join("log") };
    let mut program = serve(&make);
    let (address, secretary) = (program.address.clone(), province.seats[0].clone());
    let Province { db, cycle, committee, .. } = province;
    let office = Office { home, make, db, cycle, committee, secretary, address };
    let probe =
        Probe::start(Sight { address: office.address.clone(), session: office.committee.session.clone(), path: "/todo", kept: false });
    let (mut sum, scales) = (Sum::default(), Scales::new(program.id()));
    for hostile in all(&bait).iter().enumerate().filter(|(at, h)| wanted(*at, h)).map(|(_, h)| h) {
        office.one(hostile, &mut program, &scales, &mut sum).await;
        if !program.lives() {
            break;
        }
    }
    let (lives, looks, kept) = (program.lives(), probe.end().await, scales.kept());
    let (outside, asked) = (usize::from(fs::exists(&bait.path).unwrap_or(true)), asked(&trap).await);
    let panics = office.make.panics();
    let Sum { files, refused, wrong, failures, slowest, heaviest } = sum;
    let text = format!(
        "files={files} refused={refused} inert={} wrong={wrong} answers_of_5xx={failures} slowest={:.2}s of {}s memory=+{heaviest}MiB of {MORE}, kept=+{kept}MiB \
         outside={outside} connections={asked} looks={} failed={} p95={} ended={} panics={panics}",
        files - refused - wrong,
        slowest.as_secs_f64(),
        most().as_secs(),
        looks.number(),
        looks.failed,
        looks.p95(),
        usize::from(!lives),
    );
    let held = wrong + failures + outside + asked + looks.failed + panics == 0 && lives && slowest <= most() && heaviest.max(kept) <= MORE;
    Row::of(name, text, if defect.is_some() { wrong > 0 || !lives } else { held && files > 40 })
}

/// Whether anybody came to where nobody may.
async fn asked(trap: &TcpListener) -> usize {
    usize::from(tokio::time::timeout(Duration::from_millis(50), trap.accept()).await.is_ok())
}

impl Office {
    async fn one(&self, hostile: &Hostile, program: &mut Program, scales: &Scales, sum: &mut Sum) {
        let begun = scales.begin();
        let outcome = self.outcome(hostile).await;
        let weight = scales.end(&begun);
        sum.files += 1;
        sum.failures += usize::from(outcome.status >= 500);
        sum.slowest = sum.slowest.max(outcome.took);
        sum.heaviest = sum.heaviest.max(weight);
        let slow = if outcome.took > most() { Some(format!("{:.1}s", outcome.took.as_secs_f64())) } else { None };
        let heavy = (weight > MORE).then(|| format!("+{weight}MiB"));
        match &outcome.end {
            Ok(()) => sum.refused += usize::from(matches!(hostile.end, End::Refused(_) | End::CutOff)),
            Err(_) => sum.wrong += 1,
        }
        let lives = program.lives();
        let words: Vec<String> =
            outcome.end.err().into_iter().chain(slow).chain(heavy).chain((!lives).then(|| "the program has ended".into())).collect();
        if !words.is_empty() && self.make.defect.is_none() {
            eprintln!("  {}: {}", hostile.what, words.join("; "));
        }
    }

    async fn outcome(&self, hostile: &Hostile) -> Outcome {
        let start = Instant::now();
        let done = match hostile.to {
            To::Verifier => return self.verified(hostile).await,
            To::Import(kind) => self.import(kind, hostile).await,
            To::Evidence => self.evidence(hostile).await,
            To::Publish(path) => self.publish(path, hostile).await,
            To::Field(name) => self.field(name, hostile).await,
        };
        done.unwrap_or_else(|e| Outcome { end: Err(e.to_string()), status: 0, took: start.elapsed() })
    }

    fn form<'f>(&'f self, who: &'f Seat, path: String, file: &'f Hostile, more: &[(&'f str, String)]) -> Form<'f> {
        let own = [("_csrf", who.csrf.clone()), ("_key", Uuid::now_v7().to_string())];
        Form { path, session: &who.session, fields: own.into_iter().chain(more.iter().cloned()).collect(), file, instead: None }
    }

    async fn import(&self, kind: &str, hostile: &Hostile) -> std::io::Result<Outcome> {
        let choice = if matches!(kind, "facts" | "scores") { self.cycle.to_string() } else { String::new() };
        let form = self.form(&self.committee, "/imports".into(), hostile, &[("kind", kind.into()), ("choice", choice)]);
        let answer = send(&self.address, form).await?;
        let (Some(303), Some(path)) = (answer.status, &answer.location) else { return Ok(told(hostile, answer)) };
        let (start, mut client) = (Instant::now(), Client::connect(&self.address, &self.committee.session).await?);
        let there = loop {
            let reply = client.call("GET", &format!("/api/v1{path}"), &self.committee.csrf, "").await?;
            let there: Value = serde_json::from_str(&reply.body).unwrap_or_default();
            if there["state"] != "checking" || start.elapsed() > PATIENCE {
                break there;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        let took = answer.took + start.elapsed();
        let said = plain(&there.to_string());
        let end = match (hostile.end, there["state"].as_str()) {
            (End::Refused(words), Some("refused")) if said.contains(words) => Ok(()),
            (End::Harmless, Some("checked")) => Ok(()),
            _ => Err(said.chars().take(400).collect()),
        };
        Ok(Outcome { end, status: 200, took })
    }

    async fn evidence(&self, hostile: &Hostile) -> std::io::Result<Outcome> {
        let path = format!("/sheets/{}/evidence/{INDICATOR}", self.secretary.sheet);
        let answer = send(&self.address, self.form(&self.secretary, path, hostile, &[])).await?;
        let (Some(303), End::Inert(media)) = (answer.status, hostile.end) else { return Ok(told(hostile, answer)) };
        db::row! { struct Kept { id: FileId, name: String } }
        let kept: Vec<Kept> = self.db.lookup("SELECT id, name FROM file ORDER BY id DESC LIMIT 1", &[]).await.unwrap_or_default();
        let Some(kept) = kept.first() else { return Ok(Outcome { end: Err("nothing was kept".into()), status: 303, took: answer.took }) };
        let file = Client::connect(&self.address, &self.secretary.session).await?.get(&format!("/files/{}", kept.id)).await?;
        let end = inert(&file.head, media).and_then(|()| plain_name(&kept.name));
        Ok(Outcome { end, status: file.status, took: answer.took })
    }

    /// Only checked: what is hostile is not fit to be published.
    async fn publish(&self, path: &str, hostile: &Hostile) -> std::io::Result<Outcome> {
        let form = self.form(&self.committee, path.into(), hostile, &[("step", "check".into())]);
        Ok(told(hostile, send(&self.address, form).await?))
    }

    async fn field(&self, name: &'static str, hostile: &Hostile) -> std::io::Result<Outcome> {
        let form = self.form(&self.committee, "/imports".into(), hostile, &[("kind", String::new())]);
        Ok(told(hostile, send(&self.address, Form { instead: Some(name), ..form }).await?))
    }

    /// A program of its own, with its own memory: it is watched like a child.
    async fn verified(&self, hostile: &Hostile) -> Outcome {
        let path: PathBuf = self.home.path().join(&*String::from_utf8_lossy(&hostile.name));
        fs::write(&path, hostile.content.pieces().collect::<Vec<_>>().concat()).expect("a log");
        let (start, make) = (Instant::now(), self.make.clone());
        let run = tokio::task::spawn_blocking(move || make.run(&["audit", "verify", &path.to_string_lossy()]));
        let output = run.await.expect("a verifier");
        // One that is refused says so and ends with 1 or 2; one that is killed ends without a code.
        let end = match output.status.code() {
            Some(1 | 2) if !output.stderr.is_empty() => Ok(()),
            _ => Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr))),
        };
        Outcome { end, status: 200, took: start.elapsed() }
    }
}

/// A refusal at once.
fn told(hostile: &Hostile, answer: Answer) -> Outcome {
    let (status, text) = (answer.status.unwrap_or(0), plain(&answer.text));
    let end = match (hostile.end, answer.status) {
        (End::Refused(words), Some(400..500)) if text.contains(words) => Ok(()),
        (End::CutOff, None | Some(400..500)) => Ok(()),
        _ => Err(format!("answered {status}: {}", text.chars().take(300).collect::<String>())),
    };
    Outcome { end, status, took: answer.took }
}

/// Without the marks that keep a number's direction, and without the separators of thousands.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | ',' | '\u{202F}')).collect()
}

/// A type that runs nowhere, told not to be guessed, in a box of its own; shown in place only if it is a picture or a PDF.
fn inert(head: &str, media: &str) -> Result<(), String> {
    let line = |name: &str| head.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default();
    let shown = line("content-disposition").starts_with("attachment") || media.starts_with("image/") || media == "application/pdf";
    let policy = line("content-security-policy");
    let boxed = policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("allow-");
    let holds = line("content-type") == media && line("x-content-type-options") == "nosniff" && shown && boxed;
    if holds { Ok(()) } else { Err(format!("given back as {head}")) }
}

/// Nothing in it that a file system or a reader takes for more than a letter.
fn plain_name(name: &str) -> Result<(), String> {
    let first = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let device = matches!(first.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (first.len() == 4 && (first.starts_with("COM") || first.starts_with("LPT")) && first.ends_with(|c: char| c.is_ascii_digit()));
    let odd = |c: char| {
        c.is_control()
            || "/\\<>:\"|?*%;".contains(c)
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    let holds = !device && !name.contains(odd) && !name.starts_with('.') && name.chars().count() <= 120;
    if holds { Ok(()) } else { Err(format!("kept under the name {name:?}")) }
}
