//! `doctor`: whether the keys fit, the file is whole, the audit log holds, the kept figures equal a recount, and every final
//! result is what its own inputs and editions give.
use super::audit::{told, verified};
use super::code;
use crate::ground::Ground;
use crate::house;
use crate::options::Place;
use crate::words;
use kernel::Result;
use std::process::ExitCode;

pub async fn run(place: &Place) -> Result<ExitCode> {
    // Keys that do not fit are refused here already, with what to do.
    let ground = Ground::settled(place).await?;
    println!("{}", words::say("doctor-keys", &[("dir", &place.key_dir().display().to_string())]));
    let file = file_is_whole(&ground).await?;
    let chain = told(&verified(&ground, Vec::new()).await?) == ExitCode::SUCCESS;
    let figures = figures_are_right(&ground).await?;
    let results = results_replay(&ground).await?;
    Ok(code(file && chain && figures && results))
}

async fn file_is_whole(ground: &Ground) -> Result<bool> {
    let damage = ground.db.damage().await?;
    for line in &damage {
        eprintln!("{}", words::say("doctor-damage", &[("what", line)]));
    }
    if damage.is_empty() {
        println!("{}", words::say("doctor-file", &[]));
    }
    Ok(damage.is_empty())
}

async fn figures_are_right(ground: &Ground) -> Result<bool> {
    let mut wrong = 0;
    for (board, leaves) in house::recounts(&ground.db).await? {
        for d in figures::compare(&ground.db, &board, &leaves).await? {
            wrong += 1;
            let (kept, counted) = (d.kept.to_string(), d.counted.to_string());
            let place = [("board", board.as_str()), ("place", d.path.as_str()), ("metric", d.metric.as_str())];
            eprintln!("{}", words::say("doctor-figure", &[&place[..], &[("kept", &kept), ("counted", &counted)]].concat()));
        }
    }
    if wrong == 0 {
        println!("{}", words::say("doctor-figures", &[]));
    }
    Ok(wrong == 0)
}

/// Every version of every final cycle. What was brought in as a past year is another system's result and is not replayed.
async fn results_replay(ground: &Ground) -> Result<bool> {
    let (mut replayed, mut wrong) = (0, 0);
    for cycle in assessment::cycle::store::all(&ground.db).await? {
        let id = cycle.id;
        for made in ground.db.read(async move |tx| assessment::result::version::of_cycle(tx, id).await).await? {
            replayed += 1;
            for cell in assessment::result::replay(&ground.db, id, made.version).await? {
                wrong += 1;
                let (id, version) = (id.to_string(), made.version.to_string());
                let place = [("cycle", id.as_str()), ("version", &version), ("branch", &cell.branch_code), ("column", &cell.column)];
                let found = [("kept", cell.kept.as_str()), ("computed", &cell.computed)];
                eprintln!("{}", words::say("doctor-result", &[&place[..], &found[..]].concat()));
            }
        }
    }
    if wrong == 0 {
        println!("{}", words::say("doctor-results", &[("n", &replayed.to_string())]));
    }
    Ok(wrong == 0)
}
