//! `audit verify` and `audit export`.
use crate::actor::actor;
use crate::ground::Ground;
use crate::options::{AuditCommand, Place};
use crate::words;
use ::audit::{Broken, Event, Whole};
use kernel::{Error, Result};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

pub async fn run(place: &Place, command: AuditCommand) -> Result<ExitCode> {
    match command {
        AuditCommand::Verify { file: Some(file) } => {
            let opened = File::open(&file).map_err(|e| super::unreadable(&file, &e))?;
            Ok(told(&::audit::verify_file(BufReader::new(opened))?))
        }
        AuditCommand::Verify { file: None } => Ok(told(&::audit::verify(&Ground::open(place).await?.db).await?)),
        AuditCommand::Export { file } => export(place, &file).await,
    }
}

/// Says what was found.
pub fn told(found: &std::result::Result<Whole, Broken>) -> ExitCode {
    match found {
        Ok(whole) => {
            let (events, segments) = (whole.events.to_string(), whole.segments.to_string());
            println!("{}", words::say("audit-whole", &[("events", &events), ("segments", &segments)]));
            ExitCode::SUCCESS
        }
        Err(broken) => {
            eprintln!("{}", words::say("audit-broken", &[("segment", &broken.segment), ("seq", &broken.seq.to_string())]));
            ExitCode::FAILURE
        }
    }
}

async fn export(place: &Place, file: &Path) -> Result<ExitCode> {
    let ground = Ground::open(place).await?;
    let failed = |e: std::io::Error| Error::invalid("file-unwritable").with("why", e);
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let mut out = BufWriter::new(create(Path::new(&part)).map_err(failed)?);
    // The event comes first, so that no chain ever leaves the house without the chain saying so.
    ::audit::note(&ground.db, &actor(), Event::new("audit.export", "audit")).await?;
    let events = ::audit::export(&ground.db, &mut out).await?;
    out.flush().and_then(|()| out.get_ref().sync_all()).and_then(|()| std::fs::rename(&part, file)).map_err(failed)?;
    println!("{}", words::say("audit-exported", &[("events", &events.to_string()), ("path", &file.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}

/// Names of people stand in it, so it is nobody else's to read.
fn create(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create(true).truncate(true).mode(0o600).open(path)
}
