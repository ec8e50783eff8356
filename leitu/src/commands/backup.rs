//! `backup` and `restore`: the database and the evidence files. Keys are left out, so that a stolen copy opens nothing.
use super::{audit, code};
use crate::backup::{Evidence, make, restore as back};
use crate::ground::Ground;
use crate::options::Place;
use crate::words;
use installation::Keys;
use kernel::Result;
use std::path::Path;
use std::process::ExitCode;

pub async fn run(place: &Place, dir: &Path) -> Result<ExitCode> {
    let ground = Ground::open(place).await?;
    let made = make::make(&ground, place, dir).await?;
    let files = made.evidence.files.to_string();
    println!("{}", words::say("backup-made", &[("path", &dir.display().to_string()), ("files", &files)]));
    println!("{}", words::say("backup-without-keys", &[("keys", &place.key_dir().display().to_string())]));
    if made.log.is_err() {
        audit::told(&made.log);
    }
    Ok(code(told(&made.evidence) && made.log.is_ok()))
}

pub async fn restore(place: &Place, dir: &Path) -> Result<ExitCode> {
    let evidence = back::restore(place, dir).await?;
    let files = evidence.files.to_string();
    println!("{}", words::say("restore-made", &[("path", &dir.display().to_string()), ("files", &files)]));
    let keys = place.key_dir();
    let key = if Keys::are_in(&keys) { "restore-then" } else { "restore-keys" };
    println!("{}", words::say(key, &[("keys", &keys.display().to_string())]));
    Ok(code(told(&evidence)))
}

/// Names what could not be taken along.
fn told(evidence: &Evidence) -> bool {
    for (key, paths) in [("backup-missing", &evidence.missing), ("backup-damaged", &evidence.damaged)] {
        for path in paths {
            eprintln!("{}", words::say(key, &[("path", &path.display().to_string())]));
        }
    }
    evidence.missing.is_empty() && evidence.damaged.is_empty()
}
