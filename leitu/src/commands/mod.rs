//! Commands: each does what a page does, by the same operation, as the operating-system user.
//!
//! Results go to standard output, messages to standard error; 0 is done, 1 rejected input, 2 wrong usage.
mod account;
mod audit;
mod backup;
mod cycle;
mod doctor;
mod export;
mod import;
mod scheme;
mod setup;
mod workdays;

use crate::options::{Command, Place};
use assessment::cycle::Cycle;
use kernel::{CycleId, Error, Kind, Result};
use std::process::ExitCode;

/// # Errors
/// What the command refuses; shown as a sentence, exit 1.
pub async fn run(place: &Place, command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve(_) => Err(Error::internal("serve is no command of this list")),
        Command::Setup(asked) => setup::run(place, asked).await,
        Command::Account(command) => account::run(place, command).await,
        Command::Scheme(command) => scheme::run(place, command).await,
        Command::Import(command) => import::run(place, command).await,
        Command::Cycle(command) => cycle::run(place, command).await,
        Command::Explain(asked) => cycle::explain(place, asked).await,
        Command::Export(command) => export::run(place, command).await,
        Command::Workdays(command) => workdays::run(&command),
        Command::Audit(command) => audit::run(place, command).await,
        Command::Backup { dir } => backup::run(place, &dir).await,
        Command::Restore { dir } => backup::restore(place, &dir).await,
        Command::Doctor => doctor::run(place).await,
    }
}

/// 1 if something was rejected that has been named already.
fn code(good: bool) -> ExitCode {
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// `not-found` speaks of pages; here it is the cycle that there is none of.
///
/// # Errors
/// `cycle-unknown`.
async fn cycle(db: &db::Db, id: CycleId) -> Result<Cycle> {
    match db.read(async move |tx| assessment::cycle::store::any(tx, id).await).await {
        Ok(cycle) => Ok(cycle),
        Err(e) => {
            let e = Error::from(e);
            Err(if e.kind == Kind::NotFound { Error::invalid("cycle-unknown").with("id", id) } else { e })
        }
    }
}

/// A file somebody named on the command line.
fn read(path: &std::path::Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| unreadable(path, &e))
}

/// A file that was to be written there; why not is said in words, and of no file but the one that was named.
fn unwritable(path: &std::path::Path, why: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    let reason = match why.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "unwritable-no-folder",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "unwritable-permission",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "unwritable-full",
        ErrorKind::IsADirectory | ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty => "unwritable-folder",
        _ => return Error::invalid("out-unwritable").with("path", path.display()).with("why", why),
    };
    Error::invalid("out-unwritable").with("path", path.display()).with("why", crate::words::say(reason, &[]))
}

fn unreadable(path: &std::path::Path, why: &std::io::Error) -> Error {
    match why.kind() {
        std::io::ErrorKind::NotFound => Error::invalid("file-not-there").with("path", path.display()),
        _ => Error::invalid("file-unreadable").with("path", path.display()).with("why", why),
    }
}
