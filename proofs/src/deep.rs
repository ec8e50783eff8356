//! Whether anything is half there: a change without its event, an event without its change, a row without its file, a problem
//! without its beginning, figures that are not the sum of what they count.
use crate::check::Found;
use crate::stage::INDICATOR;
use crate::work::points;
use db::{Db, Result, params};
use kernel::{Points, ProblemId, SheetId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

const FULL: i64 = 400;

/// Looks at everything. `files` is the folder of the evidence.
///
/// # Errors
/// The engine's own: the database cannot be read.
pub async fn look(db: &Db, files: &Path) -> Result<Found> {
    let mut found = Found::default();
    for line in db.damage().await? {
        found.half(false, || line);
    }
    scores(db, &mut found).await?;
    problems(db, &mut found).await?;
    evidence(db, files, &mut found).await?;
    match audit::verify(db).await {
        Ok(end) => found.half(end.is_ok(), || format!("the chain: {end:?}")),
        Err(e) => found.half(false, || format!("the chain cannot be read: {e}")),
    }
    kept(db, &mut found).await;
    Ok(found)
}

async fn count(db: &Db, sql: &'static str) -> Result<i64> {
    Ok(db.lookup(sql, &[]).await?.first().copied().unwrap_or(0))
}

async fn events(db: &Db, action: &str) -> Result<i64> {
    let n = db.lookup("SELECT COUNT(*) FROM event WHERE action = $1", &params![action]).await?;
    Ok(n.first().copied().unwrap_or(0))
}

/// Every revision is one save, and every save one event and one line of history but for the last.
async fn scores(db: &Db, found: &mut Found) -> Result<()> {
    db::row! { struct Sum { sheet: SheetId, rev: i64, past: i64 } }
    let all: Vec<Sum> = db
        .lookup(
            "SELECT s.sheet, s.rev, (SELECT COUNT(*) FROM score_past p WHERE p.sheet = s.sheet AND p.indicator = s.indicator AND p.layer = s.layer)
             FROM score s WHERE s.indicator = $1 AND s.layer = 'acceptance'",
            &params![INDICATOR],
        )
        .await?;
    // Two saves in one millisecond share a line of history.
    for s in all.iter().filter(|s| s.past >= s.rev) {
        found.half(false, || format!("sheet {} has {} older values at revision {}", s.sheet, s.past, s.rev));
    }
    let (saves, told) = (all.iter().map(|s| s.rev).sum::<i64>(), events(db, "score.save").await?);
    found.half(saves == told, || format!("{saves} saves, {told} events"));
    Ok(())
}

/// A sheet that was handed in has its submission, its event, and one problem with a beginning and a place in the list.
async fn problems(db: &Db, found: &mut Found) -> Result<()> {
    let handed_in = count(db, "SELECT COUNT(*) FROM sheet WHERE acceptance_state = 'submitted'").await?;
    let submissions = count(db, "SELECT COUNT(*) FROM submission WHERE layer = 'acceptance'").await?;
    let told = events(db, "sheet.submit").await?;
    found.half(handed_in == submissions && handed_in == told, || {
        format!("{handed_in} sheets handed in, {submissions} submissions, {told} events")
    });
    db::row! { struct Problem { id: ProblemId, lost: Points, rev: i64, steps: i64, places: i64, state: String } }
    let all: Vec<Problem> = db
        .lookup(
            "SELECT p.id, p.lost, c.rev, (SELECT COUNT(*) FROM problem_step t WHERE t.problem = p.id),
               (SELECT COUNT(*) FROM problem_listing l WHERE l.problem = p.id), s.acceptance_state
             FROM problem p JOIN sheet s ON s.org = p.org JOIN score c ON c.sheet = s.id AND c.indicator = p.item AND c.layer = 'acceptance'",
            &[],
        )
        .await?;
    let there = count(db, "SELECT COUNT(*) FROM problem").await?;
    found.half(there == handed_in && all.len() as i64 == there, || format!("{handed_in} sheets handed in, {there} problems"));
    for p in &all {
        let lost = FULL - points(p.rev).as_hundredths() == p.lost.as_hundredths();
        found.half(lost && p.steps == 1 && p.places == 1 && p.state == "submitted", || {
            format!("problem {}: lost {} at revision {}, {} steps, {} places, {}", p.id, p.lost, p.rev, p.steps, p.places, p.state)
        });
    }
    Ok(())
}

/// A row of evidence has its event, stands where it was cited, and its file lies in the store, whole.
async fn evidence(db: &Db, folder: &Path, found: &mut Found) -> Result<()> {
    let (rows, cited) = (count(db, "SELECT COUNT(*) FROM file").await?, count(db, "SELECT COUNT(*) FROM citation").await?);
    let told = events(db, "evidence.add").await?;
    found.half(rows == cited && rows == told, || format!("{rows} pieces of evidence, {cited} citations, {told} events"));
    db::row! { struct Piece { hash: Vec<u8>, size: i64, name: String } }
    let pieces: Vec<Piece> = db.lookup("SELECT hash, size, name FROM file", &[]).await?;
    for p in &pieces {
        let hex: String = p.hash.iter().map(|b| format!("{b:02x}")).collect();
        let content = std::fs::read(folder.join(&hex[..2]).join(&hex[2..4]).join(&hex)).unwrap_or_default();
        let whole = content.len() as i64 == p.size && Sha256::digest(&content).as_slice() == p.hash;
        found.half(whole, || format!("{} has {} of {} bytes", p.name, content.len(), p.size));
    }
    Ok(())
}

/// The program may be folding at this moment, so whoever looks folds to the end first.
async fn kept(db: &Db, found: &mut Found) {
    while figures::fold(db).await.is_ok_and(|n| n > 0) {}
    let boards: BTreeMap<_, _> = match leitu::house::recounts(db).await {
        Ok(boards) => boards.into_iter().collect(),
        Err(e) => return found.half(false, || format!("figures cannot be recounted: {e}")),
    };
    for (board, leaves) in boards {
        match figures::compare(db, &board, &leaves).await {
            Ok(wrong) => wrong.iter().take(3).for_each(|w| found.half(false, || format!("a figure: {w:?}"))),
            Err(e) => found.half(false, || format!("figures cannot be compared: {e}")),
        }
    }
}
