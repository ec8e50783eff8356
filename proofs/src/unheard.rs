//! The log refuses what comes: a change whose event cannot be written does not happen, and happens when it is asked for again.
#![allow(clippy::disallowed_methods, reason = "it breaks the log from outside")]
use crate::client::Client;
use crate::kill9::serve;
use crate::postgres::{Cluster, open_up};
use crate::program::{Make, data};
use crate::report::Row;
use crate::stage::{self, Hand};
use crate::work::{Deed, Journal, send};
use db::Db;
use kernel::Uuid;
use std::path::Path;

const REFUSING_SQLITE: [&str; 1] = ["CREATE TRIGGER event_refused BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'injected'); END"];
const TAKING_SQLITE: [&str; 1] = ["DROP TRIGGER event_refused"];
const REFUSING_PG: [&str; 2] = [
    "CREATE OR REPLACE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''injected''; END'",
    "CREATE TRIGGER event_refused BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION refuse_event()",
];
const TAKING_PG: [&str; 1] = ["DROP TRIGGER event_refused ON event"];

/// People who ask.
const ASKING: usize = 4;
/// What the three deeds write, beside their events.
const WRITTEN: &str = "SELECT (SELECT CAST(COALESCE(SUM(rev), 0) AS BIGINT) FROM score) + (SELECT COUNT(*) FROM score_past)
    + (SELECT COUNT(*) FROM sheet WHERE acceptance_state = 'submitted') + (SELECT COUNT(*) FROM submission) + (SELECT COUNT(*) FROM problem)
    + (SELECT COUNT(*) FROM problem_step) + (SELECT COUNT(*) FROM todo) + (SELECT COUNT(*) FROM notice) + (SELECT COUNT(*) FROM file)
    + (SELECT COUNT(*) FROM citation) + (SELECT COUNT(*) FROM repeat)";

pub async fn sqlite(name: &str, times: usize, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    let hands = stage::make(home.path(), None, times / (2 * ASKING) + 2).await;
    let url = format!("sqlite:{}", data(home.path()).join("leitu.db").display());
    refused(name, times, home.path(), None, &url, hands, defect).await
}

pub async fn postgres(name: &str, times: usize, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    open_up(home.path());
    let cluster = match Cluster::make(&home.path().join("pg"), &[]) {
        Ok(cluster) => cluster,
        Err(why) => return Row::not_run(name, why),
    };
    let url = cluster.url();
    let hands = stage::make(home.path(), Some(&url), times / (2 * ASKING) + 2).await;
    refused(name, times, home.path(), Some(url.clone()), &url, hands, defect).await
}

/// One after another: the log refuses, somebody does something, the log takes again, they send the same once more.
async fn refused(
    name: &str,
    times: usize,
    home: &Path,
    at: Option<String>,
    url: &str,
    hands: Vec<Hand>,
    defect: Option<&'static str>,
) -> Row {
    let make = Make { defect, url: at, home: home.into(), log: home.join("log") };
    let program = serve(&make);
    let db = Db::open(url).await.expect("the database");
    let pg = make.url.is_some();
    let (refusing, taking): (&[&str], &[&str]) = if pg { (&REFUSING_PG, &TAKING_PG) } else { (&REFUSING_SQLITE, &TAKING_SQLITE) };
    let mut journals = vec![Journal::default(); hands.len()];
    let (mut stopped, mut changed, mut done) = (0, 0, 0);
    for time in 0..times {
        let (person, deed) = (time % ASKING, deed(time));
        let (hand, journal, key) = (&hands[person], &mut journals[person], Uuid::now_v7());
        let before = written(&db).await;
        run(&db, refusing).await;
        let answer = ask(&program.address, deed, person, hand, journal, key).await;
        run(&db, taking).await;
        stopped += usize::from(answer >= 500);
        changed += usize::from(written(&db).await != before);
        if defect.is_some() {
            continue;
        }
        let again = ask(&program.address, deed, person, hand, journal, key).await;
        done += usize::from(again == 200 || again == 303);
        match deed {
            Deed::Save => journal.saved += 1,
            Deed::HandIn => (journal.sheets, journal.saved) = (journal.sheets + 1, 0),
            Deed::Upload => journal.files += 1,
        }
    }
    let text = format!("failures={times} stopped={stopped} changed={changed} done_when_sent_again={done} panics={}", make.panics());
    let holds = stopped == times && changed == 0 && done == times && make.panics() == 0;
    Row::of(name, text, if defect.is_some() { changed > 0 } else { holds })
}

/// The first two save and hand in by turns.
fn deed(time: usize) -> Deed {
    match (time % ASKING, time / ASKING % 2) {
        (2, _) => Deed::Upload,
        (0 | 1, 1) => Deed::HandIn,
        _ => Deed::Save,
    }
}

async fn ask(address: &str, deed: Deed, person: usize, hand: &Hand, journal: &Journal, key: Uuid) -> u16 {
    let session = if deed == Deed::Upload { &hand.secretary.session } else { &hand.inspector.session };
    let mut client = Client::connect(address, session).await.expect("a connection");
    send(&mut client, deed, person, hand, journal, key).await.map_or(0, |reply| reply.status)
}

async fn written(db: &Db) -> i64 {
    db.lookup::<i64>(WRITTEN, &[]).await.expect("counts")[0]
}

async fn run(db: &Db, statements: &[&'static str]) {
    for sql in statements.iter().copied() {
        db.write(async move |tx| tx.exec(sql, &[]).await).await.expect("a statement");
    }
}
