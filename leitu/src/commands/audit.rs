//! `audit verify`, `audit export` and `audit checkpoint`.
use crate::actor::actor;
use crate::ground::Ground;
use crate::options::{AuditCommand, Place};
use crate::words;
use ::audit::{Broken, Event, Kept, Whole, checkpoint};
use kernel::Result;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub async fn run(place: &Place, command: AuditCommand) -> Result<ExitCode> {
    match command {
        AuditCommand::Verify { file: Some(file), checkpoints } => {
            let (copies, opened) = (copies(&checkpoints)?, File::open(&file).map_err(|e| super::unreadable(&file, &e))?);
            Ok(told(&::audit::verify_file(BufReader::with_capacity(1 << 20, opened), copies)?))
        }
        AuditCommand::Verify { file: None, checkpoints } => {
            let copies = copies(&checkpoints)?;
            Ok(told(&verified(&Ground::open(place).await?, copies).await?))
        }
        AuditCommand::Export { file } => export(place, &file).await,
        AuditCommand::Checkpoint { file } => newest(place, file.as_deref()).await,
    }
}

/// Checkpoints that were kept elsewhere.
fn copies(files: &[PathBuf]) -> Result<Vec<Kept>> {
    let read = |file: &PathBuf| Kept::parse(&String::from_utf8_lossy(&super::read(file)?)).map_err(|e| e.with("path", file.display()));
    files.iter().map(read).collect()
}

/// The log in the database, by this installation's own key.
///
/// # Errors
/// Rows that cannot be read.
pub async fn verified(ground: &Ground, copies: Vec<Kept>) -> Result<std::result::Result<Whole, Broken>> {
    ::audit::verify_against(&ground.db, Some(::audit::signer(&ground.keys)?.public()), copies).await
}

/// Says what was found.
pub fn told(found: &std::result::Result<Whole, Broken>) -> ExitCode {
    match found {
        Ok(whole) => {
            let numbers = [
                ("events", whole.events.to_string()),
                ("segments", whole.segments.to_string()),
                ("checkpoints", whole.checkpoints.to_string()),
                ("signed", whole.signed.to_string()),
                ("copies", whole.copies.to_string()),
            ];
            let said: Vec<_> = numbers.iter().map(|(name, n)| (*name, n.as_str())).collect();
            println!("{}", words::say("audit-whole", &said));
            ExitCode::SUCCESS
        }
        Err(broken) => {
            eprintln!("{}", sentence(broken));
            ExitCode::FAILURE
        }
    }
}

fn sentence(broken: &Broken) -> String {
    let at = |key, number: Option<i64>, segment: &str, seq: i64, column: &str| {
        let (number, seq) = (number.unwrap_or_default().to_string(), seq.to_string());
        words::say(key, &[("number", number.as_str()), ("segment", segment), ("seq", seq.as_str()), ("column", column)])
    };
    match broken {
        Broken::Link { segment, seq } => at("audit-broken", None, segment, *seq, ""),
        Broken::Column { segment, seq, column } => at("audit-broken-column", None, segment, *seq, column),
        Broken::Gone { number, segment, seq } => at("audit-broken-gone", Some(*number), segment, *seq, ""),
        Broken::Rewritten { number, segment, seq } => at("audit-broken-rewritten", Some(*number), segment, *seq, ""),
        Broken::Signature { number } => at("audit-broken-signature", Some(*number), "", 0, ""),
        Broken::Key { number } => at("audit-broken-key", Some(*number), "", 0, ""),
        Broken::Heads { number } => at("audit-broken-heads", Some(*number), "", 0, ""),
        Broken::Record { number } => at("audit-broken-record", Some(*number), "", 0, ""),
    }
}

async fn export(place: &Place, file: &Path) -> Result<ExitCode> {
    let ground = Ground::open(place).await?;
    let failed = |e: std::io::Error| super::unwritable(file, &e);
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let mut out = BufWriter::new(create(Path::new(&part)).map_err(failed)?);
    // The event comes first, so that no chain ever leaves the house without the chain saying so; and is signed with it.
    ::audit::note(&ground.db, &actor(), Event::new("audit.export", "audit")).await?;
    let signer = ::audit::signer(&ground.keys)?;
    checkpoint::make(&ground.db, &signer).await?;
    let events = ::audit::export(&ground.db, &signer.public(), &mut out).await?;
    out.flush().and_then(|()| out.get_ref().sync_all()).and_then(|()| std::fs::rename(&part, file)).map_err(failed)?;
    println!("{}", words::say("audit-exported", &[("events", &events.to_string()), ("path", &file.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}

/// Names of people stand in it, so it is nobody else's to read.
fn create(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Signs what is new and hands out the newest checkpoint, on standard output unless a file is named.
async fn newest(place: &Place, file: Option<&Path>) -> Result<ExitCode> {
    let ground = Ground::open(place).await?;
    checkpoint::make(&ground.db, &::audit::signer(&ground.keys)?).await?;
    let number = checkpoint::last(&ground.db).await?.map_or(0, |stored| stored.number);
    let (stored, copy) = ground.db.read(async move |tx| checkpoint::copy(tx, number).await).await?;
    let Some(file) = file else {
        print!("{copy}");
        return Ok(ExitCode::SUCCESS);
    };
    std::fs::write(file, copy).map_err(|e| super::unwritable(file, &e))?;
    let (number, events) = (stored.number.to_string(), stored.events.to_string());
    let path = file.display().to_string();
    println!("{}", words::say("audit-checkpoint-kept", &[("number", number.as_str()), ("events", &events), ("path", &path)]));
    Ok(ExitCode::SUCCESS)
}
