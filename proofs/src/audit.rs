//! The audit log: what is done to it is found, what it cannot take does not happen, and a killed process leaves it whole.
//!
//! The other half stands in tests: every changing route leaves one event (`leitu/tests/permissions`), a million rows are
//! verified in time (`cargo xtask bench audit`), a script in another language agrees (`leitu/tests/binary/audit_log.rs`).
use crate::kill9::{Scene, serve};
use crate::program::{Make, data};
use crate::report::Row;
use crate::{Size, stage, tamper, unheard};

const FORGETFUL: &str = "forget-checkpoints";
const APART: &str = "event-apart";
/// Kills of a control at most.
const CONTROL: usize = 10;

pub async fn rows(size: Size) -> Vec<Row> {
    let (injections, kills) = (size.of(12, 100), size.of(3, 100));
    let (tampering, failures) = ("audit SQLite, tampering", "audit SQLite, failures of the log");
    let killed = "audit SQLite, killed at any moment";
    let mut rows = vec![
        tamper::sqlite(tampering, None).await,
        tamper::sqlite(&format!("{tampering}, control: the verifier forgets what was kept"), Some(FORGETFUL)).await,
        unheard::sqlite(failures, injections, None).await,
        unheard::sqlite(&format!("{failures}, control: the event comes after the change"), injections, Some(APART)).await,
        segments(killed, kills, None).await,
        segments(&format!("{killed}, control: the event comes after the change"), CONTROL, Some(APART)).await,
    ];
    if !size.is_short() {
        let (tampering, failures) = ("audit PostgreSQL, tampering", "audit PostgreSQL, failures of the log");
        rows.push(tamper::postgres(tampering, None).await);
        rows.push(tamper::postgres(&format!("{tampering}, control: the verifier forgets what was kept"), Some(FORGETFUL)).await);
        rows.push(unheard::postgres(failures, injections, None).await);
        rows.push(unheard::postgres(&format!("{failures}, control: the event comes after the change"), injections, Some(APART)).await);
    }
    rows
}

/// Killed while 32 people work; after each kill the program itself verifies its log, and every save has its event.
async fn segments(name: &str, kills: usize, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    let hands = stage::make(home.path(), None, kills / 8 + 3).await;
    let make = Make { defect, url: None, home: home.path().into(), log: home.path().join("log") };
    let url = format!("sqlite:{}", data(home.path()).join("leitu.db").display());
    let mut scene = Scene::new(make.clone(), url, hands);
    let (mut done, mut whole) = (0, 0);
    while done < kills && !(defect.is_some() && scene.outcome().0.half > 0) {
        scene.round().await;
        done += 1;
        let verified = make.run(&["audit", "verify"]);
        match verified.status.code() {
            Some(0) => whole += 1,
            _ => eprintln!("  kill {done}: {}", String::from_utf8_lossy(&verified.stderr).trim()),
        }
        scene.look().await;
    }
    // It starts once more on what was left.
    drop(serve(&make));
    let (found, acknowledged) = scene.outcome();
    let text = format!("kills={done} segments_whole_after={whole} half={} acknowledged={acknowledged}", found.half);
    let holds = if defect.is_some() { found.half > 0 } else { whole == done && found.is_nothing() && acknowledged > 0 };
    if !holds {
        found.words.iter().for_each(|line| eprintln!("  {line}"));
    }
    Row::of(name, text, holds)
}
