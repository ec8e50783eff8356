//! `export ledger`.
use super::unwritable;
use crate::actor::actor;
use crate::ground::Ground;
use crate::house::suppliers;
use crate::options::{ExportCommand, Format, Place};
use crate::words;
use assessment::ledger::export::{Filter, Kind, export_ledger};
use audit::Event;
use kernel::Result;
use std::fs::File;
use std::io::{ErrorKind, Write, copy, stdout};
use std::path::Path;
use std::process::ExitCode;
use tabular::Note;
use web::T;

pub async fn run(place: &Place, command: ExportCommand) -> Result<ExitCode> {
    let ExportCommand::Ledger { id, format, out } = command;
    let ground = Ground::settled(place).await?;
    let cycle = super::cycle(&ground.db, id).await?;
    let kind = match format {
        Format::Csv => Kind::Csv,
        Format::Xlsx => Kind::Xlsx(note(&ground, cycle.title)),
        Format::Json => Kind::Json,
    };
    // A device or a pipe is written to; to move a file over it would take it away.
    let (out, stream) = match out {
        Some(out) if out.exists() && !out.is_file() && !out.is_dir() => (None, Some(out)),
        out => (out, None),
    };
    // Written aside and moved when it is whole; beside its place, so that moving is one step.
    let folder = out.as_deref().and_then(Path::parent).filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Said of the file that was asked for, not of the one aside.
    let asked = out.clone().unwrap_or_else(|| place.data_dir.clone());
    let unwritable = |why: std::io::Error| unwritable(&asked, &why);
    if asked.is_dir() && out.is_some() {
        return Err(unwritable(std::io::ErrorKind::IsADirectory.into()));
    }
    let aside = tempfile::Builder::new().tempfile_in(if out.is_some() { folder } else { &place.data_dir });
    let aside = aside.map_err(|e| unwritable(e.kind().into()))?;
    let rows = export_ledger(&ground.db, &suppliers(), id, ground.clock.today(), kind, &Filter::default(), aside.path()).await?;
    if matches!(format, Format::Csv) {
        unmarked(aside.path()).map_err(unwritable)?;
    }
    audit::note(&ground.db, &actor(), Event::new("ledger.export", format!("cycle:{id}")).with("rows", rows)).await?;
    match out {
        Some(out) => {
            aside.persist(&out).map_err(|e| unwritable(e.error))?;
            eprintln!("{}", words::say("ledger-exported", &[("rows", &rows.to_string()), ("path", &out.display().to_string())]));
        }
        None => match handed_on(aside.path(), stream.as_deref()) {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => return Ok(ExitCode::from(crate::BROKEN_PIPE)),
            Err(e) => return Err(super::unwritable(&stream.unwrap_or_else(|| words::say("standard-output", &[]).into()), &e)),
            Ok(()) => {}
        },
    }
    Ok(ExitCode::SUCCESS)
}

/// To a device or a pipe, or else to standard output.
fn handed_on(aside: &Path, stream: Option<&Path>) -> std::io::Result<()> {
    let mut file = File::open(aside)?;
    match stream {
        Some(path) => copy(&mut file, &mut File::options().write(true).open(path)?).map(drop),
        None => {
            let mut out = stdout().lock();
            copy(&mut file, &mut out)?;
            out.flush()
        }
    }
}

/// As the page's file has it: whoever is handed the workbook knows whose it is, of when, and whether it was made up.
fn note(ground: &Ground, cycle: String) -> Note {
    let demo = ground.installation.as_ref().is_some_and(|i| i.kind == installation::Kind::Demo);
    let said = |t: T| {
        let asked = [cycle, t.text("ledger-by-rank").to_string()];
        web::note(t, &ground.clock, demo, &t.actor(actor().who()), &t.text("menu-ledger").to_string(), &asked)
    };
    words::chinese().map(said).unwrap_or_default()
}

/// The mark at the start is for office spreadsheets, which the pages write for; a script reads it as part of the first head.
fn unmarked(path: &Path) -> std::io::Result<()> {
    let marked = std::fs::read(path)?;
    marked.strip_prefix("\u{feff}".as_bytes()).map_or(Ok(()), |plain| std::fs::write(path, plain))
}
